//! Parts of the day, clock times, weekdays.

use super::chars::Chars;
use super::civil::{self, Day};
use super::edtf::{Point, Rest, When};
use super::figure::{is_word, separator};
use super::number::{self, small};

/// A moment of some day, or two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    first: Option<Clock>,
    last: Option<Clock>,
    about: bool,
}

/// Hour (24 is the next midnight), minute, second.
type Clock = (u8, u8, Option<u8>);

impl Moment {
    /// The moment on a day.
    pub(super) fn on(&self, day: Day) -> When {
        let at = |clock: Clock| {
            let day = if clock.0 >= 24 { civil::shift(day, 1) } else { day };
            Point { year: day.0, rest: Rest::Time(day.1, day.2, clock.0 % 24, clock.1, clock.2), about: self.about }
        };
        match (self.first, self.last) {
            (Some(first), Some(last)) => {
                // 22时至6时 ends on the next day.
                let last = if last.0 < first.0 && last.0 < 24 { (last.0 + 24, last.1, last.2) } else { last };
                let last = minute_before(last);
                let until = if last.0 >= 24 { civil::shift(day, 1) } else { day };
                let end = Point {
                    year: until.0,
                    rest: Rest::Time(until.1, until.2, last.0 % 24, last.1, last.2),
                    about: self.about,
                };
                When::range(at(first), end)
            }
            (Some(first), None) => When::Point(at(first)),
            _ => When::Point(Point::of_day(day)),
        }
    }

    /// The second part of a range: 下午1点到3点 means 15 o'clock.
    pub(super) fn after(self, hour: u8) -> Moment {
        let later = |clock: Clock| {
            if clock.0 < hour && clock.0 < 12 && hour >= 12 && clock.0 + 12 >= hour {
                (clock.0 + 12, clock.1, clock.2)
            } else {
                clock
            }
        };
        Moment { first: self.first.map(later), ..self }
    }
}

/// A range of clock times covers its last minute: 9时至11时 ends with 10:59, as 4月1日至5日 ends with the 5th.
fn minute_before(clock: Clock) -> Clock {
    match clock {
        (0, 0, _) => clock,
        (hour, 0, None) => (hour - 1, 59, None),
        (hour, minute, None) => (hour, minute - 1, None),
        _ => clock,
    }
}

/// The minute before a point with a clock time.
pub(super) fn before(point: Point) -> Point {
    match point.rest {
        Rest::Time(month, day, 0, 0, None) => {
            let day = civil::shift((point.year, month, day), -1);
            Point { year: day.0, rest: Rest::Time(day.1, day.2, 23, 59, None), about: point.about }
        }
        Rest::Time(month, day, hour, minute, None) => {
            let (hour, minute, _) = minute_before((hour, minute, None));
            Point { rest: Rest::Time(month, day, hour, minute, None), ..point }
        }
        _ => point,
    }
}

/// How a part of the day changes the hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shift {
    Morning,
    Noon,
    Afternoon,
    Night,
}

/// Longer words first.
const PARTS: &[(&str, Shift)] = &[
    ("凌晨", Shift::Morning),
    ("清晨", Shift::Morning),
    ("拂晓", Shift::Morning),
    ("早晨", Shift::Morning),
    ("早上", Shift::Morning),
    ("清早", Shift::Morning),
    ("一早", Shift::Morning),
    ("早间", Shift::Morning),
    ("上午", Shift::Morning),
    ("中午", Shift::Noon),
    ("正午", Shift::Noon),
    ("午间", Shift::Noon),
    ("午后", Shift::Afternoon),
    ("下午", Shift::Afternoon),
    ("傍晚", Shift::Night),
    ("黄昏", Shift::Night),
    ("晚上", Shift::Night),
    ("晚间", Shift::Night),
    ("夜间", Shift::Night),
    ("夜里", Shift::Night),
    ("夜晚", Shift::Night),
    ("深夜", Shift::Night),
    ("午夜", Shift::Night),
    ("半夜", Shift::Night),
    ("子夜", Shift::Night),
    ("早", Shift::Morning),
    ("晚", Shift::Night),
    ("夜", Shift::Night),
];

