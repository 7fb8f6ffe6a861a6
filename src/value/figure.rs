//! Figures: a number with what stands round it.

use std::sync::Arc;

use super::Values;
use super::chars::Chars;
use super::decimal::Decimal;
use super::number::{self, Number};
use super::quantity::{Amount, Modifier, Quantity};
use super::unit::{Unit, UnitKind};

/// What was found where a number begins.
#[derive(Debug)]
pub(super) enum Found {
    /// A figure.
    Figure(Figure),
    /// No figure; the text up to here holds none.
    Nothing(usize),
}

/// A figure with its place.
#[derive(Debug, Clone)]
pub(super) struct Figure {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) quantity: Quantity,
    pub(super) rule: &'static str,
}

/// A number with its unit, before ranges and modifiers are looked at.
#[derive(Debug, Clone)]
struct Measured {
    number: Number,
    amount: (Decimal, Decimal),
    more: bool,
    unit: Option<Arc<Unit>>,
    end: usize,
}

impl Values {
    /// Reads the figure whose number begins at `i`; nothing before `floor` is touched.
    pub(super) fn figure(&self, text: &Chars, i: usize, floor: usize) -> Found {
        if let Some(found) = self.special(text, i, floor) {
            return found;
        }
        let Some(number) = number::read(text, i) else {
            return Found::Nothing(skip_numerals(text, i));
        };
        if let Some(figure) = self.fraction(text, &number, floor) {
            return Found::Figure(figure);
        }
        let behind = number.end.max(i + 1);
        let measured = self.units.at(text, text.blank(number.end)).is_some();
        if serial(text, &number, floor, measured) {
            return Found::Nothing(skip_serial(text, behind));
        }
        let whole_text = number.end == text.len() && number.start <= sign_width(text, number.start);
        let Some(first) = self.measured(text, number.clone()) else {
            return self.bare(text, number, floor, whole_text);
        };
        if self.names_something(text, &first, floor) {
            return Found::Nothing(first.end);
        }
        let mut end = first.end;
        let mut amount = Amount::One(first.amount.0);
        let mut unit = first.unit.clone();
        let mut rule = rule_of(unit.as_deref());
        let mut more = first.more;
        if first.amount.0 != first.amount.1 {
            amount = Amount::Range(first.amount.0, first.amount.1);
            rule = "value.figure.range";
        }
        if let Some((other, high)) = self.second(text, &first) {
            let low = if first.unit.is_none() { shared_low(&first, &other) } else { first.amount.0 };
            if low < high {
                amount = Amount::Range(low, high);
                unit = other.unit.clone();
                more = other.more;
                end = other.end;
                rule = "value.figure.range";
            }
        } else if let Some((sum, sum_unit, sum_end)) = self.compound(text, &first) {
            (amount, unit, end) = (Amount::One(sum), Some(sum_unit), sum_end);
        }
        Found::Figure(self.finish(text, first.number.start, end, floor, Dressed { amount, unit, more, rule }))
    }

    /// Adds sign, modifiers and what stands behind.
    fn finish(&self, text: &Chars, number: usize, core: usize, floor: usize, dressed: Dressed) -> Figure {
        let Dressed { mut amount, mut unit, more, rule } = dressed;
        let mut start = number;
        if let Some((scale, word)) = self.scale_before(text, start, floor)
            && unit.as_ref().is_some_and(|unit| unit.name == "度")
        {
            start = word;
            unit = self.units.get(scale);
        }
        if let Some(sign) = sign_before(text, start, floor) {
            start = sign;
            amount = match amount {
                Amount::One(value) => Amount::One(value.negated()),
                Amount::Range(low, high) => Amount::Range(high.negated(), low.negated()),
                Amount::Fraction(over, under) => Amount::Fraction(over.negated(), under),
            };
            if let Amount::Range(low, high) = amount
                && high < low
            {
                amount = Amount::Range(high, low);
            }
        }
        let mut modifier = more.then_some(Modifier::Over);
        if let Some((sign, at)) = self.modifiers.front(text, start, floor) {
            start = at;
            modifier = sign.or(modifier);
        }
        let mut end = core;
        if let Some((sign, at)) = self.modifiers.back(text, text.blank(end)).or_else(|| self.modifiers.back(text, end))
        {
            end = at;
            modifier = sign.or(modifier);
        }
        if unit.as_ref().is_some_and(|unit| unit.kind == UnitKind::Money) {
            end = text.eat_any(end, &["整", "正"]).map_or(end, |(_, at)| if text.at(at) == '个' { end } else { at });
        }
        Figure { start, end, quantity: Quantity { amount, modifier, unit }, rule }
    }

