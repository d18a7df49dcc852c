//! OpenAPI 3.0.3 as tables: one per kind of object, with one row per key.
//!
//! The vendor extensions that the generator reads are in the `extensions` of their objects. To add one, add a row.

mod extensions;
mod schemas;
mod security;

use self::extensions::{AT_LEAST_ONE_OF, BATCH, PACKAGE, PAGINATION, PERMISSION};
use self::schemas::SCHEMA;
use self::security::SECURITY_SCHEME;
use crate::spec::checks;
use crate::spec::grammar::KeyRule::{Any, Component, MediaType, Path, Status};
use crate::spec::grammar::Shape::{
    Flag, Json, JsonButNull, List, Map, NonEmptyList, NotModelled, OneOf, Referable, Text, TextOr, True,
};
use crate::spec::grammar::{
    Field, Object, ObjectKind, Shape, Variant, Variants, at_most_one, exactly_one, optional, required,
};

/// Every kind of object that has extensions of its own.
pub(crate) static EXTENDED: &[&Object] = &[
    &OPEN_API,
    &INFO,
    &SERVER,
    &SERVER_VARIABLE,
    &TAG,
    &PATH_ITEM,
    &OPERATION,
    &PARAMETER,
    &REQUEST_BODY,
    &MEDIA_TYPE,
    &RESPONSE,
    &HEADER,
    &EXAMPLE,
    &SCHEMA,
    &SECURITY_SCHEME,
];

/// Lints that are silenced, each with the reason: on all objects that lints check.
const ALLOW: Field = optional("x-allow", Map(Any, &Text));

/// The root of the walk.
pub(crate) static DOCUMENT: Shape = Shape::Object(&OPEN_API);

static OPEN_API: Object = Object {
    fields: &[
        required("openapi", Text),
        required("info", Shape::Object(&INFO)),
        optional("servers", List(&Shape::Object(&SERVER))),
        required("paths", Shape::Object(&PATHS)),
        optional("components", Shape::Object(&COMPONENTS)),
        optional("security", List(&SECURITY_REQUIREMENT)),
        optional("tags", List(&Shape::Object(&TAG))),
        optional("externalDocs", Shape::Object(&EXTERNAL_DOCS)),
    ],
    extensions: &[
        // The environment variable that names the site.
        optional("x-site-env", Text),
        ALLOW,
    ],
    ..Object::named("the document")
};

static INFO: Object = Object {
    fields: &[
        required("title", Text),
        optional("description", Text),
        optional("termsOfService", Text),
        optional("contact", Shape::Object(&CONTACT)),
        optional("license", Shape::Object(&LICENSE)),
        required("version", Text),
    ],
    extensions: &[
        optional("x-crate-name", Text),
        optional("x-tag-features", Flag),
        optional("x-package", Shape::Object(&PACKAGE)),
        ALLOW,
    ],
    ..Object::named("`info`")
};

static CONTACT: Object = Object {
    fields: &[optional("name", Text), optional("url", Text), optional("email", Text)],
    ..Object::named("a contact")
};

static LICENSE: Object =
    Object { fields: &[required("name", Text), optional("url", Text)], ..Object::named("a license") };

static SERVER: Object = Object {
    fields: &[
        required("url", Text),
        optional("description", Text),
        optional("variables", Map(Any, &Shape::Object(&SERVER_VARIABLE))),
    ],
    extensions: &[optional("x-site", Text), optional("x-site-name", Text), optional("x-rust-name", Text)],
    ..Object::named("a server")
};

static SERVER_VARIABLE: Object = Object {
    fields: &[optional("enum", NonEmptyList(&Text)), required("default", Text), optional("description", Text)],
    extensions: &[optional("x-rust-name", Text)],
    ..Object::named("a server variable")
};

static TAG: Object = Object {
    fields: &[
        required("name", Text),
        optional("description", Text),
        optional("externalDocs", Shape::Object(&EXTERNAL_DOCS)),
    ],
    extensions: &[ALLOW],
    ..Object::named("a tag")
};

static EXTERNAL_DOCS: Object =
    Object { fields: &[optional("description", Text), required("url", Text)], ..Object::named("`externalDocs`") };

