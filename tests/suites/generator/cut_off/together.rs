//! Several runs of the real program at once, on one directory.

use std::path::Path;
use std::process::{Child, Output, Stdio};
use std::time::Duration;

use generator::write::{WriteError, apply, plan};

use super::{program, scratch, state, two_specs, undisturbed};

fn start(spec: &Path, out: &Path, options: &[&str]) -> Child {
    program(spec, out).args(options).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Asserts that a run succeeded or reported another run; returns whether it succeeded.
fn is_done(output: &Output) -> bool {
    let error = String::from_utf8_lossy(&output.stderr);
    let is_refused = output.status.code() == Some(2) && error.contains("another run is writing to");
    assert!(output.status.success() || is_refused, "{error}");
    output.status.success()
}

#[test]
fn runs_with_two_specs_do_not_mix() {
    let folder = scratch();
    let specs = two_specs(folder.path());
    let outputs = specs.each_ref().map(|spec| undisturbed(spec));
    for (round, runs) in [2, 2, 2, 8, 8].into_iter().enumerate() {
        // First into a missing directory, then into one that has one of the two outputs.
        let out = folder.path().join(if round < 2 { format!("new-{round}") } else { "new-0".to_owned() });
        let children: Vec<Child> = (0..runs).map(|run| start(&specs[run % 2], &out, &[])).collect();
        let done = children.into_iter().map(|child| is_done(&child.wait_with_output().unwrap()));
        assert!(done.filter(|is_done| *is_done).count() > 0, "round {round}: one run is first");
        let found = state(&out);
        assert!(outputs.contains(&found), "round {round}: what is there is the output of one spec");
    }
}

#[test]
fn a_check_during_a_run_sees_all_of_it_or_nothing() {
    let folder = scratch();
    let specs = two_specs(folder.path());
    let outputs = specs.each_ref().map(|spec| undisturbed(spec));
    let out = folder.path().join("crate");
    assert!(program(&specs[0], &out).output().unwrap().status.success());
    for round in 0..4 {
        let run = start(&specs[(round + 1) % 2], &out, &[]);
        let checks: Vec<Child> = (0..4).map(|check| start(&specs[check % 2], &out, &["--check"])).collect();
        is_done(&run.wait_with_output().unwrap());
        for check in checks {
            let output = check.wait_with_output().unwrap();
            let text = String::from_utf8_lossy(&output.stdout);
            assert!(output.status.code() == Some(1) || is_done(&output));
            assert!(!text.contains("cut off"), "{text}");
        }
        assert!(outputs.contains(&state(&out)), "round {round}");
    }
}

#[test]
fn a_run_waits_for_a_lock_but_not_forever() {
    let directory = scratch();
    let files = generator::write::FileSet::new([("Cargo.toml", "[package]\n"), ("src/lib.rs", "")]).unwrap();
    let next = generator::write::FileSet::new([("Cargo.toml", "[package]\n"), ("src/lib.rs", "// new")]).unwrap();
    apply(&files, directory.path()).unwrap();
    let before = state(directory.path());

    let other = std::fs::File::open(directory.path()).unwrap();
    other.lock().unwrap();
    for error in [apply(&next, directory.path()).unwrap_err(), plan(&next, directory.path()).unwrap_err()] {
        assert!(matches!(error, WriteError::Busy(_)), "{error}");
        assert!(error.to_string().ends_with("wait for it, then run again"), "{error}");
    }
    assert_eq!(state(directory.path()), before);
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| apply(&next, directory.path()));
        std::thread::sleep(Duration::from_millis(50));
        drop(other);
        waiting.join().unwrap().unwrap();
    });
    assert!(plan(&next, directory.path()).unwrap().is_fresh());

    // Checks can run at the same time.
    let other = std::fs::File::open(directory.path()).unwrap();
    other.lock_shared().unwrap();
    assert!(plan(&next, directory.path()).unwrap().is_fresh());
}
