//! The Gregorian calendar, from the year -1 on.

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

/// Returns year, month and day of a number of days since 1970-01-01.
#[inline]
pub(crate) fn date(days: i32) -> (i32, i32, i32) {
    let days = days + EPOCH + CYCLE_DAYS;
    let (cycle, day) = (days / CYCLE_DAYS, days % CYCLE_DAYS);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (year * 365 + year / 4 - year / 100);
    let month = (day * 5 + 2) / 153;
    let (day, year) = (day - (month * 153 + 2) / 5 + 1, year + (cycle - 1) * CYCLE_YEARS);
    if month < 10 { (year, month + 3, day) } else { (year + 1, month - 9, day) }
}
