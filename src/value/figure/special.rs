//! Figures that do not begin with a number, and scales before one.

use super::{Dressed, Found};
use crate::value::Values;
use crate::value::chars::Chars;
use crate::value::decimal::Decimal;
use crate::value::number;
use crate::value::quantity::Amount;
use crate::value::unit::UnitKind;

impl Values {
    /// Figures that do not begin with a number: 翻两番, 半年, 一半, $20, 百分百, 过半.
    pub(super) fn special(&self, text: &Chars, i: usize, floor: usize) -> Option<Found> {
        let figure = |start, end, amount, unit, rule| {
            Found::Figure(self.finish(text, start, end, floor, Dressed { amount, unit, more: false, rule }))
        };
        match text.at(i) {
            '翻' => {
                let at = text.eat_any(i + 1, &["了"]).map_or(i + 1, |(_, at)| at);
                let number = number::read(text, at)?;
                let times = number.whole().filter(|n| (1..=10).contains(n))?;
                let end = text.eat(number.end, "番")?;
                let amount = Amount::One(Decimal::whole(1 << times));
                let (more, end) = match text.eat_any(end, &["半", "多"]) {
                    Some((_, end)) => (true, end),
                    None => (false, end),
                };
                let unit = self.units.get("倍");
                Some(Found::Figure(self.finish(
                    text,
                    i,
                    end,
                    floor,
                    Dressed { amount, unit, more, rule: "value.figure.fold" },
                )))
            }
            '半' => {
                if text.has(i, "半百") {
                    return Some(figure(i, i + 2, Amount::One(Decimal::whole(50)), None, "value.figure.half"));
                }
                if text.has(i, "半数") {
                    return Some(figure(
                        i,
                        i + 2,
                        Amount::Fraction(Decimal::whole(1), Decimal::whole(2)),
                        None,
                        "value.figure.half",
                    ));
                }
                if text.has(i, "半成") && !text.has_any(i + 2, &["品", "熟"]) {
                    return Some(figure(
                        i,
                        i + 2,
                        Amount::One(Decimal::whole(5)),
                        self.units.get("%"),
                        "value.figure.percent",
                    ));
                }
                let at = text.eat(i + 1, "个多").unwrap_or(i + 1);
                let (unit, end) = self.units.at(text, at)?;
                let long =
                    end - at > 1 || matches!(unit.name.as_str(), "年" | "天" | "日" | "斤" | "亩" | "吨" | "升" | "米");
                if !matches!(unit.kind, UnitKind::Time | UnitKind::Physical)
                    || !long
                    || matches!(unit.name.as_str(), "夜" | "晚")
                    || text.has(i, "半天")
                    || matches!(text.before(i), '上' | '下' | '前' | '后' | '大' | '小' | '多' | '对')
                {
                    return None;
                }
                let amount = Amount::One(Decimal::parse("0.5")?);
                Some(Found::Figure(self.finish(
                    text,
                    i,
                    end,
                    floor,
                    Dressed { amount, unit: Some(unit), more: at > i + 1, rule: "value.figure.half" },
                )))
            }
            sign if vulgar(sign).is_some() => {
                let (over, under) = vulgar(sign)?;
                let unit = self.units.at(text, i + 1).filter(|(unit, _)| unit.kind == UnitKind::Physical);
                let end = unit.as_ref().map_or(i + 1, |(_, end)| *end);
                let amount = Amount::Fraction(Decimal::whole(over), Decimal::whole(under));
                let inside = text.before(i).is_ascii_digit();
                (!inside).then(|| figure(i, end, amount, unit.map(|(unit, _)| unit), "value.figure.fraction"))
            }
            '一' if text.has(i, "一半") => Some(figure(
                i,
                i + 2,
                Amount::Fraction(Decimal::whole(1), Decimal::whole(2)),
                None,
                "value.figure.half",
            )),
            '百' if text.has(i, "百分百") => {
                Some(figure(i, i + 3, Amount::One(Decimal::whole(100)), self.units.get("%"), "value.figure.percent"))
            }
            '$' | '¥' | '€' | '£' | 'U' | 'H' => {
                let (sign, at) = text.eat_any(i, &["US$", "HK$", "$", "¥", "€", "£"])?;
                let mut number = number::read(text, text.blank(at))?;
                // In $20，300元 the wide comma parts a list.
                if let Some(comma) = (number.start..number.end).find(|&k| text.at(k) == '，') {
                    number.low = Decimal::parse(&text.text(number.start, comma))?;
                    number.end = comma;
                }
                let unit = self.units.get(sign).filter(|unit| unit.kind == UnitKind::Money)?;
                let name = match sign {
                    "US$" => "美元",
                    "HK$" => "港元",
                    "¥" => "元",
                    "€" => "欧元",
                    "£" => "英镑",
                    _ => "$",
                };
                let unit = if name == "$" { unit } else { self.units.get(name)? };
                let dressed = Dressed {
                    amount: Amount::One(number.low),
                    unit: Some(unit),
                    more: number.more,
                    rule: "value.figure.money",
                };
                let mut found = self.finish(text, number.start, number.end, i, dressed);
                found.start = i;
                Some(Found::Figure(found))
            }
            _ => None,
        }
    }

    /// 华氏 or 摄氏 before the number.
    pub(super) fn scale_before(&self, text: &Chars, start: usize, floor: usize) -> Option<(&'static str, usize)> {
        [("摄氏温度", "摄氏度"), ("华氏温度", "华氏度"), ("摄氏", "摄氏度"), ("华氏", "华氏度")]
            .into_iter()
            .find(|(word, _)| text.ends(start, word) && start - word.chars().count() >= floor)
            .map(|(word, unit)| (unit, start - word.chars().count()))
    }
}

/// The numbers of a fraction that is one character.
pub(in crate::value) fn vulgar(c: char) -> Option<(i64, i64)> {
    VULGAR.iter().find(|(sign, ..)| *sign == c).map(|&(_, over, under)| (over, under))
}

/// Unicode's fractions, with numerator and denominator.
pub(in crate::value) const VULGAR: &[(char, i64, i64)] = &[
    ('½', 1, 2),
    ('⅓', 1, 3),
    ('⅔', 2, 3),
    ('¼', 1, 4),
    ('¾', 3, 4),
    ('⅕', 1, 5),
    ('⅖', 2, 5),
    ('⅗', 3, 5),
    ('⅘', 4, 5),
    ('⅙', 1, 6),
    ('⅚', 5, 6),
    ('⅛', 1, 8),
    ('⅜', 3, 8),
    ('⅝', 5, 8),
    ('⅞', 7, 8),
];
