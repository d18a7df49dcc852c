// operations: ListOrgGroups ListOrgGroupMemberships ListOrgGroupPolicies ListOrgGroupPolicyOverrides

//! Prints every org group with its members, its policies and their overrides, as a tree.
//!
//! `cargo run --example audit`, with `DD_API_KEY`, `DD_APP_KEY` and `DD_SITE` in the environment.

use datadog_org_groups::models::{OrgGroupData, OrgGroupPolicyData, OrgGroupPolicyEnforcementTier};
use datadog_org_groups::{Client, ClientBuilder, Error, Value};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let client = client()?;
    let mut groups = client.list_org_groups().stream();
    while let Some(group) = groups.try_next().await? {
        println!("{} ({})", group.attributes.name, group.id);
        print_members(&client, &group).await?;
        print_policies(&client, &group).await?;
    }
    Ok(())
}

async fn print_members(client: &Client, group: &OrgGroupData) -> Result<(), Error> {
    let mut members = client.list_org_group_memberships(group.id).stream();
    while let Some(member) = members.try_next().await? {
        let member = member.attributes;
        println!("  member {} ({}, {})", member.org_name, member.org_site, member.org_uuid);
    }
    Ok(())
}

async fn print_policies(client: &Client, group: &OrgGroupData) -> Result<(), Error> {
    let mut policies = client.list_org_group_policies(group.id).stream();
    while let Some(policy) = policies.try_next().await? {
        let tier = match &policy.attributes.enforcement_tier {
            OrgGroupPolicyEnforcementTier::OverrideAllowed => "organizations may change it",
            OrgGroupPolicyEnforcementTier::GroupManaged => "fixed",
            OrgGroupPolicyEnforcementTier::Delegate => "left to each organization",
            // Former names, and future ones.
            other => other.as_str(),
        };
        let content = Value::from(policy.attributes.content.clone());
        println!("  policy {}: {content}, {tier}", policy.attributes.policy_name);
        print_overrides(client, group, &policy).await?;
    }
    Ok(())
}

async fn print_overrides(client: &Client, group: &OrgGroupData, policy: &OrgGroupPolicyData) -> Result<(), Error> {
    let call = client.list_org_group_policy_overrides(group.id).policy(policy.id);
    let mut overrides = call.stream();
    while let Some(exception) = overrides.try_next().await? {
        println!("    override for {} ({})", exception.attributes.org_uuid, exception.attributes.org_site);
    }
    Ok(())
}

/// Creates a client from the environment; `BASE_URL` names another server, such as one for tests.
fn client() -> Result<Client, Error> {
    let builder = ClientBuilder::from_env();
    match std::env::var("BASE_URL") {
        Ok(url) => builder.base_url(url).build(),
        Err(_) => builder.build(),
    }
}
