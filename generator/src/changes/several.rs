//! Pages and batches: calls that become several requests.

use std::fmt::Display;

use super::operations::Operation;
use super::{About, Class, Comparison, Text};
use crate::ir::{Advance, Batch, FieldPath, PagePlace, Pagination};
use crate::pointer::Pointer;
use crate::surface::{Batches, Pages, RustType};

/// How pages are followed.
struct By {
    /// The key in the spec.
    key: &'static str,
    /// The parameter or field.
    name: String,
    first: i64,
    /// The place in a page of the next position.
    next: String,
}

impl Comparison<'_> {
    pub(super) fn pages(&mut self, about: &About, before: Operation<'_>, after: Operation<'_>) {
        let about = &[before, after].map(|operation| operation.part(about, "x-pagination"));
        let pages = [before.call.pages.as_ref(), after.call.pages.as_ref()];
        let name = |_: &Pages| Text::new("{} and {}", &[&"stream", &"pages"]);
        let both = self.both(about, pages, Class::Additive, name);
        let paginations = before.spec.pagination.as_ref().zip(after.spec.pagination.as_ref());
        let (Some((was, now)), Some((old, new))) = (both, paginations) else { return };
        let Pages { start: _, largest, item } = now; // … compared with the parameter
        let Pagination { advance, size, items, item: _ } = new;
        let about = &About::new(about[1].subject.clone().then(" {}", &[&"stream"]), &about[1].at);
        let another = "follows pages by another {}: {}, was {}";
        let [now_by, was_by] = [after.advance(advance), before.advance(&old.advance)];
        let is_alike = now_by.key == was_by.key;
        if !is_alike {
            let (now, was) = (&now_by, &was_by);
            let what = "follows pages by {} {}, was {} {}";
            let what = Text::new(what, &[&now.key, &now.name, &was.key, &was.name]);
            self.report(about, Class::Wire, now.key, what);
        }
        let [now_items, was_items] = [after.pointer_to(items), before.pointer_to(&old.items)];
        for (key, is_reported, now, was) in [
            (now_by.key, is_alike, now_by.name, was_by.name),
            ("items", true, now_items, was_items),
            ("next", is_alike, now_by.next, was_by.next),
        ] {
            if is_reported && now != was {
                self.report(about, Class::Wire, key, Text::new(another, &[&key, &now, &was]));
            }
        }
        let [now_size, was_size] = [after.size(size.as_ref()), before.size(old.size.as_ref())];
        if now_size != was_size {
            let what = Text::new("{} is {}, was {}", &[&now_size.0, &now_size.1, &was_size.1]);
            self.report(about, Class::Docs, now_size.0, what);
        }
        let [now_most, was_most] = [largest, &was.largest].map(|largest| largest.as_ref().map(|largest| largest.most));
        if now_most != was_most {
            let text = |most: Option<u32>| most.map_or("the server's default size".to_owned(), |most| most.to_string());
            let what = Text::new("requests pages of {}, was {}", &[&text(now_most), &text(was_most)]);
            // The same items arrive, in pages of another size.
            self.report(about, Class::Docs, now_size.0, what);
        }
        if is_alike {
            let begins = "the first page is {#}, was {#}";
            self.differs(about, Class::Wire, now_by.key, begins, [&now_by.first, &was_by.first]);
        }
        self.items(about, "items", "returns items of type {}, was {}", [item, &was.item]);
    }

    pub(super) fn batches(&mut self, about: &About, before: Operation<'_>, after: Operation<'_>) {
        let about = &[before, after].map(|operation| operation.part(about, "x-batch"));
        let batches = [before.call.batches.as_ref(), after.call.batches.as_ref()];
        let both = self.both(about, batches, Class::Additive, |_: &Batches| Text::name(&"send_in_batches"));
        let batch = before.spec.batch.as_ref().zip(after.spec.batch.as_ref());
        let (Some((was, now)), Some((old, new))) = (both, batch) else { return };
        let Batches { field: _, item } = now; // … compared on the representation
        let Batch { field, item: _, limit } = new;
        let about = &About::new(about[1].subject.clone().then(" {}", &[&"send_in_batches"]), &about[1].at);
        let fields: [&dyn Display; 2] = [&after.side.names(field).join("."), &before.side.names(&old.field).join(".")];
        self.differs(about, Class::Wire, "argument", "splits {}, was {}", fields);
        self.items(about, "", "accepts items of type {}, was {}", [item, &was.item]);
        let class = if *limit < old.limit { Class::Wire } else { Class::Additive };
        self.differs(about, class, "", "sends {#} items at a time, was {#}", [limit, &old.limit]);
    }

    /// Reports another type of items that are returned or accepted.
    fn items(&mut self, about: &About, key: &str, template: &str, [now, was]: [&RustType; 2]) {
        if self.retyped(was, now) == Some(Class::Compile) {
            let what = Text::new(template, &[&self.new.text(now), &self.old.text(was)]);
            self.report(about, Class::Compile, key, what);
        }
    }
}

impl Operation<'_> {
    /// Returns how its pages are followed, in the terms of the spec.
    fn advance(&self, advance: &Advance) -> By {
        let parameter = |index: &usize| self.spec.parameters[*index].name.clone();
        match advance {
            Advance::Number { parameter: index, first, next } => By {
                key: "pageParam",
                name: parameter(index),
                first: *first,
                next: next.as_ref().map_or_else(|| "none".to_owned(), |next| self.pointer_to(next)),
            },
            Advance::Offset { parameter: index, first } => {
                By { key: "offsetParam", name: parameter(index), first: *first, next: String::new() }
            }
            Advance::Cursor { place, next } => {
                let (key, name) = match place {
                    PagePlace::Parameter(index) => ("cursorParam", parameter(index)),
                    PagePlace::Field(path) => ("cursorField", self.pointer_to(path)),
                };
                By { key, name, first: 0, next: self.pointer_to(next) }
            }
        }
    }

    /// Returns the parameter or field for the size of its pages: the key in a spec, and its value.
    fn size(&self, size: Option<&PagePlace>) -> (&'static str, String) {
        match size {
            None => ("sizeParam", "none".to_owned()),
            Some(PagePlace::Parameter(index)) => ("sizeParam", self.spec.parameters[*index].name.clone()),
            Some(PagePlace::Field(path)) => ("sizeField", self.pointer_to(path)),
        }
    }

    /// Returns the JSON pointer to a field of the response or of the body.
    fn pointer_to(&self, path: &FieldPath) -> String {
        self.side.names(path).iter().fold(Pointer::root(), |pointer, name| pointer.key(name)).to_string()
    }
}
