//! Requests that are changed before they are sent, so that they no longer match the description.

use std::io::{self, Read as _, Write as _};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use datadog_org_groups::bytes::Bytes;
use datadog_org_groups::http::{self, HeaderValue, Method, Uri, header};
use datadog_org_groups::{BoxFuture, Limits, Transport, TransportError};
use serde_json::{Value, json};

pub(crate) type Request = http::Request<Bytes>;

/// A change that breaks a request in one place.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    None,
    /// Removes a key.
    WithoutKey(&'static str),
    /// Calls another version of the API.
    Path,
    /// Uses another method.
    Method,
    /// Renames the parameter at this position of the query.
    Misspell(usize),
    /// Changes its value.
    Value(usize, &'static str),
    /// Removes the query, where the description requires a part of it.
    WithoutQuery,
    /// Sends no body.
    WithoutBody,
    /// Sends another media type.
    ContentType,
    /// Replaces the value at this place of the body by one of another type.
    Type(String),
    /// Renames the field at this place of the body.
    Rename(String),
}

impl Change {
    /// Returns every change that breaks a request.
    pub(crate) fn all(request: &Request) -> Vec<Self> {
        let mut changes = vec![Self::WithoutKey("dd-api-key"), Self::WithoutKey("dd-application-key")];
        changes.extend([Self::Path, Self::Method]);
        for (index, (name, _)) in pairs(request).into_iter().enumerate() {
            changes.push(Self::Misspell(index));
            match name {
                "page%5Bnumber%5D" => changes.extend(["-1", "first", "0.5"].map(|value| Self::Value(index, value))),
                "page%5Bsize%5D" => changes.extend(["0", "1001", "all"].map(|value| Self::Value(index, value))),
                "sort" => changes.push(Self::Value(index, "color")),
                // Any text is a valid name.
                "filter%5Bpolicy_name%5D" => {}
                _ => changes.push(Self::Value(index, "12345")),
            }
        }
        if request.uri().query().is_some_and(|query| query.contains("filter%5Borg_group_id%5D"))
            && !request.uri().path().ends_with("memberships")
        {
            changes.push(Self::WithoutQuery);
        }
        if !request.body().is_empty() {
            changes.extend([Self::WithoutBody, Self::ContentType, Self::Type(String::new())]);
            for place in places(&body(request), "") {
                changes.extend([Self::Type(place.clone()), Self::Rename(place)]);
            }
        }
        changes
    }

    /// The finding that the judge should report.
    pub(crate) fn finding(&self) -> &'static str {
        match self {
            Self::None => "",
            Self::WithoutKey(_) => "Security not found",
            Self::Path => "PathNotFound",
            Self::Method => "OperationNotFound",
            Self::Misspell(_) => "parameter",
            // `Invalid query parameter` or `Query parameter error`.
            Self::Value(..) => "uery parameter",
            Self::WithoutQuery => "MissingRequiredParameter",
            Self::WithoutBody => "MissingRequiredRequestBody",
            Self::ContentType => "mimetype not found",
            Self::Type(_) | Self::Rename(_) => "InvalidRequestBody",
        }
    }

    fn apply(&self, request: &mut Request) {
        match self {
            Self::None => {}
            Self::WithoutKey(name) => {
                request.headers_mut().remove(*name).expect("the key is there");
            }
            Self::Path => {
                let path = request.uri().path().replace("/v2/", "/v3/");
                let query = request.uri().query().map(str::to_owned);
                set_target(request, &path, query.as_deref());
            }
            Self::Method => *request.method_mut() = Method::PUT,
            Self::Misspell(index) => change_pair(request, *index, |name, value| format!("{name}s={value}")),
            Self::Value(index, other) => change_pair(request, *index, |name, _| format!("{name}={other}")),
            Self::WithoutQuery => {
                let path = request.uri().path().to_owned();
                set_target(request, &path, None);
            }
            Self::WithoutBody => *request.body_mut() = Bytes::new(),
            Self::ContentType => {
                request.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain"));
            }
            Self::Type(place) => change_body(request, |body| {
                let value = body.pointer_mut(place).expect("the place is there");
                *value = if value.is_string() { json!(5) } else { json!("x") };
            }),
            Self::Rename(place) => change_body(request, |body| {
                let (object, name) = place.rsplit_once('/').expect("a field");
                let object = body.pointer_mut(object).and_then(Value::as_object_mut).expect("the place is there");
                let value = object.remove(name).expect("the field is there");
                object.insert(format!("{name}s"), value);
            }),
        }
    }
}

