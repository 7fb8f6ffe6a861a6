//! Dates: the grammar of a date phrase.
//!
//! One reader, a file for each kind of phrase. All of them take a position and give the phrase that begins
//! there, or nothing; none looks back over what another has read.

mod cycle;
mod day;
mod decade;
mod era;
mod festival;
mod lunar;
mod month;
mod numeric;
mod part;
mod range;
mod span;
mod word;
mod year;

use super::Values;
use super::calendar::Word;
use super::chars::Chars;
use super::clock::Clock;
use super::edtf::{Point, Rest, When};
use super::number;
use super::time;
use crate::text::is_han;

/// A date phrase.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) when: When,
    pub(super) rule: &'static str,
    /// Its year stands there in digits.
    pub(super) explicit: bool,
    /// What later dates may refer to.
    pub(super) said: Option<Point>,
    pub(super) festival: Option<(String, i32)>,
}

/// Reads dates of one paragraph.
pub(super) struct Reader<'a> {
    pub(super) values: &'a Values,
    pub(super) text: &'a Chars,
    pub(super) clock: &'a Clock,
    /// The first part of a range, which lends its year, month and day to the second.
    pub(super) lent: Option<Point>,
}

/// Where a year came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum YearFrom {
    Digits,
    Word,
    /// 乙巳年, 光绪二十六年: months behind it are lunar.
    Lunar,
}

/// Digits of a day written without marks.
const EIGHT: usize = 8;

/// Whether what a numeral begins can be a date or clock time, by the character behind it: another numeral, a mark,
/// a unit of time or a word between number and unit.
fn goes_on(c: char) -> bool {
    !is_han(c)
        || number::is_numeral(c)
        || matches!(
            c,
            '年' | '载'
                | '月'
                | '日'
                | '号'
                | '周'
                | '星'
                | '礼'
                | '天'
                | '旬'
                | '季'
                | '世'
                | '代'
                | '时'
                | '点'
                | '刻'
                | '分'
                | '秒'
                | '小'
                | '个'
                | '半'
                | '多'
                | '余'
                | '几'
                | '数'
                | '来'
                | '廿'
                | '〇'
                | '至'
                | '到'
                | '和'
                | '与'
                | '之'
                | '前'
                | '后'
                | '初'
                | '中'
                | '末'
                | '底'
                | '早'
                | '晚'
                | '夜'
                | '午'
        )
}

