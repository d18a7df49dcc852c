//! Unions: their variants, and the evidence for them.
//!
//! A union is `#[non_exhaustive]` and keeps values that fit no variant, so a variant can be added. That can change the
//! variant as which a value is read, like every change of the evidence: then existing matches no longer see it.

use super::lists::matched;
use super::pairs::Use;
use super::{About, Class, Comparison, Text};
use crate::ident::Ident;
use crate::ir::{self, Evidence};
use crate::surface::{Union, UnionVariant};

/// A member of a union with its variant.
type Variant<'a> = (&'a ir::UnionVariant, &'a UnionVariant);

impl Comparison<'_> {
    pub(super) fn union(
        &mut self,
        about: &About,
        ident: &Ident,
        uses: Use,
        (old_members, old): (&[ir::UnionVariant], &Union),
        (members, new): (&[ir::UnionVariant], &Union),
    ) {
        let Union { tag, variants } = new;
        if old.tag != *tag {
            let shown = |tag: &Option<String>| tag.clone().unwrap_or_else(|| "its content".to_owned());
            let what =
                Text::new("variants are identified by {}, were identified by {}", &[&shown(tag), &shown(&old.tag)]);
            self.report(about, Class::Wire, "", what);
        }
        let before: Vec<Variant<'_>> = old_members.iter().zip(&old.variants).collect();
        let after: Vec<Variant<'_>> = members.iter().zip(variants).collect();
        let by_name = |_: usize, (member, _): &Variant<'_>| Some(member.name.clone());
        let by_variant = |_: usize, (_, variant): &Variant<'_>| Some(variant.ident.to_string());
        let by_tag = |_: usize, (_, variant): &Variant<'_>| variant.evidence.values.first().cloned();
        let variants = matched(&before, &after, &[&by_name, &by_variant, &by_tag]);
        for (member, variant) in &variants.gone {
            let what = Text::new("variant {} removed", &[&variant.ident]);
            let change = self.gone(Class::Compile, &member.pointer, about.subject.clone(), what);
            change.on_the_wire_if(uses.sent || uses.received);
        }
        for (member, variant) in &variants.added {
            let declared = format!("{}({})", variant.ident, self.new.text(&variant.held()));
            let what = Text::new("variant {} added", &[&declared]);
            self.recognized(&About::new(about.subject.clone(), &member.pointer), uses, what);
        }
        for (was, now) in &variants.kept {
            self.union_variant(about, ident, uses, was, now);
        }
        if variants.moved().is_some() {
            let what = Text::new("variants are in another order, which decides between equal matches", &[]);
            self.report(about, Class::Wire, "", what);
        }
    }

    fn union_variant(
        &mut self,
        about: &About,
        ident: &Ident,
        uses: Use,
        (old, was): &Variant<'_>,
        (new, now): &Variant<'_>,
    ) {
        // The form says what is boxed. The text of the discriminator, and the name of the schema, become evidence.
        let ir::UnionVariant { name: _, rust_name: _, pointer, docs, ty, boxed: _, mapped: _, schema: _ } = new;
        // The type is compared in the form in which it is stored.
        let UnionVariant { ident: variant, ty: _, form, accessor, is_made_by_from, evidence } = now;
        let about = &About::new(about.subject.clone(), pointer);
        self.differs(about, Class::Compile, "", "variant {} renamed, was {}", [variant, &was.ident]);
        if now.ident == was.ident {
            let template = "the accessor of {2} is {}, was {}";
            if accessor != &was.accessor {
                self.report(about, Class::Compile, "", Text::new(template, &[accessor, &was.accessor, variant]));
            }
        }
        let texts = [self.new.text(&now.held()), self.old.text(&was.held())];
        let is_same_json = self.same_json(&old.ty, ty);
        match self.retyped(&was.held(), &now.held()) {
            Some(class) => {
                let what = Text::new("variant {} holds {}, was {}", &[variant, &texts[0], &texts[1]]);
                self.report(about, class, "", what).on_the_wire_if(class == Class::Compile && !is_same_json);
            }
            None if *form != was.form => {
                let what = Text::new("variant {} has a different accessor", &[variant]);
                self.report(about, Class::Compile, "", what);
            }
            None => {}
        }
        match (was.is_made_by_from, is_made_by_from) {
            (true, false) => {
                let what =
                    Text::new("{} is no longer created by {}: another variant has its type", &[variant, &"From"]);
                self.report(about, Class::Compile, "", what);
            }
            (false, true) => {
                self.report(about, Class::Additive, "", Text::new("{} is created by {}", &[variant, &"From"]));
            }
            (true, true) | (false, false) => {}
        }
        // Kinds and fields, including the tag, are those of the type, whose own changes are reported.
        let Evidence { kinds: _, values, is_tag_extra: _, fields: _ } = evidence;
        if was.evidence.values != *values {
            let [now, was] = [values, &was.evidence.values].map(|values| match values.as_slice() {
                [] => "anything".to_owned(),
                values => values.join(", "),
            });
            let what = Text::new("variant {} is identified by {}, was identified by {}", &[variant, &now, &was]);
            self.report(about, Class::Wire, "", what);
        }
        let about = &About::new(Text::name(&format!("{ident}::{variant}")), pointer);
        self.docs(about, uses.sent, &old.docs, docs);
    }
}