    /// An ordinal that stands alone: 第五百.
    pub(super) fn ordinal(&self, text: &Chars, i: usize) -> Found {
        match number::read(text, i + 1) {
            Some(number) => Found::Figure(Figure {
                start: i,
                end: number.end,
                quantity: Quantity { amount: Amount::One(number.low), modifier: None, unit: None },
                rule: "value.figure.ordinal",
            }),
            None => Found::Nothing(i + 1),
        }
    }

    /// A number with the unit behind it; `None` where no unit stands.
    fn measured(&self, text: &Chars, number: Number) -> Option<Measured> {
        let mut at = number.end;
        let mut more = number.more;
        // 100多名, 10余次, 三十来岁
        if matches!(text.at(at), '多' | '余' | '来' | '几')
            && !(text.at(at) == '来' && number.arabic && number.digits < 2)
        {
            let next = text.blank(at + 1);
            if self.units.at(text, next).is_some() && !text.has(at, "多样") && !text.has(at, "来自") {
                at = next;
                more = true;
            }
        }
        let half = text.has(at, "个半") || text.has(at, "半个");
        if text.has(at, "个半")
            && let Some((unit, end)) = self.units.at(text, at + 2)
            && unit.kind == UnitKind::Time
        {
            let half = Decimal::parse("0.5")?;
            let amount = (number.low.plus(half)?, number.high.plus(half)?);
            return Some(Measured { number, amount, more, unit: Some(unit), end });
        }
        let _ = half;
        // 1个多小时, 两个多月
        if text.at(at) == '个'
            && matches!(text.at(at + 1), '多' | '余')
            && let Some((unit, end)) = self.units.at(text, at + 2)
            && unit.kind == UnitKind::Time
        {
            let amount = (number.low, number.high);
            return Some(Measured { number, amount, more: true, unit: Some(unit), end });
        }
        if text.has(at, "k") && !text.at(at + 1).is_ascii_alphanumeric() {
            let amount = (number.low.times(Decimal::whole(1000))?, number.high.times(Decimal::whole(1000))?);
            let (unit, end) = self.units.at(text, at + 1)?;
            return Some(Measured { number, amount, more, unit: Some(unit), end });
        }
        let blank = text.blank(at);
        let mut amount = (number.low, number.high);
        if let Some(end) = text.eat(at, "刻钟") {
            let fifteen = Decimal::whole(15);
            amount = (amount.0.times(fifteen)?, amount.1.times(fifteen)?);
            return Some(Measured { number, amount, more, unit: self.units.get("分钟"), end });
        }
        // 四成, 三成半
        if text.at(at) == '成' && !text.has_any(at + 1, NOT_TENTHS) && number.high <= Decimal::whole(10) {
            let mut end = at + 1;
            let ten = Decimal::whole(10);
            amount = (amount.0.times(ten)?, amount.1.times(ten)?);
            if text.at(end) == '半' {
                let five = Decimal::whole(5);
                amount = (amount.0.plus(five)?, amount.1.plus(five)?);
                end += 1;
            } else if text.at(end) == '多' {
                more = true;
                end += 1;
            }
            return Some(Measured { number, amount, more, unit: self.units.get("%"), end });
        }
        let (mut unit, mut end) = self.units.at(text, blank)?;
        if blank > at && unit.name.is_ascii() && !unit.name.starts_with('%') && unit.kind != UnitKind::Physical {
            return None;
        }
        // 三万元欧元: the second currency is meant.
        if unit.name == "元"
            && let Some((other, other_end)) = self.units.at(text, end)
            && other.kind == UnitKind::Money
            && other.name != "元"
            && other.name != "分"
            && other.name != "角"
            && other.name != "毛"
        {
            (unit, end) = (other, other_end);
        }
        // 5元人民币 keeps 元; 3年多, 一吨半
        if text.at(end) == '半'
            && !matches!(text.at(end + 1), '价' | '导' | '岛' | '径' | '数' | '山' | '夜' | '个' | '工')
            && matches!(unit.kind, UnitKind::Physical | UnitKind::Time | UnitKind::Money)
        {
            let half = Decimal::parse("0.5")?;
            amount = (amount.0.plus(half)?, amount.1.plus(half)?);
            end += 1;
        }
        if matches!(text.at(end), '多' | '余')
            && matches!(unit.kind, UnitKind::Physical | UnitKind::Time | UnitKind::Money | UnitKind::Ratio)
            && !text.has_any(
                end,
                &[
                    "多样", "多元", "多次", "多层", "多种", "余额", "余人", "余热", "余下", "多名", "多个", "多位",
                    "多家", "多方", "多年", "多项",
                ],
            )
        {
            more = true;
            end += 1;
        }
        Some(Measured { number, amount, more, unit: Some(unit), end })
    }

