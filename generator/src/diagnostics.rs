//! What can be wrong with a spec: one catalogue of codes, and the record that every stage reports problems with.

use crate::pointer::Pointer;

/// A range of bytes in the spec's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset behind the last byte.
    pub end: usize,
}

/// Where in the spec a problem is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Bytes of the text: what the loader knows.
    Text(Span),
    /// The value at a pointer: what all later stages know.
    Value(Pointer),
    /// The key that leads to a pointer, for a problem of the name rather than of the value.
    Key(Pointer),
}

/// One problem of the spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which entry of the catalogue this is.
    pub code: Code,
    /// What is wrong, in one line without a full stop.
    pub message: String,
    /// Where it is wrong.
    pub place: Place,
    /// Other places that explain it, each with what it is: the earlier of two equal names, the referring `$ref`.
    pub related: Vec<(Place, String)>,
    /// The way out, where one is known.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A problem at `place`.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), place, related: Vec::new(), help: None }
    }

    /// Adds the way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds another place that explains the problem.
    #[must_use]
    pub fn related(mut self, place: Place, what: impl Into<String>) -> Self {
        self.related.push((place, what.into()));
        self
    }
}

/// Declares the catalogue: each code with its number and what it stands for.
macro_rules! catalogue {
    ($($(#[$doc:meta])* $name:ident = $number:literal,)*) => {
        /// The catalogue of problems. A code's number is stable: it is never given to another problem.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[$doc])* $name,)*
        }

        impl Code {
            /// Every code, in the order of the catalogue.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// The code as it is printed, such as `E0101`.
            pub const fn number(self) -> &'static str {
                match self {
                    $(Code::$name => $number,)*
                }
            }
        }
    };
}

catalogue! {
    // E00xx: the text (source.rs)
    /// The text is not well-formed YAML.
    Syntax = "E0001",
    // E01xx: the document (spec.rs)
    /// A key that OpenAPI 3.0 does not have at this place.
    UnknownKey = "E0101",
    // E02xx: lowering (lower/)
    /// A construct of OpenAPI 3.0 that the generator cannot turn into code yet.
    Unsupported = "E0201",
    /// A `$ref` to something that is not there, or not of the kind that belongs here.
    UnresolvedReference = "E0202",
    /// Schemas that only refer to each other in a circle.
    ReferenceCycle = "E0203",
    /// An operation without an `operationId`.
    MissingOperationId = "E0204",
    /// Two operations with one `operationId`.
    DuplicateOperationId = "E0205",
    /// Path template and path parameters that do not fit each other.
    PathParameter = "E0206",
    /// Two parameters of one operation with one name and place.
    DuplicateParameter = "E0207",
    /// An extension whose value does not fit the operation it stands on.
    InvalidExtension = "E0208",
    /// An operation that documents no success.
    NoSuccess = "E0209",
    /// A server whose URL cannot be called.
    InvalidServer = "E0210",
    /// A version that Cargo would not accept.
    InvalidVersion = "E0211",
    /// A `required` entry that is no property.
    UnknownRequired = "E0212",
    /// An enum that lists one value twice, or none.
    InvalidEnum = "E0213",
    // E03xx: names (names.rs)
    /// Two names of the spec that become the same Rust name.
    NameCollision = "E0301",
    /// A name of the spec from which no Rust name can be made.
    UnusableName = "E0302",
    /// A name that the generated crate needs for something else.
    ReservedName = "E0303",
}
