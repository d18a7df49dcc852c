use crate::support::{json, written};

/// The steps have names; the arguments of the model have none.
macro_rules! body {
    ($library:ident) => {{
        let [one, other] = ["3f2b8c1e-7a4d-4e6b-9c55-0d1e2f3a4b5c", "8d0c5a72-1b3e-4f90-a6d4-5c7e9b1f2a38"];
        let [one, other] = [one, other].map(|id| id.parse().expect("an id"));
        written(&$library::models::Move::new(Vec::new(), one, other))["from"].clone()
    }};
}

#[test]
fn the_same_code_moves_the_other_way() {
    assert_eq!(body!(old), json!("3f2b8c1e-7a4d-4e6b-9c55-0d1e2f3a4b5c"));
    assert_eq!(body!(new), json!("8d0c5a72-1b3e-4f90-a6d4-5c7e9b1f2a38"));
}