    /// The second number of 20%至30%, 2—3万人, 1万元--5万元.
    fn second(&self, text: &Chars, first: &Measured) -> Option<(Measured, Decimal)> {
        let after = text.eat(first.end, "(含)").unwrap_or(first.end);
        let at = separator(text, after)?;
        let number = number::read(text, at)?;
        if number.positional && !number.arabic && number.digits > 2 {
            return None;
        }
        let other = self.measured(text, number)?;
        let same = match (&first.unit, &other.unit) {
            (None, Some(_)) => true,
            (Some(a), Some(b)) => a.name == b.name || (a.dimension == b.dimension && a.kind != UnitKind::Measure),
            _ => false,
        };
        if !same || other.amount.0 != other.amount.1 {
            return None;
        }
        let mut other = other;
        let mut high = other.amount.1;
        if let (Some(a), Some(b)) = (&first.unit, &other.unit)
            && a.name != b.name
        {
            // 500米至2公里: in the first unit.
            let ratio = b.factor()? / a.factor()?;
            if ratio.fract() != 0.0 || !(1.0..1e12).contains(&ratio) {
                return None;
            }
            high = high.times(Decimal::whole(ratio as i64))?;
            other.unit = first.unit.clone();
        }
        Some((other, high))
    }

    /// 123元1角1分, 3斤5两, 8天20小时, 四年六个月: one figure in one unit.
    fn compound(&self, text: &Chars, first: &Measured) -> Option<(Decimal, Arc<Unit>, usize)> {
        let mut unit = first.unit.clone()?;
        if !matches!(unit.kind, UnitKind::Money | UnitKind::Time | UnitKind::Physical)
            || first.more
            || !first.number.is_single()
        {
            return None;
        }
        let (mut total, mut end) = (first.amount.0, first.end);
        let mut found = false;
        loop {
            let skip = text.eat_any(end, &["又", "零"]).map_or(end, |(_, at)| at);
            let Some(number) = number::read(text, skip) else { break };
            if !number.is_single() || number.more || number.positional && number.digits > 2 {
                break;
            }
            let next = number.end;
            let (other, other_end) = if unit.name == "元" && text.at(next) == '分' {
                (
                    Arc::new(Unit {
                        name: "分".into(),
                        kind: UnitKind::Money,
                        dimension: "money:CNY".into(),
                        factor: Some((0.01, 1.0)),
                        qudt: None,
                    }),
                    next + 1,
                )
            } else {
                match self.units.at(text, next) {
                    Some(found) => found,
                    None => break,
                }
            };
            let money = unit.kind == UnitKind::Money && other.name == "分";
            if !money && (other.dimension != unit.dimension || other.kind != unit.kind) {
                break;
            }
            let (Some(big), Some(small)) = (unit.factor(), other.factor()) else { break };
            if small >= big {
                break;
            }
            let mut value = number.low;
            let mut tail = other_end;
            if text.at(tail) == '半' {
                value = value.plus(Decimal::parse("0.5")?)?;
                tail += 1;
            }
            let ratio = (big / small).round();
            if ratio <= 0.0 || ratio > 1e9 {
                break;
            }
            let decimal =
                [(10.0, 1), (100.0, 2), (1000.0, 3)].into_iter().find(|&(r, _)| r == ratio).map(|(_, places)| places);
            match decimal {
                Some(places) if unit.kind != UnitKind::Time => total = total.plus(value.shifted(places)?)?,
                _ => {
                    let exact = if unit.name == "年" && other.name == "月" { 12 } else { ratio as i64 };
                    total = total.times(Decimal::whole(exact))?.plus(value)?;
                    unit = other;
                }
            }
            end = tail;
            found = true;
        }
        found.then_some((total, unit, end))
    }

