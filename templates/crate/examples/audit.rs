// operations: ListOrgGroups ListOrgGroupMemberships ListOrgGroupPolicies ListOrgGroupPolicyOverrides

//! Prints every org group with its members, policies and overrides, as a tree.
//!
//! `cargo run --example audit`, with `DD_API_KEY`, `DD_APP_KEY` and `DD_SITE` in the environment.

use datadog_org_groups::models::{OrgGroupData, OrgGroupPolicyEnforcementTier};
use datadog_org_groups::{Client, ClientBuilder, Error};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let client = client()?;
    let mut groups = client.list_org_groups().page_size(1000).stream();
    while let Some(group) = groups.try_next().await? {
        println!("{} ({})", group.attributes.name, group.id);
        print_members(&client, &group).await?;
        print_policies(&client, &group).await?;
        print_overrides(&client, &group).await?;
    }
    Ok(())
}

async fn print_members(client: &Client, group: &OrgGroupData) -> Result<(), Error> {
    let mut members = client.list_org_group_memberships(group.id).page_size(1000).stream();
    while let Some(member) = members.try_next().await? {
        let attributes = member.attributes;
        println!("  member {} ({}, {})", attributes.org_name, attributes.org_site, attributes.org_uuid);
    }
    Ok(())
}

async fn print_policies(client: &Client, group: &OrgGroupData) -> Result<(), Error> {
    let mut policies = client.list_org_group_policies(group.id).page_size(1000).stream();
    while let Some(policy) = policies.try_next().await? {
        let attributes = policy.attributes;
        let tier = match &attributes.enforcement_tier {
            OrgGroupPolicyEnforcementTier::OverrideAllowed => "organizations may change it",
            OrgGroupPolicyEnforcementTier::GroupManaged => "fixed",
            OrgGroupPolicyEnforcementTier::Delegate => "left to each organization",
            // Former names, and those to come.
            other => other.as_str(),
        };
        let content = attributes.content.unwrap_or_default();
        println!("  policy {}: {}, {tier}", attributes.policy_name, serde_json::Value::Object(content));
    }
    Ok(())
}

async fn print_overrides(client: &Client, group: &OrgGroupData) -> Result<(), Error> {
    let mut overrides = client.list_org_group_policy_overrides(group.id).page_size(1000).stream();
    while let Some(exception) = overrides.try_next().await? {
        println!("  override for {} ({})", exception.attributes.org_uuid, exception.attributes.org_site);
    }
    Ok(())
}

/// A client with what the environment says; `BASE_URL` names another server, such as one for tests.
fn client() -> Result<Client, Error> {
    let builder = ClientBuilder::from_env();
    match std::env::var("BASE_URL") {
        Ok(url) => builder.base_url(url).build(),
        Err(_) => builder.build(),
    }
}
