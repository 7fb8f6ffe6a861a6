//! What a figure says: one value or two, how sure, in which unit.

use std::fmt;
use std::sync::Arc;

use super::decimal::Decimal;
use super::unit::Unit;

/// How a figure stands to its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Modifier {
    /// 约, 左右.
    About,
    /// 超过, 多, 余, 以上, 至少.
    Over,
    /// 近, 不足, 以下, 以内, 至多.
    Under,
}

impl Modifier {
    /// The sign in norms.
    pub const fn sign(self) -> &'static str {
        match self {
            Modifier::About => "~",
            Modifier::Over => ">",
            Modifier::Under => "<",
        }
    }
}

/// The number of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// One value.
    One(Decimal),
    /// From, to.
    Range(Decimal, Decimal),
    /// Numerator, denominator; of a score (2比0) the denominator can be nought.
    Fraction(Decimal, Decimal),
}

impl Amount {
    /// The lowest and the highest value as binary numbers.
    pub fn bounds(&self) -> (f64, f64) {
        match *self {
            Amount::One(value) => (value.to_f64(), value.to_f64()),
            Amount::Range(low, high) => (low.to_f64(), high.to_f64()),
            Amount::Fraction(over, under) => (over.to_f64() / under.to_f64(), over.to_f64() / under.to_f64()),
        }
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Amount::One(value) => write!(f, "{value}"),
            Amount::Range(low, high) => write!(f, "{low}..{high}"),
            Amount::Fraction(over, under) => write!(f, "{over}/{under}"),
        }
    }
}

/// A figure: what SPARQL compares.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// The number.
    pub amount: Amount,
    /// How exact it is.
    pub modifier: Option<Modifier>,
    /// Its unit; `None` for a bare number.
    pub unit: Option<Arc<Unit>>,
}

impl Quantity {
    /// Reads a norm (`>3500 公里`) back; `unit` finds units by name.
    pub fn parse(norm: &str, unit: impl Fn(&str) -> Option<Arc<Unit>>) -> Option<Quantity> {
        let norm = norm.trim();
        let (modifier, body) = [Modifier::About, Modifier::Over, Modifier::Under]
            .into_iter()
            .find_map(|m| norm.strip_prefix(m.sign()).map(|rest| (Some(m), rest)))
            .unwrap_or((None, norm));
        let (number, name) = body.split_once(' ').unwrap_or((body, ""));
        let amount = if let Some((low, high)) = number.split_once("..") {
            Amount::Range(Decimal::parse(low)?, Decimal::parse(high)?)
        } else if let Some((over, under)) = number.split_once('/') {
            Amount::Fraction(Decimal::parse(over)?, Decimal::parse(under)?)
        } else {
            Amount::One(Decimal::parse(number)?)
        };
        let unit = match name {
            "" => None,
            name => Some(unit(name).unwrap_or_else(|| Arc::new(Unit::named(name)))),
        };
        Some(Quantity { amount, modifier, unit })
    }

    /// The lowest and highest value in base units of the dimension, where the unit has a factor; none for a score
    /// to nought.
    pub fn base(&self) -> Option<(f64, f64)> {
        let factor = match &self.unit {
            Some(unit) => unit.factor()?,
            None => 1.0,
        };
        let (low, high) = self.amount.bounds();
        let (low, high) = (low * factor, high * factor);
        (low.is_finite() && high.is_finite()).then_some((low, high))
    }
}

impl fmt::Display for Quantity {
    /// The norm: `[~<>]value unit`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.modifier.map_or("", Modifier::sign), self.amount)?;
        match &self.unit {
            Some(unit) => write!(f, " {}", unit.name),
            None => Ok(()),
        }
    }
}
