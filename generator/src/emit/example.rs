//! Examples in the documentation: the spec's example values as Rust that a caller would write.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use super::Context;
use super::types::Needs;
use crate::format;
use crate::ir::{Docs, Field, Operation, Presence, Scalar, Shape, TypeRef};
use crate::names::OperationNames;

/// The example of an operation: a code block of Markdown, without its fences, that compiles as it stands.
///
/// What the spec has no example for becomes an argument of the surrounding function, which rustdoc hides.
pub(super) fn operation(context: &Context<'_>, operation: &Operation, names: &OperationNames) -> Vec<String> {
    let library = library(context);
    let mut models = BTreeSet::new();
    let mut arguments = Vec::new();
    let mut hidden = Vec::new();
    let mut needs = Needs::default();
    for (parameter, name) in operation.parameters.iter().zip(&names.parameters) {
        if !parameter.required {
            continue;
        }
        let example = example_of(context, &parameter.ty, &parameter.docs);
        match example.and_then(|example| value(context, &parameter.ty, &example, &mut models)) {
            Some(expression) => arguments.push(expression),
            None => {
                needs.add(&parameter.ty);
                let ty = context.operation_type(&parameter.ty);
                hidden.push(quote! { #name: #ty });
                arguments.push(quote! { #name });
            }
        }
    }
    let mut body = TokenStream::new();
    if let Some(schema) = operation.body.as_ref().filter(|body| body.required) {
        let example = schema.example.as_ref().and_then(|example| owned(context, &schema.ty, example, &mut models));
        match example {
            Some(expression) => body = quote! { let body = #expression; },
            None => {
                needs.add(&schema.ty);
                let ty = context.operation_type(&schema.ty);
                hidden.push(quote! { body: #ty });
            }
        }
        arguments.push(quote! { body });
    }
    let method = &names.method;
    let call = quote! { client.#method(#(#arguments),*).send().await?; };
    let call = match &operation.success {
        Some(_) => quote! { let answer = #call },
        None => call,
    };
    let show = operation.success.is_some().then(|| quote! { println!("{answer:?}"); });
    let hidden = hidden.iter().map(|argument| format!(", {argument}")).collect::<String>();

    let mut lines = Vec::new();
    if !models.is_empty() {
        let models: Vec<Ident> = models.iter().map(|name| format_ident!("{name}")).collect();
        lines.extend(format::statements(&quote! { use #library::models::{#(#models),*}; }));
        lines.push(String::new());
    }
    lines.extend(hidden_imports(&needs, &library));
    lines.push(format!(
        "# async fn example(client: {library}::Client{hidden}) -> Result<(), Box<dyn std::error::Error>> {{"
    ));
    lines.extend(format::statements(&quote! { #body #call #show }));
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
        (TypeRef::Scalar(Scalar::Int32 | Scalar::Int64), Value::Number(number)) => {
            let number = Literal::i64_unsuffixed(number.as_i64()?);
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

fn named(context: &Context<'_>, ty: &TypeRef, example: &Value, models: &mut BTreeSet<String>) -> Option<TokenStream> {
    let TypeRef::Named(id) = ty else { return None };
    let names = &context.names.types[id.0];
    let ident = &names.ident;
    match (&context.api.type_def(*id).shape, example) {
        (Shape::Alias(target), example) => value(context, target, example, models),
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
