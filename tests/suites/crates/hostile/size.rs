//! Specs that are large in one respect: the program ends, with bounded memory and processor time.

#![cfg(target_os = "linux")]

use std::fmt::Write as _;
use std::fs;
use std::process::Command;

const HEAD: &str =
    "openapi: 3.0.3\ninfo: {title: T, version: 1.0.0, x-crate-name: t}\nservers: [{url: https://a.example}]\n";

/// The limit for a debug build, in seconds of the processor: a guard against quadratic growth, not a benchmark.
const SECONDS: usize = 120;

/// Runs the program with limits; returns its exit code and its output.
fn run(name: &str, text: &str, mebibytes: usize) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().expect("writable");
    let spec = folder.path().join(format!("{name}.yaml"));
    fs::write(&spec, text).expect("writable");
    let limits = format!("ulimit -v {}; ulimit -t {SECONDS}; exec \"$@\"", mebibytes * 1024);
    let output = Command::new("sh")
        .args(["-c", &limits, "sh", env!("CARGO_BIN_EXE_generator-under-test"), "--spec"])
        .arg(&spec)
        .arg("--out")
        .arg(folder.path().join("out"))
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    (output.status.code(), said)
}

fn accepted(name: &str, text: &str, mebibytes: usize) {
    let (code, said) = run(name, text, mebibytes);
    assert_eq!(code, Some(0), "{name}: {}", said.chars().take(2_000).collect::<String>());
}

fn refused(name: &str, text: &str, reason: &str) {
    refused_with_help(name, text, reason, "");
}

fn refused_with_help(name: &str, text: &str, reason: &str, help: &str) {
    let (code, said) = run(name, text, 1024);
    let begin: String = said.chars().take(2_000).collect();
    assert_eq!(code, Some(2), "{name}: {begin}");
    assert!(said.contains(reason) && said.contains(help), "{name}: {begin}");
}

/// Returns a spec of schemas, one per line.
fn schemas(lines: impl IntoIterator<Item = String>) -> String {
    let lines: String = lines.into_iter().fold(String::new(), |mut text, line| {
        let _ = writeln!(text, "    {line}");
        text
    });
    format!("{HEAD}paths: {{}}\ncomponents:\n  schemas:\n{lines}")
}

fn call(parts: &str) -> String {
    format!(
        "{HEAD}paths:\n  /a: {{post: {{operationId: call, responses: {{'204': {{description: Done.}}}}, {parts}}}}}\n"
    )
}

fn commas(count: usize, item: impl Fn(usize) -> String) -> String {
    (0..count).map(item).collect::<Vec<_>>().join(", ")
}

#[test]
fn path_items_by_reference() {
    let parameters = commas(100, |index| format!("{{name: p{index}, in: query, schema: {{type: string}}}}"));
    let mut paths =
        format!("  /a: {{get: {{responses: {{'204': {{description: Done.}}}}, parameters: [{parameters}]}}}}\n");
    for index in 0..5_000 {
        let _ = writeln!(paths, "  /a{index}: {{$ref: '#/paths/~1a'}}");
    }
    refused("path_items", &format!("{HEAD}paths:\n{paths}"), "behind a `$ref` without a target");
    let long = format!("/{}", "{a}".repeat(500_000));
    refused(
        "placeholders",
        &format!("{HEAD}paths: {{'{long}': {{get: {{responses: {{'204': {{description: D.}}}}}}}}}}\n"),
        "this path is too long",
    );
    let open = format!("/{}", "{".repeat(500_000));
    refused(
        "braces",
        &format!("{HEAD}paths: {{'{open}': {{get: {{responses: {{'204': {{description: D.}}}}}}}}}}\n"),
        "this path is too long",
    );
}

#[test]
#[ignore = "the program reads megabytes: `.ci/run` runs it"]
fn wide() {
    let properties = commas(100_000, |index| format!("p{index}: {{type: string}}"));
    let required = commas(100_000, |index| format!("p{index}"));
    let object = format!("A: {{type: object, required: [{required}], properties: {{{properties}}}}}");
    accepted("properties", &schemas([object]), 2048);
    accepted(
        "enum",
        &schemas([format!("A: {{type: string, enum: [{}]}}", commas(10_000, |index| format!("v{index}")))]),
        1024,
    );
    let setters = commas(5_000, |index| format!("{{name: p{index}, in: query, schema: {{type: string}}}}"));
    accepted("parameters", &call(&format!("parameters: [{setters}]")), 1024);
}

