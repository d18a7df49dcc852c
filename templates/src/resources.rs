//! What the generator emits of the resources of an API. A sample.

use crate::runtime::client::testing::fake::{Action, Does, Frame, Ids, List, Paged, PagedBy, Resource};

/// Every resource, in the order of the paths of their lists.
pub(crate) const RESOURCES: &[Resource] = &[Resource {
    collection: "/api/v2/groups",
    id: "id",
    ids: Ids::Text,
    blank: r#"{"id":"","attributes":{"name":""}}"#,
    missing: Some(r#"{"errors":[{"detail":"{reason}","status":"{status}"}]}"#),
    actions: &[
        Action { operation: "DeleteGroup", status: 204, sent: &[], answer: None, does: Does::Delete },
        Action {
            operation: "GetGroup",
            status: 200,
            sent: &[],
            answer: Some(Frame { json: r#"{"data":null}"#, place: &["data"] }),
            does: Does::Read,
        },
        Action {
            operation: "ListGroups",
            status: 200,
            sent: &[],
            answer: Some(Frame { json: r#"{"data":[],"meta":{"next":null}}"#, place: &["data"] }),
            does: Does::List(List {
                filters: &[],
                joined: &[],
                sorts: &[],
                pages: Some(Paged {
                    by: PagedBy::Number,
                    parameter: "page[number]",
                    first: 0,
                    size: Some(("page[size]", 2)),
                    next: &["meta", "next"],
                }),
            }),
        },
        Action {
            operation: "UpdateGroup",
            status: 200,
            sent: &[],
            answer: Some(Frame { json: r#"{"data":null}"#, place: &["data"] }),
            does: Does::Merge,
        },
    ],
}];
