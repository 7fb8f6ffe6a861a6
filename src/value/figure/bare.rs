//! Numbers without a unit.

use super::measured::shared_low;
use super::serial::{list_mark, skip_serial};
use super::sign::{is_word, separator};
use super::{Dressed, Found};
use crate::value::Values;
use crate::value::chars::Chars;
use crate::value::decimal::Decimal;
use crate::value::number::{self, Number};
use crate::value::quantity::Amount;

impl Values {
    /// A number without a unit.
    pub(super) fn bare(&self, text: &Chars, number: Number, floor: usize, whole_text: bool) -> Found {
        let end = number.end;
        let next = text.at(end);
        let more = number.more
            || matches!(next, '多' | '余')
                && number.len() > 1
                && !matches!(text.at(end + 1), '样' | '种' | '元' | '层' | '方' | '边' | '少');
        let tail = if more && !number.more { end + 1 } else { end };
        let amount = if number.is_single() { Amount::One(number.low) } else { Amount::Range(number.low, number.high) };
        // 10000与20000之间, 1到3的
        if let Some(at) = separator(text, end).or_else(|| matches!(text.at(end), '与' | '和').then_some(end + 1))
            && let Some(other) = number::read(text, at)
            && other.low > number.low
            && text.has_any(other.end, &["之间", "间"])
        {
            let dressed = Dressed {
                amount: Amount::Range(number.low, other.low),
                unit: None,
                more: false,
                rule: "value.figure.range",
            };
            return Found::Figure(self.finish(text, number.start, other.end, floor, dressed));
        }
        if let Some((first, other, at)) = self.shared_range(text, &number) {
            let low = shared_low(&first, &other);
            if low < other.amount.1 && !self.names_something(text, &other, floor) {
                let rule = "value.figure.range";
                let dressed =
                    Dressed { amount: Amount::Range(low, other.amount.1), unit: other.unit, more: other.more, rule };
                return Found::Figure(self.finish(text, number.start, at, floor, dressed));
            }
        }
        // 12.1:38.5:49.4 is one thing with three parts, for which a norm has no form.
        if let Some(last) = shares(text, &number) {
            return Found::Nothing(last);
        }
        // 以3比1获胜, 比分为2比2
        if let Some(other) = score(text, &number) {
            let amount = Amount::Fraction(number.low, other.low);
            let dressed = Dressed { amount, unit: None, more: false, rule: "value.figure.ratio" };
            return Found::Figure(self.finish(text, number.start, other.end, floor, dressed));
        }
        // 占1/3的村
        if let Some((low, end)) = slashed(text, &number) {
            let dressed = Dressed {
                amount: Amount::Fraction(number.low, low),
                unit: None,
                more: false,
                rule: "value.figure.fraction",
            };
            return Found::Figure(self.finish(text, number.start, end, floor, dressed));
        }
        // 45:55, 3:1
        if matches!(text.at(end), ':' | '∶')
            && number.arabic
            && number.digits <= 3
            && let Some(other) = number::read(text, end + 1)
            && other.arabic
            && other.low > Decimal::ZERO
            && !text.at(other.end).is_ascii_alphanumeric()
            && !matches!(text.at(other.end), ':' | '-')
            && !text.before(number.start).is_ascii_alphanumeric()
            && text.before(number.start) != ':'
        {
            let amount = Amount::Fraction(number.low, other.low);
            let dressed = Dressed { amount, unit: None, more: false, rule: "value.figure.ratio" };
            return Found::Figure(self.finish(text, number.start, other.end, floor, dressed));
        }
        let dressed = Dressed { amount, unit: None, more, rule: "value.figure.bare" };
        let figure = self.finish(text, number.start, tail, floor, dressed);
        let modified = figure.start < number.start || figure.end > tail || more;
        let written_out = !number.arabic && !number.positional && number.quantity && number.len() >= 3 && !number.bare;
        let counted = number.arabic
            && is_word(next)
            && !text.has_any(end, &self.followers.uncounted)
            && (number.quantity || number.digits <= 3 && text.at(number.start) != '0')
            && !(number.low.is_whole() && !number.quantity && number.digits == 4);
        let stated = number.arabic && number.quantity && !number.low.is_whole() && !list_mark(text, &number)
            || number.arabic && number.quantity && number.low.is_whole();
        // 投资1.2 亿
        let round = number.arabic && matches!(text.before(end), '万' | '亿');
        let strong = round || modified && (number.arabic || number.len() >= 2 && !number.positional);
        if whole_text || written_out || counted || stated && !matches!(next, ' ' | '\0') || strong {
            return Found::Figure(figure);
        }
        Found::Nothing(if number.arabic { skip_serial(text, end) } else { end })
    }
}

