use std::collections::HashSet;

use super::Tier;

#[test]
fn known_values_are_recognized_from_every_source() {
    assert_eq!(Tier::KNOWN, [Tier::OverrideAllowed, Tier::GroupManaged]);
    for tier in Tier::KNOWN {
        let text = tier.as_str();
        assert_eq!(&Tier::from(text), tier);
        assert_eq!(&Tier::from(text.to_owned()), tier);
        assert_eq!(&text.parse::<Tier>().unwrap(), tier);
        assert_eq!(&serde_json::from_value::<Tier>(text.into()).unwrap(), tier);
        assert_eq!(&serde_json::from_str::<Tier>(&format!("{text:?}")).unwrap(), tier);
    }
}

#[test]
fn unknown_values_are_kept() {
    let tier: Tier = serde_json::from_str(r#""ENF\u004fRCE""#).unwrap();
    assert_eq!(tier, Tier::from("ENFORCE"));
    assert_eq!(tier.as_str(), "ENFORCE");
    assert_eq!((tier.is_known(), Tier::from_known("ENFORCE")), (false, None));
    assert_eq!(Tier::from_known("GROUP_MANAGED").map(|tier| tier.is_known()), Some(true));
    assert_eq!(tier.to_string(), "ENFORCE");
    assert_eq!(format!("{tier:>8}|{tier:?}"), r#" ENFORCE|Unrecognized("ENFORCE")"#);
    assert_eq!(serde_json::to_string(&tier).unwrap(), r#""ENFORCE""#);
    match tier {
        Tier::Unrecognized(text) => assert_eq!((text.as_str(), text.to_string()), ("ENFORCE", "ENFORCE".into())),
        _ => panic!("known"),
    }
}

#[test]
fn they_sort_as_the_description_lists_them() {
    assert!(Tier::OverrideAllowed < Tier::GroupManaged);
    assert!(Tier::GroupManaged < Tier::from("A"));
    assert!(Tier::from("A") < Tier::from("B"));
    assert_eq!(HashSet::from([Tier::from("A"), Tier::from("A"), Tier::GroupManaged]).len(), 2);
}

#[test]
fn other_types_are_rejected() {
    let error = serde_json::from_str::<Tier>("1").unwrap_err().to_string();
    assert_eq!(error, "invalid type: integer `1`, expected a string (Tier) at line 1 column 1");
}
