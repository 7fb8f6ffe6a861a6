//! Numbers and bytes written by hand: many stand in every record, and `format!` takes ten times as long.

/// Adds a number in decimal digits.
pub fn push_number(out: &mut String, number: usize) {
    let (mut digits, mut rest) = ([0_u8; 20], number);
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.push_str(str::from_utf8(&digits[at..]).unwrap_or_default());
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(if value < 10 { b'0' + value } else { b'a' + value - 10 });
    let mut out = String::with_capacity(2 * bytes.len());
    out.extend(bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_those_of_format() {
        for number in [0, 7, 10, 99, 100, 65_535, usize::MAX] {
            let mut out = String::from("甲");
            push_number(&mut out, number);
            assert_eq!(out, format!("甲{number}"));
        }
        let bytes: Vec<u8> = (0..=255).collect();
        assert_eq!(hex(&bytes), bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    }
}
