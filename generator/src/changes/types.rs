//! Named schemas: the models.
//!
//! What the emitted models promise decides here. Structs and enums are `#[non_exhaustive]`, so that nobody outside can
//! build one field by field or match without a last arm. A struct has public fields, `new` with an argument for each
//! required field that is no constant, and a setter for each other one. An enum keeps values that it does not know.

use proc_macro2::Ident;
use syn::ext::IdentExt as _;

use super::pairs::{Use, json, resolved, unboxed};
use super::{Class, Comparison, Side, Spot, Text};
use crate::ir::{EnumValue, Field, Presence, Shape, TypeDef, TypeRef};
use crate::names::TypeNames;

/// A field with its name in Rust.
type Named<'a> = (&'a Field, &'a Ident);

impl<'a> Comparison<'a> {
    pub(super) fn types(&mut self) {
        let (old, new) = (self.old, self.new);
        for (index, (def, names)) in old.api.types.iter().zip(&old.names.types).enumerate() {
            let id = crate::ir::TypeId(index);
            match self.pairs.new_of(id) {
                Some(partner) => {
                    let uses = self.pairs.uses(id, partner);
                    let new_names = &new.names.types[partner.0];
                    self.type_def((def, names), (new.api.type_def(partner), new_names), uses);
                }
                None => {
                    let subject = Text::name(&names.ident);
                    self.note(Class::Compile, Spot::old(&def.pointer), &subject, Text::new("type removed", &[]));
                }
            }
        }
        for (index, (def, names)) in new.api.types.iter().zip(&new.names.types).enumerate() {
            if self.pairs.old_of(crate::ir::TypeId(index)).is_none() {
                let subject = Text::name(&names.ident);
                self.note(Class::Additive, Spot::new(&def.pointer), &subject, Text::new("type added", &[]));
            }
        }
    }

    fn type_def(&mut self, old: (&'a TypeDef, &'a TypeNames), new: (&'a TypeDef, &'a TypeNames), uses: Use) {
        let ((old, old_names), (new, new_names)) = (old, new);
        // The wanted name has become the identifier.
        let TypeDef { name, rust_name: _, pointer, docs, nullable, shape } = new;
        let TypeNames { ident, module, members } = new_names;
        let subject = Text::name(ident);
        let spot = || Spot::new(pointer);
        if old_names.ident != *ident {
            let what = Text::new("type renamed, was {}", &[&old_names.ident]);
            self.note(Class::Compile, spot(), &subject, what);
        } else if old.name != *name {
            let what = Text::new("schema renamed from {} to {}", &[&old.name, name]);
            self.note(Class::Docs, spot(), &subject, what);
        } else if old_names.module != *module {
            let what = Text::new("stands in the file {}, was {}", &[module, &old_names.module]);
            self.note(Class::Docs, spot(), &subject, what);
        }
        // Each place that uses it says what that means there.
        self.prose(&subject, pointer, "nullable", old.nullable != *nullable);
        self.docs(&subject, pointer, uses.sent, &old.docs, docs);
        match (&old.shape, shape) {
            (Shape::Object(old_fields), Shape::Object(fields)) => {
                let old_fields: Vec<Named<'_>> = old_fields.iter().zip(&old_names.members).collect();
                let fields: Vec<Named<'_>> = fields.iter().zip(members).collect();
                self.object(&subject, &spot(), ident, &old_fields, &fields, uses);
            }
            (Shape::Enum(old_values), Shape::Enum(values)) => {
                let about = (&subject, &spot(), ident);
                self.string_enum(about, (old_values, &old_names.members), (values, members), uses);
            }
            (Shape::Scalar(before), Shape::Scalar(after)) if before == after => {}
            (Shape::Alias(before), Shape::Alias(after)) if self.pairs.same(before, after) => {}
            (before, after) => self.shape(&subject, &spot(), before, after),
        }
    }

    /// Another kind of type, or another type inside.
    fn shape(&mut self, subject: &Text, spot: &Spot, before: &Shape, after: &Shape) {
        if let (Shape::Alias(before), Shape::Alias(after)) = (before, after)
            && self.same_by_another_name(before, after)
        {
            let what = Text::new("stands for {}, was {}", &[&self.new.ty(after), &self.old.ty(before)]);
            self.note(Class::Docs, spot.clone(), subject, what);
            return;
        }
        let is_same_json = match (inside(before), inside(after)) {
            (Some(before), Some(after)) => self.same_json(&before, &after),
            _ => false,
        };
        let what = Text::new("is {}, was {}", &[&kind(self.new, after), &kind(self.old, before)]);
        self.note(Class::Compile, spot.clone(), subject, what).on_the_wire_if(!is_same_json);
    }

