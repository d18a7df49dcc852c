//! The text: invalid YAML, and parts of YAML that a spec cannot use.

use generator::source::{MAX_BYTES, MAX_DEPTH, MAX_VALUES, Node, Tree, Value, parse};

use crate::{Case, SOURCE, case, check, position};

pub(crate) fn cases() -> Vec<Case> {
    vec![
        case("a: [1, 2\nb: 3\n", &["E0001 2:2 illegal placement of ':' indicator"]),
        case("a: b: c", &["E0001 1:5 mapping values are not allowed in this context"]),
        case("a:\n\tb: 1\n", &["E0001 2:2 tabs disallowed within this context (block indentation)"]),
        case("a:\n  b: 1\n\tc: 2\n", &["E0001 3:1 while scanning a plain scalar, found a tab"]),
        case(
            "ä: \"\\ud83d\"",
            &["E0001 1:4 while parsing a quoted scalar, found invalid Unicode character escape code"],
        ),
        // In JSON too, half of a pair is not a character.
        case(
            "{\"ä\": \"\\ud83d\"}",
            &["E0001 1:7 while parsing a quoted scalar, found invalid Unicode character escape code"],
        ),
        case(" ".repeat(MAX_BYTES + 1), &["E0002 1:1 the text has 67108865 bytes, more than the limit of 67108864"]),
        case("- a\n".repeat(MAX_VALUES), &["E0002 1999998:3 the text has more than 2000000 keys and values"]),
        case(
            format!("[{}]", "a,".repeat(MAX_VALUES)),
            &["E0002 1:4000001 the text has more than 2000000 keys and values"],
        ),
        case("[".repeat(MAX_DEPTH + 1), &["E0003 1:129 lists and mappings nest deeper than 128 levels"]),
        case("[".repeat(100_000), &["E0003 1:256 lists and mappings nest deeper than 128 levels"]),
        case("- ".repeat(100_000), &["E0003 1:257 lists and mappings nest deeper than 128 levels"]),
        case("", &["E0004 1:1 the text has no document"]),
        case("# a comment\n---\n", &["E0004 1:1 the text has no document"]),
        case("~", &["E0004 1:1 the text has no document"]),
        case("a: 1\n---\nb: 2\n", &["E0005 2:1 the text has several documents"]),
        case(
            "type: string\nß: {x: 1, \"x\": 2}\ntype: integer\n'type': x\n",
            &[
                "E0006 2:11 the key `x` occurs more than once in this mapping",
                "E0006 3:1 the key `type` occurs more than once in this mapping",
                "E0006 4:1 the key `type` occurs more than once in this mapping",
            ],
        ),
        // Found although the mapping never ends.
        case(
            "a: 1\na: 2\nb: [",
            &[
                "E0006 2:1 the key `a` occurs more than once in this mapping",
                "E0001 3:5 while parsing a node, did not find expected node content",
            ],
        ),
        case(
            "true: 1\n~: 2\n: 3\n1.5: 4\n? [a, b]\n: 5\n{c: d}: 6\n.inf: 7\n",
            &[
                "E0007 2:1 the key `~` is null, not a string",
                "E0007 3:1 a key is missing before `:`",
                "E0007 5:3 a list cannot be a key",
                "E0007 7:1 a mapping cannot be a key",
                "E0007 8:1 the key `.inf` is a number, not a string",
            ],
        ),
        case(
            "a: &x {b: 1}\nc:\n  <<: [*x, 2]\nd: {<<: text}\n",
            &[
                "E0008 3:7 the value of `<<` is neither a mapping nor a list of mappings",
                "E0008 4:9 the value of `<<` is neither a mapping nor a list of mappings",
            ],
        ),
        case("a: *nowhere\n", &["E0010 1:4 the alias `*nowhere` has no anchor on a value that ends before it"]),
        case("a: &x [1, *x]\n", &["E0010 1:11 the alias `*x` has no anchor on a value that ends before it"]),
        case("a: &x [1]\n? *x\n: 1\n", &["E0007 1:7 a list cannot be a key"]),
        case(nested_aliases(), &["E0003 104:14 lists and mappings nest deeper than 128 levels"]),
        case(doubled_aliases(), &["E0002 19:1 the text has more than 2000000 keys and values"]),
        case(long_aliases(), &["E0002 1:105115 the text has more than 2000000 keys and values"]),
        case(
            "a: !!binary aGk=\nb: !own {c: !!str 1}\nd: !!map\n  &x e: 1\n",
            &[
                "E0011 1:4 the tag `!!binary` is not supported",
                "E0011 2:4 the tag `!own` is not supported",
                "E0011 2:13 the tag `!!str` is not supported",
                "E0011 3:4 the tag `!!map` is not supported",
            ],
        ),
        case(
            "maximum: .nan\nminimum: [-.inf]\n",
            &[
                "E0012 1:10 `.nan` is a number that JSON does not have",
                "E0012 2:11 `-.inf` is a number that JSON does not have",
            ],
        ),
        case(
            "a: 0x10000000000000000\nb: 1e999\n",
            &[
                "E0013 1:4 the number `0x10000000000000000` does not fit in 64 bits",
                "E0013 2:4 the number `1e999` does not fit in 64 bits",
            ],
        ),
        case(
            "a: 1\n\0b: 2\u{7}",
            &[
                "E0014 2:1 the character U+0000 is not valid in YAML",
                "E0014 2:6 the character U+0007 is not valid in YAML",
            ],
        ),
    ]
}

