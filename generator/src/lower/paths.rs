//! Path templates: their valid characters.

use crate::hidden::is_hidden;
use crate::spec::{MAX_LENGTH, Template, without_names};

/// Checks the text between the placeholders of a path, and the query after it. The error is the problem and the way
/// out.
///
/// # Errors
/// A path that is longer than servers accept, characters that a URL has only in encoded form, segments that a server
/// resolves, a placeholder that is not filled in.
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
            format!("`{key}` has a segment of one or two dots, which would change the resource"),
            "write the intended path",
        ));
    }
    let query = template.fixed_query();
    if without_names(&query) != query {
        return Err((
            format!("`{key}` has a placeholder in its query"),
            "end the path before the `?`, and describe the query as parameters with `in: query`",
        ));
    }
    check_characters(key, &query, "/?")
}

fn check_characters(key: &str, text: &str, more: &str) -> Result<(), (String, &'static str)> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~%!$&'()*+,;=:@".contains(c) || more.contains(c);
    if let Some(odd) = text.chars().find(|c| !plain(*c)) {
        return Err((
            format!("`{key}` contains `{}`, which is not valid in the path of a URL", shown(odd)),
            "write it percent-encoded",
        ));
    }
    let is_escape = |rest: &str| rest.len() >= 2 && rest.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
    if !text.split('%').skip(1).all(is_escape) {
        return Err((format!("`{key}` contains a `%` that encodes nothing"), "write `%25` for a percent sign"));
    }
    Ok(())
}

/// Shows a visible character unchanged.
fn shown(character: char) -> String {
    if is_hidden(character) { character.escape_default().to_string() } else { character.to_string() }
}
