//! Prints a timestamp.

use std::num::NonZeroU8;

use super::{NANOSECONDS, Timestamp};
use crate::runtime::model::civil::{date, pair};

/// The digits of a nanosecond, and those after it that a timestamp can store.
pub(super) const NANOSECOND_DIGITS: u8 = 9;
pub(super) const BEYOND_DIGITS: u8 = 38;
/// The maximum number of digits of a fraction. Digits that cannot be stored are zeros.
pub(super) const MAX_DIGITS: u8 = 254;
/// In place of a number of digits: the text has no seconds.
pub(super) const NO_SECOND: u8 = 255;

/// Room for date, time, nanoseconds and offset, and for the longest fraction. A multiple of 16: the check that the text is
/// UTF-8 is fast for blocks of this length.
const ROOM: usize = 48;
const LONG_ROOM: usize = 288;

/// The spelling of an offset. In RFC 3339, `-00:00` has a meaning of its own: the offset is unknown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    Upper,
    Lower,
    Extended,
    Basic,
    Hours,
    MinusExtended,
    MinusBasic,
    MinusHours,
    /// There is none.
    Absent,
}

const ZONES: [Zone; 9] = [
    Zone::Upper,
    Zone::Lower,
    Zone::Extended,
    Zone::Basic,
    Zone::Hours,
    Zone::MinusExtended,
    Zone::MinusBasic,
    Zone::MinusHours,
    Zone::Absent,
];

/// The spelling of the offset, of the mark before the time and of that before the fraction. It is never zero, so that
/// an `Option` of a timestamp takes no more room.
#[derive(Clone, Copy)]
pub(super) struct Spelling(NonZeroU8);

impl Spelling {
    /// `Z`, `T` and `.`.
    pub(super) const USUAL: Spelling = Spelling(NonZeroU8::MIN);

    /// `separator` is an index of `T`, `t` and the space, `mark` one of the point and the comma.
    #[inline]
    pub(super) fn new(zone: Zone, separator: u8, mark: u8) -> Spelling {
        Spelling(NonZeroU8::MIN.saturating_add(zone as u8 | separator << 4 | mark << 6))
    }

    #[inline]
    pub(super) fn has_zone(self) -> bool {
        !matches!(self.parts(), (Zone::Absent, ..))
    }

    #[inline]
    fn parts(self) -> (Zone, u8, u8) {
        let bits = self.0.get() - 1;
        let separator = match bits >> 4 & 3 {
            0 => b'T',
            1 => b't',
            _ => b' ',
        };
        // Never the default: there is no other zone.
        let zone = ZONES.get(usize::from(bits & 15)).copied().unwrap_or(Zone::Absent);
        (zone, separator, if bits >> 6 == 0 { b'.' } else { b',' })
    }
}

/// The length of date and time in full.
const HEAD: usize = "2024-02-29T12:30:00".len();

/// A text that is being written. Text beyond its room is dropped, which never happens.
#[repr(align(16))]
struct Buffer<const ROOM: usize> {
    bytes: [u8; ROOM],
    length: usize,
}

impl<const ROOM: usize> Buffer<ROOM> {
    #[inline]
    fn push(&mut self, byte: u8) {
        if let Some(place) = self.bytes.get_mut(self.length) {
            *place = byte;
            self.length += 1;
        }
    }

    #[inline]
    fn pair(&mut self, number: i32) {
        let [tens, ones] = pair(number);
        self.push(tens);
        self.push(ones);
    }

    /// Writes the first `wanted` of the `all` digits of a number.
    #[inline]
    fn digits(&mut self, mut number: u64, all: u8, wanted: u8) {
        let start = self.length;
        let end = (start + usize::from(wanted)).min(ROOM);
        for _ in wanted..all {
            number /= 10;
        }
        for place in self.bytes[start..end].iter_mut().rev() {
            *place = b'0' + (number % 10) as u8;
            number /= 10;
        }
        self.length = end;
    }

    #[inline]
    fn as_str(&self) -> &str {
        // Never the default: all bytes are ASCII, those after the text too.
        let blocks = self.bytes.get(..self.length.next_multiple_of(16)).unwrap_or_default();
        str::from_utf8(blocks).unwrap_or_default().get(..self.length).unwrap_or_default()
    }
}

impl Timestamp {
    /// Calls a function with the text.
    #[inline]
    pub(super) fn with_text<T>(&self, use_it: impl FnOnce(&str) -> T) -> T {
        if self.digits <= NANOSECOND_DIGITS || self.digits == NO_SECOND {
            use_it(self.write::<ROOM>().as_str())
        } else {
            use_it(self.write::<LONG_ROOM>().as_str())
        }
    }

    #[inline]
    fn write<const ROOM: usize>(&self) -> Buffer<ROOM> {
        let (zone, separator, mark) = self.spelling.parts();
        let local = self.second + i64::from(self.offset) * 60;
        let (day, second) = (local.div_euclid(86_400), local.rem_euclid(86_400));
        // Both are small: the year has four digits.
        let ((year, month, day), second) = (date(day as i32), second as i32);
        let leap = i32::from(self.nanosecond >= NANOSECONDS);

        let ([y0, y1], [y2, y3], [m0, m1], [d0, d1]) = (pair(year / 100), pair(year % 100), pair(month), pair(day));
        let (hour, minute) = (second / 3_600, second / 60 % 60);
        let ([h0, h1], [n0, n1], [s0, s1]) = (pair(hour), pair(minute), pair(second % 60 + leap));
        let head = [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1, separator, h0, h1, b':', n0, n1, b':', s0, s1];

        let mut text = Buffer { bytes: [b'0'; ROOM], length: HEAD };
        text.bytes[..HEAD].copy_from_slice(&head);
        if self.digits == NO_SECOND {
            text.length -= ":00".len();
        } else if self.digits > 0 {
            text.push(mark);
            self.fraction(&mut text);
        }
        self.offset(&mut text, zone);
        text
    }

    #[inline]
    fn fraction<const ROOM: usize>(&self, text: &mut Buffer<ROOM>) {
        let nanoseconds = self.digits.min(NANOSECOND_DIGITS);
        text.digits(u64::from(self.nanosecond % NANOSECONDS), NANOSECOND_DIGITS, nanoseconds);
        let beyond = self.digits - nanoseconds;
        if beyond > 0 {
            const HALF: u8 = BEYOND_DIGITS / 2;
            let (first, second) = (self.beyond / 10_u128.pow(HALF.into()), self.beyond % 10_u128.pow(HALF.into()));
            text.digits(first as u64, HALF, beyond.min(HALF));
            text.digits(second as u64, HALF, beyond.saturating_sub(HALF).min(HALF));
            // The buffer is initialized with zeros.
            text.length += usize::from(beyond.saturating_sub(BEYOND_DIGITS));
        }
    }

    #[inline]
    fn offset<const ROOM: usize>(&self, text: &mut Buffer<ROOM>, zone: Zone) {
        let is_west = self.offset < 0 || matches!(zone, Zone::MinusExtended | Zone::MinusBasic | Zone::MinusHours);
        let offset = i32::from(self.offset.unsigned_abs());
        match zone {
            Zone::Upper => return text.push(b'Z'),
            Zone::Lower => return text.push(b'z'),
            Zone::Absent => return,
            _ => text.push(if is_west { b'-' } else { b'+' }),
        }
        text.pair(offset / 60);
        if matches!(zone, Zone::Extended | Zone::MinusExtended) {
            text.push(b':');
        }
        if !matches!(zone, Zone::Hours | Zone::MinusHours) {
            text.pair(offset % 60);
        }
    }
}
