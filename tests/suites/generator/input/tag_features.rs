//! Features by tag: requested by the description or by an argument, remembered, and removed.

use generator::package::Wanted;
use generator::slice::Slice;
use generator::{Described, describe_as};

const YARD: &str = r"
openapi: 3.0.3
info: {title: Yard, version: 1.0.0, x-tag-features: true}
servers: [{url: https://yard.example}]
tags: [{name: Cranes}, {name: Lots}, {name: Nothing}]
paths:
  /cranes: {get: {operationId: ListCranes, tags: [Cranes], responses: {'200': {$ref: '#/components/responses/Things'}}}}
  /lots: {get: {operationId: ListLots, tags: [Lots], responses: {'200': {$ref: '#/components/responses/Things'}}}}
components:
  responses:
    Things: {description: Ok., content: {application/json: {schema: {$ref: '#/components/schemas/Things'}}}}
  schemas:
    Things: {type: array, items: {type: string}}
";

fn made(text: &str, wanted: &Wanted) -> Described {
    describe_as(text, wanted).unwrap_or_else(|refused| panic!("{}", refused.render(false)))
}

fn manifest(described: &Described) -> String {
    described.generate().expect("a crate").files.get("Cargo.toml").expect("there is always one").to_owned()
}

/// The features of a crate for tags, if it has any.
fn features(described: &Described) -> Option<Vec<String>> {
    let features = described.surface.features.as_ref()?;
    Some(features.list.iter().map(|feature| feature.name.to_string()).collect())
}

#[test]
fn an_argument_overrides_the_description_and_is_stored() {
    let plain = YARD.replace(", x-tag-features: true", "");
    let wanted = |tag_features| Wanted { tag_features, ..Wanted::default() };
    let both = Some(vec!["cranes".to_owned(), "lots".to_owned()]);
    for (text, argument, expected) in [
        (YARD, None, both.clone()),
        (YARD, Some(false), None),
        (&plain, None, None),
        (&plain, Some(true), both.clone()),
    ] {
        let first = made(text, &wanted(argument));
        assert_eq!(features(&first), expected, "{argument:?}");
        let again = wanted(None).or_remembered(&manifest(&first));
        assert_eq!(again.tag_features, argument);
        assert_eq!(features(&made(text, &again)), expected, "{argument:?}, remembered");
    }
    let on = manifest(&made(&plain, &wanted(Some(true))));
    assert_eq!(wanted(Some(false)).or_remembered(&on).tag_features, Some(false));
}

/// A slice has the features of its operations.
#[test]
fn a_slice_has_the_features_of_its_operations() {
    let slice = Slice { tags: vec!["Lots".to_owned()], ..Slice::default() };
    let described = made(YARD, &Wanted { slice, ..Wanted::default() });
    assert_eq!(features(&described), Some(vec!["lots".to_owned()]));
    assert!(manifest(&described).contains("\nlots = []\n"));
}

/// A crate without them does not mention them.
#[test]
fn a_crate_without_them_does_not_mention_them() {
    let described = made(YARD, &Wanted { tag_features: Some(false), ..Wanted::default() });
    for (path, text) in described.generate().expect("a crate").files.iter() {
        let is_told =
            path != "openapi.yaml" && path != "Cargo.toml" && (text.contains("all-tags") || text.contains("\"lots\""));
        assert!(!is_told, "{path}");
    }
    assert!(!manifest(&described).contains("all-tags"));
}
