//! Policy suggestions.

use datadog_org_groups::models::{OrgGroupPolicySuggestionStatus as Status, OrgGroupPolicySuggestionType};
use serde_json::json;
use tests::calls::{Answered, GROUP, id};

use crate::wire::support::Resource;

pub(crate) const RESOURCE: Resource = Resource { tag: "Org Group Policy Suggestions", check };

fn check(operation: &str, answered: Answered) {
    match (operation, answered) {
        ("ListOrgGroupPolicySuggestions", Answered::Suggestions(list)) => {
            let [zone, days, sharing] = &list.data[..] else { panic!("three suggestions") };
            assert_eq!(zone.id.as_str(), "8b6f2d17-3c94-4ae0-b5d8-07f1e9a4c20c");
            assert_eq!(zone.r#type, OrgGroupPolicySuggestionType::OrgGroupPolicySuggestions);
            assert_eq!(zone.attributes.policy_name, "monitor_timezone");
            assert_eq!(zone.attributes.consensus_ratio, 0.625);
            assert_eq!(zone.attributes.recommended_value, "Europe/Oslo");
            assert_eq!(zone.attributes.status, Status::Pending);
            let group = zone.relationships.as_ref().and_then(|links| links.org_group.as_ref());
            assert_eq!(group.map(|group| group.data.id), Some(id(GROUP)));

            // The id need not be a uuid, and a ratio can be written as an integer.
            assert_eq!((days.id.as_str(), days.attributes.consensus_ratio), ("working_days:1", 1.0));
            assert_eq!(days.attributes.recommended_value, json!({"days": [1, 5], "strict": false}));
            assert_eq!((&days.attributes.status, &days.relationships), (&Status::Accepted, &None));

            assert_eq!(sharing.attributes.consensus_ratio, 0.0);
            assert!(sharing.attributes.recommended_value.is_null());
            assert_eq!(sharing.attributes.status, Status::Dismissed);
        }
        other => panic!("unexpected {other:?}"),
    }
}
