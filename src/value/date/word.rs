//! Words of the calendar tables: 今年, 上月, 本周, 次日, 抗战时期.

use super::{Phrase, Reader, YearFrom};
use crate::value::calendar::{Anchor, Word};
use crate::value::chars::Chars;
use crate::value::civil;
use crate::value::edtf::{Point, Rest, When};
use crate::value::number::{self, small};
use crate::value::time;

impl Reader<'_> {
    /// A word of the calendar tables.
    pub(super) fn word(&self, i: usize, word: &Word, end: usize, floor: usize) -> Option<Phrase> {
        let text = self.text;
        let today = self.clock.today();
        let vague = |end: usize, rule: &'static str| self.vague(i, end, rule);
        match word {
            Word::Vague => {
                if text.has(i, "新时代") && text.has_any(end, &["中国特色社会主义", "文明实践", "好少年", "产业工人"])
                    || text.has(i, "现在") && text.before(i) == '表'
                {
                    return None;
                }
                // 今后五年 is read from its number.
                if text.has(i, "今后") && number::begins(text, end)
                    || matches!(text.before(i), '以' | '如') && text.has(i, "近")
                {
                    return None;
                }
                vague(end, "value.date.vague")
            }
            Word::Year(shift, anchor) => self.relative_year(i, end, *shift, *anchor),
            Word::Season(shift, code) => {
                let year = self.clock.today_year()? + shift;
                // 去冬今春
                if let Some((Word::Season(to, code_to), end)) = self.values.calendar.words.longest(text, end) {
                    let last = Point::new(self.clock.today_year()? + to, Rest::Part(*code_to));
                    return Some(self.make(
                        i,
                        end,
                        When::range(Point::new(year, Rest::Part(*code)), last),
                        "value.date.season",
                    ));
                }
                Some(self.make(i, end, When::Point(Point::new(year, Rest::Part(*code))), "value.date.season"))
            }
            Word::Month(shift, anchor) => self.relative_month(i, end, *shift, *anchor),
            Word::Week(shift) => self.relative_week(i, end, *shift),
            Word::Day(shift, anchor, part) => self.relative_day(i, end, *shift, *anchor, *part),
            Word::Quarter(shift) => {
                let Some((today, month)) = today.and_then(|p| Some((p, p.month()?))) else {
                    return vague(end, "value.date.part");
                };
                let quarter = i64::from((month - 1) / 3) + shift;
                let year = today.year + quarter.div_euclid(4) as i32;
                let when = When::Point(Point::new(year, Rest::Part(33 + quarter.rem_euclid(4) as u8)));
                Some(self.make(i, end, when, "value.date.part"))
            }
            Word::Half(half, anchor) => {
                if text.before(i) == '年' && i > floor && number::digit(text.before(i - 1)).is_some() {
                    return None;
                }
                let year = match anchor {
                    Anchor::Report => self.quarter_year(i),
                    _ => self.clock.today_year(),
                };
                let Some(year) = year else { return vague(end, "value.date.part") };
                let (a, b) = if *half == 1 { (1, 6) } else { (7, 12) };
                let when = When::range(Point::of_month((year, a)), Point::of_month((year, b)));
                Some(self.make(i, end, when, "value.date.part"))
            }
            Word::HalfMonth(half) => {
                let today = today?;
                let month = today.month()?;
                let (a, b) = if *half == 1 { (1, 15) } else { (16, civil::month_length(today.year, month)) };
                let when = When::range(Point::of_day((today.year, month, a)), Point::of_day((today.year, month, b)));
                Some(self.make(i, end, when, "value.date.part"))
            }
            Word::HalfWeek(half) => {
                let day = self.clock.today_day()?;
                let monday = civil::number(day) - civil::weekday(day);
                let (a, b) = if *half == 1 { (0, 2) } else { (3, 6) };
                let when = When::range(Point::of_day(civil::day(monday + a)), Point::of_day(civil::day(monday + b)));
                Some(self.make(i, end, when, "value.date.part"))
            }
            Word::EndsOfYear => self.ends_of_year(i, end),
            Word::EndsOfMonth => {
                if text.before(i).is_ascii_digit()
                    || matches!(text.before(i), '每' | '个' | '月')
                    || number::digit(text.before(i)).is_some()
                {
                    return None;
                }
                let today = today?;
                let when = When::Point(Point::of_month((today.year, today.month()?)).about());
                Some(self.make(i, end, when, "value.date.part"))
            }
            Word::Years(a, b) => {
                let year = self.clock.today_year()?;
                let when = When::range(Point::new(year + a, Rest::Year), Point::new(year + b, Rest::Year));
                Some(self.make(i, end, when, "value.date.range"))
            }
            Word::Festival(index) => self.festival(i, *index, end, None, false),
            Word::Start(point) => self.start(i, *point, end),
            Word::Era(when) => Some(Phrase { said: None, ..self.make(i, end, *when, "value.date.era") }),
            Word::Congress(first, last) => self.congress(i, *first, *last, end),
            Word::Reign(first, last) => {
                let (n, behind) = if text.has(end, "元年") { (1, end + 1) } else { small(text, end)? };
                let end = text.eat(behind, "年")?;
                let year = first + i32::from(n) - 1;
                if n == 0 || year > *last {
                    return None;
                }
                // The Republic took the Gregorian months over.
                let from =
                    if text.has_any(i, &["民国", "中华民国"]) { YearFrom::Digits } else { YearFrom::Lunar };
                let phrase = self.in_year(i, year, end, from, true)?;
                Some(Phrase { rule: "value.date.reign", ..phrase })
            }
        }
    }

    /// A date that nothing fixes.
    fn vague(&self, i: usize, end: usize, rule: &'static str) -> Option<Phrase> {
        Some(Phrase { said: None, ..self.make(i, end, When::Vague, rule) })
    }

    /// A word for a year: 去年, 同年, 上年.
    fn relative_year(&self, i: usize, end: usize, shift: i32, anchor: Anchor) -> Option<Phrase> {
        let text = self.text;
        let said = self.lent.or(self.clock.last().map(|said| said.point));
        let vague = |end: usize, rule: &'static str| self.vague(i, end, rule);
        // 达产后年产值: 后 and 年产值.
        if text.has_any(i, &["后年", "前年", "同年"])
            && text.has_any(end, &["产", "均", "收", "薪", "利", "营", "销", "龄", "级", "轻"])
        {
            return None;
        }
        if text.has_any(i, &["当年", "那年", "这年"]) && text.has_any(end, &["轻", "龄", "纪", "代"])
            || text.has(end, "夜饭")
            || text.has(i, "全年") && text.has_any(end, &["级", "无休", "龄"])
            || text.has(i, "年内") && text.before(i).is_ascii_digit()
            || text.has(i, "年内") && is_year_count(text, i)
        {
            return None;
        }
        let base = match anchor {
            Anchor::Today if text.has(i, "年内") => self.clock.scope().or(self.clock.today_year()),
            Anchor::Today => self.clock.today_year(),
            // Below a heading of a year, 当年 of a paragraph that names no other is that year.
            Anchor::Said => self
                .lent
                .map(|p| p.year)
                .or(self.clock.scope().filter(|_| shift == 0 && !self.said_here(i)))
                .or(said.map(|p| p.year))
                .or(self.clock.today_year()),
            Anchor::Report => self.report_year(i),
        };
        match base {
            Some(base) => {
                let mut phrase = self.in_year(i, base + shift, end, YearFrom::Word, true)?;
                if phrase.end == end && text.at(end) == '内' && text.has(i, "今年") {
                    phrase.end = end;
                }
                Some(phrase)
            }
            None => {
                let phrase = self.in_year(i, 2000, end, YearFrom::Word, true)?;
                vague(phrase.end, "value.date.relative-year")
            }
        }
    }

    /// A word for a month: 上月, 当月.
    fn relative_month(&self, i: usize, end: usize, shift: i64, anchor: Anchor) -> Option<Phrase> {
        let text = self.text;
        let today = self.clock.today();
        let said = self.lent.or(self.clock.last().map(|said| said.point));
        let vague = |end: usize, rule: &'static str| self.vague(i, end, rule);
        // 首次月球采样
        if text.at(end) == '球' || text.has(i, "次月") && matches!(text.before(i), '首' | '一' | '每') {
            return None;
        }
        let base = match anchor {
            Anchor::Said => said.filter(|p| p.month().is_some()).or(today),
            _ => today,
        };
        match base.and_then(|p| p.month().map(|m| civil::shift_month(p.year, m, shift))) {
            Some((year, month)) => {
                if let Some((n, behind)) = text.eat(end, "前").and_then(|at| small(text, at))
                    && text.at(behind) == '天'
                    && (1..=28).contains(&n)
                {
                    let when = When::range(Point::of_day((year, month, 1)), Point::of_day((year, month, n as u8)));
                    return Some(self.make(i, behind + 1, when, "value.date.part"));
                }
                let phrase = self.in_month(i, year, month, end, false)?;
                let rule = if phrase.rule == "value.date.month" { "value.date.relative-month" } else { phrase.rule };
                Some(Phrase { rule, ..phrase })
            }
            None => vague(end, "value.date.relative-month"),
        }
    }

    /// A word for a week: 本周, 下周五.
    fn relative_week(&self, i: usize, end: usize, shift: i64) -> Option<Phrase> {
        let text = self.text;
        let vague = |end: usize, rule: &'static str| self.vague(i, end, rule);
        let weekday = time::weekday_letter(text, end);
        match self.clock.today_day() {
            Some(day) => {
                let monday = civil::number(day) - civil::weekday(day) + 7 * shift;
                match weekday {
                    Some((n, end)) => self.in_day(i, civil::day(monday + n), end, false),
                    None if text.has(end, "末") => {
                        let when =
                            When::range(Point::of_day(civil::day(monday + 5)), Point::of_day(civil::day(monday + 6)));
                        Some(self.make(i, end + 1, when, "value.date.relative-week"))
                    }
                    None if text.has_any(end, &["岁", "年", "边", "围", "刊", "期", "长", "全", "一起", "报"]) => {
                        None
                    }
                    None => {
                        let when =
                            When::range(Point::of_day(civil::day(monday)), Point::of_day(civil::day(monday + 6)));
                        Some(self.make(i, end, when, "value.date.relative-week"))
                    }
                }
            }
            None => vague(weekday.map_or(end, |(_, end)| end), "value.date.relative-week"),
        }
    }

    /// A word for a day: 昨天, 次日, 今晚八点.
    fn relative_day(&self, i: usize, end: usize, shift: i64, anchor: Anchor, part: Option<&str>) -> Option<Phrase> {
        let text = self.text;
        let vague = |end: usize, rule: &'static str| self.vague(i, end, rule);
        // 同日本的关系
        if text.before(end) == '日' && text.at(end) == '本' && !text.has_any(end, &["本报", "本市", "本县", "本院"])
        {
            return None;
        }
        if text.has(i, "今天") && text.before(i) == '《'
            || text.has(i, "今日") && text.has(end, "头条")
            || text.has(i, "明日") && text.has(end, "之")
            || text.has(i, "后天")
                && (text.has_any(end, &["形", "努", "的"])
                    || matches!(text.before(i), '先' | '今' | '以' | '之' | '年' | '月'))
            || text.has(i, "前天") && matches!(text.before(i), '以')
            || text.has(i, "第二天") && text.before(i) == '的'
        {
            return None;
        }
        let base = match anchor {
            Anchor::Said => {
                let said = self.lent.or(self.clock.last().map(|said| said.point)).and_then(|p| p.day());
                said.or(self.clock.last_day().and_then(|p| p.day())).or(self.clock.today_day())
            }
            _ => self.clock.today_day(),
        };
        let Some(base) = base else {
            // The part of the day and the clock still belong to it.
            let phrase = self.in_day(i, (2000, 1, 1), end, false)?;
            return vague(phrase.end, "value.date.relative-day");
        };
        let day = civil::shift(base, i64::from(shift as i32));
        if let Some(part) = part
            && let Some((moment, behind)) = time::clock_in(text, end, part)
        {
            return Some(Phrase { explicit: false, ..self.make(i, behind, moment.on(day), "value.date.clock") });
        }
        let mut phrase = self.in_day(i, day, end, false)?;
        if phrase.rule == "value.date.day" {
            phrase.rule = "value.date.relative-day";
        }
        Some(phrase)
    }

    /// 年初, 年底 of the year of the document.
    fn ends_of_year(&self, i: usize, end: usize) -> Option<Phrase> {
        let text = self.text;
        if number::digit(text.before(i)).is_some()
            || text.before(i).is_ascii_digit()
            || matches!(text.before(i), '多' | '余' | '几' | '每' | '历' | '往' | '半' | '青' | '中' | '老')
            || text.has_any(end, &["奖", "考核", "总结", "会议"]) && text.has(i, "年终")
        {
            return None;
        }
        if text.has(i, "年中") && !matches!(text.at(end), '，' | '。' | '的')
            || text.has(i, "年初") && text.has_any(end, &["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"])
        {
            return None;
        }
        let year = self.clock.scope().or(self.clock.today_year())?;
        Some(self.make(i, end, When::Point(Point::new(year, Rest::Year).about()), "value.date.part"))
    }

    /// Whether the paragraph has named a date before `i`.
    fn said_here(&self, i: usize) -> bool {
        self.clock.last().is_some_and(|said| said.end.is_some_and(|end| end <= i))
    }

    /// 上年, 全年, 上半年: the year that a report speaks of.
    pub(super) fn report_year(&self, i: usize) -> Option<i32> {
        let today = self.clock.today_year();
        let said = self.clock.last().map(|said| said.point.year);
        if let Some(scope) = self.clock.scope() {
            let near = self.near(i).map(|point| point.year);
            return near.filter(|&year| today.is_none_or(|today| year <= today)).or(Some(scope));
        }
        match (today, said) {
            (Some(today), Some(said)) if said == today - 1 || self.near(i).is_some() && said <= today => Some(said),
            (Some(today), _) => Some(today),
            (None, said) => said,
        }
    }
}

/// Whether a number stands before 年内: 三年内.
fn is_year_count(text: &Chars, i: usize) -> bool {
    number::digit(text.before(i)).is_some() || matches!(text.before(i), '十' | '半' | '百' | '多' | '几' | '余')
}
