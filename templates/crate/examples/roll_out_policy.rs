// operations: CreateOrgGroupPolicy CreateOrgGroupPolicyOverride

//! Sets a policy for a group, and lets some of its organizations differ.
//!
//! `cargo run --example roll_out_policy -- GROUP SETTING VALUE [SITE/ORGANIZATION…]`, such as `… monitor_timezone UTC
//! us1/5e93a7f4-0c1d-4b86-9d27-e8b4f6a2c135`, with `DD_API_KEY`, `DD_APP_KEY` and `DD_SITE` in the environment. The
//! value is JSON, such as `true`; text that is not JSON is a string.

use std::error::Error;

use datadog_org_groups::models::{OrgGroupId, OrgGroupPolicyEnforcementTier, OrgUuid};
use datadog_org_groups::{Client, ClientBuilder, JsonObject, Value};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(group), Some(setting), Some(value)) = (arguments.next(), arguments.next(), arguments.next()) else {
        return Err("give the id of a group, a setting, its value, and the organizations that may differ".into());
    };
    let group: OrgGroupId = group.parse()?;
    // Check all arguments before the first call.
    let exceptions = arguments.map(|argument| exception(&argument)).collect::<Result<Vec<_>, _>>()?;
    let client = client()?;

    let value = value.parse().unwrap_or_else(|_| Value::from(value));
    let content = JsonObject::from([("value", value)]);
    let policy = client
        .create_org_group_policy(group, setting, content)
        .enforcement_tier(OrgGroupPolicyEnforcementTier::GroupManaged)
        .send()
        .await?;
    println!("created the policy {}", policy.data.id);
    for (site, organization) in exceptions {
        let made = client.create_org_group_policy_override(group, policy.data.id, site, organization).send().await?;
        println!("{organization} may differ ({})", made.data.id);
    }
    Ok(())
}

/// Reads `SITE/ORGANIZATION`.
fn exception(argument: &str) -> Result<(String, OrgUuid), Box<dyn Error>> {
    let (site, organization) =
        argument.split_once('/').ok_or_else(|| format!("{argument} is not SITE/ORGANIZATION"))?;
    Ok((site.to_owned(), organization.parse()?))
}

/// Creates a client from the environment; `BASE_URL` names another server, such as one for tests.
fn client() -> Result<Client, datadog_org_groups::Error> {
    let builder = ClientBuilder::from_env();
    match std::env::var("BASE_URL") {
        Ok(url) => builder.base_url(url).build(),
        Err(_) => builder.build(),
    }
}
