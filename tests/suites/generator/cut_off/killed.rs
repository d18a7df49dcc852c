//! The real program, ended by a signal that it cannot catch, at many moments of its work on a directory.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use generator::write::{LIST, UNFINISHED, plan};

use super::{State, assert_modules_are_there, program, state, two_specs, undisturbed};

/// How many rounds there are, if the time suffices.
const KILLS: usize = 48;

/// The test ends after this time with what it has seen: a machine may be slow.
const TIME: Duration = Duration::from_secs(20);

#[test]
fn a_run_that_is_killed_leaves_a_crate_that_loads() {
    // On a disk, where there is one: a run takes longer there.
    let folder = tempfile::tempdir().unwrap();
    let specs = two_specs(folder.path());
    let outputs = specs.each_ref().map(|spec| undisturbed(spec));
    let files = specs.each_ref().map(|spec| generator::generate(&fs::read_to_string(spec).unwrap()).unwrap().files);
    let out = folder.path().join("crate");
    assert!(program(&specs[1], &out).output().unwrap().status.success());

    let begun = Instant::now();
    let (mut killed, mut cut_off) = (0, 0);
    for round in (0..KILLS).take_while(|_| begun.elapsed() < TIME) {
        // The next run sometimes has the same spec as the one that is killed, and sometimes the one before.
        let wanted = round / 2 % 2;
        let plan_before = plan(&files[wanted], &out).unwrap();
        let journal = UNFINISHED.to_owned();
        let work = || [&journal].into_iter().chain(&plan_before.created).chain(&plan_before.changed);
        if plan_before.written() == 0 {
            continue;
        }
        killed += 1;
        // From the first to the last file that the run writes, in large steps, so that a part of the rounds is enough.
        let file = work().nth(work().count() * (round * 29 % KILLS) / KILLS).unwrap();
        kill(&specs[wanted], &out, file);
        let found = state(&out);
        let case = format!("kill {round}");
        assert_whole(&found, &outputs, &case);
        assert_loads(&out, &found);
        if found.contains_key(UNFINISHED) {
            cut_off += 1;
            let report = plan(&files[wanted], &out).unwrap().report("out");
            assert!(report.contains("An earlier run on out was interrupted."), "{case}: {report}");
        }
        if round % 3 == 0 {
            let next = usize::from(round % 2 == 0);
            let run = program(&specs[next], &out).output().unwrap();
            assert!(run.status.success(), "{case}: {}", String::from_utf8_lossy(&run.stderr));
            assert!(state(&out) == outputs[next], "{case}: the next run gives what an undisturbed one does");
        }
    }
    println!("{cut_off} of {killed} runs were cut off while they wrote");
    assert!(cut_off * 2 > killed, "only {cut_off} of {killed} runs were cut off while they wrote");
}

/// Starts a run, and kills it when it has written a file, unless it has ended by then.
fn kill(spec: &Path, out: &Path, file: &str) {
    let before = identity(out, file);
    let mut run = start(spec, out);
    while identity(out, file) == before && run.try_wait().unwrap().is_none() {
        thread::yield_now();
    }
    run.kill().unwrap();
    run.wait().unwrap();
}

fn start(spec: &Path, out: &Path) -> Child {
    program(spec, out).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// The identity of a file, if there is one: each time that it is written it is a new one.
fn identity(out: &Path, file: &str) -> Option<u64> {
    fs::metadata(out.join(file)).ok().map(|found| found.ino())
}

/// Asserts that each file is complete: the same as in one of the two outputs, or under a temporary name of its own or of
/// its folder, or a list of the run.
fn assert_whole(found: &State, outputs: &[State; 2], case: &str) {
    for (path, bytes) in found.iter().filter(|(_, bytes)| bytes.is_some()) {
        let is_temporary = path.split('/').any(|name| name == ".generated-files.tmp");
        let is_output = outputs.iter().any(|output| output.get(path) == Some(bytes));
        assert!(is_temporary || is_output || path == UNFINISHED, "{case}: {path} is half-written");
    }
    if let Some(Some(list)) = found.get(UNFINISHED) {
        let list = std::str::from_utf8(list).unwrap();
        let known: Vec<&str> = list.lines().filter(|line| !line.starts_with('#')).collect();
        let files = found.iter().filter(|(_, bytes)| bytes.is_some()).map(|(path, _)| path);
        for path in files.filter(|path| !path.contains(".generated-files")) {
            assert!(known.contains(&path.as_str()), "{case}: {path} is not in the list of what is under way");
        }
    }
    assert!(found.contains_key(LIST), "{case}");
}

/// Asserts that cargo can read the crate, that the targets of the manifest exist, and that every module does.
fn assert_loads(out: &Path, found: &State) {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--offline", "--no-deps", "--format-version", "1", "--manifest-path"]);
    let output = cargo.arg(out.join("Cargo.toml")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let targets: Vec<&str> = metadata["packages"][0]["targets"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|target| target["name"].as_str())
        .collect();
    let manifest = super::text(found, "Cargo.toml").unwrap();
    let examples = manifest.split("[[example]]").skip(1).map(|rest| rest.split('"').nth(1).unwrap());
    for example in examples {
        assert!(targets.contains(&example), "the manifest names the example {example}");
    }
    assert_modules_are_there(found);
}
