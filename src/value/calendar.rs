//! The calendar tables: relative words, festivals, periods, congresses, reigns, lunar years, solar terms.

use super::chars::Words;
use super::civil::{self, Day};
use super::edtf::{Point, When};
use super::lunar::Lunar;
use super::session;
use super::tibetan;
use crate::error::Result;
use crate::lexicon::{Row, Sources, Table};

/// What relative words count from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    /// The day of the document.
    Today,
    /// The date named last, else today.
    Said,
    /// The year that a report speaks of.
    Report,
}

/// A word of the calendar.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Word {
    Year(i32, Anchor),
    Season(i32, u8),
    Month(i64, Anchor),
    Week(i64),
    Day(i64, Anchor, Option<&'static str>),
    Quarter(i64),
    Half(u8, Anchor),
    HalfMonth(u8),
    HalfWeek(u8),
    EndsOfYear,
    EndsOfMonth,
    Years(i32, i32),
    Vague,
    Festival(usize),
    /// A date only with 以来, 后, 之初 and the like behind.
    Start(Point),
    Era(When),
    /// A congress, session or term from its first to its last day; a date with 以来, 期间 and the like behind.
    Congress(Point, Option<Point>),
    Reign(i32, i32),
}

/// A festival or memorial day.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Festival {
    pub(super) name: String,
    pub(super) kind: FestivalKind,
    /// Counts only with a year or time words round it.
    pub(super) needs_year: bool,
    /// Counts only in quotation marks or with a holiday word behind.
    pub(super) needs_quote: bool,
}

/// How a festival finds its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FestivalKind {
    Solar(u8, u8),
    Lunar(u8, u8),
    Term(usize),
    Weekday(u8, u8, u8),
    Tibetan(u8, u8),
    Islamic(u8, u8),
    /// No fixed day: the month it is mostly kept in.
    Month(u8),
}

/// All calendar tables.
#[derive(Debug, Default)]
pub(super) struct Calendar {
    pub(super) words: Words<Word>,
    pub(super) festivals: Vec<Festival>,
    pub(super) lunar: Lunar,
    islamic: Vec<(u8, u8, Day)>,
    /// Where the printed Tibetan almanac differs from the arithmetic: year, month, day, date.
    tibetan: Vec<(i32, u8, u8, Day)>,
}

impl Calendar {
    pub(super) fn load(sources: &Sources) -> Result<Calendar> {
        let mut calendar = Calendar::default();
        let table = |name: &'static str| sources.get(name).map(|text| Table::new(name, text));
        if let Some(table) = table("calendar/relative.tsv") {
            for row in table.rows_with(3)? {
                let word = relative(&table, &row)?;
                calendar.words.insert(row.term, word);
            }
        }
        if let Some(table) = table("calendar/period.tsv") {
            for row in table.rows_with(1)? {
                let word = period(&table, &row)?;
                calendar.words.insert(row.term, word);
            }
        }
        if let Some(table) = table("calendar/congress.tsv") {
            for row in table.rows_with(2)? {
                let last = point(&table, &row, row.feature(1))?;
                calendar.words.insert(row.term, Word::Congress(point(&table, &row, row.feature(0))?, Some(last)));
            }
        }
        if let Some(table) = table("calendar/session.tsv") {
            session::load(&table, &mut calendar.words)?;
        }
        if let Some(table) = table("calendar/reign.tsv") {
            for row in table.rows_with(2)? {
                let (Ok(first), Ok(last)) = (row.feature(0).parse(), row.feature(1).parse()) else {
                    return Err(table.error(&row, "wants two years"));
                };
                calendar.words.insert(row.term, Word::Reign(first, last));
            }
        }
        if let Some(table) = table("calendar/festival.tsv") {
            for row in table.rows_with(2)? {
                let festival = festival(&table, &row)?;
                calendar.words.insert(row.term, Word::Festival(calendar.festivals.len()));
                calendar.festivals.push(festival);
            }
        }
        if let Some(table) = table("calendar/islamic.tsv") {
            for row in table.rows_with(2)? {
                let month_day =
                    row.feature(0).split_once('-').and_then(|(m, d)| Some((m.parse().ok()?, d.parse().ok()?)));
                let day = Point::parse(row.feature(1)).and_then(|p| p.day());
                let (Some((month, of_month)), Some(day)) = (month_day, day) else {
                    return Err(table.error(&row, "wants a month-day and a date"));
                };
                calendar.islamic.push((month, of_month, day));
            }
        }
        if let Some(table) = table("calendar/tibetan.tsv") {
            for row in table.rows_with(2)? {
                let month_day =
                    row.feature(0).split_once('-').and_then(|(m, d)| Some((m.parse().ok()?, d.parse().ok()?)));
                let day = Point::parse(row.feature(1)).and_then(|p| p.day());
                let (Ok(year), Some((month, of_month)), Some(day)) = (row.term.parse(), month_day, day) else {
                    return Err(table.error(&row, "wants a year, a month-day and a date"));
                };
                calendar.tibetan.push((year, month, of_month, day));
            }
        }
        if let (Some(months), Some(terms)) = (table("calendar/lunar.tsv"), table("calendar/term.tsv")) {
            calendar.lunar = Lunar::load(months, terms)?;
        }
        Ok(calendar)
    }

