//! Comparison of values, with one another and with the types that convert to them.

use std::hash::{Hash, Hasher};

use crate::runtime::model::value::same::normal;
use crate::runtime::model::value::{JsonObject, Value};

/// Whether two JSON texts are the same value.
#[inline]
fn is_same(one: &str, other: &str) -> bool {
    one == other || normal(one) == normal(other)
}

impl PartialEq for Value {
    #[inline]
    fn eq(&self, other: &Value) -> bool {
        is_same(&self.0, &other.0)
    }
}

impl Eq for Value {}

impl Hash for Value {
    fn hash<H: Hasher>(&self, state: &mut H) {
        normal(&self.0).hash(state);
    }
}

impl PartialEq for JsonObject {
    #[inline]
    fn eq(&self, other: &JsonObject) -> bool {
        is_same(self.as_json(), other.as_json())
    }
}

impl Eq for JsonObject {}

impl Hash for JsonObject {
    fn hash<H: Hasher>(&self, state: &mut H) {
        normal(self.as_json()).hash(state);
    }
}

impl PartialEq<str> for Value {
    #[inline]
    fn eq(&self, other: &str) -> bool {
        self.as_str().is_some_and(|text| text == other)
    }
}

impl PartialEq<&str> for Value {
    #[inline]
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

impl PartialEq<String> for Value {
    #[inline]
    fn eq(&self, other: &String) -> bool {
        self == other.as_str()
    }
}

macro_rules! displayed {
    ($($name:ty),*) => {$(
        impl PartialEq<$name> for Value {
            #[inline]
            fn eq(&self, other: &$name) -> bool {
                is_same(&self.0, &other.to_string())
            }
        }

        impl PartialEq<Value> for $name {
            #[inline]
            fn eq(&self, other: &Value) -> bool {
                other == self
            }
        }
    )*};
}

displayed!(bool, i32, i64, u32, u64, serde_json::Value);
