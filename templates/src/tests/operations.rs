//! Small operations and models in the form that the generator emits.

use crate::runtime::client::Adjustments;
use crate::{Async, Client, Nullable, Operation, Request};
use http::Method;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Deserialize, Serialize, PartialEq)]
pub(super) struct GroupResponse {
    pub(super) data: GroupData,
}

#[derive(Clone, Debug, Deserialize, Serialize, PartialEq)]
pub(super) struct GroupData {
    pub(super) id: String,
    pub(super) attributes: GroupAttributes,
}

#[derive(Clone, Debug, Deserialize, Serialize, PartialEq)]
pub(super) struct GroupAttributes {
    pub(super) name: String,
}

pub(super) static GET_GROUP: Operation = Operation {
    id: "GetGroup",
    method: Method::GET,
    path: "/api/v2/groups/{group_id}",
    permission: Some("group_read"),
    unstable: Some("In preview."),
    idempotent: true,
    responses: &[(200, Some("GroupResponse")), (403, Some("JsonApiErrorResponse")), (429, Some("ApiErrorResponse"))],
};

pub(super) static UPDATE_GROUP: Operation = Operation {
    id: "UpdateGroup",
    method: Method::PATCH,
    path: "/api/v2/groups/{group_id}",
    permission: Some("group_write"),
    unstable: None,
    idempotent: false,
    responses: &[(200, Some("GroupResponse"))],
};

pub(super) static DELETE_GROUP: Operation = Operation {
    id: "DeleteGroup",
    method: Method::DELETE,
    path: "/api/v2/groups/{group_id}",
    permission: Some("group_write"),
    unstable: None,
    idempotent: true,
    responses: &[(204, None)],
};

pub(super) static LIST_GROUPS: Operation = Operation::new("ListGroups", Method::GET, "/api/v2/groups", true);

pub(super) static MOVE_GROUPS: Operation = Operation::new("MoveGroups", Method::PATCH, "/api/v2/groups", false);

/// A call of [`Client::get_group`].
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is sent"]
pub(super) struct GetGroup<M = Async> {
    client: Client<M>,
    group_id: String,
    page_number: Option<i64>,
    adjustments: Adjustments,
}

impl<M> GetGroup<M> {
    pub(super) fn page_number(mut self, page_number: i64) -> Self {
        self.page_number = Some(page_number);
        self
    }

    fn request(&self) -> Request {
        Request::new(&GET_GROUP)
            .path("group_id", &self.group_id)
            .query_opt("page[number]", self.page_number.as_ref())
            .adjusted(&self.adjustments)
    }
}

crate::runtime::client::call! {
    GetGroup {
        begun_by: get_group,
        answer: GroupResponse,
    }
}

/// A call of [`Client::update_group`].
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is sent"]
pub(super) struct UpdateGroup<M = Async> {
    client: Client<M>,
    group_id: String,
    body: GroupAttributes,
    adjustments: Adjustments,
}

impl<M> UpdateGroup<M> {
    fn request(&self) -> Request {
        Request::new(&UPDATE_GROUP).path("group_id", &self.group_id).json(&self.body).adjusted(&self.adjustments)
    }
}

crate::runtime::client::call! {
    UpdateGroup {
        begun_by: update_group,
        answer: GroupResponse,
    }
}

/// A call of [`Client::delete_group`].
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is sent"]
pub(super) struct DeleteGroup<M = Async> {
    client: Client<M>,
    group_id: String,
    adjustments: Adjustments,
}

impl<M> DeleteGroup<M> {
    fn request(&self) -> Request {
        Request::new(&DELETE_GROUP).path("group_id", &self.group_id).adjusted(&self.adjustments)
    }
}

crate::runtime::client::call! {
    DeleteGroup {
        begun_by: delete_group,
        answer: (),
    }
}

