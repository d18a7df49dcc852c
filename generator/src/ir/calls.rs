//! Calls: the inputs of the callers of an operation.

use serde::Serialize;

use super::{Docs, FieldPath, Presence, TypeRef};
use crate::pointer::Pointer;

/// How an operation is called from Rust: the inputs of the caller, and their destinations.
///
/// The inputs are in one list; everything else refers to them by index.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Call {
    /// Query parameters of which at least one is required: always the first argument.
    pub choice: Option<Choice>,
    /// All inputs of the caller.
    pub inputs: Vec<Input>,
    /// The required inputs. Every required parameter and every required part of the body is one of these inputs, or is
    /// filled in.
    pub required: Required,
    /// The required inputs if the caller supplies a whole body: the required parameters and the body. Only if they
    /// differ.
    pub with_body: Option<Required>,
    /// The optional inputs.
    pub setters: Vec<usize>,
}

/// The required inputs of a call, as indices in [`Call::inputs`].
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Required {
    /// Inputs that cannot be mistaken for another: the arguments.
    pub arguments: Vec<usize>,
    /// Inputs with the type of another: named steps, in this order.
    pub steps: Vec<usize>,
}

impl Required {
    /// Arguments and steps.
    pub fn inputs(&self) -> impl Iterator<Item = usize> + '_ {
        self.arguments.iter().chain(&self.steps).copied()
    }
}

/// Query parameters of which at least one is required, from `x-at-least-one-of`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Choice {
    /// Name of the type for the choice.
    pub name: String,
    /// Its place in the spec.
    pub pointer: Pointer,
    /// The parameters, as indices in [`Operation::parameters`](super::Operation::parameters).
    pub parameters: Vec<usize>,
}

/// An input of the caller.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Input {
    /// Name of the parameter or property.
    pub name: String,
    /// The Rust name that the spec sets.
    pub rust_name: Option<String>,
    /// Its place in the spec.
    pub pointer: Pointer,
    /// The place of its name in the spec.
    #[serde(skip)]
    pub named_at: Pointer,
    /// Its documentation in the spec.
    pub docs: Docs,
    /// Type of its value, without absence.
    pub ty: TypeRef,
    /// Whether it is required.
    pub required: bool,
    /// Whether the body stores it behind a pointer.
    pub boxed: bool,
    /// The parameter that it sets, as an index in [`Operation::parameters`](super::Operation::parameters).
    pub parameter: Option<usize>,
    /// The part of the body that it sets.
    pub body: Option<BodyPart>,
}

impl Input {
    /// Whether it may be absent, and whether it may be `null`.
    pub fn presence(&self) -> Presence {
        Presence::of(self.required, &self.ty)
    }

    /// The name for callers, as the spec sets it.
    pub fn wanted_name(&self) -> &str {
        self.rust_name.as_deref().unwrap_or(&self.name)
    }
}

/// A part of the request body.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BodyPart {
    /// The body itself.
    Whole,
    /// A field of the body.
    Field(FieldPath),
}
