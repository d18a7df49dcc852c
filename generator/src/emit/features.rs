//! Features by tag: the attributes of items that exist only with some of them, and the lists of features.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Doc;
use super::{Context, docs};
use crate::diagnostics::count;
use crate::surface::{Call, Feature, Gate};

/// Returns the condition under which an item exists, unless it always does.
pub(super) fn condition(gate: &Gate) -> Option<TokenStream> {
    let condition = |name: &str| quote! { feature = #name };
    let features: Vec<TokenStream> = gate.features()?.iter().map(|name| condition(name)).collect();
    Some(match features.as_slice() {
        [feature] => quote! { #feature },
        features => quote! { any(#(#features),*) },
    })
}

/// Returns the attribute with this condition.
pub(super) fn attribute(gate: &Gate) -> Option<TokenStream> {
    condition(gate).map(|condition| quote! { #[cfg(#condition)] })
}

/// Adds the calls with a tag, under headings that exist with them, to `doc`, which has those without a tag.
pub(super) fn operations(context: &Context<'_>, doc: Doc, row: &dyn Fn(usize) -> String) -> TokenStream {
    let Context { api, surface, .. } = context;
    let calls: Vec<usize> = (0..surface.calls.len()).collect();
    let (untagged, tagged): (Vec<usize>, Vec<usize>) =
        calls.into_iter().partition(|place| api.operations[*place].tag.is_none());
    let doc = doc.block(untagged.into_iter().map(row)).gap().inner();
    let sections = api.tags.iter().map(|tag| {
        let own = || tagged.iter().copied().filter(|place| api.operations[*place].tag.as_ref() == Some(&tag.name));
        let any = Gate::any(own().map(|place| &surface.calls[place].gate));
        let heading = Doc::new().paragraph(format!("## {}", docs::line(&tag.name))).prose(&tag.description);
        // The gap is in the text, since the previous sections can be absent.
        let heading = own().next().map(|_| (&any, format!("\n{}\n", heading.text())));
        let rows = own().map(|place| (&surface.calls[place].gate, row(place)));
        let mut parts: Vec<(&Gate, Vec<String>)> = Vec::new();
        for (gate, text) in heading.into_iter().chain(rows) {
            match parts.last_mut().filter(|(last, _)| *last == gate) {
                Some((_, texts)) => {
                    texts.iter_mut().last().into_iter().for_each(|before| before.push('\n'));
                    texts.push(text);
                }
                None => parts.push((gate, vec![text])),
            }
        }
        let parts = parts.iter().map(|(gate, texts)| conditional(gate, texts));
        quote! { #(#parts)* }
    });
    quote! { #doc #(#sections)* #![doc = ""] }
}

/// Returns documentation of the crate that exists with the items that it describes.
fn conditional(gate: &Gate, texts: &[String]) -> TokenStream {
    let doc = quote! { doc = concat!(#(#texts),*) };
    match condition(gate) {
        Some(condition) => quote! { #![cfg_attr(#condition, #doc)] },
        None => quote! { #![#doc] },
    }
}

/// Describes the features for users, unless there are none.
pub(super) fn about(context: &Context<'_>) -> Option<Vec<String>> {
    let features = context.surface.features.as_ref()?;
    let mut lines: Vec<String> = [
        "Each tag of the API is a feature, and none is enabled by default. An operation exists if at least one of its tags is",
        "enabled, and a type if an operation that uses it exists. An operation without a tag always exists. `all-tags` enables",
        "all tags.",
        "",
    ]
    .map(str::to_owned)
    .into();
    lines.extend(features.list.iter().map(|feature| {
        let operations = count(operations_of(context, feature), "operation");
        format!("- `{}`: {}, {operations}", feature.name, docs::line(&feature.tag))
    }));
    Some(lines)
}

fn operations_of(context: &Context<'_>, feature: &Feature) -> usize {
    let operations = context.api.operations.iter().filter(|operation| operation.alternative.is_none());
    operations.filter(|operation| operation.tags().any(|tag| *tag == feature.tag)).count()
}

/// Emits their lines in the manifest.
pub(super) fn manifest(context: &Context<'_>) -> String {
    let Some(features) = &context.surface.features else { return String::new() };
    let mut names: Vec<&str> = features.list.iter().map(|feature| &*feature.name).collect();
    names.sort_unstable();
    let all: String = names.iter().map(|name| format!("    \"{name}\",\n")).collect();
    let own: String = names.iter().map(|name| format!("{name} = []\n")).collect();
    format!("# The operations of all tags, and of each tag. None is enabled by default.\nall-tags = [\n{all}]\n{own}")
}

/// Returns sufficient features for these calls, one for each call that needs any.
pub(super) fn enough<'c>(calls: impl IntoIterator<Item = &'c Call>) -> Vec<&'c str> {
    let mut enough: Vec<&str> =
        calls.into_iter().filter_map(|call| call.gate.features()?.first()).map(|name| &**name).collect();
    enough.sort_unstable();
    enough.dedup();
    enough
}
