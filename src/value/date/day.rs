//! Days: what stands behind them, clock times, weekdays.

use super::{Phrase, Reader};
use crate::value::civil::{self, Day};
use crate::value::edtf::{Point, Rest, When};
use crate::value::figure::{is_word, separator};
use crate::value::number;
use crate::value::time;

impl Reader<'_> {
    /// The day of the month nearest to the date that the text speaks from.
    pub(super) fn day_of_month(&self, i: usize, day: u8) -> Option<Day> {
        if let Some(lent) = self.lent
            && let Some(month) = lent.month()
        {
            let (year, month) = if lent.day().is_some_and(|d| d.2 > day) {
                civil::shift_month(lent.year, month, 1)
            } else {
                (lent.year, month)
            };
            return Some((year, month, day)).filter(|&d| civil::exists(d));
        }
        let said = self
            .clock
            .last()
            .filter(|said| said.end.is_some_and(|end| end <= i))
            .map(|said| said.point)
            .filter(|p| p.month().is_some())
            .or(self.clock.last_day());
        let today = self.clock.today().filter(|p| p.month().is_some());
        let base = said.or(today).or(self.clock.last().map(|said| said.point).filter(|p| p.month().is_some()))?;
        let month = base.month()?;
        let Some(day_of_base) = base.day() else {
            return Some((base.year, month, day)).filter(|&d| civil::exists(d));
        };
        let reference = civil::number(day_of_base);
        (-2..=2)
            .map(|by| civil::shift_month(base.year, month, by))
            .map(|(y, m)| (y, m, day))
            .filter(|&d| civil::exists(d))
            .min_by_key(|&d| {
                let ahead = civil::number(d) - reference;
                // A paper tells more of what was than of what will be.
                (if said.is_none() && ahead > 7 { 2 * ahead } else { ahead.abs() }, d)
            })
    }

    /// What stands behind a day: weekday, part of the day, clock time.
    pub(super) fn in_day(&self, start: usize, day: Day, end: usize, explicit: bool) -> Option<Phrase> {
        let text = self.text;
        let rule = "value.date.day";
        let finish =
            |end: usize, when: When, rule: &'static str| Some(Phrase { explicit, ..self.make(start, end, when, rule) });
        let mut at = end;
        let mut behind = end;
        if let Some(after) = time::weekday_mark(text, at) {
            at = after;
            if !matches!(text.before(after), ')' | '）') {
                behind = after;
            }
        }
        let gap = text.blank(at);
        if let Some((moment, clock_end, with_clock)) = time::read(text, gap, true) {
            let when = moment.on(day);
            return finish(clock_end, when, if with_clock { "value.date.clock" } else { rule });
        }
        if gap == at
            && text.at(at) == '的'
            && let Some((moment, clock_end, true)) = time::read(text, at + 1, true)
        {
            return finish(clock_end, moment.on(day), "value.date.clock");
        }
        finish(behind, When::Point(Point::of_day(day)), rule)
    }

    /// A clock time or a part of the day without a date.
    pub(super) fn time_of_day(&self, i: usize) -> Option<Phrase> {
        if self.text.before(i).is_ascii_alphanumeric() || matches!(self.text.before(i), ':' | '.' | '第' | '/') {
            return None;
        }
        let (moment, end, with_clock) = time::read(self.text, i, false)?;
        if !with_clock {
            return None;
        }
        let day = self
            .lent
            .and_then(|p| p.day())
            .or(self.clock.last().filter(|said| said.end.is_some()).and_then(|said| said.point.day()))
            .or(self.clock.today_day())
            .or(self.clock.last().and_then(|said| said.point.day()));
        let moment = match self.lent {
            Some(Point { rest: Rest::Time(_, _, hour, ..), .. }) => moment.after(hour),
            _ => moment,
        };
        match day {
            Some(day) => Some(self.make(i, end, moment.on(day), "value.date.clock")),
            None => Some(Phrase { said: None, ..self.make(i, end, When::Vague, "value.date.clock") }),
        }
    }

    /// 星期一, 周五上午: the day of the week that the document lies in.
    pub(super) fn weekday(&self, i: usize) -> Option<Phrase> {
        let text = self.text;
        if number::begins(text, i.wrapping_sub(1)) || matches!(text.before(i), '每' | '个' | '逢' | '各' | '双' | '两')
        {
            return None;
        }
        let (word, at) = text.eat_any(i, &["星期", "礼拜", "周"])?;
        let (n, end) = time::weekday_letter(text, at)?;
        // 周一至周五 are hours of business.
        let weekly = |at: usize| text.has_any(at, &["周", "星期", "礼拜"]);
        if separator(text, end).is_some_and(weekly)
            || matches!(text.before(i), '至' | '到' | '-') && self.lent.is_none()
        {
            return None;
        }
        let bounded = !is_word(text.at(end)) || time::read(text, end, true).is_some_and(|(_, behind, _)| behind > end);
        if word == "周"
            && (!bounded || is_word(text.before(i)) && !matches!(text.before(i), '在' | '于' | '到' | '至' | '从'))
        {
            return None;
        }
        match self.clock.today_day() {
            Some(day) => self.in_day(i, civil::day(civil::number(day) - civil::weekday(day) + n), end, false),
            None => {
                let phrase = self.in_day(i, (2000, 1, 1), end, false)?;
                Some(Phrase { when: When::Vague, said: None, ..phrase })
            }
        }
    }
}
