//! Examples in the documentation: the spec's example values as Rust that a caller would write.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use super::Context;
use super::types::{Needs, use_list};
use crate::format;
use crate::ir::{BodyPart, Choice, Docs, Field, Input, Operation, Presence, Scalar, Shape, TypeRef};
use crate::names::{ChoiceNames, OperationNames};
use crate::source::whole;

/// The example of an operation: a code block of Markdown, without its fences, that compiles as it stands.
///
/// What the spec has no example for becomes an argument of the surrounding function, which rustdoc hides.
pub(super) fn operation(context: &Context<'_>, operation: &Operation, names: &OperationNames) -> Vec<String> {
    let library = library(context);
    let mut imports = Imports::default();
    let mut hidden = Vec::new();
    let mut hidden_choice = None;
    let mut needs = Needs::default();
    let mut given = |input: &Input, name: &Ident, imports: &mut Imports| {
        let example = input_example(context, operation, input);
        let expression = example.and_then(|example| match input.presence {
            Presence::RequiredNullable => nullable(context, &input.ty, &example, &mut imports.models),
            _ => value(context, &input.ty, &example, &mut imports.models),
        });
        expression.unwrap_or_else(|| {
            needs.add(&input.ty);
            let ty = match (input.presence, &input.ty) {
                (Presence::RequiredNullable, ty) => {
                    let ty = context.operation_type(ty);
                    quote! { Option<#ty> }
                }
                (_, TypeRef::Boxed(id)) => context.operation_type(&TypeRef::Named(*id)),
                (_, ty) => context.operation_type(ty),
            };
            hidden.push(quote! { #name: #ty });
            quote! { #name }
        })
    };
    let call = &operation.call;
    let mut arguments = Vec::new();
    if let (Some(choice), Some(names)) = (&call.choice, &names.choice) {
        let value = choice_value(context, operation, choice, names, &mut imports);
        arguments.push(value.unwrap_or_else(|| {
            let (ident, argument) = (&names.ident, &names.argument);
            hidden_choice = Some(quote! { #argument: #library::operations::#ident });
            quote! { #argument }
        }));
    }
    for (input, name) in call.required.arguments.iter().zip(&names.required.arguments) {
        arguments.push(given(input, name, &mut imports));
    }
    let mut chain = Vec::new();
    for (input, step) in call.required.steps.iter().zip(&names.required.steps) {
        let name = &step.ident;
        let value = given(input, name, &mut imports);
        chain.push(quote! { .#name(#value) });
    }
    for (input, name) in call.setters.iter().zip(&names.setters).filter(|(input, _)| input.body.is_some()) {
        let example = input_example(context, operation, input).filter(|_| input.presence == Presence::Optional);
        if let Some(value) = example.and_then(|example| value(context, &input.ty, &example, &mut imports.models)) {
            chain.push(quote! { .#name(#value) });
        }
    }
    let method = &names.method;
    let call = quote! { client.#method(#(#arguments),*) #(#chain)* };
    let statement = match (&operation.success, &operation.pagination) {
        (None, _) => quote! { #call.send().await?; },
        (Some(_), None) => quote! { let answer = #call.send().await?; println!("{answer:?}"); },
        (Some(_), Some(_)) => quote! {
            let mut items = #call.stream();
            while let Some(item) = items.try_next().await? {
                println!("{item:?}");
            }
        },
    };
    hidden.extend(hidden_choice);
    let hidden = hidden.iter().map(|argument| format!(", {argument}")).collect::<String>();

    let mut lines = imports.lines(&library);
    lines.extend(hidden_imports(&needs, &library));
    lines.push(format!(
        "# async fn example(client: {library}::Client{hidden}) -> Result<(), Box<dyn std::error::Error>> {{"
    ));
    lines.extend(format::statements(&statement));
    lines.push("# Ok(())".to_owned());
    lines.push("# }".to_owned());
    lines
}

/// What the types of the arguments need that rustdoc hides.
fn hidden_imports(needs: &Needs, library: &Ident) -> Vec<String> {
    let imports = [
        (needs.map, "std::collections::BTreeMap".to_owned()),
        (needs.date, format!("{library}::jiff::civil::Date")),
        (needs.timestamp, format!("{library}::jiff::Timestamp")),
        (!needs.named.is_empty(), format!("{library}::models")),
        (needs.uuid, format!("{library}::uuid::Uuid")),
        (needs.json_object, format!("{library}::JsonObject")),
        (needs.value, format!("{library}::Value")),
    ];
    imports.into_iter().filter(|(needed, _)| *needed).map(|(_, path)| format!("# use {path};")).collect()
}

/// What an example has to import.
#[derive(Default)]
struct Imports {
    models: BTreeSet<String>,
    choices: BTreeSet<String>,
}

impl Imports {
    fn lines(&self, library: &Ident) -> Vec<String> {
        let list = |module: &str, names: &BTreeSet<String>| {
            let module = format_ident!("{module}");
            let names: Vec<TokenStream> = names
                .iter()
                .map(|name| {
                    let name = format_ident!("{name}");
                    quote! { #name }
                })
                .collect();
            use_list(quote! { #library::#module }, &names)
        };
        let models = list("models", &self.models);
        let choices = list("operations", &self.choices);
        let mut lines = format::statements(&quote! { #models #choices });
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines
    }
}

/// The first parameter of a choice, with its example.
fn choice_value(
    context: &Context<'_>,
    operation: &Operation,
    choice: &Choice,
    names: &ChoiceNames,
    imports: &mut Imports,
) -> Option<TokenStream> {
    let ident = &names.ident;
    let mut members = choice.parameters.iter().zip(&names.members);
    members.find_map(|(index, member)| {
        let parameter = &operation.parameters[*index];
        let example = example_of(context, &parameter.ty, &parameter.docs)?;
        let value = value(context, &parameter.ty, &example, &mut imports.models)?;
        imports.choices.insert(ident.to_string());
        Some(quote! { #ident::#member(#value) })
    })
}

/// The example of an input: its own, the one at its place in the body, or the one of its type.
fn input_example(context: &Context<'_>, operation: &Operation, input: &Input) -> Option<Value> {
    let in_body = || {
        let body = operation.body.as_ref()?.example.as_ref()?;
        match input.body.as_ref()? {
            BodyPart::Whole => Some(body.clone()),
            BodyPart::Field(path) => path.iter().try_fold(body, |value, name| value.get(name)).cloned(),
        }
    };
    in_body().or_else(|| (input.presence != Presence::Optional).then(|| example_of(context, &input.ty, &input.docs))?)
}

/// The crate as a caller names it.
pub(super) fn library(context: &Context<'_>) -> Ident {
    format_ident!("{}", context.api.crate_name.replace('-', "_"))
}

/// The example of a place, else the one of its type.
fn example_of(context: &Context<'_>, ty: &TypeRef, docs: &Docs) -> Option<Value> {
    docs.example.clone().or_else(|| context.definition(ty).and_then(|def| def.docs.example.clone()))
}

/// A value as an expression; `None` if it does not fit its type.
fn value(context: &Context<'_>, ty: &TypeRef, example: &Value, models: &mut BTreeSet<String>) -> Option<TokenStream> {
    match (ty, example) {
        (TypeRef::Scalar(Scalar::String), Value::String(text)) => Some(quote! { #text }),
        (TypeRef::Scalar(Scalar::Uuid | Scalar::Timestamp | Scalar::Date), Value::String(text)) => {
            Some(quote! { #text.parse()? })
        }
        (TypeRef::Scalar(scalar @ (Scalar::Int32 | Scalar::Int64)), Value::Number(number)) => {
            let number = number.as_i64().or_else(|| whole(number.as_f64()?));
            let number = number.filter(|number| *scalar == Scalar::Int64 || i32::try_from(*number).is_ok())?;
            let number = Literal::i64_unsuffixed(number);
            Some(quote! { #number })
        }
        (TypeRef::Scalar(Scalar::Float64), Value::Number(number)) => {
            let number = Literal::f64_unsuffixed(number.as_f64()?);
            Some(quote! { #number })
        }
        (TypeRef::Scalar(Scalar::Bool), Value::Bool(flag)) => Some(quote! { #flag }),
        (TypeRef::Array(item), Value::Array(examples)) => {
            let items = examples.iter().map(|example| owned(context, item, example, models));
            let items = items.collect::<Option<Vec<_>>>()?;
            Some(quote! { Vec::from([#(#items),*]) })
        }
        (TypeRef::FreeForm, Value::Object(fields)) => {
            let fields = fields.iter().map(|(key, value)| simple(value).map(|value| quote! { (#key.into(), #value) }));
            let fields = fields.collect::<Option<Vec<_>>>()?;
            Some(quote! { [#(#fields),*].into_iter().collect() })
        }
        (TypeRef::Boxed(id), example) => named(context, &TypeRef::Named(*id), example, models),
        (TypeRef::Named(_), example) => named(context, ty, example, models),
        _ => None,
    }
}

/// The same for a place that takes no `impl Into<String>`.
fn owned(context: &Context<'_>, ty: &TypeRef, example: &Value, models: &mut BTreeSet<String>) -> Option<TokenStream> {
    let expression = value(context, ty, example, models)?;
    Some(if context.is_plain_string(ty) {
        quote! { #expression.to_owned() }
    } else {
        expression
    })
}

/// The same for a place that takes an `Option`.
fn nullable(
    context: &Context<'_>,
    ty: &TypeRef,
    example: &Value,
    models: &mut BTreeSet<String>,
) -> Option<TokenStream> {
    if example.is_null() {
        return Some(quote! { None });
    }
    let expression = owned(context, ty, example, models)?;
    Some(match ty {
        TypeRef::Boxed(_) => quote! { Some(Box::new(#expression)) },
        _ => quote! { Some(#expression) },
    })
}

fn named(context: &Context<'_>, ty: &TypeRef, example: &Value, models: &mut BTreeSet<String>) -> Option<TokenStream> {
    let TypeRef::Named(id) = ty else { return None };
    let names = &context.names.types[id.0];
    let ident = &names.ident;
    match (&context.api.type_def(*id).shape, example) {
        (Shape::Alias(target), example) => owned(context, target, example, models),
        (Shape::Scalar(Scalar::Uuid | Scalar::Timestamp | Scalar::Date), Value::String(text)) => {
            Some(quote! { #text.parse()? })
        }
        (Shape::Scalar(scalar), example) => {
            let inner = value(context, &TypeRef::Scalar(*scalar), example, models)?;
            models.insert(ident.to_string());
            Some(quote! { #ident::from(#inner) })
        }
        (Shape::Enum(values), Value::String(text)) => {
            let position = values.iter().position(|value| value.value == *text)?;
            let variant = &names.members[position];
            models.insert(ident.to_string());
            Some(quote! { #ident::#variant })
        }
        (Shape::Object(fields), Value::Object(object)) => {
            let mut arguments = Vec::new();
            let mut setters = Vec::new();
            for (field, member) in fields.iter().zip(&names.members) {
                let example = object.get(&field.name);
                match field.presence {
                    _ if field.constant => {}
                    Presence::Required => arguments.push(value(context, &field.ty, example?, models)?),
                    Presence::RequiredNullable => return None,
                    Presence::Optional => {
                        if let Some(example) = example {
                            let argument = value(context, &field.ty, example, models)?;
                            setters.push(quote! { .#member(#argument) });
                        }
                    }
                    Presence::OptionalNullable => match example {
                        None => {}
                        Some(_) => return None,
                    },
                }
            }
            if object.keys().any(|key| !fields.iter().any(|field: &Field| field.name == *key)) {
                return None;
            }
            models.insert(ident.to_string());
            Some(quote! { #ident::new(#(#arguments),*) #(#setters)* })
        }
        _ => None,
    }
}

/// A JSON value that has a short expression.
fn simple(value: &Value) -> Option<TokenStream> {
    match value {
        Value::String(text) => Some(quote! { #text.into() }),
        Value::Bool(flag) => Some(quote! { #flag.into() }),
        Value::Number(number) => {
            let number = Literal::i64_unsuffixed(number.as_i64()?);
            Some(quote! { #number.into() })
        }
        _ => None,
    }
}
