//! Pages that follow `generator/STYLE.md` continue to do so: none of them has a phrase that the page advises against.

use std::fs;

use tests::workspace_root;

/// The pages that were edited by the rules.
const PAGES: &[&str] = &["README.md", "generated/README.md", "spec/OVERLAYS.md", "spec/README.md"];

/// Phrases, with what to write instead.
const PHRASES: &[(&str, &str)] = &[
    (" is no ", "is not a"),
    (" are no ", "are not"),
    ("stands for", "represents"),
    ("in a circle", "a cycle"),
    ("made up for", "recovered, completed"),
    ("makes up for", "completes"),
    ("one an operation", "one per operation"),
    ("serves callers badly", "is awkward for callers"),
    ("who only", "if you only"),
    ("is asked for", "is an argument"),
    ("are meant", "are intended"),
    ("is told of", "is reported"),
    ("tells of", "reports"),
];

#[test]
fn no_page_has_a_phrase_that_the_style_advises_against() {
    let mut found = Vec::new();
    for page in PAGES {
        let text = fs::read_to_string(workspace_root().join(page)).expect("the page can be read");
        for (line, (phrase, instead)) in prose(&text).flat_map(|line| PHRASES.iter().map(move |phrase| (line, phrase)))
        {
            if line.1.contains(phrase) {
                found.push(format!("{page}:{}: `{phrase}`: write `{instead}`", line.0));
            }
        }
    }
    assert!(found.is_empty(), "see generator/STYLE.md:\n{}", found.join("\n"));
}

/// The lines outside of code blocks, with their numbers.
fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut is_code = false;
    text.lines().enumerate().filter_map(move |(index, line)| {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        (!is_code && !is_fence).then(|| (index.saturating_add(1), line))
    })
}
