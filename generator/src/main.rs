//! `cargo run -p generator`: arguments in, exit code out.

use std::env;
use std::io;
use std::process::ExitCode;

use generator::cli::{self, Outcome, Surroundings};

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
#[global_allocator]
static ALLOCATOR: generator::Allocator = generator::Allocator;

fn main() -> ExitCode {
    let run = || {
        let (mut out, mut err) = (io::stdout(), io::stderr());
        cli::run(env::args_os().skip(1), &mut Surroundings::of_process(&mut out, &mut err))
    };
    match generator::deep(run) {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            eprintln!("error: the stack cannot be allocated: {error}");
            Outcome::Failed.into()
        }
    }
}
