//! What concerns every call: the crate, where the API is served, the keys.

use proc_macro2::Ident;

use super::{Class, Comparison, Spot, Text};
use crate::ir::{Api, ApiKey, Server, Site, Tag};
use crate::names::Names;
use crate::pointer::Pointer;

/// A server with the name of its constant.
type Named<'a> = (&'a Server, Option<&'a Ident>);

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
        let Names { types: _, operations: _, keys: key_names, sites } = self.new.names;
        let (old, old_names) = (self.old.api, self.old.names);
        let info = Pointer::root().key("info");
        let subject = Text::new("the crate", &[]);
        if old.crate_name != *crate_name {
            let what = Text::new("is called {}, was {}", &[crate_name, &old.crate_name]);
            self.note(Class::Compile, Spot::part(&info, "x-crate-name"), &subject, what);
        }
        self.prose(&subject, &info, "title", old.title != *title);
        self.prose(&subject, &info, "description", old.description != *description);
        if old.site_env != *site_env {
            let text = |name: &Option<String>| name.clone().unwrap_or_else(|| "nothing".to_owned());
            let what = Text::new("reads the site from {}, was {}", &[&text(site_env), &text(&old.site_env)]);
            self.note(Class::Wire, Spot::part(&Pointer::root(), "x-site-env"), &Text::name(&"Client"), what);
        }
        let old_servers: Vec<Named<'_>> = old.servers.iter().zip(old_names.sites.iter().map(Option::as_ref)).collect();
        let servers: Vec<Named<'_>> = servers.iter().zip(sites.iter().map(Option::as_ref)).collect();
        self.servers(&old_servers, &servers);
        let old_keys: Vec<(&ApiKey, &Ident)> = old.keys.iter().zip(&old_names.keys).collect();
        self.keys(&old_keys, &keys.iter().zip(key_names).collect::<Vec<_>>());
        self.tags(&old.tags, tags);
    }

    fn servers(&mut self, old: &[Named<'_>], new: &[Named<'_>]) {
        if let (Some(was), Some(now)) = (old.first(), new.first())
            && was.0.url != now.0.url
        {
            let what = Text::new("calls {} unless told otherwise, was {}", &[&now.0.url, &was.0.url]);
            self.note(Class::Wire, Spot::part(&now.0.pointer, "url"), &Text::name(&"Client"), what);
        }
        let domain = |server: &Server| server.site.as_ref().map(|site| site.domain.clone());
        for (server, ident) in old {
            let is_gone = new.iter().all(|(other, name)| domain(other) != domain(server) && name != ident);
            if let (Some(ident), true) = (ident, is_gone) {
                let what = Text::new("site removed", &[]);
                let subject = Text::name(&format!("Site::{ident}"));
                self.note(Class::Compile, Spot::old(&server.pointer), &subject, what).on_the_wire_if(true);
            }
        }
        for (server, ident) in new {
            let Server { url, description, site, pointer } = server;
            let (Some(Site { domain: site_domain, name: _ }), Some(ident)) = (site, ident) else {
                let before = old.iter().find(|(other, _)| other.site.is_none() && other.url == *url);
                let differs = before.is_some_and(|(other, _)| other.description != *description);
                self.prose(&Text::name(url), pointer, "description", differs);
                continue;
            };
            let subject = &Text::name(&format!("Site::{ident}"));
            let is_it = |other: &&Named<'_>| domain(other.0) == domain(server);
            let before = old.iter().find(is_it).or_else(|| old.iter().find(|(_, name)| *name == Some(*ident)));
            let Some((before, Some(before_ident))) = before else {
                self.note(Class::Additive, Spot::new(pointer), subject, Text::new("site added", &[]));
                continue;
            };
            if before_ident != ident {
                let what = Text::new("renamed, was {}", &[&format!("Site::{before_ident}")]);
                self.note(Class::Compile, Spot::part(pointer, "x-site-name"), subject, what);
            }
            if before.url != *url {
                let what = Text::new("is served at {}, was {}", &[url, &before.url]);
                self.note(Class::Wire, Spot::part(pointer, "url"), subject, what);
            }
            if let Some(was) = domain(before).filter(|was| was != site_domain) {
                let what = Text::new("is chosen by {}, was {}", &[site_domain, &was]);
                self.note(Class::Wire, Spot::part(pointer, "x-site"), subject, what);
            }
            self.prose(subject, pointer, "description", before.description != *description);
        }
        let order = |servers: &[Named<'_>]| servers.iter().map(|(server, _)| domain(server)).collect::<Vec<_>>();
        let (before, mut after) = (order(old), order(new));
        if let (Some(was), Some(now)) = (before.first(), after.first())
            && was != now
            && let (Some(was), Some(now)) = (was, now)
        {
            let what = Text::new("goes to the site {} unless told otherwise, was {}", &[now, was]);
            self.note(Class::Wire, Spot::part(&Pointer::root(), "servers"), &Text::name(&"Client"), what);
        }
        let mut kept = before;
        kept.retain(|domain| after.contains(domain));
        after.retain(|domain| kept.contains(domain));
        if kept != after {
            let what = Text::new("servers stand in another order", &[]);
            self.note(Class::Docs, Spot::part(&Pointer::root(), "servers"), &Text::new("the crate", &[]), what);
        }
    }

    fn keys(&mut self, old: &[(&ApiKey, &Ident)], new: &[(&ApiKey, &Ident)]) {
        let is_it = |a: &ApiKey, b: &ApiKey| a.name == b.name;
        for (key, setter) in old.iter().filter(|(key, _)| !new.iter().any(|(other, _)| is_it(key, other))) {
            let subject = Text::name(&format!("ClientBuilder::{setter}"));
            self.note(Class::Compile, Spot::old(&key.pointer), &subject, Text::new("key removed", &[]));
        }
        for (key, setter) in new {
            // The wanted name has become the setter.
            let ApiKey { name: _, header, description, env, rust_name: _, pointer } = key;
            let subject = &Text::name(&format!("ClientBuilder::{setter}"));
            let Some((before, before_setter)) = old.iter().find(|(other, _)| is_it(key, other)) else {
                let what = Text::new("key added: no call is made without it", &[]);
                self.note(Class::Wire, Spot::new(pointer), subject, what);
                continue;
            };
            if before_setter != setter {
                let what = Text::new("key renamed, was {}", &[before_setter]);
                self.note(Class::Compile, Spot::new(pointer), subject, what);
            }
            if before.header != *header {
                let what = Text::new("is sent as the header {}, was {}", &[header, &before.header]);
                // Its case means nothing.
                let is_same = before.header.eq_ignore_ascii_case(header);
                let class = if is_same { Class::Docs } else { Class::Wire };
                self.note(class, Spot::part(pointer, "name"), subject, what);
            }
            if before.env != *env {
                let text = |name: &Option<String>| name.clone().unwrap_or_else(|| "nothing".to_owned());
                let what = Text::new("is read from {}, was {}", &[&text(env), &text(&before.env)]);
                self.note(Class::Wire, Spot::part(pointer, "x-env"), subject, what);
            }
            self.prose(subject, pointer, "description", before.description != *description);
        }
        let order = |keys: &[(&ApiKey, &Ident)], others: &[(&ApiKey, &Ident)]| -> Vec<String> {
            let keys = keys.iter().filter(|(key, _)| others.iter().any(|(other, _)| is_it(key, other)));
            keys.map(|(key, _)| key.name.clone()).collect()
        };
        if order(old, new) != order(new, old) {
            let what = Text::new("keys stand in another order", &[]);
            self.note(Class::Docs, Spot::part(&Pointer::root(), "security"), &Text::new("the crate", &[]), what);
        }
    }

    fn tags(&mut self, old: &[Tag], new: &[Tag]) {
        let text = |tag: &Tag| {
            let Tag { name, description } = tag;
            (name.clone(), description.clone())
        };
        let differs = old.iter().map(text).ne(new.iter().map(text));
        self.prose(&Text::new("the crate", &[]), &Pointer::root(), "tags", differs);
    }
}
