use datadog_api_client::datadog::Configuration;
use datadog_api_client::datadogV2::api_teams::{ListTeamsOptionalParams, TeamsAPI};
use futures_util::{StreamExt, pin_mut};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let api = TeamsAPI::with_config(Configuration::new());
    let teams = api.list_teams_with_pagination(ListTeamsOptionalParams::default().filter_keyword("core".to_owned()));
    pin_mut!(teams);
    while let Some(team) = teams.next().await {
        println!("{}", team?.attributes.name);
    }
    Ok(())
}
