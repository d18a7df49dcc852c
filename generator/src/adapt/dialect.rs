//! Extensions and habits of Datadog's own descriptions, for which we have others: the environment variable of a key,
//! and the sites.

use std::collections::BTreeSet;

use heck::ToUpperCamelCase as _;

use super::{Adapting, entry, str_of, text};
use crate::diagnostics::{Code, Place};
use crate::pointer::Pointer;
use crate::source::{Entry, Mapping, Node, Value};

/// The extension that names the environment variable of a key.
const ENV_NAME: &str = "x-env-name";

/// The server variable whose values are sites.
const SITE: &str = "site";

pub(super) fn translate(walk: &mut Adapting<'_>, root: &mut Node) {
    let variables = variables_of_keys(walk, root);
    sites(walk, root, &variables);
}

/// Reads `x-env-name` as `x-env`. Returns the environment variables that it names.
fn variables_of_keys(walk: &mut Adapting<'_>, root: &mut Node) -> BTreeSet<String> {
    let mut variables = BTreeSet::new();
    let at = Pointer::root().key("components").key("securitySchemes");
    let Some(Node { value: Value::Mapping(schemes), .. }) = descend(root, &["components", "securitySchemes"]) else {
        return variables;
    };
    for (name, scheme) in schemes.values_mut() {
        let Value::Mapping(scheme) = &mut scheme.value else { continue };
        if scheme.entry("x-env").is_some() || str_of(scheme, ENV_NAME).is_none() {
            continue;
        }
        let Some(named) = scheme.remove(ENV_NAME) else { continue };
        variables.extend(named.node.value.as_str().map(str::to_owned));
        scheme.insert(Entry { key: "x-env".to_owned(), ..named });
        let message = format!("`{ENV_NAME}` is read as `x-env`");
        walk.report_at(Code::ForeignExtension, Place::Key(at.key(name).key("x-env")), message).help =
            Some("write `x-env`".to_owned());
    }
    variables
}

/// Adds a server for each site of a variable with this name, if the host of the first server ends with it.
fn sites(walk: &mut Adapting<'_>, root: &mut Node, variables: &BTreeSet<String>) {
    let Value::Mapping(document) = &mut root.value else { return };
    let Some(servers) = document.entry("servers").map(|entry| &entry.node) else { return };
    let Some(sites) = servers.value.as_sequence().and_then(|servers| Sites::of(servers.first()?)) else { return };
    let span = servers.span;
    let made = sites.domains.iter().map(|domain| sites.server(domain)).collect();
    document.insert(entry("servers", Value::Sequence(made), span));
    if let Some(variable) = site_variable(variables)
        && document.entry("x-site-env").is_none()
    {
        document.insert(entry("x-site-env", text(&variable), span));
    }
    let message = format!("the server has {} sites: each is read as a separate server", sites.domains.len());
    walk.report_at(Code::SitesOfVariable, Place::Value(Pointer::root().key("servers")), message).help = Some(
        "write a server with `x-site` and `x-site-name` for each; callers set any other URL by `base_url`".to_owned(),
    );
}

/// A server with a variable for its site.
struct Sites {
    /// The URL, with that variable and no other.
    url: String,
    /// The sites, the default first.
    domains: Vec<String>,
    server: Node,
}

impl Sites {
    fn of(server: &Node) -> Option<Self> {
        let placeholder = format!("{{{SITE}}}");
        let mut url = server.get("url")?.value.as_str()?.to_owned();
        let variables = server.get("variables")?.value.as_mapping()?;
        let default = |variable: &Node| variable.get("default")?.value.as_str().map(str::to_owned);
        let site = &variables.entry(SITE)?.node;
        for variable in variables.iter().filter(|variable| variable.key != SITE) {
            url = url.replace(&format!("{{{}}}", variable.key), &default(&variable.node)?);
        }
        let (_, behind) = url.split_once("://")?;
        let host = behind.split('/').next()?;
        let mut domains = vec![default(site)?];
        for value in site.get("enum")?.value.as_sequence()? {
            let domain = value.value.as_str()?.to_owned();
            if !domains.contains(&domain) {
                domains.push(domain);
            }
        }
        let is_usable = server.get("x-site").is_none()
            && host.ends_with(&placeholder)
            && url.matches('{').count() == 1
            && domains.len() > 1;
        is_usable.then(|| Self { url, domains, server: server.clone() })
    }

    fn server(&self, domain: &str) -> Node {
        let mut server = Mapping::default();
        let span = self.server.span;
        server.insert(entry("url", text(&self.url.replace(&format!("{{{SITE}}}"), domain)), span));
        if let Some(description) = self.server.value.as_mapping().and_then(|server| server.entry("description")) {
            server.insert(description.clone());
        }
        server.insert(entry("x-site", text(domain), span));
        server.insert(entry("x-site-name", text(&domain.to_upper_camel_case()), span));
        Node { span, value: Value::Mapping(server) }
    }
}

/// The environment variable for the site, named like those for the keys: `DD_SITE` for `DD_API_KEY` and `DD_APP_KEY`.
fn site_variable(variables: &BTreeSet<String>) -> Option<String> {
    let (first, last) = (variables.first()?, variables.last()?);
    let prefix = first.split_inclusive('_').next().filter(|prefix| prefix.ends_with('_'))?;
    last.starts_with(prefix).then(|| format!("{prefix}SITE"))
}

pub(super) fn descend<'n>(node: &'n mut Node, keys: &[&str]) -> Option<&'n mut Node> {
    keys.iter().try_fold(node, |node, key| match &mut node.value {
        Value::Mapping(entries) => entries.get_mut(key),
        _ => None,
    })
}
