//! Enums of several types: evidence in a value decides which of them it is.

mod decide;
pub(crate) mod direct;
pub(crate) mod nesting;

use std::borrow::Cow;

use serde_core::de::{Deserializer, MapAccess};

use crate::runtime::model::Value;
use crate::runtime::model::part::Part;
use crate::runtime::model::surrogates;
use crate::runtime::model::unknown;
use crate::runtime::model::value::raw;

use decide::Choice;
pub(crate) use decide::{Field, Variant, kind};

/// The parts of an enum that [`union!`] implements; [`read()`] uses them.
pub(crate) trait Union: Sized {
    /// The property of objects whose text selects the variant, if there is one.
    const TAG: Option<&'static str>;

    /// The evidence for the variants, in the order of the API's description.
    const VARIANTS: &'static [Variant];

    /// Whether each variant is a struct.
    const ARE_OBJECTS: bool;

    /// Reads the variant of this index; `None` if the text is not a value of it.
    fn read(index: usize, json: &str) -> Option<Self>;

    /// Reads the variant of this index from the fields of its object.
    fn read_fields<'de, A: MapAccess<'de>>(index: usize, fields: A) -> Result<Self, A::Error>;

    /// Creates the value for a text that is none of the variants.
    fn unrecognized(value: Value) -> Self;
}

/// Reads a union. It accepts any JSON: a value that fits no variant is kept unchanged.
pub(crate) fn read<'de, T: Union, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    if direct::is_on::<T>() {
        return direct::read(deserializer);
    }
    let json = raw::borrow(deserializer)?;
    Ok(decode(&json).unwrap_or_else(|| {
        unknown::count_one();
        T::unrecognized(Value::of_text(json))
    }))
}

