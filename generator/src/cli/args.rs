//! The arguments of the command line. The options are one table, from which parsing, usage and suggestions are derived.
//!
//! Written by hand rather than with a library: the libraries that are small enough for a handful of options have
//! neither the usage text nor the suggestion, and so would need the table as well.

use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;

use crate::package::{OFF, ON};
use crate::slice::Slice;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    Help,
    Run(Box<Args>),
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Args {
    /// The spec to read, if not the workspace's.
    pub spec: Option<PathBuf>,
    /// The directory to write to, if not the workspace's.
    pub out: Option<PathBuf>,
    /// The overlays to apply to the spec, in their order.
    pub overlays: Vec<PathBuf>,
    /// The operations of the spec that the crate has.
    pub slice: Slice,
    /// Whether to write nothing and only print the tags and operations.
    pub list: bool,
    /// The crate's name, if not that of the spec.
    pub crate_name: Option<String>,
    /// The crate's version, if not that of the spec.
    pub crate_version: Option<String>,
    /// Whether the crate has a feature for each tag, if not as in the spec.
    pub tag_features: Option<bool>,
    /// Whether to write nothing and only report the differences.
    pub check: bool,
    /// Whether a warning about the spec is an error.
    pub deny_warnings: bool,
    /// Whether to print all problems of the spec, and not only the first.
    pub all: bool,
    /// Whether to write nothing and only print the representation of the spec.
    pub dump_api: bool,
    /// The spec to compare with, in place of generating.
    pub against: Option<PathBuf>,
    /// The description to compare with, in place of generating.
    pub drift: Option<PathBuf>,
    /// The file with the intended differences from it, if not the one beside the spec.
    pub intended: Option<PathBuf>,
    /// Whether to write nothing and only print the record of the spec, for comparison.
    pub record: bool,
    pub markdown: bool,
}

/// Arguments that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsageError {
    /// The problem, without a full stop.
    pub message: String,
    /// The option that was probably intended.
    pub nearest: Option<&'static str>,
}

struct Opt {
    name: &'static str,
    /// The name of its value, if it takes one.
    value: Option<&'static str>,
    help: &'static str,
}

const SPEC: &str = "--spec";
const OUT: &str = "--out";
const OVERLAY: &str = "--overlay";
const TAG: &str = "--tag";
const OPERATION: &str = "--operation";
const PATH: &str = "--path";
const LIST: &str = "--list";
const CRATE_NAME: &str = "--crate-name";
const CRATE_VERSION: &str = "--crate-version";
const TAG_FEATURES: &str = "--tag-features";
const CHECK: &str = "--check";
const DENY_WARNINGS: &str = "--deny-warnings";
const ALL: &str = "--all";
const DUMP_API: &str = "--dump-api";
const AGAINST: &str = "--against";
const DRIFT: &str = "--drift";
const INTENDED: &str = "--intended";
const RECORD: &str = "--record";
const MARKDOWN: &str = "--markdown";
const HELP: &str = "--help";

const OPTIONS: [Opt; 20] = [
    Opt { name: SPEC, value: Some("FILE"), help: "The spec to read [default: the workspace's spec/org_groups.yaml]" },
    Opt { name: OUT, value: Some("DIR"), help: "The crate to write [default: the workspace's generated]" },
    Opt { name: OVERLAY, value: Some("FILE"), help: "Apply an OpenAPI Overlay to the spec first; can be repeated" },
    Opt { name: TAG, value: Some("NAME"), help: "Only operations with this tag; can be repeated, `*` and `?` match" },
    Opt { name: OPERATION, value: Some("ID"), help: "Also operations with this id; as above" },
    Opt { name: PATH, value: Some("PREFIX"), help: "Also operations with this path prefix; as above; `/` for all" },
    Opt { name: LIST, value: None, help: "Write nothing; print the tags and operations to choose from" },
    Opt { name: CRATE_NAME, value: Some("NAME"), help: "The crate's name [default: that of the spec]" },
    Opt { name: CRATE_VERSION, value: Some("VERSION"), help: "The crate's version [default: that of the spec]" },
    Opt {
        name: TAG_FEATURES,
        value: Some("on|off"),
        help: "A Cargo feature for each tag [default: as in the spec, else off]",
    },
    Opt { name: CHECK, value: None, help: "Write nothing; fail if the crate is not up to date with the spec" },
    Opt { name: DENY_WARNINGS, value: None, help: "Write nothing and fail if there is a warning about the spec" },
    Opt { name: ALL, value: None, help: "Print all warnings and errors, and not only the first 100" },
    Opt { name: DUMP_API, value: None, help: "Write nothing; print the representation of the spec as JSON" },
    Opt { name: AGAINST, value: Some("FILE"), help: "Write nothing; report what changes for callers since FILE" },
    Opt { name: DRIFT, value: Some("FILE"), help: "Write nothing; report the differences on the wire from FILE" },
    Opt {
        name: INTENDED,
        value: Some("FILE"),
        help: "Intended differences for --drift [default: drift.yaml beside the spec]",
    },
    Opt { name: RECORD, value: None, help: "Write nothing; print everything that --drift compares, as a file for it" },
    Opt { name: MARKDOWN, value: None, help: "Print the report as Markdown, for a pull request" },
    Opt { name: HELP, value: None, help: "Print this text" },
];

