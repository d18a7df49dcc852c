//! The same page, where a membership is one of two types: selected by its `type`, or by its fields.

use crate::ours::{Data, Group, Links, Meta};
use crate::runtime::model::{Extra, Value};

macro_rules! list {
    ($name:ident of $item:ident) => {
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            pub data: Vec<$item>,
            pub links: Option<Links>,
            pub meta: Option<Meta>,
            pub extra: Extra,
        }
        crate::runtime::model::object! {
            $name {
                data: required "data",
                links: optional "links",
                meta: optional "meta",
            }
        }

        #[derive(Clone, Debug, PartialEq)]
        pub enum $item {
            Group(Box<Group>),
            Membership(Box<Data>),
            Unrecognized(Value),
        }
    };
}

list!(TaggedList of Tagged);
crate::runtime::model::union! {
    Tagged by "type" {
        Group(boxed Group) as_group from: object ["org_groups"],
        Membership(boxed Data) as_membership from: object ["org_group_memberships"],
    }
}

list!(UntaggedList of Untagged);
crate::runtime::model::union! {
    Untagged {
        Group(boxed Group) as_group from: object {
            "id" required string,
            "type" required string,
            "name" required string,
        },
        Membership(boxed Data) as_membership from: object {
            "attributes" optional object,
            "id" required string,
            "relationships" optional object,
            "type" required string,
        },
    }
}
