//! The headers of every request of a client, and its `User-Agent`.

use super::{ClientBuilder, Settings};
use crate::api::SCHEMES;
use crate::runtime::client::adjustments;
use crate::runtime::client::request::TRANSPORT_HEADERS;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};

const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

impl<M> ClientBuilder<M> {
    /// Names your program in the `User-Agent`, before this crate: `my-tool/1.0`.
    pub fn user_agent(mut self, product: impl Into<String>) -> ClientBuilder<M> {
        self.settings.user_agent = Some(product.into());
        self
    }

    /// Adds a header to every call, as texts or in the types of the crate `http`.
    ///
    /// It replaces the client's own header of the same name; a header of an operation or a call overrides it. The
    /// headers of the client's keys, those that frame the message, and `Content-Type` cannot be set.
    pub fn default_header(mut self, name: impl AsRef<str>, value: impl TryInto<HeaderValue>) -> ClientBuilder<M> {
        self.settings.add_header(name.as_ref(), value.try_into().ok());
        self
    }
}

impl Settings {
    #[inline]
    fn add_header(&mut self, name: &str, value: Option<HeaderValue>) {
        match adjustments::header(name, value) {
            Ok((name, value)) => drop(self.headers.append(name, value)),
            Err(reason) => self.problems.push(format!("the default header {name:?}: {reason}")),
        }
    }

    #[inline]
    pub(super) fn check_headers(&mut self, problems: &mut Vec<String>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
        let user_agent = match &self.user_agent {
            Some(product) => format!("{product} {USER_AGENT}"),
            None => USER_AGENT.to_owned(),
        };
        match HeaderValue::from_str(&user_agent) {
            Ok(value) => drop(headers.insert(header::USER_AGENT, value)),
            Err(_) => problems.push(format!("the user agent {user_agent:?} cannot be sent in a header")),
        }
        for name in self.headers.keys() {
            headers.remove(name);
            if let Some(reason) = self.refusal(name) {
                problems.push(format!("the default header {name}: {reason}"));
            }
        }
        headers.extend(std::mem::take(&mut self.headers));
        headers
    }

    /// Why no call may have this header.
    #[inline]
    fn refusal(&self, name: &HeaderName) -> Option<&'static str> {
        if TRANSPORT_HEADERS.contains(&name.as_str()) {
            Some("the client sets this header itself")
        } else if *name == header::CONTENT_TYPE {
            Some("it describes the body of a single call")
        } else {
            for (index, scheme) in SCHEMES.iter().enumerate() {
                if self.has(index) && scheme.goes_in_header(name) {
                    return Some("this header is for a key of the client");
                }
            }
            None
        }
    }
}
