//! Documents with mistakes, one per construct.

use crate::{Case, case};

/// Three lines that every document needs, and then `rest`.
pub(super) fn document(rest: &str) -> String {
    format!("openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{}}\n{rest}\n")
}

/// A document with one schema `S`, whose keys are in line 6.
fn schema(keys: &str) -> String {
    document(&format!("components:\n  schemas:\n    S: {{{keys}}}"))
}

/// A document with one operation, whose keys are in line 5.
fn operation(keys: &str) -> String {
    format!("openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n  /a: {{get: {{\n    {keys}}}}}\n")
}

/// A document with one component, whose keys are in line 6.
fn component(kind: &str, keys: &str) -> String {
    document(&format!("components:\n  {kind}:\n    C: {{{keys}}}"))
}

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = vec![
        case("- a", &["E0103 1:3 expected a mapping, found a list"]),
        case(document("webhooks: {}"), &["E0101 4:1 the document has no key `webhooks`"]),
        case(
            "openapi: 3.0.3\ninfo: {}\n",
            &[
                "E0102 1:1 the document must have the key `paths`",
                "E0102 2:1 `info` must have the key `title`",
                "E0102 2:1 `info` must have the key `version`",
            ],
        ),
        case("openapi: 3.1.0\nwebhooks: []\n", &["E0106 1:10 OpenAPI 3.1 is not supported"]),
        case("swagger: '2.0'\nbasePath: 3\n", &["E0106 1:10 Swagger 2.0 is not supported"]),
        case("openapi: 3.0\n", &["E0106 1:10 the version of OpenAPI must be a string, not a number"]),
        case("openapi: '3.0'\n", &["E0106 1:10 `3.0` is not a version of OpenAPI"]),
        case("openapi: four\n", &["E0106 1:10 OpenAPI `four` is not supported"]),
        case(
            "openapi: []\n",
            &[
                "E0102 1:1 the document must have the key `info`",
                "E0102 1:1 the document must have the key `paths`",
                "E0103 1:1 expected a string, found a list",
            ],
        ),
        case(
            "openapi: 3.0.3\ninfo: {title: T, version: 1.0}\npaths:\n  pets: {gett: {}, GET: {}}\n",
            &[
                "E0103 2:27 expected a string, found a fraction",
                "E0107 4:3 the path `pets` does not begin with a slash",
                "E0101 4:10 a path item has no key `gett`",
                "E0101 4:20 a path item has no key `GET`",
            ],
        ),
        case(
            "openapi: 3.0.3\ninfo: {title: T, version: '1', description: }\npaths:\n  /a: {$ref: 1, get: {}}\n",
            &[
                "E0103 2:32 expected a string, found nothing",
                "E0103 4:14 expected a string, found an integer",
                "E0110 4:17 `get` has no effect beside `$ref`",
            ],
        ),
        case(
            document("x-site-evn: a\nx-permission: b\nx-menu: c"),
            &[
                "E0112 4:1 the document has no extension `x-site-evn` that the generator knows",
                "E0112 5:1 the document has no extension `x-permission` that the generator knows",
            ],
        ),
    ];
    cases.extend(operations());
    cases.extend(schemas());
    cases.extend(components());
    cases
}

