//! What is emitted of the resources of an API.

/// Operations that list, create, read, change and delete the same items.
pub(crate) struct Resource {
    /// The path of the list, with `{name}` for each argument.
    pub(crate) collection: &'static str,
    /// The field of an item that tells it from the others.
    pub(crate) id: &'static str,
    pub(crate) ids: Ids,
    /// An item as a request without content would create it, as JSON.
    pub(crate) blank: &'static str,
    /// What the API says of an item that does not exist, as JSON.
    pub(crate) missing: Option<&'static str>,
    pub(crate) actions: &'static [Action],
}

/// What ids are.
#[derive(Clone, Copy)]
pub(crate) enum Ids {
    Uuid,
    Integer,
    Text,
}

/// What an operation does to a resource.
pub(crate) struct Action {
    /// The id of the operation.
    pub(crate) operation: &'static str,
    /// The status of success.
    pub(crate) status: u16,
    /// Where the item is in the body of a request.
    pub(crate) sent: &'static [&'static str],
    /// The body of the answer; `None` for no body.
    pub(crate) answer: Option<Frame>,
    pub(crate) does: Does,
}

/// JSON with a place for an item or for items.
pub(crate) struct Frame {
    pub(crate) json: &'static str,
    pub(crate) place: &'static [&'static str],
}

/// What an operation does.
pub(crate) enum Does {
    Create,
    Read,
    /// Replaces what is sent and keeps the rest.
    Merge,
    /// Replaces everything.
    Replace,
    Delete,
    List(List),
}

/// How a list is filtered, sorted and cut.
pub(crate) struct List {
    /// Query parameters, each with the place in an item of what it asks for.
    pub(crate) filters: &'static [(&'static str, &'static [&'static str])],
    /// Those that have several values with commas between them.
    pub(crate) joined: &'static [&'static str],
    /// The values of the parameter `sort`, each with the place of what it sorts by, and whether downwards.
    pub(crate) sorts: &'static [(&'static str, &'static [&'static str], bool)],
    pub(crate) pages: Option<Paged>,
}

/// How a list comes in pages.
pub(crate) struct Paged {
    pub(crate) by: PagedBy,
    /// The query parameter.
    pub(crate) parameter: &'static str,
    pub(crate) first: i64,
    /// The query parameter for the number of items of a page, and the number without it.
    pub(crate) size: Option<(&'static str, u64)>,
    /// Where a page names the next one; nowhere if it is empty.
    pub(crate) next: &'static [&'static str],
}

/// What a page is asked for by.
#[derive(Clone, Copy)]
pub(crate) enum PagedBy {
    Number,
    Offset,
    /// A text that a page names.
    Cursor,
    /// An integer that a page names.
    NumberedCursor,
}
