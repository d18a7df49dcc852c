//! Problems of a spec: one catalogue of errors and warnings, and the type with which every stage reports problems.

mod render;
mod sources;

use std::collections::HashSet;

use crate::pointer::Pointer;

pub use render::{Style, count, render};
pub use sources::{Source, SourceId, Sources};

/// A range of bytes in one of the texts of a description.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The text.
    pub source: SourceId,
    /// Offset of the first byte.
    pub start: usize,
    /// Offset after the last byte.
    pub end: usize,
}

/// Where in the spec a problem is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// Bytes of the text: known to the loader.
    Text(Span),
    /// The value at a pointer: known to all later stages.
    Value(Pointer),
    /// The key that leads to a pointer, for a problem of the name rather than of the value.
    Key(Pointer),
    /// The key that led to a pointer, and its bytes: a rewrite removed it from the tree.
    Removed(Pointer, Span),
}

/// The severity of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// The spec is valid, but awkward for callers.
    Warning,
}

/// One problem of the spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The entry of the catalogue.
    pub code: Code,
    /// The problem, in one line without a full stop.
    pub message: String,
    /// The place of the problem.
    pub place: Place,
    /// Other places that explain it, each with its role: the earlier of two equal names, the referring `$ref`.
    pub related: Vec<(Place, String)>,
    /// The way out, if one is known.
    pub help: Option<String>,
    /// The nearest object on which an `x-allow` silences it, if it is a lint.
    pub silenced_at: Option<Silence>,
}

/// How a warning is silenced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silence {
    /// The object that has the `x-allow`.
    pub at: Pointer,
    /// The name of the lint in `x-allow`.
    pub lint: &'static str,
}

/// Removes duplicates with the same message and place: a shared object is checked with each object that refers to it.
pub(crate) fn distinct(mut problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut reported = HashSet::new();
    problems.retain(|problem| reported.insert((problem.code, problem.place.clone(), problem.message.clone())));
    problems
}

