//! Parts of objects in addition to their own fields: one for the properties that they do not list, and a struct for the
//! inputs of their constructors.

use super::pairs::Use;
use super::{About, Class, Comparison, Text};
use crate::ident::Ident;
use crate::ir;
use crate::surface::Others;

/// The description of such properties, with their field.
type Side<'a> = (Option<&'a ir::Others>, &'a Option<Others>);

impl Comparison<'_> {
    /// Compares the structs that constructors take; returns whether one was added or stayed.
    pub(super) fn by_name(&mut self, about: &About, owner: &Ident, old: Option<&Ident>, new: Option<&Ident>) -> bool {
        let constructor = format!("{owner}::new");
        match (old, new) {
            (None, None) => return false,
            (None, Some(new)) => {
                let what =
                    Text::new("{} takes its fields by name, in {}: several have the same type", &[&constructor, new]);
                self.report(about, Class::Compile, "", what);
            }
            (Some(old), None) => {
                let what = Text::new("{} takes its fields one by one, no longer in {}", &[&constructor, old]);
                self.report(about, Class::Compile, "", what);
            }
            (Some(old), Some(new)) => {
                self.differs(about, Class::Compile, "", "{} renamed, was {}", [new, old]);
            }
        }
        true
    }

    /// Without a type, these properties are in `extra`.
    pub(super) fn others(
        &mut self,
        about: &About,
        owner: &Ident,
        uses: Use,
        (old, old_field): Side<'_>,
        (new, field): Side<'_>,
    ) {
        match (old.zip(old_field.as_ref()), new.zip(field.as_ref())) {
            (None, None) => {}
            (None, Some((ir::Others { pointer, .. }, Others { ident, ty }))) => {
                let declared = format!("{}: {}", ident.unraw(), self.new.text(ty));
                let what = Text::new("field {} added, for values that were in {}", &[&declared, &"extra"]);
                let about = About::new(about.subject.clone(), pointer);
                self.report(&about, Class::Additive, "", what).on_the_wire_if(true);
            }
            (Some((others, field)), None) => {
                let what = Text::new("field {} removed: its values are in {}", &[&field.ident.unraw(), &"extra"]);
                self.gone(Class::Compile, &others.pointer, about.subject.clone(), what);
            }
            (Some((old, old_field)), Some((new, field))) => {
                // The requested name has become the identifier.
                let ir::Others { rust_name: _, pointer, docs, ty } = new;
                let Others { ident, ty: kept } = field;
                let about = &About::new(about.subject.clone(), pointer);
                let (name, was) = (ident.unraw(), old_field.ident.unraw());
                self.differs(about, Class::Compile, "", "field {} renamed, was {}", [&name, &was]);
                if let Some(class) = self.retyped(&old_field.ty, kept) {
                    let [now, was] = [self.new.text(kept), self.old.text(&old_field.ty)];
                    let what = Text::new("field {} is {}, was {}", &[&name, &now, &was]);
                    let breaks = class == Class::Compile && !self.same_json(&old.ty, ty);
                    self.report(about, class, "", what).on_the_wire_if(breaks);
                }
                let about = &About::new(Text::name(&format!("{owner}.{name}")), pointer);
                self.docs(about, uses.sent, &old.docs, docs);
            }
        }
    }
}