    /// 三分之一, 百分之三十, 千分之五, 三又五分之二.
    fn fraction(&self, text: &Chars, number: &Number, floor: usize) -> Option<Figure> {
        let (mut whole, mut under) = (Decimal::ZERO, number.clone());
        if text.at(number.end) == '又' {
            whole = Decimal::whole(number.whole()?);
            under = number::read(text, number.end + 1)?;
        }
        let base = text.text(under.start, under.end);
        let percent = base == "百";
        let over_at = match text.eat(under.end, "分之") {
            Some(at) => at,
            None if percent && text.at(under.end) == '分' && number::begins(text, under.end + 1) => under.end + 1,
            None => return None,
        };
        let sign = text.eat(over_at, "负");
        let over = number::read(text, sign.unwrap_or(over_at))?;
        if !over.is_single() && !percent || !under.is_single() || under.low == Decimal::ZERO {
            return None;
        }
        let mut end = over.end;
        let make = |low: Decimal, high: Decimal| if low == high { Amount::One(low) } else { Amount::Range(low, high) };
        let scaled = |value: Decimal| match base.as_str() {
            "百" => Some(value),
            "千" => value.shifted(1),
            "万" => value.shifted(2),
            "十万" => value.shifted(3),
            "百万" => value.shifted(4),
            _ => None,
        };
        if whole == Decimal::ZERO
            && let (Some(low), Some(mut high)) = (scaled(over.low), scaled(over.high))
        {
            // 百分之三十到四十, 百分之三十到百分之四十
            if let Some(at) = separator(text, end) {
                let at = text.eat(at, "百分之").unwrap_or(at);
                if let Some(second) = number::read(text, at)
                    && percent
                    && second.is_single()
                    && second.low > low
                    && self.units.at(text, second.end).is_none_or(|(unit, _)| unit.kind != UnitKind::Time)
                {
                    (high, end) = (second.low, second.end);
                }
            }
            let more = over.more || matches!(text.at(end), '多' | '余');
            if matches!(text.at(end), '多' | '余') {
                end += 1;
            }
            let dressed =
                Dressed { amount: make(low, high), unit: self.units.get("%"), more, rule: "value.figure.percent" };
            return Some(self.finish(text, number.start, end, floor, dressed));
        }
        let over_value = if sign.is_some() { over.low.negated() } else { over.low };
        let over_value = over_value.plus(whole.times(under.low)?)?;
        let unit = self
            .units
            .at(text, end)
            .filter(|(unit, _)| matches!(unit.kind, UnitKind::Physical | UnitKind::Time | UnitKind::Money));
        let mut amount = Amount::Fraction(over_value, under.low);
        let mut unit_of = None;
        if let Some((unit, at)) = unit {
            (unit_of, end) = (Some(unit), at);
        }
        // 负3分之负一百五十七 is positive.
        let negative = sign_before(text, number.start, floor).is_some();
        if negative && sign.is_some() {
            amount = Amount::Fraction(over_value, under.low);
        }
        let dressed = Dressed { amount, unit: unit_of, more: false, rule: "value.figure.fraction" };
        Some(self.finish(text, number.start, end, floor, dressed))
    }

    /// Figures that do not begin with a number: 翻两番, 半年, 一半, $20, 百分百, 过半.
    fn special(&self, text: &Chars, i: usize, floor: usize) -> Option<Found> {
        let figure = |start, end, amount, unit, rule| {
            Found::Figure(self.finish(text, start, end, floor, Dressed { amount, unit, more: false, rule }))
        };
        match text.at(i) {
            '翻' => {
                let at = text.eat_any(i + 1, &["了"]).map_or(i + 1, |(_, at)| at);
                let number = number::read(text, at)?;
                let times = number.whole().filter(|n| (1..=10).contains(n))?;
                let end = text.eat(number.end, "番")?;
                Some(figure(i, end, Amount::One(Decimal::whole(1 << times)), self.units.get("倍"), "value.figure.fold"))
            }
            '半' => {
                if text.has(i, "半百") {
                    return Some(figure(i, i + 2, Amount::One(Decimal::whole(50)), None, "value.figure.half"));
                }
                if text.has(i, "半数") {
                    return Some(figure(
                        i,
                        i + 2,
                        Amount::Fraction(Decimal::whole(1), Decimal::whole(2)),
                        None,
                        "value.figure.half",
                    ));
                }
                if text.has(i, "半成") && !text.has_any(i + 2, &["品", "熟"]) {
                    return Some(figure(
                        i,
                        i + 2,
                        Amount::One(Decimal::whole(5)),
                        self.units.get("%"),
                        "value.figure.percent",
                    ));
                }
                let at = text.eat(i + 1, "个多").unwrap_or(i + 1);
                let (unit, end) = self.units.at(text, at)?;
                let long =
                    end - at > 1 || matches!(unit.name.as_str(), "年" | "天" | "日" | "斤" | "亩" | "吨" | "升" | "米");
                if !matches!(unit.kind, UnitKind::Time | UnitKind::Physical)
                    || !long
                    || matches!(unit.name.as_str(), "夜" | "晚")
                    || text.has(i, "半天")
                    || matches!(text.before(i), '上' | '下' | '前' | '后' | '大' | '小' | '多' | '对')
                {
                    return None;
                }
                let amount = Amount::One(Decimal::parse("0.5")?);
                Some(Found::Figure(self.finish(
                    text,
                    i,
                    end,
                    floor,
                    Dressed { amount, unit: Some(unit), more: at > i + 1, rule: "value.figure.half" },
                )))
            }
            '一' if text.has(i, "一半") => Some(figure(
                i,
                i + 2,
                Amount::Fraction(Decimal::whole(1), Decimal::whole(2)),
                None,
                "value.figure.half",
            )),
            '百' if text.has(i, "百分百") => {
                Some(figure(i, i + 3, Amount::One(Decimal::whole(100)), self.units.get("%"), "value.figure.percent"))
            }
            '$' | '¥' | '€' | '£' | 'U' | 'H' => {
                let (sign, at) = text.eat_any(i, &["US$", "HK$", "$", "¥", "€", "£"])?;
                let mut number = number::read(text, text.blank(at))?;
                // In $20，300元 the wide comma parts a list.
                if let Some(comma) = (number.start..number.end).find(|&k| text.at(k) == '，') {
                    number.low = Decimal::parse(&text.text(number.start, comma))?;
                    number.end = comma;
                }
                let unit = self.units.get(sign).filter(|unit| unit.kind == UnitKind::Money)?;
                let name = match sign {
                    "US$" => "美元",
                    "HK$" => "港元",
                    "¥" => "元",
                    "€" => "欧元",
                    "£" => "英镑",
                    _ => "$",
                };
                let unit = if name == "$" { unit } else { self.units.get(name)? };
                let dressed = Dressed {
                    amount: Amount::One(number.low),
                    unit: Some(unit),
                    more: number.more,
                    rule: "value.figure.money",
                };
                let mut found = self.finish(text, number.start, number.end, i, dressed);
                found.start = i;
                Some(Found::Figure(found))
            }
            _ => None,
        }
    }

