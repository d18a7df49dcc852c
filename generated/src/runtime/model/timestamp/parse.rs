//! Parses a timestamp.

use super::text::{BEYOND_DIGITS, MAX_DIGITS, NANOSECOND_DIGITS, NO_SECOND, Spelling, Zone};
use super::{NANOSECONDS, Timestamp};
use crate::runtime::model::civil::{days_in, days_since_epoch};

/// Parses `YYYY-MM-DDTHH:MM:SSZ`, with or without a fraction of at most nine digits.
///
/// Returns `None` for everything else, valid or not: [`parse`] decides about that.
#[inline]
pub(super) fn common(text: &[u8]) -> Option<Timestamp> {
    let (head, tail) = text.split_first_chunk::<19>()?;
    let &[y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1, b'T', h0, h1, b':', n0, n1, b':', s0, s1] = head else {
        return None;
    };
    let mut digits = [y0, y1, y2, y3, m0, m1, d0, d1, h0, h1, n0, n1, s0, s1];
    for digit in &mut digits {
        *digit = digit.wrapping_sub(b'0');
    }
    if digits.iter().any(|&digit| digit > 9) {
        return None;
    }
    let pair = |at: usize| i32::from(digits[at]) * 10 + i32::from(digits[at + 1]);
    let (year, month, day) = (pair(0) * 100 + pair(2), pair(4), pair(6));
    let (hour, minute, second) = (pair(8), pair(10), pair(12));
    let is_date = (1..=12).contains(&month) && day >= 1 && day <= days_in(year, month);
    if !is_date || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let (nanosecond, digits) = match tail {
        [b'Z'] => (0, 0),
        [b'.', fraction @ .., b'Z'] => (nanoseconds(fraction)?, fraction.len() as u8), // at most nine
        _ => return None,
    };
    let day = i64::from(days_since_epoch(year, month, day));
    let second = day * 86_400 + i64::from(hour * 3_600 + minute * 60 + second);
    Some(Timestamp { beyond: 0, second, nanosecond, offset: 0, digits, spelling: Spelling::USUAL })
}

#[inline]
fn nanoseconds(fraction: &[u8]) -> Option<u32> {
    let scale = match fraction.len() {
        length @ 1..=9 => 10_u32.pow(9 - length as u32),
        _ => return None,
    };
    let digits = fraction
        .iter()
        .try_fold(0, |value, &digit| digit.is_ascii_digit().then(|| value * 10 + u32::from(digit - b'0')))?;
    Some(digits * scale)
}

/// Parses every form of a timestamp; the error is the reason.
#[inline]
#[cold]
pub(super) fn parse(text: &[u8]) -> Result<Timestamp, &'static str> {
    let mut rest = Rest(text);
    let (year, month, day) = rest.date().ok_or("expected a date and time such as 2024-02-29T12:30:00Z")?;
    if !(1..=12).contains(&month) || day < 1 || day > days_in(year, month) {
        return Err("there is no such day");
    }
    let separator = rest.one_of(b"Tt ").ok_or("expected `T` after the date")?;
    let time = (|| Some((rest.number(2)?, rest.one_of(b":")?, rest.number(2)?)))();
    let (hour, _, minute) = time.ok_or("expected a time such as 12:30:00 after the date")?;
    let (mut second, mut digits) = (0, NO_SECOND);
    let (mut nanosecond, mut beyond, mut comma) = (0, 0, 0);
    if rest.one_of(b":").is_some() {
        second = rest.number(2).ok_or("expected seconds of two digits")?;
        digits = 0;
        if let Some(mark) = rest.one_of(b".,") {
            comma = mark;
            (nanosecond, beyond, digits) = rest.fraction()?;
        }
    }
    if hour > 23 || minute > 59 || second > 60 {
        return Err("there is no such time of day");
    }
    let (offset, zone) = rest.zone().ok_or("expected an offset such as `Z` or `+01:00`, or nothing, at the end")?;
    if second == 60 {
        (second, nanosecond) = (59, nanosecond + NANOSECONDS);
    }
    let day = i64::from(days_since_epoch(year, month, day));
    let second = day * 86_400 + i64::from(hour * 3_600 + minute * 60 + second) - i64::from(offset) * 60;
    let spelling = Spelling::new(zone, separator, comma);
    Ok(Timestamp { beyond, second, nanosecond, offset, digits, spelling })
}

