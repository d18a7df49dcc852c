//! The form that the generator emits.

use uuid::Uuid;

use crate::runtime::model::{Extra, Nullable, Timestamp, Unrecognized};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Uuid);
crate::runtime::model::scalar!(Id(Uuid));

#[derive(Clone, Debug, PartialEq)]
pub struct ListResponse {
    pub data: Vec<Data>,
    pub links: Option<Links>,
    pub meta: Option<Meta>,
    pub extra: Extra,
}
crate::runtime::model::object! {
    ListResponse {
        data: required "data",
        links: optional "links",
        meta: optional "meta",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Data {
    pub attributes: Option<Attributes>,
    pub id: Id,
    pub relationships: Option<Relationships>,
    pub r#type: MembershipType,
    pub extra: Extra,
}
crate::runtime::model::object! {
    Data {
        attributes: optional "attributes",
        id: required "id",
        relationships: optional "relationships",
        r#type: required "type",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Attributes {
    pub created_at: Timestamp,
    pub modified_at: Timestamp,
    pub org_name: String,
    pub org_site: String,
    pub org_uuid: Id,
    pub extra: Extra,
}
crate::runtime::model::object! {
    Attributes {
        created_at: required "created_at",
        modified_at: required "modified_at",
        org_name: required "org_name",
        org_site: required "org_site",
        org_uuid: required "org_uuid",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Relationships {
    pub org_group: Option<ToGroup>,
    pub extra: Extra,
}
crate::runtime::model::object! {
    Relationships {
        org_group: optional "org_group",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct ToGroup {
    pub data: Group,
    pub extra: Extra,
}
crate::runtime::model::object! {
    ToGroup {
        data: required "data",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub id: Id,
    pub r#type: GroupType,
    pub extra: Extra,
}
crate::runtime::model::object! {
    Group {
        id: required "id",
        r#type: required "type",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Links {
    pub first: Option<String>,
    pub last: Option<String>,
    pub next: Nullable<String>,
    pub prev: Nullable<String>,
    pub self_: Option<String>,
    pub extra: Extra,
}
crate::runtime::model::object! {
    Links {
        first: optional "first",
        last: optional "last",
        next: nullable "next",
        prev: nullable "prev",
        self_: optional "self",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Meta {
    pub page: Option<Page>,
    pub extra: Extra,
}
crate::runtime::model::object! {
    Meta {
        page: optional "page",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    pub first_number: Option<i64>,
    pub last_number: Nullable<i64>,
    pub next_number: Nullable<i64>,
    pub number: Option<i64>,
    pub prev_number: Nullable<i64>,
    pub size: Option<i64>,
    pub total: Option<i64>,
    pub r#type: Option<PageType>,
    pub extra: Extra,
}
crate::runtime::model::object! {
    Page {
        first_number: optional "first_number",
        last_number: nullable "last_number",
        next_number: nullable "next_number",
        number: optional "number",
        prev_number: nullable "prev_number",
        size: optional "size",
        total: optional "total",
        r#type: optional "type",
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MembershipType {
    OrgGroupMemberships,
    Unrecognized(Unrecognized),
}
crate::runtime::model::string_enum! {
    MembershipType {
        OrgGroupMemberships = "org_group_memberships",
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupType {
    OrgGroups,
    Unrecognized(Unrecognized),
}
crate::runtime::model::string_enum! {
    GroupType {
        OrgGroups = "org_groups",
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageType {
    NumberSize,
    Unrecognized(Unrecognized),
}
crate::runtime::model::string_enum! {
    PageType {
        NumberSize = "number_size",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct BulkUpdate {
    pub data: BulkData,
    pub extra: Extra,
}
crate::runtime::model::object! {
    BulkUpdate {
        data: required "data",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct BulkData {
    pub attributes: BulkAttributes,
    pub relationships: BulkRelationships,
    pub r#type: BulkType,
    pub extra: Extra,
}
crate::runtime::model::object! {
    BulkData {
        attributes: required "attributes",
        relationships: required "relationships",
        r#type: required "type",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct BulkAttributes {
    pub orgs: Vec<OrgIdentifier>,
    pub extra: Extra,
}
crate::runtime::model::object! {
    BulkAttributes {
        orgs: required "orgs",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct OrgIdentifier {
    pub org_site: String,
    pub org_uuid: Id,
    pub extra: Extra,
}
crate::runtime::model::object! {
    OrgIdentifier {
        org_site: required "org_site",
        org_uuid: required "org_uuid",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct BulkRelationships {
    pub source_org_group: ToGroup,
    pub target_org_group: ToGroup,
    pub extra: Extra,
}
crate::runtime::model::object! {
    BulkRelationships {
        source_org_group: required "source_org_group",
        target_org_group: required "target_org_group",
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BulkType {
    BulkUpdates,
    Unrecognized(Unrecognized),
}
crate::runtime::model::string_enum! {
    BulkType {
        BulkUpdates = "org_group_membership_bulk_updates",
    }
}
