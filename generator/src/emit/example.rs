//! Examples of calls in the documentation, with the example values of the spec.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use super::Context;
use super::types::{Needs, use_list};
use super::values::given;
use crate::format;
use crate::ir::{BodyPart, Docs, Input, Operation, TypeRef};
use crate::surface::{Answer, Call, Choice};

/// Emits the example of an operation: a code block of Markdown, without its fences, that compiles unchanged.
///
/// A value without an example in the spec becomes an argument of the surrounding function, which rustdoc hides.
pub(super) fn operation(context: &Context<'_>, operation: &Operation, call: &Call) -> Vec<String> {
    let library = library(context);
    let mut imports = Imports::default();
    let mut hidden = Vec::new();
    let mut hidden_choice = None;
    let mut needs = Needs::default();
    let mut argument = |index: usize, imports: &mut Imports| {
        let (input, described) = (call.input(index), &operation.call.inputs[index]);
        let example = input_example(context, operation, described);
        let expression = example.and_then(|example| given(context, &input.accepted, &example, &mut imports.models));
        expression.unwrap_or_else(|| {
            needs.add(&input.kept);
            let (ident, ty) = (&input.ident, context.operation_type(&input.kept));
            hidden.push(quote! { #ident: #ty });
            quote! { #ident }
        })
    };
    let mut arguments = Vec::new();
    if let Some(choice) = &call.choice {
        let value = choice_value(context, operation, choice, &mut imports);
        arguments.push(value.unwrap_or_else(|| {
            let (ident, argument) = (&choice.ident, &choice.argument);
            hidden_choice = Some(quote! { #argument: #library::operations::#ident });
            quote! { #argument }
        }));
    }
    for index in &call.way.arguments {
        arguments.push(argument(*index, &mut imports));
    }
    let mut chain = Vec::new();
    for step in &call.way.steps {
        let value = argument(step.input, &mut imports);
        let ident = &call.input(step.input).ident;
        chain.push(quote! { .#ident(#value) });
    }
    for (index, input) in call.setters.iter().map(|index| (*index, call.input(*index))) {
        let is_plain = input.body.is_some() && !input.accepted.is_wrapped();
        let example = input_example(context, operation, &operation.call.inputs[index]).filter(|_| is_plain);
        if let Some(value) = example.and_then(|example| given(context, &input.accepted, &example, &mut imports.models))
        {
            let ident = &input.ident;
            chain.push(quote! { .#ident(#value) });
        }
    }
    let method = &call.way.method;
    let started = quote! { client.#method(#(#arguments),*) #(#chain)* };
    let statement = match (&call.answer, &call.pages) {
        (Answer::Nothing, _) => quote! { #started.send().await?; },
        (answer, None) if answer.has_items() => quote! {
            let mut items = #started.send().await?;
            while let Some(item) = items.try_next().await? {
                println!("{item:?}");
            }
        },
        (_, None) => quote! { let response = #started.send().await?; println!("{response:?}"); },
        (_, Some(_)) => quote! {
            let mut items = #started.stream();
            while let Some(item) = items.try_next().await? {
                println!("{item:?}");
            }
        },
    };
    hidden.extend(hidden_choice);
    let hidden = hidden.iter().map(|argument| format!(", {argument}")).collect::<String>();

    let mut lines = imports.lines(&library);
    lines.extend(needs.outside(&library.to_string()).iter().map(|path| format!("# use {path};")));
    lines.push(format!(
        "# async fn example(client: {library}::Client{hidden}) -> Result<(), Box<dyn std::error::Error>> {{"
    ));
    lines.extend(format::statements(&statement));
    lines.push("# Ok(())".to_owned());
    lines.push("# }".to_owned());
    lines
}

/// The imports of an example.
#[derive(Default)]
struct Imports {
    models: BTreeSet<String>,
    choices: BTreeSet<String>,
}

impl Imports {
    fn lines(&self, library: &Ident) -> Vec<String> {
        let list = |module: &str, names: &BTreeSet<String>| {
            let module = format_ident!("{module}");
            let names: Vec<_> = names.iter().map(|name| format_ident!("{name}")).collect();
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

/// Returns the first parameter of a choice, with its example.
fn choice_value(
    context: &Context<'_>,
    operation: &Operation,
    choice: &Choice,
    imports: &mut Imports,
) -> Option<TokenStream> {
    let ident = &choice.ident;
    choice.members.iter().find_map(|member| {
        let parameter = &operation.parameters[member.parameter];
        let example = example_of(context, &parameter.ty, &parameter.docs)?;
        let value = given(context, &member.accepted, &example, &mut imports.models)?;
        imports.choices.insert(ident.to_string());
        let member = &member.ident;
        Some(quote! { #ident::#member(#value) })
    })
}

/// Returns the example of an input: its own, or that at its place in the body, or that of its type.
fn input_example(context: &Context<'_>, operation: &Operation, input: &Input) -> Option<Value> {
    let in_body = || {
        let body = operation.body.as_ref()?.content.example.as_ref()?;
        match input.body.as_ref()? {
            BodyPart::Whole => Some(body.clone()),
            BodyPart::Field(path) => {
                let names = context.api.types.names(path);
                names.into_iter().try_fold(body, |value, name| value.get(name)).cloned()
            }
        }
    };
    let is_required = input.required || input.ty.is_nullable();
    in_body().or_else(|| is_required.then(|| example_of(context, &input.ty, &input.docs))?)
}

/// The crate's name in Rust.
pub(super) fn library(context: &Context<'_>) -> Ident {
    format_ident!("{}", context.api.crate_name.replace('-', "_"))
}

/// Returns the example of a place, or else of its type.
fn example_of(context: &Context<'_>, ty: &TypeRef, docs: &Docs) -> Option<Value> {
    let of_type = || context.api.types.definition(ty.without_null())?.docs.example.clone();
    docs.example.clone().or_else(of_type)
}
