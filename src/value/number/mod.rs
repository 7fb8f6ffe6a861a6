//! Numbers as Chinese prose writes them: Arabic, full-width, simple, formal, mixed, with 万 and 亿.

mod arabic;
mod numeral;
mod read;
mod sum;

use super::decimal::Decimal;
pub(super) use numeral::{begins, digit, is_numeral, small};
pub(super) use read::read;

/// One number of a text. `low` and `high` differ for 三四十 and 十几.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Number {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) low: Decimal,
    pub(super) high: Decimal,
    /// 6000多亿, 一千余万: more than the value.
    pub(super) more: bool,
    /// Begins with an Arabic digit.
    pub(super) arabic: bool,
    /// Digits one after another without 十百千万 (二〇二五, 九七, 2025).
    pub(super) positional: bool,
    /// Decimal point, separator or 万/亿: no serial number looks like this.
    pub(super) quantity: bool,
    /// Digits before any point, multiplier or separator.
    pub(super) digits: usize,
    /// The number without its last multiplier (2—3万: 3), with that multiplier.
    pub(super) coefficient: Option<(Decimal, Decimal)>,
    /// Begins with a bare 百/千/万 or 数/几.
    pub(super) bare: bool,
}

impl Number {
    /// Whether a decimal point may follow what was read so far.
    fn digits_end(&self, at: usize, start: usize) -> bool {
        at > start && !self.more
    }

    /// Whether it is a single value.
    pub(super) fn is_single(&self) -> bool {
        self.low == self.high
    }

    /// The value as a small whole number.
    pub(super) fn whole(&self) -> Option<i64> {
        if self.is_single() && !self.more { self.low.to_i64() } else { None }
    }

    /// How many characters it takes.
    pub(super) fn len(&self) -> usize {
        self.end - self.start
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{Sources, Table};
    use crate::value::chars::Folding;

    fn value(text: &str) -> String {
        let sources = Sources::built_in();
        let mut folding = Folding::load(Table::new("v", sources.get("value/variant.tsv").unwrap())).unwrap();
        for c in text.chars() {
            folding.begin(folding.plain(c));
        }
        let chars = folding.chars(text).unwrap();
        match read(&chars, 0) {
            Some(n) if n.low == n.high => format!("{}{}", if n.more { ">" } else { "" }, n.low),
            Some(n) => format!("{}..{}", n.low, n.high),
            None => "none".to_owned(),
        }
    }

    #[test]
    fn numbers_read_in_every_style() {
        for (text, expected) in [
            ("一百五十二", "152"),
            ("四百五", "450"),
            ("一百零一万一千", "1011000"),
            ("七十八万五佰零六", "780506"),
            ("肆拾肆", "44"),
            ("5亿1万4千6百", "500014600"),
            ("拾万零五十六", "100056"),
            ("九十二万四", "924000"),
            ("四千零五万", "40050000"),
            ("五兆六十二亿四万五千二", "5006200045200"),
            ("四万万", "400000000"),
            ("百三", "130"),
            ("一千多万", ">10000000"),
            ("三四十亿", "3000000000..4000000000"),
            ("三五百", "300..500"),
            ("十二三", "12..13"),
            ("十几", "10..20"),
            ("数十亿", "1000000000..10000000000"),
            ("一七二零点一", "1720.1"),
            ("二〇二五", "2025"),
            ("九七", "97"),
            ("一百零三点五", "103.5"),
            ("四万点六", "40000.6"),
            ("壹拾万零叁仟肆佰伍拾叁", "103453"),
            ("1千零20", "1020"),
            ("1万600", "10600"),
            ("3万5", "35000"),
            ("3万5千", "35000"),
            ("1亿4千万", "140000000"),
            ("４，５６５", "4565"),
            ("12万亿", "12000000000000"),
            ("一千一百一十一万一千一百一十一亿一千一百一十一万一千一百一十一", "1111111111111111"),
            ("一千亿一千万一千零一", "100010001001"),
            ("一百九十万零三千九百七十一", "1903971"),
            ("零点零零一", "0.001"),
            ("一百零十", "110"),
            ("零十", "10"),
            ("一亿零两千三百", "100002300"),
            ("6000多亿", ">600000000000"),
            ("十", "10"),
            ("廿一", "21"),
            ("一千一百十", "1110"),
            ("一百几十亿", "11000000000..20000000000"),
        ] {
            assert_eq!(value(text), expected, "{text}");
        }
    }
}
