//! Who is calling: the credentials that the description asks for, and how they go along.
//!
//! A [`Scheme`] is a way to say who is calling. An operation asks for one of several sets of them; the first set that the
//! client has all credentials for is sent, together and with nothing else. A credential is a text that the caller gave, or
//! one that a [`TokenProvider`] gives for each attempt.
//!
//! | module | holds |
//! |---|---|
//! | `scheme` | what is asked for, as data |
//! | `secret` | text in memory that is wiped |
//! | `wire` | a credential as a header, a pair of the query, or a cookie |
//! | `provider` | tokens that may be renewed |
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