    /// A number without a unit.
    fn bare(&self, text: &Chars, number: Number, floor: usize, whole_text: bool) -> Found {
        let end = number.end;
        let next = text.at(end);
        let more = number.more
            || matches!(next, '多' | '余')
                && number.len() > 1
                && !matches!(text.at(end + 1), '样' | '种' | '元' | '层' | '方' | '边' | '少');
        let tail = if more && !number.more { end + 1 } else { end };
        let amount = if number.is_single() { Amount::One(number.low) } else { Amount::Range(number.low, number.high) };
        // 10000与20000之间, 1到3的
        if let Some(at) = separator(text, end).or_else(|| matches!(text.at(end), '与' | '和').then_some(end + 1))
            && let Some(other) = number::read(text, at)
            && other.low > number.low
            && text.has_any(other.end, &["之间", "间"])
        {
            let dressed = Dressed {
                amount: Amount::Range(number.low, other.low),
                unit: None,
                more: false,
                rule: "value.figure.range",
            };
            return Found::Figure(self.finish(text, number.start, other.end, floor, dressed));
        }
        if let Some((first, other, at)) = self.shared_range(text, &number) {
            let low = shared_low(&first, &other);
            if low < other.amount.1 && !self.names_something(text, &other, floor) {
                let rule = "value.figure.range";
                let dressed =
                    Dressed { amount: Amount::Range(low, other.amount.1), unit: other.unit, more: other.more, rule };
                return Found::Figure(self.finish(text, number.start, at, floor, dressed));
            }
        }
        // 45:55, 3:1
        if text.at(end) == ':'
            && number.arabic
            && number.digits <= 3
            && let Some(other) = number::read(text, end + 1)
            && other.arabic
            && other.low > Decimal::ZERO
            && !text.at(other.end).is_ascii_alphanumeric()
            && !matches!(text.at(other.end), ':' | '-')
            && !text.before(number.start).is_ascii_alphanumeric()
            && text.before(number.start) != ':'
        {
            let amount = Amount::Fraction(number.low, other.low);
            let dressed = Dressed { amount, unit: None, more: false, rule: "value.figure.ratio" };
            return Found::Figure(self.finish(text, number.start, other.end, floor, dressed));
        }
        let dressed = Dressed { amount, unit: None, more, rule: "value.figure.bare" };
        let figure = self.finish(text, number.start, tail, floor, dressed);
        let modified = figure.start < number.start || figure.end > tail || more;
        let written_out = !number.arabic && !number.positional && number.quantity && number.len() >= 3 && !number.bare;
        let counted = number.arabic
            && is_word(next)
            && !text.has_any(end, NOT_COUNTED)
            && (number.quantity || number.digits <= 3 && text.at(number.start) != '0')
            && !(number.low.is_whole() && !number.quantity && number.digits == 4);
        let stated = number.arabic && number.quantity && !number.low.is_whole() && !list_mark(text, &number)
            || number.arabic && number.quantity && number.low.is_whole();
        let strong = modified && (number.arabic || number.len() >= 2 && !number.positional);
        if whole_text || written_out || counted || stated && !matches!(next, ' ' | '\0') || strong {
            return Found::Figure(figure);
        }
        Found::Nothing(if number.arabic { skip_serial(text, end) } else { end })
    }

    /// 2—3万人: the first number has no unit of its own.
    fn shared_range(&self, text: &Chars, number: &Number) -> Option<(Measured, Measured, usize)> {
        let first = Measured {
            number: number.clone(),
            amount: (number.low, number.high),
            more: false,
            unit: None,
            end: number.end,
        };
        let (other, _) = self.second(text, &first)?;
        let end = other.end;
        Some((first, other, end))
    }