/// Each line nests one deeper than the previous one, after 25 lists.
fn nested_aliases() -> String {
    let lines = (1..200).map(|line| format!("a{line}: &a{line} [*a{}]\n", line - 1));
    format!("a0: &a0 {}{}\n{}", "[".repeat(25), "]".repeat(25), lines.collect::<String>())
}

/// Each line has twice the values of the previous one.
fn doubled_aliases() -> String {
    let lines = (1..64).map(|line| format!("a{line}: &a{line} [*a{0}, *a{0}]\n", line - 1));
    format!("a0: &a0 [1]\n{}", lines.collect::<String>())
}

/// A few values, each of them long.
fn long_aliases() -> String {
    format!("[&x {}, {}]", "x".repeat(100_000), "*x, ".repeat(100_000))
}

#[test]
fn aliases_and_merge_keys_are_expanded() {
    let read = |text: &str| tree(text).root().clone().value;
    let same = [
        ("a: &x {b: 1, c: [2]}\nd: *x\n", "a: {b: 1, c: [2]}\nd: {b: 1, c: [2]}\n"),
        ("a: &x\n  b: 1\nc:\n  <<: *x\n  d: 2\n", "a: {b: 1}\nc: {d: 2, b: 1}\n"),
        // The mapping's own entries come first, then those of the first of several.
        (
            "a: &x {b: 1}\nc: &y {b: 2, d: 3}\ne: {b: 4, <<: *x}\nf: {<<: [*x, *y]}\n",
            "a: {b: 1}\nc: {b: 2, d: 3}\ne: {b: 4}\nf: {b: 1, d: 3}\n",
        ),
        ("a: {<<: {b: 1}, c: 2}\n", "a: {c: 2, b: 1}\n"),
        ("&k key: &v value\nother: [*k, *v]\n*v : 1\n", "key: value\nother: [key, value]\nvalue: 1\n"),
        ("a: &x 1\nb: &x 2\nc: *x\n", "a: 1\nb: 2\nc: 2\n"),
        ("a: &x\nb: *x\n", "a:\nb:\n"),
        ("{true: 1, 1.5: 2, no: 3}\n", "{'true': 1, '1.5': 2, 'no': 3}\n"),
        // In quotes it is an ordinary key.
        ("a: {'<<': 1}\n", "a: {\"<<\": 1}\n"),
    ];
    for (short, long) in same {
        assert_eq!(generator_values(&read(short)), generator_values(&read(long)), "{short}");
    }
}

/// Prints a value without its places.
fn generator_values(value: &Value) -> String {
    match value {
        Value::Sequence(items) => {
            format!("{:?}", items.iter().map(|item| generator_values(&item.value)).collect::<Vec<_>>())
        }
        Value::Mapping(entries) => {
            let entries = entries.iter().map(|entry| (entry.key.clone(), generator_values(&entry.node.value)));
            format!("{:?}", entries.collect::<Vec<_>>())
        }
        scalar => format!("{scalar:?}"),
    }
}

