//! Operations and models as the generator emits them, in small.

use crate::{Client, Error, Operation, Request, Response};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
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

/// A call of [`Client::get_group`].
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is sent"]
pub(super) struct GetGroup<'a> {
    client: &'a Client,
    group_id: String,
    page_number: Option<i64>,
    headers: HeaderMap,
}

impl GetGroup<'_> {
    pub(super) fn page_number(mut self, page_number: i64) -> Self {
        self.page_number = Some(page_number);
        self
    }

    pub(super) fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.append(name, value);
        self
    }

    fn request(&self) -> Request {
        Request::new(&GET_GROUP)
            .path("group_id", &self.group_id)
            .query_opt("page[number]", self.page_number.as_ref())
            .headers(&self.headers)
    }

    pub(super) async fn send(self) -> Result<GroupResponse, Error> {
        self.send_with_response().await.map(Response::into_body)
    }

    pub(super) async fn send_with_response(self) -> Result<Response<GroupResponse>, Error> {
        self.client.send(self.request()).await
    }
}

/// A call of [`Client::update_group`].
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is sent"]
pub(super) struct UpdateGroup<'a> {
    client: &'a Client,
    group_id: String,
    body: GroupAttributes,
}

impl UpdateGroup<'_> {
    fn request(&self) -> Request {
        Request::new(&UPDATE_GROUP).path("group_id", &self.group_id).json(&self.body)
    }

    pub(super) async fn send(self) -> Result<GroupResponse, Error> {
        self.send_with_response().await.map(Response::into_body)
    }

    pub(super) async fn send_with_response(self) -> Result<Response<GroupResponse>, Error> {
        self.client.send(self.request()).await
    }
}

/// A call of [`Client::delete_group`].
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is sent"]
pub(super) struct DeleteGroup<'a> {
    client: &'a Client,
    group_id: String,
}

impl DeleteGroup<'_> {
    fn request(&self) -> Request {
        Request::new(&DELETE_GROUP).path("group_id", &self.group_id)
    }

    pub(super) async fn send(self) -> Result<(), Error> {
        self.send_with_response().await.map(Response::into_body)
    }

    pub(super) async fn send_with_response(self) -> Result<Response<()>, Error> {
        self.client.send_empty(self.request()).await
    }
}

impl Client {
    pub(super) fn get_group(&self, group_id: impl Into<String>) -> GetGroup<'_> {
        GetGroup { client: self, group_id: group_id.into(), page_number: None, headers: HeaderMap::new() }
    }

    pub(super) fn update_group(&self, group_id: impl Into<String>, name: impl Into<String>) -> UpdateGroup<'_> {
        UpdateGroup { client: self, group_id: group_id.into(), body: GroupAttributes { name: name.into() } }
    }

    pub(super) fn delete_group(&self, group_id: impl Into<String>) -> DeleteGroup<'_> {
        DeleteGroup { client: self, group_id: group_id.into() }
    }
}
