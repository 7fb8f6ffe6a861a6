//! Lengths of time that sit on the calendar: 61年来, 近五年来, 三天后, 17分钟前, 未来两天.

use super::{Phrase, Reader};
use crate::value::chars::Chars;
use crate::value::civil;
use crate::value::decimal::Decimal;
use crate::value::edtf::{Point, Rest, When};
use crate::value::figure::is_word;
use crate::value::number::{self, Number};

/// The calendar unit of a length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Length {
    Years,
    Quarters,
    Months,
    Weeks,
    Days,
    Hours,
    Minutes,
    Seconds,
}

const LENGTHS: &[(&str, Length)] = &[
    ("年", Length::Years),
    ("载", Length::Years),
    ("个季度", Length::Quarters),
    ("个多月", Length::Months),
    ("个月", Length::Months),
    ("月", Length::Months),
    ("个星期", Length::Weeks),
    ("个礼拜", Length::Weeks),
    ("星期", Length::Weeks),
    ("礼拜", Length::Weeks),
    ("周", Length::Weeks),
    ("天", Length::Days),
    ("日", Length::Days),
    ("个多小时", Length::Hours),
    ("个小时", Length::Hours),
    ("小时", Length::Hours),
    ("个钟头", Length::Hours),
    ("分钟", Length::Minutes),
    ("秒钟", Length::Seconds),
    ("秒", Length::Seconds),
];

/// A number with its unit of time: how many halves, the unit, whether more, the end.
fn length(text: &Chars, i: usize) -> Option<(i64, Length, bool, usize)> {
    let unit = |at: usize| {
        LENGTHS.iter().find_map(|(word, length)| text.eat(at, word).map(|end| (*length, end, word.contains('多'))))
    };
    if text.at(i) == '半' {
        let (length, end, more) = unit(i + 1)?;
        return matches!(length, Length::Years | Length::Months | Length::Hours | Length::Days)
            .then_some((1, length, more, end));
    }
    let number: Number = number::read(text, i)?;
    // 07年, 五八年 are years.
    if number.positional && number.digits == 2 && (!number.arabic && number.is_single() || matches!(text.at(i), '0')) {
        return None;
    }
    if number.positional && number.digits > 3 {
        return None;
    }
    let mut at = number.end;
    let mut more = number.more || !number.is_single();
    if matches!(text.at(at), '多' | '余') {
        more = true;
        at += 1;
    }
    let half_inside = text.has(at, "个半");
    let (length, mut end, inner) = if half_inside { unit(at + 2)? } else { unit(at)? };
    more |= inner;
    let mut halves = number.low.times(Decimal::whole(2))?.to_i64()?;
    if half_inside {
        halves += 1;
    } else if text.at(end) == '半' {
        halves += 1;
        end += 1;
    } else if matches!(text.at(end), '多' | '余') && !text.has_any(end, &["多次", "多名"]) {
        more = true;
        end += 1;
    }
    (halves > 0 && halves < 20_000).then_some((halves, length, more, end))
}

