//! Numbers at every position in a model.

use std::collections::BTreeMap;

use crate::runtime::model::part::{Read, Written};
use crate::runtime::model::{Extra, Nullable, object, scalar};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Count(i64);
scalar!(Count(i64));

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Size(u64);
scalar!(Size(u64));

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Widest(u128);
scalar!(Widest(u128));

#[derive(Clone, Copy, PartialEq, PartialOrd)]
struct Ratio(f64);
scalar!(Ratio(f64));

#[derive(Clone, Debug, PartialEq)]
struct Integers {
    field: i64,
    narrow: Option<i32>,
    positive: Option<u32>,
    wide: Option<u64>,
    nullable: Nullable<i64>,
    required: Option<i64>,
    named: Option<Count>,
    named_wide: Option<Size>,
    list: Option<Vec<i64>>,
    lists: Option<Vec<Vec<Option<u64>>>>,
    map: Option<BTreeMap<String, i64>>,
    maps: Option<BTreeMap<String, Vec<Count>>>,
    widest: Option<i128>,
    widest_nullable: Nullable<u128>,
    widest_named: Option<Widest>,
    widest_map: Option<BTreeMap<String, Vec<Option<i128>>>>,
    extra: Extra,
}
object! {
    Integers {
        field: required "field",
        narrow: optional "narrow",
        positive: optional "positive",
        wide: optional "wide",
        nullable: nullable "nullable",
        required: required "required",
        named: optional "named",
        named_wide: optional "named_wide",
        list: optional "list",
        lists: optional "lists",
        map: optional "map",
        maps: optional "maps",
        widest: optional "widest",
        widest_nullable: nullable "widest_nullable",
        widest_named: optional "widest_named",
        widest_map: optional "widest_map",
    }
}

/// An object with this text at each position, and with the text that is written for it.
fn everywhere(number: &str) -> String {
    format!(
        concat!(
            r#"{{"field":{0},"narrow":{0},"positive":{0},"wide":{0},"nullable":{0},"required":{0},"named":{0},"#,
            r#""named_wide":{0},"list":[{0},{0}],"lists":[[{0},null],[]],"map":{{"a":{0}}},"maps":{{"a":[{0}]}},"#,
            r#""widest":{0},"widest_nullable":{0},"widest_named":{0},"widest_map":{{"a":[{0},null]}}}}"#
        ),
        number
    )
}

#[test]
fn integers_may_be_written_as_fractions() {
    for (spelled, number) in [
        ("30", "30"),
        ("30.0", "30"),
        ("30.000", "30"),
        ("3e1", "30"),
        ("3E1", "30"),
        ("3e+1", "30"),
        ("1E+2", "100"),
        ("300e-1", "30"),
        ("1.5e1", "15"),
        ("-0", "0"),
        ("-0.0", "0"),
        ("0e0", "0"),
        ("2.147483647e9", "2147483647"),
    ] {
        let text = everywhere(spelled);
        let read: Integers = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(serde_json::to_string(&read).unwrap(), everywhere(number));
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(serde_json::from_value::<Integers>(value).unwrap(), read);
    }
    let large: Count = serde_json::from_str("9.007199254740991e15").unwrap();
    assert_eq!(large.get(), 9_007_199_254_740_991);
    assert_eq!(serde_json::from_str::<Count>("-9007199254740991.0").unwrap().get(), -9_007_199_254_740_991);
}

