//! Serial numbers, codes, list marks, ordinals.

use super::sign::{is_word, sign_before};
use crate::value::chars::Chars;
use crate::value::number::{self, Number};

/// Serial numbers, codes, list marks, ordinals, decimals of section headings.
pub(super) fn serial(text: &Chars, number: &Number, floor: usize, measured: bool) -> bool {
    let start = number.start;
    let before = text.before(start);
    if before == '第' {
        return start > floor && !ordinals_only(text);
    }
    if number.arabic {
        let letter =
            (before.is_ascii_alphabetic() || before == '\'') && !text.ends_any(start, &["RMB", "USD", "CNY", "US"]);
        let joined = matches!(before, '-' | '_' | '.' | '/' | '+' | '#' | '№' | '@' | '&')
            && start > floor
            && (text.before(start - 1).is_ascii_alphanumeric()
                || matches!(before, '#' | '№' | '@')
                || before == '-' && is_word(text.before(start - 1)) && sign_before(text, start, floor).is_none());
        if (letter || joined) && !matches!(text.at(number.end), '%' | '‰') {
            return true;
        }
        if measured && number.digits <= 15 && !times(before) {
            return list_mark(text, number);
        }
        if number.digits >= 7 && !number.quantity && text.len() > number.end && !is_word(text.at(number.end)) {
            return true;
        }
        if number.digits >= 9 && !number.quantity && !(number.start == 0 && number.end == text.len()) {
            return true;
        }
    }
    if list_mark(text, number) {
        return true;
    }
    // 4×100米接力, 3×5: a product is no figure of its last number.
    if times(before) && text.before(start - 1).is_ascii_digit()
        || times(text.at(number.end)) && text.at(number.end + 1).is_ascii_digit()
    {
        return true;
    }
    matches!(before, '〔' | '[' | '【') && matches!(text.at(number.end), '〕' | ']' | '】')
        || before == '(' && text.at(number.end) == ')' && !(start == 1 && number.end + 1 == text.len())
}

/// A sign of multiplication.
fn times(c: char) -> bool {
    matches!(c, '×' | '✕' | '*' | '∗')
}

/// 1、 2. （三） 一、 at the beginning of a line or sentence.
pub(super) fn list_mark(text: &Chars, number: &Number) -> bool {
    let next = text.at(number.end);
    let mark = matches!(next, '、' | '．') || next == '.' && !text.at(number.end + 1).is_ascii_digit() || next == ')';
    let opening = number.start == 0 || matches!(text.before(number.start), '\n' | '。' | '；' | ';' | ' ' | '(' | ':');
    let outline = number.low.scale() > 0
        && number.start == 0
        && (next == ' ' || is_word(next) && number.digits == 1 && !text.has_any(number.end, &["万", "亿", "%", "倍"]));
    (mark && opening && !number.quantity && number.digits <= 2) || outline && number.end < text.len() && next == ' '
}

/// Whether the whole text is ordinals (a table cell, a name of a place in a ranking).
pub(in crate::value) fn ordinals_only(text: &Chars) -> bool {
    let mut at = 0;
    while at < text.len() {
        let Some(number) = text.eat(at, "第").and_then(|at| number::read(text, at)) else { return false };
        at = number.end;
        at = text.eat_any(at, &["名", "位", "回", "个", "次"]).map_or(at, |(_, end)| end);
        if number.low.scale() > 0 {
            return false;
        }
    }
    true
}

pub(super) fn skip_serial(text: &Chars, mut i: usize) -> usize {
    while text.at(i).is_ascii_alphanumeric()
        || matches!(text.at(i), '-' | '.' | '/' | '_') && text.at(i + 1).is_ascii_alphanumeric()
    {
        i += 1;
    }
    i
}

pub(super) fn skip_numerals(text: &Chars, i: usize) -> usize {
    let mut end = i + 1;
    while number::digit(text.at(end)).is_some() || text.at(end).is_ascii_digit() {
        end += 1;
    }
    end
}
