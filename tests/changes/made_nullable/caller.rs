//! Sets the field, and reads it.

use api::models::GroupCreate;

pub fn purpose(create: GroupCreate) -> Option<String> {
    create.purpose("Cards").purpose
}
