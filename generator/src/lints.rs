//! Warnings about a valid spec: gaps in the documentation of callers, contradictions,
//! unused parts. A lint never changes the output.
//!
//! | lint | what it reports |
//! |---|---|
//! | `unused-component` | a component that no operation reaches, if the document has operations |
//! | `missing-description` | a part that callers see, without a description (which: `descriptions.rs`) |
//! | `missing-example` | a body, or a scalar that callers write, without an example (which: `examples.rs`) |
//! | `example-mismatch` | an example that is not a value of its schema (how that is judged: `conform.rs`) |
//! | `default-mismatch` | a default that is not a value of its schema, or that contradicts the description |
//! | `enum-mismatch` | a value of an enum that the limits, the format or the pattern beside it exclude |
//! | `case-only-difference` | two names of one scope that differ only in case |
//! | `missing-body` | a status whose response should have a body, but describes none |
//! | `missing-pagination` | a list without `x-pagination` (what a list is: `operations.rs`) |
//! | `missing-permission` | an operation without `x-permission`, where another has one |
//! | `missing-success` | an operation that documents no success |
//! | `unused-media-type` | a media type of a body that the client does not use because it uses another |
//! | `raw-body` | a body in a format that callers have to read or write themselves, such as XML |
//! | `equal-paths` | two paths that differ only in the names of their parameters |
//! | `unspecified-style` | a parameter with parts for which OpenAPI defines no format (which: `parameters.rs`) |
//! | `ambiguous-union` | members of a union that only their order can distinguish (the evidence: `ir/evidence.rs`) |
//! | `unknown-required` | a `required` entry that is not a property |
//! | `unknown-format` | an unknown format that resembles a known one |
//! | `insecure-server` | a server with plain http on another machine, which the client rejects |
//! | `unknown-host` | no server, or none with a host, so that callers must set the base URL |
//! | `unused-server` | a server of an operation to which no setting of the client leads |
//!
//! `x-allow: { LINT: "reason" }` silences a lint, on the object in which it is reported or on an enclosing one
//! (`allow.rs`).

mod allow;
mod compare;
mod conform;
mod descriptions;
mod examples;
mod media;
mod names;
mod operations;
mod outline;
mod parameters;
mod paths;
mod sample;
mod schemas;
mod servers;
mod usage;
mod values;

use crate::diagnostics::{Code, Diagnostic, Place};
use crate::ir::Api;
use crate::pointer::Pointer;
use crate::source::Tree;

use outline::Outline;

/// Every lint: its code, and its name in `x-allow`.
pub const LINTS: &[(Code, &str)] = &[
    (Code::UnusedComponent, "unused-component"),
    (Code::MissingDescription, "missing-description"),
    (Code::MissingExample, "missing-example"),
    (Code::ExampleMismatch, "example-mismatch"),
    (Code::DefaultMismatch, "default-mismatch"),
    (Code::EnumMismatch, "enum-mismatch"),
    (Code::CaseOnlyDifference, "case-only-difference"),
    (Code::MissingBody, "missing-body"),
    (Code::MissingPagination, "missing-pagination"),
    (Code::MissingPermission, "missing-permission"),
    (Code::MissingSuccess, "missing-success"),
    (Code::UnusedMediaType, "unused-media-type"),
    (Code::RawBody, "raw-body"),
    (Code::EqualPaths, "equal-paths"),
    (Code::UnspecifiedStyle, "unspecified-style"),
    (Code::InsecureServer, "insecure-server"),
    (Code::UnknownHost, "unknown-host"),
    (Code::UnusedServer, "unused-server"),
    (Code::AmbiguousUnion, "ambiguous-union"),
    (Code::UnknownRequired, "unknown-required"),
    (Code::UnknownFormat, "unknown-format"),
];

/// The name of the lint that reports a code. Warnings about `x-allow` itself have none, and cannot be silenced.
pub fn name(code: Code) -> Option<&'static str> {
    LINTS.iter().find(|(known, _)| *known == code).map(|(_, name)| *name)
}

/// Returns all warnings about a spec, in the order of its text.
///
/// The tree is the one that was lowered to `api`: every reference in it leads to a target, and none is in a cycle.
pub fn check(tree: &Tree, api: &Api) -> Vec<Diagnostic> {
    let outline = Outline::of(tree);
    let mut warnings = usage::unused_components(&outline, api);
    warnings.extend(descriptions::missing(&outline));
    warnings.extend(examples::missing(&outline));
    warnings.extend(values::mismatches(&outline));
    warnings.extend(values::excluded(&outline));
    warnings.extend(names::case_only_differences(api));
    warnings.extend(operations::missing_bodies(&outline, api));
    warnings.extend(operations::missing_pagination(api));
    warnings.extend(operations::missing_permissions(api));
    warnings.extend(media::missing_successes(api));
    let bodies = media::bodies(&outline, api);
    warnings.extend(media::unused_media_types(&bodies));
    warnings.extend(media::raw_bodies(&bodies));
    warnings.extend(paths::equal(api));
    warnings.extend(parameters::unspecified(api));
    warnings.extend(servers::insecure(api));
    warnings.extend(servers::unknown_hosts(api));
    warnings.extend(servers::unused(api));
    warnings.extend(schemas::ambiguous_unions(api));
    warnings.extend(schemas::unknown_required(api));
    warnings.extend(schemas::unknown_formats(&outline));

    let mut warnings = allow::apply(&outline, warnings);
    warnings.sort_by_cached_key(|warning| (tree.span(&warning.place), warning.code, warning.message.clone()));
    // A shared object is checked from every place that refers to it.
    warnings.dedup_by(|a, b| (a.code, &a.place, &a.message) == (b.code, &b.place, &b.message));
    warnings
}

fn warning(code: Code, place: Place, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, place, message)
}

/// Returns the pointer of a place; lints only use pointers.
fn pointer(place: &Place) -> Pointer {
    match place {
        Place::Value(pointer) | Place::Key(pointer) | Place::Removed(pointer, _) => pointer.clone(),
        Place::Text(_) => Pointer::root(),
    }
}
