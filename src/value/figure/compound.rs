//! Quantities in several units: 3斤5两, 四年六个月.

use std::sync::Arc;

use super::Measured;
use crate::value::Values;
use crate::value::chars::Chars;
use crate::value::decimal::Decimal;
use crate::value::number;
use crate::value::unit::{Unit, UnitKind};

impl Values {
    /// 123元1角1分, 3斤5两, 8天20小时, 四年六个月: one figure in one unit.
    pub(super) fn compound(&self, text: &Chars, first: &Measured) -> Option<(Decimal, Arc<Unit>, usize)> {
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
}