/// Whether a clock time or a part of the day can begin with the character, numerals apart.
pub(super) fn begins(c: char) -> bool {
    matches!(
        c,
        ' ' | '大'
            | '约'
            | '凌'
            | '清'
            | '拂'
            | '早'
            | '一'
            | '上'
            | '中'
            | '正'
            | '午'
            | '下'
            | '傍'
            | '黄'
            | '晚'
            | '夜'
            | '深'
            | '半'
            | '子'
    )
}

/// The part of the day at `i`.
fn part(text: &Chars, i: usize) -> Option<(Shift, usize)> {
    let short = matches!(text.at(i), '早' | '晚' | '夜');
    let second =
        || matches!(text.at(i + 1), '晨' | '晓' | '上' | '早' | '午' | '间' | '后' | '晚' | '昏' | '里' | '夜');
    if !begins(text.at(i)) || !(short || second()) {
        return None;
    }
    PARTS.iter().find_map(|(word, shift)| text.eat(i, word).map(|end| (*shift, end)))
}

/// Whether 早, 晚, 夜 by itself stands for a part of the day here.
fn stands_alone(text: &Chars, i: usize, end: usize) -> bool {
    if end - i > 1 {
        return true;
    }
    let next = text.at(end);
    !text.has_any(
        end,
        &[
            "会", "宴", "报", "餐", "辈", "年", "婚", "稻", "于", "在", "已", "就", "期", "日", "先", "自", "场", "间",
            "景", "班", "市", "校", "以", "些", "婚", "熟", "茶", "点", "空", "色", "晚",
        ],
    ) || !is_word(next)
}

/// A weekday behind a date: 星期三, 周六, （星期一）.
pub(super) fn weekday_mark(text: &Chars, i: usize) -> Option<usize> {
    let bracket = text.at(i) == '(';
    let (_, at) = text.eat_any(i + usize::from(bracket), &["星期", "礼拜", "周"])?;
    let (_, end) = weekday_letter(text, at)?;
    match (bracket, text.at(end)) {
        (true, ')') => Some(end + 1),
        (true, _) => None,
        _ => Some(end),
    }
}

/// The letter of a weekday behind 周: Monday 0.
pub(super) fn weekday_letter(text: &Chars, i: usize) -> Option<(i64, usize)> {
    let n = match text.at(i) {
        '一' => 0,
        '二' => 1,
        '三' => 2,
        '四' => 3,
        '五' => 4,
        '六' => 5,
        '日' | '天' => 6,
        _ => return None,
    };
    // 两周一次, 周三十 are no weekdays.
    (!text.has_any(i + 1, &["次", "轮", "期", "十", "个"])).then_some((n, i + 1))
}

/// A part of the day and a clock time at `i`, with the end and whether there is a clock time. `dated` says that a
/// day stands before: then 5点 and a bare part of the day count.
pub(super) fn read(text: &Chars, i: usize, dated: bool) -> Option<(Moment, usize, bool)> {
    let mut about = false;
    let mut at = i;
    if let Some((_, end)) = text.eat_any(i, &["大约", "约"]) {
        at = end;
        about = true;
    }
    let (shift, after) = match part(text, at) {
        Some((shift, end)) => (Some(shift), end),
        None => (None, at),
    };
    let gap = text.blank(after);
    if let Some((clock, end)) = clock(text, gap, shift, dated) {
        let mut moment = Moment { first: Some(clock), last: None, about };
        let mut end = end;
        // 9时至11时, 下午2点到4点
        if let Some(sep) = separator(text, end) {
            let (second_shift, second_at) = match part(text, sep) {
                Some((second, end)) => (Some(second), end),
                None => (shift, sep),
            };
            if let Some((mut last, last_end)) = clock_at(text, text.blank(second_at), second_shift, true) {
                if part(text, sep).is_none()
                    && last.0 < clock.0
                    && last.0 < 12
                    && clock.0 >= 12
                    && last.0 + 12 > clock.0
                {
                    last.0 += 12;
                }
                moment.last = Some(last);
                end = last_end;
            }
        }
        if moment.last.is_none() {
            if let Some((_, behind)) = text.eat_any(end, &["左右", "前后", "许"]) {
                moment.about = true;
                end = behind;
            }
        } else {
            end = text.eat(end, "之间").unwrap_or(end);
        }
        return Some((moment, end, true));
    }
    if about {
        return None;
    }
    let shift = shift?;
    let _ = shift;
    if !dated || !stands_alone(text, at, after) {
        return None;
    }
    Some((Moment { first: None, last: None, about: false }, after, false))
}

