//! The [intermediate representation](crate::ir) as JSON: for a reviewer who wants to see what a change of the spec means,
//! and for other tools.
//!
//! Every field is there under its own name, in the order in which the representation declares it, and stands for itself:
//!
//! - What is absent, empty or `false` is left out.
//! - A variant without content is a text, one with content an object with one key.
//! - A type is referred to by its name in the spec, and a place by its JSON pointer.
//! - An input of a call that is a parameter as it stands among the operation's has only its name; one that is a field
//!   has no documentation of its own if it is that of the field. So an edit of one schema shows in one type.
//!
//! A field or variant that is new in the representation and not in the tables below does not compile.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::ir::{
    Api, ApiKey, Batch, Body, BodyPart, Bound, Call, Choice, Docs, EnumValue, Field, Input, Limits, Location, Method,
    Operation, Pagination, Parameter, Presence, Required, Response, Scalar, Server, Shape, Site, Style, Tag, TypeDef,
    TypeId, TypeRef,
};
use crate::pointer::Pointer;
use json::Node;

mod json;

/// The text of a representation. It ends with a line break.
///
/// Items of the lists at the top each begin on a line of their own, indented by four spaces.
pub fn dump(api: &Api) -> String {
    let objects = api.types.iter().filter_map(|ty| match &ty.shape {
        Shape::Object(fields) => Some(fields),
        Shape::Enum(_) | Shape::Scalar(_) | Shape::Alias(_) => None,
    });
    let docs = objects.flatten().map(|field| (&field.pointer, &field.docs)).collect();
    api.dump(&Context { api, docs: &docs, parameters: &[] }).print()
}

/// What a part needs to know of the whole.
#[derive(Clone, Copy)]
struct Context<'a> {
    api: &'a Api,
    /// What is said of each field, by its place.
    docs: &'a BTreeMap<&'a Pointer, &'a Docs>,
    /// The parameters of the operation that the part belongs to.
    parameters: &'a [Parameter],
}

/// Something that has a form in the dump.
trait Dump {
    fn dump(&self, context: &Context<'_>) -> Node;

    /// The form as the value of a field, or `None` where it is left out.
    fn dump_field(&self, context: &Context<'_>) -> Option<Node> {
        Some(self.dump(context))
    }
}

/// An object of these variables, under their names.
macro_rules! object_of {
    ($context:ident: $($field:ident),+) => {
        Node::Object(
            [$($field.dump_field($context).map(|node| (stringify!($field).to_owned(), node))),+]
                .into_iter()
                .flatten()
                .collect(),
        )
    };
}

/// Structs, each with all its fields.
macro_rules! structs {
    ($($name:ident { $($field:ident),+ $(,)? })+) => {$(
        impl Dump for $name {
            fn dump(&self, context: &Context<'_>) -> Node {
                let Self { $($field),+ } = self;
                object_of!(context: $($field),+)
            }
        }
    )+};
}

/// Enums without content, each with all its variants.
macro_rules! texts {
    ($($name:ident { $($variant:ident => $text:literal),+ $(,)? })+) => {$(
        impl Dump for $name {
            fn dump(&self, _: &Context<'_>) -> Node {
                Node::text(match self {
                    $(Self::$variant => $text),+
                })
            }
        }
    )+};
}

/// Enums with content, each with all its variants: those that have none come last.
macro_rules! variants {
    ($($name:ident { $($variant:ident(content) => $key:literal),+ $(; $($empty:ident => $text:literal),+)? })+) => {$(
        impl Dump for $name {
            fn dump(&self, context: &Context<'_>) -> Node {
                match self {
                    $(Self::$variant(content) => Node::Object(vec![($key.to_owned(), content.dump(context))]),)+
                    $($(Self::$empty => Node::text($text)),+)?
                }
            }
        }
    )+};
}

structs! {
    Api { crate_name, version, title, description, servers, site_env, keys, tags, types, operations }
    Server { url, description, site, pointer }
    Site { domain, name }
    ApiKey { name, header, description, env, rust_name, pointer }
    Tag { name, description }

    TypeDef { name, rust_name, pointer, docs, nullable, shape }
    Field { name, rust_name, pointer, docs, ty, presence, constant, argument_name }
    EnumValue { value, rust_name, description, pointer }
    Bound { value, exclusive }

    Parameter { name, rust_name, pointer, location, docs, required, ty, style }
    Body { description, required, ty, example }
    Response { status, description, body, example }
    Pagination { page_parameter, first, size_parameter, items, next }
    Batch { field, item, limit }
    Call { choice, required, with_body, setters }
    Required { arguments, steps }
    Choice { name, pointer, parameters }
}

texts! {
    Presence {
        Required => "required",
        RequiredNullable => "required_nullable",
        Optional => "optional",
        OptionalNullable => "optional_nullable",
    }
    Scalar {
        String => "string",
        Uuid => "uuid",
        Timestamp => "timestamp",
        Date => "date",
        Int32 => "int32",
        Int64 => "int64",
        Uint32 => "uint32",
        Uint64 => "uint64",
        Float64 => "float64",
        Bool => "bool",
    }
    Location { Path => "path", Query => "query" }
    Style { Plain => "plain", Repeated => "repeated", Joined => "joined" }
}

variants! {
    Shape { Object(content) => "object", Enum(content) => "enum", Scalar(content) => "scalar", Alias(content) => "alias" }
    TypeRef {
        Scalar(content) => "scalar",
        Named(content) => "named",
        Boxed(content) => "boxed",
        Array(content) => "array",
        Map(content) => "map",
        Nullable(content) => "nullable";
        FreeForm => "free_form",
        Any => "any"
    }
    BodyPart { Field(content) => "field"; Whole => "whole" }
}

impl Dump for Docs {
    fn dump(&self, context: &Context<'_>) -> Node {
        let Self { description, default, example, limits, format, deprecated } = self;
        object_of!(context: description, default, example, limits, format, deprecated)
    }

