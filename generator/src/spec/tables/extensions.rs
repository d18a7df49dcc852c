//! The objects in vendor extensions.

use crate::spec::grammar::Shape::{Count, Flag, List, NonEmptyList, OneOf, Text};
use crate::spec::grammar::{Object, at_most_one, exactly_one, optional, required};

pub(super) static PACKAGE: Object = Object {
    fields: &[optional("repository", Text), optional("documentation", Text), optional("homepage", Text)],
    ..Object::named("`x-package`")
};

pub(super) static PERMISSION: Object = Object {
    fields: &[required("operator", OneOf(&["OR", "AND", "OPEN"])), required("permissions", List(&Text))],
    ..Object::named("`x-permission`")
};

pub(super) static PAGINATION: Object = Object {
    fields: &[
        optional("pageParam", Text),
        optional("offsetParam", Text),
        optional("cursorParam", Text),
        optional("cursorField", Text),
        optional("sizeParam", Text),
        optional("sizeField", Text),
        required("items", Text),
        optional("next", Text),
        optional("first", Count),
        optional("optional", Flag),
    ],
    choices: &[
        exactly_one(&["pageParam", "offsetParam", "cursorParam", "cursorField"]),
        at_most_one(&["sizeParam", "sizeField"]),
    ],
    ..Object::named("`x-pagination`")
};

pub(super) static AT_LEAST_ONE_OF: Object = Object {
    fields: &[required("name", Text), required("parameters", NonEmptyList(&Text))],
    ..Object::named("`x-at-least-one-of`")
};

pub(super) static BATCH: Object = Object { fields: &[required("argument", Text)], ..Object::named("`x-batch`") };
