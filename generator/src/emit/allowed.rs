//! What clippy is told to let pass: names and types that the spec chose, and that no emitter can choose better.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::quote;

use crate::ident::Ident;

/// Words that clippy takes for placeholders.
const PLACEHOLDERS: [&str; 3] = ["foo", "baz", "quux"];

/// Methods of operators: one with `self` and an argument could be mistaken for the trait's.
const OPERATORS: [&str; 10] = ["add", "bitand", "bitor", "bitxor", "div", "mul", "rem", "shl", "shr", "sub"];

/// How complex a type may be before clippy asks for a name for a part of it.
const MOST_COMPLEX: usize = 250;

/// What `clippy::approx_constant` looks for.
const CONSTANTS: [f64; 20] = {
    use std::f64::consts::*;
    [
        E,
        FRAC_1_PI,
        FRAC_1_SQRT_2,
        FRAC_2_PI,
        FRAC_2_SQRT_PI,
        FRAC_PI_2,
        FRAC_PI_3,
        FRAC_PI_4,
        FRAC_PI_6,
        FRAC_PI_8,
        LN_2,
        LN_10,
        LOG2_10,
        LOG2_E,
        LOG10_2,
        LOG10_E,
        PI,
        SQRT_2,
        TAU,
        1.618_033_988_749_895,
    ]
};

/// A function that is emitted, as far as lints look at it.
pub(super) struct Function<'a> {
    pub(super) name: &'a str,
    pub(super) receiver: Receiver<'a>,
    /// The arguments beside `self`, with their types.
    pub(super) arguments: Vec<(&'a Ident, TokenStream)>,
}

/// How a function takes `self`.
pub(super) enum Receiver<'a> {
    /// It makes a value of this type, and takes none.
    None(&'a Ident),
    /// `self`.
    Value,
    /// `&self`.
    Reference,
}

impl Function<'_> {
    /// The arguments beside `self`, as they stand between the parentheses.
    pub(super) fn arguments(&self) -> TokenStream {
        let arguments = self.arguments.iter().map(|(name, ty)| quote! { #name: #ty });
        quote! { #(#arguments),* }
    }

    /// Their names, with commas.
    pub(super) fn names(&self) -> TokenStream {
        let names = self.arguments.iter().map(|(name, _)| name);
        quote! { #(#names),* }
    }

    /// The attribute that lets its names and types pass, where clippy would not.
    pub(super) fn allowed(&self) -> TokenStream {
        let mut lints = Vec::new();
        if self.arguments.iter().any(|(name, _)| PLACEHOLDERS.iter().any(|word| *name == word)) {
            lints.push(quote! { clippy::disallowed_names });
        }
        if let Receiver::None(ty) = self.receiver
            && self.name.replace('_', "") == ty.to_string().to_lowercase()
        {
            lints.push(quote! { clippy::self_named_constructors });
        }
        if self.is_like_a_trait() {
            lints.push(quote! { clippy::should_implement_trait });
        }
        if self.arguments.iter().any(|(_, ty)| is_complex(ty)) {
            lints.push(quote! { clippy::type_complexity });
        }
        allow(&lints)
    }

    fn is_like_a_trait(&self) -> bool {
        let is_any = |names: &[&str]| names.contains(&self.name);
        self.arguments.len() == 1
            && match self.receiver {
                Receiver::None(_) => is_any(&["from_iter", "from_str"]),
                Receiver::Value => is_any(&OPERATORS),
                Receiver::Reference => is_any(&["cmp"]),
            }
    }
}

/// The attribute that lets the type of a field pass, where clippy would not.
pub(super) fn complex_field(ty: &TokenStream) -> TokenStream {
    if is_complex(ty) { allow(&[quote! { clippy::type_complexity }]) } else { TokenStream::new() }
}

/// Whether clippy would take a number for an inexact constant of mathematics.
pub(super) fn is_like_a_constant(number: f64) -> bool {
    CONSTANTS.iter().any(|constant| (number.abs() - constant).abs() < 0.005)
}

/// Lets lints pass that are about what the spec says.
pub(super) fn allow(lints: &[TokenStream]) -> TokenStream {
    if lints.is_empty() {
        return TokenStream::new();
    }
    quote! { #[allow(#(#lints,)* reason = "the API has it so")] }
}

/// Whether `clippy::type_complexity` would count a type as too complex: ten for each name in it, times its depth.
fn is_complex(ty: &TokenStream) -> bool {
    fn score(ty: TokenStream, depth: &mut usize) -> usize {
        let mut total = 0;
        let mut is_within_path = false;
        for token in ty {
            match token {
                TokenTree::Ident(_) if is_within_path => is_within_path = false,
                TokenTree::Ident(_) => total += 10 * *depth,
                TokenTree::Punct(mark) => match mark.as_char() {
                    '<' => *depth += 1,
                    '>' => *depth = depth.saturating_sub(1),
                    ':' => is_within_path = true,
                    _ => {}
                },
                TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                    total += score(group.stream(), depth);
                }
                TokenTree::Group(_) | TokenTree::Literal(_) => {}
            }
        }
        total
    }
    let is_generic = matches!(ty.clone().into_iter().next(), Some(TokenTree::Ident(word)) if word == "impl");
    !is_generic && score(ty.clone(), &mut 1) > MOST_COMPLEX
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complexity_is_counted_as_clippy_does() {
        let deep = quote! { BTreeMap<String, Vec<BTreeMap<String, Vec<models::Pet>>>> };
        assert!(!is_complex(&deep));
        assert!(is_complex(&quote! { Option<#deep> }));
        assert!(!is_complex(&quote! { impl Into<Nullable<Option<#deep>>> }));
    }
}
