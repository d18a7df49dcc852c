//! Path templates: what may stand in one, and which are the same.

use crate::hidden::is_hidden;

/// Longest path. With its arguments, the usual servers take 8 KiB, and HTTP libraries 64 KiB.
const MAX_LENGTH: usize = 2_000;

/// Judges what stands between the placeholders of a path. An error is what is wrong, and the way out.
///
/// # Errors
///
/// More than servers take, a query or fragment, characters that a path has in encoded form only, parts that a server resolves away.
pub(super) fn check(path: &str) -> Result<(), (String, &'static str)> {
    let fixed = shape(path);
    if fixed.contains(['?', '#']) {
        return Err((
            format!("`{path}` holds a query or a fragment"),
            "end the path before it, and describe what is behind a `?` as parameters with `in: query`",
        ));
    }
    if path.len() > MAX_LENGTH {
        return Err((
            format!("this path is too long: {} characters", path.len()),
            "write a path of 2000 characters at most",
        ));
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || "/{}-._~%!$&'()*+,;=:@".contains(c);
    if let Some(odd) = fixed.chars().find(|c| !plain(*c)) {
        return Err((
            format!("`{path}` holds `{}`, which has no place in the path of a URL", shown(odd)),
            "write it percent-encoded, as it is sent",
        ));
    }
    let is_escape = |rest: &str| rest.len() >= 2 && rest.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
    if !fixed.split('%').skip(1).all(is_escape) {
        return Err((format!("`{path}` holds a `%` that encodes nothing"), "write `%25` for a percent sign"));
    }
    let decoded = fixed.replace("%2e", ".").replace("%2E", ".");
    if decoded.split('/').any(|segment| matches!(segment, "." | "..")) {
        return Err((
            format!("`{path}` has a part that is a dot or two, which would name another resource"),
            "write the path that is meant",
        ));
    }
    Ok(())
}

/// A character that can be seen stands for itself.
fn shown(character: char) -> String {
    if is_hidden(character) { character.escape_default().to_string() } else { character.to_string() }
}

/// The path without the names of its parameters: two paths with the same one cannot be told apart.
pub(super) fn shape(path: &str) -> String {
    let mut shape = String::new();
    let mut rest = path;
    while let Some((before, behind)) = rest.split_once('{') {
        let Some((_, behind)) = behind.split_once('}') else { break };
        shape.push_str(before);
        shape.push_str("{}");
        rest = behind;
    }
    shape + rest
}