/// Reads the first variant that the value can be. If others are equally likely, it is the one that knows most of the
/// deeper content, which was not compared before.
fn decode<T: Union>(json: &str) -> Option<T> {
    let level = nesting::enter(json)?;
    let mut best: Option<(T, usize, usize)> = None;
    for Choice { index, known } in decide::order(json, T::TAG, T::VARIANTS) {
        let is_enough = |(_, unknown, of_best): &_| *unknown == 0 || known != *of_best || !level.may_compare();
        if best.as_ref().is_some_and(is_enough) {
            break;
        }
        level.spend(json);
        if let (Some(found), unknown) = unknown::count_in(|| T::read(index, json))
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

/// Reads a part of a union from text that a parser has accepted. A value that an inner union merely keeps does not
/// count.
pub(crate) fn attempt<T: Part>(json: &str) -> Option<T> {
    parse(json).ok().filter(T::is_described)
}

/// Reads text that a parser has accepted.
pub(crate) fn parse<T: Part>(json: &str) -> Result<T, serde_json::Error> {
    match parse_strictly(json) {
        // Unpaired surrogates, which a text cannot contain: they are replaced as everywhere else.
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

/// Implements a union for a plain enum, by a table: the content of a variant and its form, the method that returns it,
/// whether `From` creates it, and the evidence for it.
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
/// The evidence for a variant is the kinds of its JSON, then the texts in brackets: those of the property after `by`,
/// or, for a variant of texts, all known values. If this leaves several objects, braces list their properties:
///
/// ```text
/// Circle(boxed Circle) as_circle from: object { "radius" required number, "color" optional string ["red"] },
/// ```
///
/// `extra` after the brackets says that the tag is not a property of the type: `object ["cat"] extra`.
///
/// | form | variant | returned as | created from |
/// |---|---|---|---|
/// | `boxed T` | `Box<T>` | `&T` | `T` |
/// | `plain T` | `T` | `&T` | `T` |
/// | `copied T` | `T` | `T` | `T` |
/// | `list T` | `Vec<T>` | `&[T]` | `Vec<T>` |
/// | `text T` | `T`, a string | `&str` | `T`, `&str` |
///
/// The enum also has a last variant, `Unrecognized(Value)`.
macro_rules! union {
    ($name:ident $(by $tag:literal)? {
        $($variant:ident($form:ident $ty:ty) $accessor:ident $($from:ident)?: $($kind:ident)+
            $([$($value:literal),*] $($place:ident)?)?
            $({ $($key:literal $must:ident $($key_kind:ident)+ $([$($key_value:literal),*])?),* $(,)? })?
        ),* $(,)?
    }) => {
        impl $name {
            $(crate::runtime::model::union! { @accessor $form $variant $ty, $accessor })*

            /// Returns the value, if this version has no variant for it.
            #[must_use]
            #[inline]
            pub const fn as_unrecognized(&self) -> ::core::option::Option<&crate::runtime::model::Value> {
                match self {
                    Self::Unrecognized(value) => ::core::option::Option::Some(value),
                    #[allow(unreachable_patterns, reason = "a union need not have variants")]
                    _ => ::core::option::Option::None,
                }
            }
        }

        $(crate::runtime::model::union! { @from [$($from)?] $form $name $variant $ty })*

        const _: () = {
            #[allow(dead_code, clippy::enum_variant_names, reason = "the variants' own names, to count them")]
            enum __Variant { $($variant),* }

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

                const ARE_OBJECTS: bool = true $(&& <$ty as crate::runtime::model::part::Part>::IS_OBJECT)*;

                // Without this, the crate compiles a parser of JSON for each variant before a program reads one.
                #[inline]
                fn read(index: usize, json: &str) -> ::core::option::Option<Self> {
                    match index {
                        $(_ if index == __Variant::$variant as usize => {
                            crate::runtime::model::union::attempt(json).map(Self::$variant)
                        })*
                        _ => ::core::option::Option::None,
                    }
                }

                fn read_fields<'de, A: ::serde_core::de::MapAccess<'de>>(
                    index: usize,
                    fields: A,
                ) -> ::core::result::Result<Self, A::Error> {
                    match index {
                        $(_ if index == __Variant::$variant as usize => {
                            crate::runtime::model::union::direct::from_fields(fields).map(Self::$variant)
                        })*
                        _ => ::core::result::Result::Err(::serde_core::de::Error::custom("there is no such variant")),
                    }
                }

                #[inline]
                fn unrecognized(value: crate::runtime::model::Value) -> Self {
                    Self::Unrecognized(value)
                }
            }
        };

        impl ::serde_core::Serialize for $name {
            fn serialize<S: ::serde_core::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => crate::runtime::model::part::Part::write(value, serializer),)*
                    Self::Unrecognized(value) => ::serde_core::Serialize::serialize(value, serializer),
                }
            }
        }

        impl<'de> ::serde_core::Deserialize<'de> for $name {
            fn deserialize<D: ::serde_core::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                crate::runtime::model::union::read(deserializer)
            }
        }

        impl crate::runtime::model::part::Plain for $name {
            #[inline]
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
        #[doc = ::core::concat!("Returns the value, if it is of [`", ::core::stringify!($variant), "`](Self::", ::core::stringify!($variant), ").")]
        #[must_use]
        #[inline]
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
            #[inline]
            fn from(value: $ty) -> Self {
                Self::$variant(::std::boxed::Box::new(value))
            }
        }
    };
    (@from [from] list $name:ident $variant:ident $ty:ty) => {
        impl ::core::convert::From<::std::vec::Vec<$ty>> for $name {
            #[inline]
            fn from(value: ::std::vec::Vec<$ty>) -> Self {
                Self::$variant(value)
            }
        }
    };
    (@from [from] text $name:ident $variant:ident $ty:ty) => {
        impl ::core::convert::From<&str> for $name {
            #[inline]
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
            #[inline]
            fn from(value: $ty) -> Self {
                Self::$variant(value)
            }
        }
    };
}
pub(crate) use union;