impl Diagnostic {
    /// Creates a problem at `place`.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), place, related: Vec::new(), help: None, silenced_at: None }
    }

    /// Creates an internal error of the generator, which no spec should be able to cause.
    pub fn mistake(place: Place, message: impl Into<String>) -> Self {
        Self::new(Code::GeneratorMistake, place, message)
            .help("this is a defect of the generator: please report it with the spec")
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

/// Declares the catalogue: each code with its number and its meaning.
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
    /// The text has no document, or only `null`.
    EmptyDocument = "E0004",
    /// A second document in the text.
    SeveralDocuments = "E0005",
    /// A key that occurs twice in its mapping.
    DuplicateKey = "E0006",
    /// A key that is a list, a mapping, nothing, or missing.
    NonStringKey = "E0007",
    /// `<<` with a value that is not a mapping.
    MergeKey = "E0008",
    /// `*name` that leads to nothing, or into the value that contains it. E0009 was an anchor.
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
    /// A value of another kind than the place requires, such as a list for a string.
    WrongKind = "E0103",
    /// A value outside the closed set that the place allows.
    UnknownValue = "E0104",
    /// A number outside the range of the place.
    NumberValue = "E0105",
    /// Another version than OpenAPI 3.0.
    UnsupportedVersion = "E0106",
    /// A path that does not begin with a slash.
    PathWithoutSlash = "E0107",
    /// A key under `responses` that is neither a status, nor a range, nor `default`.
    ResponseKey = "E0108",
    /// A component without a name, or with an invisible character in its name.
    ComponentName = "E0109",
    /// A key beside `$ref`, which OpenAPI ignores.
    ReferenceSibling = "E0110",
    /// Keys that exclude each other.
    ConflictingKeys = "E0111",
    /// An `x-` key that looks like one of the generator's, but is not known at its place.
    UnknownExtension = "E0112",
    /// A list that must have an item.
    EmptyList = "E0113",
    /// A list that must be as long as another.
    LengthMismatch = "E0114",
    /// A valid construct that the model of a document, on which the generator builds, cannot represent.
    NotModelled = "E0115",
    /// The model rejects a construct that the tables of OpenAPI accept.
    GrammarGap = "E0116",
    /// Bounds that no value is between.
    EmptyRange = "E0117",
    // E02xx: lowering (lower/)
    /// A construct of OpenAPI 3.0 that the generator does not support yet.
    Unsupported = "E0201",
    /// A `$ref` whose target does not exist, or is not of the required kind.
    UnresolvedReference = "E0202",
    /// Schemas that only refer to each other in a cycle.
    ReferenceCycle = "E0203",
    /// Path template and path parameters that do not match.
    PathParameter = "E0206",
    /// Two parameters of one operation with the same name and place.
    DuplicateParameter = "E0207",
    /// An extension whose value does not fit the operation that has it.
    InvalidExtension = "E0208",
    /// A server whose URL cannot be called.
    InvalidServer = "E0210",
    /// A version that Cargo would not accept.
    InvalidVersion = "E0211",
    /// A property that has different types in the parts of an `allOf`, or that cannot be the text of a discriminator.
    ConflictingProperty = "E0214",
    /// A path that is not a part of a URL, or the same as another.
    InvalidPath = "E0215",
    /// A schema without a finite value, since each value would contain another of the same schema.
    EndlessValue = "E0216",
    /// A name that messages show, with an invisible character.
    HiddenCharacter = "E0217",
    /// A parameter whose name cannot be sent at its place.
    ParameterName = "E0231",
    // E03xx: names (names.rs)
    /// Two names of the spec that become the same Rust name.
    NameCollision = "W0302",
    /// A name of the spec from which no Rust name can be made.
    UnusableName = "W0303",
    /// A name that the generated crate needs for something else.
    ReservedName = "W0304",
    // E08xx: the files beside the description, and the selection of operations (bundle/, overlay/, slice/)
    /// A pattern that no operation of the description matches.
    EmptySelection = "E0801",
    /// A document that is not an overlay, or an action in it that cannot be carried out.
    InvalidOverlay = "E0811",
    /// An action whose target does not exist.
    EmptyTarget = "E0812",
    /// A reference to a file that does not exist, or that is not read.
    UnreadReference = "E0821",
    /// A file that is not a list of the differences that are intended.
    InvalidMeant = "E0831",
    /// A file that is not a record of facts.
    InvalidRecord = "E0832",
    // E09xx: the generator itself (lib.rs)
    /// The output of an emitter is not valid Rust or has no place: an internal error of the generator.
    GeneratorMistake = "E0901",
    // W01xx: unused parts (lints/)
    /// A component that no operation reaches.
    UnusedComponent = "W0101",
    // W02xx: gaps in the documentation
    /// Something that callers see has no description.
    MissingDescription = "W0201",
    /// A body, or a scalar that callers have to write, has no example.
    MissingExample = "W0202",
    /// An example is not a value of its schema.
    ExampleMismatch = "W0203",
    /// A default is not a value of its schema.
    DefaultMismatch = "W0204",
    /// A value of an enum is not a value of its schema.
    EnumMismatch = "W0205",
    // W03xx: names
    /// Two names that differ only in case.
    CaseOnlyDifference = "W0301",
    // W04xx: operations
    /// A status whose response has no described body.
    MissingBody = "W0401",
    /// A list whose pages the client cannot follow.
    MissingPagination = "W0402",
    /// An operation that names no permission, where others do.
    MissingPermission = "W0403",
    /// An operation that documents no success.
    MissingSuccess = "W0404",
    /// A media type of a body that the client does not use.
    UnusedMediaType = "W0405",
    /// A body in a format that the crate neither reads nor writes.
    RawBody = "W0406",
    /// Two paths that differ only in the names of their parameters.
    EqualPaths = "W0411",
    /// A parameter with parts for which OpenAPI defines no format.
    UnspecifiedStyle = "W0412",
    // W05xx: the service
    /// A server that the emitted client rejects unless callers allow it.
    InsecureServer = "W0501",
    /// No server with a host.
    UnknownHost = "W0502",
    /// A server of an operation to which no setting of the client leads.
    UnusedServer = "W0503",
    // W07xx: schemas (lints/schemas.rs)
    /// A union of which a value can be several variants.
    AmbiguousUnion = "W0701",
    /// A `required` entry that is not a property.
    UnknownRequired = "W0702",
    /// A format that looks like a misspelling of another.
    UnknownFormat = "W0703",
    // W06xx: rewrites of constructs that OpenAPI 3.0 does not have (adapt/), or that lower/ cannot follow (W0653 to W0655)
    /// A key that OpenAPI 3.0 does not have at this place, and that is ignored.
    IgnoredKey = "W0601",
    /// A `null` for a key with a meaning: the key is read as absent.
    IgnoredNull = "W0602",
    /// An empty list where one item is required: the key is read as absent.
    IgnoredEmptyList = "W0603",
    /// A value in another form than its key requires, such as a number in quotes.
    ValueForm = "W0604",
    /// A required key that is missing: it is filled in.
    FilledKey = "W0605",
    /// Keys that exclude each other: the first is kept.
    ExcludedKey = "W0606",
    /// A schema whose keys imply its missing `type`.
    ImpliedType = "W0611",
    /// A key without effect on values of the schema's `type`.
    KeyOfOtherType = "W0612",
    /// The form of a later OpenAPI, such as a list of types.
    LaterForm = "W0613",
    /// A bound that no value reaches, or that the type cannot have.
    UnreachedBound = "W0614",
    /// Keys beside a `$ref` to a schema: they are read as annotations of it.
    BesideReference = "W0615",
    /// A value of an enum that is repeated, of another type, or missing.
    EnumValueForm = "W0616",
    /// A reference to a schema in the place of a response or a request body.
    SchemaAsBody = "W0617",
    /// An operation without an id, or with the id of another: it gets one.
    GivenOperationId = "W0621",
    /// A path without a slash at its start.
    GivenSlash = "W0622",
    /// Characters in a path that a URL has only in encoded form.
    EncodedPath = "W0623",
    /// A component name with other characters than OpenAPI allows.
    OddComponentName = "W0624",
    /// A key of `content` that is not a media type.
    OddMediaType = "W0625",
    /// An extension that looks like one of ours, but is not.
    OddExtension = "W0631",
    /// An extension of another tool that is equivalent to one of ours.
    ForeignExtension = "W0651",
    /// A variable of a server whose values are sites.
    SitesOfVariable = "W0652",
    /// `x-pagination` that does not fit its operation, but is optional.
    UnfollowedPages = "W0653",
    /// A list or a map of itself: its content is read as any value.
    EndlessList = "W0654",
    /// A header that is not a parameter, because the client sets it.
    IgnoredHeader = "W0641",
    /// A parameter that is repeated in its list.
    RepeatedParameter = "W0642",
    /// A path parameter without a placeholder in the path.
    StrayParameter = "W0643",
    /// A placeholder in the path without a parameter: it gets one.
    UndeclaredPlaceholder = "W0644",
    /// A path with a fragment, which is not sent.
    FragmentInPath = "W0645",
    /// Credentials that are required together but exclude each other.
    ExclusiveCredentials = "W0646",
    /// Placeholders in the query of a path: query parameters.
    QueryInPath = "W0647",
    /// A server of another protocol than HTTP.
    OtherProtocol = "W0648",
    /// A parameter in a media type that the crate does not write: callers pass the text.
    TextParameter = "W0655",
    // W09xx: `x-allow` itself
    /// An allowance without a reason.
    MissingReason = "W0901",
    /// An allowance of a lint that does not exist.
    UnknownLint = "W0902",
    /// An allowance that silences nothing.
    UnusedAllowance = "W0903",
}
