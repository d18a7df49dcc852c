//! Names that are taken: by Rust, by the runtime, or by what is emitted beside them.

/// Type names that would hide what the emitted files need from the standard library or the runtime, or that would be told
/// from a type's constructor by their case alone.
pub(super) const RESERVED_TYPES: &[&str] = &[
    "AsMut",
    "AsRef",
    "BTreeMap",
    "Box",
    "Bytes",
    "Clone",
    "Copy",
    "Date",
    "Debug",
    "Default",
    "Drop",
    "Eq",
    "Err",
    "Error",
    "Extend",
    "Extra",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "JsonObject",
    "New",
    "None",
    "Nullable",
    "Ok",
    "Option",
    "Ord",
    "ParseError",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "Timestamp",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Unrecognized",
    "Uuid",
    "Value",
    "Vec",
];

/// Names of calls that would meet what the files of operations import.
pub(super) const RESERVED_CALLS: &[&str] = &[
    "Async",
    "BTreeMap",
    "Body",
    "Box",
    "Bytes",
    "Client",
    "Date",
    "Error",
    "FilePart",
    "HeaderMap",
    "HeaderName",
    "HeaderValue",
    "Into",
    "JsonObject",
    "M",
    "Method",
    "None",
    "Nullable",
    "Operation",
    "Option",
    "Request",
    "Response",
    "Result",
    "Self",
    "Some",
    "String",
    "Style",
    "Timestamp",
    "Uuid",
    "Value",
    "Vec",
];

/// Variants that every answer by status has besides those of the spec.
pub(super) const RESERVED_ANSWERS: &[&str] = &["Other"];

/// Variants that every enum has besides those of the spec.
pub(super) const RESERVED_VARIANTS: &[&str] = &["Unrecognized"];

/// What every union has besides the methods that look into its variants.
pub(super) const RESERVED_ACCESSORS: &[&str] = &["as_unrecognized"];

/// What every object has besides the fields of the spec and their setters.
pub(super) const RESERVED_FIELDS: &[&str] = &["extra", "new"];

/// What a call has besides its parameters.
pub(super) const RESERVED_PARAMETERS: &[&str] = &[
    "body",
    "client",
    "header",
    "headers",
    "new",
    "pages",
    "paging",
    "request",
    "send",
    "send_in_batches",
    "send_streamed",
    "send_with_response",
    "stream",
];

/// Methods that every client has besides its operations.
pub(super) const RESERVED_METHODS: &[&str] = &[
    "base_url",
    "builder",
    "clone",
    "deref",
    "exchange",
    "exchange_and_wait",
    "fmt",
    "from_env",
    "new",
    "send",
    "send_and_read",
    "send_bytes",
    "send_empty",
    "send_streamed",
    "wait",
    "wait_and_read",
    "wait_streamed",
    "with_mode",
];

/// Methods that every builder of a client has besides the setters of credentials.
pub(super) const RESERVED_SETTERS: &[&str] = &[
    "allow_insecure_http",
    "base_url",
    "blocking",
    "build",
    "clone",
    "connect_timeout",
    "fmt",
    "from_env",
    "from_lookup",
    "from_vars",
    "idle_timeout",
    "max_response_bytes",
    "new",
    "reqwest",
    "retry",
    "site",
    "timeout",
    "transport",
    "user_agent",
    "with",
    "with_basic",
    "with_key",
    "with_provider",
];
