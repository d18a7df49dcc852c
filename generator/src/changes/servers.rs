//! The destinations of calls, and the choice that callers have.

use super::lists::matched;
use super::operations::Operation;
use super::{About, Class, Comparison, Text};
use crate::ident::Ident;
use crate::ir::{Server, ServerVariable, Site};
use crate::surface::{OwnServers, Served, VariableSetter};

/// A server with the constants of its site and its own.
pub(super) type Constants<'a> = (&'a Server, Option<(&'static str, &'a Ident)>);

pub(super) fn constants_of<'a>(
    servers: &'a [Server],
    sites: &'a [Option<Ident>],
    named: &'a [Option<Ident>],
) -> Vec<Constants<'a>> {
    let idents = sites.iter().zip(named).map(|(site, named)| {
        site.as_ref().map(|ident| ("Site", ident)).or(named.as_ref().map(|ident| ("Server", ident)))
    });
    servers.iter().zip(idents).collect()
}

impl Comparison<'_> {
    pub(super) fn servers(&mut self, root: &About, client: &About, old: &[Constants<'_>], new: &[Constants<'_>]) {
        let domain = |server: &Server| server.site.as_ref().map(|site| site.domain.clone());
        let first = |servers: &[Constants<'_>]| servers.first().and_then(|(server, _)| domain(server));
        if let (Some(was), Some(now)) = (first(old), first(new)) {
            let template = "uses the site {} by default, was {}";
            self.differs(client, Class::Wire, "servers", template, [&now, &was]);
        }
        let by_domain = |_: usize, (server, _): &Constants<'_>| domain(server).or_else(|| Some(server.url.clone()));
        let by_constant = |_: usize, (_, ident): &Constants<'_>| ident.as_ref().map(constant);
        let servers = matched(old, new, &[&by_domain, &by_constant]);
        self.order(&servers, root, "servers", "servers are in another order");
        // Of the servers without a constant, the crate knows only the first, and those with variables.
        for (server, ident) in servers.gone.iter().filter(|(_, ident)| ident.is_some()) {
            let subject = subject(server, ident);
            self.gone(Class::Compile, &server.pointer, subject, Text::new("constant removed", &[]))
                .on_the_wire_if(true);
        }
        for (server, ident) in servers.added.iter().filter(|(_, ident)| ident.is_some()) {
            let about = About::new(subject(server, ident), &server.pointer);
            self.report(&about, Class::Additive, "", Text::new("constant added", &[]));
        }
        for ((was, old_ident), (now, ident)) in &servers.kept {
            let Server {
                url,
                is_absolute: _, // … below, with everything that determines the destination
                description,
                variables: _,
                site,
                rust_name: _, // … it has become the constant
                pointer,
            } = now;
            let about = &About::new(subject(now, ident), pointer);
            self.prose(about, &[("description", was.description != *description)]);
            let (Some(ident), Some(old_ident)) = (ident, old_ident) else {
                match (old_ident, ident) {
                    (Some(_), None) => {
                        let what = Text::new("constant removed", &[]);
                        self.gone(Class::Compile, &was.pointer, subject(was, old_ident), what);
                    }
                    (None, Some(_)) => {
                        self.report(about, Class::Additive, "", Text::new("constant added", &[]));
                    }
                    (None, None) | (Some(_), Some(_)) => {}
                }
                continue;
            };
            let constants = [constant(ident), constant(old_ident)];
            let key = if site.is_some() { "x-site-name" } else { "" };
            self.differs(about, Class::Compile, key, "renamed, was {1}", [&constants[0], &constants[1]]);
            self.differs(about, Class::Wire, "url", "is served at {}, was {}", [url, &was.url]);
            let (Some(Site { domain: now, name: _ }), Some(old_site)) = (site, &was.site) else { continue };
            self.differs(about, Class::Wire, "x-site", "is chosen by {}, was {}", [now, &old_site.domain]);
        }
    }

    /// Compares the destination of calls without servers of their own, and the choice that callers have.
    pub(super) fn served(&mut self, client: &About, old: &Served, new: &Served) {
        let Served { usual, own_servers: _, variables } = new; // … other servers are reported with the operations
        let [now, was] = [usual, &old.usual].map(|servers| where_to(servers, false));
        let at = usual.first().map_or_else(|| client.at.key("servers"), |server| server.pointer.clone());
        let about = &About::new(client.subject.clone(), &at);
        let key = if usual.is_empty() { "" } else { "url" };
        let is_for_callers = |servers: &[Server]| {
            servers.iter().all(|server| server.variables.is_empty() && server.default_url().is_none())
        };
        // Only an error mentions them: callers set the whole base URL.
        let (class, chosen) = if is_for_callers(usual) && is_for_callers(&old.usual) {
            (Class::Docs, "callers set the base URL of {}, was {}")
        } else {
            (Class::Wire, "chooses among {}, was {}")
        };
        let _ = self.differs(about, Class::Wire, key, "calls {} by default, was {}", [&now[0], &was[0]])
            || self.differs(about, class, "", chosen, [&now[1], &was[1]]);
        let subject = |setter: &VariableSetter| Text::name(&format!("ClientBuilder::{}", setter.setter));
        let by_name = |_: usize, setter: &VariableSetter| Some(setter.variable.name.clone());
        // They are sorted by name, so none moves.
        let setters = matched(&old.variables, variables, &[&by_name]);
        for gone in &setters.gone {
            let what = Text::new("variable removed", &[]);
            self.gone(Class::Compile, &gone.variable.pointer, subject(gone), what);
        }
        for added in &setters.added {
            let about = About::new(subject(added), &added.variable.pointer);
            self.report(&about, Class::Additive, "", Text::new("variable added", &[]));
        }
        for (was, now) in &setters.kept {
            let VariableSetter { setter, variable, values } = now;
            let ServerVariable { name: _, default, values: _, description, rust_name: _, pointer } = variable;
            let about = &About::new(subject(now), pointer);
            self.differs(about, Class::Compile, "", "variable renamed, was {1}", [setter, &was.setter]);
            let shown = |default: &Option<String>| default.clone().unwrap_or_else(|| "nothing".to_owned());
            let defaults = [shown(default), shown(&was.variable.default)];
            let class = if default.is_none() { Class::Wire } else { Class::Docs };
            self.differs(about, class, "default", "is {} by default, was {}", [&defaults[0], &defaults[1]]);
            let lacks = |all: &[String], some: &[String]| {
                !all.is_empty() && (some.is_empty() || some.iter().any(|value| !all.contains(value)))
            };
            let class = if lacks(values, &was.values) { Class::Wire } else { Class::Additive };
            let listed = |values: &[String]| if values.is_empty() { "anything".to_owned() } else { values.join(", ") };
            let texts = [listed(values), listed(&was.values)];
            self.differs(about, class, "enum", "takes {}, was {}", [&texts[0], &texts[1]]);
            self.prose(about, &[("description", was.variable.description != *description)]);
        }
    }

    /// Compares the servers of one operation.
    pub(super) fn served_at(&mut self, about: &About, before: Operation<'_>, after: Operation<'_>) {
        let [now, was] = [after, before].map(|operation| {
            let mut own_servers = operation.side.surface.served.own_servers.iter();
            let is_here = |own_servers: &&OwnServers| {
                let ids = own_servers.operations.iter().map(|index| &operation.side.api.operations[*index].id);
                ids.into_iter().any(|id| *id == operation.spec.id)
            };
            own_servers.find(is_here).map(|own_servers| where_to(&own_servers.servers, true))
        });
        let shown = |place: &Option<[String; 2]>, index: usize| {
            place.as_ref().map_or_else(|| "the server of most operations".to_owned(), |place| place[index].clone())
        };
        let at = &About::new(about.subject.clone(), &about.at.key("servers"));
        let _ = self.differs(at, Class::Wire, "", "is served at {}, was {}", [&shown(&now, 0), &shown(&was, 0)])
            || self.differs(at, Class::Wire, "", "is served at one of {}, was {}", [&shown(&now, 1), &shown(&was, 1)]);
    }
}

