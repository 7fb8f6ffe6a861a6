//! Numbers as Chinese prose writes them: Arabic, full-width, simple, formal, mixed, with 万 and 亿.

use super::chars::Chars;
use super::decimal::Decimal;

/// One number of a text. `low` and `high` differ for 三四十 and 十几.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Number {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) low: Decimal,
    pub(super) high: Decimal,
    /// 6000多亿, 一千余万: more than the value.
    pub(super) more: bool,
    /// Begins with an Arabic digit.
    pub(super) arabic: bool,
    /// Digits one after another without 十百千万 (二〇二五, 九七, 2025).
    pub(super) positional: bool,
    /// Decimal point, separator or 万/亿: no serial number looks like this.
    pub(super) quantity: bool,
    /// Digits before any point, multiplier or separator.
    pub(super) digits: usize,
    /// The number without its last multiplier (2—3万: 3), with that multiplier.
    pub(super) coefficient: Option<(Decimal, Decimal)>,
    /// Begins with a bare 百/千/万 or 数/几.
    pub(super) bare: bool,
}

/// The value of a Chinese digit in any style.
pub(super) fn digit(c: char) -> Option<u8> {
    Some(match c {
        '零' => 0,
        '一' => 1,
        '二' | '两' | '俩' => 2,
        '三' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '参' => 3,
        _ => return None,
    })
}

fn small_multiplier(c: char) -> Option<u32> {
    Some(match c {
        '十' | '拾' => 10,
        '百' => 100,
        '千' => 1000,
        _ => return None,
    })
}

fn big_multiplier(c: char) -> Option<i64> {
    Some(match c {
        '万' => 10_000,
        '亿' => 100_000_000,
        '兆' => 1_000_000_000_000,
        _ => return None,
    })
}

fn is_numeral(c: char) -> bool {
    digit(c).is_some() || small_multiplier(c).is_some() || big_multiplier(c).is_some() || c.is_ascii_digit()
}

/// Formal numerals that are ordinary words by themselves (大陆, 队伍, 收拾, 参加, 放肆).
fn is_shy(c: char) -> bool {
    matches!(c, '陆' | '伍' | '拾' | '参' | '肆')
}

/// Whether a number can begin at `i`.
pub(super) fn begins(text: &Chars, i: usize) -> bool {
    let c = text.at(i);
    if c.is_ascii_digit() || c == '廿' {
        return true;
    }
    if is_shy(c) {
        return is_numeral(text.at(i + 1)) && !is_shy_pair(text, i) || text.at(i + 1) == '元';
    }
    match c {
        '几' | '数' => small_multiplier(text.at(i + 1)).is_some() || big_multiplier(text.at(i + 1)).is_some(),
        _ => is_numeral(c),
    }
}

/// 参加…三 has nothing to do with numbers: a shy numeral counts only beside formal or large ones.
fn is_shy_pair(text: &Chars, i: usize) -> bool {
    let next = text.at(i + 1);
    digit(next).is_some() && !is_shy(next)
}

/// The Arabic digits at `i`: value, end, digits before the point, whether it has a point or separators.
fn arabic(text: &Chars, i: usize) -> Option<(Decimal, usize, usize, bool)> {
    let run = |mut at: usize| {
        let start = at;
        while text.at(at).is_ascii_digit() {
            at += 1;
        }
        at - start
    };
    let first = run(i);
    if first == 0 || first > 30 {
        return None;
    }
    let mut end = i + first;
    let mut digits = text.text(i, end);
    let mut special = false;
    if first <= 3 && text.at(i) != '0' {
        while matches!(text.at(end), ',' | '，') && run(end + 1) == 3 && digits.len() < 24 {
            digits.push_str(&text.text(end + 1, end + 4));
            end += 4;
            special = true;
        }
        if !special && text.at(end) == ' ' && run(end + 1) == 3 {
            let mut at = end;
            let mut joined = digits.clone();
            while text.at(at) == ' ' && run(at + 1) == 3 && joined.len() < 24 {
                joined.push_str(&text.text(at + 1, at + 4));
                at += 4;
            }
            // 1 234人 is one number, 12 345 in a row of table cells is not.
            if text.at(at) != ' '
                && text.at(at) != '\0'
                && !text.at(at).is_ascii()
                && !matches!(text.at(at), '、' | '，' | '。' | '年')
            {
                (digits, end, special) = (joined, at, true);
            }
        }
    }
    let before_point = digits.len();
    if text.at(end) == '.' && run(end + 1) > 0 && run(end + 1) <= 20 {
        // 2024.4.28 is a date, 192.168.1.1 an address: two points make no decimal.
        let after = end + 1 + run(end + 1);
        if !(text.at(after) == '.' && text.at(after + 1).is_ascii_digit()) {
            digits.push('.');
            digits.push_str(&text.text(end + 1, after));
            end = after;
            special = true;
        }
    }
    Some((Decimal::parse(&digits)?, end, before_point, special))
}

/// Arithmetic on the low and the high value together.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Pair(Decimal, Decimal);

impl Pair {
    const ZERO: Pair = Pair(Decimal::ZERO, Decimal::ZERO);

    fn of(value: i64) -> Pair {
        Pair(Decimal::whole(value), Decimal::whole(value))
    }

