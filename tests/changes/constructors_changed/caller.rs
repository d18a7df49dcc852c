//! Makes a group.

use api::Client;
use api::models::{GroupCreate, GroupCreateStamp, Shade};

pub fn make(client: &Client, name: String) {
    let body = GroupCreate::new(name.clone(), Default::default(), Shade::Dark).kind("a").stamp(GroupCreateStamp::Made);
    let _ = client.create_group_with_body(body);
    let call = client.create_group(name, Default::default(), Shade::Dark);
    let _ = call.kind("a").stamp(GroupCreateStamp::Made);
}

pub fn stamp(body: &GroupCreate) -> Option<&GroupCreateStamp> {
    body.stamp.as_ref()
}
