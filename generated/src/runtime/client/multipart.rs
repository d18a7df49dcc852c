//! Multipart bodies: a form whose parts can be files (RFC 7578).

use crate::runtime::client::content::SENT;
use crate::runtime::client::parameters::flat::text;
use crate::runtime::client::parameters::plain::EMPTY_LIST;
use crate::runtime::client::parameters::value_of;
use crate::runtime::client::request::Problem;
use crate::runtime::client::{Body, Request};
use crate::runtime::model::Value;
use crate::runtime::model::part::Part;
use bytes::{BufMut, BytesMut};
use http::HeaderValue;
use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::{BuildHasher, Hasher};

/// A part of a multipart body: its content, with a file name and a media type.
///
/// Convert anything that becomes a [`Body`] with `into`, or set a file name and a media type:
///
/// ```text
/// let part = FilePart::new(bytes).file_name("cat.png").media_type("image/png");
/// ```
///
/// A file or another stream is sent in constant memory. Then the whole body is a stream, which can be sent once; a body
/// whose parts are all in memory can be sent any number of times.
#[derive(Clone)]
#[must_use = "a part does nothing until it is passed to a call"]
pub struct FilePart {
    content: Body,
    file_name: Option<String>,
    media_type: Option<String>,
    is_text: bool,
}

/// The form in which a value is written as a part.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PartForm {
    /// The media type, if it is not the usual one.
    media_type: Option<&'static str>,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A scalar as text; one part per item of a list.
    Text,
    /// JSON; one part per item of a list.
    Json,
    /// JSON, also for a list.
    JsonList,
}

/// The parts of a body.
#[derive(Clone)]
pub(crate) struct Parts {
    media_type: &'static str,
    boundary: String,
    /// The body up to the last part that is a stream.
    begun: Vec<Body>,
    /// The text after that part.
    text: BytesMut,
    /// [`Parts::join`]: a pointer, so that only programs that send parts compile it.
    finish: fn(Parts) -> (Body, String),
}

impl FilePart {
    /// Creates a part with this content.
    pub fn new(content: impl Into<Body>) -> FilePart {
        FilePart { content: content.into(), file_name: None, media_type: None, is_text: false }
    }

    /// Creates a part that is a text and not a file, such as the URL of a file: without a file name and a media type,
    /// unless they are set.
    pub fn text(text: impl Into<String>) -> FilePart {
        FilePart { is_text: true, ..FilePart::new(text.into()) }
    }

    /// Sets the file name that the server receives. Without one it receives the name of the part, since many servers
    /// take a part without a file name for a plain field.
    pub fn file_name(mut self, name: impl Into<String>) -> FilePart {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type, such as `image/png`. The default is the media type in the API's description, or else
    /// `application/octet-stream`.
    pub fn media_type(mut self, media_type: impl Into<String>) -> FilePart {
        self.media_type = Some(media_type.into());
        self
    }
}

impl<T: Into<Body>> From<T> for FilePart {
    fn from(content: T) -> FilePart {
        FilePart::new(content)
    }
}

impl fmt::Debug for FilePart {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let FilePart { content, file_name, media_type, is_text } = self;
        f.debug_struct("FilePart")
            .field("file_name", file_name)
            .field("media_type", media_type)
            .field("is_text", is_text)
            .field("content", content)
            .finish()
    }
}

impl PartForm {
    pub(crate) const TEXT: PartForm = PartForm { media_type: None, kind: Kind::Text };
    pub(crate) const JSON: PartForm = PartForm { media_type: Some("application/json"), kind: Kind::Json };
    pub(crate) const JSON_LIST: PartForm = PartForm { media_type: Some("application/json"), kind: Kind::JsonList };

    /// The same form with another media type.
    #[inline]
    pub(crate) const fn called(self, media_type: &'static str) -> PartForm {
        PartForm { media_type: Some(media_type), ..self }
    }
}

impl Request {
    /// Begins a multipart body, without parts so far.
    #[inline]
    pub(crate) fn multipart(mut self) -> Request {
        self.parts.get_or_insert_with(Parts::new);
        self
    }

    /// Sends the parts in another media type than that of a form, if there are any.
    #[inline]
    pub(crate) fn parts_in(mut self, media_type: &'static str) -> Request {
        if let Some(parts) = &mut self.parts {
            parts.media_type = media_type;
        }
        self
    }

    /// Rejects a body that has parts, but not this one.
    #[inline]
    pub(crate) fn needs_part(self, name: &str, is_given: bool) -> Request {
        if is_given || self.parts.is_none() {
            return self;
        }
        self.reject(name, "a body with other parts must have it")
    }

