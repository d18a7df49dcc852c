//! `missing-success`, `unused-media-type` and `raw-body`: bodies that the crate does not fully support.

use super::outline::Outline;
use super::warning;
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::ir::{Api, Content, Format, Operation, Success, essence, is_events, is_lines};
use crate::pointer::Pointer;

pub(super) fn missing_successes(api: &Api) -> Vec<Diagnostic> {
    let is_silent = |operation: &&Operation| operation.success == Success::Undocumented;
    let silent = api.operations.iter().filter(|operation| operation.alternative.is_none()).filter(is_silent);
    let report = |operation: &Operation| {
        let place = Place::Key(operation.pointer.key("responses"));
        let message = format!("`{}` documents no success: its call returns the bytes of any response", operation.id);
        let help = "describe the response of a success:\n\"200\":\n  description: What it is.";
        warning(Code::MissingSuccess, place, message).help(help)
    };
    silent.map(report).collect()
}

pub(super) fn unused_media_types(contents: &[Body<'_>]) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    for (at, content, others) in contents {
        for other in *others {
            let place = Place::Key(at.key("content").key(other));
            let message = format!("`{other}` is not used: the client uses `{}` here", content.media_type);
            warnings.push(warning(Code::UnusedMediaType, place, message).help("remove it, if callers do not need it"));
        }
    }
    warnings
}

pub(super) fn raw_bodies(contents: &[Body<'_>]) -> Vec<Diagnostic> {
    let is_structured = |media_type: &str| {
        let essence = essence(media_type);
        let is_known = ["xml", "yaml", "csv", "multipart/"].iter().any(|form| essence.contains(form));
        is_known || is_lines(media_type) || is_events(media_type)
    };
    let raw =
        contents.iter().filter(|(_, content, _)| content.format == Format::Bytes && is_structured(&content.media_type));
    raw.map(|(at, content, _)| {
        let place = Place::Key(at.key("content").key(&content.media_type));
        let message = format!("the crate does not read or write `{}`: callers get its bytes", content.media_type);
        warning(Code::RawBody, place, message).help("add `application/json`, if the server supports it")
    })
    .collect()
}

/// A body of an operation with its place, and the other media types.
pub(super) type Body<'a> = (Pointer, &'a Content, &'a [String]);

/// Returns every body of an operation.
pub(super) fn bodies<'a>(outline: &Outline<'_>, api: &'a Api) -> Vec<Body<'a>> {
    let mut contents = Vec::new();
    let mut add = |at: Pointer, content: &'a Content, others: &'a [String]| {
        if let Some(node) = outline.tree.node(&at) {
            contents.push((outline.resolve(&at, node).0, content, others));
        }
    };
    for operation in &api.operations {
        if let Some(body) = &operation.body {
            add(operation.pointer.key("requestBody"), &body.content, &body.others);
        }
        for response in &operation.responses {
            if let Some(content) = &response.content {
                let at = operation.pointer.key("responses").key(response.status.to_string());
                add(at, content, &response.others);
            }
        }
    }
    contents
}
