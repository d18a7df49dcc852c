//! The differences on the wire between two descriptions: theirs has changed, or ours has a mistake.
//!
//! Operations, parameters, fields, types, formats, values, limits, defaults, statuses, permissions, keys and servers
//! are compared. Names of types, operations and path parameters are not, nor are prose, examples and our extensions. A
//! [file](intended) lists the intended differences, with their reasons.
//!
//! | module | |
//! |---|---|
//! | `facts` | the statements about one place |
//! | `parts` | the parts of a schema, with every reference followed |
//! | `statements` | the statements of one schema |
//! | `schema`, `operation`, `service` | the facts of a description |
//! | `compare` | their differences |
//! | `intended` | the file with the intended differences |
//! | `report` | the list for people |
//! | `record` | the facts of a description as a file |

mod compare;
mod facts;
pub mod intended;
mod operation;
mod parts;
mod record;
mod report;
mod schema;
mod service;
mod statements;

use crate::adapt;
use crate::diagnostics::{Diagnostic, Sources};
use crate::slice::Slice;
use crate::source::Tree;
use crate::spec;

pub use compare::{Detail, Difference, Differences, compare};
pub use facts::{Facts, Place, Words};
pub use operation::{Operation, Stated};
pub use record::record;
pub use report::report;

/// A description for comparison.
#[derive(Clone, Debug)]
pub struct Side {
    /// The texts of the description.
    pub sources: Sources,
    /// The tree that `adapt` returns.
    pub tree: Tree,
}

/// A description that cannot be compared.
#[derive(Clone, Debug)]
pub struct Unread {
    /// The texts of the description.
    pub sources: Sources,
    /// The tree, if the text could be read.
    pub tree: Option<Tree>,
    /// The reasons.
    pub problems: Vec<Diagnostic>,
}

impl Side {
    /// Reads a description, and leaves out the operations that are not selected. It may be one for which no crate can
    /// be generated.
    ///
    /// # Errors
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
    /// The statements about the service.
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
    pub fn render(&self, style: impl Into<crate::diagnostics::Style>) -> String {
        crate::diagnostics::render(&self.sources, self.tree.as_ref(), &self.problems, style)
    }
}
