//! Tables of the calendar against second tables, and the classes of dates that readers usually get wrong.

use std::collections::BTreeMap;

use zhitu::lexicon::Sources;
use zhitu::value::{Clock, Values};

fn values() -> Values {
    Values::load(&Sources::built_in()).expect("the built-in rules load")
}

/// The cells of a table without its comments.
fn cells(table: &'static str) -> Vec<Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect()).collect()
}

/// The norm of the only reading of `text`, if its span is the whole text.
fn norm(values: &Values, text: &str) -> Option<String> {
    match values.read(text, &mut Clock::default()).as_slice() {
        [one] if one.span.of(text) == text => one.norm.clone(),
        _ => None,
    }
}

#[test]
fn twenty_five_dates_of_official_prose() {
    let values = values();
    let rows = cells(include_str!("../data/calendar.tsv"));
    assert_eq!(rows.len(), 25);
    let mut wrong = Vec::new();
    for row in &rows {
        let text = format!("据了解，{}，市图书馆面向读者开放新馆。", row[1]);
        let found: Vec<String> = values
            .read(&text, &mut Clock::new(Some("2024-04-30")))
            .into_iter()
            .map(|reading| reading.norm.unwrap_or_default())
            .collect();
        if found != [row[2]] {
            wrong.push(format!("{}: {found:?}, not {}", row[1], row[2]));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn congresses_and_sessions_agree_with_a_second_table() {
    let values = values();
    let rows = cells(include_str!("../data/congresses.tsv"));
    assert!(rows.len() > 40);
    let mut wrong = Vec::new();
    for row in &rows {
        let text = format!("{}期间", row[0]);
        let found = norm(&values, &text).unwrap_or_default();
        let ends = found.split_once('/').unwrap_or((&found, &found));
        if !(ends.0.starts_with(row[1]) && ends.1.starts_with(row[2])) {
            wrong.push(format!("{text}: {found}, not {} to {}", row[1], row[2]));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What 中新社 said of the congresses in October 2017: every five years since the twelfth, seven days each since the
/// fourteenth; and the first plenum meets on the day after a congress closes.
#[test]
fn party_congresses_keep_their_rhythm() {
    let values = values();
    let days = |name: &str| -> (jiff::civil::Date, jiff::civil::Date) {
        let found = norm(&values, &format!("党的{name}期间")).expect("a congress of the table");
        let (first, last) = found.split_once('/').unwrap_or((&found, &found));
        (first.parse().expect("a day"), last.parse().expect("a day"))
    };
    let names = ["十二大", "十三大", "十四大", "十五大", "十六大", "十七大", "十八大", "十九大", "二十大"];
    for pair in names.windows(2) {
        assert_eq!(days(pair[1]).0.year() - days(pair[0]).0.year(), 5, "{}", pair[1]);
    }
    for name in &names[2..] {
        let (first, last) = days(name);
        assert_eq!(last.since(first).expect("in range").get_days() + 1, 7, "{name}");
    }
    for (congress, plenum) in [("十九大", "十九届一中全会"), ("二十大", "二十届一中全会")] {
        assert_eq!(days(congress).1.tomorrow().expect("in range"), days(plenum).0, "{plenum}");
    }
}

/// What the calendar of sittings says independently of the table of sessions: since 1998 the National People's Congress
/// opens on 5 March and the CPPCC on 3 March, since 2021 on 4 March; in 2020 both met in May. The CPPCC opens first, and
/// both close within a fortnight and a day or so.
#[test]
fn sessions_keep_their_rhythm() {
    let mut openings: BTreeMap<(&str, i16), (jiff::civil::Date, jiff::civil::Date)> = BTreeMap::new();
    for row in cells(include_str!("../../rules/calendar/session.tsv")) {
        let (first, last): (jiff::civil::Date, jiff::civil::Date) =
            (row[3].parse().expect("a day"), row[4].parse().expect("a day"));
        let year = first.year();
        if year < 1998 {
            continue;
        }
        let expected = match (row[0], year) {
            ("npc", 2020) => (5, 22),
            ("cppcc", 2020) => (5, 21),
            ("npc", _) => (3, 5),
            (_, 2021..) => (3, 4),
            _ => (3, 3),
        };
        assert_eq!((first.month(), first.day()), expected, "{row:?}");
        assert!((6..=15).contains(&last.since(first).expect("in range").get_days()), "{row:?}");
        let (term, session): (i16, i16) = (row[1].parse().expect("a number"), row[2].parse().expect("a number"));
        // Five sessions a term, one a year, the ninth from 1998.
        assert_eq!(1998 + (term - 9) * 5 + session - 1, year, "{row:?}");
        openings.insert((row[0], year), (first, last));
    }
    assert!((1998..=2025).all(|year| openings.contains_key(&("npc", year)) && openings.contains_key(&("cppcc", year))));
    for (&(body, year), &(first, last)) in &openings {
        let congress = openings[&("npc", year)];
        assert!(body == "npc" || first < congress.0, "{year}");
        // The CPPCC closes one to four days before the Congress does.
        let apart = congress.1.since(last).expect("in range").get_days();
        assert!(body == "npc" || (1..=5).contains(&apart), "{year}: {apart}");
    }
}

/// 新京报 (28 August 2013) on plenums: the first on the day after the congress closes; the second before the sessions of
/// the spring that follows; the seventh about a week before the next congress.
#[test]
fn plenums_keep_their_rhythm() {
    let rows = cells(include_str!("../../rules/calendar/congress.tsv"));
    let days = |name: &str| -> (jiff::civil::Date, jiff::civil::Date) {
        let row = rows.iter().find(|row| row[0] == name).unwrap_or_else(|| panic!("{name} is listed"));
        (row[1].parse().expect("a day"), row[2].parse().expect("a day"))
    };
    for term in ["十六", "十七", "十八", "十九", "二十"] {
        let congress = days(&format!("{term}大"));
        assert_eq!(congress.1.tomorrow().expect("in range"), days(&format!("{term}届一中全会")).0, "{term}");
        let second = days(&format!("{term}届二中全会"));
        let spring = jiff::civil::date(congress.0.year() + 1, 3, 3);
        assert!(second.1 < spring && second.0 > jiff::civil::date(spring.year(), 1, 15), "{term}");
    }
    for (old, new) in [("十五", "十六"), ("十六", "十七"), ("十七", "十八"), ("十八", "十九"), ("十九", "二十")]
    {
        let apart =
            days(&format!("{new}大")).0.since(days(&format!("{old}届七中全会")).1).expect("in range").get_days();
        assert!((2..=7).contains(&apart), "{old}: {apart}");
    }
    // Within a term they follow one another, none longer than a week.
    for term in ["十六", "十七", "十八", "十九"] {
        let all: Vec<_> =
            ["一", "二", "三", "四", "五", "六", "七"].iter().map(|n| days(&format!("{term}届{n}中全会"))).collect();
        assert!(all.windows(2).all(|pair| pair[0].1 < pair[1].0), "{term}");
        assert!(all.iter().all(|(first, last)| last.since(*first).is_ok_and(|span| span.get_days() < 7)), "{term}");
    }
}

/// The day of the arithmetic civil calendar: eleven leap years in thirty, epoch 16 July 622.
fn civil_day(year: i64, month: i64, day: i64) -> jiff::civil::Date {
    let julian = (11 * year + 3) / 30 + 354 * year + 30 * month - (month - 1) / 2 + day + 1_948_440 - 385;
    jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(julian - 2_440_588)).expect("in range")
}

#[test]
fn islamic_feasts_differ_from_the_arithmetic_calendar_only_where_listed() {
    let listed: BTreeMap<(&str, &str), i32> = cells(include_str!("../data/islamic-differences.tsv"))
        .into_iter()
        .map(|row| ((row[0], row[1]), row[2].parse().expect("a number of days")))
        .collect();
    let rows = cells(include_str!("../../rules/calendar/islamic.tsv"));
    let mut seen = 0;
    for row in &rows {
        let (month, day) = row[1].split_once('-').expect("month and day");
        let number = |cell: &str| cell.parse::<i64>().expect("a number");
        let civil = civil_day(number(row[0]), number(month), number(day));
        let table: jiff::civil::Date = row[2].parse().expect("a day");
        let by = listed.get(&(row[0], row[1])).copied();
        seen += usize::from(by.is_some());
        assert_eq!(table.since(civil).expect("in range").get_days(), by.unwrap_or(0), "{} {}", row[0], row[1]);
        assert!((-2..=0).contains(&by.unwrap_or(0)), "{} {}", row[0], row[1]);
    }
    assert_eq!(seen, listed.len(), "each listed difference is one");
}

/// The festivals of the Tibetan calendar on the days that were announced for them.
#[test]
fn tibetan_festivals_fall_on_the_days_that_were_announced() {
    let values = values();
    let rows = cells(include_str!("../data/tibetan-days.tsv"));
    assert_eq!(rows.len(), 30);
    let mut wrong = Vec::new();
    for row in &rows {
        let found = norm(&values, &format!("{}年{}", row[1], row[0])).unwrap_or_default();
        if found != row[2] {
            wrong.push(format!("{} {}: {found}, not {}", row[0], row[1], row[2]));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Each beginning and period as the document that made it gives it.
#[test]
fn periods_agree_with_their_documents() {
    let values = values();
    let rows = cells(include_str!("../data/periods.tsv"));
    assert!(rows.len() > 50);
    let mut wrong = Vec::new();
    for row in &rows {
        let (name, open) = (row[0], row[2].is_empty());
        let text = if open { format!("{name}以来") } else { name.to_owned() };
        let found = norm(&values, &text).unwrap_or_default();
        let (first, last) = found.split_once('/').unwrap_or((&found, ""));
        let ends = if open { last == ".." } else { last.starts_with(row[2]) };
        if !(first.starts_with(row[1]) && ends) {
            wrong.push(format!("{text}: {found}, not {} to {}", row[1], row[2]));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
