//! The version that changes require, by the rules of cargo: which versions `crate = "VERSION"` considers compatible.

use std::fmt;

use semver::Version;

use super::{Change, Class};

/// The version that the changes require, and whether the spec has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demand {
    pub old: Version,
    pub new: Version,
    /// The lowest sufficient version. The old one, if the changes require none.
    pub wanted: Version,
}

impl Demand {
    /// Changes of documentation require no version: no caller's code or request differs, and the next release includes
    /// them.
    pub(super) fn of(changes: &[Change], old: Version, new: Version) -> Self {
        let is_breaking = changes.iter().any(|change| change.class.is_breaking());
        let is_additive = changes.iter().any(|change| change.class == Class::Additive);
        let wanted = match (is_breaking, is_additive) {
            (false, false) => old.clone(),
            // A pre-release promises nothing, and any later version may follow it.
            _ if !old.pre.is_empty() => next_pre_release(&old),
            (true, _) if old.major > 0 => Version::new(old.major.saturating_add(1), 0, 0),
            (true, _) if old.minor > 0 => Version::new(0, old.minor.saturating_add(1), 0),
            (false, true) if old.major > 0 => Version::new(old.major, old.minor.saturating_add(1), 0),
            _ => Version::new(old.major, old.minor, old.patch.saturating_add(1)),
        };
        Self { old, new, wanted }
    }

    /// Whether the new version is sufficient.
    pub fn is_met(&self) -> bool {
        // A suffix after `+` does not count.
        self.new.cmp_precedence(&self.wanted).is_ge()
    }

    /// Whether the changes require another version at all.
    pub fn is_made(&self) -> bool {
        self.wanted != self.old
    }
}

/// The last sentence of a report.
impl fmt::Display for Demand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { old, new, wanted } = self;
        match (self.is_made(), self.is_met()) {
            (false, true) if old == new => write!(f, "This requires no other version than {new}."),
            (false, true) => write!(f, "This requires no other version than {old}, and gets {new}."),
            (false, false) => {
                write!(f, "The version goes back from {old} to {new}: set `info.version` to {old} or later.")
            }
            (true, true) => write!(f, "This requires version {wanted} or later, and gets {new}; it was {old}."),
            (true, false) if old == new => {
                write!(
                    f,
                    "This requires version {wanted} or later, but the version is still {old}: set `info.version`."
                )
            }
            (true, false) => {
                write!(f, "This requires version {wanted} or later, but goes from {old} to {new}: set `info.version`.")
            }
        }
    }
}

/// Returns the lowest version that is later than a pre-release.
fn next_pre_release(old: &Version) -> Version {
    let mut next = old.clone();
    let later = semver::Prerelease::new(&format!("{}.0", old.pre));
    next.pre = later.unwrap_or(semver::Prerelease::EMPTY);
    next.build = semver::BuildMetadata::EMPTY;
    next
}

#[cfg(test)]
mod tests {
    use super::super::{Change, Class, Spot, Text};
    use super::Demand;
    use crate::diagnostics::Place;
    use crate::pointer::Pointer;

    fn demand(class: Class, old: &str, new: &str) -> Demand {
        let change = Change {
            class,
            also_on_the_wire: false,
            spot: Spot::New(Place::Key(Pointer::root())),
            subjects: Vec::new(),
            what: Text::default(),
        };
        Demand::of(&[change], old.parse().unwrap(), new.parse().unwrap())
    }

    fn wanted(class: Class, old: &str) -> String {
        demand(class, old, old).wanted.to_string()
    }

    #[test]
    fn breaks_and_additions_require_the_versions_of_cargo() {
        for class in [Class::Compile, Class::Wire] {
            assert_eq!(wanted(class, "0.0.3"), "0.0.4");
            assert_eq!(wanted(class, "0.1.3"), "0.2.0");
            assert_eq!(wanted(class, "1.2.3"), "2.0.0");
        }
        assert_eq!(wanted(Class::Additive, "0.0.3"), "0.0.4");
        assert_eq!(wanted(Class::Additive, "0.1.3"), "0.1.4");
        assert_eq!(wanted(Class::Additive, "1.2.3"), "1.3.0");
        assert_eq!(wanted(Class::Docs, "0.1.3"), "0.1.3");
    }

    #[test]
    fn any_later_version_follows_a_pre_release() {
        assert!(!demand(Class::Compile, "1.0.0-rc.1", "1.0.0-rc.1").is_met());
        assert!(demand(Class::Compile, "1.0.0-rc.1", "1.0.0-rc.2").is_met());
        assert!(demand(Class::Compile, "1.0.0-rc.1", "1.0.0").is_met());
    }

    #[test]
    fn a_later_version_than_wanted_is_accepted_and_an_earlier_one_refused() {
        assert!(demand(Class::Compile, "0.1.0", "1.0.0").is_met());
        assert!(!demand(Class::Compile, "0.1.0", "0.1.1").is_met());
        assert!(demand(Class::Docs, "0.1.0", "0.1.1").is_met());
        assert!(!demand(Class::Docs, "0.1.0", "0.0.9").is_met());
        assert!(demand(Class::Additive, "0.1.0", "0.1.1+build.7").is_met());
        assert!(!demand(Class::Additive, "0.1.0", "0.1.0+build.7").is_met());
    }
}