fn pairs(request: &Request) -> Vec<(&str, &str)> {
    let pairs = request.uri().query().into_iter().flat_map(|query| query.split('&'));
    pairs.map(|pair| pair.split_once('=').expect("a name and a value")).collect()
}

fn change_pair(request: &mut Request, index: usize, change: impl Fn(&str, &str) -> String) {
    let pairs = pairs(request)
        .into_iter()
        .enumerate()
        .map(|(place, (name, value))| if place == index { change(name, value) } else { format!("{name}={value}") });
    let query = pairs.collect::<Vec<_>>().join("&");
    let path = request.uri().path().to_owned();
    set_target(request, &path, Some(&query));
}

fn set_target(request: &mut Request, path: &str, query: Option<&str>) {
    let mut parts = request.uri().clone().into_parts();
    let target = query.map_or(path.to_owned(), |query| format!("{path}?{query}"));
    parts.path_and_query = Some(target.parse().expect("a path"));
    *request.uri_mut() = Uri::from_parts(parts).expect("a URI");
}

fn body(request: &Request) -> Value {
    serde_json::from_slice(request.body()).expect("JSON")
}

fn change_body(request: &mut Request, change: impl Fn(&mut Value)) {
    let mut body = body(request);
    change(&mut body);
    *request.body_mut() = Bytes::from(body.to_string());
}

/// Returns every field, except those in `content`, which can have any value.
fn places(value: &Value, place: &str) -> Vec<String> {
    let fields = value.as_object().into_iter().flatten().map(|(name, value)| (name.clone(), value, true));
    let items = value.as_array().into_iter().flatten().enumerate();
    let items = items.map(|(index, value)| (index.to_string(), value, false));
    let mut found = Vec::new();
    for (name, value, is_field) in fields.chain(items) {
        let place = format!("{place}/{name}");
        if name != "content" {
            found.extend(places(value, &place));
        }
        if is_field {
            found.push(place);
        }
    }
    found
}

/// Sends requests after changing them, and remembers the last original.
pub(crate) struct Altered {
    change: Change,
    seen: Arc<Mutex<Option<Request>>>,
}

impl Altered {
    pub(crate) fn new(change: Change) -> Self {
        Self { change, seen: Arc::default() }
    }

    pub(crate) fn seen(&self) -> Arc<Mutex<Option<Request>>> {
        Arc::clone(&self.seen)
    }
}

impl Transport for Altered {
    fn send(&self, mut request: Request, _: Limits) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        *self.seen.lock().expect("nothing panics with it") = Some(request.clone());
        self.change.apply(&mut request);
        Box::pin(std::future::ready(Ok(exchange(&request).expect("the server answers"))))
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::ready(()))
    }
}

/// Sends a request unchanged, valid or not, on a separate connection.
fn exchange(request: &Request) -> io::Result<http::Response<Bytes>> {
    let host = request.uri().authority().expect("an address").as_str();
    let mut head =
        format!("{} {} HTTP/1.0\r\nhost: {host}\r\n", request.method(), request.uri().path_and_query().unwrap());
    for (name, value) in request.headers() {
        head.push_str(&format!("{name}: {}\r\n", value.to_str().expect("text")));
    }
    if !request.body().is_empty() {
        head.push_str(&format!("content-length: {}\r\n", request.body().len()));
    }
    let mut stream = TcpStream::connect(host)?;
    stream.write_all(&[head.as_bytes(), b"\r\n", request.body()].concat())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;

    let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
    let status = head.split(' ').nth(1).expect("a status line");
    let response = http::Response::builder().status(status).body(Bytes::from(body.to_owned()));
    Ok(response.expect("a response"))
}