static SECURITY_REQUIREMENT: Shape = Map(Any, &List(&Text));

static COMPONENTS: Object = Object {
    fields: &[
        optional("schemas", Map(Component, &Referable(&SCHEMA))),
        optional("responses", Map(Component, &Referable(&RESPONSE))),
        optional("parameters", Map(Component, &Referable(&PARAMETER))),
        optional("examples", Map(Component, &Referable(&EXAMPLE))),
        optional("requestBodies", Map(Component, &Referable(&REQUEST_BODY))),
        optional("headers", Map(Component, &Referable(&HEADER))),
        optional("securitySchemes", Map(Component, &Referable(&SECURITY_SCHEME))),
        optional("links", Map(Component, &Referable(&LINK))),
        optional("callbacks", Map(Component, &Referable(&CALLBACK))),
    ],
    ..Object::named("`components`")
};

static PATHS: Object = Object { rest: Some((Path, &Referable(&PATH_ITEM))), ..Object::named("`paths`") };

static PATH_ITEM: Object = Object {
    fields: &[
        optional("summary", Text),
        optional("description", Text),
        optional("get", Shape::Object(&OPERATION)),
        optional("put", Shape::Object(&OPERATION)),
        optional("post", Shape::Object(&OPERATION)),
        optional("delete", Shape::Object(&OPERATION)),
        optional("options", Shape::Object(&OPERATION)),
        optional("head", Shape::Object(&OPERATION)),
        optional("patch", Shape::Object(&OPERATION)),
        optional("trace", Shape::Object(&OPERATION)),
        optional("servers", List(&Shape::Object(&SERVER))),
        optional("parameters", List(&Referable(&PARAMETER))),
        // Under `paths`, references are handled before this table is used.
        optional("$ref", NotModelled("copy the path item here")),
    ],
    extensions: &[ALLOW],
    ..Object::named("a path item")
};

/// The model takes every key of a callback, including extensions, for an expression that leads to a path item.
static CALLBACK: Object = Object {
    fields: &[optional("$ref", NotModelled("copy the callback here"))],
    rest: Some((Any, &Shape::Object(&PATH_ITEM))),
    is_extensible: false,
    ..Object::named("a callback")
};

static OPERATION: Object = Object {
    fields: &[
        optional("tags", List(&Text)),
        optional("summary", Text),
        optional("description", Text),
        optional("externalDocs", Shape::Object(&EXTERNAL_DOCS)),
        optional("operationId", Text),
        optional("parameters", List(&Referable(&PARAMETER))),
        optional("requestBody", Referable(&REQUEST_BODY)),
        required("responses", Shape::Object(&RESPONSES)),
        // The model accepts no reference to a callback here.
        optional("callbacks", Map(Component, &Shape::Object(&CALLBACK))),
        optional("deprecated", Flag),
        optional("security", List(&SECURITY_REQUIREMENT)),
        optional("servers", List(&Shape::Object(&SERVER))),
    ],
    extensions: &[
        optional("x-permission", TextOr(&Shape::Object(&PERMISSION))),
        optional("x-rust-name", Text),
        optional("x-unstable", Text),
        optional("x-sunset", Text),
        optional("x-idempotent", Flag),
        optional("x-pagination", Shape::Object(&PAGINATION)),
        optional("x-at-least-one-of", Shape::Object(&AT_LEAST_ONE_OF)),
        optional("x-batch", Shape::Object(&BATCH)),
        ALLOW,
    ],
    ..Object::named("an operation")
};

