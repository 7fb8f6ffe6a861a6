//! Units and measure words, with what is needed to compare their figures.

use std::sync::Arc;

use super::chars::{Chars, Words};
use crate::error::Result;
use crate::lexicon::Table;

/// What a unit measures, as far as reading depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitKind {
    /// Lengths, areas, masses and the like.
    Physical,
    /// Durations and ages.
    Time,
    /// Currencies.
    Money,
    /// Percent, per-mille, percentage points.
    Percent,
    /// 倍.
    Ratio,
    /// Measure words: 个, 名, 项.
    Measure,
    /// Measure words that count only behind Arabic digits or longer numbers: 级, 国.
    MeasureArabic,
}

/// One unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// As it is written in norms.
    pub name: String,
    /// Its kind.
    pub kind: UnitKind,
    /// `length`, `money:CNY`, `count`; units of one dimension can be compared.
    pub dimension: String,
    /// One of it in base units of its dimension; a fraction keeps 亩 exact.
    pub factor: Option<(f64, f64)>,
    /// Its QUDT IRI, where there is one.
    pub qudt: Option<String>,
}

impl Unit {
    /// The factor as one number.
    pub fn factor(&self) -> Option<f64> {
        self.factor.map(|(over, under)| over / under)
    }

    /// A measure word that the table does not hold.
    pub fn named(name: impl Into<String>) -> Unit {
        Unit { name: name.into(), kind: UnitKind::Measure, dimension: "count".to_owned(), factor: None, qudt: None }
    }
}

/// The table of units.
#[derive(Debug, Default)]
pub struct Units {
    words: Words<Arc<Unit>>,
}

impl Units {
    /// Reads the table `unit kind dimension factor qudt as`.
    pub(crate) fn load(table: Table<'_>) -> Result<Units> {
        let mut units = Units::default();
        for row in table.rows_with(4)? {
            let kind = match row.feature(0) {
                "physical" => UnitKind::Physical,
                "time" => UnitKind::Time,
                "money" => UnitKind::Money,
                "percent" => UnitKind::Percent,
                "ratio" => UnitKind::Ratio,
                "measure" => UnitKind::Measure,
                "measure-arabic" => UnitKind::MeasureArabic,
                other => return Err(table.error(&row, format_args!("no kind of unit is called `{other}`"))),
            };
            let factor = match row.feature(2) {
                "" => None,
                text => {
                    let (over, under) = text.split_once('/').unwrap_or((text, "1"));
                    match (over.parse(), under.parse()) {
                        (Ok(over), Ok(under)) => Some((over, under)),
                        _ => return Err(table.error(&row, format_args!("`{text}` is no factor"))),
                    }
                }
            };
            let qudt = match row.feature(3).split_once(':') {
                Some(("unit", name)) => Some(format!("http://qudt.org/vocab/unit/{name}")),
                Some(("cur", name)) => Some(format!("http://qudt.org/vocab/unit/CCY_{name}")),
                _ => None,
            };
            let name = if row.feature(4).is_empty() { row.term } else { row.feature(4) };
            let unit = Unit { name: name.to_owned(), kind, dimension: row.feature(1).to_owned(), factor, qudt };
            units.words.insert(row.term, Arc::new(unit));
        }
        Ok(units)
    }

    /// The unit of that name, as norms write it: a name of the table, or one made of two (元/平方米).
    pub fn get(&self, name: &str) -> Option<Arc<Unit>> {
        if let Some(unit) = self.words.get(name) {
            return Some(unit.clone());
        }
        let (over, under) = name.split_once(['/', '每'])?;
        let (times, under) = match under.chars().next().and_then(times) {
            Some(times) if self.words.get(under).is_none() => (times, under.get('万'.len_utf8()..)?),
            _ => (1.0, under),
        };
        Some(Arc::new(compound(self.words.get(over)?, self.words.get(under)?, times, name.to_owned())))
    }

    /// The unit at `i` with the position behind it. 个 before a unit of time or 百分点 is passed over, and
    /// `U/V`, `U每V`, 吨标准煤 are read whole.
    pub(super) fn at(&self, text: &Chars, i: usize) -> Option<(Arc<Unit>, usize)> {
        let (unit, end) = self.simple(text, i)?;
        if unit.name == "个"
            && let Some((inner, inner_end)) = self.simple(text, end)
            && (inner.kind == UnitKind::Time && !matches!(inner.name.as_str(), "日" | "年" | "天" | "分" | "秒")
                || inner.dimension == "ratio-difference"
                || inner.name == "标准箱")
        {
            return Some((inner, inner_end));
        }
        // 元/平方米, 吨标准煤/万元, 立方米每秒
        let many = times(text.at(end + 1)).filter(|_| self.simple(text, end + 2).is_some());
        let under_at = if many.is_some() { end + 2 } else { end + 1 };
        if matches!(text.at(end), '/' | '每')
            && !matches!(unit.kind, UnitKind::Percent | UnitKind::Ratio)
            && let Some((under, under_end)) = self.simple(text, under_at)
            && (text.at(end) == '/' || matches!(under.kind, UnitKind::Physical | UnitKind::Time) || many.is_some())
            && !(text.at(end) == '每' && unit.kind == UnitKind::Measure)
            && !(text.at(end) == '每' && matches!(under.name.as_str(), "年" | "月" | "天" | "日" | "周"))
        {
            let name = text.text(i, under_end);
            return Some((Arc::new(compound(&unit, &under, many.unwrap_or(1.0), name)), under_end));
        }
        if matches!(unit.name.as_str(), "吨" | "千克" | "公斤" | "克")
            && let Some((word, more)) = text.eat_any(end, &["标准煤", "标煤", "二氧化碳当量", "油当量"])
        {
            let mut whole = Unit::named(format!("{}{word}", unit.name));
            whole.kind = UnitKind::Physical;
            whole.dimension = format!("mass of {word}");
            whole.factor = unit.factor;
            return Some((Arc::new(whole), more));
        }
        Some((unit, end))
    }

    fn simple(&self, text: &Chars, i: usize) -> Option<(Arc<Unit>, usize)> {
        let (unit, end) = self.words.longest(text, i)?;
        // 5G, 3D, 4A, 10W+: a letter unit ends where the letters end.
        if text.at(end - 1).is_ascii_alphabetic() && text.at(end).is_ascii_alphanumeric() {
            return None;
        }
        // 以三亿对价收购
        if unit.name == "对" && text.at(end) == '价' {
            return None;
        }
        Some((unit.clone(), end))
    }
}

/// The multiplier in 元/万人.
fn times(c: char) -> Option<f64> {
    match c {
        '百' => Some(1e2),
        '千' => Some(1e3),
        '万' => Some(1e4),
        '亿' => Some(1e8),
        _ => None,
    }
}

/// One unit by so many of another.
fn compound(over: &Unit, under: &Unit, times: f64, name: String) -> Unit {
    Unit {
        name,
        kind: if over.kind == UnitKind::Money { UnitKind::Money } else { UnitKind::Physical },
        dimension: format!("{}/{}", over.dimension, under.dimension),
        factor: match (over.factor, under.factor) {
            (Some(a), Some(b)) => Some((a.0 * b.1, a.1 * b.0 * times)),
            _ => None,
        },
        qudt: None,
    }
}
