//! The emitted data about the resources of an API.

/// Operations that list, create, read, change and delete the same items.
pub(crate) struct Resource {
    /// The path of the list, with `{name}` for each argument.
    pub(crate) collection: &'static str,
    /// The field that identifies an item.
    pub(crate) id: &'static str,
    pub(crate) ids: Ids,
    /// The item that a request without content would create, as JSON.
    pub(crate) blank: &'static str,
    /// The error of the API for an item that does not exist, as JSON.
    pub(crate) missing: Option<&'static str>,
    pub(crate) actions: &'static [Action],
}

/// The type of ids.
#[derive(Clone, Copy)]
pub(crate) enum Ids {
    Uuid,
    Integer,
    Text,
}

/// The effect of an operation on a resource.
pub(crate) struct Action {
    /// The id of the operation.
    pub(crate) operation: &'static str,
    /// The status of success.
    pub(crate) status: u16,
    /// The place of the item in the body of a request.
    pub(crate) sent: &'static [&'static str],
    /// The body of the response; `None` for no body.
    pub(crate) answer: Option<Frame>,
    pub(crate) does: Does,
}

/// JSON with a place for an item or for items.
pub(crate) struct Frame {
    pub(crate) json: &'static str,
    pub(crate) place: &'static [&'static str],
}

/// The kind of an operation.
pub(crate) enum Does {
    Create,
    Read,
    /// Replaces the fields of the request and keeps the rest.
    Merge,
    /// Replaces everything.
    Replace,
    Delete,
    List(List),
}

/// How a list is filtered, sorted and paginated.
pub(crate) struct List {
    /// Query parameters that filter, each with the place of its property in an item.
    pub(crate) filters: &'static [(&'static str, &'static [&'static str])],
    /// Filters with several values, separated by commas.
    pub(crate) joined: &'static [&'static str],
    /// The values of the parameter `sort`, each with the place of its property, and whether the order is descending.
    pub(crate) sorts: &'static [(&'static str, &'static [&'static str], bool)],
    pub(crate) pages: Option<Paged>,
}

/// The pagination of a list.
pub(crate) struct Paged {
    pub(crate) by: PagedBy,
    /// The query parameter.
    pub(crate) parameter: &'static str,
    pub(crate) first: i64,
    /// The query parameter for the number of items on a page, and the default.
    pub(crate) size: Option<(&'static str, u64)>,
    /// The place in a page of the next position; empty if there is none.
    pub(crate) next: &'static [&'static str],
}

/// The kind of a page's position.
#[derive(Clone, Copy)]
pub(crate) enum PagedBy {
    Number,
    Offset,
    /// A text from the previous page.
    Cursor,
    /// An integer from the previous page.
    NumberedCursor,
}
