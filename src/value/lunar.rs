//! The Chinese calendar from tables: months and solar terms, 1900 to 2100.

use super::civil::{self, Day};
use crate::error::Result;
use crate::lexicon::Table;

/// Lengths of lunar months and days of solar terms.
#[derive(Debug, Default)]
pub(super) struct Lunar {
    /// For each year: first day, leap month or 0, lengths of the months (bit 0 is the first: 1 is 30 days).
    years: Vec<(i32, Day, u8, u16)>,
    /// For each year: the 24 days of its terms, two a month.
    terms: Vec<(i32, [u8; 24])>,
}

impl Lunar {
    /// Reads the tables `year new-year leap lengths` and `year days`.
    pub(super) fn load(months: Table<'_>, terms: Table<'_>) -> Result<Lunar> {
        let mut lunar = Lunar::default();
        for row in months.rows_with(3)? {
            let new_year = super::edtf::Point::parse(row.feature(0)).and_then(|p| p.day());
            let (Ok(year), Some(new_year), Ok(leap)) = (row.term.parse(), new_year, row.feature(1).parse()) else {
                return Err(months.error(&row, "wants a year, a date and a leap month"));
            };
            let mut lengths = 0u16;
            for (at, c) in row.feature(2).chars().enumerate().take(13) {
                lengths |= u16::from(c == '1') << at;
            }
            lunar.years.push((year, new_year, leap, lengths));
        }
        for row in terms.rows_with(1)? {
            let days: Vec<u8> = row.feature(0).split(' ').filter_map(|day| day.parse().ok()).collect();
            let (Ok(year), Ok(days)) = (row.term.parse(), <[u8; 24]>::try_from(days)) else {
                return Err(terms.error(&row, "wants a year and 24 days"));
            };
            lunar.terms.push((year, days));
        }
        lunar.years.sort_by_key(|row| row.0);
        lunar.terms.sort_by_key(|row| row.0);
        Ok(lunar)
    }

    fn year(&self, year: i32) -> Option<&(i32, Day, u8, u16)> {
        self.years.binary_search_by_key(&year, |row| row.0).ok().map(|at| &self.years[at])
    }

    /// The first day of a lunar year.
    pub(super) fn new_year(&self, year: i32) -> Option<Day> {
        self.year(year).map(|row| row.1)
    }

    /// First day and length of a month.
    pub(super) fn month(&self, year: i32, month: u8, leap: bool) -> Option<(Day, u8)> {
        let &(_, first, leap_month, lengths) = self.year(year)?;
        if !(1..=12).contains(&month) || (leap && leap_month != month) {
            return None;
        }
        let index = u32::from(month) - 1 + u32::from(leap || (leap_month != 0 && month > leap_month));
        let length = |at: u32| 29 + (lengths >> at & 1) as u8;
        let before: i64 = (0..index).map(|at| i64::from(length(at))).sum();
        Some((civil::shift(first, before), length(index)))
    }

    /// The Gregorian day of a lunar one; the 30th of a short month is its 29th.
    pub(super) fn day(&self, year: i32, month: u8, leap: bool, day: u8) -> Option<Day> {
        let (first, length) = self.month(year, month, leap)?;
        (1..=30).contains(&day).then(|| civil::shift(first, i64::from(day.min(length)) - 1))
    }

    /// The lunar year, month, leap mark and day of a Gregorian day.
    pub(super) fn of(&self, day: Day) -> Option<(i32, u8, bool, u8)> {
        let &(year, _, leap_month, _) = self.year(day.0).filter(|row| row.1 <= day).or_else(|| self.year(day.0 - 1))?;
        let number = civil::number(day);
        for month in 1..=12 {
            for leap in [false, true] {
                if leap && leap_month != month {
                    continue;
                }
                let (first, length) = self.month(year, month, leap)?;
                let into = number - civil::number(first);
                if (0..i64::from(length)).contains(&into) {
                    return Some((year, month, leap, into as u8 + 1));
                }
            }
        }
        None
    }

    /// The day of a solar term; 0 is 小寒.
    pub(super) fn term(&self, year: i32, index: usize) -> Option<Day> {
        let at = self.terms.binary_search_by_key(&year, |row| row.0).ok()?;
        let day = *self.terms[at].1.get(index)?;
        Some((year, (index / 2) as u8 + 1, day))
    }
}
