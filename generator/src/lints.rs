//! Warnings about a spec that is right: what callers will miss in the documentation, what contradicts itself, what
//! nobody uses. A lint never changes what is generated.
//!
//! | lint | what it reports |
//! |---|---|
//! | `unused-component` | a component that no operation leads to, if the document has operations |
//! | `missing-description` | something callers see without words of its own (which: `descriptions.rs`) |
//! | `missing-example` | a body, or a scalar that callers write, without an example (which: `examples.rs`) |
//! | `example-mismatch` | an example that is not a value of its schema (how that is judged: `conform.rs`) |
//! | `default-mismatch` | a default that is none, such as one that is not in the enum, or that the words contradict |
//! | `case-only-difference` | two names of one scope that differ only in case |
//! | `missing-body` | a status whose response should have a body and describes none |
//! | `missing-pagination` | a list without `x-pagination` (what a list is: `operations.rs`) |
//! | `missing-permission` | an operation without `x-permission`, where another has one |
//! | `missing-success` | an operation that documents no success |
//! | `unused-media-type` | a media type of a body for which another is used |
//! | `raw-body` | a body in a form that callers have to read or write themselves, such as XML |
//! | `equal-paths` | two paths that differ in the names of their parameters alone |
//! | `unspecified-style` | a parameter with parts for which OpenAPI has no form (which: `parameters.rs`) |
//! | `ambiguous-union` | members of a union between which nothing decides but their order (what decides: `ir/evidence.rs`) |
//! | `unknown-required` | a `required` entry that is not a property |
//! | `unknown-format` | a format that nobody knows and that is near to one that has a meaning |
//! | `insecure-server` | a server of plain http on another machine, which the client refuses |
//! | `unknown-host` | no server, or none that says where it is, so that callers have to |
//!
//! Each is silenced by `x-allow: { LINT: "reason" }` on the object it is reported in, or on one around it
//! (`allow.rs`).

mod allow;
mod conform;
mod descriptions;
mod examples;
mod formats;
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

/// Every lint: its code, and the name by which `x-allow` knows it.
pub const LINTS: &[(Code, &str)] = &[
    (Code::UnusedComponent, "unused-component"),
    (Code::MissingDescription, "missing-description"),
    (Code::MissingExample, "missing-example"),
    (Code::ExampleMismatch, "example-mismatch"),
    (Code::DefaultMismatch, "default-mismatch"),
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
    (Code::AmbiguousUnion, "ambiguous-union"),
    (Code::UnknownRequired, "unknown-required"),
    (Code::UnknownFormat, "unknown-format"),
];

/// The name of the lint that reports a code. Warnings about `x-allow` itself have none, and cannot be silenced.
pub fn name(code: Code) -> Option<&'static str> {
    LINTS.iter().find(|(known, _)| *known == code).map(|(_, name)| *name)
}

/// Everything that could be better about a spec, in the order of its text.
///
/// The tree is one that was lowered to `api`: every reference in it leads somewhere, and none in a cycle.
pub fn check(tree: &Tree, api: &Api) -> Vec<Diagnostic> {
    let outline = Outline::of(tree);
    let mut warnings = usage::unused_components(&outline, api);
    warnings.extend(descriptions::missing(&outline));
    warnings.extend(examples::missing(&outline));
    warnings.extend(values::mismatches(&outline));
    warnings.extend(names::case_only_differences(api));
    warnings.extend(operations::missing_bodies(&outline, api));
    warnings.extend(operations::missing_pagination(api));
    warnings.extend(operations::missing_permissions(api));
    warnings.extend(media::missing_successes(api));
    warnings.extend(media::unused_media_types(&outline, api));
    warnings.extend(media::raw_bodies(&outline, api));
    warnings.extend(paths::equal(api));
    warnings.extend(parameters::unspecified(api));
    warnings.extend(servers::insecure(api));
    warnings.extend(servers::unknown_hosts(api));
    warnings.extend(schemas::ambiguous_unions(api));
    warnings.extend(schemas::unknown_required(api));
    warnings.extend(schemas::unknown_formats(&outline));

    let mut warnings = allow::apply(&outline, warnings);
    warnings.sort_by_cached_key(|warning| (tree.span(&warning.place), warning.code, warning.message.clone()));
    // What is shared is looked at from every place that refers to it.
    warnings.dedup_by(|a, b| (a.code, &a.place, &a.message) == (b.code, &b.place, &b.message));
    warnings
}

fn warning(code: Code, place: Place, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, place, message)
}

/// The pointer of a place; lints know places by their pointers only.
fn pointer(place: &Place) -> Pointer {
    match place {
        Place::Value(pointer) | Place::Key(pointer) | Place::Removed(pointer, _) => pointer.clone(),
        Place::Text(_) => Pointer::root(),
    }
}
