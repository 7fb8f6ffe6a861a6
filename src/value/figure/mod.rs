//! Figures: a number with what stands round it.

mod bare;
mod compound;
mod fraction;
mod guard;
mod measured;
mod serial;
mod sign;
mod special;

use std::sync::Arc;

use super::Values;
use super::chars::Chars;
use super::decimal::Decimal;
use super::number::{self, Number};
use super::quantity::{Amount, Modifier, Quantity};
use super::unit::{Unit, UnitKind};
use measured::shared_low;
pub(super) use serial::ordinals_only;
use serial::{serial, skip_numerals, skip_serial};
pub(super) use sign::{is_word, separator};
use sign::{sign_before, sign_width};
pub(super) use special::VULGAR;

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

/// A figure before sign and modifiers.
#[derive(Debug)]
struct Dressed {
    amount: Amount,
    unit: Option<Arc<Unit>>,
    more: bool,
    rule: &'static str,
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
        // 约人民币300万, 人民币约300万
        let currency = self.currency_before(text, start, floor, unit.as_deref());
        if let Some((money, at)) = currency.clone() {
            (unit, start) = (Some(money), at);
        }
        if let Some((sign, at)) = self.modifiers.front(text, start, floor) {
            start = at;
            modifier = sign.or(modifier);
            if currency.is_none()
                && let Some((money, at)) = self.currency_before(text, start, floor, unit.as_deref())
            {
                (unit, start) = (Some(money), at);
            }
        }
        let rule = if unit.as_ref().is_some_and(|unit| unit.kind == UnitKind::Money) && rule == "value.figure.bare" {
            "value.figure.money"
        } else {
            rule
        };
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

    /// The currency before a number that has no unit of its own, or only 元: 人民币300万, 港币5000元.
    fn currency_before(
        &self,
        text: &Chars,
        start: usize,
        floor: usize,
        unit: Option<&Unit>,
    ) -> Option<(Arc<Unit>, usize)> {
        if unit.is_some_and(|unit| unit.name != "元") {
            return None;
        }
        let end = if text.before(start) == ' ' { start - 1 } else { start };
        (2..=4).rev().find_map(|length| {
            let at = end.checked_sub(length).filter(|&at| at >= floor)?;
            let money = self.units.get(&text.text(at, end)).filter(|unit| unit.kind == UnitKind::Money)?;
            // 1万元300人: that currency has a number of its own.
            let counted = number::digit(text.before(at)).is_some()
                || text.before(at).is_ascii_digit()
                || matches!(text.before(at), '百' | '千' | '万' | '亿' | '多' | '余' | '几');
            // In 人民币300万元 the figure is whole without it.
            let said = unit.is_some_and(|unit| unit.name == money.name);
            let word = end - at > 2 || money.name != "元";
            (!counted && !said && word).then_some((money, at))
        })
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
}

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
