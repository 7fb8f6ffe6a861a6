//! Numerals: the characters that numbers are made of, and small numbers.

use crate::value::chars::Chars;

/// The value of a Chinese digit in any style.
pub(in crate::value) fn digit(c: char) -> Option<u8> {
    Some(match c {
        '零' => 0,
        '一' => 1,
        '二' | '两' | '俩' => 2,
        '三' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '参' => 3,
        _ => return None,
    })
}

pub(super) fn small_multiplier(c: char) -> Option<u32> {
    Some(match c {
        '十' | '拾' => 10,
        '百' => 100,
        '千' => 1000,
        _ => return None,
    })
}

pub(super) fn big_multiplier(c: char) -> Option<i64> {
    Some(match c {
        '万' => 10_000,
        '亿' => 100_000_000,
        '兆' => 1_000_000_000_000,
        _ => return None,
    })
}

pub(in crate::value) fn is_numeral(c: char) -> bool {
    digit(c).is_some() || small_multiplier(c).is_some() || big_multiplier(c).is_some() || c.is_ascii_digit()
}

/// Formal numerals that are ordinary words by themselves (大陆, 队伍, 收拾, 参加, 放肆).
pub(super) fn is_shy(c: char) -> bool {
    matches!(c, '陆' | '伍' | '拾' | '参' | '肆')
}

/// Whether a number can begin at `i`.
pub(in crate::value) fn begins(text: &Chars, i: usize) -> bool {
    let c = text.at(i);
    if c.is_ascii_digit() || c == '廿' {
        return true;
    }
    if is_shy(c) {
        return is_numeral(text.at(i + 1)) && !is_shy_pair(text, i) || text.at(i + 1) == '元';
    }
    match c {
        '几' | '数' => small_multiplier(text.at(i + 1)).is_some() || big_multiplier(text.at(i + 1)).is_some(),
        _ => is_numeral(c),
    }
}

/// 参加…三 has nothing to do with numbers: a shy numeral counts only beside formal or large ones.
pub(super) fn is_shy_pair(text: &Chars, i: usize) -> bool {
    let next = text.at(i + 1);
    digit(next).is_some() && !is_shy(next)
}

/// A small number in digits, simple, or mixed writing, without 百 and 万: hours, days, months.
pub(in crate::value) fn small(text: &Chars, i: usize) -> Option<(u16, usize)> {
    if text.at(i).is_ascii_digit() {
        let mut end = i;
        let mut value: u16 = 0;
        while let Some(d) = text.at(end).to_digit(10) {
            value = value.checked_mul(10)?.checked_add(d as u16)?;
            end += 1;
            if end - i > 4 {
                return None;
            }
        }
        return Some((value, end));
    }
    let digit = |at: usize| digit(text.at(at)).filter(|_| !matches!(text.at(at), '伍' | '陆' | '肆' | '参'));
    match (digit(i), text.at(i)) {
        (_, '廿') => {
            let unit = digit(i + 1).filter(|d| *d > 0);
            Some((20 + u16::from(unit.unwrap_or(0)), i + 1 + usize::from(unit.is_some())))
        }
        (_, '十') => {
            let unit = digit(i + 1).filter(|d| *d > 0);
            Some((10 + u16::from(unit.unwrap_or(0)), i + 1 + usize::from(unit.is_some())))
        }
        (Some(tens), _) if text.at(i + 1) == '十' && tens > 0 => {
            let unit = digit(i + 2).filter(|d| *d > 0);
            Some((u16::from(tens) * 10 + u16::from(unit.unwrap_or(0)), i + 2 + usize::from(unit.is_some())))
        }
        (Some(first), _) => {
            // 二〇二五, 零八, 七
            let mut value = u16::from(first);
            let mut end = i + 1;
            while let Some(d) = digit(end) {
                value = value.checked_mul(10)?.checked_add(u16::from(d))?;
                end += 1;
                if end - i > 4 {
                    return None;
                }
            }
            if matches!(text.at(end), '百' | '千' | '万' | '亿') {
                return None;
            }
            Some((value, end))
        }
        _ => None,
    }
}