    /// 华氏 or 摄氏 before the number.
    fn scale_before(&self, text: &Chars, start: usize, floor: usize) -> Option<(&'static str, usize)> {
        [("摄氏温度", "摄氏度"), ("华氏温度", "华氏度"), ("摄氏", "摄氏度"), ("华氏", "华氏度")]
            .into_iter()
            .find(|(word, _)| text.ends(start, word) && start - word.chars().count() >= floor)
            .map(|(word, unit)| (unit, start - word.chars().count()))
    }

    /// Whether number and unit are part of a name, an ordinal, a meeting, an idiom.
    fn names_something(&self, text: &Chars, found: &Measured, floor: usize) -> bool {
        let number = &found.number;
        let Some(unit) = found.unit.as_deref() else { return false };
        let start = number.start;
        if text.before(start) == '第' && start > floor {
            return true;
        }
        let one = number.len() == 1 && !number.arabic && number.low == Decimal::whole(1);
        if one {
            let plain = match unit.kind {
                UnitKind::Physical => !matches!(
                    unit.name.as_str(),
                    "两" | "度"
                        | "里"
                        | "方"
                        | "寸"
                        | "尺"
                        | "丈"
                        | "节"
                        | "码"
                        | "钱"
                        | "担"
                        | "桶"
                        | "平方"
                        | "升"
                        | "克"
                        | "帕"
                        | "伏"
                        | "刻钟"
                ),
                UnitKind::Time => {
                    !matches!(
                        unit.name.as_str(),
                        "年" | "天"
                            | "日"
                            | "周"
                            | "夜"
                            | "晚"
                            | "季"
                            | "分"
                            | "秒"
                            | "载"
                            | "岁"
                            | "月"
                            | "时"
                            | "春秋"
                    ) || found.end - number.end > unit.name.chars().count() && unit.name != "日"
                }
                UnitKind::Money => unit.name != "分" && unit.name != "角" && unit.name != "毛" && unit.name != "块",
                UnitKind::Percent => true,
                UnitKind::Ratio => true,
                UnitKind::Measure | UnitKind::MeasureArabic => false,
            };
            let asked = self.modifiers.front(text, start, floor).is_some()
                || self.modifiers.back(text, found.end).is_some()
                || found.more
                || text
                    .ends_any(start, &["满", "历时", "为期", "长达", "历经", "用了", "每隔", "有效期", "期限", "任期"])
                || matches!(text.at(found.end - 1), '半');
            let asked_time = asked && unit.kind == UnitKind::Time;
            if !plain && !asked_time {
                return true;
            }
        }
        if unit.kind == UnitKind::MeasureArabic && !number.arabic && (number.len() < 2 || number.bare) {
            return true;
        }
        // 三年行动, 五年规划
        if matches!(unit.name.as_str(), "年" | "日" | "天")
            && text.has_any(
                found.end,
                &["行动", "计划", "规划", "攻坚", "滚动", "提升行动", "大计", "方案", "倍增", "期国债"],
            )
            && !number.more
        {
            return true;
        }
        // 二届三次会议, 七届二中全会
        if unit.name == "次" && text.before(start) == '届'
            || matches!(unit.name.as_str(), "届" | "期" | "版" | "级" | "代" | "校" | "州" | "厂") && !number.arabic
        {
            return true;
        }
        if unit.name == "次"
            && !number.arabic
            && text.has_any(found.end, &["产业", "会议", "全会", "全体会议", "代表大会", "党代会", "元", "方"])
            && number.len() == 1
        {
            return true;
        }
        // Set phrases in quotation marks: “四个创建”.
        if !number.arabic
            && matches!(text.before(start), '“' | '‘' | '「' | '『' | '《')
            && matches!(unit.kind, UnitKind::Measure | UnitKind::MeasureArabic)
            && quoted_short(text, start)
        {
            return true;
        }
        // 万吨级, 百年老店, 百万雄师: a bare multiplier needs a reason.
        if number.bare && number.len() == 1 {
            let reason = self.modifiers.front(text, start, floor).is_some()
                || found.more
                || matches!(text.before(start), '数' | '几');
            if text.at(found.end) == '级'
                || !reason
                    && !matches!(
                        unit.name.as_str(),
                        "年" | "亩" | "周年" | "美元" | "元" | "%" | "吨" | "倍" | "人" | "名"
                    )
            {
                return true;
            }
        }
        if number.bare && text.at(found.end) == '级' {
            return true;
        }
        // PM2.5, 一个十五五, 2号: letters in front were caught earlier; a clock or a temperature behind is another reader's.
        if unit.name == "度" && text.has_any(found.end, &["假", "过", "量", "数"]) && !number.arabic {
            return true;
        }
        if unit.name == "点"
            && !text.has_any(found.end, POINTS)
            && !text.ends_any(start, &["出", "下", "以下", "如下", "这", "报", "涨", "跌", "以", "至", "了"])
            && !number.quantity
        {
            return true;
        }
        if unit.name == "里"
            && text.has_any(
                found.end,
                &["面", "程", "弄", "约", "桥", "铺", "村", "店", "堡", "墩", "营", "河", "山", "镇", "乡"],
            )
            || unit.name == "方"
                && text.has_any(found.end, &["面", "式", "针", "案", "法", "向", "便", "言"])
                && !text.has(found.end, "面军")
        {
            return unit.name == "里" || !text.has(found.end, "面");
        }
        if unit.name == "两" && !number.arabic && text.has_any(found.end, &["个", "名", "次", "国", "岸"]) {
            return true;
        }
        if matches!(unit.name.as_str(), "分" | "角" | "毛")
            && text.has_any(
                found.end,
                &["类", "析", "工", "别", "之", "公司", "店", "局", "院", "支", "会", "度", "逸", "田"],
            )
        {
            return true;
        }
        if unit.name == "家"
            && text.has_any(found.end, &["庭", "长", "电", "园", "居", "属", "具", "禽", "族", "政", "教"])
            || unit.name == "口" && text.has_any(found.end, &["岸", "号", "径"])
            || unit.name == "面" && text.has_any(found.end, &["积", "向", "对"])
        {
            return !number.arabic;
        }
        false
    }
}

