//! Enums of several types: a value is one of them, told by evidence.

mod decide;
pub(crate) mod nesting;

use std::borrow::Cow;

use serde::de::Deserializer;

use crate::runtime::model::Value;
use crate::runtime::model::part::Part;
use crate::runtime::model::surrogates;
use crate::runtime::model::unknown;
use crate::runtime::model::value::raw;

use decide::Choice;
pub(crate) use decide::{Field, Variant, kind};

/// What [`union!`] gives to an enum; [`read()`] makes the rest of it.
pub(crate) trait Union: Sized {
    /// The property of objects whose text tells the variant, if there is one.
    const TAG: Option<&'static str>;

    /// What tells the variants from one another, in the order of the API's description.
    const VARIANTS: &'static [Variant];

    /// Reads the variant of this number; `None` if the text is not a value of it.
    fn read(index: usize, json: &str) -> Option<Self>;

    /// What is none of the variants.
    fn unrecognized(value: Value) -> Self;
}

/// Reads a union. Whatever JSON comes is a value of it: what fits no variant is kept as it is.
pub(crate) fn read<'de, T: Union, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let json = raw::borrow(deserializer)?;
    Ok(decode(&json).unwrap_or_else(|| {
        unknown::tell();
        T::unrecognized(Value::of_text(json))
    }))
}

/// Reads the first variant that the value can be. Where others have as much for them, it is the one that knows most of what
/// lies deeper: nothing of that was looked at before.
fn decode<T: Union>(json: &str) -> Option<T> {
    let level = nesting::enter(json)?;
    let mut best: Option<(T, usize, usize)> = None;
    for Choice { index, known } in decide::order(json, T::TAG, T::VARIANTS) {
        let is_enough = |(_, unknown, of_best): &_| *unknown == 0 || known != *of_best || !level.may_compare();
        if best.as_ref().is_some_and(is_enough) {
            break;
        }
        level.spend(json);
        if let (Some(found), unknown) = unknown::aside(|| T::read(index, json))
            && best.as_ref().is_none_or(|(_, of_best, _)| unknown < *of_best)
        {
            best = Some((found, unknown, known));
        }
        if !level.may_spend() {
            break;
        }
    }
    let (found, count, _) = best?;
    unknown::add(count);
    Some(found)
}

/// Reads a part of a union from text that a parser has passed. What a union in a union only keeps is none of its values.
pub(crate) fn attempt<T: Part>(json: &str) -> Option<T> {
    parse(json).ok().filter(T::is_described)
}

/// Reads text that a parser has passed.
pub(crate) fn parse<T: Part>(json: &str) -> Result<T, serde_json::Error> {
    match parse_strictly(json) {
        // Half characters, which no text can hold: they are read as everywhere else.
        Err(error) if error.is_syntax() => match surrogates::mend(json) {
            Cow::Owned(mended) => parse_strictly(&mended),
            Cow::Borrowed(_) => Err(error),
        },
        outcome => outcome,
    }
}

fn parse_strictly<T: Part>(json: &str) -> Result<T, serde_json::Error> {
    let mut parser = serde_json::Deserializer::from_str(json);
    let value = T::read(&mut parser)?;
    parser.end()?;
    Ok(value)
}

