use org_groups_openapi_generator::apis::{configuration::Configuration, org_groups_api::list_org_groups};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    for group in list_org_groups(&Configuration::new(), None, None, None).await?.data {
        println!("{} {}", group.id, group.attributes.name);
    }
    Ok(())
}