/// Returns the default URL of servers, and all choices.
fn where_to(servers: &[Server], with_sites: bool) -> [String; 2] {
    let default = servers.first().and_then(Server::default_url);
    let server = |server: &Server| {
        let variables = server.variables.iter().map(|variable| {
            format!("{}={}({})", variable.name, variable.default.as_deref().unwrap_or("?"), variable.values.join("|"))
        });
        let site = server.site.as_ref().filter(|_| with_sites).map(|site| site.domain.clone());
        std::iter::once(server.url.clone()).chain(variables).chain(site).collect::<Vec<_>>().join(" ")
    };
    let is_led_to = |(index, server): &(usize, &Server)| {
        *index == 0 || !server.variables.is_empty() || (with_sites && server.site.is_some())
    };
    let all = servers.iter().enumerate().filter(is_led_to).map(|(_, each)| server(each)).collect::<Vec<_>>().join(", ");
    let all = if all.is_empty() { "no server".to_owned() } else { all };
    [default.unwrap_or_else(|| "the caller's base URL".to_owned()), all]
}

/// Returns the name of a server in the report: its constant, or its URL.
fn subject(server: &Server, ident: &Option<(&'static str, &Ident)>) -> Text {
    Text::name(&ident.as_ref().map_or_else(|| server.url.clone(), constant))
}

fn constant((owner, ident): &(&'static str, &Ident)) -> String {
    format!("{owner}::{ident}")
}
