//! The intermediate representation: an API as the emitters see it.
//!
//! Plain data. Everything that the spec says and the crate needs is decided here; no stage behind the lowering looks at
//! the spec again. Names are the spec's: what they become in Rust is decided in [`crate::names`].

use serde_json::Value;

use crate::pointer::Pointer;

/// A whole API.
#[derive(Clone, Debug, PartialEq)]
pub struct Api {
    /// Name of the crate to write, from `info.x-crate-name`.
    pub crate_name: String,
    /// Version of the crate to write, from `info.version`.
    pub version: String,
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
    /// Every named schema, sorted by name; a [`TypeId`] is an index into this list.
    pub types: Vec<TypeDef>,
    /// Every operation, sorted by id.
    pub operations: Vec<Operation>,
}

impl Api {
    /// The definition that an id stands for.
    pub fn type_def(&self, id: TypeId) -> &TypeDef {
        &self.types[id.0]
    }
}

/// An entry of `servers`.
#[derive(Clone, Debug, PartialEq)]
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
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// What a user sets in the environment, such as `us3.datadoghq.com`.
    pub domain: String,
    /// Short name, such as `US3`.
    pub name: String,
}

/// An `apiKey` security scheme that is sent as a header.
#[derive(Clone, Debug, PartialEq)]
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
#[derive(Clone, Debug, PartialEq)]
pub struct Tag {
    /// Name of the tag.
    pub name: String,
    /// What the spec says about it.
    pub description: String,
}

/// Index of a named schema in [`Api::types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub usize);

/// A named schema.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeDef {
    /// Its key in `components.schemas`.
    pub name: String,
    /// The Rust name that the spec asks for, from `x-rust-name`.
    pub rust_name: Option<String>,
    /// Where it stands in the spec.
    pub pointer: Pointer,
    /// What the spec says about it.
    pub docs: Docs,
    /// Whether a value may be `null`.
    pub nullable: bool,
    /// What it is.
    pub shape: Shape,
}

/// What a named schema is.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// An object with known fields; fields that the spec does not list are kept.
    Object(Vec<Field>),
    /// A string out of a list; other strings are kept.
    Enum(Vec<EnumValue>),
    /// A scalar with a name of its own, which makes it a type of its own.
    Scalar(Scalar),
    /// Another name for an array, a map, a free-form object, any value or another type.
    Alias(TypeRef),
}

/// A property of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Name of the property.
    pub name: String,
    /// The Rust name that the spec asks for.
    pub rust_name: Option<String>,
    /// Where it stands in the spec.
    pub pointer: Pointer,
    /// What the spec says about it.
    pub docs: Docs,
    /// Type of its value, `null` and absence aside.
    pub ty: TypeRef,
    /// Whether it may be absent or `null`.
    pub presence: Presence,
    /// Whether it is required and can have one value only, so that nobody needs to be asked for it.
    pub constant: bool,
    /// What callers of operations know it by, from `x-argument-name`.
    pub argument_name: Option<String>,
}

/// Whether a field may be absent, and whether it may be `null`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Always there, never `null`.
    Required,
    /// Always there, perhaps `null`.
    RequiredNullable,
    /// Perhaps absent. A `null` is read as absent.
    Optional,
    /// Perhaps absent, perhaps `null`, and the two differ.
    OptionalNullable,
}

/// A value of an enum.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumValue {
    /// The string as it is sent.
    pub value: String,
    /// The name that the spec asks for, from `x-enum-varnames`.
    pub rust_name: Option<String>,
    /// What the spec says about it, from `x-enum-descriptions`.
    pub description: String,
    /// Where it stands in the spec.
    pub pointer: Pointer,
}

/// What the spec says about a schema for people.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Docs {
    /// The description, in Markdown.
    pub description: String,
    /// What the server takes for an absent value. Never sent by the client.
    pub default: Option<Value>,
    /// A value as it may look.
    pub example: Option<Value>,
    /// Bounds on the value.
    pub limits: Limits,
    /// A `format` that has no type of its own, such as `email`.
    pub format: Option<String>,
    /// Whether the spec calls it deprecated.
    pub deprecated: bool,
}

