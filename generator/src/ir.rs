//! The intermediate representation: an API as the emitters see it.
//!
//! It is plain data. Lowering decides everything that the spec determines and the crate needs; no later stage reads the
//! spec again. Names are those of the spec: [`crate::names`] decides their form in Rust.

mod alike;
mod arena;
mod calls;
mod distinction;
mod evidence;
mod limits;
mod messages;
mod operations;
mod pages;
mod parameters;
mod relations;
mod service;
mod types;
mod unions;
mod uses;

use serde::Serialize;

pub use crate::media_types::{essence, is_events, is_json, is_lines, is_records};
pub use arena::*;
pub use calls::*;
pub use evidence::{Distinction, Evidence, JsonKind, KnownField};
pub use limits::{Bound, Limits};
pub use messages::*;
pub use operations::*;
pub use pages::*;
pub use parameters::*;
pub use service::*;
pub use types::*;
pub use unions::{Union, UnionVariant};
pub use uses::Uses;

/// The value of an argument of the run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Argument {
    Text(String),
    /// The values of an argument that can be repeated.
    List(Vec<String>),
}

/// A whole API.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Api {
    /// Name of the crate to write, from `info.x-crate-name`.
    pub crate_name: String,
    /// Version of the crate to write, from `info.version`.
    pub version: String,
    /// The arguments of the run that change the crate, each with its value: later runs need not repeat them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub arguments: Vec<(&'static str, Argument)>,
    /// Whether the crate has a feature for each tag.
    #[serde(skip_serializing_if = "is_false")]
    pub tag_features: bool,
    /// Its pages on the web, each after its key in a manifest.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<(&'static str, String)>,
    /// The name of the API, from `info.title`.
    pub title: String,
    /// The purpose of the API, from `info.description`.
    pub description: String,
    /// The servers, in the order of the spec; the first is the default.
    pub servers: Vec<Server>,
    /// Environment variable that names the site, from `x-site-env`.
    pub site_env: Option<String>,
    /// The security schemes that are required somewhere, in the order of the spec.
    pub schemes: Vec<Scheme>,
    /// The requirements of an operation that states none.
    #[serde(skip_serializing_if = "Security::is_nothing")]
    pub security: Security,
    /// Groups of operations: those that the spec lists, in its order, then those that only operations name, sorted.
    pub tags: Vec<Tag>,
    /// Every named schema, sorted by name.
    pub types: Types,
    /// Every operation, sorted by id.
    pub operations: Vec<Operation>,
}

fn is_false(flag: &bool) -> bool {
    !*flag
}

impl Api {
    /// The requirements of an operation.
    pub fn security_of<'a>(&'a self, operation: &'a Operation) -> &'a Security {
        operation.security.as_ref().unwrap_or(&self.security)
    }
}
