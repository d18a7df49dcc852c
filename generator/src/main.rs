//! `cargo run -p generator`: arguments in, exit code out.

use std::env;
use std::io;
use std::process::ExitCode;

use generator::changes;
use generator::cli::{self, Pipeline, Surroundings};

fn main() -> ExitCode {
    let pipeline = Pipeline {
        generate: generator::generate,
        dump_api: generator::dump_api,
        render: generator::render,
        compare: changes::report,
    };
    let (mut out, mut err) = (io::stdout(), io::stderr());
    cli::run(env::args_os().skip(1), &pipeline, &mut Surroundings::of_process(&mut out, &mut err)).into()
}