/// The date that a counted length of time stands for, where it stands for one.
pub(super) fn counted(reader: &Reader<'_>, i: usize, floor: usize) -> Option<Phrase> {
    let text = reader.text;
    if matches!(text.before(i), '第' | '.' | '/') || text.before(i).is_ascii_alphanumeric() || reader.lent.is_some() {
        return None;
    }
    let (halves, unit, more, end) = length(text, i)?;
    let plain = text.text(i, end);
    let today = reader.clock.today();
    let phrase = |start: usize, end: usize, when: When, rule: &'static str| Phrase {
        start,
        end,
        when,
        rule,
        explicit: false,
        said: None,
        festival: None,
    };
    // 近…年来, 这…年来, 过去…年来, 最近…天来
    let (ahead, start) = ["未来的", "未来", "今后", "之后", "过去的", "过去", "最近", "近", "这", "后", "下"]
        .iter()
        .find(|word| text.ends(i, word) && i - word.chars().count() >= floor)
        .map_or(("", i), |word| (*word, i - word.chars().count()));
    let since = text.eat_any(end, &["以来", "来"]).filter(|(word, behind)| {
        *word == "以来" || !text.has_any(*behind, &["自", "到", "临", "说", "看", "往", "访", "源", "华", "藏", "年"])
    });
    if let Some((_, behind)) = since {
        let start = if matches!(ahead, "近" | "最近" | "过去" | "过去的" | "这")
            && !(ahead == "近" && matches!(text.before(start), '附' | '最'))
        {
            start
        } else {
            i
        };
        let when = match (unit, today) {
            (Length::Years, Some(today)) if halves % 2 == 0 => {
                let first = Point::new(today.year - (halves / 2) as i32, Rest::Year);
                let first = if more { first.about() } else { first };
                When::Range(Some(first), Some(Point::new(today.year, Rest::Year)))
            }
            (Length::Months | Length::Quarters, Some(today)) if halves % 2 == 0 => match today.month() {
                Some(month) => {
                    let months = halves / 2 * if unit == Length::Quarters { 3 } else { 1 };
                    When::range(
                        Point::of_month(civil::shift_month(today.year, month, -months)),
                        Point::of_month((today.year, month)),
                    )
                }
                None => When::Vague,
            },
            (Length::Years, Some(today)) if today.month().is_some() => {
                let month = today.month().unwrap_or(1);
                When::range(
                    Point::of_month(civil::shift_month(today.year, month, -halves * 6)),
                    Point::of_month((today.year, month)),
                )
            }
            (Length::Days | Length::Weeks, Some(today)) => match today.day() {
                Some(day) => {
                    let days = halves * if unit == Length::Weeks { 7 } else { 1 } / 2;
                    When::range(Point::of_day(civil::shift(day, -days)), Point::of_day(day))
                }
                None => When::Vague,
            },
            _ => When::Vague,
        };
        // 半年来, 一年来 and the like are dates, too; 成立以来的 is another phrase.
        return Some(phrase(start, behind, when, "value.date.span"));
    }
    // 过去十年: the years up to this one; 过去的二十六年 tells how long.
    if ahead == "过去"
        && unit == Length::Years
        && halves % 2 == 0
        && halves > 2
        && !more
        && !text.has_any(end, &["前", "后", "以后", "之后", "以前", "之前"])
    {
        let when = match today {
            Some(today) => {
                let first = Point::new(today.year - (halves / 2) as i32, Rest::Year);
                When::Range(Some(first), Some(Point::new(today.year, Rest::Year)))
            }
            None => When::Vague,
        };
        return Some(phrase(start, end, when, "value.date.span"));
    }
    if matches!(ahead, "未来" | "未来的" | "今后" | "后" | "下") && start >= floor && halves % 2 == 0 && !more
    {
        let n = halves / 2;
        if matches!(ahead, "后" | "下")
            && !(start == 0 && end == text.len() && text.at(i) == '1' || start == 0 && end == text.len())
        {
            return None;
        }
        let when = match (unit, today.and_then(|p| p.day()), today) {
            (Length::Days, Some(day), _) => {
                When::range(Point::of_day(civil::shift(day, 1)), Point::of_day(civil::shift(day, n)))
            }
            (Length::Weeks, Some(day), _) => {
                When::range(Point::of_day(civil::shift(day, 1)), Point::of_day(civil::shift(day, 7 * n)))
            }
            (Length::Years, Some(day), _) if matches!(ahead, "后" | "下") => {
                let end = (day.0 + n as i32, day.1, day.2.min(civil::month_length(day.0 + n as i32, day.1)));
                When::range(Point::of_day(civil::shift(day, 1)), Point::of_day(end))
            }
            (Length::Years, _, Some(today)) => {
                When::range(Point::new(today.year + 1, Rest::Year), Point::new(today.year + n as i32, Rest::Year))
            }
            (Length::Months, _, Some(today)) if today.month().is_some() => {
                let month = today.month().unwrap_or(1);
                When::range(
                    Point::of_month(civil::shift_month(today.year, month, 1)),
                    Point::of_month(civil::shift_month(today.year, month, n)),
                )
            }
            _ => When::Vague,
        };
        return Some(phrase(start, end, when, "value.date.span"));
    }
    if text.ends(i, "再过") {
        return moved(reader, i, end, halves, unit, 1).map(|when| phrase(i - 2, end, when, "value.date.ago"));
    }
    let (word, behind) = text.eat_any(end, &["之前", "以前", "前", "之后", "以后", "后"])?;
    let back = word.ends_with('前') || word == "以前" || word == "之前";
    if text.has_any(
        behind,
        &[
            "后", "者", "期", "列", "续", "备", "勤", "方", "景", "沿", "夕", "端", "面", "台", "身", "人", "往", "来",
            "提", "代", "茬", "一", "三", "半",
        ],
    ) && !matches!(word, "之前" | "以前" | "之后" | "以后")
        && !text.has_any(behind, &["人们", "一举", "一直", "提出"])
    {
        return None;
    }
    if more
        || matches!(text.before(i), '每' | '前' | '近') && i > floor
        || plain.starts_with('一')
            && unit == Length::Days
            && !matches!(word, "之前" | "以前" | "之后" | "以后" | "后" | "前")
    {
        return None;
    }
    if matches!(unit, Length::Months) && text.before(end) == '月' && !text.has(end - 2, "个月") {
        return None;
    }
    // 享受两年后仍未就业的 speaks of no date: only at the head of a clause does 后 count from somewhere.
    let head = !is_word(text.before(i)) || matches!(text.before(i), '在' | '约' | '于');
    if !back && !head && matches!(unit, Length::Years | Length::Months | Length::Quarters) {
        return None;
    }
    let when = moved(reader, i, behind, halves, unit, if back { -1 } else { 1 })?;
    Some(Phrase { said: when.first(), ..phrase(i, behind, when, "value.date.ago") })
}

