//! The client and the models of `generated/`, against servers on loopback.

mod fake;
mod judge;
mod leniency;
mod paging;
mod samples;
mod scripted;
mod server;
mod wire;