    /// Adds a value as a part, if there is one.
    pub(crate) fn part_as<T: Part>(self, form: PartForm, name: &str, value: Option<&T>) -> Request {
        match value.map(value_of) {
            None => self,
            Some(Ok(value)) => self.value_part(form, name, &value),
            Some(Err(error)) => self.reject(name, &format!("it cannot be written: {error}")),
        }
    }

    /// Adds a file as a part, if there is one.
    #[inline]
    pub(crate) fn file(self, media_type: &str, name: &str, file: Option<&FilePart>) -> Request {
        let Some(FilePart { content, file_name, media_type: own, is_text }) = file else { return self };
        let file_name = file_name.as_deref().or((!is_text).then_some(name));
        let media_type = own.as_deref().or((!is_text).then_some(media_type));
        if content.is_begun() {
            return self.reject(name, SENT);
        }
        self.part(name, file_name, media_type, Content::File(content))
    }

    /// Adds files as parts of the same name, if there are any.
    #[inline]
    pub(crate) fn files(self, media_type: &str, name: &str, files: Option<&Vec<FilePart>>) -> Request {
        match files {
            Some(files) if files.is_empty() => self.reject(name, EMPTY_LIST),
            files => files.into_iter().flatten().fold(self, |request, file| request.file(media_type, name, Some(file))),
        }
    }

    #[inline]
    fn value_part(self, form: PartForm, name: &str, value: &Value) -> Request {
        if value.is_array() && form.kind != Kind::JsonList {
            if value.items().next().is_none() {
                return self.reject(name, EMPTY_LIST);
            }
            return value.items().fold(self, |request, item| request.item_part(form, name, &item));
        }
        self.item_part(form, name, value)
    }

    #[inline]
    fn item_part(self, form: PartForm, name: &str, value: &Value) -> Request {
        if form.kind != Kind::Text {
            return self.part(name, None, form.media_type, Content::Text(value.as_json()));
        }
        match text(value) {
            Ok(text) => self.part(name, None, form.media_type, Content::Text(&text)),
            Err(reason) => self.reject(name, &reason),
        }
    }

    #[inline]
    fn part(mut self, name: &str, file_name: Option<&str>, media_type: Option<&str>, content: Content<'_>) -> Request {
        if let Some(media_type) = media_type.filter(|media_type| HeaderValue::from_str(media_type).is_err()) {
            let reason = format!("{media_type:?} is not a media type that can be sent");
            self.problem.get_or_insert(Problem::new(name, &reason));
            return self;
        }
        self.parts.get_or_insert_with(Parts::new).add(name, file_name, media_type, content);
        self
    }
}

/// The content of a part.
enum Content<'a> {
    Text(&'a str),
    File(&'a Body),
}

impl Parts {
    #[inline]
    fn new() -> Parts {
        let media_type = "multipart/form-data";
        Parts { media_type, boundary: boundary(), begun: Vec::new(), text: BytesMut::new(), finish: Parts::join }
    }

    #[inline]
    fn add(&mut self, name: &str, file_name: Option<&str>, media_type: Option<&str>, content: Content<'_>) {
        let mut head = format!("--{}\r\nContent-Disposition: form-data; name=\"{}\"", self.boundary, escaped(name));
        if let Some(file_name) = file_name {
            head.push_str(&format!("; filename=\"{}\"", escaped(file_name)));
        }
        if let Some(media_type) = media_type {
            head.push_str(&format!("\r\nContent-Type: {media_type}"));
        }
        head.push_str("\r\n\r\n");
        self.text.put_slice(head.as_bytes());
        match content {
            Content::Text(text) => self.text.put_slice(text.as_bytes()),
            Content::File(body) => match body.as_bytes() {
                Some(bytes) => self.text.put_slice(bytes),
                None => {
                    let before = self.text.split().freeze();
                    self.begun.extend([Body::from(before), body.clone()]);
                }
            },
        }
        self.text.put_slice(b"\r\n");
    }

    /// The whole body, a stream if a part is one, and its media type.
    pub(crate) fn finish(self) -> (Body, String) {
        (self.finish)(self)
    }

    #[inline]
    fn join(mut self) -> (Body, String) {
        self.text.put_slice(format!("--{}--\r\n", self.boundary).as_bytes());
        let text = Body::from(self.text.freeze());
        let body = if self.begun.is_empty() {
            text
        } else {
            self.begun.push(text);
            Body::joined(self.begun)
        };
        (body, format!("{}; boundary={}", self.media_type, self.boundary))
    }
}

impl fmt::Debug for Parts {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Parts { media_type: _, boundary: _, begun, text, finish: _ } = self;
        f.debug_struct("Parts").field("begun", begun).field("bytes", &text.len()).finish_non_exhaustive()
    }
}

/// A boundary that occurs in the content with a chance of one in 2^128.
#[inline]
fn boundary() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", random(), random())
}

/// Escapes a name between quotes, as browsers do (HTML, "multipart form data").
#[inline]
fn escaped(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}