/// A clock time without a range: `08:15:30` of an ISO date.
pub(super) fn single(text: &Chars, i: usize) -> Option<(Moment, usize)> {
    let (first, end) = clock_at(text, i, None, true)?;
    Some((Moment { first: Some(first), last: None, about: false }, end))
}

/// The clock time behind a word that holds the part of the day (今晚八点).
pub(super) fn clock_in(text: &Chars, i: usize, part: &str) -> Option<(Moment, usize)> {
    let shift = if part == "早" { Shift::Morning } else { Shift::Night };
    let (first, mut end) = clock_at(text, text.blank(i), Some(shift), true)?;
    let mut moment = Moment { first: Some(first), last: None, about: false };
    if let Some((last, behind)) = separator(text, end).and_then(|sep| clock_at(text, sep, Some(shift), true)) {
        moment.last = Some(last);
        end = behind;
    }
    Some((moment, end))
}

/// A clock time; without a day or part of the day it must look like one.
fn clock(text: &Chars, i: usize, shift: Option<Shift>, dated: bool) -> Option<(Clock, usize)> {
    let found = clock_at(text, i, shift, dated || shift.is_some())?;
    Some(found)
}

fn clock_at(text: &Chars, i: usize, shift: Option<Shift>, sure: bool) -> Option<(Clock, usize)> {
    let (hour, mut end) = small(text, i)?;
    if hour > 24 || end - i > 3 || text.at(i) == '两' && text.at(i + 1) == '两' {
        return None;
    }
    let (minute, mut second): (u8, Option<u8>);
    second = None;
    match text.at(end) {
        ':' => {
            let (m, behind) = small(text, end + 1).filter(|(m, e)| *m < 60 && e - end == 3)?;
            if text.before(i) == ':' || !text.at(i).is_ascii_digit() {
                return None;
            }
            minute = m as u8;
            end = behind;
            if let Some((s, behind)) =
                text.eat(end, ":").and_then(|at| small(text, at)).filter(|(s, e)| *s < 60 && e - end == 3)
            {
                second = Some(s as u8);
                end = behind;
                if text.at(end) == '.' && text.at(end + 1).is_ascii_digit() {
                    end += 1;
                    while text.at(end).is_ascii_digit() {
                        end += 1;
                    }
                }
            }
            end = text.eat(end, "时").unwrap_or(end);
        }
        '时' if !text.has_any(
            end + 1,
            &["间", "候", "代", "期", "刻", "任", "常", "装", "事", "值", "段", "空", "速", "效", "差", "薪"],
        ) =>
        {
            end += 1;
            (minute, second, end) = minutes(text, end);
            // 一时, 三时 by themselves are no clock times.
            let bare = minute == 0 && text.before(end) == '时' && !text.has_any(end, &["整", "许", "左右"]);
            if !sure && bare && !text.at(i).is_ascii_digit() && hour < 10 {
                return None;
            }
        }
        '点' => {
            let next = end + 1;
            let counted = text.has_any(
                next,
                &[
                    "意见", "建议", "要求", "体会", "希望", "看法", "说明", "启示", "原因", "措施", "认识", "经验",
                    "思考", "感受", "期望", "共识", "内容", "理由", "想法", "做法", "特点", "变化", "成绩", "收获",
                    "打算",
                ],
            );
            // 八点五 is a number.
            let decimal = number::digit(text.at(next)).is_some()
                && number::digit(text.at(next + 1)).is_none()
                && !matches!(text.at(next + 1), '十' | '刻' | '分')
                && text.at(next) != '十';
            // 零点零一, too, unless a day or part of the day stands before.
            let string = !sure
                && (next..next + 2).all(|k| number::digit(text.at(k)).is_some())
                && text.at(next + 2) != '十'
                && !text.has_any(next + 2, &["分", "刻"]);
            let decimal = decimal
                || string
                || text.at(next).is_ascii_digit()
                    && !text.at(next + 1).is_ascii_digit()
                    && text.at(next + 1) != '分'
                    && text.at(next + 1) != '刻';
            if counted || decimal {
                return None;
            }
            let marked = text.has_any(
                next,
                &[
                    "钟", "半", "整", "多", "许", "左右", "前后", "一刻", "三刻", "到", "至", "-", "~", "以前", "以后",
                    "之前", "之后", "分",
                ],
            );
            let whole = i == 0 && next == text.len();
            if !sure
                && !marked
                && !whole
                && !text.at(i).is_ascii_digit()
                && hour < 10
                && hour != 0
                && text.at(next) != '十'
            {
                return None;
            }
            end = next;
            if let Some(behind) = text.eat(end, "多钟").or_else(|| text.eat(end, "多")) {
                end = behind;
            }
            end = text.eat_any(end, &["钟", "整"]).map_or(end, |(_, e)| e);
            (minute, second, end) = minutes(text, end);
        }
        _ => return None,
    }
    let mut hour = hour as u8;
    match shift {
        Some(Shift::Afternoon) if (1..12).contains(&hour) => hour += 12,
        Some(Shift::Noon) if (1..4).contains(&hour) => hour += 12,
        Some(Shift::Night) if (5..12).contains(&hour) => hour += 12,
        Some(Shift::Night) if hour == 12 => hour = 24,
        Some(Shift::Morning) if hour == 12 && text.ends(i, "凌晨") => hour = 0,
        _ => {}
    }
    if hour == 24 && minute > 0 {
        hour = 0;
    }
    (hour <= 24).then_some(((hour, minute, second), end))
}

