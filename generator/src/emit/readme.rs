//! The crate's `README.md`.

use super::{Context, docs, example, examples, features, root};
use crate::templates;

/// Emits the page.
pub(super) fn readme(context: &Context<'_>) -> String {
    let block = |lines: Vec<String>| format!("```rust,no_run\n{}\n```", lines.join("\n"));
    let example = match root::first_call(context).zip(root::first_blocking_call(context)) {
        Some((call, blocking)) => format!(
            "{}\n\nThe feature `blocking` adds a client that needs neither `async` nor tokio:\n\n{}",
            block(call),
            block(blocking)
        ),
        None => "Every call begins with a method of `Client`.".to_owned(),
    };
    let programs = if examples::targets(context).is_empty() {
        ""
    } else {
        "The folder `examples` contains complete programs.\n\n"
    };
    let by_tag = features::about(context).map(|lines| format!("## Features by tag\n\n{}\n\n", lines.join("\n")));
    let by_tag = by_tag.unwrap_or_default();
    templates::fill(
        templates::README,
        &[
            ("crate", &context.api.crate_name),
            ("library", &example::library(context).to_string()),
            ("version", &context.api.version),
            ("title", &docs::line(&context.api.title)),
            ("example", &example),
            ("programs", programs),
            ("needs", &needs(context)),
            ("from_git", &from_git(context)),
            ("by_tag", &by_tag),
            ("calls", &calls(context)),
            ("rust", rust_version()),
        ],
    )
}

/// Explains calls, settings and tests.
fn calls(context: &Context<'_>) -> String {
    if context.api.operations.is_empty() {
        return String::new();
    }
    let library = example::library(context);
    let lines = root::about_calls(context).join("\n");
    format!(
        "## Calls

{lines}

## Settings

The builder of the client has a setter for each setting:

```rust,no_run
use std::time::Duration;
use {library}::{{Client, ClientBuilder, Error, RetryPolicy}};

fn client() -> Result<Client, Error> {{
    ClientBuilder::from_env()
        .user_agent(\"nightly-report/1.4\")
        .timeout(Duration::from_secs(20))
        .retry(RetryPolicy::default().max_attempts(6))
        .build()
}}
```

The module `production` of the crate's documentation explains time limits, retries, rate limits, proxies, certificates,
credentials and tracing. To read it, run `cargo doc --open -p {crate_name}`.

## Testing

With the feature `testing`, your tests need no network and no credentials. A `testing::Script` responds to each operation as you
specify, and records the requests; waits take no time. A `testing::Fake` stores what calls create, change and delete.

",
        crate_name = context.api.crate_name
    )
}

/// Returns the oldest version of Rust that compiles the crate, from its manifest.
fn rust_version() -> &'static str {
    let version = templates::MANIFEST.lines().find_map(|line| line.strip_prefix("rust-version = "));
    version.map_or("", |version| version.trim_matches('"'))
}

/// Explains how to depend on the crate without a copy of its folder.
fn from_git(context: &Context<'_>) -> String {
    let (name, needs) = (&context.api.crate_name, needs(context));
    let dependency = |url: &str| format!("`{name} = {{ git = \"{url}\"{needs} }}`");
    match context.api.links.iter().find(|(key, _)| *key == "repository") {
        Some((_, url)) => {
            format!("To depend on the repository instead, use {}: Cargo finds the crate by its name.", dependency(url))
        }
        None => format!(
            "If the folder is part of a git repository, use {} with the URL of that repository: Cargo finds the crate\nby its name.",
            dependency("…")
        ),
    }
}

/// Returns the settings of the dependency in addition to the path, for the example.
fn needs(context: &Context<'_>) -> String {
    let features = features::enough(root::simplest(context).map(|(_, call)| call));
    let features: Vec<String> = features.iter().map(|feature| format!("{feature:?}")).collect();
    if features.is_empty() { String::new() } else { format!(", features = [{}]", features.join(", ")) }
}
