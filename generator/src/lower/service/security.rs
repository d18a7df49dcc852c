//! Security: the schemes, and the requirements of operations.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use openapiv3::{APIKeyLocation, OAuth2Flows, ReferenceOr, SecurityRequirement, SecurityScheme};
use serde_json::Value;

use super::extension;
use crate::diagnostics::{Code, Place};
use crate::ir::{Credential, Flow, FlowKind, Requirement, Scheme, SchemeKind, Security};
use crate::lower::operations::methods;
use crate::lower::{At, Lowering, prose};

/// Headers that the transport or the client sets itself, so that a key in one would be lost or break the request.
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

/// The maximum length of the name of a header, a cookie or a parameter for a key. The usual servers accept 8 KiB for
/// all headers of a request; HTTP libraries panic at 64 KiB for one name.
const MAX_NAME: usize = 256;

impl<'a> Lowering<'a> {
    /// Returns the schemes that are required somewhere, by name. Other schemes are not checked.
    pub(super) fn schemes(&mut self) -> Vec<Scheme> {
        let required = self.required_schemes();
        let all = &self.components.object.security_schemes;
        let entries = self.components.clone().entries("securitySchemes", all);
        let mut schemes = Vec::new();
        for (name, scheme) in entries.filter(|(name, _)| required.contains(name)) {
            let Some(object) = self.resolve(scheme, "securitySchemes", all) else { continue };
            let scheme = scheme_of(name, &object);
            self.check_scheme(&scheme);
            schemes.push(scheme);
        }
        // The order of the components does not matter.
        schemes.sort_by(|a, b| a.name.cmp(&b.name));
        schemes
    }

    fn required_schemes(&self) -> BTreeSet<&'a str> {
        let document = self.document.object;
        let items = document.paths.paths.values().filter_map(ReferenceOr::as_item);
        let own = items.flat_map(methods).filter_map(|(_, operation)| operation.security.as_ref());
        document.security.iter().chain(own).flatten().flat_map(IndexMap::keys).map(String::as_str).collect()
    }

    /// Returns the requirements of an object with the key `security`, if it has the key.
    pub(in crate::lower) fn security(&mut self, list: Option<At<'a, Vec<SecurityRequirement>>>) -> Option<Security> {
        let list = list?;
        let mut lowered: Vec<Requirement> = Vec::new();
        for (index, requirement) in list.iter().enumerate() {
            let requirement = At::new(requirement, list.pointer.index(index));
            let credentials = requirement.iter().filter_map(|(name, scopes)| {
                let scheme = self.scheme_named(&requirement.part(name, name))?;
                Some(Credential { scheme, scopes: scopes.clone() })
            });
            let mut credentials: Vec<Credential> = credentials.collect();
            // All of them are sent, so their order does not matter.
            credentials.sort_by_key(|credential| credential.scheme);
            self.refuse_one_place(&requirement);
            let requirement = Requirement { credentials };
            if !lowered.contains(&requirement) {
                lowered.push(requirement);
            }
        }
        let asks = lowered.iter().any(|requirement| !requirement.credentials.is_empty());
        Some(if asks { Security::OneOf(lowered) } else { Security::Nothing })
    }

    fn scheme_named(&mut self, name: &At<'_, String>) -> Option<usize> {
        let schemes = self.components.key("securitySchemes");
        if !self.components.object.security_schemes.contains_key(name.object) {
            let message = format!("`{}` is not an entry of `components.securitySchemes`", name.object);
            let problem = self.problem(Code::UnresolvedReference, &name.pointer, message);
            problem.place = Place::Key(name.pointer.clone());
            problem.related.push((Place::Value(schemes), "the schemes of this document".to_owned()));
            problem.help = Some(format!(
                "describe it there:\n{}:\n  type: apiKey\n  in: header\n  name: X-API-Key\n  x-env: API_KEY",
                name.object
            ));
        }
        self.schemes.iter().position(|scheme| scheme.name == *name.object)
    }

    /// Rejects credentials that would be sent together at the same place.
    fn refuse_one_place(&mut self, requirement: &At<'_, SecurityRequirement>) {
        let schemes = self.schemes.iter().filter(|scheme| requirement.contains_key(&scheme.name));
        let places: Vec<(String, String)> = schemes.map(|scheme| (place(&scheme.kind), scheme.name.clone())).collect();
        for (index, (place, name)) in places.iter().enumerate() {
            let Some((_, first)) = places.iter().take(index).find(|(first, _)| first == place) else { continue };
            let message = format!("`{first}` and `{name}` are required together, but both are sent as {place}");
            let problem = self.problem(Code::InvalidExtension, &requirement.key(name), message);
            problem.place = Place::Key(requirement.key(name));
            problem.related.push((Place::Key(requirement.key(first)), "the other one".to_owned()));
            problem.help =
                Some(format!("if one of them is sufficient, list them as alternatives:\n- {first}: []\n- {name}: []"));
        }
    }

    fn check_scheme(&mut self, scheme: &Scheme) {
        match &scheme.kind {
            SchemeKind::Header(name) => self.check_header(&At::new(name, scheme.pointer.key("name"))),
            SchemeKind::Cookie(name) => self.check_cookie(&At::new(name, scheme.pointer.key("name"))),
            SchemeKind::Query(name) => self.check_parameter(&At::new(name, scheme.pointer.key("name"))),
            SchemeKind::Basic
            | SchemeKind::Bearer(_)
            | SchemeKind::Http(_)
            | SchemeKind::Oauth2(_)
            | SchemeKind::OpenIdConnect(_) => {}
        }
        if let Some(variable) = &scheme.env {
            self.check_variable(&At::new(variable, scheme.pointer.key("x-env")));
        }
    }

    fn check_header(&mut self, At { object: name, pointer: at }: &At<'_, str>) {
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_') {
            self.problem(Code::InvalidExtension, at, format!("`{name}` is not a valid name of a header")).help =
                Some("use letters, digits, `-` and `_`: `name: X-API-Key`".to_owned());
        } else if name.len() > MAX_NAME {
            let message = format!("the name of this header is too long: {} letters", name.len());
            self.problem(Code::InvalidExtension, at, message).help =
                Some(format!("use at most {MAX_NAME} letters, digits, `-` and `_`: `name: X-API-Key`"));
        } else if RESERVED_HEADERS.iter().any(|reserved| name.eq_ignore_ascii_case(reserved)) {
            let message = format!("the header `{name}` belongs to HTTP or to the client, so no key can be sent in it");
            self.problem(Code::InvalidExtension, at, message).help =
                Some("use the header in which the server expects the key: `name: X-API-Key`".to_owned());
        }
    }

    fn check_cookie(&mut self, At { object: name, pointer: at }: &At<'_, str>) {
        // The characters of a token in RFC 9110.
        let is_token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
        if name.is_empty() || name.len() > MAX_NAME || !name.bytes().all(is_token) {
            self.problem(
                Code::InvalidExtension,
                at,
                format!("`{}` is not a valid name of a cookie", name.escape_default()),
            )
            .help = Some(format!("use at most {MAX_NAME} letters, digits, `-` and `_`: `name: session`"));
        }
    }

    fn check_parameter(&mut self, At { object: name, pointer: at }: &At<'_, str>) {
        self.refuse_hidden(Place::Value(at.clone()), "the name of this parameter", name);
        if name.is_empty() || name.len() > MAX_NAME {
            let message = "this is not a valid name of a query parameter";
            self.problem(Code::InvalidExtension, at, message).help =
                Some(format!("use 1 to {MAX_NAME} letters: `name: api_key`"));
        }
    }
}

