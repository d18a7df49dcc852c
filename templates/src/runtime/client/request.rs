//! Builds the request of one call, and writes its parts into a URL.

use crate::runtime::client::auth::{Pass, Security};
use crate::runtime::client::config::Config;
use crate::runtime::client::content::Content;
use crate::runtime::client::multipart::Parts;
use crate::runtime::client::operation::check_path;
use crate::runtime::client::parameters::cookies;
use crate::runtime::client::{Body, Error, Limits, Operation, RetryPolicy};
use http::header::{self, HeaderMap, HeaderValue};
use http::{Method, Uri};
use percent_encoding::percent_decode_str;
use std::error::Error as StdError;
use std::fmt::Display;
use std::ops::{Bound, RangeBounds};
use std::time::Duration;

/// A request for one operation.
///
/// The calls of this crate build their own. Build one yourself to call an operation that this version does not know;
/// see [`Client::send`](crate::Client::send).
///
/// No setter fails: the request keeps its first error, and sending returns it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct Request {
    operation: &'static Operation,
    /// The operation's path; each `{name}` is replaced when its value is set.
    pub(in crate::runtime::client) path: String,
    /// Everything after the `?`.
    pub(in crate::runtime::client) query: String,
    /// The headers of the caller.
    headers: HeaderMap,
    /// The header parameters of the operation.
    pub(in crate::runtime::client) header_parameters: HeaderMap,
    /// The pairs of the header `Cookie`, each as it is sent.
    pub(in crate::runtime::client) cookies: Vec<String>,
    pub(in crate::runtime::client) content: Content,
    /// The parts of a multipart body.
    pub(in crate::runtime::client) parts: Option<Parts>,
    /// The accepted media types, if not JSON.
    accept: Option<HeaderValue>,
    /// The accepted sets of credentials, if they differ from those of the operation.
    security: Option<Security>,
    /// Overrides the client's time limit.
    timeout: Option<Duration>,
    retry: Option<RetryPolicy>,
    pub(in crate::runtime::client) problem: Option<Problem>,
}

/// The reason why a request cannot be sent.
#[derive(Debug)]
pub(crate) struct Problem {
    /// The argument, parameter or header that caused the problem.
    pub(crate) argument: Option<String>,
    pub(crate) reason: String,
    pub(crate) source: Option<Box<dyn StdError + Send + Sync>>,
}

