//! The destinations of calls, and the choice of callers.

use crate::ident::Ident;
use crate::ir::{Api, Server, ServerVariable};
use crate::names::Names;

/// The destinations of calls.
#[derive(Clone, Debug, Default)]
pub struct Served {
    /// The servers of most operations; the first is the default.
    pub usual: Vec<Server>,
    /// The operations with servers of their own.
    pub own_servers: Vec<OwnServers>,
    /// The setters for variables.
    pub variables: Vec<VariableSetter>,
}

/// Operations with the same servers of their own.
#[derive(Clone, Debug)]
pub struct OwnServers {
    pub servers: Vec<Server>,
    /// Their indices in [`Api::operations`].
    pub operations: Vec<usize>,
}

/// The method of the builder for a variable of URLs.
#[derive(Clone, Debug)]
pub struct VariableSetter {
    pub setter: Ident,
    /// The variable, as described by the first server that has it.
    pub variable: ServerVariable,
    /// The possible values; empty if any value is possible.
    pub values: Vec<String>,
}

impl Served {
    /// Whether only the caller knows the destination of calls.
    pub fn needs_base_url(&self) -> bool {
        self.usual.first().and_then(Server::default_url).is_none()
    }

    /// Returns the servers of an operation, if it has its own.
    pub fn servers_of(&self, operation: usize) -> Option<&[Server]> {
        let own_servers = self.own_servers.iter().find(|own_servers| own_servers.operations.contains(&operation))?;
        Some(&own_servers.servers)
    }
}

impl VariableSetter {
    /// Returns the setter's name in documentation and errors.
    pub fn name(&self) -> String {
        self.setter.unraw().to_string()
    }
}

pub(super) fn served(api: &Api, names: &Names) -> Served {
    let mut own_servers: Vec<OwnServers> = Vec::new();
    for (index, operation) in api.operations.iter().enumerate().filter(|(_, operation)| !operation.servers.is_empty()) {
        let servers = &operation.servers;
        match own_servers.iter_mut().find(|own_servers| is_same(&own_servers.servers, servers)) {
            Some(own_servers) => own_servers.operations.push(index),
            None => own_servers.push(OwnServers { servers: servers.clone(), operations: vec![index] }),
        }
    }
    let own: usize = own_servers.iter().map(|own_servers| own_servers.operations.len()).sum();
    let has_only_own_servers = !api.operations.is_empty() && own == api.operations.len();
    let mut usual = api.servers.clone();
    // If all operations have servers of their own, those of the document do not matter.
    if has_only_own_servers && usual.first().and_then(Server::default_url).is_none() {
        let most = own_servers.iter().rev().max_by_key(|own_servers| own_servers.operations.len());
        usual = most.map(|own_servers| own_servers.servers.clone()).unwrap_or_default();
    }
    own_servers.retain(|own_servers| !is_same(&own_servers.servers, &usual));
    Served { variables: variables(&usual, &own_servers, names), usual, own_servers }
}

fn is_same(one: &[Server], other: &[Server]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.serves_as(other))
}

fn variables(usual: &[Server], own_servers: &[OwnServers], names: &Names) -> Vec<VariableSetter> {
    let servers = || usual.iter().chain(own_servers.iter().flat_map(|own_servers| &own_servers.servers));
    let variables = || servers().flat_map(|server| &server.variables);
    let setters = names.variables.iter().filter_map(|(name, setter)| {
        let same = || variables().filter(|variable| variable.name == *name);
        let mut values: Vec<String> = Vec::new();
        if same().all(|variable| !variable.values.is_empty()) {
            for value in same().flat_map(|variable| variable.values.iter().chain(&variable.default)) {
                if !values.contains(value) {
                    values.push(value.clone());
                }
            }
        }
        Some(VariableSetter { setter: setter.clone(), variable: same().next()?.clone(), values })
    });
    setters.collect()
}