fn scheme_of(name: &str, object: &At<'_, SecurityScheme>) -> Scheme {
    let (kind, description, extensions) = match object.object {
        SecurityScheme::APIKey { location, name, description, extensions } => {
            let kind = match location {
                APIKeyLocation::Header => SchemeKind::Header,
                APIKeyLocation::Query => SchemeKind::Query,
                APIKeyLocation::Cookie => SchemeKind::Cookie,
            };
            (kind(name.clone()), description, extensions)
        }
        SecurityScheme::HTTP { scheme, bearer_format, description, extensions } => {
            let kind = if scheme.eq_ignore_ascii_case("basic") {
                SchemeKind::Basic
            } else if scheme.eq_ignore_ascii_case("bearer") {
                SchemeKind::Bearer(bearer_format.clone())
            } else {
                SchemeKind::Http(scheme.clone())
            };
            (kind, description, extensions)
        }
        SecurityScheme::OAuth2 { flows, description, extensions } => {
            (SchemeKind::Oauth2(flows_of(flows)), description, extensions)
        }
        SecurityScheme::OpenIDConnect { open_id_connect_url, description, extensions } => {
            (SchemeKind::OpenIdConnect(open_id_connect_url.clone()), description, extensions)
        }
    };
    let extensions: &IndexMap<String, Value> = extensions;
    Scheme {
        name: name.to_owned(),
        kind,
        description: prose(description.as_deref(), None),
        env: extension(extensions, "x-env"),
        rust_name: extension(extensions, "x-rust-name"),
        pointer: object.pointer.clone(),
    }
}

fn flows_of(flows: &OAuth2Flows) -> Vec<Flow> {
    let implicit = flows.implicit.iter().map(|flow| Flow {
        kind: FlowKind::Implicit,
        authorization_url: Some(flow.authorization_url.clone()),
        token_url: None,
        refresh_url: flow.refresh_url.clone(),
    });
    let password = flows.password.iter().map(|flow| Flow {
        kind: FlowKind::Password,
        authorization_url: None,
        token_url: Some(flow.token_url.clone()),
        refresh_url: flow.refresh_url.clone(),
    });
    let client = flows.client_credentials.iter().map(|flow| Flow {
        kind: FlowKind::ClientCredentials,
        authorization_url: None,
        token_url: Some(flow.token_url.clone()),
        refresh_url: flow.refresh_url.clone(),
    });
    let code = flows.authorization_code.iter().map(|flow| Flow {
        kind: FlowKind::AuthorizationCode,
        authorization_url: Some(flow.authorization_url.clone()),
        token_url: Some(flow.token_url.clone()),
        refresh_url: flow.refresh_url.clone(),
    });
    implicit.chain(password).chain(client).chain(code).collect()
}

/// Describes the place of a scheme's credential.
fn place(kind: &SchemeKind) -> String {
    match kind {
        SchemeKind::Header(name) => format!("the header `{}`", name.to_ascii_lowercase()),
        SchemeKind::Query(name) => format!("the parameter `{name}`"),
        SchemeKind::Cookie(name) => format!("the cookie `{name}`"),
        SchemeKind::Basic
        | SchemeKind::Bearer(_)
        | SchemeKind::Http(_)
        | SchemeKind::Oauth2(_)
        | SchemeKind::OpenIdConnect(_) => "the header `authorization`".to_owned(),
    }
}