/// A problem in a copy is shown where it has to be fixed.
#[test]
fn the_copy_of_an_alias_has_the_places_of_its_text() {
    assert_eq!(places("a: &x b\nc: *x\n"), ["1:1 a", "1:7 b", "2:1 c", "1:7 b"]);
}

#[test]
fn errors() {
    check(&SOURCE);
}

fn tree(text: &str) -> Tree {
    parse(text).unwrap_or_else(|diagnostics| panic!("{diagnostics:?}"))
}

/// Lists every key and scalar of a tree as `line:column text`, with its value if that differs.
fn places(text: &str) -> Vec<String> {
    fn visit(text: &str, node: &Node, found: &mut Vec<String>) {
        let slice =
            |span: generator::diagnostics::Span| format!("{} {}", position(text, span), &text[span.start..span.end]);
        match &node.value {
            Value::Mapping(entries) => {
                for entry in entries.iter() {
                    found.push(slice(entry.key_span));
                    visit(text, &entry.node, found);
                }
            }
            Value::Sequence(items) => items.iter().for_each(|item| visit(text, item, found)),
            _ => found.push(slice(node.span)),
        }
    }
    let mut found = Vec::new();
    visit(text, tree(text).root(), &mut found);
    found
}

#[test]
fn spans_cover_keys_and_scalars_exactly() {
    assert_eq!(
        places(
            "a:   two words  # c\r\n'b' : \"q\"  \r\nc: |\r\n  x\r\n  y\r\n\r\n200: [ é, '😀' ,漢 ]\r\nd: {e: , f}\r\ng:\r\n- - 1\r\n-\r\nh: x\r\n  y\r\n"
        ),
        [
            "1:1 a",
            "1:6 two words",
            "2:1 'b'",
            "2:7 \"q\"",
            "3:1 c",
            "4:3 x\r\n  y",
            "7:1 200",
            "7:8 é",
            "7:11 '😀'",
            "7:16 漢",
            "8:1 d",
            "8:5 e",
            "8:6 ",
            "8:10 f",
            "8:11 ",
            "9:1 g",
            "10:5 1",
            "11:2 ",
            "12:1 h",
            "12:4 x\r\n  y",
        ]
    );
    assert_eq!(places("\u{FEFF}é: ü\n"), ["1:2 é", "1:5 ü"]);
}

#[test]
fn reads_json_with_tabs_and_escapes() {
    let text = "{\n\t\"openapi\": \"3.0.3\",\n\t\"a\\/b\": [\n\t\ttrue,\n\t\t-1.5e3\n\t], \"c\": \"\\u00e9\"}\n";
    let tree = tree(text);
    assert_eq!(tree.root().get("a/b").and_then(|node| node.value.as_sequence()).map(<[Node]>::len), Some(2));
    assert_eq!(tree.root().get("c").and_then(|node| node.value.as_str()), Some("é"));
    assert_eq!(places("{\"a\":{\"b\":[]},\"c\":null}"), ["1:2 \"a\"", "1:7 \"b\"", "1:15 \"c\"", "1:19 null"]);
}

#[test]
fn scalars_follow_the_core_schema_only_where_they_are_plain() {
    let tree = tree("[no, 1e3, '1', \"true\", ~, 0x10, 3.0.3, |\n  7\n]".replace(", |\n  7\n", "").as_str());
    let values: Vec<Value> =
        tree.root().value.as_sequence().into_iter().flatten().map(|node| node.value.clone()).collect();
    let string = |text: &str| Value::String(text.to_owned());
    assert_eq!(
        values,
        [
            string("no"),
            Value::Float(1000.0),
            string("1"),
            string("true"),
            Value::Null,
            Value::Integer(16.into()),
            string("3.0.3")
        ]
    );
}

#[test]
fn accepts_nesting_up_to_the_limit() {
    let text = format!("{}1{}", "[".repeat(MAX_DEPTH), "]".repeat(MAX_DEPTH));
    assert!(parse(&text).is_ok());
}
