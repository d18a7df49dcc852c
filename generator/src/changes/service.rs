//! What concerns every call: the crate, where the API is served, who may call.

use proc_macro2::Ident;

use super::lists::matched;
use super::{About, Class, Comparison, Text};
use crate::ir::{Api, Server, Site, Tag};
use crate::pointer::Pointer;
use crate::surface::Surface;

/// A server with its constant.
type Served<'a> = (&'a Server, &'a Option<Ident>);

impl Comparison<'_> {
    pub(super) fn service(&mut self) {
        let Api {
            arguments: _, // they have become the name and the version
            crate_name,
            version: _, // compared with what the changes ask for
            title,
            description,
            servers,
            site_env,
            schemes: _, // security.rs
            security: _,
            tags,
            types: _,      // types.rs
            operations: _, // operations.rs
        } = self.new.api;
        let Surface { types: _, calls: _, schemes: _, security: _, sites } = self.new.surface;
        let (old, surface) = (self.old.api, self.old.surface);
        let root = &About::new(Text::new("the crate", &[]), &Pointer::root());
        let info = &About::new(root.subject.clone(), &root.at.key("info"));
        self.differs(info, Class::Compile, "x-crate-name", "is called {}, was {}", [crate_name, &old.crate_name]);
        self.prose(info, &[("title", old.title != *title), ("description", old.description != *description)]);
        let client = &About::new(Text::name(&"Client"), &root.at);
        let envs = [variable(site_env), variable(&old.site_env)];
        self.differs(client, Class::Wire, "x-site-env", "reads the site from {}, was {}", [&envs[0], &envs[1]]);
        let before: Vec<Served<'_>> = old.servers.iter().zip(&surface.sites).collect();
        self.servers(root, client, &before, &servers.iter().zip(sites).collect::<Vec<_>>());
        self.schemes(root);
        let text = |Tag { name, description }: &Tag| (name.clone(), description.clone());
        self.prose(root, &[("tags", old.tags.iter().map(text).ne(tags.iter().map(text)))]);
    }

    fn servers(&mut self, root: &About, client: &About, old: &[Served<'_>], new: &[Served<'_>]) {
        let domain = |server: &Server| server.site.as_ref().map(|site| site.domain.clone());
        if let (Some((was, _)), Some((now, _))) = (old.first(), new.first()) {
            let about = &About::new(client.subject.clone(), &now.pointer);
            self.differs(about, Class::Wire, "url", "calls {} unless told otherwise, was {}", [&now.url, &was.url]);
            if let (Some(was), Some(now)) = (domain(was), domain(now)) {
                let template = "goes to the site {} unless told otherwise, was {}";
                self.differs(client, Class::Wire, "servers", template, [&now, &was]);
            }
        }
        let by_domain = |_: usize, (server, _): &Served<'_>| domain(server).or_else(|| Some(server.url.clone()));
        let by_constant = |_: usize, (_, ident): &Served<'_>| ident.as_ref().map(ToString::to_string);
        let servers = matched(old, new, &[&by_domain, &by_constant]);
        self.order(&servers, root, "servers", "servers stand in another order");
        // Of servers without a site, the crate knows the first only.
        for (server, ident) in servers.gone.iter().filter(|(_, ident)| ident.is_some()) {
            let subject = subject(server, ident);
            self.gone(Class::Compile, &server.pointer, subject, Text::new("site removed", &[])).on_the_wire_if(true);
        }
        for (server, ident) in servers.added.iter().filter(|(_, ident)| ident.is_some()) {
            let about = About::new(subject(server, ident), &server.pointer);
            self.tell(&about, Class::Additive, "", Text::new("site added", &[]));
        }
        for ((was, old_ident), (now, ident)) in &servers.kept {
            let Server { url, description, site, pointer } = now;
            let about = &About::new(subject(now, ident), pointer);
            self.prose(about, &[("description", was.description != *description)]);
            let (Some(Site { domain: now, name: _ }), Some(old_site)) = (site, &was.site) else { continue };
            let constants = [ident, old_ident].map(|ident| ident.as_ref().map_or(String::new(), constant));
            let template = "renamed, was {1}";
            self.differs(about, Class::Compile, "x-site-name", template, [&constants[0], &constants[1]]);
            self.differs(about, Class::Wire, "url", "is served at {}, was {}", [url, &was.url]);
            self.differs(about, Class::Wire, "x-site", "is chosen by {}, was {}", [now, &old_site.domain]);
        }
    }
}

/// What a server is known by: its constant, or its URL.
fn subject(server: &Server, ident: &Option<Ident>) -> Text {
    Text::name(&ident.as_ref().map_or_else(|| server.url.clone(), constant))
}

fn constant(ident: &Ident) -> String {
    format!("Site::{ident}")
}

/// The environment variable that a value is read from.
pub(super) fn variable(name: &Option<String>) -> &str {
    name.as_deref().unwrap_or("nothing")
}
