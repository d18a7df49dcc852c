//! Converts words of the spec to identifiers: casing, keywords, valid file names.

use heck::{ToSnakeCase, ToUpperCamelCase};

use crate::ident::Ident;
use crate::ir::{StatusKey, essence};

/// Keywords of the emitted crate's edition that syn, which parses every edition, takes for identifiers.
const EDITION_KEYWORDS: &[&str] = &["gen"];

/// The maximum length of an identifier: file systems have a limit, and so do readers.
pub(super) const MAX_LENGTH: usize = 200;

/// Returns the name of a module, which is also that of a file: not a keyword, not a name with a special meaning on a
/// platform or in Cargo, and not the name of the enclosing module.
pub(super) fn module_name(source: &str) -> String {
    const TAKEN: &[&str] = &["mod", "lib", "main", "models", "operations", "con", "prn", "aux", "nul"];
    let name = digits_behind_underscore(snake_case(source));
    if name.starts_with('_') {
        // A type that begins with a digit has no upper-case letter that would distinguish it from its module.
        return name + "_";
    }
    let device = |prefix: &str| name.strip_prefix(prefix).is_some_and(|rest| rest.len() == 1 && rest != "0");
    let keyword = is_usable(&name) && is_keyword(&name) && name.starts_with(|c: char| c.is_ascii_lowercase());
    if keyword || TAKEN.contains(&name.as_str()) || device("com") || device("lpt") { name + "_" } else { name }
}

/// Returns the name of a variant. A sign at the start of a value distinguishes it from the value without, and a point
/// between digits counts.
pub(super) fn variant_name(source: &str) -> String {
    let mut name = String::new();
    for word in source.split(|c: char| !c.is_alphanumeric()).map(|word| word.to_upper_camel_case()) {
        let is_number = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        if is_number(name.chars().last()) && is_number(word.chars().next()) {
            name.push('_');
        }
        name.push_str(&word);
    }
    let sign = match source.chars().next() {
        Some('-') => "Minus",
        Some('+') => "Plus",
        _ => "",
    };
    if name.is_empty() { name } else { format!("{sign}{name}") }
}

/// Returns the words for the symbols in a value: `>=` is `greater than or equal to`. Digits behind a
/// symbol are kept: `+1` is `plus 1`. A value that begins with a digit has no words.
pub(super) fn spelled_out(source: &str) -> String {
    let whole = match source {
        "" => Some("Empty"),
        " " => Some("Space"),
        ">=" => Some("greater than or equal to"),
        "<=" => Some("less than or equal to"),
        "!=" | "<>" => Some("not equal to"),
        "==" => Some("equal to"),
        "&&" => Some("and"),
        "||" => Some("or"),
        _ => None,
    };
    if let Some(words) = whole {
        return words.to_owned();
    }
    let words = source.chars().map(|symbol| match symbol {
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '\\' => "backslash",
        '=' => "equals",
        '<' => "less than",
        '>' => "greater than",
        '!' => "not",
        '~' => "tilde",
        '?' => "question mark",
        '%' => "percent",
        '#' => "hash",
        '@' => "at",
        '&' => "and",
        '|' => "or",
        '^' => "caret",
        '$' => "dollar",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '_' => "underscore",
        '(' => "open parenthesis",
        ')' => "close parenthesis",
        '[' => "open bracket",
        ']' => "close bracket",
        '{' => "open brace",
        '}' => "close brace",
        '\'' => "apostrophe",
        '"' => "quote",
        _ => "",
    });
    if source.starts_with(|first: char| first.is_ascii_digit()) {
        return String::new();
    }
    // Beside other letters, the digits alone would say too little.
    let has_digits = source.is_ascii();
    let mut spelled: Vec<String> = Vec::new();
    let mut is_number = false;
    for (symbol, word) in source.chars().zip(words) {
        let is_digit = has_digits && symbol.is_ascii_digit();
        match spelled.last_mut().filter(|_| is_digit && is_number) {
            Some(number) => number.push(symbol),
            None if is_digit => spelled.push(symbol.to_string()),
            None if word.is_empty() => {}
            None => spelled.push(word.to_owned()),
        }
        is_number = is_digit;
    }
    spelled.join(" ")
}

