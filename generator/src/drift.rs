//! What goes over the wire by one description and not by another: theirs has moved on, or ours has a mistake.
//!
//! Operations, parameters, fields, types, formats, values, limits, defaults, statuses, permissions, keys and servers are
//! compared. Names of types, operations and parameters of the path are not, nor are words, examples and our extensions.
//! A difference that is meant stands in a [file](meant), with its reason.
//!
//! | module | |
//! |---|---|
//! | `facts` | what is said about one place, word by word |
//! | `schema`, `operation`, `service` | the facts of a description, every reference followed |
//! | `compare` | their differences |
//! | `meant` | the file with those that are intended |
//! | `report` | the list as a person reads it |
//! | `record` | the facts of a description as a file |

mod compare;
mod facts;
pub mod meant;
mod operation;
mod record;
mod report;
mod schema;
mod service;

use crate::adapt;
use crate::diagnostics::{Diagnostic, Sources};
use crate::slice::Slice;
use crate::source::Tree;
use crate::spec;

pub use compare::{Difference, Differences, Told, compare};
pub use facts::{Facts, Place, Words};
pub use operation::{Operation, Stated};
pub use record::record;
pub use report::report;

/// A description as it is compared.
#[derive(Clone, Debug)]
pub struct Side {
    /// What it was read from.
    pub sources: Sources,
    /// As `adapt` leaves it.
    pub tree: Tree,
}

/// A description that cannot be compared.
#[derive(Clone, Debug)]
pub struct Unread {
    /// What it was read from.
    pub sources: Sources,
    /// Where everything stands, if the text could be read.
    pub tree: Option<Tree>,
    /// Why.
    pub problems: Vec<Diagnostic>,
}

impl Side {
    /// Reads a description, and leaves out what is not asked for. It need not be one that a crate can be made of.
    ///
    /// # Errors
    ///
    /// Every problem of the first stage that has any.
    pub fn read(sources: impl Into<Sources>, slice: &Slice) -> Result<Self, Box<Unread>> {
        let sources = sources.into();
        let identified = match crate::read(&sources, slice) {
            Ok(read) => read.identified,
            Err((tree, problems)) => return Err(Box::new(Unread { sources, tree, problems })),
        };
        let tree = &identified.tree;
        let problems = if record::is_one(tree) {
            record::check(tree)
        } else if !spec::is_supported(tree) || tree.root().value.as_mapping().is_none() {
            spec::read(tree).err().unwrap_or_default()
        } else {
            Vec::new()
        };
        if !problems.is_empty() {
            return Err(Box::new(Unread { sources, tree: Some(identified.tree), problems }));
        }
        if record::is_one(tree) {
            return Ok(Self { sources, tree: identified.tree });
        }
        let tree = adapt::adapt(&sources, identified).tree;
        Ok(Self { sources, tree })
    }
}

impl Side {
    /// What is said of the service.
    pub fn service(&self) -> Words {
        if record::is_one(&self.tree) { record::service(&self.tree) } else { service::service(&self.tree) }
    }

    /// The operations.
    pub fn operations(&self) -> Vec<Stated<'_>> {
        if record::is_one(&self.tree) { record::operations(&self.tree) } else { operation::operations(&self.tree) }
    }
}

impl Unread {
    /// Shows why the description cannot be compared.
    pub fn render(&self, colour: bool) -> String {
        crate::diagnostics::render(&self.sources, self.tree.as_ref(), &self.problems, colour)
    }
}
