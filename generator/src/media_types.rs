//! The meaning of media types.

/// Whether a media type is JSON: `application/json`, `text/json` or one with the suffix `+json`, with any parameters.
pub fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// Whether a body of this media type has one JSON text per line, or after each record separator (RFC 7464).
pub fn is_lines(media_type: &str) -> bool {
    let essence = essence(media_type);
    let name = essence.strip_prefix("application/").or_else(|| essence.strip_prefix("text/")).unwrap_or_default();
    let name = name.strip_prefix("x-").unwrap_or(name);
    matches!(name, "ndjson" | "jsonl" | "jsonlines" | "json-lines" | "stream+json") || is_records(media_type)
}

/// Whether each JSON text of a body of this media type follows a record separator (RFC 7464).
pub fn is_records(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.ends_with("/json-seq") || essence.ends_with("+json-seq")
}

/// Whether a media type is that of server-sent events.
pub fn is_events(media_type: &str) -> bool {
    essence(media_type) == "text/event-stream"
}

/// Whether a text is a media type or a range of them, with any parameters: `text/plain; charset=utf-8`, `image/*`.
pub fn is_media_type(text: &str) -> bool {
    let (name, parameters) =
        text.split_once(';').map_or((text, ""), |(name, parameters)| (name.trim_end(), parameters));
    let is_token = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
    };
    let is_sent = parameters.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic());
    is_sent && name.split_once('/').is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
}

/// Returns a media type without its parameters, in lower case.
pub fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Returns the media type of a body whose first part has the media type `root` (RFC 2387), if that can be sent.
pub fn with_root(media_type: &str, root: &str) -> Option<String> {
    let root = essence(root);
    let is_sent = root.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/+-._".contains(&byte));
    is_sent.then(|| format!("{media_type}; type=\"{root}\""))
}
