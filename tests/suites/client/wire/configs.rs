//! Policy configs.

use datadog_org_groups::models::OrgGroupPolicyConfigType;
use serde_json::json;
use tests::calls::Answered;

use crate::wire::support::Resource;

pub(crate) const RESOURCE: Resource = Resource { tag: "Org Group Policy Configs", check };

fn check(operation: &str, answered: Answered) {
    match (operation, answered) {
        ("ListOrgGroupPolicyConfigs", Answered::Configs(list)) => {
            let [zone, days, sharing] = &list.data[..] else { panic!("three configs") };
            assert_eq!((zone.id.as_str(), zone.attributes.name.as_str()), ("monitor_timezone", "monitor_timezone"));
            assert_eq!(zone.r#type, OrgGroupPolicyConfigType::OrgGroupPolicyConfigs);
            assert_eq!(zone.attributes.allowed_values, ["UTC", "Europe/Oslo"]);
            assert_eq!(zone.attributes.default_value, "UTC");
            assert_eq!(zone.attributes.description, "Time zone for schedules");
            assert_eq!(zone.attributes.value_type, "string");
            assert_eq!(days.attributes.allowed_values, [""; 0]);
            assert_eq!(days.attributes.default_value, json!({"days": [1, 5], "strict": false}));
            assert!(sharing.attributes.default_value.is_null());
        }
        other => panic!("unexpected {other:?}"),
    }
}
