//! Responses whose status determines the type of their body.

use crate::runtime::client::{Error, Operation, Response};
use bytes::Bytes;

/// An enum with one variant per documented success.
pub(crate) trait ByStatus: Sized {
    /// Reads a response by its status.
    ///
    /// # Errors
    /// The body does not fit the type that the status determines.
    fn read(operation: &'static Operation, answer: Response<Bytes>) -> Result<Response<Self>, Error>;
}

/// Implements reading for an enum whose variant `Other` is for statuses without a row:
///
/// ```text
/// by_status! {
///     CreateThingAnswer {
///         200 => Ok(models::Thing),
///         202 => Accepted(part Vec<i64>),
///         203 => Text(text),
///         204 => NoContent,
///         206 => Parts(all_lines json models::Thing),
///     }
/// }
/// ```
///
/// A row has the statuses, the variant, and the way to read the body, as in the table of the call.
macro_rules! by_status {
    ($answers:ident { $($status:pat => $variant:ident $(($($body:tt)+))?,)+ }) => {
        impl $crate::runtime::client::by_status::ByStatus for $answers {
            #[inline]
            fn read(
                operation: &'static $crate::runtime::client::Operation,
                answer: $crate::runtime::client::Response<::bytes::Bytes>,
            ) -> ::core::result::Result<
                $crate::runtime::client::Response<Self>,
                $crate::runtime::client::Error,
            > {
                match answer.status() {
                    $($status => $crate::runtime::client::by_status!(
                        @ operation, answer, Self::$variant $(, $($body)+)?
                    ),)+
                    status => Ok(answer.map(|body| Self::Other { status, body })),
                }
            }
        }
    };
    (@ $operation:ident, $answer:ident, $variant:path) => {
        $crate::runtime::client::interpret::empty($operation, $answer).map(|answer| answer.map(|()| $variant))
    };
    (@ $operation:ident, $answer:ident, $variant:path, text) => {
        $crate::runtime::client::interpret::text($operation, $answer).map(|answer| answer.map($variant))
    };
    (@ $operation:ident, $answer:ident, $variant:path, bytes) => {
        $crate::runtime::client::interpret::bytes($operation, $answer).map(|answer| answer.map($variant))
    };
    (@ $operation:ident, $answer:ident, $variant:path, all_lines $read:ident $item:ty) => {
        $crate::runtime::client::streams::whole::lines::<$item>(
            $operation, $answer, $crate::runtime::client::streams::items::$read,
        )
        .map(|answer| answer.map($variant))
    };
    (@ $operation:ident, $answer:ident, $variant:path, all_events $read:ident $item:ty) => {
        $crate::runtime::client::streams::whole::events::<$item>(
            $operation, $answer, $crate::runtime::client::streams::items::$read,
        )
        .map(|answer| answer.map($variant))
    };
    (@ $operation:ident, $answer:ident, $variant:path, part $body:ty) => {
        $crate::runtime::client::interpret::json($operation, $answer).map(|answer| {
            answer.map(|$crate::runtime::model::part::Read::<$body>(body)| $variant(body))
        })
    };
    (@ $operation:ident, $answer:ident, $variant:path, $body:ty) => {
        $crate::runtime::client::interpret::json::<$body>($operation, $answer).map(|answer| answer.map($variant))
    };
}

pub(crate) use by_status;
