//! Arabic digits, with separators and a decimal point.

use crate::value::chars::Chars;
use crate::value::decimal::Decimal;

/// The Arabic digits at `i`: value, end, digits before the point, whether it has a point or separators.
pub(super) fn arabic(text: &Chars, i: usize) -> Option<(Decimal, usize, usize, bool)> {
    let run = |mut at: usize| {
        let start = at;
        while text.at(at).is_ascii_digit() {
            at += 1;
        }
        at - start
    };
    let first = run(i);
    if first == 0 || first > 30 {
        return None;
    }
    let mut end = i + first;
    let mut digits = text.text(i, end);
    let mut special = false;
    if first <= 3 && text.at(i) != '0' {
        while matches!(text.at(end), ',' | '，') && run(end + 1) == 3 && digits.len() < 24 {
            digits.push_str(&text.text(end + 1, end + 4));
            end += 4;
            special = true;
        }
        if !special && text.at(end) == ' ' && run(end + 1) == 3 {
            let mut at = end;
            let mut joined = digits.clone();
            while text.at(at) == ' ' && run(at + 1) == 3 && joined.len() < 24 {
                joined.push_str(&text.text(at + 1, at + 4));
                at += 4;
            }
            // 1 234人 is one number, 12 345 in a row of table cells is not.
            if text.at(at) != ' '
                && text.at(at) != '\0'
                && !text.at(at).is_ascii()
                && !matches!(text.at(at), '、' | '，' | '。' | '年')
            {
                (digits, end, special) = (joined, at, true);
            }
        }
    }
    let before_point = digits.len();
    if text.at(end) == '.' && run(end + 1) > 0 && run(end + 1) <= 20 {
        // 2024.4.28 is a date, 192.168.1.1 an address: two points make no decimal.
        let after = end + 1 + run(end + 1);
        if !(text.at(after) == '.' && text.at(after + 1).is_ascii_digit()) {
            digits.push('.');
            digits.push_str(&text.text(end + 1, after));
            end = after;
            special = true;
        }
    }
    Some((Decimal::parse(&digits)?, end, before_point, special))
}