/// Returns the most similar name in ASCII.
pub(super) fn transliterated(source: &str) -> String {
    deunicode::deunicode(source)
}

/// Describes a status in words, for the name of a response: the usual success has none.
pub(super) fn status_words(status: &str) -> &'static str {
    match status {
        "default" => "default",
        "1XX" => "informational",
        "2XX" | "200" | "" => "",
        "3XX" => "redirect",
        "4XX" => "client error",
        "5XX" => "server error",
        "201" => "created",
        "202" => "accepted",
        "203" => "non authoritative",
        "206" => "partial content",
        "207" => "multi status",
        "400" => "bad request",
        "401" => "unauthorized",
        "402" => "payment required",
        "403" => "forbidden",
        "404" => "not found",
        "405" => "method not allowed",
        "406" => "not acceptable",
        "408" => "request timeout",
        "409" => "conflict",
        "410" => "gone",
        "412" => "precondition failed",
        "413" => "content too large",
        "415" => "unsupported media type",
        "422" => "unprocessable content",
        "423" => "locked",
        "424" => "failed dependency",
        "429" => "too many requests",
        "500" => "internal server error",
        "501" => "not implemented",
        "502" => "bad gateway",
        "503" => "service unavailable",
        "504" => "gateway timeout",
        _ => "other",
    }
}

/// Describes a status of success in words, for its name.
pub(super) fn success_words(status: StatusKey) -> String {
    match status {
        StatusKey::Code(200) => "ok".to_owned(),
        StatusKey::Code(204) => "no content".to_owned(),
        StatusKey::Code(205) => "reset content".to_owned(),
        StatusKey::Code(301) => "moved permanently".to_owned(),
        StatusKey::Code(302) => "found".to_owned(),
        StatusKey::Code(303) => "see other".to_owned(),
        StatusKey::Code(304) => "not modified".to_owned(),
        StatusKey::Code(307) => "temporary redirect".to_owned(),
        StatusKey::Code(308) => "permanent redirect".to_owned(),
        StatusKey::Range(2) | StatusKey::Default => "success".to_owned(),
        StatusKey::Range(_) => status_words(&status.to_string()).to_owned(),
        StatusKey::Code(code) => match status_words(&code.to_string()) {
            "other" => format!("status {code}"),
            words => words.to_owned(),
        },
    }
}

/// Describes a media type in words.
pub(super) fn media_words(media_type: &str) -> String {
    let essence = essence(media_type);
    let (kind, subtype) = essence.split_once('/').unwrap_or((&essence, ""));
    match essence.as_str() {
        "text/plain" => "text".to_owned(),
        "multipart/form-data" => "multipart".to_owned(),
        "application/x-www-form-urlencoded" => "form".to_owned(),
        "*/*" | "application/*" => "anything".to_owned(),
        _ if subtype == "*" => kind.to_owned(),
        _ => subtype.strip_prefix("x-").unwrap_or(subtype).replace(|c: char| !c.is_ascii_alphanumeric(), " "),
    }
}

/// Converts a name to snake case. Most names of properties and parameters have it already, and those of types are in
/// camel case.
pub(super) fn snake_case(source: &str) -> String {
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    if source.split('_').all(is_word) {
        return source.to_owned();
    }
    if !is_camel_case(source) {
        return source.to_snake_case();
    }
    let mut name = String::with_capacity(2 * source.len());
    for letter in source.chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

/// Converts a name to upper camel case. Most names of schemas have it already.
pub(super) fn camel_case(source: &str) -> String {
    if is_camel_case(source) { source.to_owned() } else { source.to_upper_camel_case() }
}

/// Whether a name consists of words that begin with an upper-case letter and have a lower-case letter behind it.
fn is_camel_case(name: &str) -> bool {
    let bytes = name.as_bytes();
    let begins_word = |at: usize| bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase);
    let is_right = |(at, byte): (usize, &u8)| match byte {
        b'A'..=b'Z' => begins_word(at),
        other => other.is_ascii_alphanumeric(),
    };
    name.starts_with(|first: char| first.is_ascii_uppercase()) && bytes.iter().enumerate().all(is_right)
}

