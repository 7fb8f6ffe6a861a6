//! Reading a number.

use super::Number;
use super::arabic::arabic;
use super::numeral::{begins, big_multiplier, digit, is_numeral, is_shy, small_multiplier};
use super::sum::{Pair, Sum};
use crate::value::chars::Chars;
use crate::value::decimal::Decimal;

/// The number at `i`. `None` where there is none, or where it is too long to be a quantity.
pub(in crate::value) fn read(text: &Chars, i: usize) -> Option<Number> {
    if !begins(text, i) {
        return None;
    }
    let mut number = Number {
        start: i,
        end: i,
        low: Decimal::ZERO,
        high: Decimal::ZERO,
        more: false,
        arabic: text.at(i).is_ascii_digit(),
        positional: true,
        quantity: false,
        digits: 0,
        coefficient: None,
        bare: !text.at(i).is_ascii_digit()
            && (digit(text.at(i)).is_none())
            && !matches!(text.at(i), '十' | '拾' | '廿'),
    };
    let mut sum = Sum { parts: Vec::new(), section: None, waiting: None, last: None };
    let mut at = i;
    let mut zero = false;
    let mut steps = 0;
    loop {
        steps += 1;
        if steps > 40 {
            return None;
        }
        let c = text.at(at);
        if c == ' ' && text.before(at).is_ascii_digit() && sum.parts.is_empty() && sum.section.is_none() {
            // 1.2 亿元, 3000 万
            if !matches!(text.at(at + 1), '万' | '亿') || is_name(text, at + 2) {
                break;
            }
            at += 1;
        } else if c.is_ascii_digit() {
            if sum.waiting.is_some() {
                break;
            }
            let (value, end, digits, special) = arabic(text, at)?;
            if at > i && special {
                // 3万5.2 is two numbers.
                break;
            }
            number.quantity |= special;
            if at == i {
                number.digits = digits;
            }
            sum.waiting = Some(Pair(value, value));
            at = end;
            zero = zero || digits > 1;
        } else if c == '廿' {
            sum.section = Some(sum.section.unwrap_or(Pair::ZERO).plus(Pair::of(20))?);
            number.positional = false;
            at += 1;
        } else if let Some(d) = digit(c) {
            if is_shy(c) && at > i && !is_numeral(text.before(at)) {
                break;
            }
            let mut run = at;
            while digit(text.at(run)).is_some() && run - at < 32 {
                run += 1;
            }
            if sum.waiting.is_some() {
                break;
            }
            // 两万两: the last 两 is a unit.
            if c == '两' && at > i && sum.last.is_some() && !is_numeral(text.at(at + 1)) {
                break;
            }
            let follows = text.at(run);
            if d == 0 && run - at >= 2 && sum.last.is_some() {
                zero = true;
                at += 1;
                continue;
            }
            if run - at >= 3 || (run - at == 2 && !pair(d, text.at(at + 1)) && sum.last.is_none()) {
                if sum.last.is_some() {
                    break;
                }
                // A string of digits: 二零二五, 九七.
                let mut value = Decimal::ZERO;
                for k in at..run {
                    let d = digit(text.at(k)).unwrap_or(0);
                    value = value.times(Decimal::whole(10))?.plus(Decimal::whole(i64::from(d)))?;
                }
                // 一七二零点一: the string may be the whole part; 二百 never follows one.
                if run - at == 2 && small_multiplier(follows).is_some() && d != 0 {
                    // 一二十 is read below as a pair only where it ascends.
                    return None;
                }
                number.digits = run - at;
                sum.waiting = Some(Pair(value, value));
                at = run;
                zero = true;
            } else if run - at == 2 && pair(d, text.at(at + 1)) {
                let second = digit(text.at(at + 1)).unwrap_or(d);
                sum.waiting = Some(Pair(Decimal::whole(i64::from(d)), Decimal::whole(i64::from(second))));
                number.digits = 2;
                at = run;
                zero = true;
            } else if d == 0 {
                if at == i && small_multiplier(text.at(at + 1)).is_none() {
                    sum.waiting = Some(Pair::ZERO);
                    number.digits = 1;
                    at += 1;
                } else {
                    zero = true;
                    at += 1;
                    if at == i + 1 {
                        continue;
                    }
                    if !is_numeral(text.at(at)) && text.at(at) != '几' && text.at(at) != '廿' {
                        // 一百零: the zero belongs to the number only before another digit.
                        at -= 1;
                        break;
                    }
                }
            } else {
                sum.waiting = Some(Pair::of(i64::from(d)));
                number.digits = number.digits.max(1);
                at += 1;
                if at - 1 == i || sum.last.is_none() {
                    zero = false;
                }
            }
        } else if matches!(c, '几' | '数') {
            let tail = sum.last.is_some();
            if sum.waiting.is_some()
                || (c == '数' && at > i)
                || (tail && sum.last > Some(10) && !zero && small_multiplier(text.at(at + 1)).is_none())
            {
                break;
            }
            sum.waiting = Some(if tail && small_multiplier(text.at(at + 1)).is_none() {
                Pair(Decimal::ZERO, Decimal::whole(10))
            } else {
                Pair(Decimal::whole(1), Decimal::whole(10))
            });
            zero = true;
            at += 1;
        } else if let Some(by) = small_multiplier(c) {
            if sum.last.is_some_and(|last| last < i64::from(by)) && sum.waiting.is_none() {
                break;
            }
            if is_shy(c) && at > i && !is_numeral(text.before(at)) {
                break;
            }
            // 3千米 is three kilometres: 千 belongs to the unit.
            if c == '千'
                && text.before(at).is_ascii_digit()
                && matches!(text.at(at + 1), '米' | '克' | '瓦' | '伏' | '帕' | '卡' | '赫' | '焦' | '牛' | '字' | '比')
                || c == '千'
                    && sum.last == Some(10)
                    && sum.waiting.is_some()
                    && matches!(text.at(at + 1), '米' | '克' | '瓦')
                || c == '千'
                    && sum.last.is_some_and(|last| last <= 1000)
                    && matches!(text.at(at + 1), '米' | '克' | '瓦' | '伏')
                || c == '千'
                    && sum.last.is_some()
                    && sum.waiting.is_none()
                    && matches!(text.at(at + 1), '米' | '克' | '瓦' | '伏')
            {
                break;
            }
            let waiting = sum.waiting.take();
            if waiting.is_some() && sum.last.is_some_and(|last| last <= i64::from(by)) && sum.section.is_some() {
                // 三十五百: no such number.
                sum.waiting = waiting;
                break;
            }
            let value = waiting.unwrap_or(Pair::of(1)).times(i64::from(by))?;
            sum.section = Some(sum.section.unwrap_or(Pair::ZERO).plus(value)?);
            sum.last = Some(i64::from(by));
            zero = false;
            number.positional = false;
            number.quantity |= by > 10;
            at += 1;
        } else if let Some(by) = big_multiplier(c) {
            if c == '兆' && matches!(text.at(at + 1), '瓦' | '帕' | '赫' | '字' | '比' | '伏' | '焦') {
                break;
            }
            if sum.section.is_none() && sum.waiting.is_none() && sum.parts.is_empty() && at > i {
                break;
            }
            let before = sum.section.unwrap_or(Pair::ZERO).plus(sum.waiting.unwrap_or(Pair::ZERO))?;
            let first = sum.parts.is_empty() && at > i;
            sum.big(by)?;
            number.coefficient = first.then_some((before.0, Decimal::whole(by)));
            zero = false;
            number.positional = false;
            number.quantity = true;
            at += 1;
        } else if matches!(c, '多' | '余' | '来') && at > i {
            // 6000多亿: the multiplier comes after.
            let by = text.at(at + 1);
            if sum.waiting.is_none() && sum.section.is_none() && sum.parts.is_empty()
                || (big_multiplier(by).is_none() && !(small_multiplier(by).is_some() && sum.waiting.is_some()))
                || number.more
            {
                break;
            }
            number.more = true;
            at += 1;
        } else if c == '点' && number.digits_end(at, i) && decimal_follows(text, at) {
            let mut digits = String::new();
            let mut end = at + 1;
            while let Some(d) = digit(text.at(end)).or_else(|| text.at(end).to_digit(10).map(|d| d as u8)) {
                digits.push(char::from(b'0' + d));
                end += 1;
                if digits.len() > 24 {
                    return None;
                }
            }
            let fraction = Decimal::parse(&format!("0.{digits}"))?;
            let base = sum.waiting.take().unwrap_or(Pair::ZERO);
            sum.waiting = Some(base.plus(Pair(fraction, fraction))?);
            number.quantity = true;
            at = end;
            zero = true;
        } else {
            break;
        }
    }
    if at == i {
        return None;
    }
    // 三万五 is 35,000: a last digit without 零 counts the next lower place.
    let short = match (sum.waiting, sum.last) {
        (Some(waiting), Some(last)) if !zero => {
            let digit = waiting.0 == waiting.1 && waiting.0.is_whole() && waiting.0 < Decimal::whole(10);
            digit && last >= if text.before(at).is_ascii_digit() { 10_000 } else { 100 }
        }
        _ => false,
    };
    if short {
        sum.waiting = sum.waiting.and_then(|waiting| waiting.times(sum.last.unwrap_or(10) / 10));
        number.coefficient = None;
    }
    if sum.waiting.is_some() && !sum.parts.is_empty() || sum.section.is_some() && !sum.parts.is_empty() {
        number.coefficient = None;
    }
    if sum.parts.is_empty() && sum.section.is_some() && sum.waiting.is_none() && number.coefficient.is_none() {
        // 两到三千: the last small multiplier can be shared, too.
        if let (Some(section), Some(last)) = (sum.section, sum.last)
            && last >= 100
            && section.0 == section.1
            && section.0 < Decimal::whole(last * 10)
        {
            number.coefficient = Some((Decimal::whole(section.0.to_i64().unwrap_or(0) / last), Decimal::whole(last)));
        }
    }
    let total = sum.total()?;
    (number.low, number.high, number.end) = (total.0, total.1, at);
    Some(number)
}

/// Whether the word behind 万 or 亿 shows that it begins a name (2024 万科) and counts nothing.
fn is_name(text: &Chars, i: usize) -> bool {
    const COUNTED: &str =
        "元亿人户吨亩美欧港日英平公千立多余个名件台次辆家头只册字米株斤度套张条例份羽箱块股位片篇吊标左以";
    let c = text.at(i);
    matches!(c, '\u{4e00}'..='\u{9fff}') && !COUNTED.contains(c)
}

/// 三四, 七八, 三五: two digits side by side that mean a range.
fn pair(first: u8, second: char) -> bool {
    digit(second).is_some_and(|second| first > 0 && (second == first + 1 || (first, second) == (3, 5)))
}

/// 三点五 is a number; 三点五十, 三点五分, 八点一刻 are clock times.
fn decimal_follows(text: &Chars, point: usize) -> bool {
    let mut end = point + 1;
    while digit(text.at(end)).is_some() || text.at(end).is_ascii_digit() {
        end += 1;
    }
    end > point + 1
        && small_multiplier(text.at(end)).is_none_or(|by| by > 10)
        && text.at(end) != '刻'
        && (text.at(end) != '分' || matches!(text.at(end + 1), '之' | '钱'))
}
