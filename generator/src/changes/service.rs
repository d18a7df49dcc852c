//! What concerns every call: the crate, where the API is served, the keys.

use proc_macro2::Ident;

use super::lists::matched;
use super::{Class, Comparison, Spot, Text};
use crate::ir::{Api, ApiKey, Server, Site, Tag};
use crate::pointer::Pointer;
use crate::surface::Surface;

/// A server with its constant.
type Served<'a> = (&'a Server, Option<&'a Ident>);

/// A key with its setter.
type Keyed<'a> = (&'a ApiKey, &'a Ident);

impl Comparison<'_> {
    pub(super) fn service(&mut self) {
        let Api {
            crate_name,
            version: _, // compared with what the changes ask for
            title,
            description,
            servers,
            site_env,
            keys,
            tags,
            types: _,      // types.rs
            operations: _, // operations.rs
        } = self.new.api;
        let Surface { types: _, calls: _, keys: setters, sites } = self.new.surface;
        let (old, surface) = (self.old.api, self.old.surface);
        let (root, info) = (Pointer::root(), Pointer::root().key("info"));
        let subject = Text::new("the crate", &[]);
        let spot = Spot::part(&info, "x-crate-name");
        self.differs(Class::Compile, spot, &subject, "is called {}, was {}", [crate_name, &old.crate_name]);
        let differs = [("title", old.title != *title), ("description", old.description != *description)];
        self.prose(&subject, &info, &differs);
        let (spot, client) = (Spot::part(&root, "x-site-env"), Text::name(&"Client"));
        let envs = [&variable(site_env), &variable(&old.site_env)];
        self.differs(Class::Wire, spot, &client, "reads the site from {}, was {}", envs);
        let old_servers: Vec<Served<'_>> = old.servers.iter().zip(surface.sites.iter().map(Option::as_ref)).collect();
        let servers: Vec<Served<'_>> = servers.iter().zip(sites.iter().map(Option::as_ref)).collect();
        self.servers(&old_servers, &servers);
        let old_keys: Vec<Keyed<'_>> = old.keys.iter().zip(&surface.keys).collect();
        self.keys(&old_keys, &keys.iter().zip(setters).collect::<Vec<_>>());
        let text = |Tag { name, description }: &Tag| (name.clone(), description.clone());
        let differs = old.tags.iter().map(text).ne(tags.iter().map(text));
        self.prose(&subject, &root, &[("tags", differs)]);
    }

    fn servers(&mut self, old: &[Served<'_>], new: &[Served<'_>]) {
        let domain = |server: &Server| server.site.as_ref().map(|site| site.domain.clone());
        let client = Text::name(&"Client");
        if let (Some((was, _)), Some((now, _))) = (old.first(), new.first()) {
            let spot = Spot::part(&now.pointer, "url");
            self.differs(Class::Wire, spot, &client, "calls {} unless told otherwise, was {}", [&now.url, &was.url]);
            if let (Some(was), Some(now)) = (domain(was), domain(now)) {
                let spot = Spot::part(&Pointer::root(), "servers");
                let template = "goes to the site {} unless told otherwise, was {}";
                self.differs(Class::Wire, spot, &client, template, [&now, &was]);
            }
        }
        let by_domain = |_: usize, (server, _): &Served<'_>| domain(server).or_else(|| Some(server.url.clone()));
        let by_constant = |_: usize, (_, ident): &Served<'_>| ident.map(ToString::to_string);
        let servers = matched(old, new, &[&by_domain, &by_constant]);
        // Of servers without a site, the crate knows the first only.
        for (server, ident) in servers.gone.iter().filter(|(_, ident)| ident.is_some()) {
            let (spot, subject) = (Spot::old(&server.pointer), subject(server, *ident));
            self.note(Class::Compile, spot, &subject, Text::new("site removed", &[])).on_the_wire_if(true);
        }
        for (server, ident) in servers.added.iter().filter(|(_, ident)| ident.is_some()) {
            let (spot, subject) = (Spot::new(&server.pointer), subject(server, *ident));
            self.note(Class::Additive, spot, &subject, Text::new("site added", &[]));
        }
        for ((was, old_ident), (now, ident)) in &servers.kept {
            let Server { url, description, site, pointer } = now;
            let subject = subject(now, *ident);
            if let (Some(old_ident), Some(ident)) = (old_ident, ident) {
                let names = [&format!("Site::{ident}"), &format!("Site::{old_ident}")];
                self.differs(Class::Compile, Spot::part(pointer, "x-site-name"), &subject, "renamed, was {1}", names);
            }
            self.differs(Class::Wire, Spot::part(pointer, "url"), &subject, "is served at {}, was {}", [url, &was.url]);
            if let (Some(Site { domain: now, name: _ }), Some(was)) = (site, domain(was)) {
                let spot = Spot::part(pointer, "x-site");
                self.differs(Class::Wire, spot, &subject, "is chosen by {}, was {}", [now, &was]);
            }
            self.prose(&subject, pointer, &[("description", was.description != *description)]);
        }
        let spot = Spot::part(&Pointer::root(), "servers");
        self.order(&servers, spot, &Text::new("the crate", &[]), "servers stand in another order");
    }

    fn keys(&mut self, old: &[Keyed<'_>], new: &[Keyed<'_>]) {
        let subject = |setter: &Ident| Text::name(&format!("ClientBuilder::{setter}"));
        let keys = matched(old, new, &[&|_, (key, _): &Keyed<'_>| Some(key.name.clone())]);
        for (key, setter) in &keys.gone {
            self.note(Class::Compile, Spot::old(&key.pointer), &subject(setter), Text::new("key removed", &[]));
        }
        for (key, setter) in &keys.added {
            let what = Text::new("key added: no call is made without it", &[]);
            self.note(Class::Wire, Spot::new(&key.pointer), &subject(setter), what);
        }
        for ((was, old_setter), (now, setter)) in &keys.kept {
            // The wanted name has become the setter.
            let ApiKey { name: _, header, description, env, rust_name: _, pointer } = now;
            let subject = subject(setter);
            self.differs(Class::Compile, Spot::new(pointer), &subject, "key renamed, was {1}", [setter, old_setter]);
            // The case of a header means nothing.
            let class = if was.header.eq_ignore_ascii_case(header) { Class::Docs } else { Class::Wire };
            let spot = Spot::part(pointer, "name");
            self.differs(class, spot, &subject, "is sent as the header {}, was {}", [header, &was.header]);
            let (spot, envs) = (Spot::part(pointer, "x-env"), [&variable(env), &variable(&was.env)]);
            self.differs(Class::Wire, spot, &subject, "is read from {}, was {}", envs);
            self.prose(&subject, pointer, &[("description", was.description != *description)]);
        }
        let spot = Spot::part(&Pointer::root(), "security");
        self.order(&keys, spot, &Text::new("the crate", &[]), "keys stand in another order");
    }
}

/// What a server is known by: its constant, or its URL.
fn subject(server: &Server, ident: Option<&Ident>) -> Text {
    Text::name(&ident.map_or_else(|| server.url.clone(), |ident| format!("Site::{ident}")))
}

/// The environment variable that a value is read from.
fn variable(name: &Option<String>) -> String {
    name.clone().unwrap_or_else(|| "nothing".to_owned())
}