    fn object(&mut self, subject: &Text, spot: &Spot, ident: &Ident, old: &[Named<'_>], new: &[Named<'_>], uses: Use) {
        let pairs = paired_fields(old, new);
        let gone = old.iter().enumerate().filter(|(index, _)| pairs.iter().all(|pair| pair.0 != *index));
        for (_, (field, member)) in gone {
            let what = Text::new("field {} removed", &[&member.unraw()]);
            let was_needed = uses.received && is_required(field);
            self.note(Class::Compile, Spot::old(&field.pointer), subject, what).on_the_wire_if(was_needed);
        }
        for (index, (field, member)) in new.iter().enumerate() {
            match pairs.iter().find(|pair| pair.1 == index) {
                Some(pair) => self.field(subject, ident, old[pair.0], (field, member), uses),
                None => self.field_added(subject, ident, field, member, uses),
            }
        }
        self.order(subject, spot, ident, (old, new), &pairs);
    }

    fn field_added(&mut self, subject: &Text, ident: &Ident, field: &Field, member: &Ident, uses: Use) {
        let ty = self.new.field(field);
        let head = Text::new("field {} added, ", &[&format!("{}: {ty}", member.unraw())]);
        let spot = Spot::new(&field.pointer);
        if !is_required(field) {
            self.note(Class::Additive, spot, subject, head.then("optional", &[]));
        } else if !field.constant {
            let what = head.then("required: {} asks for it", &[&format!("{ident}::new")]);
            self.note(Class::Compile, spot, subject, what).on_the_wire_if(uses.sent);
        } else if uses.sent {
            self.note(Class::Wire, spot, subject, head.then("filled in and sent with every request", &[]));
        } else {
            self.note(Class::Additive, spot, subject, head.then("always the same", &[]));
        }
    }

    fn field(&mut self, subject: &Text, ident: &Ident, old: Named<'_>, new: Named<'_>, uses: Use) {
        let ((old, old_member), (new, member)) = (old, new);
        // The names that the spec asks for: the one is the member, the other is compared where a call asks for it.
        let Field { name, rust_name: _, pointer, docs, ty, presence, constant, argument_name: _ } = new;
        let spot = || Spot::new(pointer);
        let field_name = member.unraw();
        if old_member != member {
            let what = Text::new("field {} renamed, was {}", &[&field_name, &old_member.unraw()]);
            self.note(Class::Compile, spot(), subject, what);
        }
        if old.name != *name {
            let what = Text::new("field {} is {} in JSON, was {}", &[&field_name, name, &old.name]);
            self.note(Class::Wire, spot(), subject, what);
        }
        let is_same = self.pairs.same(&old.ty, ty);
        let (now, was) = (self.new.field(new), self.old.field(old));
        if old.presence != *presence {
            let what = Text::new("field {} is {} ", &[&field_name, &now])
                .then(presence_words(*presence), &[])
                .then(", was {} ", &[&was])
                .then(presence_words(old.presence), &[]);
            let is_other_json = !self.same_json(&old.ty, ty);
            let breaks = is_other_json
                || uses.sent && refuses(old.presence, *presence)
                || uses.received && surprises(old.presence, *presence);
            self.note(Class::Compile, spot(), subject, what).on_the_wire_if(breaks);
        } else if !is_same {
            let class = if self.same_by_another_name(&old.ty, ty) { Class::Docs } else { Class::Compile };
            let what = Text::new("field {} is {}, was {}", &[&field_name, &now, &was]);
            let is_other_json = !self.same_json(&old.ty, ty);
            self.note(class, spot(), subject, what).on_the_wire_if(class == Class::Compile && is_other_json);
        } else if old.constant && !constant {
            let what =
                Text::new("field {} can have several values: {} asks for it", &[&field_name, &format!("{ident}::new")]);
            self.note(Class::Compile, spot(), subject, what);
        } else if !old.constant && *constant {
            let what =
                Text::new("field {} has only one value: {} fills it in", &[&field_name, &format!("{ident}::new")]);
            self.note(Class::Compile, spot(), subject, what);
        }
        let subject = &Text::name(&format!("{ident}.{field_name}"));
        self.docs(subject, pointer, uses.sent, &old.docs, docs);
    }

