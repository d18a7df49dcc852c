//! `api.txt`: everything that callers can see, one line each and sorted, so that a reviewer reads a change of the spec
//! in its diff.

use super::Context;
use crate::hidden;
use crate::ir::{Api, BodyPart, Content, Operation, Permission, SchemeKind, Shape, TypeDef};
use crate::surface::{Answer, Call, Gate, Input, Kind, RustType, Setters, Surface, Type};

/// Emits the file.
pub(super) fn api_txt(context: &Context<'_>) -> String {
    let Context { api, surface, .. } = context;
    let listing = Listing { api, surface };
    let mut lines: Vec<String> = Vec::new();
    for (operation, call) in api.operations.iter().zip(&surface.calls) {
        listing.operation(operation, call, &mut lines);
    }
    for ((id, def), ty) in api.types.iter().zip(&surface.types) {
        listing.model(def, ty, &mut lines);
        for relation in &surface.relations[id.0] {
            let method = &relation.ident;
            lines.push(format!("type {} method {method} -> {}", ty.ident, relation.returned(surface)));
        }
        for conversion in &surface.conversions[id.0] {
            let from = &surface.model(conversion.from).ident;
            lines.push(format!("type {} from {from} or &{from}", ty.ident));
        }
    }
    for (server, ident) in api.servers.iter().zip(&surface.sites) {
        if let (Some(site), Some(ident)) = (&server.site, ident) {
            lines.push(format!("site {ident} = {}, {}", site.domain, server.url));
        }
    }
    let features = surface.features.iter().flat_map(|features| &features.list);
    lines.extend(features.map(|feature| format!("feature {} = tag {:?}", feature.name, feature.tag)));
    listing.servers(&mut lines);
    listing.credentials(&mut lines);
    lines.sort();
    // A name in the spec can contain any character: escapes keep each item on one line, and show its characters.
    lines.iter().map(|line| hidden::escaped(line) + "\n").collect()
}

/// Returns an item with the features that it needs, unless it always exists.
fn with(name: &str, gate: &Gate) -> Option<String> {
    let features: Vec<&str> = gate.features()?.iter().map(|feature| &**feature).collect();
    Some(format!("{name} with feature {}", features.join(" or ")))
}

struct Listing<'a> {
    api: &'a Api,
    surface: &'a Surface,
}

