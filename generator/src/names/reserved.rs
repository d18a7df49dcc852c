//! Reserved names: those of Rust, of the runtime, and of other emitted code.

/// The features that every crate has, as far as a tag could have the same name, with `_` for each `-`; and the name of
/// the default features.
pub(super) const RESERVED_FEATURES: &[&str] =
    &["all_tags", "blocking", "client", "default", "jiff", "reqwest", "testing", "tracing"];

/// Type names that would hide names that emitted files use from the standard library or the runtime, or that would only
/// differ in case from a type's constructor.
pub(super) const RESERVED_TYPES: &[&str] = &[
    "AsMut",
    "AsRef",
    "BTreeMap",
    "Base64",
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

/// Names of calls that would collide with the imports of operations' files.
pub(super) const RESERVED_CALLS: &[&str] = &[
    "Adjustments",
    "Async",
    "BTreeMap",
    "Base64",
    "Body",
    "Box",
    "Bytes",
    "Client",
    "Date",
    "Error",
    "FilePart",
    "Into",
    "IntoIterator",
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

/// Variants that every response by status has in addition to those of the spec.
pub(super) const RESERVED_ANSWERS: &[&str] = &["Other"];

/// Variants that every enum has in addition to those of the spec.
pub(super) const RESERVED_VARIANTS: &[&str] = &["Unrecognized"];

/// The methods of every union in addition to those that return its variants.
pub(super) const RESERVED_ACCESSORS: &[&str] = &["as_unrecognized"];

/// The members of every object in addition to the fields of the spec and their setters.
pub(super) const RESERVED_FIELDS: &[&str] = &["extra", "new"];

/// The members of a call in addition to its parameters.
pub(super) const RESERVED_PARAMETERS: &[&str] = &[
    "adjustments",
    "body",
    "client",
    "header",
    "into_future",
    "new",
    "pages",
    "paging",
    "request",
    "send",
    "send_in_batches",
    "send_in_batches_with",
    "send_streamed",
    "send_with_response",
    "stream",
    "with_optional",
    "with_retry",
    "with_timeout",
];

/// Methods that every client has in addition to its operations.
pub(super) const RESERVED_METHODS: &[&str] = &[
    "base_url",
    "begin",
    "builder",
    "clone",
    "deref",
    "exchange",
    "exchange_and_wait",
    "fmt",
    "from_env",
    "new",
    "send",
    "send_bytes",
    "send_empty",
    "send_events",
    "send_lines",
    "send_streamed",
    "wait",
    "wait_and_read",
    "wait_for_events",
    "wait_for_lines",
    "wait_streamed",
    "with_mode",
];

/// Methods that every builder of a client has in addition to the setters of credentials.
pub(super) const RESERVED_SETTERS: &[&str] = &[
    "allow_insecure_http",
    "base_url",
    "blocking",
    "build",
    "clone",
    "connect_timeout",
    "default_header",
    "fmt",
    "from_env",
    "from_lookup",
    "from_vars",
    "idle_timeout",
    "max_response_bytes",
    "new",
    "reqwest",
    "retry",
    "server",
    "site",
    "timeout",
    "transport",
    "user_agent",
    "with",
    "with_basic",
    "with_key",
    "with_provider",
    "with_server",
    "with_variable",
];
