//! First and last day of an EDTF date, so that dates of any precision can be compared.

/// The first and the last day (ISO `YYYY-MM-DD`) that an EDTF expression (ISO 8601-2) covers; `None`
/// inside at an open end, `None` outside where the text is no date. Approximation marks do not move
/// the days. Winter (`-24`) runs into February of the next year.
pub fn days(edtf: &str) -> Option<(Option<String>, Option<String>)> {
    match edtf.split_once('/') {
        Some((from, to)) => {
            let first = if open(from) { None } else { Some(point(from)?.0) };
            let last = if open(to) { None } else { Some(point(to)?.1) };
            (first.is_some() || last.is_some()).then_some((first, last))
        }
        None => point(edtf).map(|(first, last)| (Some(first), Some(last))),
    }
}

fn open(end: &str) -> bool {
    matches!(end, "" | "..")
}

fn point(text: &str) -> Option<(String, String)> {
    let text = text.trim_end_matches(['~', '?', '%']);
    let text = text.split_once('T').map_or(text, |(day, _)| day);
    let mut parts = text.split('-');
    let (low, high) = digits(parts.next()?, 4)?;
    let (month, day) = (parts.next(), parts.next());
    if parts.next().is_some() {
        return None;
    }
    let Some(month) = month.filter(|m| *m != "XX") else {
        return Some((iso(low, 1, 1), iso(high, 12, 31)));
    };
    let (first, last) = months(month)?;
    let after = if first > last { high + 1 } else { high };
    match day.filter(|d| *d != "XX") {
        None => Some((iso(low, first, 1), iso(after, last, length(after, last)))),
        Some(day) => {
            let (from, to) = digits(day, 2)?;
            let to = to.min(length(high, last));
            (first == last && from <= to).then(|| (iso(low, first, from.max(1)), iso(high, last, to)))
        }
    }
}

/// The least and the greatest number that digits with `X` for unknown ones stand for.
fn digits(text: &str, width: usize) -> Option<(u32, u32)> {
    if text.len() != width || !text.bytes().all(|b| b.is_ascii_digit() || b == b'X') {
        return None;
    }
    Some((text.replace('X', "0").parse().ok()?, text.replace('X', "9").parse().ok()?))
}

/// First and last month of a month, season (21–24), quarter (33–36) or half (40, 41).
fn months(text: &str) -> Option<(u32, u32)> {
    let (number, high) = digits(text, 2)?;
    if number != high {
        return None;
    }
    match number {
        1..=12 => Some((number, number)),
        21..=23 => Some(((number - 20) * 3, (number - 20) * 3 + 2)),
        24 => Some((12, 2)),
        33..=36 => Some(((number - 33) * 3 + 1, (number - 33) * 3 + 3)),
        40 => Some((1, 6)),
        41 => Some((7, 12)),
        _ => None,
    }
}

fn length(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

fn iso(year: u32, month: u32, day: u32) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::days;

    #[test]
    fn every_precision_has_its_days() {
        let cases = [
            ("2025", "2025-01-01", "2025-12-31"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2013-04-28", "2013-04-28", "2013-04-28"),
            ("2013-04-28T15:30", "2013-04-28", "2013-04-28"),
            ("198X", "1980-01-01", "1989-12-31"),
            ("19XX", "1900-01-01", "1999-12-31"),
            ("1951-24", "1951-12-01", "1952-02-29"),
            ("2024-35", "2024-07-01", "2024-09-30"),
            ("1950~", "1950-01-01", "1950-12-31"),
            ("2024-01/2024-06", "2024-01-01", "2024-06-30"),
            ("2025-XX", "2025-01-01", "2025-12-31"),
        ];
        for (edtf, first, last) in cases {
            assert_eq!(days(edtf), Some((Some(first.into()), Some(last.into()))), "{edtf}");
        }
    }

    #[test]
    fn open_ends_and_no_dates() {
        assert_eq!(days("2012-11-08/.."), Some((Some("2012-11-08".into()), None)));
        assert_eq!(days("../2019"), Some((None, Some("2019-12-31".into()))));
        for bad in ["", "/", "../..", "近日", "2024-13", "2024-02-31-01", "20245", "2024-0x"] {
            assert_eq!(days(bad), None, "{bad}");
        }
    }
}
