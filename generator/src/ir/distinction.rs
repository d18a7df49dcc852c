//! Selects the evidence that distinguishes the variants of a union: the texts of a tag, and, if these leave several
//! objects, their properties.

use std::collections::BTreeSet;

use super::{Distinction, Evidence, KnownField, Union};

/// Returns the evidence that distinguishes variants.
pub(super) fn distinction(union: &Union, mut variants: Vec<Evidence>) -> Distinction {
    let tag = union.tag.clone().or_else(|| constant_property(&variants));
    if let Some(tag) = &tag {
        let mapped: BTreeSet<&String> = union.variants.iter().flat_map(|variant| &variant.mapped).collect();
        let lists = variants.iter().filter(|facts| facts.is_object()).filter_map(|facts| facts.field(tag));
        let lists: Vec<Vec<String>> = lists.map(|field| field.values.clone()).collect();
        // Without a mapping, the name of a schema selects it, unless its own texts are others.
        let has_tag = |facts: &Evidence| union.tag.is_some() && facts.is_object() && facts.kinds.len() == 1;
        let pairs = union.variants.iter().zip(&variants).filter(|(_, facts)| has_tag(facts));
        let names = pairs.filter_map(|(variant, facts)| {
            let constants = facts.field(tag).map_or(&[][..], |field| &field.values);
            let is_any = constants.is_empty() && variant.mapped.is_empty();
            variant.schema.clone().filter(|name| is_any || constants.contains(name))
        });
        let names: BTreeSet<String> = names.collect();
        for (variant, evidence) in union.variants.iter().zip(&mut variants).filter(|(_, facts)| facts.is_object()) {
            if evidence.kinds.len() > 1 {
                // The tag has no meaning for a value that need not be an object.
                evidence.values.clear();
                continue;
            }
            let constants = evidence.field(tag).map_or(&[][..], |field| &field.values);
            let is_own = |text: &&String| {
                !mapped.contains(text)
                    && if names.contains(*text) {
                        variant.schema.as_ref() == Some(text)
                    } else {
                        is_narrowest(constants, text, &lists)
                    }
            };
            let mut values = variant.mapped.clone();
            values.extend(constants.iter().filter(is_own).cloned());
            if values.is_empty() && constants.iter().all(|text| mapped.contains(text)) {
                values.extend(variant.schema.clone().filter(|_| union.tag.is_some()));
            }
            evidence.values = values;
        }
        // If two have the same text, the first one gets it.
        let mut taken = BTreeSet::new();
        for evidence in variants.iter_mut().filter(|evidence| evidence.is_object()) {
            evidence.values.retain(|value| taken.insert(value.clone()));
        }
    }
    let is_undecided = |evidence: &Evidence| evidence.is_object() && (tag.is_none() || evidence.values.is_empty());
    let has_several = variants.iter().filter(|evidence| is_undecided(evidence)).count() > 1;
    for evidence in &mut variants {
        if !(has_several && is_undecided(evidence)) {
            evidence.fields.clear();
        }
    }
    Distinction { tag, variants }
}

/// Whether a list of constants is shorter than all others that contain this one: a text that several share, as parts of
/// one schema do, distinguishes none of them.
fn is_narrowest(constants: &[String], text: &String, lists: &[Vec<String>]) -> bool {
    lists.iter().filter(|other| other.len() <= constants.len() && other.contains(text)).count() == 1
}

/// Returns a required property that has different constants in each variant of objects.
fn constant_property(variants: &[Evidence]) -> Option<String> {
    let objects: Vec<&Evidence> = variants.iter().filter(|evidence| evidence.is_object()).collect();
    let (first, others) = objects.split_first().filter(|(_, others)| !others.is_empty())?;
    let is_constant = |field: &&KnownField| field.required && !field.values.is_empty();
    let distinguishes = |field: &&KnownField| {
        let mut seen: BTreeSet<&String> = field.values.iter().collect();
        others.iter().all(|other| {
            let same = other.field(&field.name).filter(is_constant);
            same.is_some_and(|same| same.values.iter().all(|value| seen.insert(value)))
        })
    };
    first.fields.iter().filter(is_constant).find(distinguishes).map(|field| field.name.clone())
}
