//! The command line: finds the spec and the crate, runs the pipeline, writes or checks, and reports the result.

use std::env;
use std::ffi::{OsStr, OsString};
use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde::{Deserialize, Serialize};

use crate::bundle;
use crate::diagnostics::{Source, Sources, Style, count};
use crate::package::{self, Wanted};
use crate::slice::Slice;
use crate::write::{self, Fingerprint, Plan};
use crate::{Described, Generated, Refused, describe_as};

mod args;
mod comparison;
mod drift;
mod files;
mod memory;

use files::{contents, read};
use memory::Memory;

pub use args::{Args, Request, UsageError, parse, usage};

/// The place of the spec in the workspace.
pub const SPEC: &str = "spec/org_groups.yaml";

/// The place of the generated crate in the workspace.
pub const OUT: &str = "generated";

/// The process as the command line sees it, and its output.
pub struct Surroundings<'a> {
    /// The folder of the package that cargo runs, if any.
    pub manifest_dir: Option<PathBuf>,
    pub current_dir: Option<PathBuf>,
    /// How problems are shown.
    pub style: Style,
    /// The identity of this program, if it may use the results of an earlier run.
    pub program: Option<Fingerprint>,
    pub out: &'a mut dyn Write,
    pub err: &'a mut dyn Write,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Success; or, with `--check`, no differences.
    Done,
    /// `--check` or `--drift` found a difference, or `--against` a version that is too low.
    Different,
    /// The arguments or the spec are wrong, or the crate could not be written.
    Failed,
}

impl Outcome {
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Different => 1,
            Self::Failed => 2,
        }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        outcome.code().into()
    }
}

impl<'a> Surroundings<'a> {
    /// The surroundings of this process, with these outputs.
    pub fn of_process(out: &'a mut dyn Write, err: &'a mut dyn Write) -> Self {
        Self {
            manifest_dir: env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from),
            current_dir: env::current_dir().ok(),
            style: wants_colour(io::stderr().is_terminal(), env::var_os("NO_COLOR").as_deref()).into(),
            program: memory::program(),
            out,
            err,
        }
    }
}

/// Whether problems are shown in colour: on a terminal, unless `NO_COLOR` is set to anything (<https://no-color.org>).
pub fn wants_colour(is_terminal: bool, no_color: Option<&OsStr>) -> bool {
    is_terminal && no_color.is_none_or(OsStr::is_empty)
}

/// A file or directory, and the name under which messages show it.
struct Named {
    path: PathBuf,
    shown: String,
}

/// Runs the command line; `arguments` does not contain the program's name.
pub fn run(arguments: impl IntoIterator<Item = OsString>, surroundings: &mut Surroundings<'_>) -> Outcome {
    let request = parse(arguments);
    surroundings.style.all |= matches!(&request, Ok(Request::Run(args)) if args.all);
    let done = match request {
        Ok(Request::Help) => Ok((Outcome::Done, usage())),
        Ok(Request::Run(args)) if args.list => list(&args, surroundings),
        Ok(Request::Run(args)) if args.dump_api => dump_api(&args, surroundings),
        Ok(Request::Run(args)) if args.drift.is_some() => drift::drift(&args, surroundings),
        Ok(Request::Run(args)) if args.record => drift::print_record(&args, surroundings),
        Ok(Request::Run(args)) if args.against.is_some() => comparison::against(&args, surroundings),
        Ok(Request::Run(args)) => generate(&args, surroundings),
        Err(error) => Err(format!("error: {error}\n\n{}", usage())),
    };
    // If printing fails, only the exit code can report the result.
    match done {
        Ok((outcome, text)) => {
            let _ = surroundings.out.write_all(text.as_bytes());
            outcome
        }
        Err(text) => {
            let _ = surroundings.err.write_all(text.as_bytes());
            Outcome::Failed
        }
    }
}

