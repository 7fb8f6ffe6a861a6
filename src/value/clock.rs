//! What relative dates count from: the day of the document, and the date named last.

use super::civil::{self, Day};
use super::edtf::{Point, Rest, When};

/// What relative dates count from. Carried from paragraph to paragraph of an article.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    /// Day of the document as EDTF of any precision; with a clock time, `两小时前` can be computed, too.
    pub published: Option<String>,
    /// What the running text has named so far.
    pub memory: Memory,
}

/// The dates that a running text has named: 当日, 次日, 同年 and 28日 refer to them.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    pub(super) last: Option<Said>,
    /// The day named last in the paragraph that is being read: 去年 in between changes nothing for 23日.
    pub(super) day: Option<Point>,
    /// The year that the heading above speaks of, where it names one: 一、2023年工作回顾.
    pub(super) scope: Option<i32>,
    /// The festival named last, with its year.
    pub(super) festival: Option<(String, i32)>,
}

/// A date that the text has named.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said {
    pub(super) point: Point,
    /// Its year stands in the text in digits.
    pub(super) explicit: bool,
    /// It stands in the paragraph that is being read, and ends there.
    pub(super) end: Option<usize>,
}

impl Clock {
    /// A clock for a document of that day (EDTF of any precision), or of no known day.
    pub fn new(published: Option<impl Into<String>>) -> Clock {
        Clock { published: published.map(Into::into), memory: Memory::default() }
    }

    /// The document's date.
    pub(super) fn today(&self) -> Option<Point> {
        let text = self.published.as_deref()?.trim();
        if let Some(day) = civil::written(text) {
            return Some(Point::of_day(day));
        }
        match When::parse(text) {
            Some(when) => when.last().or(when.first()),
            // `2025-05-01 09:30` and the like.
            None => text.get(..10).and_then(Point::parse),
        }
    }

    pub(super) fn today_year(&self) -> Option<i32> {
        self.today().filter(|p| !matches!(p.rest, Rest::Century | Rest::Decade)).map(|p| p.year)
    }

    pub(super) fn today_day(&self) -> Option<Day> {
        self.today()?.day()
    }

    /// Begins another article: the headings of the one before count no more.
    pub fn begin_article(&mut self) {
        self.memory.scope = None;
    }

    /// The year of the heading above, where it names one.
    pub(super) fn scope(&self) -> Option<i32> {
        self.memory.scope
    }

    pub(super) fn last(&self) -> Option<Said> {
        self.memory.last
    }

    /// The day named last in the paragraph.
    pub(super) fn last_day(&self) -> Option<Point> {
        self.memory.day
    }
}
