//! Credentials: how callers set them, how they are sent, and which operations need them.

use super::lists::matched;
use super::operations::Operation;
use super::service::variable;
use super::{About, Class, Comparison, Side, Text};
use crate::ir::{self, Flow, Scheme, SchemeKind};
use crate::surface::Setters;

/// A security scheme with its setters.
type Given<'a> = (&'a Scheme, &'a Setters);

impl Comparison<'_> {
    pub(super) fn schemes(&mut self, root: &About) {
        let (old, new) = (given(self.old), given(self.new));
        let subject = |setters: &Setters| Text::name(&format!("ClientBuilder::{}", setters.setter));
        // They are sorted by name, so none moves.
        let schemes = matched(&old, &new, &[&|_, (scheme, _): &Given<'_>| Some(scheme.name.clone())]);
        for (scheme, setters) in &schemes.gone {
            let what = Text::new("credential removed", &[]);
            self.gone(Class::Compile, &scheme.pointer, subject(setters), what);
        }
        for (scheme, setters) in &schemes.added {
            let about = About::new(subject(setters), &scheme.pointer);
            if self.new.surface.requires_all_schemes() {
                let what = Text::new("credential added: no call works without it", &[]);
                self.report(&about, Class::Wire, "", what);
            } else {
                self.report(&about, Class::Additive, "", Text::new("credential added", &[]));
            }
        }
        for ((was, before), (now, setters)) in &schemes.kept {
            let about = &About::new(subject(setters), &now.pointer);
            self.scheme(about, was, now);
            let Setters { setter, provider } = setters;
            self.differs(about, Class::Compile, "", "credential renamed, was {1}", [setter, &before.setter]);
            // Each name follows from the other, so a renamed provider is already reported.
            match (&before.provider, provider) {
                (None, Some(provider)) => {
                    let what = Text::new("{} added: the credential can be renewed", &[provider]);
                    self.report(about, Class::Additive, "", what);
                }
                (Some(provider), None) => {
                    let what = Text::new("{} removed: the credential cannot be renewed", &[provider]);
                    self.report(about, Class::Compile, "", what);
                }
                (None, None) | (Some(_), Some(_)) => {}
            }
        }
        self.all_required(root);
    }

    fn scheme(&mut self, about: &About, was: &Scheme, now: &Scheme) {
        // The requested name has become the setter.
        let Scheme { name: _, kind, description, env, rust_name: _, pointer: _ } = now;
        // The case of a header does not matter.
        let is_sent_alike = sent(&was.kind).eq_ignore_ascii_case(&sent(kind));
        let class = if is_sent_alike { Class::Docs } else { Class::Wire };
        let change = self.differs(about, class, "", "is sent as {}, was {}", [&sent(kind), &sent(&was.kind)]);
        let is_basic = |kind: &SchemeKind| *kind == SchemeKind::Basic;
        if change && is_basic(kind) != is_basic(&was.kind) {
            let what = Text::new("takes different arguments", &[]);
            self.report(about, Class::Compile, "", what);
        }
        let envs = [variable(env), variable(&was.env)];
        self.differs(about, Class::Wire, "x-env", "is read from {}, was {}", [&envs[0], &envs[1]]);
        let about_kind = |kind: &SchemeKind| match kind {
            SchemeKind::Bearer(format) => vec![format.clone().unwrap_or_default()],
            SchemeKind::Oauth2(flows) => flows.iter().map(flow).collect(),
            SchemeKind::OpenIdConnect(url) => vec![url.clone()],
            SchemeKind::Http(name) => vec![name.clone()],
            SchemeKind::Header(_) | SchemeKind::Query(_) | SchemeKind::Cookie(_) | SchemeKind::Basic => Vec::new(),
        };
        let differs = [("description", was.description != *description)];
        self.prose(about, &differs);
        let service = |kind: &SchemeKind| match kind {
            SchemeKind::Oauth2(_) => Some(0),
            SchemeKind::OpenIdConnect(_) => Some(1),
            _ => None,
        };
        if is_sent_alike && about_kind(&was.kind) != about_kind(kind) || service(&was.kind) != service(kind) {
            self.report(about, Class::Docs, "", Text::new("the ways to obtain it changed", &[]));
        }
    }

    /// Compares whether a client can be built without some of the credentials.
    fn all_required(&mut self, root: &About) {
        let [was, now] = [self.old, self.new].map(|side| side.surface.requires_all_schemes());
        if was != now && !self.old.api.schemes.is_empty() {
            let (class, what) = if now {
                (Class::Wire, "a client needs all credentials")
            } else {
                (Class::Additive, "a client needs only the credentials of its calls")
            };
            let about = About::new(Text::name(&"ClientBuilder::build"), &root.at);
            self.report(&about, class, "security", Text::new(what, &[]));
        }
        let usual = [self.new, self.old].map(|side| names(side, &side.surface.security));
        if usual[0] != usual[1] && !(was && now) {
            let unknown = &About::new(Text::name(&"Operation::new"), &root.at);
            let texts = [self.new, self.old].map(|side| side.surface.requirement_text(&side.surface.security));
            let class = class_of(&usual[1], &usual[0]);
            self.differs(unknown, class, "security", "requires {}, was {}", [&texts[0], &texts[1]]);
        }
    }

    /// Compares the credentials that an operation needs.
    pub(super) fn security(&mut self, about: &About, before: Operation<'_>, after: Operation<'_>) {
        let about = &match after.spec.security {
            Some(_) => About::new(about.subject.clone(), &after.spec.pointer.key("security")),
            None => About::new(about.subject.clone(), &crate::pointer::Pointer::root().key("security")),
        };
        let [now, was] = [after, before].map(|operation| names(operation.side, &operation.call.security));
        let [shown, shown_before] =
            [after, before].map(|operation| operation.side.surface.requirement_text(&operation.call.security));
        // Credentials that all operations need are reported once.
        let is_reported = self.old.surface.requires_all_schemes() && self.new.surface.requires_all_schemes();
        if now != was && !is_reported {
            let what = Text::new("requires {}, was {}", &[&shown, &shown_before]);
            self.report(about, class_of(&was, &now), "", what);
        }
        let scopes = |operation: Operation<'_>| {
            let requirements = operation.side.api.security_of(operation.spec).requirements().iter();
            let credentials = requirements.flat_map(|requirement| {
                let ir::Requirement { credentials } = requirement;
                credentials.iter().filter_map(|ir::Credential { scheme, scopes }| {
                    let name = &operation.side.surface.schemes[*scheme].setter;
                    (!scopes.is_empty()).then(|| format!("{name} with {}", scopes.join(" and ")))
                })
            });
            credentials.collect::<Vec<_>>()
        };
        let [now, was] = [after, before].map(scopes);
        let text = |scopes: &[String]| if scopes.is_empty() { "none".to_owned() } else { scopes.join(", or ") };
        let texts = [text(&now), text(&was)];
        // Only the server knows whether another scope is granted too.
        let class = if now.is_empty() { Class::Additive } else { Class::Wire };
        self.differs(about, class, "", "requires scopes: {}, was {}", [&texts[0], &texts[1]]);
    }
}