/// A figure before sign and modifiers.
#[derive(Debug)]
struct Dressed {
    amount: Amount,
    unit: Option<Arc<Unit>>,
    more: bool,
    rule: &'static str,
}

const NOT_TENTHS: &[&str] = &[
    "立", "员", "为", "功", "果", "长", "都", "本", "就", "熟", "年", "人", "分", "绩", "效", "型", "品", "套", "群",
    "交", "县", "因", "份",
];

const POINTS: &[&str] = &[
    "意见", "建议", "要求", "体会", "希望", "看法", "说明", "启示", "原因", "措施", "认识", "经验", "思考", "感受",
    "期望", "共识", "内容", "以",
];

const NOT_COUNTED: &[&str] = &[
    "号",
    "路",
    "线",
    "院",
    "楼",
    "栋",
    "室",
    "弄",
    "热线",
    "专线",
    "平台",
    "电话",
    "服务",
    "航班",
    "次列车",
    "国道",
    "省道",
    "高速",
    "频道",
    "型",
    "系列",
    "公告",
    "股票",
    "产",
    "网",
    "分之",
    "至",
    "到",
    "或",
    "和",
    "与",
    "及",
    "等",
    "的",
    "是",
    "在",
    "了",
];

fn rule_of(unit: Option<&Unit>) -> &'static str {
    match unit.map(|unit| (unit.kind, unit.name.as_str())) {
        None => "value.figure.bare",
        Some((_, "周年")) => "value.figure.anniversary",
        Some((UnitKind::Physical, _)) => "value.figure.physical",
        Some((UnitKind::Time, _)) => "value.figure.duration",
        Some((UnitKind::Money, _)) => "value.figure.money",
        Some((UnitKind::Percent, _)) => "value.figure.percent",
        Some((UnitKind::Ratio, _)) => "value.figure.ratio",
        Some((UnitKind::Measure | UnitKind::MeasureArabic, _)) => "value.figure.measure",
    }
}

/// 2—3万: the 万 counts for both where that makes the first the smaller one.
fn shared_low(first: &Measured, other: &Measured) -> Decimal {
    match other.number.coefficient {
        Some((coefficient, by))
            if first.number.coefficient.is_none_or(|(_, mine)| mine < by) && first.amount.0 < coefficient =>
        {
            first.amount.0.times(by).unwrap_or(first.amount.0)
        }
        _ => first.amount.0,
    }
}

/// The position behind 至, 到, — or ~ between two numbers.
pub(super) fn separator(text: &Chars, i: usize) -> Option<usize> {
    let start = text.blank(i);
    let mut at = start;
    while matches!(text.at(at), '-' | '~') && at - start < 3 {
        at += 1;
    }
    if at == start {
        at = text.eat_any(start, &["至", "到"])?.1;
    }
    Some(text.blank(at))
}