/// 30分, 半, 一刻, 15分20秒, 09.
fn minutes(text: &Chars, i: usize) -> (u8, Option<u8>, usize) {
    let (mut minute, mut second, mut end) = (0, None, i);
    if let Some((word, behind)) = text.eat_any(i, &["一刻", "三刻", "1刻", "3刻", "半"]) {
        minute = match word {
            "半" => 30,
            "一刻" | "1刻" => 15,
            _ => 45,
        };
        end = behind;
    } else if let Some((m, behind)) = small(text, i).filter(|(m, _)| *m < 60) {
        let wide = behind - i == 2 || text.at(i) == '十' || behind - i == 3;
        if text.at(behind) == '分' && !text.has(behind, "分钟") && !text.has(behind, "分之") {
            (minute, end) = (m as u8, behind + 1);
        } else if wide
            && !is_word(text.at(behind))
            && !text.at(behind).is_ascii_alphanumeric()
            && !matches!(text.at(behind), '%' | '.' | ':' | '/')
            || wide
                && text.before(i) == '点'
                && !matches!(text.at(behind), '个' | '名' | '人' | '万' | '%' | '项' | '家')
        {
            (minute, end) = (m as u8, behind);
        } else {
            return (0, None, i);
        }
    }
    if let Some((s, behind)) = small(text, end).filter(|(s, _)| *s < 60)
        && text.at(behind) == '秒'
        && end > i
    {
        second = Some(s as u8);
        end = behind + 1;
    }
    (minute, second, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_the_day_begins_with_a_character_that_is_looked_for() {
        for (word, _) in PARTS {
            assert!(word.chars().next().is_some_and(begins), "{word}");
        }
    }
}
