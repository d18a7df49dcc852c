//! Tokens that can be renewed.

use crate::runtime::client::BoxFuture;
use std::error::Error as StdError;
use std::sync::Arc;

/// Supplies the token of calls, and a new one when the server rejects it.
///
/// The client asks it before each attempt of each call that needs a token, possibly from many calls at the same time:
/// cache the token, and return it until shortly before it expires. The client sets no time limit, so set one here.
///
/// If the server rejects a token with a 401, the client asks once more and passes that token. If the provider returns
/// another one, the client sends the call once more, whatever the operation does: after a 401, the server has not
/// carried it out. Many calls may be rejected at the same time; the first of them obtains a new token, and the others
/// find that `refused` differs from the cached token.
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
///         // Requests a token from the server that issues them.
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
    /// Returns a token that is valid now and is not `refused`.
    ///
    /// # Errors
    /// No token is available: the call fails with this error as its cause, and nothing is sent. The error is printed,
    /// and only the client's own credentials are blanked: keep other secrets out of it.
    fn token<'a>(&'a self, refused: Option<&'a str>) -> BoxFuture<'a, Result<String, Box<dyn StdError + Send + Sync>>>;
}

impl<T: TokenProvider + ?Sized> TokenProvider for Arc<T> {
    fn token<'a>(&'a self, refused: Option<&'a str>) -> BoxFuture<'a, Result<String, Box<dyn StdError + Send + Sync>>> {
        (**self).token(refused)
    }
}