/// Where a sign before the number begins.
fn sign_before(text: &Chars, start: usize, floor: usize) -> Option<usize> {
    if text.ends(start, "零下") && start >= floor + 2 {
        return Some(start - 2);
    }
    if start > floor
        && text.before(start) == '负'
        && !matches!(text.before(start - 1), '胜' | '担' | '自' | '欺' | '辜' | '抱' | '肩')
    {
        return Some(start - 1);
    }
    let at = if text.ends(start, "- ") && start >= 2 { start - 2 } else { start.wrapping_sub(1) };
    if start > floor && at >= floor && text.at(at) == '-' && text.at(start).is_ascii_digit() {
        let before = text.before(at);
        let minus = at == 0
            || matches!(
                before,
                ' ' | '('
                    | '，'
                    | '、'
                    | ','
                    | ':'
                    | '为'
                    | '到'
                    | '至'
                    | '是'
                    | '温'
                    | '约'
                    | '达'
                    | '='
                    | '于'
                    | '过'
            );
        return minus.then_some(at);
    }
    None
}

/// How many characters of sign stand before a number that begins the text.
fn sign_width(text: &Chars, start: usize) -> usize {
    sign_before(text, start, 0).map_or(0, |at| start - at)
}

/// Serial numbers, codes, list marks, ordinals, decimals of section headings.
fn serial(text: &Chars, number: &Number, floor: usize, measured: bool) -> bool {
    let start = number.start;
    let before = text.before(start);
    if before == '第' {
        return start > floor && !ordinals_only(text);
    }
    if number.arabic {
        let letter =
            (before.is_ascii_alphabetic() || before == '\'') && !text.ends_any(start, &["RMB", "USD", "CNY", "US"]);
        let joined = matches!(before, '-' | '_' | '.' | '/' | '+' | '#' | '№' | '@' | '&')
            && start > floor
            && (text.before(start - 1).is_ascii_alphanumeric()
                || matches!(before, '#' | '№' | '@')
                || before == '-' && is_word(text.before(start - 1)) && sign_before(text, start, floor).is_none());
        if (letter || joined) && !matches!(text.at(number.end), '%' | '‰') {
            return true;
        }
        if measured && number.digits <= 15 {
            return list_mark(text, number);
        }
        if number.digits >= 7 && !number.quantity && text.len() > number.end && !is_word(text.at(number.end)) {
            return true;
        }
        if number.digits >= 9 && !number.quantity && !(number.start == 0 && number.end == text.len()) {
            return true;
        }
    }
    if list_mark(text, number) {
        return true;
    }
    matches!(before, '〔' | '[' | '【') && matches!(text.at(number.end), '〕' | ']' | '】')
        || before == '(' && text.at(number.end) == ')' && !(start == 1 && number.end + 1 == text.len())
}

/// 1、 2. （三） 一、 at the beginning of a line or sentence.
fn list_mark(text: &Chars, number: &Number) -> bool {
    let next = text.at(number.end);
    let mark = matches!(next, '、' | '．') || next == '.' && !text.at(number.end + 1).is_ascii_digit() || next == ')';
    let opening = number.start == 0 || matches!(text.before(number.start), '\n' | '。' | '；' | ';' | ' ' | '(' | ':');
    let outline = number.low.scale() > 0
        && number.start == 0
        && (next == ' ' || is_word(next) && number.digits == 1 && !text.has_any(number.end, &["万", "亿", "%", "倍"]));
    (mark && opening && !number.quantity && number.digits <= 2) || outline && number.end < text.len() && next == ' '
}

/// Whether the whole text is ordinals (a table cell, a name of a place in a ranking).
pub(super) fn ordinals_only(text: &Chars) -> bool {
    let mut at = 0;
    while at < text.len() {
        let Some(number) = text.eat(at, "第").and_then(|at| number::read(text, at)) else { return false };
        at = number.end;
        at = text.eat_any(at, &["名", "位", "回", "个", "次"]).map_or(at, |(_, end)| end);
        if number.low.scale() > 0 {
            return false;
        }
    }
    true
}

/// Whether a closing mark follows within a dozen characters and nothing ends a clause before it.
fn quoted_short(text: &Chars, start: usize) -> bool {
    (start..start + 12)
        .map(|i| text.at(i))
        .take_while(|c| !matches!(c, '，' | '。' | '；' | '！' | '？' | '\0'))
        .any(|c| matches!(c, '”' | '’' | '\'' | '」' | '』' | '》'))
}

/// Whether a character is part of a Chinese word.
pub(super) fn is_word(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}')
}

fn skip_serial(text: &Chars, mut i: usize) -> usize {
    while text.at(i).is_ascii_alphanumeric()
        || matches!(text.at(i), '-' | '.' | '/' | '_') && text.at(i + 1).is_ascii_alphanumeric()
    {
        i += 1;
    }
    i
}

fn skip_numerals(text: &Chars, i: usize) -> usize {
    let mut end = i + 1;
    while number::digit(text.at(end)).is_some() || text.at(end).is_ascii_digit() {
        end += 1;
    }
    end
}
