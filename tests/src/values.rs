//! Random values of a schema, the same for the same seed.

use datadog_org_groups::Timestamp;
use datadog_org_groups::uuid::Uuid;
use serde_json::{Value, json};

use crate::schemas::{Shape, Spec};

/// A source of numbers (splitmix64), and of values.
pub struct Random {
    state: u64,
    /// Whether fields, texts of enums and times may differ from the description.
    goes_beyond: bool,
}

impl Random {
    /// Creates values that the models must keep, whether the description has them or not.
    pub fn lenient(seed: u64) -> Self {
        Self { state: seed, goes_beyond: true }
    }

    /// Creates values of the description.
    pub fn strict(seed: u64) -> Self {
        Self { state: seed, goes_beyond: false }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn one_in(&mut self, number: u64) -> bool {
        self.below(number) == 0
    }

    /// Returns a value of a schema, in the form in which it is written.
    pub fn value(&mut self, spec: &Spec, schema: &Value) -> Value {
        if spec.is_nullable(schema) && self.one_in(4) {
            return Value::Null;
        }
        match spec.shape(schema) {
            Shape::Object { properties, required } => {
                let mut object = serde_json::Map::new();
                for (name, schema) in properties {
                    if required.contains(&name) || !self.one_in(3) {
                        let value = self.value(spec, schema);
                        let is_none = value.is_null() && !spec.is_nullable(schema) && !required.contains(&name);
                        if !is_none {
                            object.insert(name.to_owned(), value);
                        }
                    }
                }
                let unknown = if self.goes_beyond { self.below(8).saturating_sub(5) } else { 0 };
                for _ in 0..unknown {
                    object.insert(format!("-{}", self.text()), self.any(3));
                }
                Value::Object(object)
            }
            Shape::Array(items) => (0..self.below(4)).map(|_| self.value(spec, items)).collect(),
            Shape::Enum(values) if !self.goes_beyond || !self.one_in(4) => {
                json!(values[self.below(values.len() as u64) as usize])
            }
            Shape::Enum(_) | Shape::Text => json!(self.text()),
            Shape::Uuid => json!(Uuid::from_u64_pair(self.next(), self.next())),
            Shape::Time => json!(self.time().to_string()),
            Shape::Integer => json!(self.integer()),
            Shape::Number(least, most) => json!(self.number(least, most)),
            Shape::Any => self.any(3),
        }
    }

    fn any(&mut self, depth: u64) -> Value {
        match self.below(if depth == 0 { 6 } else { 8 }) {
            0 => Value::Null,
            1 => json!(self.one_in(2)),
            2 => json!(self.integer()),
            3 => json!(self.next()),
            4 => json!(self.float()),
            5 => json!(self.text()),
            6 => (0..self.below(4)).map(|_| self.any(depth - 1)).collect(),
            _ => (0..self.below(4)).map(|_| (self.text(), self.any(depth - 1))).collect(),
        }
    }

    /// Returns a number of any size, often a small one or one at the end of the range.
    fn integer(&mut self) -> i64 {
        match self.below(6) {
            0 => i64::MAX,
            1 => i64::MIN,
            _ => {
                let bits = self.below(64);
                self.next() as i64 >> bits
            }
        }
    }

    fn float(&mut self) -> f64 {
        let float = f64::from_bits(self.next());
        if float.is_finite() { float } else { 0.1 }
    }

    /// The server checks limits, so other values are read too.
    fn number(&mut self, least: Option<f64>, most: Option<f64>) -> f64 {
        match (least, most) {
            (Some(least), Some(most)) if !self.goes_beyond || !self.one_in(4) => {
                least + (most - least) * (self.below(1 << 20) as f64 / f64::from(1 << 20))
            }
            _ => self.float(),
        }
    }

    fn text(&mut self) -> String {
        const TEXTS: [&str; 8] = ["", "a", "\"", "\\", "\n\u{0}", "é", "\u{1f980}", "\u{2028}/"];
        (0..self.below(6)).map(|_| TEXTS[self.below(8) as usize]).collect()
    }

    fn time(&mut self) -> Timestamp {
        const YEAR_1: i64 = -62_135_596_800;
        let first = if self.goes_beyond { Timestamp::MIN.as_second() } else { YEAR_1 };
        let last = Timestamp::MAX.as_second();
        let second = match self.below(8) {
            0 => first,
            1 => last,
            _ => first + self.below((last - first) as u64) as i64,
        };
        let nanos = [0, 1, 500_000_000, 999_999_999, 120_000][self.below(5) as usize];
        Timestamp::new(second, nanos).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}
