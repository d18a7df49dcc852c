//! Methods that return the ids of related resources, and conversions from resources.

use super::lists::matched;
use super::{About, Class, Comparison, Text};
use crate::ir::TypeId;
use crate::surface::{Conversion, Relation};

impl Comparison<'_> {
    pub(super) fn relations(&mut self, about: &About, old: &[Relation], new: &[Relation]) {
        let by_method = |_: usize, relation: &Relation| Some(relation.ident.to_string());
        let relations = matched(old, new, &[&by_method]);
        for Relation { ident, .. } in relations.gone {
            self.report(about, Class::Compile, "", Text::new("method {} removed", &[ident]));
        }
        for Relation { ident, .. } in relations.added {
            self.report(about, Class::Additive, "", Text::new("method {} added", &[ident]));
        }
        for (was, now) in relations.kept {
            // The fields on the path are compared on their own.
            let Relation { ident, name: _, steps: _, ty: _, lent: _ } = now;
            let [returned, before] = [now.returned(self.new.surface), was.returned(self.old.surface)];
            let is_kept = was.is_optional() == now.is_optional()
                && was.lent == now.lent
                && self.retyped(&was.ty, &now.ty) != Some(Class::Compile);
            if !is_kept {
                let what = Text::new("method {} returns {}, was {}", &[ident, &returned, &before]);
                self.report(about, Class::Compile, "", what);
            }
        }
    }

    pub(super) fn conversions(&mut self, about: &About, old: &[Conversion], new: &[Conversion]) {
        let now = |conversion: &Conversion| self.pairs.new_of(conversion.from);
        let old: Vec<(Option<TypeId>, TypeId)> = old.iter().map(|was| (now(was), was.from)).collect();
        // The places of the values are compared with the fields.
        for (_, from) in old.iter().filter(|(now, _)| !new.iter().any(|new| Some(new.from) == *now)) {
            let from = &self.old.surface.model(*from).ident;
            self.report(about, Class::Compile, "", Text::new("is no longer created by {} from {}", &[&"From", from]));
        }
        for new in new.iter().filter(|new| !old.iter().any(|(now, _)| *now == Some(new.from))) {
            let from = &self.new.surface.model(new.from).ident;
            self.report(about, Class::Additive, "", Text::new("is created by {} from {}", &[&"From", from]));
        }
    }
}