static PARAMETER: Object = Object {
    kind: ObjectKind::Parameter,
    fields: &[
        required("name", Text),
        required("in", OneOf(&["query", "header", "path", "cookie"])),
        optional("description", Text),
        optional("deprecated", Flag),
        optional("explode", Flag),
        optional("schema", Referable(&SCHEMA)),
        optional("content", Map(MediaType, &Shape::Object(&MEDIA_TYPE))),
        optional("example", JsonButNull),
        optional("examples", Map(Any, &Referable(&EXAMPLE))),
    ],
    variants: Some(Variants {
        tag: "in",
        of: &[
            Variant {
                value: "query",
                fields: &[
                    optional("required", Flag),
                    optional("style", OneOf(&["form", "spaceDelimited", "pipeDelimited", "deepObject"])),
                    optional("allowReserved", Flag),
                    optional("allowEmptyValue", Flag),
                ],
            },
            Variant { value: "header", fields: &[optional("required", Flag), optional("style", OneOf(&["simple"]))] },
            Variant {
                value: "path",
                fields: &[required("required", True), optional("style", OneOf(&["simple", "label", "matrix"]))],
            },
            Variant { value: "cookie", fields: &[optional("required", Flag), optional("style", OneOf(&["form"]))] },
        ],
    }),
    choices: &[exactly_one(&["schema", "content"]), at_most_one(&["example", "examples"])],
    extensions: &[optional("x-rust-name", Text), ALLOW],
    ..Object::named("a parameter")
};

static HEADER: Object = Object {
    fields: &[
        optional("description", Text),
        optional("required", Flag),
        optional("deprecated", Flag),
        optional("style", OneOf(&["simple"])),
        optional("explode", NotModelled("remove it; a header's text is not split")),
        optional("schema", Referable(&SCHEMA)),
        optional("content", Map(MediaType, &Shape::Object(&MEDIA_TYPE))),
        optional("example", JsonButNull),
        optional("examples", Map(Any, &Referable(&EXAMPLE))),
    ],
    choices: &[exactly_one(&["schema", "content"]), at_most_one(&["example", "examples"])],
    extensions: &[optional("x-rust-name", Text), ALLOW],
    ..Object::named("a header")
};

static REQUEST_BODY: Object = Object {
    fields: &[
        optional("description", Text),
        required("content", Map(MediaType, &Shape::Object(&MEDIA_TYPE))),
        optional("required", Flag),
    ],
    extensions: &[ALLOW],
    ..Object::named("a request body")
};

static MEDIA_TYPE: Object = Object {
    fields: &[
        optional("schema", Referable(&SCHEMA)),
        optional("example", JsonButNull),
        optional("examples", Map(Any, &Referable(&EXAMPLE))),
        optional("encoding", Map(Any, &Shape::Object(&ENCODING))),
    ],
    choices: &[at_most_one(&["example", "examples"])],
    extensions: &[ALLOW],
    ..Object::named("a media type")
};

static ENCODING: Object = Object {
    kind: ObjectKind::Encoding,
    fields: &[
        optional("contentType", Text),
        optional("headers", Map(Any, &Referable(&HEADER))),
        optional("style", OneOf(&["form", "spaceDelimited", "pipeDelimited", "deepObject"])),
        optional("explode", Flag),
        optional("allowReserved", Flag),
    ],
    ..Object::named("an encoding")
};

static RESPONSES: Object = Object {
    kind: ObjectKind::Responses,
    fields: &[optional("default", Referable(&RESPONSE))],
    rest: Some((Status, &Referable(&RESPONSE))),
    check: Some(checks::responses),
    ..Object::named("`responses`")
};

static RESPONSE: Object = Object {
    fields: &[
        required("description", Text),
        optional("headers", Map(Any, &Referable(&HEADER))),
        optional("content", Map(MediaType, &Shape::Object(&MEDIA_TYPE))),
        optional("links", Map(Component, &Referable(&LINK))),
    ],
    extensions: &[ALLOW],
    ..Object::named("a response")
};

static EXAMPLE: Object = Object {
    fields: &[
        optional("summary", Text),
        optional("description", Text),
        optional("value", JsonButNull),
        optional("externalValue", Text),
    ],
    choices: &[at_most_one(&["value", "externalValue"])],
    extensions: &[ALLOW],
    ..Object::named("an example")
};

static LINK: Object = Object {
    fields: &[
        optional("operationRef", Text),
        optional("operationId", Text),
        optional("parameters", Map(Any, &Json)),
        optional("requestBody", JsonButNull),
        optional("description", Text),
        optional("server", Shape::Object(&SERVER)),
    ],
    choices: &[exactly_one(&["operationRef", "operationId"])],
    ..Object::named("a link")
};
