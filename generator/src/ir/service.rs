//! The service as a whole: its servers, its credentials, and the groups of its operations.

use serde::Serialize;

use crate::pointer::Pointer;

/// An entry of `servers`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Server {
    /// Base URL without a trailing slash, with `{name}` for each variable.
    pub url: String,
    /// Whether the URL has a host.
    #[serde(skip_serializing_if = "is_true")]
    pub is_absolute: bool,
    /// Its documentation in the spec.
    pub description: String,
    /// The variables of its URL, in the order of the URL.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub variables: Vec<ServerVariable>,
    /// Its site, if the spec names one.
    pub site: Option<Site>,
    /// The Rust name that the spec sets.
    pub rust_name: Option<String>,
    /// Its place in the spec.
    pub pointer: Pointer,
}

impl Server {
    /// Returns the base URL with all defaults; `None` if a variable has no default, or if the host is unknown.
    pub fn default_url(&self) -> Option<String> {
        let mut url = self.url.clone();
        for variable in &self.variables {
            url = url.replace(&format!("{{{}}}", variable.name), variable.default.as_ref()?);
        }
        self.is_absolute.then(|| url.trim_end_matches('/').to_owned())
    }

    /// Whether calls go to the same places.
    pub fn serves_as(&self, other: &Self) -> bool {
        let Self { url, is_absolute, description: _, variables, site, rust_name: _, pointer: _ } = self;
        let domain = |site: &Option<Site>| site.as_ref().map(|site| site.domain.clone());
        *url == other.url
            && *is_absolute == other.is_absolute
            && domain(site) == domain(&other.site)
            && variables.len() == other.variables.len()
            && variables.iter().zip(&other.variables).all(|(one, other)| one.chooses_as(other))
    }
}

/// A variable in the URL of a server.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ServerVariable {
    /// Name of the variable.
    pub name: String,
    /// The default; `None` if it must be set.
    pub default: Option<String>,
    /// The possible values; empty if any value is possible.
    pub values: Vec<String>,
    /// Its documentation in the spec.
    pub description: String,
    /// The Rust name that the spec sets.
    pub rust_name: Option<String>,
    /// Its place in the spec; the URL, if it occurs only there.
    pub pointer: Pointer,
}

impl ServerVariable {
    fn chooses_as(&self, other: &Self) -> bool {
        let Self { name, default, values, description: _, rust_name: _, pointer: _ } = self;
        (name, default, values) == (&other.name, &other.default, &other.values)
    }
}

fn is_true(flag: &bool) -> bool {
    *flag
}

/// The name of a site, from `x-site` and `x-site-name`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Site {
    /// The value that a user sets in the environment, such as `us3.datadoghq.com`.
    pub domain: String,
    /// Short name, such as `US3`.
    pub name: String,
}

/// A security scheme that is required somewhere.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scheme {
    /// Name of the scheme.
    pub name: String,
    /// Its kind, and how its credential is sent.
    pub kind: SchemeKind,
    /// Its documentation in the spec.
    pub description: String,
    /// Environment variable that usually holds the credential, from `x-env`.
    pub env: Option<String>,
    /// The Rust name that the spec sets, from `x-rust-name`.
    pub rust_name: Option<String>,
    /// Its place in the spec.
    pub pointer: Pointer,
}

/// The kind of a security scheme.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SchemeKind {
    /// A key in this header, as the spec writes it.
    Header(String),
    /// A key in this parameter of the query.
    Query(String),
    /// A key in this cookie.
    Cookie(String),
    /// A user and a password.
    Basic,
    /// A bearer token, possibly of a named format.
    Bearer(Option<String>),
    /// Another scheme of HTTP: the whole value of the header `Authorization`.
    Http(String),
    /// An access token of OAuth 2.0, and the ways to get one.
    Oauth2(Vec<Flow>),
    /// An access token of a provider of OpenID Connect, described at this URL.
    OpenIdConnect(String),
}

impl SchemeKind {
    /// Whether the credential is issued by a server, so that it can be renewed.
    pub fn is_renewable(&self) -> bool {
        match self {
            Self::Bearer(_) | Self::Http(_) | Self::Oauth2(_) | Self::OpenIdConnect(_) => true,
            Self::Header(_) | Self::Query(_) | Self::Cookie(_) | Self::Basic => false,
        }
    }
}

/// A way to get an access token.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Flow {
    pub kind: FlowKind,
    /// The URL where a user gives consent.
    pub authorization_url: Option<String>,
    /// The URL that issues tokens.
    pub token_url: Option<String>,
    /// The URL that renews tokens, if it is another.
    pub refresh_url: Option<String>,
}

/// The flows of OAuth 2.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FlowKind {
    Implicit,
    Password,
    ClientCredentials,
    AuthorizationCode,
}

impl FlowKind {
    /// The usual name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Implicit => "implicit",
            Self::Password => "password",
            Self::ClientCredentials => "client credentials",
            Self::AuthorizationCode => "authorization code",
        }
    }
}

/// The required credentials.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Security {
    /// Nothing.
    #[default]
    Nothing,
    /// One of these. An empty one makes the others optional.
    OneOf(Vec<Requirement>),
}

impl Security {
    pub fn is_nothing(&self) -> bool {
        *self == Self::Nothing
    }

    /// Returns the alternatives.
    pub fn requirements(&self) -> &[Requirement] {
        match self {
            Self::Nothing => &[],
            Self::OneOf(requirements) => requirements,
        }
    }
}

/// Credentials that are sent together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Requirement {
    pub credentials: Vec<Credential>,
}

/// A required credential.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Credential {
    /// Its scheme, as an index in [`Api::schemes`](super::Api::schemes).
    pub scheme: usize,
    /// The required scopes.
    pub scopes: Vec<String>,
}

/// A group of operations.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tag {
    /// Name of the tag.
    pub name: String,
    /// Its documentation in the spec.
    pub description: String,
    /// Its place: in the list of tags, or in an operation.
    #[serde(skip)]
    pub pointer: Pointer,
}
