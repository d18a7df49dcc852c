use crate::support::{client, now};

#[test]
fn members_are_not_moved_to_their_own_group() {
    let id = "3f2b8c1e-7a4d-4e6b-9c55-0d1e2f3a4b5c";
    let (client, sent) = client!(old, 204, "");
    let org = id.parse::<old::models::OrgId>().expect("an id");
    let call = client.move_members(vec![org]).from(old::models::GroupId::from(id)).to(old::models::GroupId::from(id));
    now(call.send()).expect("moved");
    assert_eq!(sent.lock().expect("one thread").len(), 1);
    let (client, sent) = client!(new, 204, "");
    let org = id.parse::<new::models::OrgId>().expect("an id");
    let group = id.parse::<new::models::GroupId>().expect("an id");
    assert!(now(client.move_members(vec![org]).from(group).to(group).send()).is_err());
    assert_eq!(sent.lock().expect("one thread").len(), 0);
}
