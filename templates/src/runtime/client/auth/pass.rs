//! The credentials of a client, and those of one call.

use super::provider::TokenProvider;
use super::scheme::{self, Scheme, Security, Sent};
use super::secret::Secret;
use super::wire::Sealed;
use crate::runtime::client::secrets::Secrets;
use http::{HeaderMap, HeaderName, Uri};
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

/// The credential that the caller set for a scheme.
#[derive(Clone)]
pub(crate) enum Given {
    Secret(Secret),
    #[allow(dead_code, reason = "an API need not have tokens")]
    Provider(Arc<dyn TokenProvider>),
}

/// The credentials that a client has, in the order of the schemes.
pub(crate) struct Auth {
    credentials: Vec<Option<Source>>,
    /// The secrets of these credentials, which are never printed.
    secrets: Secrets,
}

enum Source {
    Fixed(Sealed),
    /// With the function that makes a credential of a token: a pointer, so that only programs that set up a client compile
    /// it.
    Provider(Arc<dyn TokenProvider>, Seal),
}

type Seal = fn(&Scheme, Secret) -> Result<Sealed, &'static str>;

/// The credentials of one call.
pub(crate) struct Pass<'a> {
    parts: Vec<Part<'a>>,
    /// The secrets that are never printed, including the tokens of this call.
    secrets: Secrets,
    renewed: bool,
}

struct Part<'a> {
    scheme: &'static Scheme,
    source: &'a Source,
    /// The last token of the provider, and whether it is still to be sent.
    token: Option<Sealed>,
    fresh: bool,
}

/// The outcome of a request for another token.
pub(crate) enum Renewal {
    /// The call can be sent once more.
    Renewed,
    /// There is no provider, or it returned the same token.
    Same,
    Failed(Box<dyn StdError + Send + Sync>),
}

impl Auth {
    /// Stores the credentials of the caller, in the order of the schemes.
    #[inline]
    pub(crate) fn new(schemes: &'static [Scheme], mut given: Vec<Option<Given>>, problems: &mut Vec<String>) -> Auth {
        let (mut credentials, mut secrets) = (Vec::new(), Secrets::default());
        for (index, scheme) in schemes.iter().enumerate() {
            credentials.push(match given.get_mut(index).and_then(Option::take) {
                None => None,
                Some(Given::Provider(provider)) => Some(Source::Provider(provider, Sealed::new)),
                Some(Given::Secret(secret)) => match Sealed::new(scheme, secret) {
                    Ok(sealed) => {
                        secrets = secrets.and(sealed.secrets());
                        Some(Source::Fixed(sealed))
                    }
                    Err(reason) => {
                        problems.push(format!("{} cannot be sent: {reason}", scheme.name));
                        None
                    }
                },
            });
        }
        Auth { credentials, secrets }
    }

    pub(crate) fn secrets(&self) -> &Secrets {
        &self.secrets
    }

    /// Selects the first set for which the client has all credentials. The empty set comes last, wherever it is in the
    /// description: a caller who sets a credential wants it to be used.
    ///
    /// # Errors
    /// Names the accepted credentials, if the client has all credentials of none of the sets.
    pub(crate) fn pass(&self, security: Security) -> Result<Pass<'_>, String> {
        let pass = |parts| Pass { parts, secrets: self.secrets.clone(), renewed: false };
        let mut is_optional = security.is_empty();
        for set in security {
            match self.parts(set) {
                Some(parts) if parts.is_empty() => is_optional = true,
                Some(parts) => return Ok(pass(parts)),
                None => {}
            }
        }
        if is_optional { Ok(pass(Vec::new())) } else { Err(scheme::in_words(security)) }
    }

    /// The credentials of a set, if the client has all of them.
    fn parts(&self, set: &[&str]) -> Option<Vec<Part<'_>>> {
        let mut parts = Vec::new();
        for name in set {
            let (index, scheme) = Scheme::named(name)?;
            let source = self.credentials.get(index)?.as_ref()?;
            parts.push(Part { scheme, source, token: None, fresh: false });
        }
        Some(parts)
    }
}

impl Pass<'_> {
    pub(crate) fn secrets(&self) -> &Secrets {
        &self.secrets
    }

    /// Whether a credential is sent as this header.
    pub(crate) fn carries_header(&self, name: &HeaderName) -> bool {
        self.carries(&|scheme| scheme.goes_in_header(name))
    }

    /// Whether a credential is sent as this query parameter.
    pub(crate) fn carries_query(&self, name: &str) -> bool {
        self.carries(&|scheme| matches!(scheme.sent, Sent::Query(query) if query == name))
    }

    /// Whether a credential is sent as this cookie.
    pub(crate) fn carries_cookie(&self, name: &str) -> bool {
        self.carries(&|scheme| matches!(scheme.sent, Sent::Cookie(cookie) if cookie == name))
    }

    fn carries(&self, is_there: &dyn Fn(&Scheme) -> bool) -> bool {
        for part in &self.parts {
            if is_there(part.scheme) {
                return true;
            }
        }
        false
    }

    /// Adds the credentials to the request of an attempt. Asks a provider for a token, unless it has just returned one.
    ///
    /// # Errors
    /// A provider returns no token that can be sent, or the URL becomes too long.
    pub(crate) async fn put(
        &mut self,
        headers: &mut HeaderMap,
        uri: &mut Uri,
    ) -> Result<(), Box<dyn StdError + Send + Sync>> {
        for part in &mut self.parts {
            let sealed = match part.source {
                Source::Fixed(sealed) => sealed,
                Source::Provider(provider, seal) => {
                    if !std::mem::take(&mut part.fresh) {
                        part.token = Some(token(part.scheme, &**provider, *seal, None).await?);
                    }
                    let Some(sealed) = &part.token else { continue };
                    self.secrets = self.secrets.and(sealed.secrets());
                    sealed
                }
            };
            sealed.put(headers, uri)?;
        }
        Ok(())
    }

    /// Asks the provider to replace a rejected token, once per call.
    pub(crate) async fn renew(&mut self) -> Renewal {
        let mut renewal = Renewal::Same;
        if std::mem::replace(&mut self.renewed, true) {
            return renewal;
        }
        for part in &mut self.parts {
            let Source::Provider(provider, seal) = part.source else { continue };
            let refused = part.token.as_ref().and_then(Sealed::token);
            match token(part.scheme, &**provider, *seal, refused).await {
                Ok(sealed) => {
                    if sealed.token() != refused {
                        renewal = Renewal::Renewed;
                    }
                    part.fresh = true;
                    part.token = Some(sealed);
                }
                Err(error) => return Renewal::Failed(error),
            }
        }
        renewal
    }
}

async fn token(
    scheme: &Scheme,
    provider: &dyn TokenProvider,
    seal: Seal,
    refused: Option<&str>,
) -> Result<Sealed, Box<dyn StdError + Send + Sync>> {
    let token = provider.token(refused).await?;
    Ok(seal(scheme, Secret::new(token)).map_err(|reason| format!("the token cannot be sent: {reason}"))?)
}

impl fmt::Debug for Given {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Given::Secret(secret) => secret.fmt(f),
            Given::Provider(_) => f.write_str("[provider]"),
        }
    }
}
