//! The operations that a test names.

use super::answer::fail;
use crate::resources::OPERATIONS;
use crate::runtime::client::Operation;
use crate::runtime::client::text::append;

/// Names an operation in a test: the id that it has in the API's description, such as `"GetThing"`, or an [`Operation`] of
/// your own program.
pub trait OperationId: private::Checked {}

impl<T: private::Checked> OperationId for T {}

pub(super) mod private {
    use super::{Operation, known};

    pub trait Checked {
        /// The id.
        ///
        /// # Panics
        /// The API has no such operation.
        fn checked(self) -> String;
    }

    impl Checked for &str {
        #[track_caller]
        fn checked(self) -> String {
            known(self);
            self.to_owned()
        }
    }

    impl Checked for &String {
        #[track_caller]
        fn checked(self) -> String {
            self.as_str().checked()
        }
    }

    impl Checked for &Operation {
        fn checked(self) -> String {
            self.id.to_owned()
        }
    }
}

/// No call would use a response with a misspelt id, and a test of a fault would pass without the fault.
#[track_caller]
fn known(id: &str) {
    if OPERATIONS.iter().any(|operation| operation.id == id) {
        return;
    }
    let plain = |id: &str| id.replace(['_', '-', '.', ' '], "").to_lowercase();
    if let Some(operation) = OPERATIONS.iter().find(|operation| plain(operation.id) == plain(id)) {
        fail(&format!("{id:?} is not the id of an operation: write {:?}", operation.id));
    }
    let mut all = String::new();
    OPERATIONS.iter().for_each(|operation| append(&mut all, ", ", operation.id));
    fail(&format!("{id:?} is not the id of an operation: the API has {all}"));
}
