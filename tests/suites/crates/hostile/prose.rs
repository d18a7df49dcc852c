//! Prose with a meaning in rustdoc, Markdown, Rust or format strings, at every place for prose.

use generator::hidden::is_hidden;
use serde_json::{Value, json};

use crate::hostile::spec::{object, spec};

/// Each would do harm somewhere if it was emitted unchanged.
#[rustfmt::skip]
const TEXTS: &[&str] = &[
    "*/ /* */", "\"# \"## r\"", "`", "``", "a `b", "` ` `", "`` a ` b", "`a\n\nb`", "\\`[a]`", "\\", "a\\", "\\\\[a]",
    "```\npanic!()\n```", "```rust\npanic!()", "~~~\npanic!()\n~~~", "````\n```\npanic!()\n````", "    panic!()",
    "a\n\n    panic!()", "a\n\n\tpanic!()", "- a\n\n      panic!()", "- a\n  - b\n\n          panic!()",
    "> ```\n> panic!()\n> ```", "> a\n>\n>     panic!()", "1. a\n\n       panic!()", "* ```\n  panic!()\n  ```",
    "-\n      panic!()", "1)\n       panic!()", "+     panic!()", "-     panic!()", "10.     panic!()", "- - - panic!()",
    "a\n\u{A0}\n    panic!()", "```text\na\n``` b\npanic!()", "   ```\n   panic!()\n   ```", "``` `a` ```\npanic!()",
    "[a]", "[`a`]", "[a](b)", "[a][b]", "[a][]", "[a]: b", "[a]: <b> 'c'", "[^1]\n\n[^1]: a", "![a](b)", "[a](<b c>)",
    "[a](crate::nothing)", "[`crate::nothing`]", "[a](https://a.example/(b))", "[[a]]", "[a](https://a.example \"t\")",
    "<b>", "</b>", "<b", "a < b > c", "<script>alert(1)</script>", "<!-- a", "<?a", "<![CDATA[a", "Vec<T>", "<a@b.c>",
    "<https://a.example", "https://a.example/<b>", "https://a.example/`b`", "https://[::1]/a_b*c*", "http://", "www.a.example",
    "&amp; &lt;b&gt; &#60;b&#62;", "#![no_std]", "#[doc(hidden)]", "//! a", "/// a", "/** a", "{} {0} {a} {{b}} {", "$crate $a",
    "a\rb", "a\r\nb\r\n", "a\u{0}b", "\u{1B}[31mred", "\u{7F}", "\u{85}", "\u{2028}a\u{2029}", "\u{FEFF}a", "\u{202E}a\u{2066}b",
    "e\u{301}", "שלום", "😀\u{200D}😀", "\u{200B}", "| a | b |\n|---|---|\n| c", "# a", "#a", "###### a ######", "a\n===", "a\n---",
    "---", "***", "===", "a  \nb", "**a", "*a _b*", "__a", "~~a", "a\n: b", "- [ ] a", "1. a\n3. b", "0. a", "=a", "+", "-", "*",
    "`````", "~", "~~~", ">", ">>> a", "Panics", "# Safety\n# Examples\n```\npanic!()\n```", "'", "\"", "a\tb", "\t", "",
    "x-y::z", "crate::models", "self::a", "fn@a", "struct@A", "a!()", "a()",
    "text ```not a fence``` text", "`[a]` [`b` c] `d", "(`a`)[b]", "&nbsp;[a]", "\\<b>", "\\[a]\\(b)", "\\&lt;b>",
];

/// Returns the visible form of a text in messages.
fn seen(text: &str) -> String {
    text.replace(is_hidden, " ")
}

/// Returns a spec that has each text, changed by `each`, at every place for prose.
pub(crate) fn everywhere(name: &str, each: fn(&str) -> &str) -> Value {
    let texts = || TEXTS.iter().map(|text| each(text)).enumerate();
    let types = texts().map(|(index, text)| {
        let own = json!({
            "type": "string", "description": text, "default": text, "example": text, "pattern": text, "format": text,
        });
        let object = json!({
            "type": "object", "description": text, "title": text, "properties": { "a": own, "b": own },
            "externalDocs": { "url": "https://example.com", "description": text },
        });
        (format!("Type{index}"), object)
    });
    let levels = texts().map(|(index, text)| {
        let level =
            json!({ "type": "string", "enum": ["a", "b"], "x-enum-descriptions": [text, text], "description": text });
        (format!("Level{index}"), level)
    });
    let paths = texts().map(|(index, text)| {
        let parameter = |name: &str, required| {
            let schema = json!({ "type": "string", "description": text, "default": text, "example": text });
            json!({ "name": name, "in": "query", "required": required, "description": text, "schema": schema })
        };
        let body = json!({ "schema": { "$ref": format!("#/components/schemas/Type{index}") }, "example": { "a": text } });
        let call = json!({
            "operationId": format!("call{index}"), "summary": text, "description": text, "tags": [format!("{index}{text}")],
            "x-permission": seen(text), "x-unstable": text, "deprecated": true,
            "parameters": [parameter("one", true), parameter("two", true), parameter("three", false)],
            "requestBody": { "description": text, "required": true, "content": { "application/json": body } },
            "responses": { "200": { "description": text, "content": { "application/json": body } }, "404": { "description": text } },
        });
        (format!("/{index}"), json!({ "post": call }))
    });
    let tags: Vec<Value> =
        texts().map(|(index, text)| json!({ "name": format!("{index}{text}"), "description": text })).collect();
    let servers: Vec<Value> = texts()
        .map(|(index, text)| {
            json!({ "url": format!("https://{index}.example.com"), "description": text, "x-site": format!("{index}{}", seen(text)), "x-site-name": format!("S{index}") })
        })
        .collect();
    let all = TEXTS.iter().map(|text| each(text)).collect::<Vec<_>>().join("\n\n");
    // Valid names of environment variables.
    let variable = seen(&all).replace('=', "");
    let key = json!({ "type": "apiKey", "in": "header", "name": "A", "description": all, "x-env": variable });
    let mut spec = spec(
        name,
        json!({
            "servers": servers, "x-site-env": variable, "tags": tags, "security": [{ "key": [] }],
            "paths": object(paths),
            "components": { "schemas": object(types.chain(levels)), "securitySchemes": { "key": key } },
        }),
    );
    spec["info"]["title"] = json!(all);
    spec["info"]["description"] = json!(all);
    spec
}
