//! The crate in `generated/` is the output for the spec.

use std::fs;

use generator::cli::{OUT, SPEC};
use tests::workspace_root;

#[test]
fn the_generated_crate_is_up_to_date() {
    let root = workspace_root();
    let text = fs::read_to_string(root.join(SPEC)).unwrap_or_else(|error| panic!("cannot read {SPEC}: {error}"));
    let generated = generator::generate(&text)
        .unwrap_or_else(|problems| panic!("{}", generator::render(&problems, SPEC, &text, false)));
    let plan = generator::write::plan(&generated.files, &root.join(OUT)).unwrap_or_else(|error| panic!("{error}"));
    assert!(
        plan.is_fresh(),
        "{OUT}/ is not what {SPEC} gives. Run `cargo run -p generator` and commit the result.\n{}",
        plan.report(OUT)
    );
}
