//! Exact decimal numbers and fractions: figures are never rounded on the way from the text.

use std::cmp::Ordering;
use std::fmt;

/// An exact decimal number: `mantissa` divided by ten to the power of `scale`, without trailing zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Decimal {
    mantissa: i128,
    scale: u8,
}

/// Largest number of digits before and after the point; what is longer is a serial number, no quantity.
const MAX_DIGITS: usize = 34;

impl Decimal {
    /// Zero.
    pub const ZERO: Decimal = Decimal { mantissa: 0, scale: 0 };

    /// A whole number.
    pub const fn whole(value: i64) -> Decimal {
        Decimal { mantissa: value as i128, scale: 0 }
    }

    /// `mantissa / 10^scale`, or `None` where the scale passes 34.
    pub fn new(mantissa: i128, scale: u8) -> Option<Decimal> {
        (usize::from(scale) <= MAX_DIGITS).then(|| Decimal { mantissa, scale }.normal())
    }

    /// Reads `-12.50`; `None` for anything else, or for more than 34 digits.
    pub fn parse(text: &str) -> Option<Decimal> {
        let (negative, body) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
        let digits = whole.len() + fraction.len();
        if whole.is_empty() || digits > MAX_DIGITS || (body.contains('.') && fraction.is_empty()) {
            return None;
        }
        let mut mantissa: i128 = 0;
        for byte in whole.bytes().chain(fraction.bytes()) {
            if !byte.is_ascii_digit() {
                return None;
            }
            mantissa = mantissa.checked_mul(10)?.checked_add(i128::from(byte - b'0'))?;
        }
        Decimal::new(if negative { -mantissa } else { mantissa }, fraction.len() as u8)
    }

    /// The digits without sign and point.
    pub const fn mantissa(self) -> i128 {
        self.mantissa
    }

    /// How many of the digits stand behind the point.
    pub const fn scale(self) -> u8 {
        self.scale
    }

    /// Whether the number is whole.
    pub const fn is_whole(self) -> bool {
        self.scale == 0
    }

    /// The whole number, if it is one that fits.
    pub fn to_i64(self) -> Option<i64> {
        if self.scale == 0 { i64::try_from(self.mantissa).ok() } else { None }
    }

    /// The nearest binary number.
    pub fn to_f64(self) -> f64 {
        self.mantissa as f64 / 10f64.powi(i32::from(self.scale))
    }

    /// The sum, unless it overflows.
    pub fn plus(self, other: Decimal) -> Option<Decimal> {
        if self.scale == 0 && other.scale == 0 {
            return Some(Decimal { mantissa: self.mantissa.checked_add(other.mantissa)?, scale: 0 });
        }
        let scale = self.scale.max(other.scale);
        Decimal::new(self.at(scale)?.checked_add(other.at(scale)?)?, scale)
    }

    /// The product, unless it overflows.
    pub fn times(self, other: Decimal) -> Option<Decimal> {
        Decimal::new(self.mantissa.checked_mul(other.mantissa)?, self.scale.checked_add(other.scale)?)
    }

    /// The number divided by ten to the power of `places`.
    pub fn shifted(self, places: u8) -> Option<Decimal> {
        Decimal::new(self.mantissa, self.scale.checked_add(places)?)
    }

    /// The number with the other sign.
    #[must_use]
    pub const fn negated(self) -> Decimal {
        Decimal { mantissa: -self.mantissa, scale: self.scale }
    }

    fn at(self, scale: u8) -> Option<i128> {
        self.mantissa.checked_mul(10i128.checked_pow(u32::from(scale - self.scale))?)
    }

    fn normal(mut self) -> Decimal {
        while self.scale > 0 && self.mantissa % 10 == 0 {
            self.mantissa /= 10;
            self.scale -= 1;
        }
        self
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Decimal) -> Ordering {
        let scale = self.scale.max(other.scale);
        match (self.at(scale), other.at(scale)) {
            (Some(a), Some(b)) => a.cmp(&b),
            // Only reached some thirty digits apart, where binary numbers are exact enough.
            _ => self.to_f64().total_cmp(&other.to_f64()),
        }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.scale == 0 {
            return write!(f, "{}", self.mantissa);
        }
        let places = usize::from(self.scale);
        let digits = format!("{:0>width$}", self.mantissa.unsigned_abs(), width = places + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        write!(f, "{}{whole}.{fraction}", if self.mantissa < 0 { "-" } else { "" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_print_as_they_were_written_without_trailing_zeros() {
        for (text, printed) in [("12.50", "12.5"), ("-0.02", "-0.02"), ("8.0", "8"), ("0", "0"), ("134.9", "134.9")] {
            assert_eq!(Decimal::parse(text).unwrap().to_string(), printed);
        }
        assert_eq!(Decimal::parse("1."), None);
        assert_eq!(Decimal::parse(&"9".repeat(40)), None);
    }

    #[test]
    fn arithmetic_is_exact() {
        let tenth = Decimal::parse("0.1").unwrap();
        assert_eq!(tenth.plus(Decimal::parse("0.2").unwrap()), Decimal::parse("0.3"));
        assert_eq!(
            Decimal::parse("1.44").unwrap().times(Decimal::whole(100_000_000)),
            Some(Decimal::whole(144_000_000))
        );
        assert!(Decimal::parse("1.5").unwrap() < Decimal::whole(2));
    }
}
