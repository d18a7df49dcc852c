//! Allows clippy lints about names and types of the spec, which no emitter can choose better.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::quote;

use crate::ident::Ident;

/// Words that clippy takes for placeholders.
const PLACEHOLDERS: [&str; 3] = ["foo", "baz", "quux"];

/// Methods of operators: clippy takes one with `self` and an argument for that of the trait.
const OPERATORS: [&str; 10] = ["add", "bitand", "bitor", "bitxor", "div", "mul", "rem", "shl", "shr", "sub"];

/// The maximum complexity of a type before clippy requires a name for a part of it.
const MOST_COMPLEX: usize = 250;

/// The constants that `clippy::approx_constant` looks for.
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

/// An emitted function, as far as lints check it.
pub(super) struct Function<'a> {
    pub(super) name: &'a str,
    pub(super) receiver: Receiver<'a>,
    /// The arguments except `self`, with their types.
    pub(super) arguments: Vec<(&'a Ident, TokenStream)>,
}

/// The receiver of a function.
pub(super) enum Receiver<'a> {
    /// It creates a value of this type, and has no receiver.
    None(&'a Ident),
    /// `self`.
    Value,
    /// `&self`.
    Reference,
}

impl Function<'_> {
    /// Returns the arguments except `self`, with their types.
    pub(super) fn arguments(&self) -> TokenStream {
        let arguments = self.arguments.iter().map(|(name, ty)| quote! { #name: #ty });
        quote! { #(#arguments),* }
    }

    /// Returns their names, separated by commas.
    pub(super) fn names(&self) -> TokenStream {
        let names = self.arguments.iter().map(|(name, _)| name);
        quote! { #(#names),* }
    }

    /// Returns the attribute that allows its names and types, if clippy would report them.
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

/// Returns the attribute that allows the type of a field, if clippy would report it.
pub(super) fn complex_field(ty: &TokenStream) -> TokenStream {
    if is_complex(ty) { allow(&[quote! { clippy::type_complexity }]) } else { TokenStream::new() }
}

/// Whether clippy would take a number for an inexact mathematical constant.
pub(super) fn is_like_a_constant(number: f64) -> bool {
    CONSTANTS.iter().any(|constant| (number.abs() - constant).abs() < 0.005)
}

/// Returns the attribute that allows lints about the content of the spec.
pub(super) fn allow(lints: &[TokenStream]) -> TokenStream {
    if lints.is_empty() {
        return TokenStream::new();
    }
    quote! { #[allow(#(#lints,)* reason = "the API defines it so")] }
}

/// Whether `clippy::type_complexity` would report a type: ten points for each name in it, times its depth.
fn is_complex(ty: &TokenStream) -> bool {
    fn score(ty: impl IntoIterator<Item = TokenTree>, depth: &mut usize) -> usize {
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
    let mut tokens = ty.clone().into_iter().peekable();
    let is_generic = matches!(tokens.peek(), Some(TokenTree::Ident(word)) if word == "impl");
    !is_generic && score(tokens, &mut 1) > MOST_COMPLEX
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