/// A page of numbers.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub(super) struct GroupListResponse {
    pub(super) data: Option<Vec<u64>>,
    #[serde(default)]
    pub(super) meta: Option<Meta>,
}

/// `next` is absent, null or a number.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub(super) struct Meta {
    #[serde(default, deserialize_with = "Meta::next")]
    pub(super) next: Nullable<i32>,
}

impl Meta {
    fn next<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Nullable<i32>, D::Error> {
        Option::deserialize(deserializer).map(Nullable::from)
    }
}

/// A call of [`Client::list_groups`].
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is sent"]
pub(super) struct ListGroups<M = Async> {
    client: Client<M>,
    page_number: Option<i32>,
    page_size: Option<i64>,
    adjustments: Adjustments,
}

impl<M> ListGroups<M> {
    pub(super) fn page_number(mut self, page_number: i32) -> Self {
        self.page_number = Some(page_number);
        self
    }

    pub(super) fn page_size(mut self, page_size: i64) -> Self {
        self.page_size = Some(page_size);
        self
    }

    fn request(&self) -> Request {
        Request::new(&LIST_GROUPS)
            .query_opt("page[number]", self.page_number.as_ref())
            .query_opt("page[size]", self.page_size.as_ref())
            .adjusted(&self.adjustments)
            .within("page_number", self.page_number, 0..)
            .within("page_size", self.page_size, 1..=1000)
    }
}

crate::runtime::client::call! {
    ListGroups {
        begun_by: list_groups,
        answer: GroupListResponse,
    }
}

crate::runtime::client::pages! {
    ListGroups {
        page: GroupListResponse,
        item: u64,
        number: "page[number]" = page_number or 0,
        largest: query "page[size]" = 1000 or page_size,
        items: |page| page.data.as_mut(),
        next: |page| Some(page.meta.as_ref()?.next.map(i64::from)),
    }
}

/// A call of [`Client::move_groups`].
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is sent"]
pub(super) struct MoveGroups<M = Async> {
    client: Client<M>,
    body: MoveBody,
    adjustments: Adjustments,
}

#[derive(Clone, Debug, Serialize)]
struct MoveBody {
    groups: Vec<u64>,
}

impl<M> MoveGroups<M> {
    fn request(&self) -> Request {
        Request::new(&MOVE_GROUPS).json(&self.body).adjusted(&self.adjustments).length_within(
            "groups",
            Some(self.body.groups.len()),
            "items",
            ..=3,
        )
    }
}

crate::runtime::client::call! {
    MoveGroups {
        begun_by: move_groups,
        answer: (),
    }
}

crate::runtime::client::batches! {
    MoveGroups {
        answer: (),
        item: u64,
        items: body.groups,
        limit: 3,
    }
}

impl<M: Clone> Client<M> {
    pub(super) fn get_group(&self, group_id: impl Into<String>) -> GetGroup<M> {
        GetGroup {
            client: self.clone(),
            group_id: group_id.into(),
            page_number: None,
            adjustments: Adjustments::default(),
        }
    }

    pub(super) fn update_group(&self, group_id: impl Into<String>, name: impl Into<String>) -> UpdateGroup<M> {
        let body = GroupAttributes { name: name.into() };
        UpdateGroup { client: self.clone(), group_id: group_id.into(), body, adjustments: Adjustments::default() }
    }

    pub(super) fn delete_group(&self, group_id: impl Into<String>) -> DeleteGroup<M> {
        DeleteGroup { client: self.clone(), group_id: group_id.into(), adjustments: Adjustments::default() }
    }

    pub(super) fn list_groups(&self) -> ListGroups<M> {
        ListGroups { client: self.clone(), page_number: None, page_size: None, adjustments: Adjustments::default() }
    }

    pub(super) fn move_groups(&self, groups: Vec<u64>) -> MoveGroups<M> {
        MoveGroups { client: self.clone(), body: MoveBody { groups }, adjustments: Adjustments::default() }
    }
}
