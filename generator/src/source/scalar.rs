//! The meaning of a plain scalar: the YAML 1.2 core schema (10.3.2 of the YAML specification).

use crate::integer::Integer;
use crate::source::Value;

/// A scalar of the core schema that is not valid in a spec.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// `.nan` and `.inf`, which JSON does not have.
    NotFinite,
    /// A number beyond `f64`, or an integer in hexadecimal or octal digits that does not fit in `u64`.
    OutOfRange,
}

/// Returns the value of a scalar, or `None` if it is a string.
pub(super) fn resolve(text: &str) -> Result<Option<Value>, Refused> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Ok(Some(Value::Null)),
        "true" | "True" | "TRUE" => return Ok(Some(Value::Bool(true))),
        "false" | "False" | "FALSE" => return Ok(Some(Value::Bool(false))),
        ".nan" | ".NaN" | ".NAN" => return Err(Refused::NotFinite),
        _ => {}
    }
    if !text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '.' | '-' | '+')) {
        return Ok(None);
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") {
        return Err(Refused::NotFinite);
    }
    if is_all(unsigned, |byte| byte.is_ascii_digit()) {
        return integer(text, 10).map(Some);
    }
    if let Some(digits) = text.strip_prefix("0o").filter(|digits| is_all(digits, |byte| matches!(byte, b'0'..=b'7'))) {
        return integer(digits, 8).map(Some);
    }
    if let Some(digits) = text.strip_prefix("0x").filter(|digits| is_all(digits, |byte| byte.is_ascii_hexdigit())) {
        return integer(digits, 16).map(Some);
    }
    if is_fraction(unsigned) {
        return match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Some(Value::Float(number))),
            _ => Err(Refused::OutOfRange),
        };
    }
    Ok(None)
}

fn integer(digits: &str, radix: u32) -> Result<Value, Refused> {
    let integer = match radix {
        10 => digits.parse::<Integer>().ok(),
        _ => u64::from_str_radix(digits, radix).ok().map(Integer::from),
    };
    integer
        .map(Value::Integer)
        .or_else(|| {
            // JSON only has numbers, not integers: the nearest one.
            let number = digits.parse().ok().filter(|number: &f64| radix == 10 && number.is_finite())?;
            Some(Value::Float(number))
        })
        .ok_or(Refused::OutOfRange)
}

/// `( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
fn is_fraction(unsigned: &str) -> bool {
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['-', '+']).unwrap_or(exponent))),
        None => (unsigned, None),
    };
    let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    are_digits(whole)
        && are_digits(decimals)
        && !(whole.is_empty() && decimals.is_empty())
        && exponent.is_none_or(|exponent| is_all(exponent, |byte| byte.is_ascii_digit()))
}

fn is_all(text: &str, test: impl Fn(u8) -> bool) -> bool {
    !text.is_empty() && text.bytes().all(test)
}

#[cfg(test)]
mod tests {
    use super::{Refused, resolve};
    use crate::source::Value;

    #[test]
    fn resolves_by_the_core_schema() {
        for text in ["no", "yes", "on", "off", "y", "nUll", "1_000", "3.0.3", "0b1", "-", ".", "e3", "1e", "+-1", "0x"]
        {
            assert_eq!(resolve(text), Ok(None), "{text}");
        }
        for text in ["2024-01-01", "12:30", "-.", "inf", "nan", "infinity", "- 1", "１"] {
            assert_eq!(resolve(text), Ok(None), "{text}");
        }
        for (text, number) in [("0", 0), ("-12", -12), ("+7", 7), ("007", 7), ("0o17", 15), ("0xfF", 255)] {
            assert_eq!(resolve(text), Ok(Some(Value::Integer(number.into()))), "{text}");
        }
        for (text, number) in [("1e3", 1e3), ("1.", 1.0), (".5", 0.5), ("-1.5E-2", -0.015), ("+0.1", 0.1)] {
            assert_eq!(resolve(text), Ok(Some(Value::Float(number))), "{text}");
        }
        assert_eq!(resolve("True"), Ok(Some(Value::Bool(true))));
        assert_eq!(resolve("~"), Ok(Some(Value::Null)));
    }

    #[test]
    fn refuses_numbers_beyond_128_bits_or_json() {
        assert_eq!(resolve("18446744073709551615"), Ok(Some(Value::Integer(u64::MAX.into()))));
        assert_eq!(resolve("-9223372036854775808"), Ok(Some(Value::Integer(i64::MIN.into()))));
        assert_eq!(resolve("340282366920938463463374607431768211455"), Ok(Some(Value::Integer(u128::MAX.into()))));
        assert_eq!(resolve("-170141183460469231731687303715884105728"), Ok(Some(Value::Integer(i128::MIN.into()))));
        for (text, number) in [
            ("340282366920938463463374607431768211456", 340282366920938463463374607431768211456.0),
            ("-170141183460469231731687303715884105729", -170141183460469231731687303715884105728.0),
        ] {
            assert_eq!(resolve(text), Ok(Some(Value::Float(number))), "{text}");
        }
        for text in ["0x10000000000000000", "1e999", &"9".repeat(400)] {
            assert_eq!(resolve(text), Err(Refused::OutOfRange), "{text}");
        }
        for text in [".nan", "-.inf", "+.INF"] {
            assert_eq!(resolve(text), Err(Refused::NotFinite), "{text}");
        }
    }
}
