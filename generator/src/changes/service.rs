//! Changes that concern every call: the crate, the site, the tags.

use super::servers::{Constants, constants_of};
use super::{About, Class, Comparison, Text};
use crate::ir::{Api, Tag};
use crate::pointer::Pointer;
use crate::surface::Surface;

impl Comparison<'_> {
    pub(super) fn service(&mut self) {
        let Api {
            arguments: _,    // they have become the name and the version
            tag_features: _, // features.rs
            links,
            crate_name,
            version: _, // … compared with the version that the changes require
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
        let Surface {
            types: _,
            calls: _,
            schemes: _,
            security: _,
            sites,
            servers: constants,
            served,
            features: _,    // features.rs
            relations: _,   // compared with their types
            conversions: _, // compared with their types
            sample: _,      // made of a type, which is compared there
            resources: _,   // derived from operations and types, which are compared there
        } = self.new.surface;
        let (old, surface) = (self.old.api, self.old.surface);
        let root = &About::new(Text::new("the crate", &[]), &Pointer::root());
        let info = &About::new(root.subject.clone(), &root.at.key("info"));
        self.differs(info, Class::Compile, "x-crate-name", "is named {}, was {}", [crate_name, &old.crate_name]);
        self.prose(
            info,
            &[
                ("title", old.title != *title),
                ("description", old.description != *description),
                ("x-package", old.links != *links),
            ],
        );
        let client = &About::new(Text::name(&"Client"), &root.at);
        let envs = [variable(site_env), variable(&old.site_env)];
        self.differs(client, Class::Wire, "x-site-env", "reads the site from {}, was {}", [&envs[0], &envs[1]]);
        let before: Vec<Constants<'_>> = constants_of(&old.servers, &surface.sites, &surface.servers);
        self.servers(root, client, &before, &constants_of(servers, sites, constants));
        self.served(client, &surface.served, served);
        self.schemes(root);
        let text = |Tag { name, description, pointer: _ }: &Tag| (name.clone(), description.clone());
        self.prose(root, &[("tags", old.tags.iter().map(text).ne(tags.iter().map(text)))]);
    }
}

/// Returns the environment variable from which a value is read.
pub(super) fn variable(name: &Option<String>) -> &str {
    name.as_deref().unwrap_or("nothing")
}
