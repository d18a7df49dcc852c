//! What can be wrong with a spec: one catalogue of errors and warnings, and the record that every stage reports problems
//! with.

mod render;
mod sources;

use std::collections::HashSet;

use crate::pointer::Pointer;

pub use render::{count, render};
pub use sources::{Source, SourceId, Sources};

/// A range of bytes in one of the texts that a description is read from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The text.
    pub source: SourceId,
    /// Offset of the first byte.
    pub start: usize,
    /// Offset behind the last byte.
    pub end: usize,
}

/// Where in the spec a problem is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// Bytes of the text: what the loader knows.
    Text(Span),
    /// The value at a pointer: what all later stages know.
    Value(Pointer),
    /// The key that leads to a pointer, for a problem of the name rather than of the value.
    Key(Pointer),
    /// The key that led to a pointer, and its bytes: a rewrite took it out of the tree.
    Removed(Pointer, Span),
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// The spec is valid, but could serve callers better.
    Warning,
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
    /// The nearest object on which an `x-allow` silences it, if it is a lint.
    pub silenced_at: Option<Silence>,
}

/// How a warning is silenced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silence {
    /// The object on which it is.
    pub at: Pointer,
    /// The name that `x-allow` knows it by.
    pub lint: &'static str,
}

/// Each problem once, the first of those that say the same of the same place: what is shared is looked at with each part that
/// refers to it.
pub(crate) fn distinct(mut problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut told = HashSet::new();
    problems.retain(|problem| told.insert((problem.code, problem.place.clone(), problem.message.clone())));
    problems
}