fn operations() -> Vec<Case> {
    vec![
        case(
            operation("operationID: a"),
            &[
                "E0102 4:8 an operation must have the key `responses`",
                "E0101 5:5 an operation has no key `operationID`",
            ],
        ),
        case(operation("responses: {}"), &["E0102 5:5 `responses` must have at least one response"]),
        case(
            operation(
                "responses: {200: {description: a}, 5xx: {description: b}, '99': {}, ok: {$ref: c}, default: {description: d}}",
            ),
            &[
                "E0108 5:40 `5xx` is neither a status code, nor a range such as `4XX`, nor `default`",
                "E0102 5:63 a response must have the key `description`",
                "E0108 5:63 `99` is neither a status code, nor a range such as `4XX`, nor `default`",
                "E0108 5:73 `ok` is neither a status code, nor a range such as `4XX`, nor `default`",
            ],
        ),
        case(
            operation(
                "responses: {4XX: {$ref: a}}, parameters: [{in: body, name: b, schema: {}}, {in: path, name: c, style: form}]",
            ),
            &[
                "E0104 5:52 `body` is not one of `query`, `header`, `path`, `cookie`",
                "E0102 5:81 a parameter with `in: path` must have the key `required`",
                "E0102 5:81 a parameter must have one of `schema`, `content`",
                "E0104 5:107 `form` is not one of `simple`, `label`, `matrix`",
            ],
        ),
        case(
            operation(
                "responses: {200: {$ref: a}}, parameters: [{in: header, name: b, allowReserved: true, schema: {}, content: {}}, {in: path, name: c, required: false, schema: {}}]",
            ),
            &[
                "E0101 5:69 a parameter with `in: header` has no key `allowReserved`",
                "E0111 5:102 a parameter can have only one of `schema`, `content`",
                "E0104 5:146 this must be `true`",
            ],
        ),
        case(
            operation("responses: {200: {$ref: a}}, callbacks: {on: {$ref: b}, off: {'{$url}': {$ref: c}}}"),
            &["E0115 5:51 this key is not supported", "E0115 5:78 this key is not supported"],
        ),
        case(
            operation(
                "responses: {200: {$ref: a}}, x-pagination: {pageParam: a, size: b, items: c, next: 1}, x-idempotent: 'yes', x-at-least-one-of: {name: A, parameters: []}",
            ),
            &[
                "E0101 5:63 `x-pagination` has no key `size`",
                "E0103 5:88 expected a string, found an integer",
                "E0103 5:106 expected a boolean, found a string",
                "E0113 5:142 this list must not be empty",
            ],
        ),
        case(
            operation(
                "responses: {200: {$ref: a}}, x-pagination: {pageParam: a, cursorParam: b, sizeParam: c, sizeField: d, first: -1}",
            ),
            &[
                "E0102 5:34 `x-pagination` must have the key `items`",
                "E0111 5:63 `x-pagination` can have only one of `pageParam`, `offsetParam`, `cursorParam`, `cursorField`",
                "E0111 5:93 `x-pagination` can have only one of `sizeParam`, `sizeField`",
                "E0105 5:114 this number must not be negative",
            ],
        ),
        case(
            operation("responses: {200: {$ref: a}}, x-pagination: {items: a}"),
            &["E0102 5:34 `x-pagination` must have one of `pageParam`, `offsetParam`, `cursorParam`, `cursorField`"],
        ),
    ]
}