/// Generates and then writes or checks; returns the text to print as the result, or as the error.
fn generate(args: &Args, surroundings: &mut Surroundings<'_>) -> Result<(Outcome, String), String> {
    let spec = locate(args.spec.as_deref(), SPEC, surroundings)?;
    let directory = locate(args.out.as_deref(), OUT, surroundings)?;
    let sources = sources(&spec, &args.overlays)?;
    let wanted = wanted(args, &directory);
    let style = surroundings.style;
    let program = surroundings.program.filter(|_| !args.check);
    let question = program.map(|program| memory::question(program, args, &wanted, &spec, &sources, style));
    if let Some((memory, plan)) = question.and_then(|question| Memory::recalled(question, &directory.path)) {
        let _ = surroundings.err.write_all(memory.said.as_bytes());
        return Ok((Outcome::Done, summary(&memory.counts, &plan, "written", "removed")));
    }
    let described = described(sources, &wanted, NOTHING_WRITTEN, surroundings)?;
    let generated = described.generate().map_err(|problems| {
        let rendered = described.render(&problems, surroundings.style);
        refusal(&rendered, problems.len(), &spec.shown, NOTHING_WRITTEN)
    })?;
    let mut said = String::new();
    if !generated.warnings.is_empty() {
        let rendered = described.render(&generated.warnings, surroundings.style);
        if args.deny_warnings {
            let count = count(generated.warnings.len(), "warning");
            return Err(format!(
                "{rendered}error: {count} in {}, and warnings are denied: nothing was written\n",
                spec.shown
            ));
        }
        said.push_str(&rendered);
    }
    if described.foreign_extensions > 0 {
        let count = count(described.foreign_extensions, "extension");
        said.push_str(&format!("note: {count} of other tools in {} have no effect here\n", spec.shown));
    }
    if let Some(listed) = described.ignored.listed() {
        said.push_str(&format!("note: a client does not use some parts of {}: {listed}\n", spec.shown));
    }
    let _ = surroundings.err.write_all(said.as_bytes());
    let counts = Counts::of(&generated);
    if args.check {
        check(&generated, &counts, &directory, args)
    } else {
        let changes = comparison::replaced(&directory, &described);
        let plan = write::apply(&generated.files, &directory.path).map_err(|error| format!("error: {error}\n"))?;
        if plan.cut_off {
            let shown = &directory.shown;
            let _ =
                writeln!(surroundings.err, "note: an earlier run on {shown} was interrupted: this run completed it");
        }
        for path in &plan.foreign {
            let _ = writeln!(
                surroundings.err,
                "warning: {}/{path} was not written by the generator and `--check` will fail: move or delete it",
                directory.shown
            );
        }
        let changes = changes.filter(|_| !plan.changed.is_empty()).unwrap_or_default();
        let summary = summary(&counts, &plan, "written", "removed");
        if let Some(question) = question {
            Memory::new(question, said, counts, &generated.files).keep(&directory.path);
        }
        // The process ends here, and freeing millions of pieces would take a while.
        std::mem::forget((described, generated));
        Ok((Outcome::Done, changes + &summary))
    }
}

/// Prints the dump of the spec's representation. The run has no other purpose, so a failure to print is an error.
fn dump_api(args: &Args, surroundings: &mut Surroundings<'_>) -> Result<(Outcome, String), String> {
    let spec = locate(args.spec.as_deref(), SPEC, surroundings)?;
    let wanted = Wanted { slice: args.slice.clone(), ..Wanted::default() };
    let described = described(sources(&spec, &args.overlays)?, &wanted, NOTHING_WRITTEN, surroundings)?;
    let dump = described.dump().map_err(|problems| {
        let rendered = described.render(&problems, surroundings.style);
        refusal(&rendered, problems.len(), &spec.shown, NOTHING_WRITTEN)
    })?;
    let printed = surroundings.out.write_all(dump.as_bytes()).and_then(|()| surroundings.out.flush());
    printed.map_err(|error| format!("error: cannot print the dump: {error}\n"))?;
    Ok((Outcome::Done, String::new()))
}

/// Prints the tags and operations that can be selected.
fn list(args: &Args, surroundings: &Surroundings<'_>) -> Result<(Outcome, String), String> {
    let spec = locate(args.spec.as_deref(), SPEC, surroundings)?;
    let sources = sources(&spec, &args.overlays)?;
    match crate::list(sources, &args.slice) {
        Ok(list) => Ok((Outcome::Done, list)),
        Err(refused) => Err(refused_by(&refused, "nothing was listed", surroundings)),
    }
}

/// Returns the choices of the arguments, and those of the run that wrote the existing crate.
fn wanted(args: &Args, directory: &Named) -> Wanted {
    let Args { crate_name, crate_version, tag_features, slice, .. } = args;
    let (name, version, slice) = (crate_name.clone(), crate_version.clone(), slice.clone());
    remembered(Wanted { name, version, tag_features: *tag_features, slice }, directory)
}

/// Adds the choices of the run that wrote the crate in a directory.
fn remembered(wanted: Wanted, directory: &Named) -> Wanted {
    let is_ours = directory.path.join(write::LIST).is_file();
    let manifest = contents(&directory.path.join("Cargo.toml")).ok().filter(|_| is_ours);
    match manifest.map(String::from_utf8) {
        Some(Ok(manifest)) => wanted.or_remembered(&manifest),
        Some(Err(_)) | None => wanted,
    }
}

/// The consequence of a problem in the spec.
const NOTHING_WRITTEN: &str = "nothing was written";

/// Reads a spec, or returns the error that ends the run.
fn described(
    sources: Sources,
    wanted: &Wanted,
    consequence: &str,
    surroundings: &Surroundings<'_>,
) -> Result<Described, String> {
    describe_as(sources, wanted).map_err(|refused| refused_by(&refused, consequence, surroundings))
}

fn refused_by(refused: &Refused, consequence: &str, surroundings: &Surroundings<'_>) -> String {
    let rendered = refused.render(surroundings.style);
    refusal(&rendered, refused.problems.len(), &refused.sources.description.name, consequence)
}

