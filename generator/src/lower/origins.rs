//! Origins: the owner of an inline schema, and its role there. Both follow from its place.

use openapiv3::{Parameter as ParameterObject, PathItem, ReferenceOr};

use super::Lowering;
use crate::ir::{Origin, Owner, Role};
use crate::pointer::Pointer;

impl Lowering<'_> {
    /// Returns the origin of the inline schema at `pointer`, and its unique name.
    pub(super) fn origin(&self, pointer: &Pointer) -> (String, Origin) {
        let segments: Vec<String> = pointer.segments().collect();
        let keys: Vec<&str> = segments.iter().map(String::as_str).collect();
        let (mut owner, mut rest) = self.outermost(&keys);
        let mut at = keys[..keys.len() - rest.len()].iter().fold(Pointer::root(), |at, key| at.key(key));
        let mut roles = Vec::new();
        while let Some((role, taken)) = self.role(&at, &keys, rest) {
            at = rest[..taken].iter().fold(at, |at, key| at.key(key));
            rest = &rest[taken..];
            roles.extend(role);
            if let Some(name) = self.types.inline_name(&at).filter(|_| !rest.is_empty()) {
                (owner, roles) = (Owner::Type(name.to_owned()), Vec::new());
            }
        }
        inline(owner, roles)
    }

    /// The same for a schema that is not a type, such as a part of an `allOf` that a reference leads to.
    pub(super) fn origin_of_part(&mut self, pointer: &Pointer) -> (String, Origin) {
        let (name, origin) = self.origin(pointer);
        let Origin::Inline { owner, roles } = origin else { return (name, origin) };
        let mut found = (name.clone(), Origin::Inline { owner: owner.clone(), roles: roles.clone() });
        while self.types.is_name(&found.0) {
            let number = self.parts.entry(name.clone()).or_default();
            *number = number.saturating_add(1);
            let words = if *number == 1 { "Part".to_owned() } else { ["Part", &number.to_string()].join(" ") };
            let roles = roles.iter().cloned().chain([Role::Member(words)]).collect();
            found = inline(owner.clone(), roles);
        }
        found
    }

    /// Returns the outermost owner of a place, and the path from there.
    fn outermost<'k>(&self, keys: &'k [&'k str]) -> (Owner, &'k [&'k str]) {
        match keys {
            ["components", "schemas", name, rest @ ..] => (Owner::Type((*name).to_owned()), rest),
            ["components", "requestBodies" | "responses", name, ..] => {
                (Owner::Component((*name).to_owned()), &keys[1..])
            }
            ["components", _, name, rest @ ..] => (Owner::Component((*name).to_owned()), rest),
            ["paths", path, "parameters", ..] => (Owner::Path((*path).to_owned()), &keys[2..]),
            ["paths", path, method, rest @ ..] => {
                let operation = self.path_item(path).and_then(|item| {
                    super::operations::methods(item).find(|(known, _)| known.as_str().eq_ignore_ascii_case(method))
                });
                let id = operation.and_then(|(_, operation)| operation.operation_id.clone());
                (Owner::Operation(id.unwrap_or_else(|| format!("{method} {path}"))), rest)
            }
            _ => (Owner::Component(keys.concat()), &[]),
        }
    }

    /// Returns the role that the next keys represent, if any, and the number of these keys.
    fn role(&self, at: &Pointer, keys: &[&str], rest: &[&str]) -> Option<(Option<Role>, usize)> {
        let text = |text: &str| text.to_owned();
        Some(match rest {
            [] => return None,
            ["properties", name, ..] => (Some(Role::Property(text(name))), 2),
            ["items", ..] => (Some(Role::Item), 1),
            ["additionalProperties", ..] => (Some(Role::Value), 1),
            ["oneOf" | "anyOf", index, ..] => {
                let words = self.member_words.get(&at.key(rest[0]).key(*index));
                (Some(Role::Member(words.cloned().unwrap_or_else(|| text(index)))), 2)
            }
            ["allOf", _, ..] => (None, 2),
            ["parameters", index, ..] => (self.parameter_name(keys, index).map(Role::Parameter), 2),
            ["requestBody", ..] => (Some(Role::Body), 1),
            ["requestBodies", _, ..] => (Some(Role::Body), 2),
            ["responses", status, ..] => {
                let is_shared = keys.first() == Some(&"components");
                (Some(Role::Response(if is_shared { String::new() } else { text(status) })), 2)
            }
            ["headers", name, ..] => (Some(Role::Header(text(name))), 2),
            ["content", media_type, ..] => {
                let before = keys.len() - rest.len();
                let at = keys[..before + 2].iter().fold(Pointer::root(), |at, key| at.key(key));
                let is_usual = crate::ir::is_json(media_type) && !self.alternatives.contains(&at);
                ((!is_usual).then(|| Role::MediaType(text(media_type))), 2)
            }
            [_, ..] => (None, 1),
        })
    }

    fn path_item(&self, path: &str) -> Option<&PathItem> {
        match self.document.object.paths.paths.get(path)? {
            ReferenceOr::Item(item) => Some(item),
            ReferenceOr::Reference { .. } => None,
        }
    }

    fn parameter_name(&self, keys: &[&str], index: &str) -> Option<String> {
        let item = self.path_item(keys.get(1)?)?;
        let operation = super::operations::methods(item)
            .find(|(method, _)| Some(&method.as_str().to_ascii_lowercase().as_str()) == keys.get(2));
        let parameters = operation.map_or(&item.parameters, |(_, operation)| &operation.parameters);
        match parameters.get(index.parse::<usize>().ok()?)? {
            ReferenceOr::Item(parameter) => Some(data(parameter).name.clone()),
            ReferenceOr::Reference { .. } => None,
        }
    }
}

fn data(parameter: &ParameterObject) -> &openapiv3::ParameterData {
    parameter.parameter_data_ref()
}

/// Returns the unique name of an inline type, and its origin.
pub(super) fn inline(owner: Owner, roles: Vec<Role>) -> (String, Origin) {
    (name(&owner, &roles), Origin::Inline { owner, roles })
}

/// Returns a unique name, for messages and for pairing the type with that of another description. No component has the
/// marks for roles in its name, and other unusual names are quoted.
fn name(owner: &Owner, roles: &[Role]) -> String {
    let owner = match owner {
        Owner::Type(name) => name.clone(),
        Owner::Component(name) => format!("#{name}"),
        Owner::Operation(id) => format!("{}()", plain(id)),
        Owner::Path(path) => plain(path),
    };
    roles.iter().fold(owner, |name, role| match role {
        Role::Property(property) => format!("{name}/{}", plain(property)),
        Role::Item => format!("{name}[]"),
        Role::Value => format!("{name}{{}}"),
        Role::Member(words) => format!("{name}|{}", plain(words)),
        Role::Parameter(parameter) => format!("{name}?{}", plain(parameter)),
        Role::Header(header) => format!("{name} header {}", plain(header)),
        Role::Body => format!("{name} body"),
        Role::Response(status) => [&name, "response", status].join(" ").trim_end().to_owned(),
        Role::MediaType(media_type) => format!("{name} as {}", plain(media_type)),
    })
}

/// Returns a name unchanged, if it only has letters, digits and `._-`, and otherwise in quotes.
fn plain(name: &str) -> String {
    let is_plain = |character: char| character.is_alphanumeric() || matches!(character, '.' | '_' | '-');
    if !name.is_empty() && name.chars().all(is_plain) { name.to_owned() } else { format!("{name:?}") }
}
