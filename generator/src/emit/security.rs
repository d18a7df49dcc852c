//! Documents the credentials that an operation needs.

use super::{Context, docs};
use crate::ir::{Credential, Operation, Requirement, Security};

/// Returns a sentence; `None` if all operations need the same credentials, and there are no scopes.
pub(super) fn sentence(context: &Context<'_>, operation: &Operation) -> Option<String> {
    let security = context.api.security_of(operation);
    let has_scopes = security
        .requirements()
        .iter()
        .any(|requirement| requirement.credentials.iter().any(|credential| !credential.scopes.is_empty()));
    if context.api.schemes.is_empty() || (context.surface.requires_all_schemes() && !has_scopes) {
        return None;
    }
    let Security::OneOf(requirements) = security else { return Some("Needs no credentials.".to_owned()) };
    let sets = requirements.iter().filter(|requirement| !requirement.credentials.is_empty());
    let sets: Vec<String> = sets.map(|requirement| set(context, requirement)).collect();
    let is_optional = sets.len() < requirements.len();
    let sets = sets.join(", or ");
    Some(if is_optional { format!("Accepts {sets}, but needs no credentials.") } else { format!("Needs {sets}.") })
}

fn set(context: &Context<'_>, requirement: &Requirement) -> String {
    let credentials: Vec<String> =
        requirement.credentials.iter().map(|credential| self::credential(context, credential)).collect();
    docs::enumeration(&credentials)
}

fn credential(context: &Context<'_>, credential: &Credential) -> String {
    let setter = context.surface.schemes[credential.scheme].name();
    let link = format!("[`{setter}`](crate::ClientBuilder::{setter})");
    let scopes: Vec<String> = credential.scopes.iter().map(|scope| docs::code(scope)).collect();
    match scopes.as_slice() {
        [] => link,
        [scope] => format!("{link} with the scope {scope}"),
        scopes => format!("{link} with the scopes {}", docs::enumeration(scopes)),
    }
}
