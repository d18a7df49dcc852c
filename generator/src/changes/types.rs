//! Named schemas: the models.
//!
//! The guarantees of the emitted models determine the classes. Structs and enums are `#[non_exhaustive]`, so that no
//! other crate can construct one field by field, or match without a wildcard arm. An enum keeps values that it does not
//! know.

use std::fmt::Display;

use super::lists::matched;
use super::pairs::Use;
use super::{About, Class, Comparison, Side, Text};
use crate::ident::Ident;
use crate::ir::{self, EnumValue, Shape, TypeDef, TypeId, TypeRef, UnionVariant};
use crate::surface::{Accepted, Derive, Filled, Kind, Member, Struct, Type, Variant};

/// A schema with its type, and its id on the new side.
type Model<'a> = (Option<TypeId>, TypeId, &'a TypeDef, &'a Type);

/// A property with its field.
type Field<'a> = (&'a ir::Field, &'a Member);

/// A value of an enum with its variant.
type Value<'a> = (&'a EnumValue, &'a Variant);

/// Whether a property is always present, and whether it may be `null`.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Presence {
    required: bool,
    nullable: bool,
}

impl Comparison<'_> {
    pub(super) fn types(&mut self) {
        let (old, new) = (models(self.old, |id| self.pairs.new_of(id)), models(self.new, Some));
        let types = matched(&old, &new, &[&|_, (id, ..): &Model<'_>| *id]);
        for (_, _, def, ty) in types.gone {
            self.gone(Class::Compile, &def.pointer, Text::name(&ty.ident), Text::new("type removed", &[]));
        }
        for (_, id, def, ty) in types.added {
            if self.brought.contains(id) {
                continue;
            }
            let about = &About::new(Text::name(&ty.ident), &def.pointer);
            self.report(about, Class::Additive, "", Text::new("type added", &[]));
        }
        for (old, new) in types.kept {
            self.model(old, new);
        }
    }

    fn model(&mut self, (_, old_id, old_def, old): &Model<'_>, (_, id, def, new): &Model<'_>) {
        // The requested name and the origin have become the identifier.
        let TypeDef { name, rust_name: _, pointer, origin: _, docs, shape } = def;
        // The import in other files is private.
        let Type { ident, module, shadows: _, derives, kind, gate } = new;
        let (about, uses) = (&About::new(Text::name(ident), pointer), self.pairs.uses(*old_id, *id));
        let _ = self.differs(about, Class::Compile, "", "type renamed, was {1}", [ident, &old.ident])
            || self.differs(about, Class::Docs, "", "schema renamed from {1} to {0}", [name, &old_def.name])
            || self.differs(about, Class::Docs, "", "is in the file {}, was {}", [module, &old.module]);
        self.gate(about, &old.gate, gate);
        self.docs(about, uses.sent, &old_def.docs, docs);
        self.relations(about, &self.old.surface.relations[old_id.0], &self.new.surface.relations[id.0]);
        self.conversions(about, &self.old.surface.conversions[old_id.0], &self.new.surface.conversions[id.0]);
        match (&old.kind, kind) {
            (Kind::Struct(_), Kind::Struct(_)) | (Kind::Union(_), Kind::Union(_)) => {
                self.derives(about, &old.derives, derives);
            }
            _ => {} // … the derives follow from everything else
        }
        match (&old.kind, kind) {
            (Kind::Struct(old), Kind::Struct(new)) => {
                let Struct { members, others, fields: by, default: _ } = new; // … there is a default if `new` has no arguments
                let before: Vec<Field<'_>> = old_def.shape.fields().iter().zip(&old.members).collect();
                let after: Vec<Field<'_>> = shape.fields().iter().zip(members).collect();
                let is_by_name = self.by_name(about, ident, old.fields.as_ref(), by.as_ref());
                self.fields(about, ident, uses, is_by_name, &before, &after);
                self.others(about, ident, uses, (others_of(&old_def.shape), &old.others), (others_of(shape), others));
            }
            (Kind::Enum(old), Kind::Enum(new)) => {
                let before: Vec<Value<'_>> = values(&old_def.shape).iter().zip(old).collect();
                let after: Vec<Value<'_>> = values(shape).iter().zip(new).collect();
                if self.variants(about, ident, uses, &before, &after) {
                    let what = Text::new("variants are in another order, by which they are compared and sorted", &[]);
                    self.report(about, Class::Wire, "", what);
                }
            }
            (Kind::IntegerEnum(was, old), Kind::IntegerEnum(inner, new)) if was == inner => {
                let before: Vec<Value<'_>> = values(&old_def.shape).iter().zip(old).collect();
                let after: Vec<Value<'_>> = values(shape).iter().zip(new).collect();
                if self.variants(about, ident, uses, &before, &after) {
                    self.report(about, Class::Docs, "", Text::new("variants are in another order", &[]));
                }
            }
            (Kind::Union(old), Kind::Union(new)) => {
                self.union(about, ident, uses, (members(&old_def.shape), old), (members(shape), new));
            }
            (Kind::Newtype(before), Kind::Newtype(after)) | (Kind::Alias(before), Kind::Alias(after))
                if self.retyped(before, after) != Some(Class::Compile) =>
            {
                if self.retyped(before, after).is_some() {
                    let what = Text::new("has the type {}, was {}", &[&self.new.text(after), &self.old.text(before)]);
                    self.report(about, Class::Docs, "", what);
                }
            }
            (before, after) => {
                let is_same_json = self.same_json(&TypeRef::Named(*old_id), &TypeRef::Named(*id));
                let what = Text::new("is {}, was {}", &[&kind_words(self.new, after), &kind_words(self.old, before)]);
                self.report(about, Class::Compile, "", what).on_the_wire_if(!is_same_json);
            }
        }
    }

    /// Equality and hash follow from the content, at any depth.
    fn derives(&mut self, about: &About, old: &[Derive], new: &[Derive]) {
        let listed = |start: &str, of: &[Derive], but: &[Derive]| {
            // There is a default if `new` has no arguments.
            let derives = of.iter().filter(|derive| **derive != Derive::Default && !but.contains(derive));
            let derives: Vec<String> = derives.map(|derive| format!("{derive:?}")).collect();
            let (first, others) = derives.split_first()?;
            let text = Text::new(start, &[first]);
            Some(others.iter().fold(text, |text, derive| text.then(" and {}", &[derive])))
        };
        if let Some(lost) = listed("is no longer {}", old, new) {
            self.report(about, Class::Compile, "", lost);
        }
        if let Some(gained) = listed("is {}", new, old) {
            self.report(about, Class::Additive, "", gained);
        }
    }

    fn fields(
        &mut self,
        about: &About,
        ident: &Ident,
        uses: Use,
        is_by_name: bool,
        old: &[Field<'_>],
        new: &[Field<'_>],
    ) {
        let by_name = |_: usize, (field, _): &Field<'_>| Some(field.name.clone());
        let by_member = |_: usize, (_, member): &Field<'_>| Some(member.ident.to_string());
        let fields = matched(old, new, &[&by_name, &by_member]);
        let constructor = format!("{ident}::new");
        for (field, member) in &fields.gone {
            let what = Text::new("field {} removed", &[&member.ident.unraw()]);
            let change = self.gone(Class::Compile, &field.pointer, about.subject.clone(), what);
            change.on_the_wire_if(uses.received && field.required || uses.sent);
        }
        for (field, member) in &fields.added {
            let (class, how) = match &member.filled {
                Filled::Setter(_) => (Class::Additive, "optional, no longer in {1}"),
                Filled::Server => (Class::Additive, "set by the server, no longer in {1}"),
                Filled::Argument(_) => (Class::Compile, "required: {} takes it"),
                Filled::Constant(_) | Filled::Tag(_) if uses.sent => {
                    (Class::Wire, "filled in and sent with every request")
                }
                Filled::Constant(_) | Filled::Tag(_) => (Class::Additive, "always the same, no longer in {1}"),
            };
            let declared = format!("{}: {}", member.ident.unraw(), self.new.text(&member.ty));
            let what = Text::new("field {} added, ", &[&declared]).then(how, &[&constructor, &"extra"]);
            let about = &About::new(about.subject.clone(), &field.pointer);
            // A value that a caller put into `extra` under its name is no longer sent, and none is found there.
            let is_wire = uses.sent || uses.received && class == Class::Additive;
            self.report(about, class, "", what).on_the_wire_if(is_wire && class != Class::Wire);
        }
        for (was, now) in &fields.kept {
            self.field(about, ident, uses, was, now);
        }
        // The order of fields is that of the arguments of `new`, and of the written object.
        let are_arguments = |(_, was): &Field<'_>, (_, now): &Field<'_>| {
            !is_by_name && argument_type(was).and(argument_type(now)).is_some()
        };
        let Some(((_, was), (_, now))) = fields.moved_among(are_arguments) else {
            return self.order(&fields, about, "", "fields are in another order");
        };
        let names: [&dyn Display; 3] = [&constructor, &now.ident.unraw(), &was.ident.unraw()];
        let what = Text::new("{} takes its arguments in another order: {} where {} was", &names);
        // No two have the same type. If the compiler infers the types, as in `text.parse()?`, it infers the new ones.
        self.report(about, Class::Compile, "", what).on_the_wire_if(true);
    }

    fn field(
        &mut self,
        about: &About,
        ident: &Ident,
        uses: Use,
        (old, old_member): &Field<'_>,
        (new, member): &Field<'_>,
    ) {
        // Of the requested names, one is the member, and the other is compared with the inputs of calls. The type says
        // what is boxed; the filled-in value includes constants and tags. The side that sets a field determines how it
        // gets its value.
        let ir::Field {
            name,
            rust_name: _,
            pointer,
            docs,
            ty,
            required: _,
            read_only: _,
            write_only: _,
            boxed: _,
            constant: _,
            tag, // … with its filled-in value
            argument_name: _,
        } = new;
        let Member { ident: _, ty: member_type, word: _, filled } = member; // … the word follows from `required` and the type
        let about = &About::new(about.subject.clone(), pointer);
        let (field, constructor) = (member.ident.unraw(), format!("{ident}::new"));
        self.differs(about, Class::Compile, "", "field {} renamed, was {}", [&field, &old_member.ident.unraw()]);
        if old.name != *name {
            let what = Text::new("field {} is {} in JSON, was {}", &[&field, name, &old.name]);
            self.report(about, Class::Wire, "", what);
        }
        let retyped = self.retyped(&old_member.ty, member_type);
        match (&old_member.filled, filled) {
            (Filled::Constant(_) | Filled::Tag(_), Filled::Argument(_)) if retyped.is_none() => {
                let what = Text::new("field {} can have several values: {} takes it", &[&field, &constructor]);
                self.report(about, Class::Compile, "", what);
            }
            (Filled::Constant(_) | Filled::Tag(_), Filled::Constant(_) | Filled::Tag(_)) if retyped.is_none() => {
                let [now, was] = [filled_in(self.new, new), filled_in(self.old, old)];
                // Another value of an enum is reported with the enum.
                if now != was && old.tag.as_ref().or(tag.as_ref()).is_some() {
                    let what = Text::new("{} fills in {} with {}, was {}", &[&constructor, &field, &now, &was]);
                    self.report(about, Class::Wire, "", what);
                }
            }
            (Filled::Argument(_), Filled::Constant(_) | Filled::Tag(_)) if retyped.is_none() => {
                let what = Text::new("field {} has only one value: {} fills it in", &[&field, &constructor]);
                self.report(about, Class::Compile, "", what);
            }
            (before, after) => {
                let (was, now) = (Presence::of(old), Presence::of(new));
                let [old_words, words] = if was == now { [""; 2] } else { [was, now].map(Presence::words) };
                let [now_text, was_text] = [self.new.text(member_type), self.old.text(&old_member.ty)];
                let what = Text::new("field {} is {}", &[&field, &now_text]).then(words, &[]);
                let what = what.then(", was {}", &[&was_text]).then(old_words, &[]);
                // The same name, for a type that is or was a list.
                let what = match (old_member.accepted(), member.accepted()) {
                    (Some(old), Some(new)) if retyped.is_none() && was == now => {
                        let [now, was] = [self.new.text(&new.ty), self.old.text(&old.ty)];
                        Text::new("field {} takes {}, was {}", &[&field, &now, &was])
                    }
                    _ => what,
                };
                let breaks = !self.same_json(&old.ty, ty)
                    || uses.sent && now.refuses_some_of(was)
                    || uses.received && now.surprises_readers_of(was);
                if let Some(class) = retyped.into_iter().chain(self.refilled(before, after)).min() {
                    self.report(about, class, "", what).on_the_wire_if(class == Class::Compile && breaks);
                }
            }
        }
        let about = &About::new(Text::name(&format!("{ident}.{field}")), pointer);
        self.docs(about, uses.sent, &old.docs, docs);
    }

    /// Returns the effect of another source of a field's value.
    fn refilled(&self, old: &Filled, new: &Filled) -> Option<Class> {
        match (old, new) {
            (Filled::Argument(old), Filled::Argument(new)) | (Filled::Setter(old), Filled::Setter(new)) => {
                self.accepts(old, new)
            }
            (Filled::Constant(_), Filled::Constant(_)) | (Filled::Tag(_), Filled::Tag(_)) => None, // … the variant is compared with its enum
            (Filled::Server, Filled::Server) => None,
            (Filled::Server, Filled::Setter(_)) => Some(Class::Additive),
            (Filled::Argument(_) | Filled::Setter(_) | Filled::Constant(_) | Filled::Tag(_) | Filled::Server, _) => {
                Some(Class::Compile)
            }
        }
    }

    /// Reports a variant for a value that was [`Unrecognized`](Kind::Enum) so far: code that looks for it there no
    /// longer finds it.
    pub(super) fn recognized(&mut self, about: &About, uses: Use, added: Text) {
        let what = if uses.received { added.then(", no longer {}", &[&"Unrecognized"]) } else { added };
        self.report(about, Class::Additive, "", what).on_the_wire_if(uses.received);
    }

    /// The caller reports another order.
    fn variants(&mut self, about: &About, ident: &Ident, uses: Use, old: &[Value<'_>], new: &[Value<'_>]) -> bool {
        let by_value = |_: usize, (value, _): &Value<'_>| Some(value.value.clone());
        let by_variant = |_: usize, (_, variant): &Value<'_>| Some(variant.ident.to_string());
        let by_place = |place: usize, _: &Value<'_>| Some(place.to_string());
        let variants = matched(old, new, &[&by_value, &by_variant, &by_place]);
        let at = |value: &EnumValue| About::new(about.subject.clone(), &value.pointer);
        for (value, variant) in &variants.gone {
            let what = Text::new("variant {} ({}) removed", &[&variant.ident, &variant.value]);
            let change = self.gone(Class::Compile, &value.pointer, about.subject.clone(), what);
            change.on_the_wire_if(uses.sent);
        }
        for (value, variant) in &variants.added {
            let what = Text::new("variant {} ({}) added", &[&variant.ident, &variant.value]);
            self.recognized(&at(value), uses, what);
        }
        for ((was, old_variant), (now, variant)) in &variants.kept {
            let EnumValue { value, rust_name: _, description, pointer } = now;
            let Variant { ident: variant, value: _ } = variant;
            let names: [&dyn Display; 4] = [variant, value, &old_variant.ident, &was.value];
            if old_variant.ident != *variant {
                let what = Text::new("variant {} ({}) renamed, was {} ({})", &names);
                let change = self.report(&at(now), Class::Compile, "", what);
                change.on_the_wire_if(uses.sent && was.value != *value);
            } else if was.value != *value {
                self.report(&at(now), Class::Wire, "", Text::new("variant {} is written as {}, was {3}", &names));
            }
            if was.description != *description {
                let about = About::new(Text::name(&format!("{ident}::{variant}")), pointer);
                self.report(&about, Class::Docs, "", Text::new("{} changed", &[&"description"]));
            }
        }
        variants.moved().is_some()
    }
}

impl Presence {
    fn of(field: &ir::Field) -> Self {
        Self { required: field.required, nullable: field.ty.is_nullable() }
    }

    const fn words(self) -> &'static str {
        match (self.required, self.nullable) {
            (true, false) => " (required)",
            (true, true) => " (required, may be null)",
            (false, false) => " (optional)",
            (false, true) => " (optional, may be null)",
        }
    }

    /// Whether a server can reject requests of programs that are already built.
    const fn refuses_some_of(self, old: Self) -> bool {
        !old.required && self.required || old.nullable && !self.nullable
    }

    /// Whether programs that are already built cannot read what the server can send. An optional field is read in every
    /// case.
    const fn surprises_readers_of(self, old: Self) -> bool {
        old.required && (!self.required || !old.nullable && self.nullable)
    }
}

fn models<'a>(side: Side<'a>, new_id: impl Fn(TypeId) -> Option<TypeId>) -> Vec<Model<'a>> {
    let types = side.api.types.iter().zip(&side.surface.types);
    types.map(|((id, def), ty)| (new_id(id), id, def, ty)).collect()
}

