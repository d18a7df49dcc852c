//! Makes groups, as a client and as a server would.

use api::models::{Group, GroupCreate, GroupFields, Label, PageLinks, PageMark};

pub fn make(name: &str) -> GroupCreate {
    GroupCreate::new(name, Default::default()).other_name("a").label(Label::from("b"))
}

pub fn again(of: Group) -> Group {
    let Group { id, name, created_at, modified_at, member_count, owner, tier, .. } = of;
    Group::new(GroupFields { id, name, created_at, modified_at, member_count, owner, tier })
}

pub fn marked(mark: PageMark) -> PageLinks {
    PageLinks::new().mark(mark)
}
