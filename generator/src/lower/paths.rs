//! Path templates: what may stand in one.

use crate::hidden::is_hidden;
use crate::spec::{MAX_LENGTH, Template, without_names};

/// Judges what stands between the placeholders of a path, and the query behind it. An error is what is wrong, and the way
/// out.
///
/// # Errors
///
/// More than servers take, characters that a URL has in encoded form only, parts that a server resolves away, a
/// placeholder where nothing is filled in.
pub(super) fn check(key: &str) -> Result<(), (String, &'static str)> {
    if key.len() > MAX_LENGTH {
        return Err((
            format!("this path is too long: {} characters", key.len()),
            "write a path of 2000 characters at most",
        ));
    }
    let template = Template::of(key);
    let path = template.shape();
    check_characters(key, &path, "/{}")?;
    let decoded = path.replace("%2e", ".").replace("%2E", ".");
    if decoded.split('/').any(|segment| matches!(segment, "." | "..")) {
        return Err((
            format!("`{key}` has a part that is a dot or two, which would name another resource"),
            "write the path that is meant",
        ));
    }
    let query = template.fixed_query();
    if without_names(&query) != query {
        return Err((
            format!("`{key}` has a placeholder in its query"),
            "end the path before the `?`, and describe what is behind it as parameters with `in: query`",
        ));
    }
    check_characters(key, &query, "/?")
}

fn check_characters(key: &str, text: &str, more: &str) -> Result<(), (String, &'static str)> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~%!$&'()*+,;=:@".contains(c) || more.contains(c);
    if let Some(odd) = text.chars().find(|c| !plain(*c)) {
        return Err((
            format!("`{key}` holds `{}`, which has no place in the path of a URL", shown(odd)),
            "write it percent-encoded, as it is sent",
        ));
    }
    let is_escape = |rest: &str| rest.len() >= 2 && rest.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
    if !text.split('%').skip(1).all(is_escape) {
        return Err((format!("`{key}` holds a `%` that encodes nothing"), "write `%25` for a percent sign"));
    }
    Ok(())
}

/// A visible character is written as it is.
fn shown(character: char) -> String {
    if is_hidden(character) { character.escape_default().to_string() } else { character.to_string() }
}