fn others_of(shape: &Shape) -> Option<&ir::Others> {
    if let Shape::Object { others, .. } = shape { others.as_deref() } else { None }
}

fn values(shape: &Shape) -> &[EnumValue] {
    shape.enum_values().unwrap_or_default()
}

fn members(shape: &Shape) -> &[UnionVariant] {
    if let Shape::Union(union) = shape { &union.variants } else { &[] }
}

/// Returns the argument of `new` for a field, if there is one.
fn argument_type(member: &Member) -> Option<&Accepted> {
    if let Filled::Argument(accepted) = &member.filled { Some(accepted) } else { None }
}

/// Returns the value that is filled in for a field: the text by which unions recognize its object, or the only possible
/// value.
fn filled_in<'a>(side: Side<'a>, field: &'a ir::Field) -> &'a str {
    let only = || side.api.types.definition(&field.ty)?.shape.enum_values()?.first().map(|value| value.value.as_str());
    field.tag.as_deref().or_else(only).unwrap_or_default()
}

/// Returns the kind of a type, in words.
fn kind_words(side: Side<'_>, kind: &Kind) -> String {
    match kind {
        Kind::Struct(_) => "struct".to_owned(),
        Kind::Enum(_) => "enum".to_owned(),
        Kind::IntegerEnum(inner, _) => format!("enum({})", side.text(inner)),
        Kind::Union(_) => "union".to_owned(),
        Kind::Newtype(inner) => format!("struct({})", side.text(inner)),
        Kind::Alias(target) => format!("type = {}", side.text(target)),
    }
}
