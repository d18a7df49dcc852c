//! Conversions from and to values.

use serde_core::ser::Error as _;

use crate::runtime::model::value::{JsonObject, Value};

macro_rules! displayed {
    ($($name:ty),*) => {$(
        impl From<$name> for Value {
            #[inline]
            fn from(value: $name) -> Value {
                Value(value.to_string().into())
            }
        }
    )*};
}

displayed!(bool, i32, i64, i128, u32, u64, u128, usize);

/// Converts `json!(…)`, and other values of serde_json.
impl From<serde_json::Value> for Value {
    #[inline]
    fn from(value: serde_json::Value) -> Value {
        Value(value.to_string().into())
    }
}

impl From<&serde_json::Value> for Value {
    #[inline]
    fn from(value: &serde_json::Value) -> Value {
        Value(value.to_string().into())
    }
}

impl From<&str> for Value {
    #[inline]
    fn from(text: &str) -> Value {
        serde_json::Value::from(text).into()
    }
}

impl From<String> for Value {
    #[inline]
    fn from(text: String) -> Value {
        serde_json::Value::from(text).into()
    }
}

impl From<&String> for Value {
    #[inline]
    fn from(text: &String) -> Value {
        Value::from(text.as_str())
    }
}

/// Converts `None` to `null`.
impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or_else(Value::null, Into::into)
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(items: Vec<T>) -> Value {
        items.into_iter().collect()
    }
}

impl<T: Into<Value>, const N: usize> From<[T; N]> for Value {
    fn from(items: [T; N]) -> Value {
        items.into_iter().collect()
    }
}

/// Collects a list.
impl<T: Into<Value>> FromIterator<T> for Value {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Value {
        let mut text = String::from("[");
        for item in items {
            if text.len() > 1 {
                text.push(',');
            }
            text.push_str(item.into().as_json());
        }
        text.push(']');
        Value(text.into())
    }
}

impl From<JsonObject> for Value {
    #[inline]
    fn from(object: JsonObject) -> Value {
        Value(object.into_json().into())
    }
}

/// Fails for numbers that JSON does not have: NaN and the infinities.
impl TryFrom<f64> for Value {
    type Error = serde_json::Error;

    #[inline]
    fn try_from(number: f64) -> Result<Value, serde_json::Error> {
        let number = serde_json::Number::from_f64(number)
            .ok_or_else(|| serde_json::Error::custom(format_args!("{number} is not a number in JSON")))?;
        Ok(Value(number.to_string().into()))
    }
}

/// Converts as [`parse`](Value::parse) does.
impl TryFrom<Value> for serde_json::Value {
    type Error = serde_json::Error;

    #[inline]
    fn try_from(value: Value) -> Result<serde_json::Value, serde_json::Error> {
        value.0.parse()
    }
}

/// Converts as [`parse`](Value::parse) does.
impl TryFrom<&Value> for serde_json::Value {
    type Error = serde_json::Error;

    #[inline]
    fn try_from(value: &Value) -> Result<serde_json::Value, serde_json::Error> {
        value.0.parse()
    }
}
