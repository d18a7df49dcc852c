//! The body of a request, and its media type.

use crate::runtime::client::multipart::Parts;
use crate::runtime::client::request::Problem;
use crate::runtime::client::{Body, Request, interpret, json_path};
use crate::runtime::model::Nullable;
use crate::runtime::model::part::{Part, Written};
use http::header::{self, HeaderMap, HeaderValue};
use serde_core::Serialize;

/// The body to send.
#[derive(Clone, Debug, Default)]
pub(crate) struct Content {
    body: Body,
    /// The media type of the operation.
    media_type: Option<HeaderValue>,
    /// The media type that the caller set instead.
    called: Option<HeaderValue>,
    /// Whether the caller may set another media type: only the caller knows the format of bytes.
    is_open: bool,
}

/// The reason why a stream is not sent.
pub(crate) const SENT: &str = "its stream was sent before: only a body in memory can be sent again";

impl Request {
    /// Sets the media type of the body, in place of that of the operation, before or after the body is set. Without a
    /// body it is not sent.
    #[inline]
    pub fn content_type(mut self, media_type: &str) -> Request {
        match header_of(media_type) {
            Ok(value) => {
                self.content.called = Some(value);
                self
            }
            Err(problem) => self.fail(problem),
        }
    }

    /// Sets the body if there is one: bytes or text, from memory or as a stream, of which the caller may set the media
    /// type.
    pub fn bytes<B: Clone + Into<Body>>(mut self, media_type: &str, body: Option<&B>) -> Request {
        let Some(body) = body else { return self };
        self.content.is_open = true;
        self.set_body(media_type, body.clone().into());
        self
    }

    /// Sets the body and its media type.
    #[inline]
    pub(in crate::runtime::client) fn set_body(&mut self, media_type: &str, body: Body) {
        match header_of(media_type) {
            Ok(media_type) => self.content.set(body, media_type),
            Err(problem) => drop(self.problem.get_or_insert(problem)),
        }
    }

    /// Sets the body: `body` as JSON.
    pub fn json<T: Serialize + ?Sized>(mut self, body: &T) -> Request {
        let mut written = Vec::with_capacity(128);
        match serde_json::to_writer(&mut written, body) {
            Ok(()) => {
                self.content.set(Body::from(written), HeaderValue::from_static("application/json"));
                self
            }
            Err(error) => self.fail(Problem {
                argument: json_path::at_end(&written),
                reason: format!("the body cannot be written as JSON: {error}"),
                source: Some(error.into()),
            }),
        }
    }

    /// Sets the body if there is one: `body` as JSON.
    pub fn json_opt<T: Serialize + ?Sized>(self, body: Option<&T>) -> Request {
        match body {
            Some(body) => self.json(body),
            None => self,
        }
    }

    /// Sets the body if there is one: a list, a map or a plain scalar as JSON.
    #[allow(dead_code, reason = "an API need not have bodies that are no models")]
    pub(crate) fn json_part<T: Part>(self, body: Option<&T>) -> Request {
        self.json_opt(body.map(Written).as_ref())
    }

    /// Sets the body unless it is absent: a value or `null` as JSON.
    #[allow(dead_code, reason = "an API need not have bodies that may be absent or null")]
    pub(crate) fn json_nullable<T: Part>(self, body: &Nullable<T>) -> Request {
        match body {
            Nullable::Absent => self,
            Nullable::Null => self.json(&()),
            Nullable::Value(value) => self.json(&Written(value)),
        }
    }
}

impl Content {
    #[inline]
    fn set(&mut self, body: Body, media_type: HeaderValue) {
        (self.body, self.media_type) = (body, Some(media_type));
    }

    /// The body, if it is in memory.
    #[inline]
    #[allow(dead_code, reason = "an API need not have lists that come in pages")]
    pub(crate) fn in_memory(&self) -> Option<&[u8]> {
        self.body.as_bytes().map(|bytes| &**bytes)
    }

    /// The body and its media type, unless a header of the call contradicts the media type.
    pub(crate) fn finish(
        self,
        parts: Option<Parts>,
        headers: &HeaderMap,
    ) -> Result<(Body, Option<HeaderValue>), Problem> {
        let mut given = headers.get_all(header::CONTENT_TYPE).iter();
        let (given, second) = (given.next(), given.next());
        if second.is_some() {
            return Err(Problem::new("content-type", "a body has one media type, and this header is set twice"));
        }
        let is_written_here = parts.is_some() || self.media_type.is_some() && !self.is_open;
        if is_written_here && headers.contains_key(header::CONTENT_ENCODING) {
            let reason = "the client writes the body and does not compress it; send the body as bytes";
            return Err(Problem::new("content-encoding", reason));
        }
        let Content { body, media_type, called, is_open } = self;
        if body.is_begun() {
            return Err(Problem::new("body", SENT));
        }
        if let Some(parts) = parts {
            if called.is_some() || given.is_some() {
                let reason = "the media type of a multipart body contains the boundary, which the client chooses";
                return Err(Problem::new("content-type", reason));
            }
            let (body, media_type) = parts.finish();
            return Ok((body, Some(header_of(&media_type)?)));
        }
        let own = media_type.map(|own| called.unwrap_or(own));
        if let (Some(own), Some(given)) = (&own, given)
            && !is_open
            && !is_same_form(own, given)
        {
            let own = String::from_utf8_lossy(own.as_bytes());
            return Err(Problem::new("content-type", &format!("the body is {own}, which this header contradicts")));
        }
        Ok((body, own))
    }
}

fn header_of(media_type: &str) -> Result<HeaderValue, Problem> {
    let unfit = |_| Problem::new("content-type", "this media type cannot be sent in a header");
    HeaderValue::from_str(media_type).map_err(unfit)
}

/// Whether a body of one media type may be sent as the other: they differ only in parameters, or both are JSON.
fn is_same_form(own: &HeaderValue, given: &HeaderValue) -> bool {
    let essence = |value: &HeaderValue| {
        let text = String::from_utf8_lossy(value.as_bytes());
        text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    };
    let (own, given) = (essence(own), essence(given));
    own == given || (interpret::is_json(&own) && interpret::is_json(&given))
}