    /// The order of fields is that of the arguments of `new`, and of the object when it is written.
    fn order(
        &mut self,
        subject: &Text,
        spot: &Spot,
        ident: &Ident,
        (old, new): (&[Named<'_>], &[Named<'_>]),
        pairs: &[(usize, usize)],
    ) {
        let is_argument = |field: &Field| is_required(field) && !field.constant;
        // The pairs are in the old order.
        let first_moved = |pairs: &[(usize, usize)]| {
            let mut sorted = pairs.to_vec();
            sorted.sort_by_key(|pair| pair.1);
            pairs.iter().copied().zip(sorted).find(|(before, after)| before != after)
        };
        let arguments: Vec<(usize, usize)> =
            pairs.iter().copied().filter(|pair| is_argument(old[pair.0].0) && is_argument(new[pair.1].0)).collect();
        if let Some((before, after)) = first_moved(&arguments) {
            let what = Text::new(
                "{} takes its arguments in another order: {} where {} was",
                &[&format!("{ident}::new"), &new[after.1].1.unraw(), &old[before.0].1.unraw()],
            );
            if self.same_arguments(old, new) {
                let what = what.then(", of the same types, so that old calls compile and swap them", &[]);
                self.note(Class::Wire, spot.clone(), subject, what);
            } else {
                // Where the compiler finds out the types, as in `text.parse()?`, it finds out the new ones.
                self.note(Class::Compile, spot.clone(), subject, what).on_the_wire_if(true);
            }
        } else if first_moved(pairs).is_some() {
            self.note(Class::Docs, spot.clone(), subject, Text::new("fields stand in another order", &[]));
        }
    }

    /// Whether `new` accepts the same types at the same places.
    fn same_arguments(&self, old: &[Named<'_>], new: &[Named<'_>]) -> bool {
        let arguments = |fields: &[Named<'_>]| -> Vec<(TypeRef, Presence)> {
            let asked = fields.iter().filter(|(field, _)| is_required(field) && !field.constant);
            asked.map(|(field, _)| (unboxed(&field.ty), field.presence)).collect()
        };
        let (old, new) = (arguments(old), arguments(new));
        old.len() == new.len()
            && old.iter().zip(&new).all(|(old, new)| old.1 == new.1 && self.pairs.same(&old.0, &new.0))
    }

    fn string_enum(
        &mut self,
        (subject, spot, ident): (&Text, &Spot, &Ident),
        old: (&[EnumValue], &[Ident]),
        new: (&[EnumValue], &[Ident]),
        uses: Use,
    ) {
        let pairs = paired_values(old, new);
        for (index, value) in old.0.iter().enumerate() {
            if pairs.iter().all(|(before, _)| *before != index) {
                let what = Text::new("variant {} ({}) removed", &[&old.1[index], &value.value]);
                self.note(Class::Compile, Spot::old(&value.pointer), subject, what).on_the_wire_if(uses.sent);
            }
        }
        for (index, after) in new.0.iter().enumerate() {
            let member = &new.1[index];
            let EnumValue { value, rust_name: _, description, pointer } = after;
            let Some((before, _)) = pairs.iter().find(|(_, after)| *after == index) else {
                let what = Text::new("variant {} ({}) added", &[member, value]);
                self.note(Class::Additive, Spot::new(pointer), subject, what);
                continue;
            };
            let (before, old_member) = (&old.0[*before], &old.1[*before]);
            let spot = Spot::new(pointer);
            if old_member != member {
                let what =
                    Text::new("variant {} ({}) renamed, was {} ({})", &[member, value, old_member, &before.value]);
                let is_other = before.value != *value;
                self.note(Class::Compile, spot, subject, what).on_the_wire_if(uses.sent && is_other);
            } else if before.value != *value {
                let what = Text::new("variant {} stands for {}, was {}", &[member, value, &before.value]);
                self.note(Class::Wire, spot, subject, what);
            }
            if before.description != *description {
                let subject = Text::name(&format!("{ident}::{member}"));
                self.note(Class::Docs, Spot::new(pointer), &subject, Text::new("{} changed", &[&"description"]));
            }
        }
        let mut order: Vec<usize> = pairs.iter().map(|(_, after)| *after).collect();
        let is_sorted = order.is_sorted();
        order.sort_unstable();
        if !is_sorted {
            let what = Text::new("variants stand in another order, by which they are compared and sorted", &[]);
            self.note(Class::Wire, spot.clone(), subject, what);
        }
    }

