//! The numbers inside a figure's normal form.

/// A figure read from `[~<>]value unit`; numbers are plain decimals.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figure {
    /// The number; `None` for a range.
    pub value: Option<String>,
    /// Lower end, of a range or of `>`.
    pub minimum: Option<String>,
    /// Upper end, of a range or of `<`.
    pub maximum: Option<String>,
    /// Unit or measure word.
    pub unit: Option<String>,
}

/// The numbers and the unit of a normal form; `None` where there is no number in it.
pub fn read(norm: &str) -> Option<Figure> {
    let mark = norm.chars().next().filter(|c| matches!(c, '~' | '<' | '>'));
    let rest = norm.trim_start_matches(['~', '<', '>']);
    let (number, unit) = rest.split_once(' ').unwrap_or((rest, ""));
    let mut figure = Figure { unit: Some(unit.trim().to_owned()).filter(|u| !u.is_empty()), ..Figure::default() };
    if let Some((low, high)) = number.split_once("..") {
        figure.minimum = Some(decimal(low)?);
        figure.maximum = Some(decimal(high)?);
        return Some(figure);
    }
    let value = match number.split_once('/') {
        Some((over, under)) => quotient(over, under)?,
        None => decimal(number)?,
    };
    match mark {
        Some('>') => figure.minimum = Some(value.clone()),
        Some('<') => figure.maximum = Some(value.clone()),
        _ => {}
    }
    figure.value = Some(value);
    Some(figure)
}

/// A canonical `xsd:decimal` (XSD 1.1): no point where nothing follows it.
fn decimal(text: &str) -> Option<String> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !plain(whole) || !plain(part) {
        return None;
    }
    let whole = Some(whole.trim_start_matches('0')).filter(|w| !w.is_empty()).unwrap_or("0");
    let part = part.trim_end_matches('0');
    match (whole, part) {
        ("0", "") => Some("0".to_owned()),
        (_, "") => Some(format!("{sign}{whole}")),
        _ => Some(format!("{sign}{whole}.{part}")),
    }
}

fn quotient(over: &str, under: &str) -> Option<String> {
    let (over, under): (i64, i64) = (over.parse().ok()?, under.parse().ok()?);
    let millionths = over.checked_mul(1_000_000)?.checked_div(under)?;
    let sign = if millionths < 0 { "-" } else { "" };
    let millionths = millionths.unsigned_abs();
    decimal(&format!("{sign}{}.{:06}", millionths / 1_000_000, millionths % 1_000_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(value: &str, minimum: &str, maximum: &str, unit: &str) -> Option<Figure> {
        let some = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
        Some(Figure { value: some(value), minimum: some(minimum), maximum: some(maximum), unit: some(unit) })
    }

    #[test]
    fn norms_are_numbers() {
        assert_eq!(read("41 项"), figure("41", "", "", "项"));
        assert_eq!(read("<110000 人"), figure("110000", "", "110000", "人"));
        assert_eq!(read(">100 名"), figure("100", "100", "", "名"));
        assert_eq!(read("~12.50 %"), figure("12.5", "", "", "%"));
        assert_eq!(read("-30 摄氏度"), figure("-30", "", "", "摄氏度"));
        assert_eq!(read("20000..30000 人次"), figure("", "20000", "30000", "人次"));
        assert_eq!(read("1/3"), figure("0.333333", "", "", ""));
        assert_eq!(read("80000"), figure("80000", "", "", ""));
        for bad in ["", "许多 人", "1/0", "..", "5e3 人", "--1"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
