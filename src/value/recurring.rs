//! Frequencies that stand alone (a cell of a timetable): 每年, 每周六上午9点, 每隔200秒.
//!
//! In running text a frequency names no date; as a whole text it is a repeating interval (ISO 8601).

use super::chars::Chars;
use super::date::Reader;
use super::number;
use super::time;

/// The repeating interval that the whole text is.
pub(super) fn read(reader: &Reader<'_>) -> Option<String> {
    let text = reader.text;
    let mut at = text.eat(0, "每")?;
    if let Some(after) = text.eat(at, "隔") {
        let number = number::read(text, after)?;
        let (designator, end) = unit(text, number.end)?;
        return (end == text.len()).then(|| format!("R/{}", designator.replace('1', &number.low.to_string())));
    }
    at = text.eat_any(at, &["一个", "个", "一"]).map_or(at, |(_, end)| end);
    let (designator, end) = unit(text, at)?;
    at = match time::weekday_letter(text, end) {
        Some((_, after)) if designator == "P7D" => after,
        _ => text.eat(end, "末").filter(|_| designator == "P7D").unwrap_or(end),
    };
    let rest = at == text.len()
        || time::read(text, at, true).is_some_and(|(_, end, _)| end == text.len())
        || reader.phrase(at, at).is_some_and(|phrase| phrase.end == text.len());
    rest.then(|| format!("R/{designator}"))
}

fn unit(text: &Chars, i: usize) -> Option<(&'static str, usize)> {
    [
        ("季度", "P3M"),
        ("星期", "P7D"),
        ("礼拜", "P7D"),
        ("小时", "PT1H"),
        ("分钟", "PT1M"),
        ("个月", "P1M"),
        ("年", "P1Y"),
        ("月", "P1M"),
        ("周", "P7D"),
        ("天", "P1D"),
        ("日", "P1D"),
        ("秒", "PT1S"),
    ]
    .into_iter()
    .find_map(|(word, designator)| text.eat(i, word).map(|end| (designator, end)))
}
