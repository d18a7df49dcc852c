//! Which paths an output file can have.

use generator::write::{FileSet, LIST, PathFault, UNFINISHED};

/// The faults of a set of these paths.
fn faults(paths: &[&str]) -> Vec<PathFault> {
    let errors = FileSet::new(paths.iter().map(|path| (*path, ""))).unwrap_err();
    errors.into_iter().map(|error| error.fault).collect()
}

#[test]
fn a_path_cannot_lead_out_of_the_directory() {
    assert_eq!(faults(&["/etc/passwd"]), [PathFault::Absolute]);
    assert_eq!(faults(&["../a.rs", "src/../../a.rs", "..", "./a.rs"]), vec![PathFault::Dots; 4]);
    assert_eq!(faults(&["", "src//a.rs", "src/"]), vec![PathFault::EmptyName; 3]);
    assert_eq!(faults(&["src\\a.rs", "..\\a.rs"]), vec![PathFault::Character('\\'); 2]);
    assert_eq!(faults(&["c:/a.rs"]), [PathFault::Character(':')]);
}

#[test]
fn a_path_can_be_stored_by_every_platform() {
    assert_eq!(
        faults(&["src/con.rs", "NUL", "a/Com1.txt", "lpt9/a", "a./b", "aux.tar.gz"]),
        vec![PathFault::Windows; 6]
    );
    assert_eq!(faults(&["a\0b"]), [PathFault::Character('\0')]);
    assert_eq!(faults(&["src/größe.rs"]), [PathFault::Character('ö')]);
    assert_eq!(faults(&[&"x".repeat(10_000)]), [PathFault::TooLong]);
    assert_eq!(
        FileSet::new([("src/console.rs", ""), ("com.rs", ""), ("com10", ""), (".gitignore", "")]).unwrap().len(),
        4
    );
}

#[test]
fn no_two_paths_can_collide() {
    assert_eq!(faults(&["src/a.rs", "src/a.rs"]), [PathFault::Twice]);
    assert_eq!(faults(&["src/a.rs", "src/A.rs"]), [PathFault::CaseOf("src/a.rs".into())]);
    assert_eq!(faults(&["src/a/x.rs", "src/A/y.rs"]), [PathFault::CaseOf("src/a".into())]);
    assert_eq!(faults(&["src/a", "src/a/x.rs"]), [PathFault::AlsoFolder("src/a".into())]);
    assert_eq!(faults(&["src/a/x.rs", "src/A"]), [PathFault::AlsoFolder("src/a".into())]);
}

#[test]
fn the_places_of_records_and_build_tools_are_reserved() {
    let paths = [LIST, UNFINISHED, "src/.generated-files.tmp", "target/a.rs", "Cargo.lock", ".git/config"];
    assert_eq!(faults(&paths), vec![PathFault::Reserved; 6]);
    let below = [".generated-files/a.rs", ".Generated-Files.unfinished/a.rs", "src/.generated-files.tmp/a.rs"];
    assert_eq!(faults(&below), vec![PathFault::Reserved; 3]);
}

#[test]
fn all_bad_paths_are_reported_and_long_ones_shortened() {
    let long = format!("../{}", "x".repeat(10_000));
    let errors = FileSet::new([("ok.rs", ""), (&long, ""), ("/b", "")]).unwrap_err();
    assert_eq!(errors.len(), 2);
    assert!(errors[0].to_string().len() < 300);
    assert_eq!(errors[1].to_string(), "no output file can have the path \"/b\": it is absolute");
}
