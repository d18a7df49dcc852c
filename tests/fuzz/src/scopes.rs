//! Names that are defined twice in one scope, which parses but does not compile.

use std::collections::BTreeSet;

use quote::ToTokens as _;
use syn::{Attribute, Fields, FnArg, Generics, Ident, ImplItem, Item, Pat, Signature, UseTree};

/// The types and traits that emitted code uses from the prelude; a definition of the same name would hide them.
const PRELUDE: &[&str] = &["Box", "Into", "Option", "Result", "String", "Vec"];

/// Panics if a scope of a file has a name twice, or a name of the prelude outside of the models: models may have such
/// names, and other emitted code is then explicit. The suite `hostile` checks that it compiles.
pub(crate) fn check(path: &str, file: &syn::File) {
    let mut types = Scope::new(path, "items");
    let mut values = Scope::new(path, "functions");
    let mut methods = Scope::new(path, "methods");
    for item in &file.items {
        match item {
            // Of several definitions that depend on features, only one exists.
            item if is_conditional(attributes(item)) => {}
            Item::Struct(item) => {
                types.define(&item.ident);
                fields(path, &item.fields);
            }
            Item::Enum(item) => {
                types.define(&item.ident);
                let mut variants = Scope::new(path, "variants");
                item.variants.iter().for_each(|variant| variants.add(&variant.ident.to_string()));
            }
            Item::Type(item) => types.define(&item.ident),
            Item::Trait(item) => types.define(&item.ident),
            Item::Mod(item) => types.add(&item.ident.to_string()),
            Item::Use(item) => imports(&item.tree, &mut types),
            Item::Const(item) => values.add(&item.ident.to_string()),
            Item::Static(item) => values.add(&item.ident.to_string()),
            Item::Fn(item) => {
                values.add(&item.sig.ident.to_string());
                arguments(path, &item.sig);
            }
            Item::Impl(item) => {
                for part in &item.items {
                    let ImplItem::Fn(method) = part else { continue };
                    arguments(path, &method.sig);
                    if item.trait_.is_none() {
                        methods.add(&format!("{}::{}", subject(&item.self_ty, &item.generics), method.sig.ident));
                    }
                }
            }
            _ => {}
        }
    }
}

/// The names of one scope.
struct Scope<'p> {
    path: &'p str,
    kind: &'static str,
    names: BTreeSet<String>,
}

impl<'p> Scope<'p> {
    fn new(path: &'p str, kind: &'static str) -> Self {
        Self { path, kind, names: BTreeSet::new() }
    }

    fn add(&mut self, name: &str) {
        assert!(self.names.insert(name.to_owned()), "{}: `{name}` stands twice among the {}", self.path, self.kind);
    }

    fn define(&mut self, ident: &Ident) {
        let name = ident.to_string();
        let is_model = self.path.starts_with("src/models/");
        assert!(is_model || !PRELUDE.contains(&name.as_str()), "{}: `{name}` hides the prelude's", self.path);
        self.add(&name);
    }
}

fn fields(path: &str, fields: &Fields) {
    let mut scope = Scope::new(path, "fields");
    fields.iter().filter_map(|field| field.ident.as_ref()).for_each(|ident| scope.add(&ident.to_string()));
}

fn arguments(path: &str, signature: &Signature) {
    let mut scope = Scope::new(path, "arguments");
    for argument in &signature.inputs {
        if let FnArg::Typed(argument) = argument
            && let Pat::Ident(pattern) = &*argument.pat
        {
            scope.add(&pattern.ident.to_string());
        }
    }
}

fn imports(tree: &UseTree, scope: &mut Scope<'_>) {
    match tree {
        UseTree::Path(path) => imports(&path.tree, scope),
        UseTree::Name(name) if name.ident == "self" => {}
        UseTree::Name(name) => scope.add(&name.ident.to_string()),
        UseTree::Rename(rename) if rename.rename == "_" => {}
        UseTree::Rename(rename) => scope.add(&rename.rename.to_string()),
        UseTree::Group(group) => group.items.iter().for_each(|tree| imports(tree, scope)),
        UseTree::Glob(_) => {}
    }
}

fn subject(ty: &syn::Type, generics: &Generics) -> String {
    format!("{} {}", ty.to_token_stream(), generics.to_token_stream())
}

fn is_conditional(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident("cfg"))
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Mod(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        _ => &[],
    }
}