/// The end of a ratio of three or more parts that begins with `number`.
fn shares(text: &Chars, number: &Number) -> Option<usize> {
    let next = |end: usize| {
        text.eat_any(end, &[":", "∶"]).map(|(_, at)| at).and_then(|at| number::read(text, at)).filter(|n| n.arabic)
    };
    let clock =
        text.at(number.end) == ':' && number.low.is_whole() && number.digits == 2 && number.low < Decimal::whole(25);
    let second = next(number.end).filter(|_| number.arabic)?;
    let third = next(second.end)?;
    let fractions = [number.low, second.low, third.low].iter().any(|value| !value.is_whole());
    (!clock || fractions).then(|| {
        let mut end = third.end;
        while let Some(more) = next(end) {
            end = more.end;
        }
        end
    })
}

/// The denominator of 1/3 and the end, where neither a date (4/28) nor a serial number (24/7) can be meant.
fn slashed(text: &Chars, number: &Number) -> Option<(Decimal, usize)> {
    let at = text.eat(number.end, "/").filter(|_| number.arabic && number.positional && number.digits <= 3)?;
    let under = number::read(text, at).filter(|n| n.arabic && n.positional && n.low.is_whole())?;
    let known =
        under.low <= Decimal::whole(20) || [100, 1000, 10_000].into_iter().any(|n| under.low == Decimal::whole(n));
    let alone = number.start == 0 && under.end == text.len();
    let stated = text
        .has_any(under.end, &["的", "以上", "以下", "左右", "多", "强", "弱", "，", "。", "；", "、", ")"])
        || text.ends_any(number.start, &["占", "的", "约", "近", "超", "过", "到", "达", "于", "为", "有"]);
    let free =
        !matches!(text.at(under.end), '/' | '-' | '.' | '月' | '日') && !text.at(under.end).is_ascii_alphanumeric();
    (number.low.is_whole()
        && number.low > Decimal::ZERO
        && number.low < under.low
        && text.at(number.start) != '0'
        && known
        && free
        && (alone || stated)
        && !matches!(text.before(number.start), '/' | '-' | '.' | '('))
    .then_some((under.low, under.end))
}

/// The second number of a score: 3比2, 四比一.
fn score(text: &Chars, number: &Number) -> Option<Number> {
    let at = text.eat(number.end, "比").filter(|_| number.low.is_whole() && number.is_single())?;
    let other = number::read(text, at).filter(|n| n.arabic == number.arabic && n.low.is_whole() && n.is_single())?;
    let small = |n: &Number| n.positional && n.digits <= 3 || !n.arabic && n.low < Decimal::whole(100);
    let closed = !is_word(text.at(other.end))
        || text.has_any(
            other.end,
            &["战", "获", "胜", "负", "平", "领", "击", "的", "力", "险", "逆", "大", "告", "淘", "完"],
        );
    (small(number)
        && small(&other)
        && closed
        && (other.low > Decimal::ZERO || number.low > Decimal::ZERO && number.arabic)
        && !text.has(number.start, "一比一")
        && !text.ends(number.start, "第"))
    .then_some(other)
}