#[test]
fn other_numbers_are_rejected_as_integers() {
    for text in ["30.5", "1e-1", "-0.1", "1e300", "9007199254740992.0", "9007199254740993.0", "1e18", "\"30\"", "true"]
    {
        assert!(serde_json::from_str::<Count>(text).is_err(), "{text}");
        let text = format!(r#"{{"field":1,"required":null,"maps":{{"a":[1,{text}]}}}}"#);
        let error = serde_json::from_str::<Integers>(&text).unwrap_err().to_string();
        assert!(error.contains("expected i64"), "{error}");
    }
}

#[test]
fn integers_are_read_up_to_the_bounds_of_their_types() {
    for text in ["9223372036854775807", "9223372036854775808", "18446744073709551615", "0"] {
        let size: Size = serde_json::from_str(text).unwrap();
        assert_eq!((size.to_string(), serde_json::to_string(&size).unwrap()), (text.to_owned(), text.to_owned()));
    }
    for text in ["-1", "18446744073709551616", "-0.5"] {
        assert!(serde_json::from_str::<Size>(text).is_err(), "{text}");
    }
    for (field, text) in [("narrow", "2147483648"), ("positive", "4294967296"), ("positive", "-1"), ("wide", "-1")] {
        let text = format!(r#"{{"field":1,"required":null,"{field}":{text}}}"#);
        assert!(serde_json::from_str::<Integers>(&text).unwrap_err().to_string().contains("invalid value"), "{text}");
    }
    assert!(serde_json::from_str::<Count>("9223372036854775808").is_err());
    assert_eq!(serde_json::from_str::<Count>("-9223372036854775808").unwrap().get(), i64::MIN);
}

#[test]
fn integers_of_128_bits_keep_every_digit() {
    for text in ["18446744073709551615", "18446744073709551616", "340282366920938463463374607431768211455"] {
        let widest: Widest = serde_json::from_str(text).unwrap();
        assert_eq!((widest.to_string(), serde_json::to_string(&widest).unwrap()), (text.to_owned(), text.to_owned()));
        assert_eq!(serde_json::from_slice::<Widest>(format!(" {text}\n").as_bytes()).unwrap(), widest);
        assert_eq!(serde_json::from_reader::<_, Widest>(text.as_bytes()).unwrap(), widest);
    }
    for text in ["-170141183460469231731687303715884105728", "170141183460469231731687303715884105727"] {
        let json = format!(r#"{{"field":1,"required":null,"widest":{text},"widest_map":{{"a":[{text},null]}}}}"#);
        let read: Integers = serde_json::from_str(&json).unwrap();
        assert_eq!((read.widest, serde_json::to_string(&read).unwrap()), (text.parse().ok(), json));
    }
    let wide: Read<i128> = serde_json::from_value(serde_json::json!(u64::MAX)).unwrap();
    assert_eq!(wide.0, i128::from(u64::MAX));
}

#[test]
fn other_values_are_rejected_as_integers_of_128_bits() {
    let error = |json: &str| serde_json::from_str::<Read<i128>>(json).map(|read| read.0).unwrap_err().to_string();
    for (json, wanted) in [
        ("170141183460469231731687303715884105728", "invalid value: integer `170141183460469231731687303715884105728`"),
        ("-170141183460469231731687303715884105729", "invalid value: integer `-17014118346046923173168730371588410572"),
        ("30.5", "invalid type: number `30.5`"),
        ("1e300", "invalid type: number `1e300`"),
        ("9007199254740993.0", "invalid type: number `9007199254740993.0`"),
        ("\"30\"", "invalid type: string \"30\""),
        ("true", "invalid type: boolean `true`"),
        ("null", "invalid type: null"),
        ("[1]", "invalid type: sequence"),
        ("{}", "invalid type: map"),
    ] {
        assert!(error(json).starts_with(wanted) && error(json).contains("expected i128"), "{}", error(json));
    }
    for json in ["-1", "340282366920938463463374607431768211456", "-0.5"] {
        let error = serde_json::from_str::<Widest>(json).unwrap_err().to_string();
        assert!(error.contains("expected u128"), "{error}");
    }
    for json in ["", "-", "01", "1 2"] {
        assert!(serde_json::from_str::<Widest>(json).is_err(), "{json}");
    }
    assert!(serde_json::from_value::<Read<u128>>(serde_json::json!(1.5e30)).is_err());
}

/// A format that is not JSON, with one integer.
#[test]
fn integers_of_128_bits_are_read_from_other_formats() {
    use serde::de::IntoDeserializer;
    use serde::de::value::{Error, I128Deserializer, U64Deserializer, U128Deserializer};

    struct Newtype<D>(D);
    impl<'de, D: serde::Deserializer<'de, Error = Error>> serde::Deserializer<'de> for Newtype<D> {
        type Error = Error;

        fn deserialize_any<V: serde::de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.0.deserialize_any(visitor)
        }

        fn deserialize_newtype_struct<V: serde::de::Visitor<'de>>(
            self,
            _: &'static str,
            visitor: V,
        ) -> Result<V::Value, Error> {
            visitor.visit_newtype_struct(self.0)
        }

        serde::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
            seq tuple tuple_struct map struct enum identifier ignored_any
        }
    }

    let least: I128Deserializer<Error> = i128::MIN.into_deserializer();
    assert_eq!(<Read<i128> as serde::Deserialize>::deserialize(Newtype(least)).unwrap().0, i128::MIN);
    let most: U128Deserializer<Error> = u128::MAX.into_deserializer();
    assert_eq!(<Read<u128> as serde::Deserialize>::deserialize(Newtype(most)).unwrap().0, u128::MAX);
    let most: U128Deserializer<Error> = u128::MAX.into_deserializer();
    assert!(<Read<i128> as serde::Deserialize>::deserialize(Newtype(most)).is_err());
    let narrow: U64Deserializer<Error> = u64::MAX.into_deserializer();
    assert_eq!(<Read<i128> as serde::Deserialize>::deserialize(Newtype(narrow)).unwrap().0, i128::from(u64::MAX));
}

