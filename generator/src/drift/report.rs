//! The list of differences for people.

use std::collections::BTreeMap;

use super::Side;
use super::compare::{Detail, Difference, Differences};
use super::intended::Intended;
use crate::diagnostics::{Place, SourceId, count};
use crate::hidden::{code_span, shown};
use crate::pointer::Pointer;
use crate::source::Lines;

/// The maximum number of characters of a name or a statement that are shown.
const MOST: usize = 120;

/// The maximum number of places with the same difference that are named.
const MOST_PLACES: usize = 3;

/// The maximum number of statements that are shown for a part that only theirs has.
const MOST_WORDS: usize = 6;

/// Formats the report, as text or in Markdown.
pub fn report(ours: &Side, theirs: &Side, differences: &Differences, intended: &Intended, markdown: bool) -> String {
    let names = [ours, theirs].map(|side| shown(&side.sources.description.name, MOST));
    let lines = [Places::new(ours), Places::new(theirs)];
    let writer = Writer { markdown, lines, names };
    writer.report(differences, intended)
}

struct Places<'a> {
    side: &'a Side,
    lines: BTreeMap<SourceId, Lines<'a>>,
}

struct Writer<'a> {
    markdown: bool,
    /// Ours and theirs.
    lines: [Places<'a>; 2],
    names: [String; 2],
}

impl<'a> Places<'a> {
    fn new(side: &'a Side) -> Self {
        Self { side, lines: side.sources.iter().map(|(id, source)| (id, Lines::new(&source.text))).collect() }
    }

    /// `FILE:LINE:COLUMN`.
    fn shown(&self, pointer: &Pointer) -> String {
        let span = self.side.tree.span(&Place::Value(pointer.clone()));
        let (line, column) = self.lines.get(&span.source).map_or((1, 1), |lines| lines.position(span.start));
        format!("{}:{line}:{column}", shown(&self.side.sources.source(span.source).name, MOST))
    }
}

/// Differences of one object that several places refer to.
type Group<'d> = Vec<&'d Difference>;

impl Writer<'_> {
    fn report(&self, differences: &Differences, intended: &Intended) -> String {
        let [ours, theirs] = &self.names;
        let groups = groups(&differences.unexplained);
        let operations = count(differences.operations, "operation");
        let mut text = match groups.len() {
            0 => format!("{ours} and {theirs} agree on {operations}"),
            number => format!("{} between {ours} and {theirs}, in {operations} of both", count(number, "difference")),
        };
        if differences.intended > 0 {
            text.push_str(&match differences.intended {
                1 => "; 1 difference is intended".to_owned(),
                more => format!("; {more} differences are intended"),
            });
        }
        text.push_str(if groups.is_empty() { ".\n" } else { ".\n\n" });
        if self.markdown {
            text.insert_str(0, "### ");
        }
        for group in &groups {
            text.push_str(&self.group(group));
        }
        if !differences.shallow.is_empty() {
            let named: Vec<String> = differences
                .shallow
                .iter()
                .take(MOST_PLACES)
                .map(|(operation, depth)| format!("{} ({depth} deep)", self.code(operation)))
                .collect();
            let number = count(differences.shallow.len(), "operation");
            let rest = if differences.shallow.len() > MOST_PLACES { ", …" } else { "" };
            text.push_str(&format!("\nOf {number}, fields further in were not compared: {}{rest}\n", named.join(", ")));
        }
        if !differences.idle.is_empty() {
            text.push_str("\nIntended differences that no longer exist: remove these entries.\n\n");
            for entry in differences.idle.iter().filter_map(|index| intended.entries.get(*index)) {
                text.push_str(&format!("{}{}\n", if self.markdown { "- " } else { "  " }, self.code(&entry.written)));
            }
        }
        text
    }

    fn group(&self, group: &[&Difference]) -> String {
        let Some(first) = group.first() else { return String::new() };
        let places: Vec<String> = group.iter().take(MOST_PLACES).map(|difference| self.code(&difference.at)).collect();
        let mut at = places.join(", ");
        if group.len() > MOST_PLACES {
            at.push_str(&format!(" and {} more", group.len().saturating_sub(MOST_PLACES)));
        }
        let what = match &first.detail {
            Detail::OnlyOurs => "only ours has it".to_owned(),
            Detail::OnlyTheirs(words) => match words.is_empty() {
                true => "only theirs has it".to_owned(),
                false => format!("only theirs has it: {}", self.words(words)),
            },
            Detail::Words { ours, theirs } => match (ours.is_empty(), theirs.is_empty()) {
                (false, true) => format!("only ours says {}", self.words(ours)),
                (true, false) => format!("only theirs says {}", self.words(theirs)),
                _ => format!("ours says {}, theirs {}", self.words(ours), self.words(theirs)),
            },
        };
        let [ours, theirs] = &self.lines;
        let mut where_ = Vec::new();
        if let Some(pointer) = &first.ours {
            where_.push(format!("ours {}", self.place(&ours.shown(pointer))));
        }
        if let Some(pointer) = &first.theirs {
            where_.push(format!("theirs {}", self.place(&theirs.shown(pointer))));
        }
        let (mark, indent) = if self.markdown { ("- ", "  ") } else { ("", "  ") };
        format!("{mark}{at}: {what}\n{indent}{}\n", where_.join(", "))
    }

    fn words(&self, words: &[String]) -> String {
        let mut listed: Vec<String> = words.iter().take(MOST_WORDS).map(|word| self.code(word)).collect();
        if words.len() > MOST_WORDS {
            listed.push(format!("{} more", words.len().saturating_sub(MOST_WORDS)));
        }
        match listed.split_last() {
            Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
            _ => listed.concat(),
        }
    }

    fn code(&self, text: &str) -> String {
        let text = shown(text, MOST);
        if self.markdown { code_span(&text) } else { format!("`{text}`") }
    }

    fn place(&self, text: &str) -> String {
        if self.markdown { code_span(text) } else { text.to_owned() }
    }
}

/// Groups the differences that come from the same line.
fn groups(differences: &[Difference]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut known: BTreeMap<Cause<'_>, usize> = BTreeMap::new();
    for difference in differences {
        let cause = cause(difference);
        match known.get(&cause).and_then(|index| groups.get_mut(*index)) {
            Some(group) => group.push(difference),
            None => {
                known.insert(cause, groups.len());
                groups.push(vec![difference]);
            }
        }
    }
    groups
}

/// The difference, and its place in each description.
type Cause<'d> = (&'d Detail, Option<&'d Pointer>, Option<&'d Pointer>);

fn cause(difference: &Difference) -> Cause<'_> {
    let (ours_says, theirs_says) = match &difference.detail {
        Detail::OnlyOurs => (true, false),
        Detail::OnlyTheirs(_) => (false, true),
        Detail::Words { ours, theirs } => (!ours.is_empty(), !theirs.is_empty()),
    };
    let ours = difference.ours.as_ref().filter(|_| ours_says);
    (&difference.detail, ours, difference.theirs.as_ref().filter(|_| theirs_says))
}
