//! The servers of the description, and the server of each call.

use crate::api::{OTHER_SERVERS, SERVERS};
use crate::runtime::client::base_url::BaseUrl;
use crate::runtime::client::text::{append, is_all};

/// A server of the description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(unreachable_pub, reason = "an API need not have servers to choose from")]
pub struct Server {
    /// With `{name}` for each variable; a path alone, if the host is unknown.
    url: &'static str,
    variables: &'static [Variable],
    site: Option<&'static str>,
}

/// A variable of a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Variable {
    pub(crate) name: &'static str,
    /// The builder's method that sets it.
    pub(crate) setter: &'static str,
    /// `None` if it must be set.
    pub(crate) default: Option<&'static str>,
    /// The valid values; empty if any value is valid.
    pub(crate) values: &'static [&'static str],
}

/// Operations with servers of their own.
#[derive(Debug)]
pub(crate) struct OwnServers {
    /// Their ids, sorted.
    pub(crate) operations: &'static [&'static str],
    pub(crate) servers: &'static [Server],
}

/// The caller's choice of servers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Chosen {
    pub(crate) site: Option<&'static str>,
    /// The variables that the caller set, with their values.
    pub(crate) variables: Vec<(&'static str, String)>,
}

impl Chosen {
    /// The caller's value of a variable.
    #[inline]
    fn value(&self, name: &str) -> Option<&str> {
        for (chosen, value) in &self.variables {
            if *chosen == name {
                return Some(value);
            }
        }
        None
    }
}

/// The destinations of a client's calls.
pub(crate) struct Targets {
    usual: BaseUrl,
    /// In the order of [`OTHER_SERVERS`]; empty, if all calls go to the caller's base URL. An error says why such a
    /// call cannot be sent.
    others: Vec<Result<BaseUrl, String>>,
}

impl Server {
    /// Creates a server with this URL.
    #[inline]
    #[must_use]
    pub(crate) const fn new(url: &'static str) -> Server {
        Server { url, variables: &[], site: None }
    }

    /// Adds the variables of the URL.
    #[inline]
    #[allow(dead_code, reason = "an API need not have variables")]
    pub(crate) const fn with(self, variables: &'static [Variable]) -> Server {
        Server { variables, ..self }
    }

    /// Assigns the server to a site.
    #[allow(dead_code, reason = "an operation need not have a server of each site")]
    pub(crate) const fn of(self, site: &'static str) -> Server {
        Server { site: Some(site), ..self }
    }

    /// Whether this server accepts all variables that the caller set. Variables that no server has are for other
    /// servers.
    #[inline]
    fn admits(&self, chosen: &Chosen, all: &[Server]) -> bool {
        for (name, value) in &chosen.variables {
            let is_admitted = match self.variable(name) {
                Some(variable) => variable.admits(value),
                None => variable_of(all, name).is_none(),
            };
            if !is_admitted {
                return false;
            }
        }
        true
    }

    #[inline]
    fn variable(&self, name: &str) -> Option<&'static Variable> {
        self.variables.iter().find(|variable| variable.name == name)
    }

    /// Returns the URL with the values of the caller.
    #[inline]
    fn url(&self, chosen: &Chosen) -> Result<String, String> {
        let mut url = String::new();
        let mut missing = String::new();
        // One part after another: values are not searched for variables.
        let mut rest = self.url;
        while let Some((fixed, behind)) = rest.split_once('{') {
            url.push_str(fixed);
            let (name, behind) = behind.split_once('}').unwrap_or((behind, ""));
            rest = behind;
            let variable = self.variable(name);
            let (setter, default) = variable.map_or((name, None), |variable| (variable.setter, variable.default));
            match chosen.value(name).or(default) {
                Some(value) if is_in_host(&url, rest) && !is_host_part(value) => {
                    return Err(format!("{setter}: {value:?} cannot be a part of a host name"));
                }
                Some(value) => url.push_str(value),
                None => append(&mut missing, " and ", setter),
            }
        }
        url.push_str(rest);
        if !missing.is_empty() {
            return Err(format!("{missing} is missing: the URL of the server is {}", self.url));
        }
        if !url.contains("://") {
            return Err(format!(
                "no base URL is set, and the description does not name the host of the API: set it as \
                 base_url(\"https://HOST{}{url}\")",
                if url.is_empty() || url.starts_with('/') { "" } else { "/" }
            ));
        }
        Ok(url)
    }
}

