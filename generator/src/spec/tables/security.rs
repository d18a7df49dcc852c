//! Security schemes, with the flows of OAuth.

use super::ALLOW;
use crate::spec::grammar::KeyRule::Any;
use crate::spec::grammar::Shape::{Map, OneOf, Text};
use crate::spec::grammar::{Object, Shape, Variant, Variants, optional, required};

pub(super) static SECURITY_SCHEME: Object = Object {
    fields: &[required("type", OneOf(&["apiKey", "http", "oauth2", "openIdConnect"])), optional("description", Text)],
    variants: Some(Variants {
        tag: "type",
        of: &[
            Variant {
                value: "apiKey",
                fields: &[required("name", Text), required("in", OneOf(&["query", "header", "cookie"]))],
            },
            Variant { value: "http", fields: &[required("scheme", Text), optional("bearerFormat", Text)] },
            Variant { value: "oauth2", fields: &[required("flows", Shape::Object(&OAUTH_FLOWS))] },
            Variant { value: "openIdConnect", fields: &[required("openIdConnectUrl", Text)] },
        ],
    }),
    extensions: &[optional("x-env", Text), optional("x-rust-name", Text), ALLOW],
    ..Object::named("a security scheme")
};

static OAUTH_FLOWS: Object = Object {
    fields: &[
        optional("implicit", Shape::Object(&IMPLICIT_FLOW)),
        optional("password", Shape::Object(&TOKEN_FLOW)),
        optional("clientCredentials", Shape::Object(&TOKEN_FLOW)),
        optional("authorizationCode", Shape::Object(&AUTHORIZATION_CODE_FLOW)),
    ],
    ..Object::named("`flows`")
};

static IMPLICIT_FLOW: Object = Object {
    fields: &[required("authorizationUrl", Text), optional("refreshUrl", Text), required("scopes", Map(Any, &Text))],
    ..Object::named("an implicit flow")
};

static TOKEN_FLOW: Object = Object {
    fields: &[required("tokenUrl", Text), optional("refreshUrl", Text), required("scopes", Map(Any, &Text))],
    ..Object::named("a password or client credentials flow")
};

static AUTHORIZATION_CODE_FLOW: Object = Object {
    fields: &[
        required("authorizationUrl", Text),
        required("tokenUrl", Text),
        optional("refreshUrl", Text),
        required("scopes", Map(Any, &Text)),
    ],
    ..Object::named("an authorization code flow")
};