impl Diagnostic {
    /// A problem at `place`.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), place, related: Vec::new(), help: None, silenced_at: None }
    }

    /// A mistake of the generator, which no spec should be able to bring about.
    pub fn mistake(place: Place, message: impl Into<String>) -> Self {
        Self::new(Code::GeneratorMistake, place, message)
            .help("this is a mistake of the generator: please report it with the spec")
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

/// Declares the catalogue: each code with its number and what it represents.
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

impl Code {
    /// Codes of warnings begin with a `W`.
    pub fn severity(self) -> Severity {
        if self.number().starts_with('W') { Severity::Warning } else { Severity::Error }
    }
}

catalogue! {
    // E00xx: the text (source.rs)
    /// The text is not well-formed YAML.
    Syntax = "E0001",
    /// The text is longer than the limit.
    TooLarge = "E0002",
    /// Lists and mappings nest deeper than the limit.
    TooDeep = "E0003",
    /// The text holds no document, or only `null`.
    EmptyDocument = "E0004",
    /// A second document in the text.
    SeveralDocuments = "E0005",
    /// A key that its mapping has already.
    DuplicateKey = "E0006",
    /// A key that is a list, a mapping, nothing, or missing.
    NonStringKey = "E0007",
    /// `<<` with something that is no mapping.
    MergeKey = "E0008",
    /// `*name` that leads to nothing, or into the value that it stands in. E0009 was an anchor.
    Alias = "E0010",
    /// `!tag` or `!!tag`.
    Tag = "E0011",
    /// `.nan` or `.inf`.
    NotFinite = "E0012",
    /// A number that does not fit in 64 bits.
    NumberRange = "E0013",
    /// A character that YAML does not allow in a text.
    ControlCharacter = "E0014",
    // E01xx: the document (spec.rs)
    /// A key that OpenAPI 3.0 does not have at this place.
    UnknownKey = "E0101",
    /// A key that OpenAPI 3.0 requires at this place.
    MissingKey = "E0102",
    /// A value of another kind than the place asks for, such as a list for a string.
    WrongKind = "E0103",
    /// A value outside the closed set that the place allows.
    UnknownValue = "E0104",
    /// A number outside what the place allows.
    NumberValue = "E0105",
    /// Another version than OpenAPI 3.0.
    UnsupportedVersion = "E0106",
    /// A path that does not begin with a slash.
    PathWithoutSlash = "E0107",
    /// A key under `responses` that is neither a status, nor a range, nor `default`.
    ResponseKey = "E0108",
    /// A component without a name, or with a character in its name that no reader sees.
    ComponentName = "E0109",
    /// A key beside `$ref`, which OpenAPI ignores.
    ReferenceSibling = "E0110",
    /// Keys that exclude each other.
    ConflictingKeys = "E0111",
    /// An `x-` key that looks like one of the generator's, but is none at its place.
    UnknownExtension = "E0112",
    /// A list that must have an item.
    EmptyList = "E0113",
    /// A list that must be as long as another.
    LengthMismatch = "E0114",
    /// Legal, but lost in the model of a document that the generator builds on.
    NotModelled = "E0115",
    /// The model refuses what the tables of OpenAPI let through.
    GrammarGap = "E0116",
    /// Bounds that no value is between.
    EmptyRange = "E0117",
    // E02xx: lowering (lower/)
    /// A construct of OpenAPI 3.0 that the generator cannot turn into code yet.
    Unsupported = "E0201",
    /// A `$ref` to something that is not there, or not of the kind that belongs here.
    UnresolvedReference = "E0202",
    /// Schemas that only refer to each other in a cycle.
    ReferenceCycle = "E0203",
    /// Path template and path parameters that do not fit each other.
    PathParameter = "E0206",
    /// Two parameters of one operation with one name and place.
    DuplicateParameter = "E0207",
    /// An extension whose value does not fit the operation it stands on.
    InvalidExtension = "E0208",
    /// A server whose URL cannot be called.
    InvalidServer = "E0210",
    /// A version that Cargo would not accept.
    InvalidVersion = "E0211",
    /// A property that has different types in the parts of an `allOf`.
    ConflictingProperty = "E0214",
    /// A path that is not a part of a URL, or the same as another.
    InvalidPath = "E0215",
    /// A schema of which there is no value, since each would hold another of its kind.
    EndlessValue = "E0216",
    /// A name that messages show, with a character that no reader sees.
    HiddenCharacter = "E0217",
    /// A parameter whose name cannot be sent where it goes.
    ParameterName = "E0231",
    // E03xx: names (names.rs)
    /// Two names of the spec that become the same Rust name.
    NameCollision = "W0302",
    /// A name of the spec from which no Rust name can be made.
    UnusableName = "W0303",
    /// A name that the generated crate needs for something else.
    ReservedName = "W0304",
    // E08xx: what is read beside the description, and what is chosen of it (bundle/, overlay/, slice/)
    /// A pattern that no operation of the description matches.
    EmptySelection = "E0801",
    /// A document that is not an overlay, or an action in it that cannot be carried out.
    InvalidOverlay = "E0811",
    /// An action whose target is not there.
    EmptyTarget = "E0812",
    /// A reference to a file that is not there, or that is not read.
    UnreadReference = "E0821",
    /// A file that is not a list of the differences that are intended.
    InvalidMeant = "E0831",
    /// A file that is not a record of facts.
    InvalidRecord = "E0832",
    // E09xx: the generator itself (lib.rs)
    /// The output of an emitter is not Rust or has no place: a mistake of the generator.
    GeneratorMistake = "E0901",
    // W01xx: parts that nobody uses (lints/)
    /// A component that no operation leads to.
    UnusedComponent = "W0101",
    // W02xx: what readers of the documentation miss
    /// Something that callers see has no description.
    MissingDescription = "W0201",
    /// A body, or a scalar that callers have to write, has no example.
    MissingExample = "W0202",
    /// An example is not a value of its schema.
    ExampleMismatch = "W0203",
    /// A default is not a value of its schema.
    DefaultMismatch = "W0204",
    // W03xx: names
    /// Two names that differ only in case.
    CaseOnlyDifference = "W0301",
    // W04xx: operations
    /// A status whose response has no described body.
    MissingBody = "W0401",
    /// A list whose pages nobody can follow.
    MissingPagination = "W0402",
    /// An operation that names no permission, where others do.
    MissingPermission = "W0403",
    /// An operation that documents no success.
    MissingSuccess = "W0404",
    /// A media type in which a body is neither sent nor read.
    UnusedMediaType = "W0405",
    /// A body in a form that the crate neither reads nor writes.
    RawBody = "W0406",
    /// Two paths that differ in the names of their parameters alone.
    EqualPaths = "W0411",
    /// A parameter with parts that OpenAPI does not say how to write.
    UnspecifiedStyle = "W0412",
    // W05xx: the service
    /// A server that the emitted client refuses unless callers allow it.
    InsecureServer = "W0501",
    /// No server that says where calls go.
    UnknownHost = "W0502",
    // W07xx: schemas (lints/schemas.rs)
    /// A union of which a value may be one variant as well as another.
    AmbiguousUnion = "W0701",
    /// A `required` entry that is not a property.
    UnknownRequired = "W0702",
    /// A format that looks like another one misspelt.
    UnknownFormat = "W0703",
    // W06xx: what was rewritten because OpenAPI 3.0 does not have it so (adapt/), or is without effect (W0653, lower/)
    /// A key that OpenAPI 3.0 does not have at this place, and that is passed over.
    IgnoredKey = "W0601",
    /// A `null` where a key has a meaning: it is read as if the key were not there.
    IgnoredNull = "W0602",
    /// An empty list where one item is needed: it is read as if the key were not there.
    IgnoredEmptyList = "W0603",
    /// A value in another form than its key has, such as a number in quotes.
    ValueForm = "W0604",
    /// A key that must be there and is not: it is filled in.
    FilledKey = "W0605",
    /// Keys that exclude each other: the first is kept.
    ExcludedKey = "W0606",
    /// A schema whose keys say what its missing `type` is.
    ImpliedType = "W0611",
    /// A key that means nothing to values of the schema's `type`.
    KeyOfOtherType = "W0612",
    /// The form of a later OpenAPI, such as a list of types.
    LaterForm = "W0613",
    /// A bound that no value reaches, or that the type cannot have.
    UnreachedBound = "W0614",
    /// Keys beside a `$ref` to a schema: they are read as annotations of it.
    BesideReference = "W0615",
    /// A value of an enum that stands twice, or that is of another type.
    EnumValueForm = "W0616",
    /// An operation without an id, or with that of another: it gets one.
    GivenOperationId = "W0621",
    /// A path without a slash at its start.
    GivenSlash = "W0622",
    /// A path with characters that a URL has in encoded form only.
    EncodedPath = "W0623",
    /// A component name with other characters than OpenAPI allows.
    OddComponentName = "W0624",
    /// An extension that looks like one of ours and is none.
    OddExtension = "W0631",
    /// An extension of another tool that says what one of ours says.
    ForeignExtension = "W0651",
    /// A variable of a server whose values are sites.
    SitesOfVariable = "W0652",
    /// `x-pagination` that does not fit its operation, and says that it need not.
    UnfollowedPages = "W0653",
    /// A header that is not a parameter, since the client sets it.
    IgnoredHeader = "W0641",
    /// A parameter that its list has already.
    RepeatedParameter = "W0642",
    /// A path parameter without a place in the path.
    StrayParameter = "W0643",
    /// A place in the path without a parameter: it gets one.
    UndeclaredPlaceholder = "W0644",
    /// A path with a fragment, which is not sent.
    FragmentInPath = "W0645",
    /// Credentials that are wanted together and take the place of each other.
    ExclusiveCredentials = "W0646",
    /// Placeholders in the query of a path: parameters of the query.
    QueryInPath = "W0647",
    // W09xx: `x-allow` itself
    /// An allowance without a reason.
    MissingReason = "W0901",
    /// An allowance of a lint that does not exist.
    UnknownLint = "W0902",
    /// An allowance that silences nothing.
    UnusedAllowance = "W0903",
}