    /// A day of the Tibetan year that begins in `year`.
    pub(super) fn tibetan_day(&self, year: i32, month: u8, day: u8) -> Option<Day> {
        let printed = self.tibetan.iter().find(|(y, m, d, _)| (*y, *m, *d) == (year, month, day));
        printed.map(|(.., date)| *date).or_else(|| tibetan::day(year, month, day))
    }

    /// The days of a festival that fall in a year (two only in rare Islamic years: the first is given).
    pub(super) fn festival_day(&self, kind: FestivalKind, year: i32) -> Option<Day> {
        match kind {
            FestivalKind::Solar(month, day) => Some((year, month, day)),
            FestivalKind::Lunar(12, 30) => self.lunar.new_year(year).map(|day| civil::shift(day, -1)),
            // 腊八 and 小年 of the winter that ends in this year.
            FestivalKind::Lunar(12, day) => self.lunar.day(year - 1, 12, false, day),
            FestivalKind::Lunar(month, day) => self.lunar.day(year, month, false, day),
            FestivalKind::Term(index) => self.lunar.term(year, index),
            FestivalKind::Weekday(month, weekday, nth) => Some(civil::nth_weekday(year, month, weekday, nth)),
            FestivalKind::Tibetan(month, day) => self.tibetan_day(year, month, day),
            FestivalKind::Month(month) => Some((year, month, 1)),
            FestivalKind::Islamic(month, day) => self
                .islamic
                .iter()
                .find(|(m, d, date)| (*m, *d) == (month, day) && date.0 == year)
                .map(|(_, _, date)| *date),
        }
    }
}

fn relative(table: &Table<'_>, row: &Row<'_>) -> Result<Word> {
    let Ok(shift) = row.feature(1).parse::<i32>() else {
        return Err(table.error(row, format_args!("`{}` is no number", row.feature(1))));
    };
    let anchor = match row.feature(2) {
        "today" => Anchor::Today,
        "said" => Anchor::Said,
        "report" => Anchor::Report,
        other => return Err(table.error(row, format_args!("`{other}` is none of today, said, report"))),
    };
    let part = match row.feature(3) {
        "morning" => Some("早"),
        "evening" => Some("晚"),
        _ => None,
    };
    Ok(match row.feature(0) {
        "year" => Word::Year(shift, anchor),
        "season" => Word::Season(shift, row.feature(3).parse().unwrap_or(21)),
        "month" => Word::Month(i64::from(shift), anchor),
        "week" => Word::Week(i64::from(shift)),
        "day" => Word::Day(i64::from(shift), anchor, part),
        "quarter" => Word::Quarter(i64::from(shift)),
        "half" => Word::Half(shift as u8, anchor),
        "halfmonth" => Word::HalfMonth(shift as u8),
        "halfweek" => Word::HalfWeek(shift as u8),
        "ends" if row.feature(3) == "month" => Word::EndsOfMonth,
        "ends" => Word::EndsOfYear,
        "years" => Word::Years(shift, row.feature(3).parse().unwrap_or(shift)),
        "vague" => Word::Vague,
        other => return Err(table.error(row, format_args!("no unit is called `{other}`"))),
    })
}

fn period(table: &Table<'_>, row: &Row<'_>) -> Result<Word> {
    Ok(match row.feature(0) {
        "start" => Word::Start(point(table, row, row.feature(1))?),
        "era" => {
            let first = point(table, row, row.feature(1))?;
            let last = if row.feature(2) == ".." { None } else { Some(point(table, row, row.feature(2))?) };
            Word::Era(if last == Some(first) { When::Point(first) } else { When::Range(Some(first), last) })
        }
        "vague" => Word::Vague,
        other => return Err(table.error(row, format_args!("`{other}` is none of start, era, vague"))),
    })
}

fn festival(table: &Table<'_>, row: &Row<'_>) -> Result<Festival> {
    let numbers: Vec<u8> = row.feature(1).split('-').filter_map(|part| part.parse().ok()).collect();
    let kind = match (row.feature(0), numbers.as_slice()) {
        ("solar", &[month, day]) => FestivalKind::Solar(month, day),
        ("lunar", &[month, day]) => FestivalKind::Lunar(month, day),
        ("term", &[index]) if index < 24 => FestivalKind::Term(usize::from(index)),
        ("weekday", &[month, weekday, nth]) => FestivalKind::Weekday(month, weekday, nth),
        ("tibetan", &[month, day]) => FestivalKind::Tibetan(month, day),
        ("month", &[month]) if (1..=12).contains(&month) => FestivalKind::Month(month),
        ("islamic", &[month, day]) => FestivalKind::Islamic(month, day),
        _ => return Err(table.error(row, format_args!("`{}` is no day of kind {}", row.feature(1), row.feature(0)))),
    };
    let needs = row.feature(2);
    Ok(Festival { name: row.term.to_owned(), kind, needs_year: needs == "year", needs_quote: needs == "quote" })
}

pub(super) fn point(table: &Table<'_>, row: &Row<'_>, cell: &str) -> Result<Point> {
    Point::parse(cell).ok_or_else(|| table.error(row, format_args!("`{cell}` is no EDTF date")))
}