/// The variable of this name of the first server that has one.
#[inline]
fn variable_of(servers: &[Server], name: &str) -> Option<&'static Variable> {
    for server in servers {
        if let Some(variable) = server.variable(name) {
            return Some(variable);
        }
    }
    None
}

/// Whether a variable between these parts of a URL is a part of its host, without being the last: its value must not
/// end the host, or the credentials would go to another.
#[inline]
fn is_in_host(before: &str, behind: &str) -> bool {
    let is_open = before.split_once("://").is_some_and(|(_, authority)| !authority.contains('/'));
    is_open && !behind.is_empty() && !behind.starts_with('/')
}

#[inline]
fn is_host_part(value: &str) -> bool {
    is_all(value, |byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
}

impl Variable {
    #[inline]
    fn admits(&self, value: &str) -> bool {
        self.values.is_empty() || self.values.contains(&value) || self.default == Some(value)
    }
}

/// Returns the URL of the site's server, or else of the first server that accepts all variables of the caller.
///
/// # Errors
/// Says what the caller has to set instead.
#[inline]
pub(crate) fn resolve(servers: &[Server], chosen: &Chosen) -> Result<String, String> {
    let mut admitting = None;
    for server in servers {
        let is_of_site = server.site.is_some() && server.site == chosen.site;
        let admits = server.admits(chosen, servers);
        if is_of_site && !admits {
            return Err(not_admitted(servers, chosen));
        }
        if is_of_site {
            return server.url(chosen);
        }
        if admits && admitting.is_none() {
            admitting = Some(server);
        }
    }
    match admitting {
        Some(server) => server.url(chosen),
        None if servers.is_empty() => Server::new("").url(chosen),
        None => Err(not_admitted(servers, chosen)),
    }
}

/// Names the values that no server accepts, and the valid ones; or says that they cannot be combined.
#[inline]
fn not_admitted(servers: &[Server], chosen: &Chosen) -> String {
    for (name, value) in &chosen.variables {
        let Some(first) = variable_of(servers, name) else { continue };
        let (mut values, mut is_admitted) = (String::new(), false);
        for server in servers {
            let Some(variable) = server.variable(name) else { continue };
            is_admitted |= variable.admits(value);
            for value in variable.values {
                append(&mut values, ", ", value);
            }
        }
        if !is_admitted {
            return format!("{}: no server accepts {value:?}; valid values: {values}", first.setter);
        }
    }
    let mut setters = String::new();
    for (name, _) in &chosen.variables {
        if let Some(variable) = variable_of(servers, name) {
            append(&mut setters, " and ", variable.setter);
        }
    }
    format!("no server accepts the values of {setters} together")
}

impl Targets {
    /// Sends all calls to this URL.
    #[inline]
    pub(crate) fn all_at(url: BaseUrl) -> Targets {
        Targets { usual: url, others: Vec::new() }
    }

    /// Sends calls to this URL, and those of operations with servers of their own to these.
    #[inline]
    pub(crate) fn new(usual: BaseUrl, chosen: &Chosen, allow_insecure_http: bool) -> Targets {
        let mut others = Vec::new();
        for own in OTHER_SERVERS {
            others.push(match resolve(own.servers, chosen) {
                Ok(url) => BaseUrl::parse(&url, allow_insecure_http),
                Err(problem) => Err(problem),
            });
        }
        Targets { usual, others }
    }

    /// The destination of calls without servers of their own.
    #[inline]
    pub(crate) fn usual(&self) -> &BaseUrl {
        &self.usual
    }

    /// Returns the destination of the operation with this id.
    ///
    /// # Errors
    /// Says why it is unknown.
    pub(crate) fn of(&self, operation: &str) -> Result<&BaseUrl, &str> {
        for (place, own) in OTHER_SERVERS.iter().enumerate() {
            if own.operations.binary_search(&operation).is_ok()
                && let Some(url) = self.others.get(place)
            {
                return url.as_ref().map_err(String::as_str);
            }
        }
        Ok(&self.usual)
    }

    /// All destinations of calls.
    #[inline]
    #[cfg(feature = "reqwest")]
    pub(crate) fn all(&self) -> Vec<&BaseUrl> {
        let mut all = vec![&self.usual];
        for other in &self.others {
            all.extend(other);
        }
        all
    }
}

/// Returns the destination if no site, server or base URL is set.
///
/// # Errors
/// Says what has to be set.
#[inline]
pub(crate) fn default_url(chosen: &Chosen) -> Result<String, String> {
    resolve(SERVERS, chosen)
}