/// Returns the name of an argument; empty for one without letters, which would look like a placeholder.
pub(super) fn variable_name(source: &str) -> String {
    let name = snake_case(source);
    if name.contains(|c: char| !c.is_ascii_digit() && c != '_') { name } else { String::new() }
}

/// Distinguishes a name from the reserved names of its scope.
pub(super) fn set_apart(name: String, reserved: &[&str]) -> String {
    if reserved.contains(&name.as_str()) { name + "_" } else { name }
}

pub(super) fn digits_behind_underscore(name: String) -> String {
    if name.starts_with(|c: char| c.is_ascii_digit()) { format!("_{name}") } else { name }
}

/// Whether a word is not a plain identifier.
pub(crate) fn is_keyword(word: &str) -> bool {
    !is_usable(word) || is_no_plain_identifier(word)
}

/// The same for a usable name.
fn is_no_plain_identifier(name: &str) -> bool {
    // Parsing with syn takes long, and keywords consist of a few lower-case letters, unlike most words.
    let is_like_keyword = name.len() <= 8 && name.bytes().all(|byte| byte.is_ascii_lowercase()) || name == "Self";
    let begins_with_digit = name.starts_with(|c: char| c.is_ascii_digit());
    (is_like_keyword || begins_with_digit)
        && (syn::parse_str::<proc_macro2::Ident>(name).is_err() || EDITION_KEYWORDS.contains(&name))
}

/// Whether a name can become an identifier: keywords are handled, and an initial digit gets an underscore.
pub(super) fn is_usable(name: &str) -> bool {
    let length = name.len() + usize::from(name.starts_with(|c: char| c.is_ascii_digit()));
    name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && name.bytes().any(|b| b != b'_')
        && length <= MAX_LENGTH
}

/// Returns a plain identifier; a raw one for a keyword; one with an underscore at its end for a keyword that cannot be
/// raw.
pub(super) fn identifier(name: &str) -> Option<Ident> {
    if !is_usable(name) {
        return None;
    }
    Some(match name {
        "self" | "Self" | "super" | "crate" => Ident::plain(&format!("{name}_")),
        keyword if is_no_plain_identifier(keyword) => Ident::raw(keyword),
        name => Ident::plain(name),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(name: &str) -> Option<String> {
        identifier(name).map(|ident| ident.to_string())
    }

    #[test]
    fn keywords_become_raw_or_get_an_underscore() {
        assert_eq!(text("type").as_deref(), Some("r#type"));
        assert_eq!(text("gen").as_deref(), Some("r#gen"));
        assert_eq!(text("self").as_deref(), Some("self_"));
        assert_eq!(text("Self").as_deref(), Some("Self_"));
        assert_eq!(text("name").as_deref(), Some("name"));
    }

    #[test]
    fn a_name_without_ascii_letters_is_unusable() {
        for name in ["", "_", "é", "עברית"] {
            assert_eq!(text(name), None, "{name}");
        }
        assert_eq!(text(&"a".repeat(MAX_LENGTH + 1)), None);
    }

    #[test]
    fn usual_names_are_cased_like_others() {
        let names = "Org OrgGroup Org2Group Org2group O2 OG OGroup AnOG aB A 2Go Go_ Ä a_b a__b";
        for name in names.split(' ') {
            assert_eq!(camel_case(name), name.to_upper_camel_case(), "{name}");
            assert_eq!(snake_case(name), name.to_snake_case(), "{name}");
        }
    }

    #[test]
    fn a_leading_minus_is_not_lost() {
        assert_eq!(variant_name("-name"), "MinusName");
        assert_eq!(variant_name("name"), "Name");
    }

    #[test]
    fn modules_avoid_keywords_and_device_names() {
        for (source, module) in [
            ("Type", "type_"),
            ("Mod", "mod_"),
            ("Models", "models_"),
            ("Con", "con_"),
            ("COM1", "com1_"),
            ("Org", "org"),
            ("2Go", "_2go_"),
        ] {
            assert_eq!(module_name(source), module);
        }
    }
}