#[test]
fn lists_of_numbers_alone_follow_the_same_rules() {
    let Read(list) = serde_json::from_str::<Read<Vec<i64>>>("[1,2.0,3e0]").unwrap();
    assert_eq!(list, [1, 2, 3]);
    assert!(serde_json::to_string(&Written(&vec![1.0, f64::NAN])).is_err());
}

#[derive(Clone, Debug, PartialEq)]
struct Numbers {
    field: f64,
    optional: Option<f64>,
    nullable: Nullable<Ratio>,
    list: Vec<f64>,
    lists: Vec<Vec<Option<f64>>>,
    map: BTreeMap<String, f64>,
    inner: Option<Box<Numbers>>,
    extra: Extra,
}
object! {
    Numbers {
        field: required "field",
        optional: optional "optional",
        nullable: nullable "nullable",
        list: required "list",
        lists: required "lists",
        map: required "map",
        inner: optional "inner",
    }
}

#[test]
fn nan_and_infinities_are_not_written() {
    let good: Numbers =
        serde_json::from_str(r#"{"field":1.5,"list":[1.0],"lists":[],"map":{},"optional":0.25}"#).unwrap();
    assert!(serde_json::to_string(&good).is_ok());
    for wrong in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let changes: [fn(&mut Numbers, f64); 7] = [
            |numbers, wrong| numbers.field = wrong,
            |numbers, wrong| numbers.optional = Some(wrong),
            |numbers, wrong| numbers.nullable = Ratio::new(wrong).into(),
            |numbers, wrong| numbers.list.push(wrong),
            |numbers, wrong| numbers.lists.push(vec![None, Some(wrong)]),
            |numbers, wrong| numbers.map.extend([("a".to_owned(), wrong)]),
            |numbers, wrong| numbers.inner = Some(Box::new(Numbers { field: wrong, ..numbers.clone() })),
        ];
        for change in changes {
            let mut numbers = good.clone();
            change(&mut numbers, wrong);
            let error = serde_json::to_string(&numbers).unwrap_err().to_string();
            assert!(error.ends_with(" is not a number in JSON"), "{error}");
            assert!(serde_json::to_value(&numbers).is_err());
        }
    }
    assert!(serde_json::to_string(&Ratio::new(f64::NAN)).is_err());
}
