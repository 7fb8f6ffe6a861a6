//! A number with its unit, and the second number of a range.

use super::Measured;
use super::sign::separator;
use crate::value::Values;
use crate::value::chars::Chars;
use crate::value::decimal::Decimal;
use crate::value::number::{self, Number};
use crate::value::unit::UnitKind;

impl Values {
    /// A number with the unit behind it; `None` where no unit stands.
    pub(super) fn measured(&self, text: &Chars, number: Number) -> Option<Measured> {
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
        if text.at(at) == '成' && !text.has_any(at + 1, &self.followers.tenths) && number.high <= Decimal::whole(10) {
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
            } else if let Some(digit) = number::digit(text.at(end)).filter(|_| !number.arabic)
                && number::digit(text.at(end + 1)).is_none()
                && !matches!(text.at(end + 1), '成' | '十' | '百' | '千' | '万' | '个')
            {
                // 八成五
                let points = Decimal::whole(i64::from(digit));
                amount = (amount.0.plus(points)?, amount.1.plus(points)?);
                end += 1;
            }
            return Some(Measured { number, amount, more, unit: self.units.get("%"), end });
        }
        if let Some((low, high)) = discount(text, at, &number, &self.followers.folds) {
            return Some(Measured { number, amount: (low, high), more, unit: self.units.get("%"), end: at + 1 });
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
    pub(super) fn second(&self, text: &Chars, first: &Measured) -> Option<(Measured, Decimal)> {
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

    /// 2—3万人: the first number has no unit of its own.
    pub(super) fn shared_range(&self, text: &Chars, number: &Number) -> Option<(Measured, Measured, usize)> {
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
}

/// 八折, 七五折, 8.5折, 75折: the share of the price that is left, in percent.
fn discount(text: &Chars, at: usize, number: &Number, folds: &[String]) -> Option<(Decimal, Decimal)> {
    if text.at(at) != '折' || text.has_any(at + 1, folds) {
        return None;
    }
    let (ten, hundred) = (Decimal::whole(10), Decimal::whole(100));
    if number.low >= Decimal::whole(1) && number.high < ten {
        return Some((number.low.times(ten)?, number.high.times(ten)?));
    }
    let two = number.is_single() && number.positional && number.digits == 2 && number.low.is_whole();
    (two && number.low > ten && number.low < hundred).then_some((number.low, number.low))
}

/// 2—3万: the 万 counts for both where that makes the first the smaller one.
pub(super) fn shared_low(first: &Measured, other: &Measured) -> Decimal {
    match other.number.coefficient {
        Some((coefficient, by))
            if first.number.coefficient.is_none_or(|(_, mine)| mine < by) && first.amount.0 < coefficient =>
        {
            first.amount.0.times(by).unwrap_or(first.amount.0)
        }
        _ => first.amount.0,
    }
}
