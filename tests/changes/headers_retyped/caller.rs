//! Reads the headers of a response.

use api::operations::GetGroupHeaders;

pub fn revision(headers: &GetGroupHeaders) -> (Option<i64>, Option<&str>) {
    (headers.x_revision, headers.x_owner.as_deref())
}
