//! The text of an error, in one line.

use super::{Effect, Error, Failure};
use crate::runtime::client::interpret::{compression, is_html};
use crate::runtime::client::origin::is_redirect;
use crate::runtime::client::text::{append, one_line, without_mark};
use crate::runtime::client::{Reached, Response};
use bytes::Bytes;
use http::{StatusCode, header};
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

/// The maximum number of characters that are printed of a server's message.
const MAX_WORDS: usize = 500;

impl fmt::Display for Error {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.inner.operation {
            write!(f, "{}: ", self.shown(operation.id, MAX_WORDS))?;
        }
        if self.attempts() > 1 {
            write!(f, "after {} attempts: ", self.attempts())?;
        }
        self.fmt_failure(f)?;
        if let Some(source) = &self.inner.renewal {
            write!(f, "; the token could not be renewed: {}", self.root_cause(&**source))?;
        }
        if self.inner.spent {
            f.write_str("; not sent again, because its stream was already read from")?;
        }
        match (self.last_effect(), self.inner.earlier) {
            (Effect::No, Effect::Unknown) => f.write_str("; an earlier attempt may have taken effect"),
            (Effect::No, Effect::Yes) => f.write_str("; an earlier attempt has taken effect"),
            _ => Ok(()),
        }
    }
}

impl Error {
    #[inline]
    fn fmt_failure(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.inner.failure {
            Failure::Configuration { message, source } => {
                f.write_str(&self.shown(message, usize::MAX))?;
                match source.as_deref() {
                    Some(source) => write!(f, " ({})", self.root_cause(source)),
                    None => Ok(()),
                }
            }
            Failure::Request(problem) => {
                f.write_str("the request was not sent: ")?;
                if let Some(argument) = &problem.argument {
                    write!(f, "{}: ", self.shown(argument, MAX_WORDS))?;
                }
                f.write_str(&self.shown(&problem.reason, MAX_WORDS))
            }
            Failure::Credentials { message, source } => {
                write!(f, "the request was not sent: {}", self.shown(message, MAX_WORDS))?;
                match source.as_deref() {
                    Some(source) => write!(f, " ({})", self.root_cause(source)),
                    None => Ok(()),
                }
            }
            Failure::Transport(error) => {
                if let Some(status) = error.status_code() {
                    write!(f, "{}, but ", Status(status))?;
                }
                write!(f, "{error}")?;
                // No caller sets a lower limit: such a time comes from a test double, or is unknown.
                if self.is_timeout() && self.inner.took >= Duration::from_millis(1) {
                    write!(f, " after {:.1?}", self.inner.took)?;
                }
                write!(f, " ({})", self.root_cause(error))?;
                if !self.inner.rest.is_empty() {
                    write!(f, "; {} B of the next item were received", self.inner.rest.len())?;
                }
                f.write_str(match (error.reached(), self.effect()) {
                    (Reached::No, _) if self.inner.earlier != Effect::No => "",
                    (Reached::No, _) => "; nothing was sent",
                    (Reached::Unknown, effect) => in_words(effect),
                })
            }
            Failure::Status { answer, .. } => self.fmt_status(f, answer),
            Failure::RepeatedPage(repeated) => write!(f, "the list has no end: {repeated}"),
            Failure::Decode { answer, failure, .. } => {
                write!(f, "{}, but {}", Status(answer.status), self.shown(&failure.reason, MAX_WORDS))?;
                if !self.errors().is_empty() {
                    write!(f, "; the server reports: {}", one_line(&self.words(answer), MAX_WORDS))?;
                }
                f.write_str(in_words(self.effect()))
            }
        }
    }

