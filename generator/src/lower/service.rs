//! The service as a whole: its servers, its credentials, its tags.

mod security;
mod servers;

use openapiv3::Operation;
use serde_json::Value;

use super::{At, Lowering, prose};
use crate::diagnostics::{Code, Place};
use crate::ir::{Security, Server, Tag};

/// The parts of an API that are neither types nor operations.
pub(super) struct Service {
    pub(super) servers: Vec<Server>,
    pub(super) site_env: Option<String>,
    pub(super) security: Security,
    pub(super) tags: Vec<Tag>,
}

/// The credentials and servers of an operation.
#[derive(Clone)]
pub(super) struct Access {
    pub(super) security: Option<Security>,
    pub(super) servers: Vec<Server>,
}

impl<'a> Lowering<'a> {
    /// Lowers the service. The schemes come first, since operations refer to them.
    pub(super) fn service(&mut self) -> Service {
        let document = self.document.clone();
        let servers = self.servers(&document.part("servers", &document.object.servers[..]));
        let site_env = self.site_env(&servers);
        self.schemes = self.schemes();
        let security = self.security(document.optional("security", &document.object.security));
        Service { servers, site_env, security: security.unwrap_or_default(), tags: self.tags() }
    }

    /// Returns the access to an operation of a path with servers.
    pub(super) fn access(&mut self, operation: &At<'a, Operation>, path: &[Server]) -> Access {
        let own = self.servers(&operation.part("servers", &operation.object.servers[..]));
        Access {
            security: self.security(operation.optional("security", &operation.object.security)),
            servers: if own.is_empty() { path.to_vec() } else { own },
        }
    }

    /// Rejects a name that no environment variable can have, or with invisible characters.
    fn check_variable(&mut self, name: &At<'_, str>) {
        self.refuse_hidden(Place::Value(name.pointer.clone()), "the name of this variable", name);
        if name.is_empty() || name.contains('=') {
            let message = format!("`{}` is not a valid name of an environment variable", name.escape_default());
            self.problem(Code::InvalidExtension, &name.pointer, message).help =
                Some("write its name, without `=` and value: `EXAMPLE_API_KEY`".to_owned());
        }
    }

    fn tags(&self) -> Vec<Tag> {
        let (tags, at) = (self.document.tags.iter().enumerate(), self.document.pointer.key("tags"));
        tags.map(|(index, tag)| Tag {
            name: tag.name.clone(),
            description: prose(tag.description.as_deref(), tag.external_docs.as_ref()),
            pointer: at.index(index).key("name"),
        })
        .collect()
    }
}

fn extension(extensions: &indexmap::IndexMap<String, Value>, name: &str) -> Option<String> {
    extensions.get(name).and_then(Value::as_str).map(str::to_owned)
}