#[test]
#[ignore = "the program reads megabytes: `.ci/run` runs it"]
fn of_many_parts() {
    let text = |name: String| format!("{{type: object, properties: {{{name}: {{type: string}}}}}}");
    let several = |index: usize| commas(5, |place| format!("p{index}x{place}: {{type: string}}"));
    let parts = commas(2_000, |index| format!("{{type: object, properties: {{{}}}}}", several(index)));
    accepted("parts", &schemas([format!("A: {{allOf: [{parts}]}}")]), 1024);
    // All parts describe one property: an object, a list of them, and a text.
    for (name, property) in [("objects", "@"), ("lists", "{type: array, items: @}")] {
        let property = |index: usize| property.replace('@', &text(format!("q{index}")));
        let parts = commas(20_000, |index| format!("{{type: object, properties: {{p: {}}}}}", property(index)));
        accepted(name, &schemas([format!("A: {{allOf: [{parts}]}}")]), 1024);
    }
    let parts = commas(20_000, |index| format!("{{type: string, pattern: '^a', maxLength: 9, enum: [a, b{index}]}}"));
    accepted("enums", &schemas([format!("A: {{allOf: [{parts}]}}")]), 1024);
}

/// Names that only differ in marks, so that they are equal in Rust.
fn names_that_meet(count: usize) -> Vec<String> {
    let marks = [".", "-", "~", "@", "^", ";", "+", "$"];
    let name = |index: usize| (0..5).fold("a".to_owned(), |name, digit| name + marks[index / 8_usize.pow(digit) % 8]);
    (0..count).map(|index| name(index) + "b").collect()
}

#[test]
#[ignore = "the program reads megabytes: `.ci/run` runs it"]
fn wide_with_colliding_names() {
    let names = names_that_meet(30_000);
    let list = |text: &dyn Fn(&str) -> String| names.iter().map(|name| text(name)).collect::<Vec<_>>().join(", ");
    let properties = list(&|name| format!("'{name}': {{type: string}}"));
    accepted("properties", &schemas([format!("A: {{type: object, properties: {{{properties}}}}}")]), 1024);
    accepted("values", &schemas([format!("A: {{type: string, enum: [{}]}}", list(&|name| format!("'{name}'")))]), 1024);
    let ignored = commas(60_000, |index| format!("zzq{index}: 1"));
    accepted("keys", &schemas([format!("A: {{type: string, {ignored}}}")]), 1024);
    let operations = (0..5_000).map(|index| {
        format!(
            "  /{}/b: {{get: {{responses: {{'204': {{description: Done.}}}}}}}}\n",
            "-".repeat(index % 100 + 1) + &"a-".repeat(index / 100 + 1)
        )
    });
    accepted("operations", &format!("{HEAD}paths:\n{}", operations.collect::<String>()), 1024);
}

#[test]
fn unions_that_contain_one_another() {
    let union = |name: &str, of: &str| {
        let members = commas(10, |index| format!("{{$ref: '#/components/schemas/{of}{index}'}}"));
        format!("{name}: {{oneOf: [{members}]}}")
    };
    let object = |index: usize| {
        let fields = commas(20, |field| format!("p{field}: {{$ref: '#/components/schemas/U'}}"));
        format!(
            "V{index}: {{type: object, required: [k{index}], properties: {{k{index}: {{type: string}}, {fields}}}}}"
        )
    };
    accepted("by their fields", &schemas([union("U", "V")].into_iter().chain((0..10).map(object))), 512);

    let level = |level: usize| {
        let (own, next) = (format!("L{level}x"), format!("L{}x", level + 1));
        (0..10).map(move |index| (own.clone(), next.clone(), index))
    };
    let unions = (0..10).flat_map(level).map(|(own, next, index)| union(&format!("{own}{index}"), &next));
    let ends =
        (0..20).map(|index| format!("L10x{index}: {{type: object, properties: {{k{index}: {{type: string}}}}}}"));
    accepted("as their members", &schemas(unions.chain(ends)), 512);
}

#[test]
#[ignore = "the program reads megabytes: `.ci/run` runs it"]
fn long() {
    for (name, part) in [
        ("words", "word "),
        ("a word", "w"),
        ("backticks", "` `` "),
        ("brackets", "[[[ word "),
        ("addresses", "<http://"),
        ("links", "[a](http://"),
        ("backslashes", "\\"),
        ("emphasis", "*_"),
    ] {
        let description = part.repeat(5_000_000 / part.len());
        accepted(name, &schemas([format!("A: {{type: string, description: '{description}'}}")]), 1536);
    }
    let runs = (1..3_000).map(|length| "`".repeat(length)).collect::<Vec<_>>().join(" ");
    accepted("runs", &schemas([format!("A: {{type: string, description: '{runs}'}}")]), 1024);
}