/// The moment a length of time away: from the document's day, or from a full date of the same paragraph.
fn moved(reader: &Reader<'_>, i: usize, _end: usize, halves: i64, unit: Length, sign: i64) -> Option<When> {
    let said =
        reader.clock.last().filter(|said| said.end.is_some_and(|end| end <= i) && said.explicit).map(|said| said.point);
    let base = said.or(reader.clock.today())?;
    let whole = (halves % 2 == 0).then_some(halves / 2 * sign);
    let day = base.day();
    Some(When::Point(match unit {
        Length::Years => match whole {
            Some(years) => {
                let year = base.year.checked_add(i32::try_from(years).ok()?)?;
                Point::new(year, Rest::Year)
            }
            None => Point::of_month(civil::shift_month(base.year, base.month()?, halves * 6 * sign)),
        },
        Length::Quarters => Point::of_month(civil::shift_month(base.year, base.month()?, whole? * 3)),
        Length::Months => match whole {
            Some(months) => Point::of_month(civil::shift_month(base.year, base.month()?, months)),
            None => Point::of_day(civil::shift(day?, halves * 15 * sign)),
        },
        Length::Weeks => Point::of_day(civil::shift(day?, whole? * 7)),
        Length::Days => Point::of_day(civil::shift(day?, whole.unwrap_or(sign))),
        Length::Hours | Length::Minutes | Length::Seconds => {
            let Rest::Time(month, day, hour, minute, second) = base.rest else { return None };
            let seconds = halves
                * sign
                * match unit {
                    Length::Hours => 1800,
                    Length::Minutes => 30,
                    _ => 1,
                }
                / if unit == Length::Seconds { 2 } else { 1 };
            let now = i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second.unwrap_or(0)) + seconds;
            let at = civil::shift((base.year, month, day), now.div_euclid(86_400));
            let left = now.rem_euclid(86_400);
            let second = (second.is_some_and(|s| s > 0) || unit == Length::Seconds).then_some((left % 60) as u8);
            Point::new(at.0, Rest::Time(at.1, at.2, (left / 3600) as u8, (left / 60 % 60) as u8, second))
        }
    }))
}
