//! Two ids of the same type that are the source and the target of an operation: the same value for both is always a
//! mistake.

use proc_macro2::TokenStream;
use quote::quote;

use super::Emitter;

impl Emitter<'_> {
    /// Returns the checks of all pairs, as parts of the request.
    pub(super) fn distinct_checks(&self) -> Vec<TokenStream> {
        let check = |(one, other): &(usize, usize)| {
            let (one, other) = (self.call.input(*one), self.call.input(*other));
            let (one_name, other_name) = (one.ident.unraw().to_string(), other.ident.unraw().to_string());
            let (one, other) = (self.place(one), self.place(other));
            quote! { .distinct(#one_name, &#one, #other_name, &#other) }
        };
        self.call.distinct.iter().map(check).collect()
    }
}