/// Describes how a credential is sent.
fn sent(kind: &SchemeKind) -> String {
    match kind {
        SchemeKind::Header(name) => format!("the header {name}"),
        SchemeKind::Query(name) => format!("the parameter {name}"),
        SchemeKind::Cookie(name) => format!("the cookie {name}"),
        SchemeKind::Basic => "basic authentication".to_owned(),
        SchemeKind::Bearer(_) | SchemeKind::Oauth2(_) | SchemeKind::OpenIdConnect(_) => "a bearer token".to_owned(),
        SchemeKind::Http(_) => "the header Authorization".to_owned(),
    }
}

/// Returns the effect of requiring other sets of credentials: every existing caller has one of the old sets.
fn class_of(was: &[Vec<String>], now: &[Vec<String>]) -> Class {
    let is_enough =
        |had: &[String]| now.is_empty() || now.iter().any(|needed| needed.iter().all(|name| had.contains(name)));
    let still = if was.is_empty() { is_enough(&[]) } else { was.iter().all(|had| is_enough(had)) };
    if still { Class::Additive } else { Class::Wire }
}

fn flow(flow: &Flow) -> String {
    let Flow { kind, authorization_url, token_url, refresh_url } = flow;
    format!("{kind:?} {authorization_url:?} {token_url:?} {refresh_url:?}")
}

/// Returns the sets of credentials as names of their schemes.
fn names(side: Side<'_>, sets: &[Vec<usize>]) -> Vec<Vec<String>> {
    let name = |scheme: &usize| side.api.schemes[*scheme].name.clone();
    sets.iter().map(|set| set.iter().map(name).collect()).collect()
}

fn given(side: Side<'_>) -> Vec<Given<'_>> {
    side.api.schemes.iter().zip(&side.surface.schemes).collect()
}
