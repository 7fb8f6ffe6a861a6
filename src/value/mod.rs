//! Values: dates and quantities of Chinese text, read and computed.
//!
//! [`Values::read`] finds every date and figure of a paragraph. A date comes with its EDTF value and the days
//! it covers, a figure with an exact number, its unit and what is needed to compare it:
//!
//! ```
//! use zhitu::lexicon::Sources;
//! use zhitu::value::{Clock, Values};
//!
//! let values = Values::load(&Sources::built_in())?;
//! let mut clock = Clock::new(Some("2025-05-01"));
//! let found = values.read("去年9月，全厂用电超过3.2万千瓦时。", &mut clock);
//! assert_eq!(found[0].norm.as_deref(), Some("2024-09"));
//! assert_eq!(found[1].norm.as_deref(), Some(">32000 千瓦时"));
//! # Ok::<(), zhitu::error::Error>(())
//! ```
//!
//! Units carry a dimension, a factor and, where there is one, their QUDT IRI, so that figures compare:
//!
//! ```
//! # let values = zhitu::value::Values::load(&zhitu::lexicon::Sources::built_in())?;
//! let base = |norm: &str| values.quantity(norm).and_then(|quantity| quantity.base()).map(|(low, _)| low);
//! assert!(base("1500 亩") < base("180 公顷") && base("180 公顷") < base("2 平方公里"));
//! let unit = values.unit("公顷").expect("a unit of the table");
//! assert_eq!((unit.dimension.as_str(), unit.qudt.as_deref()), ("area", Some("http://qudt.org/vocab/unit/HA")));
//! # Ok::<(), zhitu::error::Error>(())
//! ```
//!
//! A clock is kept for the paragraphs of one article. It knows the document's day, the dates named so far and the
//! year of the heading above ([`Values::heading`]):
//!
//! ```
//! use zhitu::value::{Clock, Values, days};
//!
//! # let values = Values::load(&zhitu::lexicon::Sources::built_in())?;
//! let mut clock = Clock::new(Some("2025-05-01"));
//! let norms = |text: &str, clock: &mut Clock| -> Vec<String> {
//!     values.read(text, clock).into_iter().filter_map(|reading| reading.norm).collect()
//! };
//! assert_eq!(norms("2019年9月30日，水厂投产。", &mut clock), ["2019-09-30"]);
//! assert_eq!(norms("次日开始供水。", &mut clock), ["2019-10-01"]);
//! assert_eq!(norms("“十四五”期间扩建。", &mut clock), ["2021/2025"]);
//! assert_eq!(days("2021/2025"), Some((Some("2021-01-01".to_owned()), Some("2025-12-31".to_owned()))));
//! # Ok::<(), zhitu::error::Error>(())
//! ```
//!
//! The readers are one scan from left to right: a table says which characters can begin a value, and the
//! grammar of dates, then that of figures, is tried there. What they know — units, modifiers, festivals,
//! congresses, lunar months — is in `rules/value`, `rules/calendar` and `rules/unit`.

mod calendar;
mod chars;
mod civil;
mod clock;
mod date;
mod decimal;
mod edtf;
mod figure;
mod follower;
mod guess;
mod heading;
mod lunar;
mod modifier;
mod number;
mod quantity;
mod recurring;
mod session;
mod tibetan;
mod time;
mod unit;

use std::sync::Arc;

pub use clock::{Clock, Memory};
pub use decimal::Decimal;
pub use edtf::{Precision, days};
pub use guess::guess_year;
pub use quantity::{Amount, Modifier, Quantity};
pub use unit::{Unit, UnitKind, Units};

use crate::error::{Error, Result};
use crate::lexicon::{Sources, Table};
use crate::schema::{RuleId, Type};
use crate::text::Span;
use calendar::Calendar;
use chars::{Chars, Folding, Words};
use clock::Said;
use date::{Phrase, Reader};
use figure::{Figure, Found};
use follower::Followers;
use modifier::Modifiers;

/// The readers with their tables; the default one has none and reads only numbers without units.
#[derive(Debug, Default)]
pub struct Values {
    folding: Folding,
    units: Units,
    modifiers: Modifiers,
    calendar: Calendar,
    /// Words that hold numerals and are none; `true` for exceptions that are read on.
    others: Words<bool>,
    followers: Followers,
    /// Words of headings that report on a year or plan it.
    reports: Vec<String>,
}

/// One value found in a text. Offsets are bytes of the text given.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Where it stands.
    pub span: Span,
    /// [`Type::Date`] or [`Type::Figure`].
    pub kind: Type,
    /// EDTF, or `[~<>]value unit`; `None` for a vague date (近年来).
    pub norm: Option<String>,
    /// First and last day (ISO) of a date; `None` at an open end.
    pub days: Option<(Option<String>, Option<String>)>,
    /// The reader.
    pub rule: RuleId,
    /// How fine a date is (of a range: its first end).
    pub precision: Option<Precision>,
    /// What a figure says, exact and comparable.
    pub quantity: Option<Quantity>,
}

