//! What the generator emits of the resources of an API. A sample.

use crate::runtime::client::Operation;
use crate::runtime::client::testing::fake::{Action, Does, Frame, Ids, List, Paged, PagedBy, Resource};
use http::Method;

/// The operations, of which a server of the fake finds the one that a request is for.
pub(crate) static OPERATIONS: &[&Operation] = &[&DELETE_GROUP, &GET_GROUP, &LIST_GROUPS, &UPDATE_GROUP];

static DELETE_GROUP: Operation = Operation::new("DeleteGroup", Method::DELETE, "/api/v2/groups/{group_id}", true);
static GET_GROUP: Operation = Operation::new("GetGroup", Method::GET, "/api/v2/groups/{group_id}", true);
static LIST_GROUPS: Operation = Operation::new("ListGroups", Method::GET, "/api/v2/groups", true);
static UPDATE_GROUP: Operation = Operation::new("UpdateGroup", Method::PATCH, "/api/v2/groups/{group_id}", false);

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