/// Makes a union out of a plain enum, by a table: what a variant holds and how, the method that looks into it, whether it
/// is made by `From`, and what tells it from the others.
///
/// ```text
/// union! {
///     Pet by "kind" {
///         Cat(boxed Cat) as_cat from: object ["cat", "kitten"],
///         Dog(boxed Dog) as_dog from: object ["dog"],
///         Names(list String) as_names from: array,
///         Count(copied i64) as_count from: integer,
///     }
/// }
/// ```
///
/// A variant is known by the kinds of its JSON, then by the texts in brackets: those of the property behind `by`, or, of a
/// variant of texts, all that it knows. Where this leaves several objects, braces list what is known of their properties:
///
/// ```text
/// Circle(boxed Circle) as_circle from: object { "radius" required number, "color" optional string ["red"] },
/// ```
///
/// `extra` behind the brackets says that the tag is not a property of the type: `object ["cat"] extra`.
///
/// | form | variant | looked into as | made from |
/// |---|---|---|---|
/// | `boxed T` | `Box<T>` | `&T` | `T` |
/// | `plain T` | `T` | `&T` | `T` |
/// | `copied T` | `T` | `T` | `T` |
/// | `list T` | `Vec<T>` | `&[T]` | `Vec<T>` |
/// | `text T` | `T`, a string | `&str` | `T`, `&str` |
///
/// The enum has one more variant, `Unrecognized(Value)`, which is last.
macro_rules! union {
    ($name:ident $(by $tag:literal)? {
        $($variant:ident($form:ident $ty:ty) $accessor:ident $($from:ident)?: $($kind:ident)+
            $([$($value:literal),*] $($place:ident)?)?
            $({ $($key:literal $must:ident $($key_kind:ident)+ $([$($key_value:literal),*])?),* $(,)? })?
        ),* $(,)?
    }) => {
        impl $name {
            $(crate::runtime::model::union! { @accessor $form $variant $ty, $accessor })*

            /// The value, if this version knows no variant for it.
            #[must_use]
            pub const fn as_unrecognized(&self) -> ::core::option::Option<&crate::runtime::model::Value> {
                match self {
                    Self::Unrecognized(value) => ::core::option::Option::Some(value),
                    #[allow(unreachable_patterns, reason = "a union need not have variants")]
                    _ => ::core::option::Option::None,
                }
            }
        }

        $(crate::runtime::model::union! { @from [$($from)?] $form $name $variant $ty })*

        impl crate::runtime::model::union::Union for $name {
            const TAG: ::core::option::Option<&'static str> = {
                #[allow(unused_mut, unused_assignments, reason = "a union need not have a tag")]
                let mut tag = ::core::option::Option::None;
                $(tag = ::core::option::Option::Some($tag);)?
                tag
            };

            const VARIANTS: &'static [crate::runtime::model::union::Variant] = &[$(
                crate::runtime::model::union::Variant {
                    kinds: $(crate::runtime::model::union::kind::$kind())|+,
                    values: &[$($($value),*)?],
                    is_tag_extra: false $($(|| crate::runtime::model::union::kind::$place())?)?,
                    fields: &[$($(crate::runtime::model::union::Field {
                        name: $key,
                        is_required: crate::runtime::model::union::kind::$must(),
                        kinds: $(crate::runtime::model::union::kind::$key_kind())|+,
                        values: &[$($($key_value),*)?],
                    }),*)?],
                },
            )*];

            fn read(index: usize, json: &str) -> ::core::option::Option<Self> {
                #[allow(dead_code, clippy::enum_variant_names, reason = "the variants' own names, to count them")]
                enum __Variant { $($variant),* }
                match index {
                    $(_ if index == __Variant::$variant as usize => {
                        crate::runtime::model::union::attempt(json).map(Self::$variant)
                    })*
                    _ => ::core::option::Option::None,
                }
            }

            fn unrecognized(value: crate::runtime::model::Value) -> Self {
                Self::Unrecognized(value)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => crate::runtime::model::part::Part::write(value, serializer),)*
                    Self::Unrecognized(value) => ::serde::Serialize::serialize(value, serializer),
                }
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                crate::runtime::model::union::read(deserializer)
            }
        }

        impl crate::runtime::model::part::Plain for $name {
            fn is_described(&self) -> bool {
                !::core::matches!(self, Self::Unrecognized(_))
            }
        }
    };
    (@accessor boxed $variant:ident $ty:ty, $accessor:ident) => {
        crate::runtime::model::union! { @look $variant, $accessor, &$ty, value => value }
    };
    (@accessor plain $variant:ident $ty:ty, $accessor:ident) => {
        crate::runtime::model::union! { @look $variant, $accessor, &$ty, value => value }
    };
    (@accessor copied $variant:ident $ty:ty, $accessor:ident) => {
        crate::runtime::model::union! { @look $variant, $accessor, $ty, value => *value }
    };
    (@accessor list $variant:ident $ty:ty, $accessor:ident) => {
        crate::runtime::model::union! { @look $variant, $accessor, &[$ty], value => value }
    };
    (@accessor text $variant:ident $ty:ty, $accessor:ident) => {
        crate::runtime::model::union! { @look $variant, $accessor, &str, value => value }
    };
    (@look $variant:ident, $accessor:ident, $ty:ty, $value:ident => $looked:expr) => {
        #[doc = ::core::concat!("The value, if it is of [`", ::core::stringify!($variant), "`](Self::", ::core::stringify!($variant), ").")]
        #[must_use]
        pub fn $accessor(&self) -> ::core::option::Option<$ty> {
            match self {
                Self::$variant($value) => ::core::option::Option::Some($looked),
                _ => ::core::option::Option::None,
            }
        }
    };
    (@from [] $form:ident $name:ident $variant:ident $ty:ty) => {};
    (@from [from] boxed $name:ident $variant:ident $ty:ty) => {
        impl ::core::convert::From<$ty> for $name {
            fn from(value: $ty) -> Self {
                Self::$variant(::std::boxed::Box::new(value))
            }
        }
    };
    (@from [from] list $name:ident $variant:ident $ty:ty) => {
        impl ::core::convert::From<::std::vec::Vec<$ty>> for $name {
            fn from(value: ::std::vec::Vec<$ty>) -> Self {
                Self::$variant(value)
            }
        }
    };
    (@from [from] text $name:ident $variant:ident $ty:ty) => {
        impl ::core::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                Self::$variant(value.into())
            }
        }

        crate::runtime::model::union! { @from [from] plain $name $variant $ty }
    };
    (@from [from] copied $name:ident $variant:ident $ty:ty) => {
        crate::runtime::model::union! { @from [from] plain $name $variant $ty }
    };
    (@from [from] plain $name:ident $variant:ident $ty:ty) => {
        impl ::core::convert::From<$ty> for $name {
            fn from(value: $ty) -> Self {
                Self::$variant(value)
            }
        }
    };
}
pub(crate) use union;
