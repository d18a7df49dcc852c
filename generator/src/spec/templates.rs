//! Path templates: splits the keys below `paths`.

/// The maximum length of a path. The usual servers accept 8 KiB with its arguments, and HTTP libraries 64 KiB.
pub(crate) const MAX_LENGTH: usize = 2_000;

/// A path template. The text between braces is a name, whatever its characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Template<'t> {
    /// The path itself, with `{name}` for each of its parameters.
    pub(crate) path: &'t str,
    /// The text between a `?` and a fragment.
    pub(crate) query: Option<&'t str>,
    /// The text after a `#`.
    pub(crate) fragment: Option<&'t str>,
}

impl<'t> Template<'t> {
    /// Splits a key below `paths`.
    pub(crate) fn of(key: &'t str) -> Self {
        let (rest, fragment) = split(key, '#');
        let (path, query) = split(rest, '?');
        Self { path, query, fragment }
    }

    /// The names between the braces of the path, in order.
    pub(crate) fn names(&self) -> Vec<&'t str> {
        let parts = self.path.split('{').skip(1);
        parts.filter_map(|part| part.split_once('}').map(|(name, _)| name)).collect()
    }

    /// The parameters that the query names by a placeholder, each with its name in the query: `?page={number}` or `?{page}=1`.
    pub(crate) fn query_parameters(&self) -> impl Iterator<Item = (&'t str, &'t str)> {
        self.query.unwrap_or_default().split('&').filter_map(filled)
    }

    /// The rest of the query, which is sent unchanged.
    pub(crate) fn fixed_query(&self) -> String {
        let pairs = self.query.unwrap_or_default().split('&').filter(|pair| filled(pair).is_none());
        pairs.collect::<Vec<_>>().join("&")
    }

    /// Whether the path is longer than servers accept.
    pub(crate) fn is_too_long(&self) -> bool {
        self.path.len() > MAX_LENGTH
    }

    /// Whether the path has an unpaired brace.
    pub(crate) fn is_torn(&self) -> bool {
        self.path.matches(['{', '}']).count() != 2 * self.names().len()
    }

    /// The path without the names of its parameters: a server cannot distinguish two paths of the same shape.
    pub(crate) fn shape(&self) -> String {
        without_names(self.path)
    }
}

/// Returns both names of a pair whose value is a single placeholder. If the name is one instead, `{page}=1`, the value
/// is an example, and the parameter has the name of the placeholder.
fn filled(pair: &str) -> Option<(&str, &str)> {
    let (name, value) = pair.split_once('=')?;
    let is_plain = |text: &str| !text.is_empty() && !text.contains(['{', '}']);
    match (placeholder(name), placeholder(value)) {
        (None, Some(placeholder)) if is_plain(name) && is_plain(placeholder) => Some((name, placeholder)),
        (Some(placeholder), None) if is_plain(value) && is_plain(placeholder) => Some((placeholder, placeholder)),
        _ => None,
    }
}

/// Returns the text between braces around the whole text.
fn placeholder(text: &str) -> Option<&str> {
    text.strip_prefix('{')?.strip_suffix('}')
}

/// Replaces each `{name}` of a text by `{}`.
pub(crate) fn without_names(text: &str) -> String {
    let mut shape = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        let Some((_, behind)) = behind.split_once('}') else { break };
        shape.push_str(before);
        shape.push_str("{}");
        rest = behind;
    }
    shape + rest
}

/// Splits a text at the first such character that is not between braces.
fn split(text: &str, at: char) -> (&str, Option<&str>) {
    let end = text.rfind('}').unwrap_or(0);
    let mut is_name = false;
    for (index, character) in text.char_indices() {
        match character {
            '{' => is_name = index < end,
            '}' => is_name = false,
            _ if character == at && !is_name => {
                let behind = index.saturating_add(at.len_utf8());
                return (text.get(..index).unwrap_or_default(), text.get(behind..));
            }
            _ => {}
        }
    }
    (text, None)
}
