use crate::support::{json, written};

macro_rules! times {
    ($library:ident) => {{
        let (first, second) = ("2025-03-04T09:15:00Z", "2025-06-18T14:02:31Z");
        let time = |text: &str| text.parse().expect("a time");
        let id = "3f2b8c1e-7a4d-4e6b-9c55-0d1e2f3a4b5c";
        let (id, owner) = (id.parse().expect("an id"), id.parse().expect("an id"));
        let tier = $library::models::Tier::GroupManaged;
        let group = $library::models::Group::new(id, "Payments", time(first), time(second), 3, owner, tier);
        let written = written(&group);
        (written["created_at"].clone(), written["modified_at"].clone())
    }};
}

#[test]
fn the_same_code_swaps_the_times() {
    let (first, second) = (json!("2025-03-04T09:15:00Z"), json!("2025-06-18T14:02:31Z"));
    assert_eq!(times!(old), (first.clone(), second.clone()));
    assert_eq!(times!(new), (second, first));
}
