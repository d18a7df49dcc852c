//! Conversion between models and JSON.
//!
//! A model file declares a plain type and passes a table to one of five macros: `object!` for structs, `string_enum!`
//! and `integer_enum!` for enums of one kind of value, `union!` for enums of several types, `scalar!` for values with a
//! type of their own. The expansion of the macros is small, because the functions here do the work.

// An API need not have objects, enums, scalars, dates or timestamps, but every generated crate contains the code for
// them. Therefore the `allow`s are here, and nowhere else.
mod base64;
pub(crate) mod civil;
mod date;
#[allow(dead_code, reason = "an API need not have objects")]
pub(crate) mod extra;
#[allow(dead_code, unused_imports, unused_macros, reason = "an API need not have enums of integers")]
pub(crate) mod integer_enum;
#[cfg(feature = "jiff")]
mod jiff;
mod nullable;
#[allow(dead_code, reason = "an API need not have numbers")]
mod number;
#[allow(dead_code, unused_imports, unused_macros, reason = "an API need not have objects")]
pub(crate) mod object;
#[allow(dead_code, reason = "an API need not have objects with fields of a type and without a name")]
pub(crate) mod others;
mod parse_error;
#[allow(dead_code, unused_imports, unused_macros, reason = "an API need not have objects")]
pub(crate) mod part;
#[allow(dead_code, unused_imports, unused_macros, reason = "an API need not have scalars with names")]
pub(crate) mod scalar;
#[allow(dead_code, unused_imports, unused_macros, reason = "an API need not have enums")]
pub(crate) mod string_enum;
pub(crate) mod surrogates;
mod timestamp;
#[allow(dead_code, unused_imports, unused_macros, reason = "an API need not have unions")]
pub(crate) mod union;
#[allow(dead_code, reason = "an API need not have unions")]
mod unknown;
#[allow(dead_code, reason = "an API need not have objects")]
mod value;

pub use crate::runtime::model::base64::Base64;
pub use crate::runtime::model::date::Date;
pub use crate::runtime::model::extra::Extra;
#[allow(unused_imports, reason = "an API need not have enums of integers")]
pub(crate) use crate::runtime::model::integer_enum::integer_enum;
pub use crate::runtime::model::nullable::Nullable;
#[allow(unused_imports, reason = "an API need not have objects")]
pub(crate) use crate::runtime::model::object::object;
pub use crate::runtime::model::parse_error::ParseError;
#[allow(unused_imports, reason = "an API need not have scalars with names")]
pub(crate) use crate::runtime::model::scalar::scalar;
pub use crate::runtime::model::string_enum::Unrecognized;
#[allow(unused_imports, reason = "an API need not have enums")]
pub(crate) use crate::runtime::model::string_enum::string_enum;
pub use crate::runtime::model::timestamp::Timestamp;
#[allow(unused_imports, reason = "an API need not have unions")]
pub(crate) use crate::runtime::model::union::union;
pub use crate::runtime::model::value::{JsonObject, Value};
