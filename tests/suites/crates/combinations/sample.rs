//! Values of schemas, for examples and defaults.

use serde_json::{Map, Value, json};

/// The schemas of a document, by name.
pub(crate) type Schemas = Map<String, Value>;

/// The maximum depth of optional content.
const DEPTH: usize = 6;

/// Returns a value of a schema, if a finite one is found. `salt` distinguishes values of the same schema.
pub(crate) fn sample(schemas: &Schemas, schema: &Value, salt: usize) -> Option<Value> {
    Sampler { schemas }.value(schema, salt, 0)
}

struct Sampler<'s> {
    schemas: &'s Schemas,
}

impl Sampler<'_> {
    fn value(&self, schema: &Value, salt: usize, depth: usize) -> Option<Value> {
        if depth > 2 * DEPTH {
            return None;
        }
        if let Some(reference) = schema["$ref"].as_str() {
            return self.value(self.schemas.get(reference.rsplit('/').next()?)?, salt, depth + 1);
        }
        if schema["nullable"] == true && salt % 3 == 2 {
            return Some(Value::Null);
        }
        if let Some(parts) = schema["allOf"].as_array() {
            return match parts.as_slice() {
                [only] if schema.get("properties").is_none() => self.value(only, salt, depth),
                _ => self.merged(parts, schema, salt, depth),
            };
        }
        if let Some(values) = schema["enum"].as_array() {
            return values.get(salt % values.len()).cloned();
        }
        match schema["type"].as_str() {
            None => Some(json!({ "any": [1, "two", null] })),
            Some("string") => self.string(schema, salt),
            Some("integer") => integer(schema, salt),
            Some("number") => number(schema, salt),
            Some("boolean") => Some(json!(salt.is_multiple_of(2))),
            Some("array") => self.array(schema, salt, depth),
            Some(_) => self.object(schema, salt, depth),
        }
    }

    fn string(&self, schema: &Value, salt: usize) -> Option<Value> {
        Some(match schema["format"].as_str() {
            Some("date") => json!(format!("2026-03-{:02}", 1 + salt % 28)),
            Some("date-time") => json!(format!("2026-03-{:02}T08:09:10Z", 1 + salt % 28)),
            Some("uuid") => json!(format!("00000000-0000-4000-8000-{salt:012}")),
            _ => {
                let least = schema["minLength"].as_u64().unwrap_or(0) as usize;
                let most = schema["maxLength"].as_u64().unwrap_or(40) as usize;
                let text: String =
                    format!("text {salt}").chars().chain(std::iter::repeat('x')).take(least.max(6)).collect();
                json!(text.chars().take(most).collect::<String>())
            }
        })
    }

    fn array(&self, schema: &Value, salt: usize, depth: usize) -> Option<Value> {
        let least = schema["minItems"].as_u64().unwrap_or(0) as usize;
        let most = schema["maxItems"].as_u64().unwrap_or(3) as usize;
        let count = if depth > DEPTH { least } else { least.max(1 + salt % 2).min(most) };
        let items: Vec<Option<Value>> =
            (0..count).map(|index| self.value(&schema["items"], salt + index, depth + 1)).collect();
        match items.into_iter().collect::<Option<Vec<Value>>>() {
            None if least == 0 => Some(json!([])),
            items => items.map(Value::Array),
        }
    }

    fn object(&self, schema: &Value, salt: usize, depth: usize) -> Option<Value> {
        let properties = schema["properties"].as_object();
        if properties.is_none_or(Map::is_empty) {
            return self.map(schema, salt, depth);
        }
        self.fields(schema, salt, depth).map(Value::Object)
    }

    fn fields(&self, schema: &Value, salt: usize, depth: usize) -> Option<Map<String, Value>> {
        let mut object = Map::new();
        for (index, (name, property)) in schema["properties"].as_object().into_iter().flatten().enumerate() {
            let is_required = schema["required"].as_array().is_some_and(|list| list.iter().any(|known| known == name));
            if !is_required && (depth > DEPTH || (salt + index).is_multiple_of(3)) {
                continue;
            }
            match self.value(property, salt + index, depth + 1) {
                Some(value) => drop(object.insert(name.clone(), value)),
                None if is_required => return None,
                None => {}
            }
        }
        Some(object)
    }

    /// The parts that are merged here have no field in common.
    fn merged(&self, parts: &[Value], own: &Value, salt: usize, depth: usize) -> Option<Value> {
        let mut object = self.fields(own, salt, depth)?;
        for part in parts {
            match self.value(part, salt - salt % 3, depth + 1)? {
                Value::Object(fields) => object.extend(fields),
                _ => return None,
            }
        }
        Some(Value::Object(object))
    }

    fn map(&self, schema: &Value, salt: usize, depth: usize) -> Option<Value> {
        let least = schema["minProperties"].as_u64().unwrap_or(0) as usize;
        let most = schema["maxProperties"].as_u64().unwrap_or(2) as usize;
        let any = json!({});
        let values = if schema["additionalProperties"].is_object() { &schema["additionalProperties"] } else { &any };
        let count = if depth > DEPTH { least } else { least.max(1).min(most) };
        let mut object = Map::new();
        for index in 0..count {
            match self.value(values, salt + index, depth + 1) {
                Some(value) => drop(object.insert(format!("key {index}"), value)),
                None if least == 0 => return Some(json!({})),
                None => return None,
            }
        }
        Some(Value::Object(object))
    }
}

/// The minimum and maximum integer within the limits.
fn integer(schema: &Value, salt: usize) -> Option<Value> {
    let range = match schema["format"].as_str() {
        Some("int8") => (i8::MIN.into(), i8::MAX.into()),
        Some("int32") => (i32::MIN.into(), i32::MAX.into()),
        Some("uint32") => (0, u32::MAX.into()),
        Some("uint64" | "uint128") => (0, i64::MAX),
        _ => (i64::MIN, i64::MAX),
    };
    let bound = |key: &str, exclusive: &str| {
        schema[key].as_i64().map(|value| (i128::from(value), i128::from(schema[exclusive] == true)))
    };
    let least = bound("minimum", "exclusiveMinimum").map_or(range.0.into(), |(value, step)| value + step);
    let most = bound("maximum", "exclusiveMaximum").map_or(range.1.into(), |(value, step)| value - step);
    let wanted = i128::try_from(7 + salt).ok()?.clamp(least.max(range.0.into()), most.min(range.1.into()).max(least));
    let step = schema["multipleOf"].as_i64().map_or(1, i128::from);
    let wanted = wanted.div_euclid(step) * step;
    let wanted = if wanted < least { wanted + step } else { wanted };
    let fits = least <= wanted && wanted <= most;
    fits.then(|| i64::try_from(wanted).ok()).flatten().map(Value::from)
}

fn number(schema: &Value, salt: usize) -> Option<Value> {
    let least = schema["minimum"].as_f64().unwrap_or(f64::MIN);
    let most = schema["maximum"].as_f64().unwrap_or(f64::MAX);
    let wanted = (salt as f64 + 0.5).clamp(least, most.max(least));
    let is_bound = |bound: f64, exclusive: &str| wanted == bound && schema[exclusive] == true;
    let wanted = if is_bound(least, "exclusiveMinimum") || is_bound(most, "exclusiveMaximum") {
        least / 2.0 + most / 2.0
    } else {
        wanted
    };
    (!is_bound(least, "exclusiveMinimum") || least < wanted).then(|| json!(wanted)).filter(|value| !value.is_null())
}
