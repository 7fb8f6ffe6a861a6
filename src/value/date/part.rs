//! Parts of a year: quarters and runs of months.

use super::Reader;
use crate::value::edtf::{Point, Rest, When};
use crate::value::figure::separator;
use crate::value::number::{self, small};

impl Reader<'_> {
    /// 一季度, 第三季度, 前三季度, 1至3季度.
    pub(super) fn quarter(&self, i: usize, year: i32, alone: bool) -> Option<(When, usize)> {
        let text = self.text;
        let (first, at) = match text.eat_any(i, &["前", "头", "第"]) {
            Some((word, at)) => (word, at),
            None => ("", i),
        };
        let (n, end) = small(text, at)?;
        let (low, n, end) = match text.eat_any(end, &["至", "到", "-", "、"]).and_then(|(_, e)| small(text, e)) {
            Some((second, end)) if first.is_empty() && second > n => (n, second, end),
            _ => (n, n, end),
        };
        let end = match text.eat_any(end, &["个季度", "季度", "季"]) {
            Some(("季", end)) if !alone && !matches!(first, "前") => {
                let _ = end;
                return None;
            }
            Some((word, end)) => {
                if word == "个季度" && first.is_empty() || word == "季" && text.at(end) == '稻' {
                    return None;
                }
                end
            }
            None => return None,
        };
        if !(1..=4).contains(&n) {
            return None;
        }
        let Some(year) = (if alone { Some(year) } else { self.quarter_year(i) }) else {
            return Some((When::Vague, end));
        };
        if matches!(first, "前" | "头") || low < n {
            let low = if matches!(first, "前" | "头") { 1 } else { low };
            if first.is_empty() && low < n || n > 1 {
                return Some((
                    When::range(Point::of_month((year, low as u8 * 3 - 2)), Point::of_month((year, n as u8 * 3))),
                    end,
                ));
            }
        }
        Some((When::Point(Point::new(year, Rest::Part(32 + n as u8))), end))
    }

    /// The year of a quarter or a run of months named without one.
    pub(super) fn quarter_year(&self, i: usize) -> Option<i32> {
        if let Some(lent) = self.lent {
            return Some(lent.year);
        }
        let said = self.clock.last().filter(|said| said.end.is_some() && said.end <= Some(i)).map(|said| said.point);
        let today = self.clock.today_year();
        if let Some(scope) = self.clock.scope() {
            let beside = said.map(|point| point.year).filter(|year| (scope - 2..=scope).contains(year));
            return beside.or(Some(scope));
        }
        match (said, today) {
            (Some(point), Some(today)) if (today - 2..=today).contains(&point.year) => Some(point.year),
            (_, Some(today)) => Some(today),
            (Some(point), None) => Some(point.year),
            _ => None,
        }
    }

    /// 前三个月, 1至9月, 头两个月, 后三月.
    pub(super) fn first_months(&self, i: usize, year: i32, alone: bool) -> Option<(When, usize)> {
        let text = self.text;
        if let Some((word, at)) = text.eat_any(i, &["前", "头", "后"]) {
            let (n, at) = small(text, at)?;
            let counted = text.eat(at, "个月");
            let end = counted.or_else(|| text.eat(at, "月").filter(|_| alone))?;
            if !(1..=12).contains(&n) || (!alone && (word == "后" || counted.is_none())) {
                return None;
            }
            let year = if alone { year } else { self.quarter_year(i)? };
            let n = n as u8;
            let (a, b) = if word == "后" { (13 - n, 12) } else { (1, n) };
            return Some((When::range(Point::of_month((year, a)), Point::of_month((year, b))), end));
        }
        let (a, at) = small(text, i)?;
        let sep = separator(text, at).or_else(|| matches!(text.at(at), '、' | '和').then_some(at + 1));
        let (b, end) = match sep {
            Some(sep) => small(text, sep)?,
            None => {
                // 七八月
                let number = number::read(text, i)?;
                let (low, high) = (number.low.to_i64()?, number.high.to_i64()?);
                if low == high || number.arabic {
                    return None;
                }
                let end = text.eat(number.end, "月")?;
                if !(1..=12).contains(&low) || high > 12 {
                    return None;
                }
                let year = if alone { year } else { self.month_year(i, low as u8)? };
                let end = text.eat(end, "份").unwrap_or(end);
                return Some((
                    When::range(Point::of_month((year, low as u8)), Point::of_month((year, high as u8))),
                    end,
                ));
            }
        };
        let end = text.eat(end, "月")?;
        // 4-5月 here; 4月28日 has its own reader.
        if !(1..=12).contains(&a)
            || !(1..=12).contains(&b)
            || a >= b
            || small(text, end).is_some_and(|(_, e)| matches!(text.at(e), '日' | '号'))
        {
            return None;
        }
        let year = if alone { year } else { self.month_year(i, a as u8)? };
        let end = text.eat(end, "份").unwrap_or(end);
        Some((When::range(Point::of_month((year, a as u8)), Point::of_month((year, b as u8))), end))
    }
}