/// Bounds that the spec states for a value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    /// Smallest number, as written in the spec.
    pub minimum: Option<Bound>,
    /// Largest number.
    pub maximum: Option<Bound>,
    /// The number is a multiple of this.
    pub multiple_of: Option<String>,
    /// Fewest characters.
    pub min_length: Option<usize>,
    /// Most characters.
    pub max_length: Option<usize>,
    /// Regular expression that the string matches.
    pub pattern: Option<String>,
    /// Fewest items, or fewest properties of a map.
    pub min_items: Option<usize>,
    /// Most items, or most properties of a map.
    pub max_items: Option<usize>,
    /// Whether no item occurs twice.
    pub unique_items: bool,
}

/// A bound of a number.
#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    /// The number, in decimal.
    pub value: String,
    /// Whether the number itself is outside.
    pub exclusive: bool,
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeRef {
    /// A scalar without a name.
    Scalar(Scalar),
    /// A named schema.
    Named(TypeId),
    /// A named schema behind a pointer, because it contains itself.
    Boxed(TypeId),
    /// A list.
    Array(Box<TypeRef>),
    /// An object whose keys are data.
    Map(Box<TypeRef>),
    /// A value that may be `null`, inside a list or a map.
    Nullable(Box<TypeRef>),
    /// An object of which the spec says nothing.
    FreeForm,
    /// Any JSON value.
    Any,
}

/// A value without parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// `type: string`.
    String,
    /// `type: string, format: uuid`.
    Uuid,
    /// `type: string, format: date-time`.
    Timestamp,
    /// `type: string, format: date`.
    Date,
    /// `type: integer, format: int32`.
    Int32,
    /// `type: integer`.
    Int64,
    /// `type: number`.
    Float64,
    /// `type: boolean`.
    Bool,
}

/// An operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// Its `operationId`.
    pub id: String,
    /// The Rust name that the spec asks for.
    pub rust_name: Option<String>,
    /// Where it stands in the spec.
    pub pointer: Pointer,
    /// HTTP method.
    pub method: Method,
    /// Path below the base URL, with `{name}` for each path parameter.
    pub path: String,
    /// The group it belongs to.
    pub tag: Option<String>,
    /// One line about it.
    pub summary: String,
    /// More about it, in Markdown.
    pub description: String,
    /// Permission that the caller needs, from `x-permission`.
    pub permission: Option<String>,
    /// What the spec says about its stability, from `x-unstable`; `None` is stable.
    pub unstable: Option<String>,
    /// Whether a second call does no more than the first: by the method, unless `x-idempotent` says otherwise.
    pub idempotent: bool,
    /// Whether the spec calls it deprecated.
    pub deprecated: bool,
    /// Path parameters in the order of the path, then query parameters in the order of the spec.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// Every documented status, ascending.
    pub responses: Vec<Response>,
    /// Type of the body of every success, or `None` where success has no body.
    pub success: Option<TypeRef>,
    /// How its pages are followed, from `x-pagination`.
    pub pagination: Option<Pagination>,
    /// How it takes more items than one request may hold, from `x-batch`.
    pub batch: Option<Batch>,
    /// What a caller is asked for.
    pub call: Call,
}

/// An HTTP method of OpenAPI 3.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it all")]
pub enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
}

impl Method {
    /// The method as it stands in a request line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
        }
    }

    /// Whether HTTP says that a second call does no more than the first (RFC 9110, section 9.2.2).
    pub const fn is_idempotent(self) -> bool {
        !matches!(self, Self::Post | Self::Patch)
    }
}