fn schemas() -> Vec<Case> {
    vec![
        case(
            document("components:\n  schemas:\n    '': {}\n    \"a\\u200Bb\": {}\n    Größe «b c»: {}"),
            &["E0109 6:5 `` is not a valid component name", "E0109 7:5 `a\u{200b}b` is not a valid component name"],
        ),
        case(
            schema("type: strng, nullable: yes"),
            &[
                "E0104 6:15 `strng` is not one of `string`, `number`, `integer`, `boolean`, `array`, `object`",
                "E0103 6:32 expected a boolean, found a string",
            ],
        ),
        case(schema("type: [string, 'null']"), &["E0103 6:9 expected a string, found a list"]),
        case(schema("type: array"), &["E0102 6:5 a schema with `type: array` must have the key `items`"]),
        case(
            schema("minLength: -1, maxLength: 1.5, minItems: '1', multipleOf: 0, exclusiveMinimum: 3"),
            &[
                "E0105 6:20 this number must not be negative",
                "E0105 6:35 this number must be an integer",
                "E0103 6:50 expected an integer, found a string",
                "E0105 6:67 this number must be above zero",
                "E0103 6:88 expected a boolean, found an integer",
            ],
        ),
        case(
            schema("$ref: '#/a', nullable: true, x-rust-name: A"),
            &[
                "E0110 6:22 `nullable` has no effect beside `$ref`",
                "E0110 6:38 `x-rust-name` has no effect beside `$ref`",
            ],
        ),
        case(
            schema("enum: [], required: [], allOf: [], properties: {required: {requird: []}}"),
            &[
                "E0113 6:9 this list must not be empty",
                "E0113 6:19 this list must not be empty",
                "E0113 6:33 this list must not be empty",
                "E0101 6:68 a schema has no key `requird`",
            ],
        ),
        case(
            schema("enum: [a, b], x-enum-varnames: [A], x-enum-descriptions: {}"),
            &[
                "E0114 6:23 `x-enum-varnames` has 1 items for the 2 values of `enum`",
                "E0103 6:45 expected a list, found a mapping",
            ],
        ),
        case(schema("x-enum-varnames: [A]"), &["E0114 6:9 `x-enum-varnames` needs an `enum`"]),
        case(
            schema("xml: {}, default: null, example: ~, additionalProperties: 1"),
            &[
                "E0115 6:9 this key is not supported",
                "E0115 6:27 a `null` is not supported here",
                "E0115 6:42 a `null` is not supported here",
                "E0103 6:67 expected a boolean or a mapping, found an integer",
            ],
        ),
        case(
            schema("type: number, maximum: 9007199254740993, minimum: 9007199254740992, enum: [1, 9007199254740993]"),
            &[
                "E0115 6:32 the model of this schema would round 9007199254740993",
                "E0115 6:77 the model of this schema would round 9007199254740993",
            ],
        ),
        case(
            schema("type: integer, maximum: 9223372036854775807, minimum: 0.5"),
            &[
                "E0115 6:33 the model of this schema would round 9223372036854775807",
                "E0105 6:63 a bound of an integer must be an integer",
            ],
        ),
        case(
            schema("minLength: 3, maxLength: 2.0, minItems: 1e1, maxItems: 9, minProperties: 1, maxProperties: 0"),
            &[
                "E0117 6:34 no value is within these bounds",
                "E0117 6:64 no value is within these bounds",
                "E0117 6:100 no value is within these bounds",
            ],
        ),
        case(schema("type: integer, minimum: 5, maximum: 1"), &["E0117 6:45 no value is within these bounds"]),
        case(
            schema("type: integer, minimum: 4, exclusiveMinimum: true, maximum: 5.0, exclusiveMaximum: true"),
            &["E0117 6:69 no value is within these bounds"],
        ),
        case(
            schema("type: integer, format: int32, minimum: 2147483648"),
            &["E0117 6:48 no value is within these bounds"],
        ),
        case(
            schema("type: integer, maximum: -9223372036854775808, exclusiveMaximum: true"),
            &["E0117 6:33 no value is within these bounds"],
        ),
        case(
            schema("type: number, minimum: 0.5, maximum: 0.5, exclusiveMinimum: true"),
            &["E0117 6:46 no value is within these bounds"],
        ),
        case(schema("type: integer, minimum: 4, exclusiveMinimum: true, maximum: 5, format: int32"), &[]),
        case(schema("type: integer, minimum: 1.0, maximum: 1e3, multipleOf: 1e1, enum: [1.0, 2], format: int64"), &[]),
        case(schema("type: number, minimum: 1, maximum: 1, minLength: 3.0, maxLength: 3"), &[]),
        case(
            schema("type: integer, maximum: 9223372036854775808"),
            &["E0105 6:33 9223372036854775808 is beyond `i64`, the type of integers in the generated crate"],
        ),
        case(
            schema("type: integer, format: int64, maximum: 9223372036854775808"),
            &["E0105 6:48 9223372036854775808 is beyond `i64`, the type of integers in the generated crate"],
        ),
        case(schema("type: integer, minimum: 0, maximum: 18446744073709551615"), &[]),
        case(schema("type: integer, minimum: 9223372036854775808"), &[]),
        case(schema("type: integer, format: uint64, maximum: 18446744073709551615"), &[]),
        case(
            schema("type: integer, format: uint64, multipleOf: 9223372036854775808"),
            &["E0105 6:52 9223372036854775808 is beyond `i64`, the type of integers in the generated crate"],
        ),
        case(
            schema("type: string, enum: [a, 1, yes, 0.5, true, null, []]"),
            &[
                "E0103 6:33 expected a string, as `type` says, found an integer",
                "E0103 6:41 expected a string, as `type` says, found a fraction",
                "E0103 6:46 expected a string, as `type` says, found a boolean",
                "E0103 6:58 expected a string, as `type` says, found a list",
            ],
        ),
        case(
            schema("type: integer, enum: [1, a]"),
            &["E0103 6:34 expected an integer, as `type` says, found a string"],
        ),
        case(
            schema("type: number, enum: [1, 0.5, a]"),
            &["E0103 6:38 expected a number, as `type` says, found a string"],
        ),
        case(
            schema("type: boolean, enum: [true, a]"),
            &["E0103 6:37 expected a boolean, as `type` says, found a string"],
        ),
        case(schema("type: integer, maximum: 9223372036854775807, enum: [9007199254740993, null]"), &[]),
    ]
}

fn components() -> Vec<Case> {
    vec![
        case(
            component("securitySchemes", "type: apiKey, name: k, scheme: basic"),
            &[
                "E0102 6:5 a security scheme with `type: apiKey` must have the key `in`",
                "E0101 6:32 a security scheme with `type: apiKey` has no key `scheme`",
            ],
        ),
        case(
            component("securitySchemes", "type: oauth2, flows: {implicit: {scopes: {}, tokenUrl: a}}"),
            &[
                "E0102 6:31 an implicit flow must have the key `authorizationUrl`",
                "E0101 6:54 an implicit flow has no key `tokenUrl`",
            ],
        ),
        case(component("headers", "explode: true, schema: {}"), &["E0115 6:9 this key is not supported"]),
        case(
            component("examples", "value: null, externalValue: a"),
            &[
                "E0115 6:16 a `null` is not supported here",
                "E0111 6:22 an example can have only one of `value`, `externalValue`",
            ],
        ),
        case(
            component("links", "parameters: {a: null}"),
            &["E0102 6:5 a link must have one of `operationRef`, `operationId`"],
        ),
        case(
            document("components:\n  callbacks:\n    C: {x-menu: 1}"),
            &["E0115 6:9 extensions are not supported in a callback"],
        ),
    ]
}
