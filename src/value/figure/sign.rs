//! Signs before a number and marks between two.

use crate::value::chars::Chars;

/// The position behind 至, 到, — or ~ between two numbers.
pub(in crate::value) fn separator(text: &Chars, i: usize) -> Option<usize> {
    let start = text.blank(i);
    let mut at = start;
    while matches!(text.at(at), '-' | '~') && at - start < 3 {
        at += 1;
    }
    if at == start {
        at = text.eat_any(start, &["至", "到"])?.1;
    }
    Some(text.blank(at))
}

/// Where a sign before the number begins.
pub(super) fn sign_before(text: &Chars, start: usize, floor: usize) -> Option<usize> {
    if text.ends(start, "零下") && start >= floor + 2 {
        return Some(start - 2);
    }
    if start > floor
        && text.before(start) == '负'
        && !matches!(text.before(start - 1), '胜' | '担' | '自' | '欺' | '辜' | '抱' | '肩')
    {
        return Some(start - 1);
    }
    let at = if text.ends(start, "- ") && start >= 2 { start - 2 } else { start.wrapping_sub(1) };
    if start > floor && at >= floor && text.at(at) == '-' && text.at(start).is_ascii_digit() {
        let before = text.before(at);
        let minus = at == 0
            || matches!(
                before,
                ' ' | '('
                    | '，'
                    | '、'
                    | ','
                    | ':'
                    | '为'
                    | '到'
                    | '至'
                    | '是'
                    | '温'
                    | '约'
                    | '达'
                    | '='
                    | '于'
                    | '过'
            );
        return minus.then_some(at);
    }
    None
}

/// How many characters of sign stand before a number that begins the text.
pub(super) fn sign_width(text: &Chars, start: usize) -> usize {
    sign_before(text, start, 0).map_or(0, |at| start - at)
}

/// Whether a character is part of a Chinese word.
pub(in crate::value) fn is_word(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}')
}
