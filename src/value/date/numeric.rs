//! Dates in digits alone.

use super::{Phrase, Reader};
use crate::value::civil;
use crate::value::edtf::{Point, Rest, When};
use crate::value::figure::{is_word, separator};
use crate::value::number::small;
use crate::value::time;

impl Reader<'_> {
    /// 2025-04-28, 2025/4/28, 2025.4.28, 20250428, 2025-04-28T09:30, 1999.08-2002.02.
    pub(super) fn iso(&self, i: usize) -> Option<Phrase> {
        let text = self.text;
        let before = text.before(i);
        if !text.at(i).is_ascii_digit()
            || before.is_ascii_alphanumeric()
            || self.lent.is_none()
                && matches!(before, '.' | '/' | '-')
                && text.before(i.saturating_sub(1)).is_ascii_digit()
        {
            return None;
        }
        let run = |mut at: usize| {
            let start = at;
            while text.at(at).is_ascii_digit() {
                at += 1;
            }
            at - start
        };
        let value = |at: usize, len: usize| text.text(at, at + len).parse::<i32>().ok();
        let len = run(i);
        let explicit = |phrase: Phrase| Some(Phrase { explicit: true, ..phrase });
        if len == 8 {
            let (y, m, d) = (value(i, 4)?, value(i + 4, 2)?, value(i + 6, 2)?);
            if (1900..2100).contains(&y)
                && civil::exists((y, m as u8, d as u8))
                && m > 0
                && d > 0
                && !matches!(text.at(i + 8), '.' | '万' | '亿' | '元' | '股')
            {
                return explicit(self.make(
                    i,
                    i + 8,
                    When::Point(Point::of_day((y, m as u8, d as u8))),
                    "value.date.numeric",
                ));
            }
            return None;
        }
        if len == 2
            && text.at(i + 2) == '-'
            && run(i + 3) == 2
            && text.at(i + 5) == ' '
            && let Some((moment, end, true)) = time::read(text, i + 6, false)
        {
            // 09-01 20:01
            let (m, d) = (value(i, 2)?, value(i + 3, 2)?);
            let day = (self.clock.today_year()?, u8::try_from(m).ok()?, u8::try_from(d).ok()?);
            return civil::exists(day).then(|| self.make(i, end, moment.on(day), "value.date.numeric"));
        }
        if len != 4 {
            return None;
        }
        let year = value(i, 4)?;
        if !(1000..2300).contains(&year) {
            return None;
        }
        let separator_mark = text.at(i + 4);
        if !matches!(separator_mark, '-' | '/' | '.' | ' ') {
            return self.bare_years(i, year);
        }
        let month_len = run(i + 5);
        let Some(month) = value(i + 5, month_len).filter(|m| (1..=2).contains(&month_len) && (1..=12).contains(m))
        else {
            return self.bare_years(i, year);
        };
        let month = month as u8;
        let at = i + 5 + month_len;
        if text.at(at) == separator_mark && text.at(at + 1).is_ascii_digit() {
            let mut day_len = run(at + 1);
            // 2018-12-1209:03 lost its blank.
            if day_len == 4 && text.at(at + 5) == ':' {
                day_len = 2;
            }
            let day = value(at + 1, day_len).filter(|d| (1..=2).contains(&day_len) && *d >= 1 && *d <= 31)? as u8;
            if !civil::exists((year, month, day)) || separator_mark == ' ' && is_word(text.at(at + 1 + day_len)) {
                return None;
            }
            let mut end = at + 1 + day_len;
            if text.at(end) == 'T' {
                end += 1;
            }
            let zoned = text.at(end - 1) == 'T';
            let clock = match zoned {
                true => time::single(text, end).map(|(moment, behind)| (moment, behind, true)),
                false => time::read(text, text.blank(end), true),
            };
            if let Some((moment, mut behind, true)) = clock {
                // 08:15:30-05:30, 08:15Z
                if matches!(text.at(behind), '+' | '-')
                    && run(behind + 1) == 2
                    && text.at(behind + 3) == ':'
                    && run(behind + 4) == 2
                    && text.at(end - 1) == 'T'
                {
                    behind += 6;
                } else if text.at(behind) == 'Z' {
                    behind += 1;
                }
                return explicit(self.make(i, behind, moment.on((year, month, day)), "value.date.numeric"));
            }
            let end = at + 1 + day_len;
            let end = text.eat(end, "日").unwrap_or(end);
            return self
                .in_day(i, (year, month, day), end, true)
                .map(|phrase| Phrase { rule: "value.date.numeric", ..phrase });
        }
        let mut dash = at;
        while matches!(text.at(dash), '-' | '~') && dash - at < 3 {
            dash += 1;
        }
        let behind = text.blank(dash);
        // （1935.6-2021.12）
        let ranged = dash > at && run(behind) == 4;
        let dotted = separator_mark == '.' && (self.lent.is_some() || ranged && text.at(behind + 4) == '.');
        // 2006.05-  县长: a line of a career that goes on.
        let first = matches!(text.before(i), '\0' | '\n' | ' ');
        if first && dash > at && separator_mark == '.' && month_len == 2 && !text.at(behind).is_ascii_digit() {
            let since = When::Range(Some(Point::of_month((year, month))), None);
            return explicit(self.make(i, dash, since, "value.date.since"));
        }
        if separator_mark == ' '
            || month_len != 2 && !dotted
            || matches!(text.at(at), '.' | '-' | '/' | '万' | '亿' | '%' | '元' | '年') && !ranged
            || separator_mark == '.' && self.values.units.at(text, at).is_some()
            || text.at(at).is_ascii_alphanumeric()
        {
            return self.bare_years(i, year);
        }
        explicit(self.make(i, at, When::Point(Point::of_month((year, month))), "value.date.numeric"))
    }

    /// 2021—2025年, 1908—1986, 2021、2022年, a year alone in its cell, 从2016到2018.
    pub(super) fn bare_years(&self, i: usize, year: i32) -> Option<Phrase> {
        let text = self.text;
        let end = i + 4;
        if text.at(end).is_ascii_digit() {
            return None;
        }
        let explicit = |phrase: Phrase| Some(Phrase { explicit: true, ..phrase });
        let plausible = |y: u16| (1000..2300).contains(&y);
        if let Some(sep) = separator(text, end)
            && let Some((last, behind)) = small(text, sep)
            && behind == sep + 4
            && plausible(last)
            && i32::from(last) > year
        {
            let closing = text.eat(text.blank(behind), "年").filter(|_| !text.has(text.blank(behind), "年代"));
            let standing = matches!(text.before(i), '(' | '从' | '自' | '\0') || text.ends(i, "时间从");
            if (closing.is_some() || standing) && !text.at(behind).is_ascii_digit() {
                let when = When::range(Point::new(year, Rest::Year), Point::new(i32::from(last), Rest::Year));
                return explicit(self.make(i, closing.unwrap_or(behind), when, "value.date.range"));
            }
        }
        if matches!(text.at(end), '、' | '和' | '与' | '及' | '，')
            && let Some((next, behind)) = small(text, end + 1)
            && behind == end + 5
            && plausible(next)
            && (text.at(behind) == '年'
                || matches!(text.at(behind), '、' | '和') && self.bare_years(end + 1, i32::from(next)).is_some())
        {
            return explicit(self.make(i, end, When::Point(Point::new(year, Rest::Year)), "value.date.year"));
        }
        if i == 0 && end == text.len() && (1800..2100).contains(&year) {
            return explicit(self.make(i, end, When::Point(Point::new(year, Rest::Year)), "value.date.year"));
        }
        None
    }
}
