//! Mutations of an example, with their expected results.

use serde_json::{Value, json};

use crate::schemas::{Shape, Spec};

/// A body that was changed in one place.
pub struct Case {
    /// The change, and its place.
    pub change: String,
    /// The changed body.
    pub body: Value,
    /// The expected result.
    pub expected: Expected,
}

/// The expected result of a model.
pub enum Expected {
    /// It is read, and this is written.
    Written(Value),
    /// It is rejected, with this path, and this word in the reason.
    Refused(String, String),
}

/// A place in an example.
#[derive(Clone)]
struct Place {
    /// In the form of the standard: `/data/0/id`.
    pointer: String,
    /// In the form of errors: `data[0].id`.
    path: String,
}

impl Place {
    fn field(&self, name: &str) -> Self {
        let dot = if self.path.is_empty() { "" } else { "." };
        Self { pointer: format!("{}/{name}", self.pointer), path: format!("{}{dot}{name}", self.path) }
    }

    fn item(&self, index: usize) -> Self {
        Self { pointer: format!("{}/{index}", self.pointer), path: format!("{}[{index}]", self.path) }
    }
}

/// All cases of one example.
pub struct Mutations<'a> {
    spec: &'a Spec,
    example: &'a Value,
    cases: Vec<Case>,
}

impl<'a> Mutations<'a> {
    /// Mutates an example of a schema in every way.
    pub fn of(spec: &'a Spec, schema: &Value, example: &'a Value) -> Vec<Case> {
        let mut mutations = Self { spec, example, cases: Vec::new() };
        let root = Place { pointer: String::new(), path: String::new() };
        mutations.written("nothing", example.clone(), example.clone());
        mutations.visit(schema, example, &root);
        mutations.cases
    }

    fn visit(&mut self, schema: &Value, value: &Value, place: &Place) {
        let spec = self.spec;
        match spec.shape(schema) {
            Shape::Object { properties, required } => {
                self.keeps(place, "an unknown field", |value| {
                    value["a field"] = json!({"deep": [1, null, "é", {"x": -0.5}]});
                });
                self.keeps(place, "an unknown field that is null", |value| value["x"] = json!(null));
                self.refuses_all(place, [json!([]), json!([[]]), json!("x"), json!(5), json!(true)]);
                for (name, schema) in properties {
                    self.property(schema, name, required.contains(&name), value, place);
                }
            }
            Shape::Array(items) => {
                self.keeps(place, "no items", |value| *value = json!([]));
                self.refuses_all(place, [json!({}), json!("x"), json!(5)]);
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    let place = place.item(index);
                    self.refuses_all(&place, [json!(null)]);
                    self.visit(items, item, &place);
                }
            }
            Shape::Enum(values) => {
                for text in ["no such value", "", "é\"\\\n"].into_iter().chain(values) {
                    self.keeps(place, text, |value| *value = json!(text));
                }
                self.refuses_all(place, [json!(5), json!(true), json!({}), json!([])]);
            }
            Shape::Uuid => {
                let wrong = ["", "x", "3f2b8c1e-7a4d-4e6b-9c55-0d1e2f3a4b5", "3f2b8c1e-7a4d-4e6b-9c55-0d1e2f3a4b5g"];
                self.refuses_all(place, wrong.map(|text| json!(text)));
                self.refuses_all(place, [json!(5), json!({}), json!([])]);
                self.keeps(place, "no bits", |value| *value = json!("00000000-0000-0000-0000-000000000000"));
            }
            Shape::Time => {
                let wrong = ["", "yesterday", "2025-03-04", "2025-13-04T09:15:00Z", "2025-03-04T25:15:00Z", "12025"];
                self.refuses_all(place, wrong.map(|text| json!(text)));
                self.refuses_all(place, [json!(1_741_079_700), json!({}), json!([])]);
                self.keeps(place, "nanoseconds", |value| *value = json!("1969-03-04T09:15:00.000000001Z"));
            }
            Shape::Text => {
                for text in ["", "é\u{0}\"\\\u{1f980}", "null"] {
                    self.keeps(place, text, |value| *value = json!(text));
                }
                self.refuses_all(place, [json!(5), json!(false), json!({}), json!([]), json!(["x"])]);
            }
            Shape::Integer => {
                for number in [i64::MIN, -1, 0, i64::MAX] {
                    self.keeps(place, "another number", |value| *value = json!(number));
                }
                let beyond = [json!(1_u64 << 63), json!(u64::MAX), json!(1e19), json!(-1e19), json!(1.5), json!(1e300)];
                self.refuses_all(place, beyond);
                self.refuses_all(place, [json!("1"), json!(""), json!(true), json!({}), json!([])]);
            }
            Shape::Number(..) => {
                for number in [-1.5, 0.0, 0.1, 1e300, 5e-324] {
                    self.keeps(place, "another number", |value| *value = json!(number));
                }
                self.refuses_all(place, [json!("1"), json!(""), json!(true), json!({}), json!([])]);
            }
            Shape::Any => {
                for other in [json!(5), json!(-0.5), json!("x"), json!(true), json!({"a": [null]}), json!([[1], {}])] {
                    self.keeps(place, "another value", |value| *value = other);
                }
            }
        }
    }

    fn property(&mut self, schema: &Value, name: &str, required: bool, object: &Value, place: &Place) {
        let field = place.field(name);
        let with_null = self.changed(place, |object| object[name] = json!(null));
        let without = self.changed(place, |object| {
            object.as_object_mut().map(|object| object.remove(name));
        });
        let may_be_null = self.spec.is_nullable(schema) || matches!(self.spec.shape(schema), Shape::Any);
        if required && !may_be_null {
            self.refused(&format!("{}: null", field.path), with_null, &field.path, "null");
        } else {
            self.written(&format!("{}: null", field.path), with_null.clone(), with_null);
        }
        if required {
            self.refused(&format!("without {}", field.path), without, &place.path, &format!("missing field `{name}`"));
        } else {
            self.written(&format!("without {}", field.path), without.clone(), without);
        }
        if let Some(value) = object.get(name).filter(|value| !value.is_null()) {
            self.visit(schema, value, &field);
        }
    }

    /// Returns the example with a change at a place.
    fn changed(&self, place: &Place, change: impl FnOnce(&mut Value)) -> Value {
        let mut body = self.example.clone();
        change(body.pointer_mut(&place.pointer).expect("the place is there"));
        body
    }

    fn keeps(&mut self, place: &Place, what: &str, change: impl FnOnce(&mut Value)) {
        let body = self.changed(place, change);
        self.written(&format!("{}: {what}", place.path), body.clone(), body);
    }

    fn refuses_all(&mut self, place: &Place, others: impl IntoIterator<Item = Value>) {
        for other in others {
            let change = format!("{}: {other}", place.path);
            let body = self.changed(place, |value| *value = other);
            self.refused(&change, body, &place.path, "");
        }
    }

    fn written(&mut self, change: &str, body: Value, written: Value) {
        self.cases.push(Case { change: change.to_owned(), body, expected: Expected::Written(written) });
    }

    fn refused(&mut self, change: &str, body: Value, path: &str, word: &str) {
        let expected = Expected::Refused(path.to_owned(), word.to_owned());
        self.cases.push(Case { change: change.to_owned(), body, expected });
    }
}
