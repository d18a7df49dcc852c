//! Authentication: the credentials that the description requires, and how the client sends them.
//!
//! A [`Scheme`] is a security scheme. An operation accepts one of several sets of schemes. The client uses the first
//! set for which it has all credentials, and sends these together, and no others. A credential is a text from the
//! caller, or a token that a [`TokenProvider`] returns for each attempt.
//!
//! | module | holds |
//! |---|---|
//! | `scheme` | the required credentials, as data |
//! | `secret` | text in memory that is wiped |
//! | `wire` | a credential as a header, a pair of the query, or a cookie |
//! | `provider` | tokens that can be renewed |
//! | `pass` | the credentials of one call |

mod pass;
mod provider;
mod scheme;
pub(crate) mod secret;
mod wire;

pub(crate) use self::pass::{Auth, Given, Pass, Renewal};
pub use self::provider::TokenProvider;
pub(super) use self::scheme::of;
pub(crate) use self::scheme::{Scheme, Security, Sent, always_required};
pub(crate) use self::secret::Secret;
