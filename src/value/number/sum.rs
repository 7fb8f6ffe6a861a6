//! The arithmetic of places: 十, 百, 千, 万, 亿.

use crate::value::decimal::Decimal;

/// Arithmetic on the low and the high value together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pair(pub(super) Decimal, pub(super) Decimal);

impl Pair {
    pub(super) const ZERO: Pair = Pair(Decimal::ZERO, Decimal::ZERO);

    pub(super) fn of(value: i64) -> Pair {
        Pair(Decimal::whole(value), Decimal::whole(value))
    }

    pub(super) fn plus(self, other: Pair) -> Option<Pair> {
        Some(Pair(self.0.plus(other.0)?, self.1.plus(other.1)?))
    }

    pub(super) fn times(self, by: i64) -> Option<Pair> {
        Some(Pair(self.0.times(Decimal::whole(by))?, self.1.times(Decimal::whole(by))?))
    }
}

/// What has been read of a number so far.
#[derive(Debug)]
pub(super) struct Sum {
    /// Finished parts with their 万 or 亿, largest first.
    pub(super) parts: Vec<(i64, Pair)>,
    /// Below the next 万.
    pub(super) section: Option<Pair>,
    /// A digit that waits for its 十百千.
    pub(super) waiting: Option<Pair>,
    /// The multiplier read last, until 零 or a digit group breaks the place.
    pub(super) last: Option<i64>,
}

impl Sum {
    pub(super) fn take(&mut self) -> Option<Pair> {
        match (self.section.take(), self.waiting.take()) {
            (None, None) => None,
            (a, b) => a.unwrap_or(Pair::ZERO).plus(b.unwrap_or(Pair::ZERO)),
        }
    }

    pub(super) fn total(&self) -> Option<Pair> {
        let mut total = Pair::ZERO;
        for (_, part) in &self.parts {
            total = total.plus(*part)?;
        }
        total.plus(self.section.unwrap_or(Pair::ZERO))?.plus(self.waiting.unwrap_or(Pair::ZERO))
    }

    pub(super) fn big(&mut self, by: i64) -> Option<()> {
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