/// A path or query parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Name of the parameter.
    pub name: String,
    /// The Rust name that the spec asks for.
    pub rust_name: Option<String>,
    /// Where it stands in the spec; behind the `$ref`, if it is a shared one.
    pub pointer: Pointer,
    /// Where it goes.
    pub location: Location,
    /// What the spec says about it.
    pub docs: Docs,
    /// Whether a call without it is wrong. Path parameters always are.
    pub required: bool,
    /// Type of its value.
    pub ty: TypeRef,
    /// How the value is written.
    pub style: Style,
}

/// How the value of a parameter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// As it prints: the value is no list.
    Plain,
    /// A list, a pair of the query for each item: `tag=a&tag=b`.
    Repeated,
    /// A list, all items in one pair of the query: `tag=a,b`.
    Joined,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// A segment of the path.
    Path,
    /// A pair of the query.
    Query,
}

/// A JSON request body.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// What the spec says about it.
    pub description: String,
    /// Whether a call without it is wrong.
    pub required: bool,
    /// Type of it.
    pub ty: TypeRef,
    /// A body as it may look.
    pub example: Option<Value>,
}

/// A documented status.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// What the spec says about it.
    pub description: String,
    /// Type of the body, or `None` for no body.
    pub body: Option<TypeRef>,
    /// A body as it may look.
    pub example: Option<Value>,
}

/// How the pages of a list operation are followed.
#[derive(Clone, Debug, PartialEq)]
pub struct Pagination {
    /// Query parameter for the number of the page: an optional integer.
    pub page_parameter: String,
    /// Number of the first page: the parameter's default, else 0.
    pub first: i64,
    /// Query parameter for the number of items on a page.
    pub size_parameter: String,
    /// The items of a page, in the body.
    pub items: Pointer,
    /// The number of the next page, in the body; `null` on the last page.
    pub next: Pointer,
}

/// How an operation takes more items than one request may hold: in several requests.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// The names that lead to the list of items in the body.
    pub field: Vec<String>,
    /// Type of an item.
    pub item: TypeRef,
    /// How many items one request may hold, from `maxItems`.
    pub limit: usize,
}

/// How an operation is called from Rust: what the caller is asked for, and where it goes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Call {
    /// Query parameters of which at least one must be given: always the first argument.
    pub choice: Option<Choice>,
    /// What has to be given. Every required parameter and every required part of the body is in one of these inputs, or
    /// is filled in.
    pub required: Required,
    /// What has to be given where the caller brings a whole body: the required parameters and the body. Only if that is
    /// something else.
    pub with_body: Option<Required>,
    /// What may be left out: the setters.
    pub setters: Vec<Input>,
}

/// The required inputs of a call.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Required {
    /// Those that cannot be mistaken for another: the arguments.
    pub arguments: Vec<Input>,
    /// Those that have the type of another: steps with names, in this order.
    pub steps: Vec<Input>,
}

impl Required {
    /// Arguments and steps.
    pub fn inputs(&self) -> impl Iterator<Item = &Input> {
        self.arguments.iter().chain(&self.steps)
    }
}

/// Query parameters of which at least one must be given, from `x-at-least-one-of`.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Name of the type that stands for the choice.
    pub name: String,
    /// Where it stands in the spec.
    pub pointer: Pointer,
    /// The parameters, by their place in [`Operation::parameters`].
    pub parameters: Vec<usize>,
}

/// Something that a caller is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// Name of the parameter or property.
    pub name: String,
    /// The Rust name that the spec asks for.
    pub rust_name: Option<String>,
    /// Where it stands in the spec.
    pub pointer: Pointer,
    /// What the spec says about it.
    pub docs: Docs,
    /// Type of its value, `null` and absence aside.
    pub ty: TypeRef,
    /// Whether it may be left out or be `null`.
    pub presence: Presence,
    /// The parameter that it is, by its place in [`Operation::parameters`].
    pub parameter: Option<usize>,
    /// Where it goes in the body.
    pub body: Option<BodyPart>,
}

/// A part of the request body.
#[derive(Clone, Debug, PartialEq)]
pub enum BodyPart {
    /// The body itself.
    Whole,
    /// The field that these names lead to.
    Field(Vec<String>),
}
