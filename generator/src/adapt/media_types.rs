//! Keys of `content` that are not media types.

use std::collections::BTreeSet;

use super::Adapting;
use crate::diagnostics::Code;
use crate::media_types::is_media_type;
use crate::source::{Entry, Mapping};
use crate::spec::KeyRule;

const ANY: &str = "*/*";

/// Reads each such key as the media type that it means. Another key is ignored beside a media type, and alone is read as
/// any media type: then the schema determines how the body is read.
pub(super) fn rewrite(walk: &mut Adapting<'_>, content: &mut Mapping, rule: KeyRule) {
    if !matches!(rule, KeyRule::MediaType) || content.iter().all(|entry| is_media_type(&entry.key)) {
        return;
    }
    let mut known: BTreeSet<String> =
        content.iter().map(|entry| entry.key.clone()).filter(|key| is_media_type(key)).collect();
    let read = |entry: Entry| {
        if is_media_type(&entry.key) {
            return Some(entry);
        }
        let Entry { key, key_span, node } = entry;
        let is_alone = known.is_empty();
        let meant = intended(&key).filter(|meant| (is_alone || meant != ANY) && known.insert(meant.clone()));
        let message = match &meant {
            Some(meant) => format!("`{key}` is not a media type: it is read as `{meant}`"),
            None => format!("`{key}` is not a media type: it is ignored"),
        };
        let problem = match &meant {
            Some(meant) => walk.report(Code::OddMediaType, meant, message),
            None => walk.report_removed(Code::OddMediaType, (&key, key_span), message),
        };
        problem.help =
            Some("write the media type of the body, such as `application/json`, or remove the key".to_owned());
        meant.map(|key| Entry { key, key_span, node })
    };
    *content = std::mem::take(content).into_entries().into_iter().filter_map(read).collect();
}

/// Returns the media type that a key means; `None` for the extension of a tool.
fn intended(key: &str) -> Option<String> {
    let text = key.trim();
    if text.starts_with("x-") {
        return None;
    }
    // Some write the parameters after a comma.
    let with_semicolon = text.replacen(',', ";", 1);
    let name = text.split([';', ',']).next().unwrap_or_default().trim();
    let is_alone = !text.contains(',') || !text.contains("/*") && text.matches('/').count() == 1;
    let candidates = [text, with_semicolon.as_str(), name];
    let meant = candidates.into_iter().find(|text| is_alone && is_media_type(text));
    Some(match meant {
        Some(meant) => meant.to_owned(),
        None if text.eq_ignore_ascii_case("json") => "application/json".to_owned(),
        None => ANY.to_owned(),
    })
}
