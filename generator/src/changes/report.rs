//! The list of changes for people: in a terminal, or in the text of a pull request.

use std::collections::BTreeMap;

use semver::Version;

use super::text::shown;
use super::{Change, Class, Demand, Spot, Text, compare};
use crate::Described;
use crate::diagnostics::SourceId;
use crate::hidden::code_span;
use crate::source::Lines;

/// The changes from one spec to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The changes, the most severe first, in the order of the specs.
    pub changes: Vec<Change>,
    /// The version that they require.
    pub demand: Demand,
    /// The report for a terminal.
    pub text: String,
    /// The report for a pull request.
    pub markdown: String,
}

/// The maximum number of documentation changes that a terminal shows.
const MOST_DOCS: usize = 8;

/// The maximum number of subjects that are named per change.
const MOST_SUBJECTS: usize = 3;

/// Compares two specs.
pub fn report(old: &Described, new: &Described) -> Report {
    let mut changes = compare(old.into(), new.into());
    let places = Places([old, new].map(Side::new));
    changes.sort_by_cached_key(|change| (change.class, places.find(&change.spot), change.what.plain()));
    let demand = Demand::of(&changes, version(old), version(new));
    let writer = Writer { places: &places, changes: &changes, demand: &demand };
    let (text, markdown) = (writer.text(), writer.markdown());
    Report { changes, demand, text, markdown }
}

impl Report {
    /// Whether the changes require a version that the new spec does not have.
    pub fn lacks_version(&self) -> bool {
        !self.demand.is_met()
    }
}

/// Returns the version of a crate. It was checked when the spec was read.
fn version(described: &Described) -> Version {
    described.api.version.parse().unwrap_or(Version::new(0, 0, 0))
}

/// Both specs, the old one first.
struct Places<'a>([Side<'a>; 2]);

struct Side<'a> {
    spec: &'a Described,
    lines: BTreeMap<SourceId, Lines<'a>>,
}

impl<'a> Side<'a> {
    fn new(spec: &'a Described) -> Self {
        Self { spec, lines: spec.sources.iter().map(|(id, source)| (id, Lines::new(&source.text))).collect() }
    }
}

impl Places<'_> {
    /// Returns spec, line, column and offset, by which changes are sorted.
    fn find(&self, spot: &Spot) -> (SourceId, (usize, usize), usize) {
        let (side, place) = match spot {
            Spot::Old(place) => (0, place),
            Spot::New(place) => (1, place),
        };
        let Side { spec, lines } = &self.0[side];
        let span = spec.tree.span(place);
        (span.source, lines.get(&span.source).map_or((1, 1), |lines| lines.position(span.start)), side)
    }

    /// Returns `FILE:LINE:COLUMN`.
    fn shown(&self, spot: &Spot) -> String {
        let (source, (line, column), side) = self.find(spot);
        format!("{}:{line}:{column}", shown(&self.0[side].spec.sources.source(source).name))
    }
}

struct Writer<'a> {
    places: &'a Places<'a>,
    changes: &'a [Change],
    demand: &'a Demand,
}

impl Writer<'_> {
    fn text(&self) -> String {
        let mut text = match self.counts() {
            None => "Nothing changes for callers.\n".to_owned(),
            Some(counts) => format!("What changes for callers: {counts}.\n"),
        };
        for class in Class::ALL {
            let changes: Vec<&Change> = self.of(class).collect();
            if changes.is_empty() {
                continue;
            }
            text.push_str(&format!("\n{}:\n", class.heading()));
            let most = if class == Class::Docs { MOST_DOCS } else { changes.len() };
            for change in changes.iter().take(most) {
                text.push_str(&format!("  {}  {}\n", self.places.shown(&change.spot), sentence(change, Text::plain)));
            }
            if changes.len() > most {
                let rest = changes.len().saturating_sub(most);
                text.push_str(&format!("  and {rest} more, which --markdown lists\n"));
            }
        }
        text.push_str(&format!("\n{}\n", self.demand));
        text
    }

    fn markdown(&self) -> String {
        let mut text = format!("### {}\n", self.headline());
        if let Some(counts) = self.counts() {
            text.push_str(&format!("\n{counts}. "));
        } else {
            text.push_str("\nNothing changes for callers. ");
        }
        text.push_str(&format!("{}\n", self.demand));
        for class in Class::ALL {
            let changes: Vec<&Change> = self.of(class).collect();
            if changes.is_empty() {
                continue;
            }
            let heading = capitalized(class.heading());
            let is_folded = class == Class::Docs;
            if is_folded {
                text.push_str(&format!("\n<details><summary>{heading} ({})</summary>\n\n", changes.len()));
            } else {
                text.push_str(&format!("\n**{heading}**\n\n"));
            }
            for change in changes {
                let place = code_span(&self.places.shown(&change.spot));
                text.push_str(&format!("- {} ({place})\n", sentence(change, Text::markdown)));
            }
            if is_folded {
                text.push_str("\n</details>\n");
            }
        }
        text
    }

    /// Returns the headline for reviewers.
    fn headline(&self) -> String {
        let verdict = match self.changes.first().map(|change| change.class) {
            None => "nothing changes",
            Some(Class::Compile | Class::Wire) => "this breaks",
            Some(Class::Additive) => "this only adds",
            Some(Class::Docs) => "only docs change",
        };
        let version = match (self.demand.is_met(), self.demand.old == self.demand.new) {
            (false, _) => format!("the version must be {}", self.demand.wanted),
            (true, false) => format!("{} → {}", self.demand.old, self.demand.new),
            (true, true) => return format!("For callers {verdict}"),
        };
        format!("For callers {verdict}: {version}")
    }

    fn of(&self, class: Class) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.class == class)
    }

    /// Returns the number of changes of each class.
    fn counts(&self) -> Option<String> {
        let counts = Class::ALL.map(|class| (self.of(class).count(), class.heading()));
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        let counts: Vec<String> = counts.map(|(count, heading)| format!("{count} {heading}")).collect();
        (!counts.is_empty()).then(|| counts.join(", "))
    }
}

/// Returns a change without its place.
fn sentence(change: &Change, show: fn(&Text) -> String) -> String {
    let shown: Vec<String> = change.subjects.iter().take(MOST_SUBJECTS).map(show).collect();
    let others = change.subjects.len().saturating_sub(shown.len());
    let others = match others {
        0 => String::new(),
        1 => " and 1 other".to_owned(),
        others => format!(" and {others} others"),
    };
    let wire = if change.also_on_the_wire { "; also on the wire" } else { "" };
    format!("{}{others}: {}{wire}", shown.join(", "), show(&change.what))
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}
