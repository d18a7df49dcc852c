//! Random enums, strings and numbers, with limits.

use serde_json::{Value, json};

use crate::combinations::schemas::Maker;
use crate::combinations::words::{Scope, prose};

impl Maker {
    /// Returns an enum, and whether it has a single value.
    pub(crate) fn enumeration(&mut self, nullable: bool) -> (Value, bool) {
        let mut scope = Scope::default();
        let count = self.random.pick(&[1, 2, 3, 5]);
        let mut values: Vec<Value> =
            (0..count).map(|_| json!(self.daring.member(&mut self.random, &mut scope))).collect();
        let mut schema = json!({ "type": "string" });
        if self.random.percent(20) {
            values.extend(["", "a,b", "é", "-"].map(|value| json!(value)));
            let mut names: Vec<String> = (0..count).map(|index| format!("VALUE_{index}")).collect();
            names.extend(["EMPTY", "COMMA", "ACCENT", "MINUS"].map(str::to_owned));
            let texts: Vec<&str> = values.iter().map(|_| prose(&mut self.random)).collect();
            schema["x-enum-descriptions"] = json!(texts);
            schema["x-enum-varnames"] = json!(names);
        } else if nullable && self.random.percent(50) {
            values.push(Value::Null);
        }
        schema["enum"] = Value::Array(values);
        let is_constant = schema["enum"].as_array().is_some_and(|values| values.len() == 1);
        (schema, is_constant)
    }

    pub(crate) fn scalar(&mut self) -> Value {
        match self.random.below(10) {
            0..3 => self.text(),
            3..6 => self.integer(),
            6 => self.number(),
            7 => json!({ "type": "boolean" }),
            8 => json!({ "type": "string", "format": self.random.pick(&["date", "date-time"]) }),
            _ => json!({ "type": "string", "format": "uuid" }),
        }
    }

    fn text(&mut self) -> Value {
        let mut schema = json!({ "type": "string" });
        self.count(&mut schema, "minLength", "maxLength");
        if self.random.percent(20) {
            schema["format"] = json!(self.random.pick(&["password", "email", "uri", "byte", "byte"]));
        }
        schema
    }

    fn integer(&mut self) -> Value {
        let format =
            self.random.pick(&["", "", "", "int32", "int32", "int64", "uint32", "uint64", "int8", "int128", "uint128"]);
        let mut schema = json!({ "type": "integer" });
        if !format.is_empty() {
            schema["format"] = json!(format);
        }
        let ends: &[i64] = match format {
            "int8" => &[-5, 0, 1, 10, 100],
            "int32" => &[i32::MIN as i64, -1, 0, 1, 10, i32::MAX as i64],
            "uint32" | "uint64" | "uint128" => &[0, 1, 10, 1000, u32::MAX as i64],
            _ => &[i64::MIN, -5, 0, 1, 10, 1000, i64::MAX],
        };
        let first = self.random.below(ends.len());
        let last = self.random.between(first, ends.len() - 1);
        self.bounds(&mut schema, json!(ends[first]), json!(ends[last]), first < last);
        if self.random.percent(5) && schema.get("minimum").is_none() && schema.get("maximum").is_none() {
            schema["multipleOf"] = json!(5);
        }
        schema
    }

    fn number(&mut self) -> Value {
        let mut schema = json!({ "type": "number" });
        if self.random.percent(40) {
            schema["format"] = json!(self.random.pick(&["float", "double"]));
        }
        let ends = [-1e300, -1.5, 0.0, 0.1, 1.0, 100.0, 1e16];
        let first = self.random.below(ends.len());
        let last = self.random.between(first, ends.len() - 1);
        self.bounds(&mut schema, json!(ends[first]), json!(ends[last]), first < last);
        schema
    }

    fn bounds(&mut self, schema: &mut Value, least: Value, most: Value, may_exclude: bool) {
        if self.daring.hazards && self.random.percent(2) {
            // There is no value between the two.
            schema["minimum"] = least.clone();
            schema["maximum"] = least;
            schema["exclusiveMaximum"] = json!(true);
            return;
        }
        for (key, exclusive, value) in [("minimum", "exclusiveMinimum", least), ("maximum", "exclusiveMaximum", most)] {
            if self.random.percent(30) {
                schema[key] = value;
                // Not both, so that a value remains.
                if may_exclude && schema.get("exclusiveMinimum").is_none() && self.random.percent(30) {
                    schema[exclusive] = json!(true);
                }
            }
        }
    }

    /// Adds limits of a length or a number of items.
    pub(crate) fn count(&mut self, schema: &mut Value, least: &str, most: &str) {
        let minimum = self.random.pick(&[0, 0, 1, 2]);
        if self.random.percent(25) {
            schema[least] = json!(minimum);
        }
        if self.random.percent(25) {
            schema[most] = json!(minimum + self.random.pick(&[0, 1, 3, 100]));
        }
    }
}
