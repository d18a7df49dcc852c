//! Reads an OpenAPI 3.0 description and writes a Rust crate.
//!
//! The stages in their order, each a function from one plain data type to the next; a stage reports all problems it
//! finds, and the next begins only if there are none.
//!
//! | stage | from | to |
//! |---|---|---|
//! | [`source`] | text | a tree with positions |
//! | [`spec`] | tree | a document of OpenAPI 3.0 of which every key is known |
//! | [`lower`](mod@lower) | document | the [intermediate representation](ir) |
//! | [`names`] | representation | its Rust names |
//! | [`emit`](mod@emit) | representation and names | token streams, a file each |
//! | [`format`](mod@format) | token streams | text |
//! | [`write`](mod@write) | text | files in a directory |

pub mod cli;
pub mod diagnostics;
pub mod emit;
pub mod format;
pub mod ir;
pub mod lower;
pub mod names;
pub mod pointer;
pub mod source;
pub mod spec;
