//! Days of the Chinese and the Tibetan calendar.

use super::{Phrase, Reader, YearFrom};
use crate::value::calendar::Word;
use crate::value::chars::Chars;
use crate::value::civil;
use crate::value::edtf::{Point, Rest, When};
use crate::value::number::small;

impl Reader<'_> {
    /// 农历正月初一, 腊月廿三, 正月十五, 闰四月, 八月十五 after a relative year.
    pub(super) fn lunar(&self, i: usize, year: Option<(i32, YearFrom)>) -> Option<Phrase> {
        let text = self.text;
        let (named, mut at) = match text.eat_any(i, &["农历", "阴历", "旧历", "夏历"]) {
            Some((_, at)) => (true, at),
            None => (false, i),
        };
        let tibetan = text.eat_any(i, &["藏历新年", "藏历"]).filter(|(word, _)| *word == "藏历").map(|(_, end)| end);
        if let Some(after) = tibetan {
            at = after;
        }
        let from_digits = matches!(year, Some((_, YearFrom::Digits)));
        let named = named || matches!(year, Some((_, YearFrom::Lunar)));
        let mut year = year.map(|(year, _)| year);
        let (mut relative_year, mut unknown) = (false, false);
        if named || tibetan.is_some() {
            let cycle = if tibetan.is_some() { self.tibetan_cycle(at) } else { self.chinese_cycle(at) };
            if let Some((own, end)) = self.year(at) {
                // The years since the first king are counted up to today in Lhasa: 2152 began in 2025.
                let royal = tibetan.is_some() && own >= 2100;
                (year, at) = (Some(if royal { own - 127 } else { own }), end);
            } else if let Some((own, end)) = cycle {
                (year, at, unknown) = (own, end, own.is_none());
                if tibetan.is_some()
                    && let Some(phrase) = self.tibetan_year(i, own, end)
                    && small(text, end).is_none()
                    && !text.has_any(end, &["闰", "正月"])
                {
                    return Some(phrase);
                }
            } else if let Some((Word::Year(shift, _), end)) = self.values.calendar.words.longest(text, at) {
                (year, at) = (self.clock.today_year().map(|y| y + shift), end);
                relative_year = true;
            }
        }
        let (leap, at) = match text.eat(at, "闰") {
            Some(at) => (true, at),
            None => (false, at),
        };
        let (month, end, special) = match text.eat_any(at, &["大年", "正月", "冬月", "腊月", "冬至月"]) {
            Some(("大年", end)) if text.at(end) == '初' => (1, end, true),
            Some(("正月", end)) => (1, end, true),
            Some(("冬月", end)) => (11, end, true),
            Some(("腊月", end)) => (12, end, true),
            Some(_) => return None,
            None => {
                let (n, end) = small(text, at)?;
                ((1..=12).contains(&n).then_some(n as u8)?, text.eat(end, "月")?, false)
            }
        };
        let day = lunar_day(text, end);
        // Without a word that says so, only 正月, 腊月, 初三 and 廿三 are lunar for certain.
        let certain = named || leap || special || tibetan.is_some();
        let mid_autumn = !from_digits && !certain && text.has(i, "八月十五") && !matches!(text.at(i + 4), '日' | '号');
        let (day, behind) = match day {
            Some((day, behind, sure)) if certain || sure || mid_autumn => {
                (Some(day), text.eat(behind, "日").unwrap_or(behind))
            }
            _ if certain => (None, end),
            _ => return None,
        };
        if !certain && day.is_none() {
            return None;
        }
        let relative_festival = day.is_none() && special && text.has_any(end, &["里", "间"]);
        let behind = if relative_festival { end } else { behind };
        let resolve = |year: i32| -> Option<When> {
            if tibetan.is_some() {
                return match day {
                    Some(day) => {
                        self.values.calendar.tibetan_day(year, month, day).map(|d| When::Point(Point::of_day(d)))
                    }
                    None => None,
                };
            }
            let lunar = &self.values.calendar.lunar;
            match day {
                Some(day) => lunar.day(year, month, leap, day).map(|d| When::Point(Point::of_day(d))),
                None => {
                    let (first, length) = lunar.month(year, month, leap)?;
                    Some(When::range(Point::of_day(first), Point::of_day(civil::shift(first, i64::from(length) - 1))))
                }
            }
        };
        let when = match year {
            None if unknown => None,
            // A year before the tables keeps its year.
            Some(year) => resolve(year).or_else(|| (!relative_year).then(|| When::Point(Point::new(year, Rest::Year)))),
            None => {
                let today = self.clock.today();
                let base = self.near(i).map(|p| p.year).or(today.map(|p| p.year));
                match (base, today.and_then(|p| p.day())) {
                    (Some(base), Some(now)) if self.near(i).is_none() => {
                        // The lunar year that the day of the document lies in decides about 腊月.
                        let lunar_now = self.values.calendar.lunar.of(now).map_or(base, |(year, ..)| year);
                        [lunar_now, lunar_now + 1, lunar_now - 1].into_iter().filter_map(&resolve).min_by_key(|when| {
                            let distance = when
                                .first()
                                .map_or(i64::MAX, |p| (civil::number(p.days().0) - civil::number(now)).abs());
                            if distance < 275 && when.first().is_some_and(|p| p.year == now.0) {
                                distance / 4
                            } else {
                                distance
                            }
                        })
                    }
                    (Some(base), _) => resolve(base),
                    _ => None,
                }
            }
        };
        let when = when.unwrap_or(When::Vague);
        if let When::Point(point) = when
            && let Some(day) = point.day()
        {
            let phrase = self.in_day(i, day, behind, false)?;
            return Some(Phrase { rule: "value.date.lunar", ..phrase });
        }
        Some(self.make(i, behind, when, "value.date.lunar"))
    }
}

/// Whether a day of one of these calendars can begin with the character, numerals apart.
pub(super) fn begins(c: char) -> bool {
    matches!(c, '农' | '阴' | '旧' | '夏' | '藏' | '闰' | '大' | '正' | '冬' | '腊')
}

/// 初一, 十五, 廿三, 三十, 18: day, end, whether only a lunar day is written so.
fn lunar_day(text: &Chars, i: usize) -> Option<(u8, usize, bool)> {
    if let Some(at) = text.eat(i, "初") {
        let (n, end) = small(text, at)?;
        return (1..=10).contains(&n).then_some((n as u8, end, true));
    }
    let (n, end) = small(text, i)?;
    (1..=30).contains(&n).then_some((n as u8, end, text.at(i) == '廿'))
}