impl Listing<'_> {
    fn servers(&self, lines: &mut Vec<String>) {
        for (server, ident) in self.api.servers.iter().zip(&self.surface.servers) {
            lines.extend(ident.iter().map(|ident| format!("server {ident} = {}", server.url)));
        }
        for setter in &self.surface.served.variables {
            let default = setter.variable.default.as_ref();
            let default = default.map_or("required".to_owned(), |default| format!("{default:?} by default"));
            let values =
                if setter.values.is_empty() { String::new() } else { format!(", of {}", setter.values.join(" ")) };
            lines.push(format!("part of URLs {} = {}, {default}{values}", setter.name(), setter.variable.name));
        }
        if self.surface.served.needs_base_url() {
            lines.push("client needs a base URL".to_owned());
        }
    }

    fn credentials(&self, lines: &mut Vec<String>) {
        for (scheme, Setters { setter, provider }) in self.api.schemes.iter().zip(&self.surface.schemes) {
            let env = scheme.env.as_ref().map(|env| format!(", {env}")).unwrap_or_default();
            let (what, sent) = match &scheme.kind {
                SchemeKind::Header(name) => ("key", format!("header {name}")),
                SchemeKind::Query(name) => ("key", format!("query {name}")),
                SchemeKind::Cookie(name) => ("key", format!("cookie {name}")),
                SchemeKind::Basic => ("user and password", "basic".to_owned()),
                SchemeKind::Bearer(_) => ("token", "bearer".to_owned()),
                SchemeKind::Oauth2(_) => ("token", "bearer, OAuth 2.0".to_owned()),
                SchemeKind::OpenIdConnect(_) => ("token", "bearer, OpenID Connect".to_owned()),
                SchemeKind::Http(name) => ("credentials", format!("header Authorization, {name}")),
            };
            lines.push(format!("{what} {setter} = {sent}{env}"));
            lines.extend(provider.iter().map(|provider| format!("{what} {provider} supplies {setter}")));
        }
        if !self.api.schemes.is_empty() && !self.surface.requires_all_schemes() {
            lines.push(format!("operations require {}", self.surface.requirement_text(&self.surface.security)));
        }
    }

    fn has_own_servers(&self, operation: &Operation) -> bool {
        let place = self.api.operations.iter().position(|other| other.id == operation.id);
        place.is_some_and(|place| self.surface.served.servers_of(place).is_some())
    }

    fn operation(&self, operation: &Operation, call: &Call, lines: &mut Vec<String>) {
        let name = format!("operation {}", call.way.method);
        let success = self.answer(&call.answer);
        lines.push(format!("{name} = {} {} -> {success}", operation.method.as_str(), operation.target()));
        let idempotent = if operation.idempotent { "idempotent" } else { "not idempotent" };
        lines.push(format!("{name} is {idempotent}"));
        lines.extend(with(&name, &call.gate));
        if operation.unstable.is_some() {
            lines.push(format!("{name} is unstable"));
        }
        if operation.deprecated {
            lines.push(format!("{name} is deprecated"));
        }
        if let Some(permission) = operation.permission.as_ref().and_then(Permission::text) {
            lines.push(format!("{name} needs {permission}"));
        }
        if let Some(server) = operation.servers.first().filter(|_| self.has_own_servers(operation)) {
            let url = if server.is_absolute { &server.url } else { "the base URL of the client" };
            lines.push(format!("{name} is served at {url}"));
        }
        if call.security != self.surface.security {
            lines.push(format!("{name} requires {}", self.surface.requirement_text(&call.security)));
        }
        if operation.pagination.is_some() {
            lines.push(format!("{name} has pages"));
        }
        if let Some(batch) = &operation.batch {
            lines.push(format!("{name} has batches of {}", batch.limit));
        }
        for response in &operation.responses {
            let body = response.content.as_ref().map(|content| self.content(content));
            let body = body.unwrap_or_else(|| "no body".to_owned());
            lines.push(format!("{name} returns {} with {body}", response.status));
        }
        if let Answer::ByStatus(by_status) = &call.answer {
            for variant in &by_status.variants {
                let body = variant.body.as_ref().map(|body| format!("({})", self.surface.text(&body.ty)));
                let (body, status) = (body.unwrap_or_default(), variant.status);
                lines.push(format!("{name} response {}::{}{body}, {status}", by_status.ident, variant.ident));
            }
        }
        if let Some(headers) = &call.headers {
            for member in &headers.members {
                let (field, ty) = (member.ident.unraw(), self.surface.text(&member.ty));
                lines.push(format!("{name} header {}.{field}: {ty}, {}", headers.ident, member.name));
            }
        }
        if let Some(choice) = &call.choice {
            lines.push(format!("{name} argument 0 {}: {}", choice.argument, choice.ident));
            for member in &choice.members {
                let parameter = &operation.parameters[member.parameter];
                let (ident, ty) = (&member.ident, self.surface.text(&member.ty));
                lines.push(format!("{name} choice {}::{ident}: {ty}, query {}", choice.ident, parameter.name));
            }
        }
        for (index, input) in call.way.arguments.iter().enumerate() {
            lines.push(format!("{name} argument {} {}", index + 1, self.input(operation, call.input(*input))));
        }
        for (index, step) in call.way.steps.iter().enumerate() {
            lines.push(format!("{name} step {} {}", index + 1, self.input(operation, call.input(step.input))));
        }
        for input in &call.setters {
            lines.push(format!("{name} setter {}", self.input(operation, call.input(*input))));
        }
    }

    fn answer(&self, answer: &Answer) -> String {
        match answer {
            Answer::Nothing => "()".to_owned(),
            Answer::Body(body) => self.surface.text(&body.ty),
            Answer::ByStatus(by_status) => by_status.ident.to_string(),
        }
    }

    /// Returns a body with its media type, unless that is the default.
    fn content(&self, content: &Content) -> String {
        let ty = self.surface.text(&RustType::of(&content.ty));
        if content.media_type == "application/json" { ty } else { format!("{ty}, {}", content.media_type) }
    }

    /// Returns an input with its type and destination.
    fn input(&self, operation: &Operation, input: &Input) -> String {
        let mut places = Vec::new();
        if let Some(parameter) = input.parameter.map(|index| &operation.parameters[index]) {
            places.push(format!("{} {}", parameter.location.as_str(), parameter.name));
        }
        match &input.body {
            Some(BodyPart::Whole) => {
                let content = operation.body.as_ref().map(|body| body.content.media_type.as_str());
                let other = content.filter(|media_type| *media_type != "application/json");
                places.push(other.map_or("body".to_owned(), |media_type| format!("body as {media_type}")));
            }
            Some(BodyPart::Field(path)) => places.push(format!("body {}", self.api.types.names(path).join("."))),
            None => {}
        }
        let ty = match &input.accepted.ty {
            RustType::Option(_) => RustType::Option(Box::new(input.ty.clone())),
            RustType::Nullable(_) => RustType::Nullable(Box::new(input.ty.clone())),
            _ => input.ty.clone(),
        };
        format!("{}: {}, {}", input.ident.unraw(), self.surface.text(&ty), places.join(" and "))
    }

    fn model(&self, def: &TypeDef, ty: &Type, lines: &mut Vec<String>) {
        let ident = &ty.ident;
        lines.extend(with(&format!("type {ident}"), &ty.gate));
        if !ty.derives.is_empty() {
            let derives: Vec<String> = ty.derives.iter().map(|derive| format!("{derive:?}")).collect();
            lines.push(format!("type {ident} derives {}", derives.join(", ")));
        }
        match &ty.kind {
            Kind::Struct(object) => {
                lines.push(format!("type {ident} = struct"));
                let Shape::Object { fields, .. } = &def.shape else { return };
                for (member, field) in object.members.iter().zip(fields) {
                    let (name, ty) = (member.ident.unraw(), self.surface.text(&member.ty));
                    let renamed = if name == field.name { String::new() } else { format!(", {:?}", field.name) };
                    lines.push(format!("type {ident}.{name}: {ty}{renamed}"));
                }
                if let Some(fields) = &object.fields {
                    lines.push(format!("type {ident} new by {fields}"));
                }
                if let Some(others) = &object.others {
                    let (name, ty) = (others.ident.unraw(), self.surface.text(&others.ty));
                    lines.push(format!("type {ident}.{name}: {ty}, all others"));
                }
            }
            Kind::Enum(variants) => {
                lines.push(format!("type {ident} = enum"));
                for variant in variants {
                    lines.push(format!("type {ident}::{} = {:?}", variant.ident, variant.value));
                }
            }
            Kind::IntegerEnum(inner, variants) => {
                lines.push(format!("type {ident} = enum({})", self.surface.text(inner)));
                for variant in variants {
                    lines.push(format!("type {ident}::{} = {}", variant.ident, variant.value));
                }
            }
            Kind::Union(union) => {
                let tag = union.tag.as_ref().map(|tag| format!(" by {tag:?}")).unwrap_or_default();
                lines.push(format!("type {ident} = union{tag}"));
                for variant in &union.variants {
                    let held = self.surface.text(&variant.held());
                    let from = if variant.is_made_by_from { ", from" } else { "" };
                    let accessor = &variant.accessor;
                    lines.push(format!("type {ident}::{}({held}), {accessor}{from}", variant.ident));
                }
            }
            Kind::Newtype(inner) | Kind::Alias(inner) => {
                lines.push(format!("type {ident} = {}", self.surface.text(inner)));
            }
        }
    }
}
