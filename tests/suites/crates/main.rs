//! Emitted crates, compiled by cargo, checked by rustc, clippy and rustdoc, and run.

mod change_crates;
mod combinations;
mod compile_fail;
mod examples;
mod fixture_crates;
mod fuzz;
mod hostile;
#[path = "../../fuzz/src/json.rs"]
mod json;
#[path = "../../fuzz/src/oracles.rs"]
mod oracles;
mod rebuild;
#[path = "../../fuzz/src/scopes.rs"]
mod scopes;
mod unions;