impl Values {
    /// The readers over the tables of `sources` (`value/`, `calendar/`, `unit/`). Fails on a malformed row, or
    /// where a table is missing that no reader can do without.
    pub fn load(sources: &Sources) -> Result<Values> {
        let table = |name: &'static str| {
            sources.get(name).map(|text| Table::new(name, text)).ok_or_else(|| {
                Error::new(format!("the rules lack {name}"))
                    .with_help("a folder of rules extends the built-in ones; keep them below it")
            })
        };
        let mut folding = Folding::load(table("value/variant.tsv")?)?;
        let mut others = Words::default();
        for row in table("value/nonfigure.tsv")?.rows_with(1)? {
            others.insert(row.term, row.feature(0) == "read");
        }
        let reports = table("value/report.tsv")?.rows().map(|row| row.term.to_owned()).collect();
        let calendar = Calendar::load(sources)?;
        for c in "0123456789零一二两俩三四五六七八九十百千万亿兆几数半翻廿拾伍陆肆参第前农阴旧夏藏闰正冬腊公上本新$¥€£UH早晚凌清拂下中傍黄夜深午子约大周星礼那“‘'\"「『甲乙丙丁戊己庚辛壬癸鼠牛虎兔龙蛇马羊猴鸡狗猪".chars() {
            folding.begin(c);
        }
        for &(c, ..) in figure::VULGAR {
            folding.begin(c);
        }
        for c in calendar.words.first_chars().into_iter().chain(others.first_chars()) {
            folding.begin(c);
        }
        Ok(Values {
            folding,
            units: Units::load(table("unit/unit.tsv")?)?,
            modifiers: Modifiers::load(table("value/modifier.tsv")?)?,
            calendar,
            others,
            followers: Followers::load(&table("value/follower.tsv")?)?,
            reports,
        })
    }

    /// The unit of that name, as norms write it.
    pub fn unit(&self, name: &str) -> Option<Arc<Unit>> {
        self.units.get(name)
    }

    /// Reads a figure's norm back.
    pub fn quantity(&self, norm: &str) -> Option<Quantity> {
        Quantity::parse(norm, |name| self.units.get(name))
    }

    /// The values of one paragraph, in order, none overlapping. The clock is carried from paragraph to
    /// paragraph of an article: relative dates count from it and named dates move it. Traditional characters
    /// and full-width digits are read as they stand.
    pub fn read(&self, text: &str, clock: &mut Clock) -> Vec<Reading> {
        if let Some(said) = &mut clock.memory.last {
            said.end = None;
        }
        clock.memory.day = None;
        let Some(chars) = self.folding.chars(text) else { return Vec::new() };
        if chars.at(0) == '每' && chars.len() < 20 {
            let reader = Reader { values: self, text: &chars, clock, lent: None };
            if let Some(norm) = recurring::read(&reader) {
                return vec![Reading {
                    span: chars.span(0, chars.len()),
                    kind: Type::Date,
                    norm: Some(norm),
                    days: None,
                    rule: RuleId::new("value.date.recurring"),
                    precision: None,
                    quantity: None,
                }];
            }
        }
        let mut readings = Vec::new();
        let mut at = chars.first;
        let mut floor = 0;
        while at < chars.len() {
            if !self.folding.begins(chars.at(at)) {
                at += 1;
                continue;
            }
            match self.others.longest(&chars, at) {
                Some((false, end)) if !self.names_a_date(&chars, at, end) => {
                    at = end;
                    continue;
                }
                _ => {}
            }
            if let Some(phrase) = self.date(&chars, at, floor, clock) {
                let end = phrase.end.max(at + 1);
                if let Some(point) = phrase.said {
                    clock.memory.day = Some(point).filter(|point| point.day().is_some()).or(clock.memory.day);
                    clock.memory.last = Some(Said { point, explicit: phrase.explicit, end: Some(phrase.end) });
                }
                if phrase.festival.is_some() {
                    clock.memory.festival = phrase.festival.clone();
                }
                readings.push(self.dated(&chars, &phrase));
                (at, floor) = (end, end);
                continue;
            }
            match self.number_at(&chars, at, floor) {
                Found::Figure(figure) => {
                    let end = figure.end.max(at + 1);
                    readings.push(self.figured(&chars, figure));
                    (at, floor) = (end, end);
                }
                Found::Nothing(end) => at = end.max(at + 1),
            }
        }
        readings
    }

    /// A word that holds no figure can still begin a longer date (五四青年节, 十大以来).
    fn names_a_date(&self, text: &Chars, i: usize, end: usize) -> bool {
        match self.calendar.words.longest(text, i) {
            Some((calendar::Word::Congress(..), behind)) => {
                behind > end || text.ends(i, "党的") || text.ends(i, "中共")
            }
            Some((_, behind)) => behind > end,
            None => false,
        }
    }

    fn date(&self, text: &Chars, i: usize, floor: usize, clock: &Clock) -> Option<Phrase> {
        let reader = Reader { values: self, text, clock, lent: None };
        let phrase = reader.phrase(i, floor)?;
        (phrase.start >= floor).then_some(phrase)
    }

    fn number_at(&self, text: &Chars, i: usize, floor: usize) -> Found {
        match text.at(i) {
            '第' if figure::ordinals_only(text) => self.ordinal(text, i),
            '半' | '翻' | '$' | '¥' | '€' | '£' | 'U' | 'H' | '¼'..='¾' | '⅓'..='⅞' => {
                self.figure(text, i, floor)
            }
            _ if number::begins(text, i) => self.figure(text, i, floor),
            _ => Found::Nothing(i + 1),
        }
    }

    fn dated(&self, text: &Chars, phrase: &Phrase) -> Reading {
        Reading {
            span: text.span(phrase.start, phrase.end),
            kind: Type::Date,
            norm: phrase.when.norm(),
            days: edtf::days_of(&phrase.when),
            rule: RuleId::new(phrase.rule),
            precision: phrase.when.first().or(phrase.when.last()).map(|p| p.precision()),
            quantity: None,
        }
    }

    fn figured(&self, text: &Chars, figure: Figure) -> Reading {
        Reading {
            span: text.span(figure.start, figure.end),
            kind: Type::Figure,
            norm: Some(figure.quantity.to_string()),
            days: None,
            rule: RuleId::new(figure.rule),
            precision: None,
            quantity: Some(figure.quantity),
        }
    }
}
