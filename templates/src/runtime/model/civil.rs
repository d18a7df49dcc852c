//! The Gregorian calendar, from the year -1 on, and its numbers of two digits.

/// The calendar repeats after 400 years. Adding their days keeps the dividends below positive.
const CYCLE_YEARS: i32 = 400;
const CYCLE_DAYS: i32 = 146_097;
/// From the first of March of the year 0 to 1970-01-01.
const EPOCH: i32 = 719_468;

#[inline]
pub(crate) const fn days_in(year: i32, month: i32) -> i32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Counts from the first of March, so that the leap day is the last of its year.
#[inline]
pub(crate) const fn days_since_epoch(year: i32, month: i32, day: i32) -> i32 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let year = year + CYCLE_YEARS;
    year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1 - EPOCH - CYCLE_DAYS
}

/// Returns year, month and day of a number of days since 1970-01-01, without a division by a variable: the algorithm of
/// Neri and Schneider, "Euclidean affine functions and their application to calendar algorithms", 2022.
#[inline]
pub(crate) const fn date(days: i32) -> (i32, i32, i32) {
    // From the first of March of the year -400, in quarters of a day, to century and day of the century.
    let quarters = 4 * (days + EPOCH + CYCLE_DAYS) as u32 + 3;
    let (century, rest) = (quarters / CYCLE_DAYS as u32, quarters % CYCLE_DAYS as u32);
    // 2^32 divided by the quarters of a day in a year.
    const YEAR: u64 = 2_939_745;
    let year = YEAR * (rest | 3) as u64;
    let day = year as u32 / YEAR as u32 / 4;
    let year = (100 * century + (year >> 32) as u32) as i32 - CYCLE_YEARS;
    // Months from March on, in 2^16ths: 2,141 is 2^16 divided by the days of a month.
    let month = 2_141 * day + 197_913;
    let (month, day) = ((month >> 16) as i32, ((month & 0xffff) / 2_141) as i32 + 1);
    if month > 12 { (year + 1, month - 12, day) } else { (year, month, day) }
}

/// The two digits of each number below 100.
const PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [*b"00"; 100];
    let mut number = 0;
    while number < 100 {
        pairs[number] = [b'0' + number as u8 / 10, b'0' + number as u8 % 10];
        number += 1;
    }
    pairs
};

/// Returns the two digits of a number below 100.
#[inline]
pub(crate) fn pair(number: i32) -> [u8; 2] {
    PAIRS.get(number as usize).copied().unwrap_or_default()
}
