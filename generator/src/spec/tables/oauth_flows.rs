//! The OAuth flows of a security scheme.

use crate::spec::grammar::KeyRule::Any;
use crate::spec::grammar::Shape::{Map, Text};
use crate::spec::grammar::{Object, Shape, optional, required};

pub(super) static OAUTH_FLOWS: Object = Object {
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
