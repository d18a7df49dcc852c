//! Features by tag: those of a crate, and the items that need them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{About, Class, Comparison, Text};
use crate::pointer::Pointer;
use crate::surface::{Feature, Gate, Surface};

impl Comparison<'_> {
    /// Compares the features.
    pub(super) fn features(&mut self) {
        let (old, new) = (named(self.old.surface), named(self.new.surface));
        let had_some = self.old.surface.features.is_some();
        let about = |feature: &Feature| {
            let Feature { name, tag: _ } = feature; // … an item with another tag needs another feature
            About::new(Text::name(name), &Pointer::root().key("info"))
        };
        for feature in old.iter().filter(|feature| !new.iter().any(|other| other.name == feature.name)) {
            let About { subject, at } = about(feature);
            self.gone(Class::Compile, &at, subject, Text::new("feature removed", &[]));
        }
        for feature in new.iter().filter(|feature| !old.iter().any(|other| other.name == feature.name)) {
            let (class, what) = match had_some {
                true => (Class::Additive, "feature added"),
                false => (Class::Compile, "feature added, and needed for existing items"),
            };
            self.report(&about(feature), class, "", Text::new(what, &[]));
        }
    }

    /// Compares the features that an item needs, if the crate had features and still has some. Removed and added
    /// features are reported separately.
    pub(super) fn gate(&mut self, about: &About, old: &Gate, new: &Gate) {
        if self.old.surface.features.is_none() || self.new.surface.features.is_none() {
            return;
        }
        let known: BTreeSet<Arc<str>> =
            names(named(self.old.surface)).intersection(&names(named(self.new.surface))).cloned().collect();
        match (old.features(), new.features()) {
            (None, None) => {}
            (None, Some(needed)) => {
                let what = Text::new("needs one of the features {}, needed none before", &[&listed(needed.iter())]);
                self.report(about, Class::Compile, "", what);
            }
            (Some(needed), None) => {
                let what = Text::new("needs no feature, needed one of {} before", &[&listed(needed.iter())]);
                self.report(about, Class::Additive, "", what);
            }
            (Some(old), Some(new)) => {
                let lost: Vec<&Arc<str>> = old.difference(new).filter(|name| known.contains(*name)).collect();
                let gained: Vec<&Arc<str>> = new.difference(old).filter(|name| known.contains(*name)).collect();
                if !lost.is_empty() {
                    let what = Text::new("no longer comes with the feature {}", &[&listed(lost)]);
                    self.report(about, Class::Compile, "", what);
                }
                if !gained.is_empty() {
                    let what = Text::new("comes with the feature {} too", &[&listed(gained)]);
                    self.report(about, Class::Additive, "", what);
                }
            }
        }
    }
}

fn named(surface: &Surface) -> &[Feature] {
    surface.features.as_ref().map_or(&[], |features| &features.list)
}

fn names(features: &[Feature]) -> BTreeSet<Arc<str>> {
    features.iter().map(|feature| feature.name.clone()).collect()
}

/// Joins names with commas.
fn listed<'n>(names: impl IntoIterator<Item = &'n Arc<str>>) -> String {
    names.into_iter().map(|name| &**name).collect::<Vec<_>>().join(", ")
}
