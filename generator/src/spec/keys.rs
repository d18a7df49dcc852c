//! Rules for keys that are names, and suggestions for misspelt keys.

use crate::diagnostics::Code;
use crate::hidden::is_hidden;
use crate::spec::grammar::KeyRule;

/// The keys of a path item that are operations.
pub(crate) const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The problem of a key, and the way out.
pub(super) struct BadKey {
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) help: String,
}

/// Checks a key by its rule.
pub(super) fn judge(rule: KeyRule, key: &str) -> Option<BadKey> {
    match rule {
        KeyRule::Any | KeyRule::MediaType => None,
        KeyRule::Path => (!key.starts_with('/')).then(|| BadKey {
            code: Code::PathWithoutSlash,
            message: format!("the path `{key}` does not begin with a slash"),
            help: if METHODS.contains(&key) {
                format!("`{key}` is a method: indent it below its path")
            } else {
                format!("write `/{key}`")
            },
        }),
        KeyRule::Status => (!is_status(key)).then(|| {
            let upper = key.to_ascii_uppercase();
            BadKey {
                code: Code::ResponseKey,
                message: format!("`{key}` is neither a status code, nor a range such as `4XX`, nor `default`"),
                help: if upper != key && is_status(&upper) {
                    format!("write `{upper}`")
                } else {
                    "status codes are 100 to 599, and ranges `1XX` to `5XX`".to_owned()
                },
            }
        }),
        KeyRule::Component => (key.is_empty() || key.chars().any(is_hidden)).then(|| BadKey {
            code: Code::ComponentName,
            message: format!("`{key}` is not a valid component name"),
            help: "use only letters, digits, `.`, `-` and `_`".to_owned(),
        }),
    }
}

pub(crate) fn is_status(key: &str) -> bool {
    matches!(key.as_bytes(), [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9'] | [b'1'..=b'5', b'X', b'X'])
}

/// Whether OpenAPI allows this name for a component. Others are accepted nevertheless.
pub(crate) fn is_component_name(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
}

/// The candidate that `key` is most likely a misspelling of.
pub(crate) fn nearest<'c>(key: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let key = key.to_lowercase();
    let distance = |candidate: &str| {
        let tolerance = candidate.len().div_ceil(3);
        // Lengths that differ too much cannot be near: a distance would take time in proportion to their product.
        if key.len().abs_diff(candidate.len()) > tolerance {
            return None;
        }
        let distance = strsim::osa_distance(&key, &candidate.to_lowercase());
        (distance <= tolerance).then_some(distance)
    };
    candidates
        .into_iter()
        .filter_map(|candidate| Some((distance(candidate)?, candidate)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_intended_key_is_found() {
        let keys = ["get", "put", "post", "delete", "parameters", "operationId"];
        for (misspelt, meant) in [("GET", "get"), ("psot", "post"), ("operation_id", "operationId"), ("pots", "post")] {
            assert_eq!(nearest(misspelt, keys), Some(meant), "{misspelt}");
        }
        assert_eq!(nearest("webhooks", keys), None);
        assert_eq!(nearest(&"x".repeat(1_000_000), keys), None);
    }
}
