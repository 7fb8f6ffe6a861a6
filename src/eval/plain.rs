//! Text comparison of the scorer: white space, lines and numbers as Python reads them, so that the
//! figures agree with the reference scorer, which is written in Python.

use std::sync::LazyLock;

use regex::Regex;

/// White space in the sense of Python's `str.isspace`: Unicode's, and the four separators of ASCII.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

/// Without white space at both ends.
pub fn trim(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// Whether a line ends there in the sense of Python's `str.splitlines`.
fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The lines of a text whose `\r\n` have been replaced.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(ends_line).map(|line| line.strip_suffix(ends_line).unwrap_or(line))
}

/// A name for comparison: no quotation marks, brackets or spaces.
pub fn plain(name: &str) -> String {
    name.chars().filter(|&c| !is_space(c) && !"“”‘’\"'「」『』《》〈〉".contains(c)).collect()
}

static NUMBER: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\d+(?:\.\d+)?").expect("a constant pattern"));

/// A figure's norm for comparison: trailing zeros, spaces and a 个 before another unit do not count.
pub fn figure(norm: &str) -> String {
    let tight: String = norm.chars().filter(|&c| !is_space(c)).collect();
    let numbers = NUMBER.replace_all(&tight, |number: &regex::Captures<'_>| general(&number[0]));
    let mut out = String::with_capacity(numbers.len());
    let (mut before, mut rest) = (' ', numbers.chars().peekable());
    while let Some(c) = rest.next() {
        if !(c == '个' && is_digit(before) && rest.peek().is_some()) {
            out.push(c);
        }
        before = c;
    }
    out
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || (!c.is_ascii() && NUMBER.is_match(c.encode_utf8(&mut [0; 4])))
}

/// A number in ten significant digits, as C prints it with `%.10g`.
fn general(number: &str) -> String {
    let ascii: String = number.chars().map(|c| if c == '.' { c } else { digit(c) }).collect();
    let value: f64 = ascii.parse().unwrap_or(f64::INFINITY);
    if value == 0.0 {
        return "0".to_owned();
    }
    if !value.is_finite() {
        return "inf".to_owned();
    }
    let scientific = format!("{value:.9e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let strip = |text: &str| {
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text.to_owned() }
    };
    if (-4..10).contains(&exponent) {
        strip(&format!("{value:.*}", usize::try_from(9 - exponent).unwrap_or(0)))
    } else {
        let sign = if exponent < 0 { '-' } else { '+' };
        format!("{}e{sign}{:02}", strip(mantissa), exponent.abs())
    }
}

/// The ASCII digit of a decimal digit of any script: the digits of a script stand in a row, from
/// nought, and start at the lowest digit before `c`.
fn digit(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    let mut value = 0;
    let mut at = c as u32;
    while value < 9 && at > 0 {
        at -= 1;
        match char::from_u32(at) {
            Some(before) if is_digit(before) => value += 1,
            _ => break,
        }
    }
    char::from_digit(value, 10).unwrap_or('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_split_as_in_python() {
        let all = |text| lines(text).collect::<Vec<_>>();
        assert_eq!(all("a\nb\u{2028}c"), ["a", "b", "c"]);
        assert_eq!(all("a \u{3000}\n\nb\n"), ["a \u{3000}", "", "b"]);
        assert!(all("").is_empty());
        assert_eq!(all("\n"), [""]);
    }

    #[test]
    fn figures_compare_by_value() {
        for (norm, same) in [
            ("3.50 亿元", "3.5亿元"),
            ("6 个小时", "6小时"),
            ("9 个", "9个"),
            ("<110000 人", "<110000人"),
            ("134900000000000 元", "1.349e+14元"),
            ("20000..30000 人次", "20000..30000人次"),
            ("0.00001 %", "1e-05%"),
            ("１２ 项", "12项"),
            ("0.0", "0"),
            ("3 个个小时", "3个小时"),
            ("12345678901 元", "1.23456789e+10元"),
        ] {
            assert_eq!(figure(norm), same);
        }
    }

    #[test]
    fn names_lose_marks_and_blanks() {
        assert_eq!(plain("“两个 维护”《甲》\u{3000}"), "两个维护甲");
    }
}
