//! Named schemas: the models.
//!
//! What the emitted models promise decides here. Structs and enums are `#[non_exhaustive]`, so that nobody outside can
//! build one field by field or match without a last arm. An enum keeps values that it does not know.

use std::fmt::Display;

use proc_macro2::Ident;
use syn::ext::IdentExt as _;

use super::lists::matched;
use super::pairs::Use;
use super::{Class, Comparison, Side, Spot, Text};
use crate::ir::{self, EnumValue, Presence, Shape, TypeDef, TypeId, TypeRef};
use crate::surface::{Accepted, Filled, Kind, Member, Struct, Type, Variant};

/// A schema with its type, under its id on the new side.
type Model<'a> = (Option<TypeId>, TypeId, &'a TypeDef, &'a Type);

/// A property with its field.
type Field<'a> = (&'a ir::Field, &'a Member);

/// A value of an enum with its variant.
type Value<'a> = (&'a EnumValue, &'a Variant);

/// What is compared: the name of the type, where its schema stands, what it is used for.
struct About<'a> {
    ident: &'a Ident,
    subject: Text,
    spot: Spot,
    uses: Use,
}

impl Comparison<'_> {
    pub(super) fn types(&mut self) {
        let old = models(self.old, |id| self.pairs.new_of(id));
        let new = models(self.new, Some);
        let types = matched(&old, &new, &[&|_, (id, ..): &Model<'_>| *id]);
        for (_, _, def, ty) in types.gone {
            let subject = Text::name(&ty.ident);
            self.note(Class::Compile, Spot::old(&def.pointer), &subject, Text::new("type removed", &[]));
        }
        for (_, _, def, ty) in types.added {
            let subject = Text::name(&ty.ident);
            self.note(Class::Additive, Spot::new(&def.pointer), &subject, Text::new("type added", &[]));
        }
        for (old, new) in types.kept {
            self.model(old, new);
        }
    }

    fn model(&mut self, (_, old_id, old_def, old): &Model<'_>, (_, id, def, new): &Model<'_>) {
        // The wanted name and the origin have become the identifier.
        let TypeDef { name, rust_name: _, pointer, origin: _, docs, shape } = def;
        // What is derived follows from the kind; how other files import it is private.
        let Type { ident, module, shadows: _, derives: _, kind } = new;
        let uses = self.pairs.uses(*old_id, *id);
        let about = &About { ident, subject: Text::name(ident), spot: Spot::new(pointer), uses };
        let About { subject, spot, .. } = about;
        let _ = self.differs(Class::Compile, spot.clone(), subject, "type renamed, was {1}", [ident, &old.ident])
            || self.differs(Class::Docs, spot.clone(), subject, "schema renamed from {1} to {}", [name, &old_def.name])
            || self.differs(Class::Docs, spot.clone(), subject, "stands in the file {}, was {}", [module, &old.module]);
        self.docs(subject, pointer, uses.sent, &old_def.docs, docs);
        match (&old.kind, kind) {
            (Kind::Struct(old), Kind::Struct(new)) => {
                // What is not filled in decides whether there is a `Default`.
                let Struct { members, default: _ } = new;
                let before: Vec<Field<'_>> = fields(&old_def.shape).iter().zip(&old.members).collect();
                let after: Vec<Field<'_>> = fields(shape).iter().zip(members).collect();
                self.fields(about, &before, &after);
            }
            (Kind::Enum(old), Kind::Enum(new)) => {
                let before: Vec<Value<'_>> = values(&old_def.shape).iter().zip(old).collect();
                let after: Vec<Value<'_>> = values(shape).iter().zip(new).collect();
                self.variants(about, &before, &after);
            }
            (Kind::Newtype(before), Kind::Newtype(after)) if self.retyped(before, after).is_none() => {}
            (Kind::Alias(before), Kind::Alias(after)) if self.retyped(before, after) != Some(Class::Compile) => {
                let types = [&self.new.surface.text(after), &self.old.surface.text(before)];
                self.differs(Class::Docs, spot.clone(), subject, "stands for {}, was {}", types);
            }
            (before, after) => {
                let is_same_json = self.same_json(&TypeRef::Named(*old_id), &TypeRef::Named(*id));
                let what = Text::new("is {}, was {}", &[&kind_words(self.new, after), &kind_words(self.old, before)]);
                self.note(Class::Compile, spot.clone(), subject, what).on_the_wire_if(!is_same_json);
            }
        }
    }

    fn fields(&mut self, about: &About<'_>, old: &[Field<'_>], new: &[Field<'_>]) {
        let About { ident, subject, spot, uses } = about;
        let by_name = |_: usize, (field, _): &Field<'_>| Some(field.name.clone());
        let by_member = |_: usize, (_, member): &Field<'_>| Some(member.ident.to_string());
        let fields = matched(old, new, &[&by_name, &by_member]);
        for (field, member) in &fields.gone {
            let what = Text::new("field {} removed", &[&member.ident.unraw()]);
            let was_needed = uses.received && field.required;
            self.note(Class::Compile, Spot::old(&field.pointer), subject, what).on_the_wire_if(was_needed);
        }
        for (field, member) in &fields.added {
            let ty = self.new.surface.text(&member.ty);
            let head = Text::new("field {} added, ", &[&format!("{}: {ty}", member.ident.unraw())]);
            let (class, what) = match &member.filled {
                Filled::Setter(_) => (Class::Additive, head.then("optional", &[])),
                Filled::Argument(_) => {
                    (Class::Compile, head.then("required: {} asks for it", &[&format!("{ident}::new")]))
                }
                Filled::Constant(_) if uses.sent => {
                    (Class::Wire, head.then("filled in and sent with every request", &[]))
                }
                Filled::Constant(_) => (Class::Additive, head.then("always the same", &[])),
            };
            let change = self.note(class, Spot::new(&field.pointer), subject, what);
            change.on_the_wire_if(class == Class::Compile && uses.sent);
        }
        for (was, now) in &fields.kept {
            self.field(about, was, now);
        }
        // The order of fields is that of the arguments of `new`, and of the object when it is written.
        let are_arguments = |(_, was): &Field<'_>, (_, now): &Field<'_>| asked(was).and(asked(now)).is_some();
        let Some(((_, was), (_, now))) = fields.moved_among(are_arguments) else {
            self.order(&fields, spot.clone(), subject, "fields stand in another order");
            return;
        };
        let what = Text::new(
            "{} takes its arguments in another order: {} where {} was",
            &[&format!("{ident}::new"), &now.ident.unraw(), &was.ident.unraw()],
        );
        let [before, after] =
            [old, new].map(|fields| fields.iter().filter_map(|(_, member)| asked(member)).collect::<Vec<_>>());
        if self.all_accepted(&before, &after) {
            let what = what.then(", of the same types, so that old calls compile and swap them", &[]);
            self.note(Class::Wire, spot.clone(), subject, what);
        } else {
            // Where the compiler finds out the types, as in `text.parse()?`, it finds out the new ones.
            self.note(Class::Compile, spot.clone(), subject, what).on_the_wire_if(true);
        }
    }

    fn field(&mut self, about: &About<'_>, (old, old_member): &Field<'_>, (new, member): &Field<'_>) {
        let About { ident, subject, uses, .. } = about;
        // The names that the spec asks for: the one is the member, the other is compared where a call asks for it. What is
        // boxed is so in the type, what is constant is filled in.
        let ir::Field { name, rust_name: _, pointer, docs, ty, required: _, boxed: _, constant: _, argument_name: _ } =
            new;
        // Whether it is required, optional or nullable is compared as presence.
        let Member { ident: field, ty: member_type, word: _, filled } = member;
        let spot = || Spot::new(pointer);
        let (field, old_field) = (field.unraw(), old_member.ident.unraw());
        self.differs(Class::Compile, spot(), subject, "field {} renamed, was {}", [&field, &old_field]);
        if old.name != *name {
            let what = Text::new("field {} is {} in JSON, was {}", &[&field, name, &old.name]);
            self.note(Class::Wire, spot(), subject, what);
        }
        let retyped = self.retyped(&old_member.ty, member_type);
        let new_call = format!("{ident}::new");
        match (&old_member.filled, filled) {
            (Filled::Constant(_), Filled::Argument(_)) if retyped.is_none() => {
                let what = Text::new("field {} can have several values: {} asks for it", &[&field, &new_call]);
                self.note(Class::Compile, spot(), subject, what);
            }
            (Filled::Argument(_), Filled::Constant(_)) if retyped.is_none() => {
                let what = Text::new("field {} has only one value: {} fills it in", &[&field, &new_call]);
                self.note(Class::Compile, spot(), subject, what);
            }
            (before, after) => {
                let gravest = retyped.into_iter().chain(self.refilled(before, after)).min();
                let (was, now) = (old.presence(), new.presence());
                let [old_words, words] = if was == now { [""; 2] } else { [was, now].map(presence_words) };
                let types = [&self.new.surface.text(member_type), &self.old.surface.text(&old_member.ty)];
                let what = Text::new("field {} is {}", &[&field, types[0]]).then(words, &[]);
                let what = what.then(", was {}", &[types[1]]).then(old_words, &[]);
                let breaks = !self.same_json(&old.ty, ty)
                    || uses.sent && refuses(was, now)
                    || uses.received && surprises(was, now);
                if let Some(class) = gravest {
                    self.note(class, spot(), subject, what).on_the_wire_if(class == Class::Compile && breaks);
                }
            }
        }
        let subject = &Text::name(&format!("{ident}.{field}"));
        self.docs(subject, pointer, uses.sent, &old.docs, docs);
    }

    /// What it means that a field gets its value in another way.
    fn refilled(&self, old: &Filled, new: &Filled) -> Option<Class> {
        match (old, new) {
            (Filled::Argument(old), Filled::Argument(new)) | (Filled::Setter(old), Filled::Setter(new)) => {
                self.accepts(old, new)
            }
            // The variant is compared with its enum.
            (Filled::Constant(_), Filled::Constant(_)) => None,
            (Filled::Argument(_) | Filled::Setter(_) | Filled::Constant(_), _) => Some(Class::Compile),
        }
    }

    fn variants(&mut self, about: &About<'_>, old: &[Value<'_>], new: &[Value<'_>]) {
        let About { ident, subject, spot, uses } = about;
        let by_value = |_: usize, (value, _): &Value<'_>| Some(value.value.clone());
        let by_variant = |_: usize, (_, variant): &Value<'_>| Some(variant.ident.to_string());
        let by_place = |place: usize, _: &Value<'_>| Some(place.to_string());
        let variants = matched(old, new, &[&by_value, &by_variant, &by_place]);
        for (value, variant) in &variants.gone {
            let what = Text::new("variant {} ({}) removed", &[&variant.ident, &variant.value]);
            self.note(Class::Compile, Spot::old(&value.pointer), subject, what).on_the_wire_if(uses.sent);
        }
        for (value, variant) in &variants.added {
            let what = Text::new("variant {} ({}) added", &[&variant.ident, &variant.value]);
            self.note(Class::Additive, Spot::new(&value.pointer), subject, what);
        }
        for ((was, Variant { ident: old_variant, .. }), (now, Variant { ident: variant, value: _ })) in &variants.kept {
            let EnumValue { value, rust_name: _, description, pointer } = now;
            let is_other = was.value != *value;
            if old_variant != variant {
                let names: [&dyn Display; 4] = [variant, value, old_variant, &was.value];
                let what = Text::new("variant {} ({}) renamed, was {} ({})", &names);
                self.note(Class::Compile, Spot::new(pointer), subject, what).on_the_wire_if(uses.sent && is_other);
            } else if is_other {
                let what = Text::new("variant {} stands for {}, was {}", &[variant, value, &was.value]);
                self.note(Class::Wire, Spot::new(pointer), subject, what);
            }
            if was.description != *description {
                let subject = Text::name(&format!("{ident}::{variant}"));
                self.note(Class::Docs, Spot::new(pointer), &subject, Text::new("{} changed", &[&"description"]));
            }
        }
        if variants.moved().is_some() {
            let what = Text::new("variants stand in another order, by which they are compared and sorted", &[]);
            self.note(Class::Wire, spot.clone(), subject, what);
        }
    }
}

fn models<'a>(side: Side<'a>, new_id: impl Fn(TypeId) -> Option<TypeId>) -> Vec<Model<'a>> {
    let types = side.api.types.iter().zip(&side.surface.types);
    types.map(|((id, def), ty)| (new_id(id), id, def, ty)).collect()
}

fn fields(shape: &Shape) -> &[ir::Field] {
    if let Shape::Object(fields) = shape { fields } else { &[] }
}

fn values(shape: &Shape) -> &[EnumValue] {
    if let Shape::Enum(values) = shape { values } else { &[] }
}

/// What `new` takes for a field, if it asks for it.
fn asked(member: &Member) -> Option<&Accepted> {
    match &member.filled {
        Filled::Argument(accepted) => Some(accepted),
        Filled::Setter(_) | Filled::Constant(_) => None,
    }
}

/// What a type is, in a word.
fn kind_words(side: Side<'_>, kind: &Kind) -> String {
    match kind {
        Kind::Struct(_) => "struct".to_owned(),
        Kind::Enum(_) => "enum".to_owned(),
        Kind::Newtype(inner) => format!("struct({})", side.surface.text(inner)),
        Kind::Alias(target) => format!("type = {}", side.surface.text(target)),
    }
}

fn presence_words(presence: Presence) -> &'static str {
    match presence {
        Presence::Required => " (required)",
        Presence::RequiredNullable => " (required, may be null)",
        Presence::Optional => " (optional)",
        Presence::OptionalNullable => " (optional, may be null)",
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
