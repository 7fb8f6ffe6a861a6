//! Days of the Gregorian calendar, as numbers.
//!
//! The algorithms are Howard Hinnant's (`chrono-Compatible Low-Level Date Algorithms`, public domain).

/// A day: year, month from 1, day from 1.
pub(super) type Day = (i32, u8, u8);

/// Days since 1970-01-01.
pub(super) fn number(day: Day) -> i64 {
    let (y, m, d) = (i64::from(day.0), i64::from(day.1), i64::from(day.2));
    let y = if m <= 2 { y - 1 } else { y };
    let era = y.div_euclid(400);
    let yoe = y - era * 400;
    let doy = (153 * (if m > 2 { m - 3 } else { m + 9 }) + 2) / 5 + d - 1;
    era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
}

/// The day of that number.
pub(super) fn day(number: i64) -> Day {
    let z = number + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z - era * 146_097;
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let d = doy - (153 * mp + 2) / 5 + 1;
    let m = if mp < 10 { mp + 3 } else { mp - 9 };
    let y = yoe + era * 400 + i64::from(m <= 2);
    (y as i32, m as u8, d as u8)
}

/// The day `by` days later.
pub(super) fn shift(from: Day, by: i64) -> Day {
    day(number(from) + by)
}

/// How many days a month has.
pub(super) fn month_length(year: i32, month: u8) -> u8 {
    match month {
        2 if year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Whether the day exists.
pub(super) fn exists(day: Day) -> bool {
    (1..=12).contains(&day.1) && day.2 >= 1 && day.2 <= month_length(day.0, day.1)
}

/// The day that `2025-05-01` says, as most documents have it.
pub(super) fn written(text: &str) -> Option<Day> {
    let &[a, b, c, d, b'-', e, f, b'-', g, h] = text.as_bytes() else { return None };
    let digits = [a, b, c, d, e, f, g, h];
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let number = |digits: &[u8]| digits.iter().fold(0, |number, digit| number * 10 + i32::from(digit - b'0'));
    Some((number(&digits[..4]), number(&digits[4..6]) as u8, number(&digits[6..]) as u8)).filter(|&day| exists(day))
}

/// The month `by` months later.
pub(super) fn shift_month(year: i32, month: u8, by: i64) -> (i32, u8) {
    let total = i64::from(year) * 12 + i64::from(month) - 1 + by;
    (total.div_euclid(12) as i32, (total.rem_euclid(12) + 1) as u8)
}

/// Day of the week, Monday 0.
pub(super) fn weekday(of: Day) -> i64 {
    (number(of) + 3).rem_euclid(7)
}

/// The `nth` given weekday (Monday 1 … Sunday 7) of a month.
pub(super) fn nth_weekday(year: i32, month: u8, wanted: u8, nth: u8) -> Day {
    let first = (year, month, 1);
    let ahead = (i64::from(wanted) - 1 - weekday(first)).rem_euclid(7);
    shift(first, ahead + 7 * (i64::from(nth) - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_numbers_agree() {
        assert_eq!(number((1970, 1, 1)), 0);
        assert_eq!(number((2000, 3, 1)), 11_017);
        for n in (-700_000..700_000).step_by(97) {
            assert_eq!(number(day(n)), n);
        }
        assert_eq!(weekday((2024, 4, 30)), 1);
        assert_eq!(written("2024-02-29"), Some((2024, 2, 29)));
        assert_eq!((written("2023-02-29"), written("2024-2-29"), written("2024-02")), (None, None, None));
        assert_eq!(nth_weekday(2019, 11, 4, 4), (2019, 11, 28));
    }
}