/// Parses the arguments, without the program's name.
///
/// A value follows its option, or is joined to it by `=`; a joined value must be UTF-8.
///
/// # Errors
/// The first argument that is unknown, repeated, lacks its value or has an unexpected one; or two that exclude each
/// other.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Request, UsageError> {
    let mut arguments = arguments.into_iter();
    let mut args = Args::default();
    while let Some(argument) = arguments.next() {
        let shown = argument.to_string_lossy();
        let (name, joined) = match shown.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (shown.as_ref(), None),
        };
        let name = if name == "-h" { HELP } else { name };
        let Some(option) = OPTIONS.iter().find(|option| option.name == name) else {
            return Err(UsageError { message: format!("unknown argument `{shown}`"), nearest: nearest(name) });
        };
        let value = match (option.value, joined) {
            (None, None) => None,
            (None, Some(_)) => return Err(UsageError::new(format!("`{name}` takes no value"))),
            (Some(_), Some(_)) if argument.to_str().is_none() => {
                return Err(UsageError::new(format!("the value of `{name}` is not UTF-8: replace the `=` by a space")));
            }
            (Some(_), Some(value)) => Some(OsString::from(value)),
            (Some(_), None) => arguments.next().filter(|value| !value.to_string_lossy().starts_with("--")),
        };
        if let (Some(kind), None) = (option.value, value.as_ref().filter(|value| !value.is_empty())) {
            return Err(UsageError::new(format!("`{name}` needs a {kind}")));
        }
        let is_repeated = match (name, value) {
            (OVERLAY | TAG | OPERATION | PATH, Some(value)) => {
                args.add(name, value);
                false
            }
            (LIST, _) => std::mem::replace(&mut args.list, true),
            (HELP, _) => return Ok(Request::Help),
            (CHECK, _) => std::mem::replace(&mut args.check, true),
            (DENY_WARNINGS, _) => std::mem::replace(&mut args.deny_warnings, true),
            (ALL, _) => std::mem::replace(&mut args.all, true),
            (DUMP_API, _) => std::mem::replace(&mut args.dump_api, true),
            (RECORD, _) => std::mem::replace(&mut args.record, true),
            (DRIFT, value) => std::mem::replace(&mut args.drift, value.map(PathBuf::from)).is_some(),
            (INTENDED, value) => std::mem::replace(&mut args.intended, value.map(PathBuf::from)).is_some(),
            (MARKDOWN, _) => std::mem::replace(&mut args.markdown, true),
            (AGAINST, value) => std::mem::replace(&mut args.against, value.map(PathBuf::from)).is_some(),
            (CRATE_NAME, value) => std::mem::replace(&mut args.crate_name, value.map(text)).is_some(),
            (CRATE_VERSION, value) => std::mem::replace(&mut args.crate_version, value.map(text)).is_some(),
            (TAG_FEATURES, value) => {
                let value = value.map(text).unwrap_or_default();
                let on = switch(&value)
                    .ok_or_else(|| UsageError::new(format!("`{name}` is {ON} or {OFF}, not `{value}`")))?;
                args.tag_features.replace(on).is_some()
            }
            (SPEC, value) => std::mem::replace(&mut args.spec, value.map(PathBuf::from)).is_some(),
            (_, value) => std::mem::replace(&mut args.out, value.map(PathBuf::from)).is_some(),
        };
        if is_repeated {
            return Err(UsageError::new(format!("`{name}` is given twice")));
        }
    }
    args.consistent().map(|args| Request::Run(Box::new(args)))
}

/// A value that is not a path: one that is not UTF-8 is not a valid name or version either, and is rejected there.
fn text(value: OsString) -> String {
    value.to_string_lossy().into_owned()
}