impl Reader<'_> {
    /// The date phrase at `i`, ranges and suffixes included.
    pub(super) fn phrase(&self, i: usize, floor: usize) -> Option<Phrase> {
        let mut phrase = self.single(i, floor)?;
        if self.lent.is_none()
            && let Some(range) = self.range(&phrase, floor)
        {
            phrase = range;
        }
        if self.lent.is_none() {
            self.suffix(&mut phrase);
        }
        Some(phrase)
    }

    /// One date without a range.
    fn single(&self, i: usize, floor: usize) -> Option<Phrase> {
        let text = self.text;
        let (at, quoted) = match text.at(i) {
            '“' | '‘' | '\'' | '"' | '「' | '『' => (i + 1, true),
            _ => (i, false),
        };
        if quoted {
            if text.at(i) == '\'' && text.at(at).is_ascii_digit() {
                return self.short_year(i);
            }
            if let Some(phrase) = self.plan(i) {
                return Some(phrase);
            }
            // “两弹一星”时期: the quotation marks belong to the word.
            if let Some((word, end)) = self.values.calendar.words.longest(text, i)
                && let Some(phrase) = self.word(i, word, end, floor)
            {
                return Some(phrase);
            }
            if let Some(phrase) = self.numbered_festival(i) {
                return Some(phrase);
            }
            return match self.values.calendar.words.longest(text, at)? {
                (&Word::Festival(index), end) => self.festival(i, index, end, None, true),
                _ => None,
            };
        }
        let c = text.at(i);
        let numeral = number::digit(c).is_some() || c.is_ascii_digit() || matches!(c, '十' | '廿');
        if (numeral || c == '第')
            && let Some(phrase) = self.plan(i)
        {
            return Some(phrase);
        }
        if let Some((word, end)) = self.values.calendar.words.longest(text, i)
            && let Some(phrase) = self.word(i, word, end, floor)
        {
            return Some(phrase);
        }
        if cycle::begins(c)
            && let Some(phrase) = self.cycle(i)
        {
            return Some(phrase);
        }
        if matches!(c, '上' | '本' | '新' | '这')
            && let Some(phrase) = self.century_word(i)
        {
            return Some(phrase);
        }
        if matches!(c, '星' | '礼' | '周')
            && let Some(phrase) = self.weekday(i)
        {
            return Some(phrase);
        }
        // 从那时到2013年
        if matches!(c, '那' | '当')
            && text.has_any(i, &["那时到", "那时至", "当时到"])
            && let Some(said) = self.clock.last()
        {
            return Some(self.make(
                i,
                i + 2,
                When::Point(Point::new(said.point.year, Rest::Year)),
                "value.date.relative-year",
            ));
        }
        // 一些, 三农, 300元: most numerals stand in words and figures.
        if numeral && !self.goes_on(i) {
            return None;
        }
        if (numeral || lunar::begins(c))
            && let Some(phrase) = self.lunar(i, None)
        {
            return Some(phrase);
        }
        if numeral || matches!(c, '前' | '第' | '半' | '数') || text.has(i, "公元") {
            if let Some(phrase) = self.numbered_festival(i) {
                return Some(phrase);
            }
            if let Some(phrase) = self.iso(i) {
                return Some(phrase);
            }
            if let Some(phrase) = span::counted(self, i, floor) {
                return Some(phrase);
            }
            if let Some(phrase) = self.decade(i) {
                return Some(phrase);
            }
            if let Some((year, end)) = self.year(i) {
                return self.in_year(i, year, end, YearFrom::Digits, true);
            }
            if let Some(phrase) = self.in_year(i, self.default_year()?, i, YearFrom::Word, false) {
                return Some(phrase);
            }
            if let Some(phrase) = self.month_or_day(i) {
                return Some(phrase);
            }
        }
        if numeral || time::begins(c) { self.time_of_day(i) } else { None }
    }

    /// Whether the number that begins at `i` can be that of a date.
    fn goes_on(&self, i: usize) -> bool {
        let end = (i + 1..).find(|&at| !number::is_numeral(self.text.at(at))).unwrap_or(i + 1);
        // 5%, 3.5万
        let point = self.text.at(end) == '.' && self.text.at(end + 1).is_ascii_digit();
        let digit = |at: &usize| point && self.text.at(*at).is_ascii_digit();
        let last = end + usize::from(point) + (end + 1..).take_while(digit).count();
        if self.text.at(end) == '%' || point && matches!(self.text.at(last), '万' | '亿' | '%') {
            return false;
        }
        // 20240501 needs nothing behind it, 2021及2022年 lends its unit.
        end - i == EIGHT || goes_on(self.text.at(end)) || self.text.at(end) == '及'
    }

    fn make(&self, start: usize, end: usize, when: When, rule: &'static str) -> Phrase {
        Phrase { start, end, when, rule, explicit: false, said: when.last().or(when.first()), festival: None }
    }

    /// The year that a date without one belongs to, before its month is known.
    fn default_year(&self) -> Option<i32> {
        self.lent
            .map(|p| p.year)
            .or(self.clock.today_year())
            .or(self.clock.last().map(|said| said.point.year))
            .or(Some(0))
    }

    /// The last date of the text that may lend its year at `i`: in the same sentence, or a full date of the paragraph.
    fn near(&self, i: usize) -> Option<Point> {
        let said = self.clock.last().filter(|said| said.explicit)?;
        let end = said.end?;
        let sentence = (end..i).all(|k| !matches!(self.text.at(k), '。' | '！' | '？' | '\n'));
        (sentence || said.point.month().is_some()).then_some(said.point)
    }
}
