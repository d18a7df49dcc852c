//! The intermediate representation: an API as the emitters see it.
//!
//! Plain data. Everything that the spec says and the crate needs is decided here; no stage behind the lowering looks at
//! the spec again. Names are the spec's: what they become in Rust is decided in [`crate::names`].

mod arena;
mod evidence;
mod messages;
mod operations;
mod types;
mod unions;

use serde::Serialize;

use crate::pointer::Pointer;

pub use arena::*;
pub use evidence::{Evidence, JsonKind, KnownField, Telling};
pub use messages::*;
pub use operations::*;
pub use types::*;
pub use unions::{Union, UnionVariant};

/// A whole API.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Api {
    /// Name of the crate to write, from `info.x-crate-name`.
    pub crate_name: String,
    /// Version of the crate to write, from `info.version`.
    pub version: String,
    /// The arguments of the run by which the crate differs from what the spec alone gives, each with its value: later runs
    /// need not repeat them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub arguments: Vec<(String, String)>,
    /// What the API is called, from `info.title`.
    pub title: String,
    /// What the API is for, from `info.description`.
    pub description: String,
    /// Where the API is served, in the order of the spec; the first is the default.
    pub servers: Vec<Server>,
    /// Environment variable that names the site, from `x-site-env`.
    pub site_env: Option<String>,
    /// The keys that go with every call.
    pub keys: Vec<ApiKey>,
    /// Groups of operations, in the order of the spec.
    pub tags: Vec<Tag>,
    /// Every named schema, sorted by name.
    pub types: Types,
    /// Every operation, sorted by id.
    pub operations: Vec<Operation>,
}

/// An entry of `servers`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Server {
    /// Absolute base URL without a trailing slash.
    pub url: String,
    /// What the spec says about it.
    pub description: String,
    /// The site it belongs to, where the spec names one.
    pub site: Option<Site>,
    /// Where it stands in the spec.
    pub pointer: Pointer,
}

/// The name of a site, from `x-site` and `x-site-name`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Site {
    /// What a user sets in the environment, such as `us3.datadoghq.com`.
    pub domain: String,
    /// Short name, such as `US3`.
    pub name: String,
}

/// An `apiKey` security scheme that is sent as a header.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ApiKey {
    /// Name of the scheme.
    pub name: String,
    /// Name of the header, as the spec writes it.
    pub header: String,
    /// What the spec says about it.
    pub description: String,
    /// Environment variable that usually holds it, from `x-env`.
    pub env: Option<String>,
    /// The Rust name that the spec asks for, from `x-rust-name`.
    pub rust_name: Option<String>,
    /// Where it stands in the spec.
    pub pointer: Pointer,
}

/// A group of operations.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tag {
    /// Name of the tag.
    pub name: String,
    /// What the spec says about it.
    pub description: String,
}
