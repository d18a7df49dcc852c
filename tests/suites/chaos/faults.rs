//! The faults of the server, and which of them a request meets.

/// A treatment of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Fault {
    // Faults that a caller does not notice.
    Good,
    GoodThenClosed,
    GoodInPieces,
    GoodInChunks,
    GoodAfterHints,
    GoodWithHeadersTwice,
    // The server did nothing, and says so.
    LimitedUntilNow,
    LimitedForZeroSeconds,
    LimitedUntilYesterday,
    LimitedForAnHour,
    Limited,
    BadRequest,
    Forbidden,
    NotFound,
    // The server failed, with or without an effect.
    InternalError,
    BadGatewayInHtml,
    Unavailable,
    NotImplemented,
    // No complete response.
    ResetUnread,
    ResetRead,
    Closed,
    NotHttp,
    HalfAHead,
    HugeHead,
    TwoLengths,
    HalfABody,
    HalfAChunk,
    NoChunk,
    Stalled,
    StalledInBody,
    Spaces,
    AnnouncedSpaces,
    // A complete response with a wrong meaning.
    Redirect,
    Html,
    InvalidJson,
    CutJson,
    Empty,
    NotUtf8,
    OtherJson,
    Gzip,
}

use Fault::*;

/// Each with its frequency.
pub(crate) const FAULTS: [(Fault, u64); 40] = [
    (Good, 24),
    (GoodThenClosed, 6),
    (GoodInPieces, 3),
    (GoodInChunks, 3),
    (GoodAfterHints, 3),
    (GoodWithHeadersTwice, 3),
    (LimitedUntilNow, 5),
    (LimitedForZeroSeconds, 5),
    (LimitedUntilYesterday, 3),
    (LimitedForAnHour, 2),
    (Limited, 5),
    (BadRequest, 2),
    (Forbidden, 2),
    (NotFound, 2),
    (InternalError, 3),
    (BadGatewayInHtml, 3),
    (Unavailable, 3),
    (NotImplemented, 2),
    (ResetUnread, 4),
    (ResetRead, 4),
    (Closed, 4),
    (NotHttp, 2),
    (HalfAHead, 2),
    (HugeHead, 2),
    (TwoLengths, 2),
    (HalfABody, 3),
    (HalfAChunk, 2),
    (NoChunk, 2),
    (Stalled, 1),
    (StalledInBody, 1),
    (Spaces, 2),
    (AnnouncedSpaces, 2),
    (Redirect, 4),
    (Html, 2),
    (InvalidJson, 2),
    (CutJson, 2),
    (Empty, 2),
    (NotUtf8, 2),
    (OtherJson, 2),
    (Gzip, 2),
];

impl Fault {
    /// Returns the fault of an attempt of a call: it depends only on these numbers.
    pub(crate) fn of(seed: u64, call: u64, attempt: u64) -> Fault {
        let total: u64 = FAULTS.iter().map(|(_, weight)| weight).sum();
        let mut left = mix(seed ^ mix(call) ^ mix(attempt << 32)) % total;
        for (fault, weight) in FAULTS {
            match left.checked_sub(weight) {
                Some(rest) => left = rest,
                None => return fault,
            }
        }
        unreachable!("the weights add up to {total}")
    }

    /// The call succeeds.
    pub(crate) fn is_good(self) -> bool {
        self <= GoodWithHeadersTwice
    }

    /// A complete 2xx response whose body cannot be read, but is JSON: so it comes from the API.
    pub(crate) fn is_other_json(self) -> bool {
        self == OtherJson
    }

    /// A complete 2xx response that can come from anywhere.
    pub(crate) fn is_from_elsewhere(self) -> bool {
        self >= Html && !self.is_other_json()
    }

    /// The server says that it did nothing, so the call may be retried or fail without an effect.
    pub(crate) fn is_refusal(self) -> bool {
        (LimitedUntilNow..=NotFound).contains(&self)
    }
}

/// Scatters a number (splitmix64).
pub(crate) fn mix(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
