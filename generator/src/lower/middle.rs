//! The target of a pointer into the document: a definition, or a part of one.

use openapiv3::{
    AdditionalProperties, Example, Header, MediaType, Operation, Parameter, ParameterData, ParameterSchemaOrContent,
    PathItem, ReferenceOr, RequestBody, Response, Responses, Schema, SchemaKind, Type,
};

use super::operations::methods;
use super::{At, Lowering, SchemaAt};
use crate::pointer::Pointer;

/// A place that a pointer can lead to, or through.
#[derive(Clone, Copy)]
pub(super) enum Place<'a> {
    PathItem(&'a ReferenceOr<PathItem>),
    Operation(&'a Operation),
    Parameter(&'a ReferenceOr<Parameter>),
    Body(&'a ReferenceOr<RequestBody>),
    Response(&'a ReferenceOr<Response>),
    Header(&'a ReferenceOr<Header>),
    Example(&'a ReferenceOr<Example>),
    MediaType(&'a MediaType),
    Schema(&'a ReferenceOr<Schema>),
    BoxedSchema(&'a ReferenceOr<Box<Schema>>),
}

/// An object that can be the target of a reference.
pub(super) trait Referable: Sized {
    /// Returns this kind of object, if the place is one.
    fn at(place: Place<'_>) -> Option<&ReferenceOr<Self>>;
}

macro_rules! referable {
    ($($kind:ty = $variant:ident),* $(,)?) => {$(
        impl Referable for $kind {
            fn at(place: Place<'_>) -> Option<&ReferenceOr<Self>> {
                match place {
                    Place::$variant(found) => Some(found),
                    _ => None,
                }
            }
        }
    )*};
}

referable! { Parameter = Parameter, RequestBody = Body, Response = Response, Header = Header, Example = Example }

impl Referable for openapiv3::SecurityScheme {
    /// They occur only among the components, and have names there.
    fn at(_: Place<'_>) -> Option<&ReferenceOr<Self>> {
        None
    }
}

impl<'a> Lowering<'a> {
    /// Returns the schema that a pointer leads to.
    pub(super) fn schema_behind(&self, pointer: &Pointer) -> Option<SchemaAt<'a>> {
        match self.place(pointer)? {
            Place::Schema(schema) => Some(At::new(schema, pointer.clone()).into()),
            Place::BoxedSchema(schema) => Some(At::new(schema, pointer.clone()).into()),
            _ => None,
        }
    }

    /// Returns the object of another kind that a pointer leads to.
    pub(super) fn object_behind<T: Referable + 'a>(&self, pointer: &Pointer) -> Option<&'a ReferenceOr<T>> {
        T::at(self.place(pointer)?)
    }

    /// Returns the reference on the way of a pointer, and the rest of the pointer after it.
    pub(super) fn reference_on_the_way(&self, pointer: &Pointer) -> Option<(&'a str, Vec<String>)> {
        let segments: Vec<String> = pointer.segments().collect();
        let keys: Vec<&str> = segments.iter().map(String::as_str).collect();
        let (mut place, mut rest) = self.start(&keys)?;
        while let Some((next, behind)) = place.step(rest) {
            (place, rest) = (next, behind);
        }
        let reference = place.reference().filter(|_| !rest.is_empty())?;
        Some((reference, rest.iter().map(|key| (*key).to_owned()).collect()))
    }

    fn place(&self, pointer: &Pointer) -> Option<Place<'a>> {
        let segments: Vec<String> = pointer.segments().collect();
        let keys: Vec<&str> = segments.iter().map(String::as_str).collect();
        let (mut place, mut rest) = self.start(&keys)?;
        while !rest.is_empty() {
            (place, rest) = place.step(rest)?;
        }
        Some(place)
    }

    fn start<'k>(&self, keys: &'k [&'k str]) -> Option<(Place<'a>, &'k [&'k str])> {
        let components = self.components.object;
        match keys {
            ["components", section, name, rest @ ..] => {
                let place = match *section {
                    "schemas" => Place::Schema(components.schemas.get(*name)?),
                    "parameters" => Place::Parameter(components.parameters.get(*name)?),
                    "requestBodies" => Place::Body(components.request_bodies.get(*name)?),
                    "responses" => Place::Response(components.responses.get(*name)?),
                    "headers" => Place::Header(components.headers.get(*name)?),
                    "examples" => Place::Example(components.examples.get(*name)?),
                    _ => return None,
                };
                Some((place, rest))
            }
            ["paths", path, rest @ ..] => Some((Place::PathItem(self.document.object.paths.paths.get(*path)?), rest)),
            _ => None,
        }
    }
}

impl<'a> Place<'a> {
    /// Returns the target of the next keys, and the keys after them.
    fn step<'k>(self, keys: &'k [&'k str]) -> Option<(Self, &'k [&'k str])> {
        match (self, keys) {
            (Self::PathItem(item), ["parameters", index, rest @ ..]) => {
                Some((Self::Parameter(at(&item.as_item()?.parameters, index)?), rest))
            }
            (Self::PathItem(item), [method, rest @ ..]) => {
                let mut all = methods(item.as_item()?);
                let found = all.find(|(known, _)| known.as_str().to_ascii_lowercase() == *method);
                Some((Self::Operation(found?.1), rest))
            }
            (Self::Operation(operation), ["parameters", index, rest @ ..]) => {
                Some((Self::Parameter(at(&operation.parameters, index)?), rest))
            }
            (Self::Operation(operation), ["requestBody", rest @ ..]) => {
                Some((Self::Body(operation.request_body.as_ref()?), rest))
            }
            (Self::Operation(operation), ["responses", status, rest @ ..]) => {
                Some((Self::Response(response(&operation.responses, status)?), rest))
            }
            (Self::Parameter(parameter), keys) => data(parameter.as_item()?, keys),
            (Self::Header(header), keys) => {
                let header = header.as_item()?;
                format(&header.format, &header.examples, keys)
            }
            (Self::Body(body), ["content", media_type, rest @ ..]) => {
                Some((Self::MediaType(body.as_item()?.content.get(*media_type)?), rest))
            }
            (Self::Response(response), ["content", media_type, rest @ ..]) => {
                Some((Self::MediaType(response.as_item()?.content.get(*media_type)?), rest))
            }
            (Self::Response(response), ["headers", name, rest @ ..]) => {
                Some((Self::Header(response.as_item()?.headers.get(*name)?), rest))
            }
            (Self::MediaType(media_type), ["schema", rest @ ..]) => {
                Some((Self::Schema(media_type.schema.as_ref()?), rest))
            }
            (Self::MediaType(media_type), ["examples", name, rest @ ..]) => {
                Some((Self::Example(media_type.examples.get(*name)?), rest))
            }
            (Self::Schema(schema), keys) => part(schema.as_item()?, keys),
            (Self::BoxedSchema(schema), keys) => part(schema.as_item()?, keys),
            _ => None,
        }
    }

    /// Returns the reference, if the place is one.
    fn reference(self) -> Option<&'a str> {
        fn of<T>(object: &ReferenceOr<T>) -> Option<&str> {
            match object {
                ReferenceOr::Reference { reference } => Some(reference),
                ReferenceOr::Item(_) => None,
            }
        }
        match self {
            Self::PathItem(item) => of(item),
            Self::Parameter(parameter) => of(parameter),
            Self::Body(body) => of(body),
            Self::Response(response) => of(response),
            Self::Header(header) => of(header),
            Self::Example(example) => of(example),
            Self::Schema(schema) => of(schema),
            Self::BoxedSchema(schema) => of(schema),
            Self::Operation(_) | Self::MediaType(_) => None,
        }
    }
}

/// Returns the item of a list at a key: an index has a single spelling, so `01` is not valid.
fn at<'a, T>(items: &'a [T], key: &str) -> Option<&'a T> {
    let index: usize = key.parse().ok()?;
    items.get(index).filter(|_| index.to_string() == key)
}

fn response<'a>(responses: &'a Responses, status: &str) -> Option<&'a ReferenceOr<Response>> {
    if status == "default" {
        return responses.default.as_ref();
    }
    responses.responses.iter().find(|(known, _)| known.to_string() == status).map(|(_, response)| response)
}

fn data<'a, 'k>(parameter: &'a Parameter, keys: &'k [&'k str]) -> Option<(Place<'a>, &'k [&'k str])> {
    let ParameterData { format: described, examples, .. } = parameter.parameter_data_ref();
    format(described, examples, keys)
}

fn format<'a, 'k>(
    format: &'a ParameterSchemaOrContent,
    examples: &'a indexmap::IndexMap<String, ReferenceOr<Example>>,
    keys: &'k [&'k str],
) -> Option<(Place<'a>, &'k [&'k str])> {
    match (format, keys) {
        (ParameterSchemaOrContent::Schema(schema), ["schema", rest @ ..]) => Some((Place::Schema(schema), rest)),
        (ParameterSchemaOrContent::Content(content), ["content", media_type, rest @ ..]) => {
            Some((Place::MediaType(content.get(*media_type)?), rest))
        }
        (_, ["examples", name, rest @ ..]) => Some((Place::Example(examples.get(*name)?), rest)),
        _ => None,
    }
}

/// Returns the target of the next keys inside a schema.
fn part<'a, 'k>(schema: &'a Schema, keys: &'k [&'k str]) -> Option<(Place<'a>, &'k [&'k str])> {
    let additional = |additional: &'a Option<AdditionalProperties>| match additional {
        Some(AdditionalProperties::Schema(values)) => Some(&**values),
        _ => None,
    };
    Some(match (&schema.schema_kind, keys) {
        (SchemaKind::Type(Type::Object(object)), ["properties", name, rest @ ..]) => {
            (Place::BoxedSchema(object.properties.get(*name)?), rest)
        }
        (SchemaKind::Type(Type::Object(object)), ["additionalProperties", rest @ ..]) => {
            (Place::Schema(additional(&object.additional_properties)?), rest)
        }
        (SchemaKind::Type(Type::Array(array)), ["items", rest @ ..]) => {
            (Place::BoxedSchema(array.items.as_ref()?), rest)
        }
        (SchemaKind::AllOf { all_of: parts }, ["allOf", index, rest @ ..])
        | (SchemaKind::OneOf { one_of: parts }, ["oneOf", index, rest @ ..])
        | (SchemaKind::AnyOf { any_of: parts }, ["anyOf", index, rest @ ..]) => {
            (Place::Schema(at(parts, index)?), rest)
        }
        (SchemaKind::Not { not }, ["not", rest @ ..]) => (Place::Schema(not), rest),
        (SchemaKind::Any(any), ["properties", name, rest @ ..]) => {
            (Place::BoxedSchema(any.properties.get(*name)?), rest)
        }
        (SchemaKind::Any(any), ["additionalProperties", rest @ ..]) => {
            (Place::Schema(additional(&any.additional_properties)?), rest)
        }
        (SchemaKind::Any(any), ["items", rest @ ..]) => (Place::BoxedSchema(any.items.as_ref()?), rest),
        (SchemaKind::Any(any), ["allOf", index, rest @ ..]) => (Place::Schema(at(&any.all_of, index)?), rest),
        (SchemaKind::Any(any), ["oneOf", index, rest @ ..]) => (Place::Schema(at(&any.one_of, index)?), rest),
        (SchemaKind::Any(any), ["anyOf", index, rest @ ..]) => (Place::Schema(at(&any.any_of, index)?), rest),
        (SchemaKind::Any(any), ["not", rest @ ..]) => (Place::Schema(any.not.as_deref()?), rest),
        _ => return None,
    })
}
