//! Quantities in several units: 3斤5两, 四年六个月.

use std::sync::Arc;

use super::Measured;
use crate::value::Values;
use crate::value::chars::Chars;
use crate::value::decimal::Decimal;
use crate::value::figure::is_word;
use crate::value::number;
use crate::value::unit::{Unit, UnitKind};

/// 七米五, 一米七八, 三块五, 两斤三: digits behind a unit count its tenths and hundredths.
fn places(text: &Chars, unit: &Unit, first: &Measured, ends: &[String]) -> Option<(Decimal, usize)> {
    if first.number.arabic && !first.number.low.is_whole()
        || !matches!(unit.name.as_str(), "米" | "块" | "尺" | "丈" | "寸" | "斤" | "元")
        || text.before(first.end) == '半'
    {
        return None;
    }
    let digit = |at: usize| match text.at(at).to_digit(10) {
        Some(d) if first.number.arabic => u8::try_from(d).ok(),
        _ if first.number.arabic => None,
        _ => number::digit(text.at(at)).filter(|_| !matches!(text.at(at), '两' | '俩' | '零')),
    };
    let tenths = digit(first.end).filter(|d| *d > 0)?;
    let hundredths = digit(first.end + 1);
    // 一斤三 has tenths, 一元二十 and 八米三百 have none, 三米五米 and 五块一斤 are two figures.
    let end = first.end + 1 + usize::from(hundredths.is_some());
    let next = text.at(end);
    if hundredths.is_some() && !matches!(unit.name.as_str(), "米" | "块") || is_word(next) && !text.has_any(end, ends)
    {
        return None;
    }
    if next.is_ascii_alphanumeric() || matches!(next, '、' | '.' | '%' | '-' | '~' | '/') {
        return None;
    }
    let places = Decimal::whole(i64::from(tenths) * 10 + i64::from(hundredths.unwrap_or(0))).shifted(2)?;
    Some((first.amount.0.plus(places)?, end))
}

/// 10秒08, 1分52秒36: two digits behind a time are hundredths of a second.
fn hundredths(text: &Chars, at: usize) -> Option<(Decimal, usize)> {
    let digit = |at: usize| text.at(at).to_digit(10).filter(|_| text.at(at).is_ascii_digit());
    let (tenths, hundredths) = (digit(at)?, digit(at + 1)?);
    let next = text.at(at + 2);
    if next.is_ascii_alphanumeric() || matches!(next, '.' | '%' | '-' | '~' | ':') || is_counted(text, at + 2) {
        return None;
    }
    Some((Decimal::whole(i64::from(tenths * 10 + hundredths)).shifted(2)?, at + 2))
}

/// Whether a unit or measure word follows, which makes a figure of its own of the digits before it.
fn is_counted(text: &Chars, at: usize) -> bool {
    matches!(
        text.at(at),
        '年' | '月' | '日' | '时' | '分' | '秒' | '人' | '名' | '个' | '米' | '元' | '万' | '次' | '岁' | '项'
    )
}

impl Values {
    /// 123元1角1分, 3斤5两, 8天20小时, 四年六个月, 10秒08: one figure in one unit.
    pub(super) fn compound(&self, text: &Chars, first: &Measured) -> Option<(Decimal, Arc<Unit>, usize)> {
        let mut unit = first.unit.clone()?;
        if !matches!(unit.kind, UnitKind::Money | UnitKind::Time | UnitKind::Physical)
            || first.more
            || !first.number.is_single()
        {
            return None;
        }
        if let Some((value, end)) = places(text, &unit, first, &self.followers.places) {
            return Some((value, unit, end));
        }
        let (mut total, mut end) = (first.amount.0, first.end);
        let mut found = false;
        loop {
            let skip = text.eat_any(end, &["又", "零"]).map_or(end, |(_, at)| at);
            // 两斤三两: the reader of numbers takes 三两 for two digits.
            let liang = number::digit(text.at(skip)).filter(|_| unit.name == "斤" && text.at(skip + 1) == '两');
            let (low, next) = match liang {
                Some(digit) => (Decimal::whole(i64::from(digit)), skip + 1),
                None => {
                    let Some(number) = number::read(text, skip) else { break };
                    if !number.is_single() || number.more || number.positional && number.digits > 2 {
                        break;
                    }
                    (number.low, number.end)
                }
            };
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
            let mut value = low;
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
        if let Some((hundredths, behind)) = hundredths(text, end).filter(|_| &*unit.name == "秒") {
            return Some((total.plus(hundredths)?, unit, behind));
        }
        found.then_some((total, unit, end))
    }
}
