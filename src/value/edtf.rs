//! Dates as EDTF (ISO 8601-2) writes them, and the days that they cover.

use std::fmt;

use super::civil::{self, Day};

/// How fine a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// A hundred years: `19XX`.
    Century,
    /// Ten years: `198X`.
    Decade,
    /// `2025`.
    Year,
    /// A season, quarter or half: `2024-21`, `2024-33`.
    Part,
    /// `2025-05`.
    Month,
    /// `2025-05-01`.
    Day,
    /// `2025-05-01T09:30`.
    Time,
}

/// One point of the calendar, of any precision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) year: i32,
    pub(super) rest: Rest,
    /// `~`
    pub(super) about: bool,
}

/// What a point says below the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rest {
    /// 19XX
    Century,
    /// 198X
    Decade,
    Year,
    /// EDTF codes 21–24 (seasons) and 33–36 (quarters).
    Part(u8),
    Month(u8),
    Day(u8, u8),
    /// Month, day, hour, minute, second.
    Time(u8, u8, u8, u8, Option<u8>),
}

impl Point {
    pub(super) const fn new(year: i32, rest: Rest) -> Point {
        Point { year, rest, about: false }
    }

    pub(super) const fn of_day(day: Day) -> Point {
        Point::new(day.0, Rest::Day(day.1, day.2))
    }

    pub(super) const fn of_month(month: (i32, u8)) -> Point {
        Point::new(month.0, Rest::Month(month.1))
    }

    #[must_use]
    pub(super) const fn about(mut self) -> Point {
        self.about = true;
        self
    }

    /// Reads one EDTF date; offsets and seconds' fractions are passed over.
    pub(super) fn parse(text: &str) -> Option<Point> {
        let about = text.ends_with(['~', '?', '%']);
        let text = text.trim_end_matches(['~', '?', '%']);
        let with = |year: i32, rest: Rest| Some(Point { year, rest, about });
        let digits = |part: Option<&str>| -> Option<u8> { part.filter(|p| p.len() == 2)?.parse().ok() };
        let (date, time) = match text.split_once('T') {
            Some((date, time)) => (date, Some(time)),
            None => (text, None),
        };
        let (negative, date) = match date.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, date),
        };
        let mut parts = date.split('-');
        let first = parts.next()?;
        if first.len() != 4 {
            return None;
        }
        if let Some(stem) = first.strip_suffix("XX") {
            return with(stem.parse::<i32>().ok()? * 100, Rest::Century);
        }
        if let Some(stem) = first.strip_suffix('X') {
            return with(stem.parse::<i32>().ok()? * 10, Rest::Decade);
        }
        let year: i32 = first.parse().ok()?;
        let year = if negative { -year } else { year };
        let Some(second) = parts.next() else { return with(year, Rest::Year) };
        let month = digits(Some(second))?;
        let Some(third) = parts.next() else {
            return match month {
                1..=12 => with(year, Rest::Month(month)),
                21..=41 => with(year, Rest::Part(month)),
                _ => None,
            };
        };
        let day = digits(Some(third))?;
        if parts.next().is_some() || !civil::exists((year, month, day)) {
            return None;
        }
        let Some(time) = time else { return with(year, Rest::Day(month, day)) };
        let clock = time.split(['Z', '+', '-', '.']).next()?;
        let mut parts = clock.split(':');
        let hour = digits(parts.next())?;
        let minute = parts.next().map_or(Some(0), |part| digits(Some(part)))?;
        let second = parts.next().map_or(Some(None), |part| digits(Some(part)).map(Some))?;
        (hour < 24 && minute < 60).then_some(())?;
        with(year, Rest::Time(month, day, hour, minute, second))
    }

    pub(super) const fn precision(&self) -> Precision {
        match self.rest {
            Rest::Century => Precision::Century,
            Rest::Decade => Precision::Decade,
            Rest::Year => Precision::Year,
            Rest::Part(_) => Precision::Part,
            Rest::Month(_) => Precision::Month,
            Rest::Day(..) => Precision::Day,
            Rest::Time(..) => Precision::Time,
        }
    }

    pub(super) const fn month(&self) -> Option<u8> {
        match self.rest {
            Rest::Month(m) | Rest::Day(m, _) | Rest::Time(m, ..) => Some(m),
            _ => None,
        }
    }

    pub(super) const fn day(&self) -> Option<Day> {
        match self.rest {
            Rest::Day(m, d) | Rest::Time(m, d, ..) => Some((self.year, m, d)),
            _ => None,
        }
    }

    /// First and last day.
    pub(super) fn days(&self) -> (Day, Day) {
        let y = self.year;
        let months = |from: u8, count: i64| {
            let (last_year, last) = civil::shift_month(y, from, count - 1);
            ((y, from, 1), (last_year, last, civil::month_length(last_year, last)))
        };
        match self.rest {
            Rest::Century => ((y, 1, 1), (y + 99, 12, 31)),
            Rest::Decade => ((y, 1, 1), (y + 9, 12, 31)),
            Rest::Year => ((y, 1, 1), (y, 12, 31)),
            Rest::Part(code) => match code {
                21..=24 => months(3 * (code - 20), 3),
                25..=28 => months(3 * (code - 24), 3),
                33..=36 => months(3 * (code - 33) + 1, 3),
                37..=39 => months(4 * (code - 37) + 1, 4),
                41 => months(7, 6),
                _ => months(1, 6),
            },
            Rest::Month(m) => months(m, 1),
            Rest::Day(m, d) | Rest::Time(m, d, ..) => ((y, m, d), (y, m, d)),
        }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = |f: &mut fmt::Formatter<'_>| {
            if self.year < 0 { write!(f, "-{:04}", -self.year) } else { write!(f, "{:04}", self.year) }
        };
        match self.rest {
            Rest::Century => write!(f, "{:02}XX", self.year / 100)?,
            Rest::Decade => write!(f, "{:03}X", self.year / 10)?,
            Rest::Year => year(f)?,
            Rest::Part(m) | Rest::Month(m) => {
                year(f)?;
                write!(f, "-{m:02}")?;
            }
            Rest::Day(m, d) => {
                year(f)?;
                write!(f, "-{m:02}-{d:02}")?;
            }
            Rest::Time(m, d, h, min, s) => {
                year(f)?;
                write!(f, "-{m:02}-{d:02}T{h:02}:{min:02}")?;
                if let Some(s) = s {
                    write!(f, ":{s:02}")?;
                }
            }
        }
        if self.about { f.write_str("~") } else { Ok(()) }
    }
}

