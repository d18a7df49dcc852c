// operations: BulkUpdateOrgGroupMemberships

//! Moves the organizations in a file from one group to another.
//!
//! `cargo run --example bulk_move -- FILE SOURCE TARGET`, the groups as uuids, with `DD_API_KEY`, `DD_APP_KEY` and
//! `DD_SITE` in the environment. The file has a line `SITE UUID` for each organization, such as
//! `us1 5e93a7f4-0c1d-4b86-9d27-e8b4f6a2c135`; empty lines are skipped.
//!
//! They go in batches: each moves as a whole or not at all, but a batch that fails leaves those before it done. The
//! program then prints the outcome for each organization, in lines that can go into the file of another run, and ends with
//! exit code 1.

use std::error::Error;
use std::process::ExitCode;

use datadog_org_groups::models::{GlobalOrgIdentifier, OrgGroupId, OrgGroupMembershipListResponse};
use datadog_org_groups::{Batch, Client, ClientBuilder, Effect};

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(file), Some(source), Some(target), None) =
        (arguments.next(), arguments.next(), arguments.next(), arguments.next())
    else {
        return Err("give a file of organizations, the group that they leave, and the group that they enter".into());
    };
    let (source, target): (OrgGroupId, OrgGroupId) = (source.parse()?, target.parse()?);
    // Every mistake in the file is found before the first call.
    let text = std::fs::read_to_string(&file).map_err(|error| format!("{file}: {error}"))?;
    let organizations = read(&text)?;
    let client = client()?;

    let call = client.bulk_update_org_group_memberships(organizations).from(source).to(target);
    let failure = match call.send_in_batches().await {
        Ok(batches) => {
            print_moved(&batches);
            return Ok(ExitCode::SUCCESS);
        }
        Err(failure) => failure,
    };
    print_moved(&failure.done);
    let effect = match failure.error.effect() {
        Effect::No => "were not moved",
        Effect::Unknown => "may have been moved: look before you try again",
        Effect::Yes => "were moved, but the response cannot be read",
    };
    println!("batch {} failed: {} organizations {effect}", failure.done.len() + 1, failure.failed.len());
    print_organizations(&failure.failed);
    println!("not tried: {} organizations", failure.untried.len());
    print_organizations(&failure.untried);
    eprintln!("{}", failure.error);
    Ok(ExitCode::FAILURE)
}

/// Reads one line `SITE UUID` per organization.
fn read(text: &str) -> Result<Vec<GlobalOrgIdentifier>, String> {
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(number, line)| organization(line).ok_or(format!("line {number} is not SITE UUID: {line}"))).collect()
}

fn organization(line: &str) -> Option<GlobalOrgIdentifier> {
    let (site, uuid) = line.trim().split_once(char::is_whitespace)?;
    Some(GlobalOrgIdentifier::new(site, uuid.trim().parse().ok()?))
}

fn print_moved(batches: &[Batch<GlobalOrgIdentifier, OrgGroupMembershipListResponse>]) {
    for (number, batch) in (1..).zip(batches) {
        println!("batch {number}: {} organizations moved", batch.items.len());
        print_organizations(&batch.items);
    }
}

fn print_organizations(organizations: &[GlobalOrgIdentifier]) {
    for organization in organizations {
        println!("{} {}", organization.org_site, organization.org_uuid);
    }
}

/// Creates a client from the environment; `BASE_URL` names another server, such as one for tests.
fn client() -> Result<Client, datadog_org_groups::Error> {
    let builder = ClientBuilder::from_env();
    match std::env::var("BASE_URL") {
        Ok(url) => builder.base_url(url).build(),
        Err(_) => builder.build(),
    }
}
