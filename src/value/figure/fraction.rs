//! Fractions and percentages in words.

use super::sign::{separator, sign_before};
use super::{Dressed, Figure};
use crate::value::Values;
use crate::value::chars::Chars;
use crate::value::decimal::Decimal;
use crate::value::number::{self, Number};
use crate::value::quantity::Amount;
use crate::value::unit::UnitKind;

impl Values {
    /// 三分之一, 百分之三十, 千分之五, 三又五分之二.
    pub(super) fn fraction(&self, text: &Chars, number: &Number, floor: usize) -> Option<Figure> {
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
}