    /// Whether two types are the same to the compiler, though written differently.
    pub(super) fn same_by_another_name(&self, old: &TypeRef, new: &TypeRef) -> bool {
        self.pairs.same(&resolved(self.old.api, old), &resolved(self.new.api, new))
    }

    /// Whether two types are the same in JSON.
    pub(super) fn same_json(&self, old: &TypeRef, new: &TypeRef) -> bool {
        self.pairs.same(&json(self.old.api, old), &json(self.new.api, new))
    }
}

impl Side<'_> {
    /// The type of a field as callers see it.
    fn field(&self, field: &Field) -> String {
        self.with_presence(&field.ty, field.presence)
    }

    /// A type together with absence and `null`.
    pub(super) fn with_presence(&self, ty: &TypeRef, presence: Presence) -> String {
        let value = self.ty(ty);
        match presence {
            Presence::Required => value,
            Presence::RequiredNullable | Presence::Optional => format!("Option<{value}>"),
            Presence::OptionalNullable => format!("Nullable<{value}>"),
        }
    }
}

/// Fields that belong together: those of one name in JSON, then those of one name in Rust.
fn paired_fields(old: &[Named<'_>], new: &[Named<'_>]) -> Vec<(usize, usize)> {
    let by_name = |a: usize, b: usize| old[a].0.name == new[b].0.name;
    let by_member = |a: usize, b: usize| old[a].1 == new[b].1;
    paired(old.len(), new.len(), &[&by_name, &by_member])
}

/// Values that belong together: those that are sent alike, then those of one name in Rust, then those of one place.
fn paired_values(old: (&[EnumValue], &[Ident]), new: (&[EnumValue], &[Ident])) -> Vec<(usize, usize)> {
    let by_value = |a: usize, b: usize| old.0[a].value == new.0[b].value;
    let by_member = |a: usize, b: usize| old.1[a] == new.1[b];
    let by_place = |a: usize, b: usize| a == b;
    paired(old.0.len(), new.0.len(), &[&by_value, &by_member, &by_place])
}

/// The pairs that the first rule makes, then those that the next makes of the rest, in the old order.
fn paired(old: usize, new: usize, rules: &[&dyn Fn(usize, usize) -> bool]) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for is_pair in rules {
        for a in 0..old {
            let is_free = |a: usize, b: usize| pairs.iter().all(|pair| pair.0 != a && pair.1 != b);
            if let Some(b) = (0..new).find(|b| is_free(a, *b) && is_pair(a, *b)) {
                pairs.push((a, b));
            }
        }
    }
    pairs.sort_unstable();
    pairs
}

/// What stands inside of a type that is no object.
fn inside(shape: &Shape) -> Option<TypeRef> {
    match shape {
        Shape::Object(_) => None,
        Shape::Enum(_) => Some(TypeRef::Scalar(crate::ir::Scalar::String)),
        Shape::Scalar(scalar) => Some(TypeRef::Scalar(*scalar)),
        Shape::Alias(target) => Some(target.clone()),
    }
}

/// What a type is, in a word.
fn kind(side: Side<'_>, shape: &Shape) -> String {
    match shape {
        Shape::Object(_) => "struct".to_owned(),
        Shape::Enum(_) => "enum".to_owned(),
        Shape::Scalar(scalar) => format!("struct({})", side.ty(&TypeRef::Scalar(*scalar))),
        Shape::Alias(target) => format!("type = {}", side.ty(target)),
    }
}

fn is_required(field: &Field) -> bool {
    matches!(field.presence, Presence::Required | Presence::RequiredNullable)
}

fn presence_words(presence: Presence) -> &'static str {
    match presence {
        Presence::Required => "(required)",
        Presence::RequiredNullable => "(required, may be null)",
        Presence::Optional => "(optional)",
        Presence::OptionalNullable => "(optional, may be null)",
    }
}

/// Whether the server may refuse what programs send that are already built.
fn refuses(old: Presence, new: Presence) -> bool {
    let absent = |presence| matches!(presence, Presence::Optional | Presence::OptionalNullable);
    let null = |presence| matches!(presence, Presence::RequiredNullable | Presence::OptionalNullable);
    absent(old) && !absent(new) || null(old) && !null(new)
}

/// Whether programs that are already built cannot read what the server may send.
fn surprises(old: Presence, new: Presence) -> bool {
    match old {
        Presence::Required => new != Presence::Required,
        Presence::RequiredNullable => matches!(new, Presence::Optional | Presence::OptionalNullable),
        // Both are read, whatever the spec says.
        Presence::Optional | Presence::OptionalNullable => false,
    }
}