    fn plus(self, other: Pair) -> Option<Pair> {
        Some(Pair(self.0.plus(other.0)?, self.1.plus(other.1)?))
    }

    fn times(self, by: i64) -> Option<Pair> {
        Some(Pair(self.0.times(Decimal::whole(by))?, self.1.times(Decimal::whole(by))?))
    }
}

/// What has been read of a number so far.
#[derive(Debug)]
struct Sum {
    /// Finished parts with their 万 or 亿, largest first.
    parts: Vec<(i64, Pair)>,
    /// Below the next 万.
    section: Option<Pair>,
    /// A digit that waits for its 十百千.
    waiting: Option<Pair>,
    /// The multiplier read last, until 零 or a digit group breaks the place.
    last: Option<i64>,
}

impl Sum {
    fn take(&mut self) -> Option<Pair> {
        match (self.section.take(), self.waiting.take()) {
            (None, None) => None,
            (a, b) => a.unwrap_or(Pair::ZERO).plus(b.unwrap_or(Pair::ZERO)),
        }
    }

    fn total(&self) -> Option<Pair> {
        let mut total = Pair::ZERO;
        for (_, part) in &self.parts {
            total = total.plus(*part)?;
        }
        total.plus(self.section.unwrap_or(Pair::ZERO))?.plus(self.waiting.unwrap_or(Pair::ZERO))
    }

    fn big(&mut self, by: i64) -> Option<()> {
        let mut value = self.take();
        while let Some(&(known, part)) = self.parts.last() {
            if known < by || (known == by && value.is_none()) {
                value = Some(part.plus(value.unwrap_or(Pair::ZERO))?);
                self.parts.pop();
            } else {
                break;
            }
        }
        self.parts.push((by, value.unwrap_or(Pair::of(1)).times(by)?));
        self.last = Some(by);
        Some(())
    }
}

/// The number at `i`. `None` where there is none, or where it is too long to be a quantity.
pub(super) fn read(text: &Chars, i: usize) -> Option<Number> {
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
        if c.is_ascii_digit() {
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

impl Number {
    /// Whether a decimal point may follow what was read so far.
    fn digits_end(&self, at: usize, start: usize) -> bool {
        at > start && !self.more
    }

    /// Whether it is a single value.
    pub(super) fn is_single(&self) -> bool {
        self.low == self.high
    }

    /// The value as a small whole number.
    pub(super) fn whole(&self) -> Option<i64> {
        if self.is_single() && !self.more { self.low.to_i64() } else { None }
    }

    /// How many characters it takes.
    pub(super) fn len(&self) -> usize {
        self.end - self.start
    }
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

#[cfg(test)]
mod tests {
    use super::super::chars::Folding;
    use super::*;
    use crate::lexicon::{Sources, Table};

    fn value(text: &str) -> String {
        let sources = Sources::built_in();
        let mut folding = Folding::load(Table::new("v", sources.get("value/variant.tsv").unwrap())).unwrap();
        for c in text.chars() {
            folding.begin(folding.plain(c));
        }
        let chars = folding.chars(text).unwrap();
        match read(&chars, 0) {
            Some(n) if n.low == n.high => format!("{}{}", if n.more { ">" } else { "" }, n.low),
            Some(n) => format!("{}..{}", n.low, n.high),
            None => "none".to_owned(),
        }
    }

    #[test]
    fn numbers_read_in_every_style() {
        for (text, expected) in [
            ("一百五十二", "152"),
            ("四百五", "450"),
            ("一百零一万一千", "1011000"),
            ("七十八万五佰零六", "780506"),
            ("肆拾肆", "44"),
            ("5亿1万4千6百", "500014600"),
            ("拾万零五十六", "100056"),
            ("九十二万四", "924000"),
            ("四千零五万", "40050000"),
            ("五兆六十二亿四万五千二", "5006200045200"),
            ("四万万", "400000000"),
            ("百三", "130"),
            ("一千多万", ">10000000"),
            ("三四十亿", "3000000000..4000000000"),
            ("三五百", "300..500"),
            ("十二三", "12..13"),
            ("十几", "10..20"),
            ("数十亿", "1000000000..10000000000"),
            ("一七二零点一", "1720.1"),
            ("二〇二五", "2025"),
            ("九七", "97"),
            ("一百零三点五", "103.5"),
            ("四万点六", "40000.6"),
            ("壹拾万零叁仟肆佰伍拾叁", "103453"),
            ("1千零20", "1020"),
            ("1万600", "10600"),
            ("3万5", "35000"),
            ("3万5千", "35000"),
            ("1亿4千万", "140000000"),
            ("４，５６５", "4565"),
            ("12万亿", "12000000000000"),
            ("一千一百一十一万一千一百一十一亿一千一百一十一万一千一百一十一", "1111111111111111"),
            ("一千亿一千万一千零一", "100010001001"),
            ("一百九十万零三千九百七十一", "1903971"),
            ("零点零零一", "0.001"),
            ("一百零十", "110"),
            ("零十", "10"),
            ("一亿零两千三百", "100002300"),
            ("6000多亿", ">600000000000"),
            ("十", "10"),
            ("廿一", "21"),
            ("一千一百十", "1110"),
            ("一百几十亿", "11000000000..20000000000"),
        ] {
            assert_eq!(value(text), expected, "{text}");
        }
    }
}
