//! The path of an error in a JSON text: `data[3].attributes.name`.
//!
//! The parser reports a line and a column. Walking the text up to there gives the path, without a second, slower
//! decoder that would be compiled for every model. An error while writing gets its path in the same way, from the text
//! written so far.

use serde_json::Value;
use std::fmt::Write as _;

/// A container around the current position.
enum Frame<'a> {
    /// An object, and the key whose value is being read, as written in the text.
    Object(Option<&'a [u8]>),
    /// An array, and the index of the element being read.
    Array(usize),
}

/// Returns the path of the value that the parser rejected, or `None` if that is the whole text.
///
/// The parser has accepted `json` up to the error's position, so it is well-formed up to there.
#[inline]
pub(crate) fn locate(json: &[u8], error: &serde_json::Error) -> Option<String> {
    let mut end = offset(json, error)?;
    if error.is_syntax() {
        // The parser stops after the token that it rejects, be it a bracket or an escape: `\ux"}]`.
        let escape = json[end.saturating_sub(6)..end].iter().rposition(|byte| *byte == b'\\');
        end = escape.map_or(end.saturating_sub(1), |escape| end.saturating_sub(6) + escape);
    }
    let (before, after) = json.split_at(end);
    let mut frames = walk(before);
    // An array in place of another type is reported after its bracket, like a first element of a wrong type.
    if before.trim_ascii_end().ends_with(b"[")
        && error.to_string().starts_with("invalid type: sequence")
        && !after.trim_ascii_start().starts_with(b"[")
    {
        frames.pop();
    }
    print(&frames)
}

/// Returns the number that the parser rejected, as written in the text. The parser reports the nearest double: for
/// `18446744073709551617` it prints `1.8446744073709552e19`.
#[inline]
pub(crate) fn number<'a>(json: &'a [u8], error: &serde_json::Error) -> Option<&'a str> {
    let is_part = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E');
    let (before, after) = json.split_at(offset(json, error)?);
    let start = before.iter().rposition(|byte| !is_part(byte)).map_or(0, |at| at + 1);
    let end = before.len() + after.iter().position(|byte| !is_part(byte)).unwrap_or(after.len());
    str::from_utf8(json.get(start..end)?).ok().filter(|number| number.parse::<f64>().is_ok())
}

/// Returns how many bytes of the text the parser has read, up to the value that it rejected.
#[inline]
fn offset(json: &[u8], error: &serde_json::Error) -> Option<usize> {
    let read = json.get(..bytes_read(json, error)?)?;
    let message = error.to_string();
    if !error.is_data() || !["expected i128", "expected u128"].iter().any(|expected| message.contains(expected)) {
        return Some(read.len());
    }
    // An integer of 128 bits is rejected after its text was read, when the parser has reached the next token.
    let read = read.trim_ascii_end();
    let is_scalar = !message.starts_with("invalid type: map") && !message.starts_with("invalid type: sequence");
    match read.split_last() {
        Some((b',', before)) => Some(before.len()),
        Some((b'}' | b']', before)) if is_scalar => Some(before.len()),
        _ => Some(read.len()),
    }
}

#[inline]
fn bytes_read(json: &[u8], error: &serde_json::Error) -> Option<usize> {
    if error.line() == 0 {
        return None;
    }
    let mut line_start = 0;
    for _ in 1..error.line() {
        line_start += json.get(line_start..)?.iter().position(|byte| *byte == b'\n')? + 1;
    }
    Some(line_start.saturating_add(error.column()).min(json.len()))
}

/// Returns the path of the value that begins or continues where this text ends, or `None` if that is the whole text.
#[inline]
pub(crate) fn at_end(json: &[u8]) -> Option<String> {
    print(&walk(json))
}

#[inline]
fn walk(json: &[u8]) -> Vec<Frame<'_>> {
    let mut frames = Vec::new();
    let mut at = 0;
    while let Some(byte) = json.get(at) {
        match byte {
            b'{' => frames.push(Frame::Object(None)),
            b'[' => frames.push(Frame::Array(0)),
            b'}' | b']' => drop(frames.pop()),
            b',' => match frames.last_mut() {
                Some(Frame::Object(key)) => *key = None,
                Some(Frame::Array(index)) => *index += 1,
                None => {}
            },
            b'"' => {
                // A text that ends inside a key is not inside its value.
                let Some(end) = string_end(json, at) else { break };
                if let Some(Frame::Object(key @ None)) = frames.last_mut() {
                    *key = json.get(at..end);
                }
                at = end - 1;
            }
            _ => {}
        }
        at += 1;
    }
    frames
}

/// Returns the index after the quote that ends the string that starts at `start`, if it ends.
#[inline]
fn string_end(json: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match json.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

#[inline]
fn print(frames: &[Frame<'_>]) -> Option<String> {
    let mut path = String::new();
    for frame in frames {
        // Writing to a string cannot fail.
        let _ = match frame {
            Frame::Object(None) => Ok(()),
            Frame::Array(index) => write!(path, "[{index}]"),
            Frame::Object(Some(quoted)) => match str::from_utf8(quoted).map(str::parse) {
                Ok(Ok(Value::String(key))) if is_plain(&key) && path.is_empty() => write!(path, "{key}"),
                Ok(Ok(Value::String(key))) if is_plain(&key) => write!(path, ".{key}"),
                _ => write!(path, "[{}]", String::from_utf8_lossy(quoted)),
            },
        };
    }
    (!path.is_empty()).then_some(path)
}

#[inline]
fn is_plain(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '$'))
}
