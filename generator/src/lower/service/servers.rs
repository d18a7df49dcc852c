//! Where the API is served.

use openapiv3::Server as ServerObject;

use super::extension;
use crate::diagnostics::{Code, Place};
use crate::ir::{Server, Site};
use crate::lower::{Lowering, paths};
use crate::pointer::Pointer;

impl Lowering<'_> {
    pub(super) fn site_env(&mut self) -> Option<String> {
        let variable = extension(&self.document.extensions, "x-site-env")?;
        self.check_variable(&Pointer::root().key("x-site-env"), &variable);
        Some(variable)
    }

    pub(super) fn servers(&mut self) -> Vec<Server> {
        let root = Pointer::root().key("servers");
        let document = self.document.object;
        if document.servers.is_empty() {
            self.problem(Code::InvalidServer, &Pointer::root(), "`servers` is missing: calls need somewhere to go")
                .help = Some("servers:\n  - url: https://api.example.com".to_owned());
        }
        let servers = document.servers.iter().enumerate();
        let servers: Vec<Server> = servers.map(|(index, server)| self.server(server, root.index(index))).collect();
        self.check_sites(&servers);
        servers
    }

    /// A site is found by its domain, in the variable that names it or where the program says so.
    fn check_sites(&mut self, servers: &[Server]) {
        let sites = || servers.iter().filter_map(|server| Some((server, server.site.as_ref()?)));
        for (index, (server, site)) in sites().enumerate() {
            let at = server.pointer.key("x-site");
            if site.domain.trim().is_empty() {
                self.problem(Code::InvalidExtension, &at, "`x-site` is empty, so nothing picks this server").help =
                    Some("write what a user sets to come here: `x-site: example.com`".to_owned());
            }
            self.refuse_hidden(Place::Value(at.clone()), "the site", &site.domain);
            if let Some((first, _)) = sites().take(index).find(|(_, first)| first.domain == site.domain) {
                let first = Place::Value(first.pointer.key("x-site"));
                let message = format!("two servers have the site `{}`", site.domain);
                let problem = self.problem(Code::InvalidExtension, &at, message);
                problem.related.push((first, "the other one".to_owned()));
                problem.help = Some("keep one server for each site".to_owned());
            }
        }
        if sites().next().is_none() && self.document.extensions.contains_key("x-site-env") {
            let pointer = Pointer::root().key("x-site-env");
            let message = "`x-site-env` names a variable for the site, but no server has an `x-site`";
            self.problem(Code::InvalidExtension, &pointer, message).help =
                Some("give each server `x-site` and `x-site-name`, or leave the key out".to_owned());
        }
    }

    fn server(&mut self, server: &ServerObject, pointer: Pointer) -> Server {
        let url = pointer.key("url");
        if server.variables.as_ref().is_some_and(|variables| !variables.is_empty()) || server.url.contains('{') {
            self.unsupported(&url, "a server with variables").help =
                Some("list the servers one by one, each with its full `url`".to_owned());
        } else if !(server.url.starts_with("https://") || server.url.starts_with("http://")) {
            self.problem(Code::InvalidServer, &url, format!("`{}` is no absolute http URL", server.url)).help =
                Some("write it with its scheme and host: `url: https://api.example.com`".to_owned());
        } else if let Some(reason) = unusable(&server.url) {
            self.problem(Code::InvalidServer, &url, format!("no call can be sent below `{}`: {reason}", server.url))
                .help = Some("write scheme, host and perhaps a path: `url: https://api.example.com/v1`".to_owned());
        }
        let domain = extension(&server.extensions, "x-site");
        let name = extension(&server.extensions, "x-site-name");
        let site = match (domain, name) {
            (Some(domain), Some(name)) => Some(Site { domain, name }),
            (None, None) => None,
            (domain, _) => {
                let (key, missing) = if domain.is_some() {
                    ("x-site", "add the name of the site in Rust: `x-site-name: EU1`")
                } else {
                    ("x-site-name", "add what a user sets to come here: `x-site: example.com`")
                };
                self.problem(Code::InvalidExtension, &pointer.key(key), "`x-site` and `x-site-name` go together")
                    .help = Some(missing.to_owned());
                None
            }
        };
        Server {
            url: server.url.trim_end_matches('/').to_owned(),
            description: server.description.as_deref().unwrap_or_default().trim().to_owned(),
            site,
            pointer,
        }
    }
}

/// Why the emitted client would refuse a URL that begins with its scheme.
fn unusable(url: &str) -> Option<&'static str> {
    let (_, rest) = url.split_once("://")?;
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    if url.contains('@') {
        return Some("a user or password has no place in it");
    }
    if url.contains(['?', '#']) {
        return Some("a query or a fragment has no place in it");
    }
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    };
    let is_name =
        |host: &str| !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b));
    let is_host = match host.strip_prefix('[') {
        Some(rest) => rest.strip_suffix(']').is_some_and(|address| address.parse::<std::net::Ipv6Addr>().is_ok()),
        None => is_name(host),
    };
    if !is_host {
        return Some("its host is not a name or an address");
    }
    if port.is_some_and(|port| port.parse::<u16>().is_ok_and(|port| port == 0) || port.parse::<u16>().is_err()) {
        return Some("its port is not a number from 1 to 65535");
    }
    let path = format!("/{path}");
    (path.contains(['{', '}']) || paths::check(&path).is_err()).then_some("its path is not as it is sent")
}
