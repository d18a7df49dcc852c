use datadog_teams::{Client, Error};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let client = Client::from_env()?;
    let mut teams = client.list_teams().filter_keyword("core").stream();
    while let Some(team) = teams.try_next().await? {
        println!("{}", team.attributes.name);
    }
    Ok(())
}