/// Headers that frame the message or determine its destination.
pub(crate) const TRANSPORT_HEADERS: &[&str] = &[
    "connection",
    "content-length",
    "host",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

impl Request {
    /// Creates a request without arguments.
    #[inline]
    pub fn new(operation: &'static Operation) -> Request {
        Request {
            operation,
            path: operation.path.to_owned(),
            query: String::new(),
            headers: HeaderMap::new(),
            header_parameters: HeaderMap::new(),
            cookies: Vec::new(),
            content: Content::default(),
            parts: None,
            accept: None,
            security: None,
            timeout: None,
            retry: None,
            problem: None,
        }
    }

    /// Sends the credentials of one of these sets with this request, in place of [those that the operation
    /// accepts](Operation::security), for an operation of your own. `&[]` sends none.
    #[inline]
    pub fn security(mut self, sets: &'static [&'static [&'static str]]) -> Request {
        self.security = Some(sets);
        self
    }

    /// Limits the time of each attempt, in place of the client's [`timeout`](crate::ClientBuilder::timeout).
    #[inline]
    pub fn timeout(mut self, limit: Duration) -> Request {
        if limit.is_zero() {
            return self.reject("timeout", "it is zero");
        }
        self.timeout = Some(limit);
        self
    }

    /// Sets when the request is retried, in place of the client's [`retry`](crate::ClientBuilder::retry).
    #[inline]
    pub fn retry(mut self, policy: RetryPolicy) -> Request {
        self.retry = Some(policy);
        self
    }

    /// Adds headers. They replace the client's own headers of the same names, such as `Accept`. It is an error to set
    /// the headers of the keys, those that the transport sets (`Host`, `Content-Length`, …), or a `Content-Type` that
    /// the body contradicts.
    #[inline]
    pub fn headers(mut self, headers: &HeaderMap) -> Request {
        for (name, value) in headers {
            if TRANSPORT_HEADERS.contains(&name.as_str()) {
                return self.reject(name.as_ref(), "the client sets this header itself");
            }
            self.headers.append(name, value.clone());
        }
        self
    }

    /// Accepts a response in these media types, in place of JSON.
    #[inline]
    pub fn accept(mut self, media_types: &str) -> Request {
        match HeaderValue::from_str(media_types) {
            Ok(value) => {
                self.accept = Some(value);
                self
            }
            Err(_) => self.reject("accept", "this media type cannot be sent in a header"),
        }
    }

    /// Rejects a number that is out of bounds.
    pub fn within<T>(self, argument: &str, number: Option<T>, bounds: impl RangeBounds<T>) -> Request
    where
        T: Copy + Display + PartialOrd,
    {
        match number {
            Some(number) if !bounds.contains(&number) => self.reject(argument, &out_of_bounds(&number, "", &bounds)),
            _ => self,
        }
    }

    /// Rejects numbers that JSON does not have and that no server expects: NaN and the infinities. Those in the body
    /// are rejected when it is written.
    pub fn finite(self, argument: &str, numbers: impl IntoIterator<Item = f64>) -> Request {
        match numbers.into_iter().find(|number| !number.is_finite()) {
            Some(number) => self.reject(argument, &format!("{number} cannot be sent as a number")),
            None => self,
        }
    }

    /// Rejects a list or text that is too long or too short; `unit` is the unit of the length: `items`, `characters`.
    pub fn length_within(
        self,
        argument: &str,
        length: Option<usize>,
        unit: &str,
        bounds: impl RangeBounds<usize>,
    ) -> Request {
        match length {
            Some(length) if !bounds.contains(&length) => self.reject(argument, &out_of_bounds(&length, unit, &bounds)),
            _ => self,
        }
    }

    /// Rejects two arguments that must differ and do not, such as the source and the target of a move.
    pub fn distinct<T: PartialEq>(self, first: &str, one: &T, second: &str, other: &T) -> Request {
        if one != other {
            return self;
        }
        self.reject(second, &format!("it is the same as {first}, so that nothing would change"))
    }

    /// Copies the request. A problem moves to the copy, since sending that ends the walk.
    #[inline]
    #[allow(dead_code, reason = "an API need not have lists that come in pages")]
    pub(crate) fn again(&mut self) -> Request {
        Request {
            operation: self.operation,
            path: self.path.clone(),
            query: self.query.clone(),
            headers: self.headers.clone(),
            header_parameters: self.header_parameters.clone(),
            cookies: self.cookies.clone(),
            content: self.content.clone(),
            parts: self.parts.clone(),
            accept: self.accept.clone(),
            security: self.security,
            timeout: self.timeout,
            retry: self.retry,
            problem: self.problem.take(),
        }
    }

    pub(crate) fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The accepted sets of credentials.
    pub(crate) fn asked_for(&self) -> Security {
        self.security.unwrap_or_else(|| self.operation.security())
    }

    /// The limits of each attempt, and the retry policy.
    pub(crate) fn terms(&self, config: &Config) -> (Limits, RetryPolicy) {
        let timeout = self.timeout.unwrap_or(config.limits.timeout);
        (Limits { timeout, ..config.limits }, self.retry.unwrap_or(config.retry))
    }

    /// Builds the message for the transport, to which only the credentials must be added: the client's base URL and
    /// headers with this request's parts. A header, parameter or cookie with the name of a credential is rejected.
    pub(crate) fn prepare(self, config: &Config, pass: &Pass<'_>) -> Result<http::Request<Body>, Error> {
        let operation = self.operation;
        self.try_prepare(config, pass).map_err(|problem| Error::request(operation, problem))
    }

    fn try_prepare(mut self, config: &Config, pass: &Pass<'_>) -> Result<http::Request<Body>, Problem> {
        if let Some(problem) = self.problem.take() {
            return Err(problem);
        }
        if let Some((_, rest)) = self.path.split_once('{') {
            let name = rest.split('}').next().unwrap_or(rest);
            return Err(Problem::new(name, "the path needs a value for it"));
        }
        if let Err(reason) = check_path(&self.path) {
            return Err(Problem::new("path", reason));
        }
        if self.operation.method == Method::CONNECT {
            return Err(Problem::new("method", "CONNECT opens a tunnel through a proxy, and does not name a resource"));
        }
        let mut headers = config.headers.clone();
        if let Some(accept) = self.accept.take() {
            headers.insert(header::ACCEPT, accept);
        }
        let (body, content_type) = self.content.finish(self.parts.take(), &self.headers)?;
        if let Some(content_type) = content_type {
            headers.insert(header::CONTENT_TYPE, content_type);
        }
        cookies::join(&self.cookies, &mut [&mut headers, &mut self.header_parameters, &mut self.headers]);
        for given in &[&self.header_parameters, &self.headers] {
            for name in given.keys() {
                if pass.carries_header(name) {
                    return Err(Problem::new(name.as_ref(), "this header is for a key of the client"));
                }
                headers.remove(name);
            }
        }
        headers.extend(self.header_parameters);
        // A header of the caller replaces a parameter too.
        for name in self.headers.keys() {
            headers.remove(name);
        }
        headers.extend(self.headers);
        for pair in self.query.split('&') {
            let name = pair.split('=').next().unwrap_or(pair);
            let name = percent_decode_str(name).decode_utf8_lossy();
            if pass.carries_query(&name) {
                return Err(Problem::new(&name, "this parameter is for a key of the client"));
            }
        }
        if let Some(cookies) = headers.get(header::COOKIE)
            && let Some(name) = cookies::find(cookies, &|name| pass.carries_cookie(name))
        {
            return Err(Problem::new(name, "this cookie is for a key of the client"));
        }

        let target = config.targets.of(self.operation.id).map_err(|reason| Problem {
            argument: None,
            reason: format!("its destination is unknown: {reason}"),
            source: None,
        })?;
        let separator = if self.query.is_empty() { "" } else { "?" };
        let uri = format!("{}{}{separator}{}", target.text, self.path, self.query);
        let uri: Uri = uri.try_into().map_err(|error: http::uri::InvalidUri| Problem {
            argument: None,
            reason: format!("the URL cannot be sent: {error}"),
            source: Some(error.into()),
        })?;
        // The path begins with a slash, so no part of it can have become a part of the host. A mistake here would send
        // the keys to another host, so it is checked.
        if uri.authority() != Some(&target.authority) {
            return Err(Problem::new("path", "it would send the keys to another host"));
        }
        let mut request = http::Request::new(body);
        *request.uri_mut() = uri;
        *request.method_mut() = self.operation.method.clone();
        *request.headers_mut() = headers;
        request.extensions_mut().insert(self.operation);
        Ok(request)
    }

    #[inline]
    pub(in crate::runtime::client) fn reject(self, argument: &str, reason: &str) -> Request {
        self.fail(Problem::new(argument, reason))
    }

    #[inline]
    pub(in crate::runtime::client) fn fail(mut self, problem: Problem) -> Request {
        self.problem.get_or_insert(problem);
        self
    }
}

impl Problem {
    #[inline]
    pub(crate) fn new(argument: &str, reason: &str) -> Problem {
        Problem { argument: Some(argument.to_owned()), reason: reason.to_owned(), source: None }
    }
}

/// Explains why a number is rejected: `1001 is out of bounds: at least 1, at most 1000`.
fn out_of_bounds<T: Display>(number: &T, unit: &str, bounds: &impl RangeBounds<T>) -> String {
    let lowest = match bounds.start_bound() {
        Bound::Included(bound) => Some(format!("at least {bound}")),
        Bound::Excluded(bound) => Some(format!("more than {bound}")),
        Bound::Unbounded => None,
    };
    let highest = match bounds.end_bound() {
        Bound::Included(bound) => Some(format!("at most {bound}")),
        Bound::Excluded(bound) => Some(format!("less than {bound}")),
        Bound::Unbounded => None,
    };
    let allowed: Vec<String> = lowest.into_iter().chain(highest).collect();
    let space = if unit.is_empty() { "" } else { " " };
    let verb = if unit.is_empty() { "is" } else { "are" };
    format!("{number}{space}{unit} {verb} out of bounds: {}", allowed.join(", "))
}
