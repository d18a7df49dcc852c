//! An error as one line for people.

use super::{Effect, Error, Failure};
use crate::runtime::client::interpret::is_html;
use crate::runtime::client::retry::wait_asked_for;
use crate::runtime::client::text::append;
use crate::runtime::client::{Reached, Response};
use bytes::Bytes;
use http::{StatusCode, header};
use std::error::Error as StdError;
use std::fmt::{self, Write as _};

/// How many characters of a server's words are printed.
const MAX_WORDS: usize = 500;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.inner.operation {
            write!(f, "{}: ", operation.id)?;
        }
        if self.attempts() > 1 {
            write!(f, "after {} attempts: ", self.attempts())?;
        }
        self.fmt_failure(f)?;
        match (self.last_effect(), self.inner.earlier) {
            (Effect::No, Effect::Unknown) => f.write_str("; an earlier attempt may have taken effect"),
            (Effect::No, Effect::Yes) => f.write_str("; an earlier attempt has taken effect"),
            _ => Ok(()),
        }
    }
}

impl Error {
    fn fmt_failure(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.inner.failure {
            Failure::Configuration { message, source } => {
                f.write_str(&one_line(message, usize::MAX))?;
                match source.as_deref() {
                    Some(source) => write!(f, " ({})", root_cause(source)),
                    None => Ok(()),
                }
            }
            Failure::Request(problem) => {
                f.write_str("the request was not sent: ")?;
                if let Some(argument) = &problem.argument {
                    write!(f, "{}: ", one_line(argument, MAX_WORDS))?;
                }
                f.write_str(&one_line(&problem.reason, MAX_WORDS))
            }
            Failure::Transport(error) => {
                if let Some(status) = error.status() {
                    write!(f, "{}, but ", Status(status))?;
                }
                write!(f, "{error} ({})", root_cause(error))?;
                f.write_str(match (error.reached(), self.effect()) {
                    (Reached::No, _) if self.inner.earlier != Effect::No => "",
                    (Reached::No, _) => "; nothing was sent",
                    (Reached::Unknown, Effect::Unknown) => "; the call may have taken effect",
                    (Reached::Unknown, Effect::Yes) => "; the call has taken effect",
                    (Reached::Unknown, Effect::No) => "",
                })
            }
            Failure::Status { answer, .. } => self.fmt_status(f, answer),
            Failure::RepeatedPage(repeated) => write!(f, "the list has no end: {repeated}"),
            Failure::Decode { answer, failure } => {
                write!(f, "{}, but {}", Status(answer.status), one_line(&failure.reason, MAX_WORDS))?;
                f.write_str(if self.effect() == Effect::Yes { "; the call has taken effect" } else { "" })
            }
        }
    }

    fn fmt_status(&self, f: &mut fmt::Formatter<'_>, answer: &Response<Bytes>) -> fmt::Result {
        write!(f, "{}", Status(answer.status))?;
        let words = self.words(answer);
        if !words.is_empty() {
            write!(f, ": {}", one_line(&words, MAX_WORDS))?;
        }
        match answer.status {
            StatusCode::FORBIDDEN => {
                if let Some(permission) = self.permission() {
                    write!(f, "; the keys need the permission {permission}")?;
                }
            }
            StatusCode::TOO_MANY_REQUESTS => {
                if let Some(wait) = wait_asked_for(answer.status(), &answer.headers) {
                    write!(f, "; try again in {} s", wait.as_secs())?;
                }
            }
            _ => {}
        }
        if answer.status.is_redirection() {
            let target = answer.headers.get(header::LOCATION).map(|value| String::from_utf8_lossy(value.as_bytes()));
            let target = target.as_deref().unwrap_or("nowhere");
            write!(f, "; a redirect to {} was not followed", one_line(target, MAX_WORDS))?;
        }
        Ok(())
    }

    /// What the server says, from the items or from the bare body.
    fn words(&self, answer: &Response<Bytes>) -> String {
        // The usual name of the status stands before it: a title that says no more is left out.
        let reason = answer.status.canonical_reason().map(|reason| format!("{reason}: ")).unwrap_or_default();
        let mut words = String::new();
        for item in self.errors().iter().take(20) {
            let item = item.to_string();
            append(&mut words, "; ", item.strip_prefix(&reason).unwrap_or(&item));
        }
        if !self.errors().is_empty() {
            return words;
        }
        let body = answer.body.trim_ascii();
        if is_html(&answer.headers, body) {
            return "an HTML page".to_owned();
        }
        // No more than can be printed, if every character took four bytes.
        let start = &body[..body.len().min(4 * MAX_WORDS + 4)];
        String::from_utf8_lossy(start).into_owned()
    }
}

/// The same line as `Display`, since it is what a `main` that gives back the error prints; `{:#?}` shows the parts.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !f.alternate() {
            return fmt::Display::fmt(self, f);
        }
        f.debug_struct("Error")
            .field("kind", &self.kind())
            .field("operation", &self.inner.operation.map(|operation| operation.id))
            .field("status", &self.status())
            .field("message", &self.to_string())
            .field("source", &self.source())
            .finish()
    }
}

/// A status with its usual name.
struct Status(StatusCode);

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.canonical_reason() {
            Some(reason) => write!(f, "{} {reason}", self.0.as_str()),
            None => f.write_str(self.0.as_str()),
        }
    }
}

/// The last error of a chain: it says what happened, where those before it say what was being done.
fn root_cause(error: &(dyn StdError + 'static)) -> String {
    let mut last = error;
    while let Some(source) = last.source() {
        last = source;
    }
    one_line(&last.to_string(), MAX_WORDS)
}

/// The text with whatever could disturb a terminal or a log made visible, and cut off after `max` characters.
fn one_line(text: &str, max: usize) -> String {
    let mut line = String::new();
    for (index, c) in text.chars().enumerate() {
        if index == max {
            line.push('…');
            break;
        }
        // Controls; marks that are not seen; line and paragraph separators; what turns the direction of writing.
        let hidden =
            matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}');
        if c.is_control() || hidden || c == '\u{feff}' {
            // Writing to a string cannot fail.
            let _ = write!(line, "{}", c.escape_default());
        } else {
            line.push(c);
        }
    }
    line
}
