//! The calendars against independent implementations, day by day and year by year.
//!
//! The tables of `rules/calendar` were computed from the positions of moon and sun. The months of sxtwl
//! (`data/lunar-months.tsv`) and tyme4rs have their own algorithms and tables. Every day goes the whole way:
//! written in words, read, compared.

use tyme4rs::tyme::Tyme as _;
use tyme4rs::tyme::rabbyung::RabByungDay;
use tyme4rs::tyme::solar::{SolarDay, SolarTerm};
use zhitu::lexicon::Sources;
use zhitu::value::{Clock, Values};

const NUMBERS: [&str; 31] = [
    "零",
    "一",
    "二",
    "三",
    "四",
    "五",
    "六",
    "七",
    "八",
    "九",
    "十",
    "十一",
    "十二",
    "十三",
    "十四",
    "十五",
    "十六",
    "十七",
    "十八",
    "十九",
    "二十",
    "二十一",
    "二十二",
    "二十三",
    "二十四",
    "二十五",
    "二十六",
    "二十七",
    "二十八",
    "二十九",
    "三十",
];

fn values() -> Values {
    Values::load(&Sources::built_in()).expect("the built-in rules load")
}

/// The norm of the only reading of `text`, if its span is the whole text.
fn norm(values: &Values, text: &str) -> Option<String> {
    let found = values.read(text, &mut Clock::default());
    match found.as_slice() {
        [one] if one.span.of(text) == text => one.norm.clone(),
        _ => None,
    }
}

/// Days since 1970-01-01, by jiff.
fn day_number(iso: &str) -> i64 {
    let day: jiff::civil::Date = iso.parse().expect("an ISO date");
    i64::from(day.since(jiff::civil::date(1970, 1, 1)).expect("in range").get_days())
}

fn iso(day: &SolarDay) -> String {
    format!("{:04}-{:02}-{:02}", day.get_year(), day.get_month(), day.get_day())
}

#[test]
fn every_lunar_day_of_two_centuries_converts() {
    let values = values();
    let mut wrong = Vec::new();
    let mut days = 0;
    let rows: Vec<(i32, i8, i64)> = include_str!("../data/lunar-months.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            (cells[0].parse().expect("a year"), cells[1].parse().expect("a month"), day_number(cells[2]))
        })
        .collect();
    for pair in rows.windows(2) {
        let [(year, month, first), (.., next)] = pair else { unreachable!("windows of two") };
        let name = match month.unsigned_abs() {
            1 => "正".to_owned(),
            12 => "腊".to_owned(),
            m => NUMBERS[usize::from(m)].to_owned(),
        };
        let leap = if *month < 0 { "闰" } else { "" };
        for number in 1..=(next - first) as usize {
            let written = match number {
                1..=10 => format!("初{}", NUMBERS[number]),
                21..=29 if number % 2 == 0 => format!("廿{}", NUMBERS[number - 20]),
                _ => NUMBERS[number].to_owned(),
            };
            let text = format!("农历{year}年{leap}{name}月{written}");
            let found = norm(&values, &text);
            if found.as_deref().map(day_number) != Some(first + number as i64 - 1) {
                wrong.push(format!("{text}: {found:?}"));
            }
            days += 1;
        }
    }
    assert!(days > 72_683, "every day from 1901 to 2099: {days}");
    assert!(wrong.is_empty(), "{} days, as {:#?}", wrong.len(), &wrong[..wrong.len().min(40)]);
}

#[test]
fn every_solar_term_of_two_centuries_agrees() {
    let values = values();
    let names = [
        "小寒", "大寒", "立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "小满", "芒种", "夏至", "小暑", "大暑",
        "立秋", "处暑", "白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪", "冬至",
    ];
    let mut wrong = Vec::new();
    for year in 1901..=2099 {
        for (index, name) in names.iter().enumerate() {
            // tyme4rs counts from the winter solstice of the year before.
            let term = SolarTerm::from_index(year, index as isize + 1);
            let expected = iso(&term.get_julian_day().get_solar_day());
            let text = format!("{year}年{name}");
            if norm(&values, &text).as_deref() != Some(&expected) {
                wrong.push(format!("{text}: {:?}, not {expected}", norm(&values, &text)));
            }
        }
    }
    assert!(wrong.is_empty(), "{} terms, as {:#?}", wrong.len(), &wrong[..wrong.len().min(40)]);
}

#[test]
fn tibetan_days_agree_with_the_printed_calendar() {
    // tyme4rs holds the printed almanacs of 1951 to 2050.
    let values = values();
    let mut wrong = Vec::new();
    for year in 1951..=2050 {
        for (month, day, name) in
            [(1, 1, "藏历新年"), (1, 15, "酥油花灯节"), (4, 15, "萨嘎达瓦节"), (6, 30, "雪顿节"), (10, 25, "燃灯节")]
        {
            let Ok(tibetan) = RabByungDay::from_ymd(year, month, day) else { continue };
            let expected = iso(&tibetan.get_solar_day());
            let text = format!("{}年{name}", &expected[..4]);
            let found = norm(&values, &text);
            if found.as_deref() != Some(&expected) {
                wrong.push(format!("{text} ({month}-{day}): {found:?}, not {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} days, as {:#?}", wrong.len(), &wrong[..wrong.len().min(40)]);
}

#[test]
fn islamic_feasts_are_within_two_days_of_the_arithmetic_calendar() {
    let values = values();
    for year in 2000..=2049 {
        for (name, month, of_month) in [("开斋节", 10, 1), ("古尔邦节", 12, 10)] {
            let text = format!("{year}年{name}");
            let found = norm(&values, &text).expect("a day for every year");
            let day: Vec<usize> =
                found.trim_end_matches('~').split('-').map(|part| part.parse().expect("a number")).collect();
            let near = (-2..=2).map(|by| SolarDay::from_ymd(year, day[1], day[2]).next(by).get_hijri_day());
            let hit =
                near.into_iter().any(|day| day.get_hijri_month().get_month() == month && day.get_day() == of_month);
            assert!(hit, "{text}: {found}");
        }
    }
}
