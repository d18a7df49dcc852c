//! Shrinks a failing spec while it fails in the same way.

use std::collections::BTreeSet;

use serde_json::{Value, json};

/// Returns the smallest spec that `fails`.
pub(crate) fn shrink(spec: Value, fails: impl FnMut(&Value) -> bool) -> Value {
    let mut shrinking = Shrinking { spec, fails };
    shrinking.halve_paths();
    loop {
        shrinking.drop_unused_schemas();
        if !shrinking.drop_parts() {
            return shrinking.spec;
        }
    }
}

struct Shrinking<F> {
    spec: Value,
    fails: F,
}

impl<F: FnMut(&Value) -> bool> Shrinking<F> {
    /// Uses a smaller spec if it fails too.
    fn try_out(&mut self, smaller: Value) -> bool {
        let does_fail = smaller != self.spec && (self.fails)(&smaller);
        if does_fail {
            self.spec = smaller;
        }
        does_fail
    }

    fn halve_paths(&mut self) {
        let mut size = keys(&self.spec["paths"]).len().div_ceil(2);
        while size > 0 {
            for chunk in keys(&self.spec["paths"]).chunks(size) {
                let mut smaller = self.spec.clone();
                chunk.iter().for_each(|key| drop(remove(&mut smaller["paths"], key)));
                self.try_out(without_unused_schemas(smaller));
            }
            size /= 2;
        }
    }

    fn drop_unused_schemas(&mut self) {
        let smaller = without_unused_schemas(self.spec.clone());
        self.try_out(smaller);
    }

    /// Removes all parts that can be removed, the largest first; returns whether there were any.
    fn drop_parts(&mut self) -> bool {
        let mut places = Vec::new();
        collect(&self.spec, String::new(), &mut places);
        places.sort_by_key(|place| place.matches('/').count());
        let mut progress = false;
        for place in places {
            if self.spec.pointer(&place).is_some() {
                let smaller = without(&self.spec, &place);
                progress |= smaller.is_some_and(|smaller| self.try_out(without_unused_schemas(smaller)));
            }
        }
        progress
    }
}

fn keys(object: &Value) -> Vec<String> {
    object.as_object().into_iter().flatten().map(|(key, _)| key.clone()).collect()
}

fn remove(value: &mut Value, key: &str) -> Option<Value> {
    match value {
        Value::Object(entries) => entries.remove(key),
        Value::Array(items) => {
            key.parse().ok().filter(|index| *index < items.len()).map(|index: usize| items.remove(index))
        }
        _ => None,
    }
}

/// Returns the pointers to all parts that can be removed.
fn collect(value: &Value, at: String, places: &mut Vec<String>) {
    let escaped = |key: &str| key.replace('~', "~0").replace('/', "~1");
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                let below = format!("{at}/{}", escaped(key));
                places.push(below.clone());
                collect(value, below, places);
            }
        }
        Value::Array(items) => {
            // From the end, so that the other pointers stay valid.
            for (index, value) in items.iter().enumerate().rev() {
                let below = format!("{at}/{index}");
                places.push(below.clone());
                collect(value, below, places);
            }
        }
        _ => {}
    }
}

/// Returns the spec without the value at a pointer. A removed property is no longer required; a reference becomes any
/// value.
fn without(spec: &Value, place: &str) -> Option<Value> {
    let (parent, key) = place.rsplit_once('/')?;
    let key = key.replace("~1", "/").replace("~0", "~");
    let mut spec = spec.clone();
    if key == "$ref" {
        *spec.pointer_mut(parent)? = json!({});
        return Some(spec);
    }
    remove(spec.pointer_mut(parent)?, &key)?;
    if let Some(object) = parent.strip_suffix("/properties")
        && let Some(required) = spec.pointer_mut(object)?["required"].as_array_mut()
    {
        required.retain(|name| *name != *key);
    }
    Some(spec)
}

fn without_unused_schemas(mut spec: Value) -> Value {
    loop {
        let text = spec.to_string();
        let used: BTreeSet<&str> =
            text.split("\"#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let Some(schemas) = spec.pointer_mut("/components/schemas").and_then(Value::as_object_mut) else { return spec };
        let before = schemas.len();
        schemas.retain(|name, _| used.contains(name.as_str()));
        if schemas.len() == before {
            return spec;
        }
    }
}