/// A date of any kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    Point(Point),
    /// `None` is an open end.
    Range(Option<Point>, Option<Point>),
    /// A date that no calendar fixes.
    Vague,
}

impl When {
    /// From one point to another; a range of one point is that point.
    pub(super) fn range(first: Point, last: Point) -> When {
        if first == last { When::Point(first) } else { When::Range(Some(first), Some(last)) }
    }

    /// Reads EDTF.
    pub(super) fn parse(text: &str) -> Option<When> {
        let end = |part: &str| if part.is_empty() || part == ".." { Some(None) } else { Point::parse(part).map(Some) };
        match text.split_once('/') {
            Some((first, last)) => Some(When::Range(end(first)?, end(last)?)),
            None => Point::parse(text).map(When::Point),
        }
    }

    pub(super) fn first(&self) -> Option<Point> {
        match *self {
            When::Point(point) => Some(point),
            When::Range(first, _) => first,
            When::Vague => None,
        }
    }

    pub(super) fn last(&self) -> Option<Point> {
        match *self {
            When::Point(point) => Some(point),
            When::Range(_, last) => last,
            When::Vague => None,
        }
    }

    /// The norm; `None` for a vague date.
    pub(super) fn norm(&self) -> Option<String> {
        let end = |point: &Option<Point>| point.map_or("..".to_owned(), |point| point.to_string());
        match self {
            When::Point(point) => Some(point.to_string()),
            When::Range(first, last) => Some(format!("{}/{}", end(first), end(last))),
            When::Vague => None,
        }
    }
}

/// The first and the last day of an EDTF value as ISO dates, `None` at an open end; `None` altogether where
/// the text is no EDTF of the kinds that this crate writes.
pub fn days(edtf: &str) -> Option<(Option<String>, Option<String>)> {
    days_of(&When::parse(edtf)?)
}

pub(super) fn days_of(when: &When) -> Option<(Option<String>, Option<String>)> {
    let iso = |day: Day| Point::of_day(day).to_string();
    match when {
        When::Vague => None,
        _ => Some((when.first().map(|p| iso(p.days().0)), when.last().map(|p| iso(p.days().1)))),
    }
}
