//! The generator: as a library, and as a program. Nothing is compiled here.

mod adapted;
mod against;
mod changes;
mod cli;
mod cut_off;
mod drift;
mod dump;
mod facts;
mod file_set;
mod fixtures;
mod freshness;
mod guide;
mod input;
mod last_run;
mod layers;
mod lints;
mod lost_changes;
mod pipeline;
mod prose;
mod readme;
mod refusals;
mod surface;
mod templates;
mod write;