    fn dump_field(&self, context: &Context<'_>) -> Option<Node> {
        (*self != Self::default()).then(|| self.dump(context))
    }
}

impl Dump for Limits {
    fn dump(&self, context: &Context<'_>) -> Node {
        let Self { minimum, maximum, multiple_of, min_length, max_length, pattern, min_items, max_items, unique_items } =
            self;
        object_of!(
            context: minimum, maximum, multiple_of, min_length, max_length, pattern, min_items, max_items, unique_items
        )
    }

    fn dump_field(&self, context: &Context<'_>) -> Option<Node> {
        (*self != Self::default()).then(|| self.dump(context))
    }
}

impl Dump for Operation {
    fn dump(&self, context: &Context<'_>) -> Node {
        let context = &Context { parameters: &self.parameters, ..*context };
        let Self {
            id,
            rust_name,
            pointer,
            method,
            path,
            tag,
            summary,
            description,
            permission,
            unstable,
            idempotent,
            deprecated,
            parameters,
            body,
            responses,
            success,
            pagination,
            batch,
            call,
        } = self;
        object_of!(
            context: id, rust_name, pointer, method, path, tag, summary, description, permission, unstable, idempotent,
            deprecated, parameters, body, responses, success, pagination, batch, call
        )
    }
}

impl Dump for Input {
    fn dump(&self, context: &Context<'_>) -> Node {
        let Self { name, rust_name, pointer, docs, ty, presence, parameter, body } = self;
        let is_known = parameter.and_then(|index| context.parameters.get(index)).is_some_and(|known| {
            (name, rust_name, pointer, docs, ty)
                == (&known.name, &known.rust_name, &known.pointer, &known.docs, &known.ty)
        });
        if is_known {
            return object_of!(context: name, presence, parameter, body);
        }
        let docs = (context.docs.get(pointer) != Some(&docs)).then_some(docs);
        object_of!(context: name, rust_name, pointer, docs, ty, presence, parameter, body)
    }
}

impl Dump for TypeId {
    fn dump(&self, context: &Context<'_>) -> Node {
        Node::text(&context.api.type_def(*self).name)
    }
}

impl Dump for Method {
    fn dump(&self, _: &Context<'_>) -> Node {
        Node::text(self.as_str())
    }
}

impl Dump for Pointer {
    fn dump(&self, _: &Context<'_>) -> Node {
        Node::text(&self.to_string())
    }
}

impl Dump for Value {
    fn dump(&self, _: &Context<'_>) -> Node {
        Node::value(self)
    }
}

impl Dump for String {
    fn dump(&self, _: &Context<'_>) -> Node {
        Node::text(self)
    }

    fn dump_field(&self, context: &Context<'_>) -> Option<Node> {
        (!self.is_empty()).then(|| self.dump(context))
    }
}

impl Dump for bool {
    fn dump(&self, _: &Context<'_>) -> Node {
        Node::Plain(self.to_string())
    }

    fn dump_field(&self, context: &Context<'_>) -> Option<Node> {
        self.then(|| self.dump(context))
    }
}

macro_rules! numbers {
    ($($name:ident),+) => {$(
        impl Dump for $name {
            fn dump(&self, _: &Context<'_>) -> Node {
                Node::Plain(self.to_string())
            }
        }
    )+};
}

numbers!(i64, u16, usize);

impl<T: Dump> Dump for Vec<T> {
    fn dump(&self, context: &Context<'_>) -> Node {
        Node::List(self.iter().map(|item| item.dump(context)).collect())
    }

    fn dump_field(&self, context: &Context<'_>) -> Option<Node> {
        (!self.is_empty()).then(|| self.dump(context))
    }
}

/// What is there stands in the dump even if it is empty: only so can it be told from what is not.
impl<T: Dump> Dump for Option<T> {
    fn dump(&self, context: &Context<'_>) -> Node {
        self.as_ref().map_or_else(|| Node::value(&Value::Null), |content| content.dump(context))
    }

    fn dump_field(&self, context: &Context<'_>) -> Option<Node> {
        self.as_ref().map(|content| content.dump(context))
    }
}

impl<T: Dump> Dump for Box<T> {
    fn dump(&self, context: &Context<'_>) -> Node {
        self.as_ref().dump(context)
    }
}

impl<T: Dump> Dump for &T {
    fn dump(&self, context: &Context<'_>) -> Node {
        (*self).dump(context)
    }
}