fn switch(value: &str) -> Option<bool> {
    match value {
        ON => Some(true),
        OFF => Some(false),
        _ => None,
    }
}

/// The text for `--help` and after a usage error.
pub fn usage() -> String {
    let mut text = "\
Usage: cargo run -p generator [-- OPTIONS]

Reads an OpenAPI 3.0 description and writes a Rust crate.

Options:
"
    .to_owned();
    for option in &OPTIONS {
        let head = [Some(option.name), option.value].into_iter().flatten().collect::<Vec<_>>().join(" ");
        text.push_str(&format!("  {head:<25}  {}\n", option.help));
    }
    text.push_str(
        "
Exit codes:
  0  done
  1  --check or --drift found a difference, or --against a version that is too low
  2  the arguments or the spec are invalid, warnings are denied, or the crate could not be written
",
    );
    text
}

impl Args {
    /// Adds the value of an option that can be repeated.
    fn add(&mut self, name: &str, value: OsString) {
        match name {
            OVERLAY => self.overlays.push(value.into()),
            TAG => self.slice.tags.push(text(value)),
            OPERATION => self.slice.operations.push(text(value)),
            _ => self.slice.paths.push(text(value)),
        }
    }

    /// Checks that the options can be combined.
    fn consistent(self) -> Result<Self, UsageError> {
        let of_a_crate = [
            (CHECK, self.check),
            (DENY_WARNINGS, self.deny_warnings),
            (OUT, self.out.is_some()),
            (CRATE_NAME, self.crate_name.is_some()),
            (CRATE_VERSION, self.crate_version.is_some()),
            (TAG_FEATURES, self.tag_features.is_some()),
        ];
        let misplaced = |(name, is_given): (&'static str, bool)| is_given.then_some(name);
        let (against, drift) = (self.against.is_some(), self.drift.is_some());
        if self.markdown && !against && !drift {
            return Err(UsageError::new(format!("`{MARKDOWN}` needs `{AGAINST}` or `{DRIFT}`")));
        }
        if self.intended.is_some() && !drift {
            return Err(UsageError::new(format!("`{INTENDED}` needs `{DRIFT}`")));
        }
        let without_a_crate =
            [(LIST, self.list), (AGAINST, against), (DRIFT, drift), (RECORD, self.record), (DUMP_API, self.dump_api)];
        let mut without_a_crate = without_a_crate.into_iter().filter_map(misplaced);
        let (first, second) = (without_a_crate.next(), without_a_crate.next());
        if let (Some(first), Some(second)) = (first, second) {
            return Err(UsageError::new(format!("`{second}` cannot be combined with `{first}`: run them one by one")));
        }
        match (first, of_a_crate.into_iter().find_map(misplaced)) {
            (Some(request), Some(name)) => {
                Err(UsageError::new(format!("`{name}` cannot be combined with `{request}`, which reads no crate")))
            }
            _ => Ok(self),
        }
    }
}

impl UsageError {
    fn new(message: String) -> Self {
        Self { message, nearest: None }
    }
}

impl fmt::Display for UsageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match self.nearest {
            Some(nearest) => write!(f, ": did you mean `{nearest}`?"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for UsageError {}

/// Returns the option whose name is nearest to an unknown one, if any is near: at most two typing errors away, or the
/// beginning of the other.
fn nearest(unknown: &str) -> Option<&'static str> {
    let unknown = unknown.trim_start_matches('-');
    let nearness = |option: &Opt| {
        let name = option.name.trim_start_matches('-');
        let distance = distance(unknown, name);
        let is_begun = !unknown.is_empty() && (name.starts_with(unknown) || unknown.starts_with(name));
        (is_begun || distance <= 2 && distance < name.len()).then_some((!is_begun, distance, option.name))
    };
    OPTIONS.iter().filter_map(nearness).min().map(|(_, _, name)| name)
}

/// Returns how many characters have to be added, dropped or replaced to turn one text into the other.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    // Long enough to compare: no name of an option is that long.
    for (index, character) in from.chars().take(32).enumerate() {
        let mut next = vec![index.saturating_add(1)];
        for ((other, above), diagonal) in to.iter().zip(row.iter().skip(1)).zip(&row) {
            let left = next.last().copied().unwrap_or_default();
            let replaced = diagonal.saturating_add(usize::from(character != *other));
            next.push(replaced.min(above.saturating_add(1)).min(left.saturating_add(1)));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}