    #[inline]
    fn fmt_status(&self, f: &mut fmt::Formatter<'_>, answer: &Response<Bytes>) -> fmt::Result {
        write!(f, "{}", Status(answer.status))?;
        let words = self.words(answer);
        if !words.is_empty() {
            write!(f, ": {}", one_line(&words, MAX_WORDS))?;
        }
        let target = answer.headers.get(header::LOCATION).map(|value| String::from_utf8_lossy(value.as_bytes()));
        match (answer.status, target.as_deref()) {
            (StatusCode::FORBIDDEN, _) => match self.permission() {
                Some(permission) => write!(f, "; the keys need the permission {}", self.shown(permission, MAX_WORDS)),
                None => Ok(()),
            },
            (StatusCode::TOO_MANY_REQUESTS, _) => match self.retry_after() {
                // Rounded up: an earlier retry would be rejected again.
                Some(wait) => {
                    let more = u64::from(wait.subsec_nanos() > 0);
                    write!(f, "; try again in {} s", wait.as_secs().saturating_add(more))
                }
                None => Ok(()),
            },
            (status, Some(target)) if is_redirect(status) => {
                write!(f, "; a redirect to {} was not followed", self.shown(target, MAX_WORDS))
            }
            (status, None) if is_redirect(status) => f.write_str("; it has no location"),
            (StatusCode::NOT_MODIFIED, _) => {
                f.write_str("; the resource has not changed since the time or version in the request")
            }
            _ => Ok(()),
        }
    }

    /// The server's message, from the items or from the bare body, without the client's keys.
    #[inline]
    fn words(&self, answer: &Response<Bytes>) -> String {
        // The status has already printed its usual name, so a title or an item that only repeats it is left out.
        let reason = answer.status.canonical_reason().unwrap_or_default();
        let mut words = String::new();
        for item in self.errors().iter().take(20) {
            let item = item.to_string();
            if item == reason && self.errors().len() > 1 {
                continue;
            }
            let rest = item.strip_prefix(reason).and_then(|rest| rest.strip_prefix(": "));
            append(&mut words, "; ", rest.unwrap_or(&item));
        }
        if !self.errors().is_empty() {
            return words;
        }
        let body = without_mark(&answer.body).trim_ascii();
        if is_html(&answer.headers, body) {
            return "an HTML page".to_owned();
        }
        if let (Some(encoding), Err(_)) = (compression(&answer.headers), str::from_utf8(body)) {
            return format!("a compressed body ({})", self.shown(encoding, MAX_WORDS));
        }
        // Enough for the maximum number of characters, if each took four bytes.
        let start = &body[..body.len().min(4 * MAX_WORDS + 4)];
        let text = String::from_utf8_lossy(start);
        let secrets = &self.inner.secrets;
        let blanked = if start.len() < body.len() { secrets.blank_start(&text) } else { secrets.blank(&text) };
        blanked.into_owned()
    }

    /// Prints a text in one line, without the client's keys.
    #[inline]
    fn shown(&self, text: &str, max: usize) -> String {
        one_line(&self.inner.secrets.blank(text), max).into_owned()
    }

    /// The last error of a chain: it states the cause, where those before it state what was being done.
    #[inline]
    fn root_cause(&self, error: &(dyn StdError + 'static)) -> String {
        let mut last = error;
        while let Some(source) = last.source() {
            last = source;
        }
        self.shown(&last.to_string(), MAX_WORDS)
    }
}

/// The same line as `Display`, since a `main` that returns the error prints it with `Debug`; `{:#?}` shows the parts.
impl fmt::Debug for Error {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !f.alternate() {
            return fmt::Display::fmt(self, f);
        }
        f.debug_struct("Error")
            .field("kind", &self.kind())
            .field("operation", &self.inner.operation.map(|operation| operation.id))
            .field("status", &self.status())
            .field("message", &self.to_string())
            .field("cause", &self.inner.secrets.debug(&self.cause()))
            .finish()
    }
}

/// The effect of the call, as the end of an error about a response or its loss.
#[inline]
fn in_words(effect: Effect) -> &'static str {
    match effect {
        Effect::No => "",
        Effect::Unknown => "; the call may have taken effect",
        Effect::Yes => "; the call has taken effect",
    }
}

/// A status and its usual name.
struct Status(StatusCode);

impl fmt::Display for Status {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.canonical_reason() {
            Some(reason) => write!(f, "{} {reason}", self.0.as_str()),
            None => f.write_str(self.0.as_str()),
        }
    }
}
