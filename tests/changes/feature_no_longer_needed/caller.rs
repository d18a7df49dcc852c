//! Makes a call that comes with a feature.
// features: moving

use api::Client;
use api::models::{GroupId, OrgId};

pub fn moved(client: &Client, org: OrgId, [from, to]: [GroupId; 2]) {
    let _ = client.move_members([org]).from(from).to(to);
}
