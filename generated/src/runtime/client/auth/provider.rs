//! Tokens that may be renewed.

use crate::runtime::client::BoxFuture;
use std::error::Error as StdError;
use std::sync::Arc;

/// Gives the token that calls carry, and another when that one is no longer valid.
///
/// It is asked before each attempt of each call that carries a token, also by many calls at the same time: keep the token,
/// and give it until shortly before it expires. The client waits for as long as it takes, so limit the time.
///
/// If the server refuses a token with a 401, the provider is asked once more, with that token. If it gives another one, the
/// call is sent again with it, once, whatever the operation does: a 401 says that the server has not carried it out. Many
/// calls may have been refused at the same time; the first of them brings a new token about, and the others find that
/// `refused` is no longer the token that is kept.
///
/// ```
#[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::{BoxFuture, TokenProvider};")]
/// use std::error::Error;
/// use std::sync::Mutex;
///
/// struct Login {
///     token: Mutex<Option<String>>,
/// }
///
/// impl Login {
///     async fn log_in(&self) -> Result<String, Box<dyn Error + Send + Sync>> {
///         // Asks the server that gives tokens.
///         Ok("new".to_owned())
///     }
/// }
///
/// impl TokenProvider for Login {
///     fn token<'a>(
///         &'a self,
///         refused: Option<&'a str>,
///     ) -> BoxFuture<'a, Result<String, Box<dyn Error + Send + Sync>>> {
///         Box::pin(async move {
///             let kept = self.token.lock().map_err(|_| "another call panicked")?.clone();
///             if let Some(token) = kept.filter(|token| Some(token.as_str()) != refused) {
///                 return Ok(token);
///             }
///             let token = self.log_in().await?;
///             *self.token.lock().map_err(|_| "another call panicked")? = Some(token.clone());
///             Ok(token)
///         })
///     }
/// }
/// ```
pub trait TokenProvider: Send + Sync {
    /// A token that is valid now, and is not the one that was just `refused`.
    ///
    /// # Errors
    /// There is none: the call fails with this as its cause, and nothing is sent. The error is printed, with nothing
    /// blanked but the client's own credentials: keep secrets out of it.
    fn token<'a>(&'a self, refused: Option<&'a str>) -> BoxFuture<'a, Result<String, Box<dyn StdError + Send + Sync>>>;
}

impl<T: TokenProvider + ?Sized> TokenProvider for Arc<T> {
    fn token<'a>(&'a self, refused: Option<&'a str>) -> BoxFuture<'a, Result<String, Box<dyn StdError + Send + Sync>>> {
        (**self).token(refused)
    }
}
