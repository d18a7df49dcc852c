use datadog_api_client::datadog::Configuration;
use datadog_api_client::datadogV2::api_org_groups::{ListOrgGroupsOptionalParams, OrgGroupsAPI};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut configuration = Configuration::new();
    configuration.set_unstable_operation_enabled("v2.list_org_groups", true);
    let api = OrgGroupsAPI::with_config(configuration);
    for group in api.list_org_groups(ListOrgGroupsOptionalParams::default()).await?.data {
        println!("{} {}", group.id, group.attributes.name);
    }
    Ok(())
}