fn refusal(rendered: &str, problems: usize, name: &str, consequence: &str) -> String {
    format!("{rendered}error: {} in {name}: {consequence}\n", count(problems, "problem"))
}

/// Reads the texts of a spec and of its overlays.
fn sources(spec: &Named, overlays: &[PathBuf]) -> Result<Sources, String> {
    let mut sources = Sources::from(Source::new(&spec.shown, read(spec, "spec")?));
    bundle::gather(&mut sources, &mut |way| files::read_beside(spec, way));
    for path in overlays {
        let overlay = Named { path: path.clone(), shown: path.display().to_string() };
        let text = read(&overlay, "overlay")?;
        sources.add(Source::new(overlay.shown, text));
    }
    Ok(sources)
}

/// Reports the differences between the directory and the output.
fn check(generated: &Generated, counts: &Counts, directory: &Named, args: &Args) -> Result<(Outcome, String), String> {
    let plan = write::plan(&generated.files, &directory.path).map_err(|error| format!("error: {error}\n"))?;
    let summary = summary(counts, &plan, "to write", "to remove");
    if plan.is_fresh() {
        return Ok((Outcome::Done, summary));
    }
    let mut text = plan.report(&directory.shown);
    if plan.has_work() {
        text.push_str(&format!("To bring {} up to date, run: {}\n", directory.shown, command(args)));
    }
    Ok((Outcome::Different, text + &summary))
}

/// Returns the path of a file or directory: as given, or the default in the workspace.
fn locate(given: Option<&Path>, default: &str, surroundings: &Surroundings<'_>) -> Result<Named, String> {
    if let Some(path) = given {
        return Ok(Named { path: path.to_owned(), shown: path.display().to_string() });
    }
    let starts = [&surroundings.manifest_dir, &surroundings.current_dir];
    match starts.into_iter().flatten().find_map(|start| workspace_root(start)) {
        Some(root) => Ok(Named { path: root.join(default), shown: default.to_owned() }),
        None => Err("error: this is not a folder of the workspace: pass both --spec and --out\n".to_owned()),
    }
}

/// Returns the nearest folder from `start` upwards that contains the workspace.
fn workspace_root(start: &Path) -> Option<&Path> {
    start
        .ancestors()
        .find(|folder| ["Cargo.toml", "generator/Cargo.toml"].iter().all(|manifest| folder.join(manifest).is_file()))
}

/// The sizes of the output.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Counts {
    operations: usize,
    types: usize,
    warnings: usize,
}

impl Counts {
    fn of(generated: &Generated) -> Self {
        Self { operations: generated.operations, types: generated.types, warnings: generated.warnings.len() }
    }
}

/// Returns the last line: the size of the output, and the changes on the disk.
fn summary(counts: &Counts, plan: &Plan, write: &str, remove: &str) -> String {
    let mut text = format!(
        "{}, {}, {}: {} {write}, {} {remove}, {} unchanged",
        count(counts.operations, "operation"),
        count(counts.types, "type"),
        count(plan.files(), "file"),
        plan.written(),
        plan.removed.len(),
        plan.unchanged.len(),
    );
    for (number, what) in [(plan.obstacles.len(), "in the way"), (plan.foreign.len(), "foreign")] {
        if number != 0 {
            text.push_str(&format!(", {number} {what}"));
        }
    }
    if counts.warnings != 0 {
        text.push_str(&format!(", {}", count(counts.warnings, "warning")));
    }
    text.push('\n');
    text
}

/// Returns the command that writes the files that a check with these arguments found to differ.
fn command(args: &Args) -> String {
    let mut command = "cargo run -p generator".to_owned();
    let path = |path: &Option<PathBuf>| path.as_ref().map(|path| path.to_string_lossy().into_owned());
    let options = [
        ("--spec", path(&args.spec)),
        ("--out", path(&args.out)),
        ("--crate-name", args.crate_name.clone()),
        ("--tag-features", args.tag_features.map(|on| if on { package::ON } else { package::OFF }.to_owned())),
        ("--crate-version", args.crate_version.clone()),
    ];
    let Slice { tags, operations, paths } = &args.slice;
    let overlays: Vec<String> = args.overlays.iter().map(|overlay| overlay.to_string_lossy().into_owned()).collect();
    let lists = [("--overlay", &overlays), ("--tag", tags), ("--operation", operations), ("--path", paths)];
    let lists = lists.into_iter().flat_map(|(name, values)| values.iter().map(move |value| (name, value.clone())));
    let mut separator = " --";
    for (name, value) in options.into_iter().filter_map(|(name, value)| Some((name, value?))).chain(lists) {
        command.push_str(&format!("{separator} {name} {}", quoted(&value)));
        separator = "";
    }
    command
}

/// Quotes an argument for a shell.
fn quoted(argument: &str) -> String {
    let is_plain = |character: char| character.is_alphanumeric() || "/._-:\\".contains(character);
    if argument.chars().all(is_plain) { argument.to_owned() } else { format!("'{}'", argument.replace('\'', r"'\''")) }
}
