//! What the document says about the service as a whole: the crate, the servers, the keys, the tags.

use openapiv3::{APIKeyLocation, ReferenceOr, SecurityScheme, Server as ServerObject};
use serde_json::Value;

use super::{Lowering, paths, prose};
use crate::diagnostics::{Code, Place};
use crate::ir::{ApiKey, Server, Site, Tag};
use crate::pointer::Pointer;

/// The parts of an API that are neither types nor operations.
pub(super) struct Service {
    pub(super) servers: Vec<Server>,
    pub(super) site_env: Option<String>,
    pub(super) keys: Vec<ApiKey>,
    pub(super) tags: Vec<Tag>,
}

/// Headers that the transport or the client sets itself, so that a key there would be lost or break the request.
const RESERVED_HEADERS: [&str; 17] = [
    "accept",
    "accept-encoding",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "date",
    "expect",
    "host",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
];

/// Longest name of a header. The usual servers take 8 KiB for all headers of a request; HTTP libraries panic at 64 KiB for
/// one name.
const MAX_HEADER: usize = 256;

impl Lowering<'_> {
    pub(super) fn service(&mut self) -> Service {
        Service { servers: self.servers(), site_env: self.site_env(), keys: self.keys(), tags: self.tags() }
    }

    fn site_env(&mut self) -> Option<String> {
        let variable = extension(&self.document.extensions, "x-site-env")?;
        self.check_variable(&Pointer::root().key("x-site-env"), &variable);
        Some(variable)
    }

    fn servers(&mut self) -> Vec<Server> {
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

    /// The schemes of the one security requirement that all operations share.
    fn keys(&mut self) -> Vec<ApiKey> {
        let components = self.components.object;
        let requirements = self.document.object.security.as_deref().unwrap_or_default();
        let security = Pointer::root().key("security");
        let schemes = Pointer::root().key("components").key("securitySchemes");
        if requirements.len() > 1 {
            self.unsupported(&security, "a choice between security requirements").help =
                Some("list schemes that are sent together as keys of one entry".to_owned());
        }
        let mut keys = Vec::new();
        for (name, _) in requirements.first().into_iter().flatten() {
            let at = schemes.key(name);
            match components.security_schemes.get(name) {
                None => {
                    let place = Place::Value(schemes.clone());
                    let problem = self.problem(
                        Code::UnresolvedReference,
                        &security.index(0).key(name),
                        format!("`{name}` is no entry of `components.securitySchemes`"),
                    );
                    problem.place = Place::Key(security.index(0).key(name));
                    problem.related.push((place, "the schemes of this document".to_owned()));
                    problem.help = Some(format!(
                        "describe it there:\n{name}:\n  type: apiKey\n  in: header\n  name: X-API-Key\n  x-env: API_KEY"
                    ));
                }
                Some(ReferenceOr::Item(SecurityScheme::APIKey {
                    location: APIKeyLocation::Header,
                    name: header,
                    description,
                    extensions,
                })) => keys.push(ApiKey {
                    name: name.clone(),
                    header: header.clone(),
                    description: prose(description.as_deref(), None),
                    env: extension(extensions, "x-env"),
                    rust_name: extension(extensions, "x-rust-name"),
                    pointer: at,
                }),
                Some(_) => {
                    self.unsupported(&at, "a security scheme other than an `apiKey` in a header").help =
                        Some("what can be sent is a header: `type: apiKey` with `in: header`".to_owned());
                }
            }
        }
        for name in components.security_schemes.keys() {
            if !requirements.first().is_some_and(|requirement| requirement.contains_key(name)) {
                self.unsupported(
                    &schemes.key(name),
                    "a security scheme that the document's `security` does not name",
                )
                .help = Some(format!("security:\n  - {name}: []"));
            }
        }
        for (index, key) in keys.iter().enumerate() {
            let is_same = |first: &&ApiKey| first.header.eq_ignore_ascii_case(&key.header);
            if let Some(first) = keys.iter().take(index).find(is_same) {
                let message = format!("two keys are sent as the header `{}`", key.header);
                let problem = self.problem(Code::InvalidExtension, &key.pointer.key("name"), message);
                problem.related.push((Place::Value(first.pointer.key("name")), "the other one".to_owned()));
                problem.help = Some("each key has a header of its own: mend the name of one".to_owned());
            }
            self.check_header(key);
            if let Some(variable) = &key.env {
                self.check_variable(&key.pointer.key("x-env"), variable);
            }
        }
        keys
    }

    fn check_header(&mut self, key: &ApiKey) {
        let name = &key.header;
        let at = key.pointer.key("name");
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_') {
            self.problem(Code::InvalidExtension, &at, format!("`{name}` is no name for a header")).help =
                Some("use letters, digits, `-` and `_`: `name: X-API-Key`".to_owned());
        } else if name.len() > MAX_HEADER {
            let message = format!("the name of this header is too long: {} letters", name.len());
            self.problem(Code::InvalidExtension, &at, message).help =
                Some(format!("use at most {MAX_HEADER} letters, digits, `-` and `_`: `name: X-API-Key`"));
        } else if RESERVED_HEADERS.iter().any(|reserved| name.eq_ignore_ascii_case(reserved)) {
            let message = format!("the header `{name}` belongs to HTTP or to the client, so no key can be sent in it");
            self.problem(Code::InvalidExtension, &at, message).help =
                Some("write the header in which the server expects the key: `name: X-API-Key`".to_owned());
        }
    }

    /// Refuses what no environment can hold, and what hides something.
    fn check_variable(&mut self, at: &Pointer, name: &str) {
        self.refuse_hidden(Place::Value(at.clone()), "the name of this variable", name);
        if name.is_empty() || name.contains('=') {
            let message = format!("no environment variable is called `{}`", name.escape_default());
            self.problem(Code::InvalidExtension, at, message).help =
                Some("write its name, without `=` and value: `EXAMPLE_API_KEY`".to_owned());
        }
    }

    fn tags(&self) -> Vec<Tag> {
        let tags = self.document.tags.iter();
        tags.map(|tag| Tag {
            name: tag.name.clone(),
            description: prose(tag.description.as_deref(), tag.external_docs.as_ref()),
        })
        .collect()
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

fn extension(extensions: &indexmap::IndexMap<String, Value>, name: &str) -> Option<String> {
    extensions.get(name).and_then(Value::as_str).map(str::to_owned)
}
