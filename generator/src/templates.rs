//! The hand-written parts of the crate. They are built into the generator, so that its output depends only on its
//! input.

/// Template of the crate's `Cargo.toml`.
pub(crate) const MANIFEST: &str = include_str!("../../templates/crate/Cargo.toml");

/// Template of the crate's `README.md`.
pub(crate) const README: &str = include_str!("../../templates/crate/README.md");

/// Lists the files that are copied into the crate: `templates/src/…` to `src/…`.
macro_rules! verbatim {
    ($($path:literal,)*) => {
        /// Files that are copied into the crate, each with its path there.
        pub(crate) const VERBATIM: &[(&str, &str)] = &[
            ("LICENSE-APACHE", include_str!("../../LICENSE-APACHE")),
            ("LICENSE-MIT", include_str!("../../LICENSE-MIT")),
            $((concat!("src/", $path), include_str!(concat!("../../templates/src/", $path))),)*
        ];
    };
}

verbatim! {
    "runtime/client/adjustments.rs",
    "runtime/client/auth/mod.rs",
    "runtime/client/auth/pass.rs",
    "runtime/client/auth/provider.rs",
    "runtime/client/auth/scheme.rs",
    "runtime/client/auth/secret.rs",
    "runtime/client/auth/wire.rs",
    "runtime/client/base_url.rs",
    "runtime/client/batches.rs",
    "runtime/client/blocking.rs",
    "runtime/client/blocking/streams.rs",
    "runtime/client/body/joined.rs",
    "runtime/client/body/mod.rs",
    "runtime/client/body/reader.rs",
    "runtime/client/builder.rs",
    "runtime/client/builder/build.rs",
    "runtime/client/builder/headers.rs",
    "runtime/client/by_status.rs",
    "runtime/client/call.rs",
    "runtime/client/config.rs",
    "runtime/client/content.rs",
    "runtime/client/driver.rs",
    "runtime/client/error/display.rs",
    "runtime/client/error/effect.rs",
    "runtime/client/error/item.rs",
    "runtime/client/error/mod.rs",
    "runtime/client/error/questions.rs",
    "runtime/client/form.rs",
    "runtime/client/gate.rs",
    "runtime/client/headers.rs",
    "runtime/client/http_time.rs",
    "runtime/client/interpret.rs",
    "runtime/client/json_path.rs",
    "runtime/client/mod.rs",
    "runtime/client/multipart.rs",
    "runtime/client/operation.rs",
    "runtime/client/origin.rs",
    "runtime/client/pages/course.rs",
    "runtime/client/pages/mod.rs",
    "runtime/client/pages/read.rs",
    "runtime/client/pages/seen.rs",
    "runtime/client/pages/table.rs",
    "runtime/client/pages/walk.rs",
    "runtime/client/parameters/cookies.rs",
    "runtime/client/parameters/deep.rs",
    "runtime/client/parameters/expand.rs",
    "runtime/client/parameters/flat.rs",
    "runtime/client/parameters/mod.rs",
    "runtime/client/parameters/plain.rs",
    "runtime/client/production.rs",
    "runtime/client/rate_limit.rs",
    "runtime/client/request.rs",
    "runtime/client/reqwest/builder.rs",
    "runtime/client/reqwest/failure.rs",
    "runtime/client/reqwest/mod.rs",
    "runtime/client/reqwest/pools.rs",
    "runtime/client/reqwest/proxy.rs",
    "runtime/client/reqwest/runtime.rs",
    "runtime/client/reqwest/streamed.rs",
    "runtime/client/reqwest/tls.rs",
    "runtime/client/response.rs",
    "runtime/client/retry.rs",
    "runtime/client/secrets.rs",
    "runtime/client/sending.rs",
    "runtime/client/server.rs",
    "runtime/client/site.rs",
    "runtime/client/streams/bytes.rs",
    "runtime/client/streams/events.rs",
    "runtime/client/streams/framing.rs",
    "runtime/client/streams/items.rs",
    "runtime/client/streams/lines.rs",
    "runtime/client/streams/mod.rs",
    "runtime/client/streams/whole.rs",
    "runtime/client/streams/written.rs",
    "runtime/client/testing/answer.rs",
    "runtime/client/testing/fake/answers.rs",
    "runtime/client/testing/fake/list.rs",
    "runtime/client/testing/fake/mod.rs",
    "runtime/client/testing/fake/store.rs",
    "runtime/client/testing/fake/table.rs",
    "runtime/client/testing/fake/value.rs",
    "runtime/client/testing/id.rs",
    "runtime/client/testing/mod.rs",
    "runtime/client/testing/respond.rs",
    "runtime/client/testing/script.rs",
    "runtime/client/testing/sent.rs",
    "runtime/client/text.rs",
    "runtime/client/trace.rs",
    "runtime/client/transport.rs",
    "runtime/link_targets.rs",
    "runtime/mod.rs",
    "runtime/model/base64.rs",
    "runtime/model/civil.rs",
    "runtime/model/date.rs",
    "runtime/model/extra.rs",
    "runtime/model/integer_enum.rs",
    "runtime/model/jiff.rs",
    "runtime/model/mod.rs",
    "runtime/model/nullable.rs",
    "runtime/model/number.rs",
    "runtime/model/object.rs",
    "runtime/model/object/nullable.rs",
    "runtime/model/object/optional.rs",
    "runtime/model/object/required.rs",
    "runtime/model/object/required_nullable.rs",
    "runtime/model/others.rs",
    "runtime/model/parse_error.rs",
    "runtime/model/part.rs",
    "runtime/model/scalar.rs",
    "runtime/model/string_enum.rs",
    "runtime/model/surrogates.rs",
    "runtime/model/timestamp/mod.rs",
    "runtime/model/timestamp/parse.rs",
    "runtime/model/timestamp/text.rs",
    "runtime/model/union/decide.rs",
    "runtime/model/union/direct.rs",
    "runtime/model/union/mod.rs",
    "runtime/model/union/nesting.rs",
    "runtime/model/unknown.rs",
    "runtime/model/value/compare.rs",
    "runtime/model/value/convert.rs",
    "runtime/model/value/mod.rs",
    "runtime/model/value/name.rs",
    "runtime/model/value/object.rs",
    "runtime/model/value/raw.rs",
    "runtime/model/value/same.rs",
    "runtime/model/value/scan.rs",
}

/// Lists the examples: `templates/crate/examples/NAME.rs`.
macro_rules! examples {
    ($($name:literal,)*) => {
        /// Programs that are copied into crates with the operations that they call. Their first lines list what they need: the
        /// ids of operations (`// operations: A B C`), features, and dependencies.
        pub(crate) const EXAMPLES: &[(&str, &str)] = &[
            $(($name, include_str!(concat!("../../templates/crate/examples/", $name, ".rs"))),)*
        ];
    };
}

examples! {
    "audit",
    "bulk_move",
    "fake_server",
    "move_organization",
    "roll_out_policy",
}

/// Replaces each `{{name}}` by its value. Values are never searched for placeholders.
pub(crate) fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        match after.split_once("}}") {
            Some((name, behind)) => {
                let value = values.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
                out.push_str(value.unwrap_or_default());
                rest = behind;
            }
            None => {
                out.push_str("{{");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}
