//! Lists that take several requests: the pages of a response, and the batches of a request.

use serde::Serialize;

use super::{FieldPath, TypeRef};

/// How to follow the pages of a list operation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pagination {
    /// How to get from one page to the next.
    pub advance: Advance,
    /// The parameter or field for the number of items on a page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<PagePlace>,
    /// The items of a page, in the body.
    pub items: FieldPath,
    /// Type of an item.
    pub item: TypeRef,
}

/// How to get from one page to the next. The query parameters are optional, and are indices in
/// [`Operation::parameters`](super::Operation::parameters).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Advance {
    /// By its number.
    Number {
        /// Query parameter for the number, an integer.
        parameter: usize,
        /// Number of the first page.
        first: i64,
        /// The number of the next page, in the body, `null` on the last page; otherwise the pages are counted up to one
        /// without items.
        next: Option<FieldPath>,
    },
    /// By the number of items before it, up to a page without items.
    Offset {
        /// Query parameter for that, an integer.
        parameter: usize,
        /// The first offset.
        first: i64,
    },
    /// By a cursor in the previous page.
    Cursor {
        /// The destination of the cursor.
        place: PagePlace,
        /// The cursor in the body: absent, `null` or empty on the last page.
        next: FieldPath,
    },
}

/// A part of a request for a page.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PagePlace {
    /// A query parameter, as an index in [`Operation::parameters`](super::Operation::parameters).
    Parameter(usize),
    /// A field of the body.
    Field(FieldPath),
}

/// How an operation accepts more items than one request: in several requests.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Batch {
    /// The list of items, in the body.
    pub field: FieldPath,
    /// Type of an item.
    pub item: TypeRef,
    /// The maximum number of items in one request, from `maxItems`.
    pub limit: usize,
}
