//! Festivals and memorial days.

use super::{Phrase, Reader};
use crate::value::calendar::{FestivalKind, Word};
use crate::value::chars::Chars;
use crate::value::civil;
use crate::value::edtf::{Point, When};
use crate::value::figure::is_word;
use crate::value::number::{self, small};

impl Reader<'_> {
    /// A festival, with what stands round it.
    pub(super) fn festival(
        &self,
        i: usize,
        index: usize,
        end: usize,
        year: Option<i32>,
        quoted: bool,
    ) -> Option<Phrase> {
        let text = self.text;
        let festival = self.values.calendar.festivals.get(index)?;
        let numeral = number::digit(text.before(end)).is_some();
        if matches!(text.at(end), '日' | '号' | '月')
            || numeral && (text.at(end) == '十' || number::digit(text.at(end)).is_some())
        {
            return None;
        }
        let mut end = end;
        let mut in_quotes = false;
        if quoted {
            if matches!(text.at(end), '”' | '’' | '\'' | '"' | '」' | '』') {
                end += 1;
                in_quotes = true;
            }
            // “五一”国际劳动节, “三八”妇女节, “五四”青年节
            if in_quotes
                && let Some((Word::Festival(other), other_end)) = self.values.calendar.words.longest(text, end)
                && self.values.calendar.festivals.get(*other)?.kind == festival.kind
            {
                end = other_end;
            }
        } else if text.at(end) == '”' {
            // “七一”, read from inside its quotes
            return None;
        }
        let holiday = text.has_any(
            end,
            &["期间", "假期", "小长假", "长假", "黄金周", "前夕", "前后", "节", "当天", "来临之际", "前", "后", "放假"],
        );
        let whole = end == text.len() && i == 0;
        let after_day = self.clock.last().is_some_and(|said| said.end == Some(i));
        // 一九七六年的十一年中 counts years.
        let counts = text.has_any(end, &["年", "个", "届", "项", "次", "名", "人", "家", "条", "位", "天"]);
        if festival.needs_quote
            && !(in_quotes || holiday || year.is_some() && !counts && text.before(i) != '的' || whole || after_day)
        {
            return None;
        }
        if festival.needs_year && year.is_none() && !whole && !text.has_any(end, &["节气", "时节", "当天", "节"])
        {
            return None;
        }
        if festival.name == "清明" && text.ends_any(i, &["政治", "吏治"])
            || text.has_any(
                end,
                &[
                    "重要讲话",
                    "劳动奖",
                    "奖章",
                    "奖状",
                    "奖",
                    "勋章",
                    "红旗",
                    "广场",
                    "路",
                    "大街",
                    "讲话",
                    "运动",
                    "精神",
                    "国际机场",
                    "联欢",
                    "晚会",
                    "档",
                    "口号",
                    "巾帼",
                    "号召",
                    "先锋",
                    "创新",
                    "献礼",
                    "条约",
                    "起义",
                    "杯",
                    "文化节",
                    "村",
                    "镇",
                    "农场",
                    "中学",
                    "小学",
                    "大学",
                    "工程",
                ],
            )
        {
            return None;
        }
        let year = year.or_else(|| self.festival_year(i, festival.kind, &festival.name));
        // 望果节 goes by the harvest of each village: only its month can be said.
        if let (FestivalKind::Month(month), Some(year)) = (festival.kind, year) {
            let end = text.eat_any(end, &["期间", "前夕", "前后"]).map_or(end, |(_, at)| at);
            return Some(self.make(i, end, When::Point(Point::of_month((year, month)).about()), "value.date.festival"));
        }
        let Some((year, mut day)) =
            year.and_then(|year| Some((year, self.values.calendar.festival_day(festival.kind, year)?)))
        else {
            let phrase = self.make(i, end, When::Vague, "value.date.festival");
            return Some(Phrase { said: None, ..phrase });
        };
        // 2023年大年三十 is the last day of that lunar year.
        if festival.kind == FestivalKind::Lunar(12, 30) && end > i && text.has(i, "大年三十") && year_before(text, i)
        {
            day = self.values.calendar.festival_day(festival.kind, year + 1)?;
        }
        let group = group_of(festival.kind, &festival.name);
        let mut phrase = match text.eat_any(end, &["来临前夕", "到来前夕", "前夕", "的前夕"]) {
            Some((_, end)) => {
                self.make(i, end, When::Point(Point::of_day(civil::shift(day, -1)).about()), "value.date.festival")
            }
            None => {
                let mut end = end;
                // Mosques announce the day by the moon: the table can be a day off.
                let mut about = matches!(festival.kind, FestivalKind::Islamic(..));
                if let Some((_, behind)) = text.eat_any(
                    end,
                    &[
                        "假期期间",
                        "小长假期间",
                        "长假期间",
                        "黄金周期间",
                        "假期",
                        "小长假",
                        "长假",
                        "黄金周",
                        "期间",
                        "节日期间",
                        "来临之际",
                        "到来之际",
                        "前后",
                    ],
                ) {
                    end = behind;
                    about = true;
                }
                if about {
                    self.make(i, end, When::Point(Point::of_day(day).about()), "value.date.festival")
                } else {
                    let phrase = self.in_day(i, day, end, false)?;
                    let rule = if phrase.rule == "value.date.day" { "value.date.festival" } else { phrase.rule };
                    Phrase { rule, ..phrase }
                }
            }
        };
        phrase.said = Some(Point::of_day(day));
        phrase.festival = Some((group, year));
        Some(phrase)
    }

    /// 12·13国家公祭日, “3·15”国际消费者权益日, “12·13”: a memorial day by its number.
    pub(super) fn numbered_festival(&self, i: usize) -> Option<Phrase> {
        let text = self.text;
        let quoted = !text.at(i).is_ascii_digit();
        let at = i + usize::from(quoted);
        if !text.at(at).is_ascii_digit() || text.before(i).is_ascii_alphanumeric() {
            return None;
        }
        let (month, mark) = small(text, at).filter(|(n, _)| (1..=12).contains(n))?;
        let dot = matches!(text.at(mark), '·' | '•' | '・' | '‧');
        if !dot && text.at(mark) != '.' {
            return None;
        }
        let (day, end) = small(text, mark + 1).filter(|(n, _)| (1..=31).contains(n))?;
        let kind = FestivalKind::Solar(month as u8, day as u8);
        let end = if quoted { text.eat_any(end, &["”", "’", "'", "\"", "」", "』"])?.1 } else { end };
        if let Some((Word::Festival(index), behind)) = self.values.calendar.words.longest(text, end)
            && self.values.calendar.festivals.get(*index)?.kind == kind
        {
            return self.festival(i, *index, behind, None, false);
        }
        // By itself it is a day only where nothing that happened on it is named: “9·11”事件.
        let closed = !is_word(text.at(end)) || text.has_any(end, &["前夕", "期间", "当天", "前后", "来临", "到来"]);
        let known = self
            .values
            .calendar
            .festivals
            .iter()
            .position(|festival| festival.kind == kind && !festival.needs_quote)?;
        (quoted && dot && closed).then(|| self.festival(i, known, end, None, false)).flatten()
    }

    /// The year of a festival named without one.
    pub(super) fn festival_year(&self, i: usize, kind: FestivalKind, name: &str) -> Option<i32> {
        if let Some(lent) = self.lent {
            return Some(lent.year);
        }
        let group = group_of(kind, name);
        if let Some((known, year)) = &self.clock.memory.festival
            && *known == group
        {
            return Some(*year);
        }
        if let Some(near) = self.near(i) {
            return Some(near.year);
        }
        let today = match self.clock.today() {
            Some(today) => today,
            None => return self.clock.last().map(|said| said.point.year),
        };
        let Some(now) = today.day() else { return Some(today.year) };
        // The festival of the same year, unless a neighbouring one is much nearer.
        let distance = |year: i32| {
            self.values.calendar.festival_day(kind, year).map(|day| (civil::number(day) - civil::number(now)).abs())
        };
        let Some(same) = distance(today.year) else { return Some(today.year) };
        if same < 275 {
            return Some(today.year);
        }
        [today.year - 1, today.year, today.year + 1].into_iter().min_by_key(|&year| distance(year).unwrap_or(i64::MAX))
    }
}

/// Whether digits and 年 stand right before a position.
fn year_before(text: &Chars, i: usize) -> bool {
    text.before(i) == '年'
}

/// Festivals round the New Year go together: 年三十 after 2019年春节 is its eve.
fn group_of(kind: FestivalKind, name: &str) -> String {
    match kind {
        FestivalKind::Lunar(1 | 12, _) => "春节".to_owned(),
        _ => name.trim_end_matches('节').to_owned(),
    }
}