/// The text that is still to be parsed.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    /// Takes the next byte, if it is one of these, and returns its index.
    #[inline]
    fn one_of(&mut self, bytes: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        for (index, byte) in bytes.iter().enumerate() {
            if byte == first {
                self.0 = rest;
                return u8::try_from(index).ok();
            }
        }
        None
    }

    /// Takes a number with this many digits.
    #[inline]
    fn number(&mut self, digits: usize) -> Option<i32> {
        let (number, rest) = self.0.split_at_checked(digits)?;
        let mut value = 0;
        for digit in number {
            if !digit.is_ascii_digit() {
                return None;
            }
            value = value * 10 + i32::from(digit - b'0');
        }
        self.0 = rest;
        Some(value)
    }

    #[inline]
    fn date(&mut self) -> Option<(i32, i32, i32)> {
        let year = self.number(4)?;
        self.one_of(b"-")?;
        let month = self.number(2)?;
        self.one_of(b"-")?;
        Some((year, month, self.number(2)?))
    }

    /// Takes a fraction: nanoseconds, the digits after them, and the number of digits.
    #[inline]
    fn fraction(&mut self) -> Result<(u32, u128, u8), &'static str> {
        const TOO_LONG: &str = "its fraction has more than 47 digits";
        let (mut nanosecond, mut beyond, mut digits) = (0, 0, 0);
        while let Some((digit @ b'0'..=b'9', rest)) = self.0.split_first() {
            let digit = digit - b'0';
            if digits < NANOSECOND_DIGITS {
                nanosecond = nanosecond * 10 + u32::from(digit);
            } else if digits < NANOSECOND_DIGITS + BEYOND_DIGITS {
                beyond = beyond * 10 + u128::from(digit);
            } else if digit != 0 || digits == MAX_DIGITS {
                return Err(TOO_LONG);
            }
            (digits, self.0) = (digits + 1, rest);
        }
        if digits == 0 {
            return Err("expected digits after the point");
        }
        for _ in digits..NANOSECOND_DIGITS {
            nanosecond *= 10;
        }
        for _ in digits.max(NANOSECOND_DIGITS)..NANOSECOND_DIGITS + BEYOND_DIGITS {
            beyond *= 10;
        }
        Ok((nanosecond, beyond, digits))
    }

    /// Takes the offset in minutes, and its spelling. It must be the end of the text.
    #[inline]
    fn zone(&mut self) -> Option<(i16, Zone)> {
        if self.0.is_empty() {
            return Some((0, Zone::Absent));
        }
        let sign = self.one_of(b"Zz+-")?;
        let is_west = sign == 3;
        let (offset, zone) = match sign {
            0 => (0, Zone::Upper),
            1 => (0, Zone::Lower),
            _ => {
                let hour = self.number(2)?;
                let is_apart = self.one_of(b":").is_some();
                let minute = if is_apart || !self.0.is_empty() { Some(self.number(2)?) } else { None };
                if hour > 23 || minute.is_some_and(|minute| minute > 59) {
                    return None;
                }
                let offset = hour * 60 + minute.unwrap_or_default();
                let is_unknown = is_west && offset == 0;
                let zone = match (is_apart, minute, is_unknown) {
                    (true, _, false) => Zone::Extended,
                    (true, _, true) => Zone::MinusExtended,
                    (false, Some(_), false) => Zone::Basic,
                    (false, Some(_), true) => Zone::MinusBasic,
                    (false, None, false) => Zone::Hours,
                    (false, None, true) => Zone::MinusHours,
                };
                (i16::try_from(offset).ok()?, zone)
            }
        };
        self.0.is_empty().then_some((if is_west { -offset } else { offset }, zone))
    }
}