#[test]
fn deep() {
    let limit = "nest deeper than 128 levels";
    refused("example", &schemas([format!("A: {{example: {}1{}}}", "[{a: ".repeat(500), "}]".repeat(500))]), limit);
    refused(
        "schemas",
        &schemas([format!("A: {}{{}}{}", "{type: array, items: ".repeat(1_000), "}".repeat(1_000))]),
        limit,
    );
    let block: String = (0..1_000).map(|depth| format!("{}items:\n", " ".repeat(depth))).collect();
    refused("block", &block, limit);
    refused("sequences", &"- ".repeat(1_000), limit);
    chains(2_000);
}

#[test]
#[ignore = "the program writes thousands of files: `.ci/run` runs it"]
fn very_deep() {
    chains(20_000);
}

/// Definitions that refer to the next one, up to so many.
fn chains(length: usize) {
    let next = |kind: &str, index: usize| {
        format!("S{index}: {}", kind.replace('@', &format!("'#/components/schemas/S{}'", index + 1)))
    };
    let chain = |kind: &str, length: usize, last: &str| {
        schemas((0..length).map(|index| next(kind, index)).chain([format!("S{length}: {last}")]))
    };
    let behind = "a definition behind more than 100 references is not supported";
    let shorter = "refer to the definition itself";
    refused_with_help("names", &chain("{$ref: @}", length, "{type: string}"), behind, shorter);
    refused("lists", &chain("{type: array, items: {$ref: @}}", length, "{type: string}"), behind);
    let part = "{allOf: [{$ref: @}, {type: object, properties: {a: {type: string}}}]}";
    refused("parts", &chain(part, length / 10, "{type: object, properties: {b: {type: string}}}"), behind);
    let object = "{type: object, required: [a], properties: {a: {$ref: @}}}";
    accepted("objects", &chain(object, length / 4, "{type: object, properties: {b: {type: string}}}"), 1024);
}

#[test]
#[ignore = "the program reads megabytes: `.ci/run` runs it"]
fn full_of_mistakes() {
    let first = |count: usize| format!("{} more problems are not shown", count - 100);
    let wrong = "{type: object, properties: {a: {$ref: '#/components/schemas/Nothing'}}}";
    refused("mistakes", &schemas((0..100_000).map(|index| format!("A{index}: {{type: strin}}"))), &first(100_000));
    refused("references", &schemas((0..20_000).map(|index| format!("A{index}: {wrong}"))), &first(20_000));
    refused("tags", &schemas((0..90_000).map(|index| format!("A{index}: !a{index} {{}}"))), &first(90_000));
    let next = |index: usize| format!("'#/components/schemas/S{}'", (index + 1) % 20_000);
    refused(
        "cycle",
        &schemas((0..20_000).map(|index| format!("S{index}: {{$ref: {}}}", next(index)))),
        "is defined in terms of itself",
    );
    let part = |index: usize| format!("S{index}: {{allOf: [{{$ref: {}}}]}}", next(index));
    let chain = (0..19_999).map(part).chain(["S19999: {type: string}".to_owned()]);
    refused("parts", &schemas(chain), "a definition behind more than 100 references is not supported");
}

#[test]
fn small_texts_that_expand() {
    let properties = commas(2_000, |index| format!("p{index}: {{type: string}}"));
    let users = (0..2_000).map(|index| {
        format!("S{index}: {{allOf: [{{$ref: '#/components/schemas/A'}}, {{type: object, properties: {{q: {{type: string}}}}}}]}}")
    });
    let merged = schemas([format!("A: {{type: object, properties: {{{properties}}}}}")].into_iter().chain(users));
    let shared =
        "each object that `allOf` merges has all the fields of its parts: share them in the object of a property";
    refused_with_help("merged", &merged, "an API of more than 250000 fields is not supported", shared);
    let steps =
        commas(2_000, |index| format!("{{name: p{index}, in: query, required: true, schema: {{type: string}}}}"));
    let apart = "give them distinct types under `components.schemas`";
    let same = "a call with more than 100 required inputs that could be mistaken for one another";
    refused_with_help("steps", &call(&format!("parameters: [{steps}]")), same, apart);
    refused("control characters", &"\u{1}".repeat(1_000_000), "U+0001 is not valid in YAML");
}
