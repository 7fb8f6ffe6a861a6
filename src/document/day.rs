//! The day of a document: from what is given with it, from its name, from what it says of itself.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::{Article, DateSource, Paragraph};
use crate::text::{View, is_clause_end};

macro_rules! pattern {
    ($name:ident, $text:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($text).expect("a constant pattern"));
    };
}

pattern!(DAY_IN_NAME, r"(?:^|\D)((?:19|20)\d\d)[-_.年]?(\d{1,2})[-_.月]?(\d{1,2})日?(?:\D|$)");
pattern!(MONTH_IN_NAME, r"(?:^|\D)((?:19|20)\d\d)[-_.年](\d{1,2})月?(?:\D|$)");
pattern!(YEAR_IN_NAME, r"(?:^|\D)((?:19|20)\d\d)年?(?:\D|$)");
pattern!(DAY, r"(?:((?:19|20)\d\d)年)?(\d{1,2})月(\d{1,2})日");
pattern!(
    DAY_LINE,
    r"^[（(]?(?:(?:发布|发稿|公布|成文|印发|更新)?(?:时间|日期)[：:]\s*)?((?:19|20)\d\d)[年.\-/](\d{1,2})[月.\-/](\d{1,2})日?(?:[\s　].{0,40})?[）)]?$"
);
pattern!(
    HAN_DAY_LINE,
    r"^[（(]?([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日[）)]?$"
);
pattern!(YEAR, r"((?:1[89]|20)\d\d|[一二][〇○零九八][〇○零一二三四五六七八九]{2})(年[前底]?)");

/// The day of a document and where it was taken from, by precedence.
pub fn choose(
    given: Option<(String, DateSource)>,
    front: Option<String>,
    view: &View,
    articles: &[Article],
    paragraphs: &[Paragraph],
) -> Option<(String, DateSource)> {
    let (given, name) = match given {
        Some((day, DateSource::Name)) => (None, Some(day)),
        other => (other, None),
    };
    let full_name = name.clone().filter(|day| day.len() == 10);
    let said = |day| (day, DateSource::Dateline);
    given
        .or_else(|| front.map(|day| (day, DateSource::Metadata)))
        .or_else(|| full_name.map(|day| (day, DateSource::Name)))
        .or_else(|| dated_line(view.folded(), paragraphs).map(said))
        .or_else(|| dateline(view.folded(), articles, name.as_deref()).map(said))
        .or_else(|| name.map(|day| (day, DateSource::Name)))
        .or_else(|| latest_year(view.folded()).map(|year| (year.to_string(), DateSource::Text)))
}

/// The day, month or year in a file name, as EDTF.
pub fn day_in_name(name: &str) -> Option<String> {
    let month = || {
        let found = MONTH_IN_NAME.captures(name)?;
        let month: i8 = found[2].parse().ok()?;
        (1..=12).contains(&month).then(|| format!("{}-{month:02}", &found[1]))
    };
    let year = || YEAR_IN_NAME.captures(name).map(|found| found[1].to_owned());
    day_in_id(name).or_else(month).or_else(year)
}

/// The full day in an id that need not be a file name: a year alone may be a number.
pub fn day_in_id(name: &str) -> Option<String> {
    let found = DAY_IN_NAME.captures(name)?;
    day(&found[1], &found[2], &found[3])
}

/// Whether a text is a day, a month or a year as EDTF has them, or a day with a clock time
/// (`2012-08-10T12:14:00`).
pub fn is_edtf_day(text: &str) -> bool {
    if let Some((day, time)) = text.split_once('T') {
        let clock = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | '-' | 'Z');
        return day.len() == 10 && is_edtf_day(day) && time.len() >= 5 && time.chars().all(clock);
    }
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &str, length| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
    match parts[..] {
        [year] => digits(year, 4),
        [year, month] => digits(year, 4) && digits(month, 2) && day(year, month, "1").is_some(),
        [year, month, of] => digits(year, 4) && digits(month, 2) && digits(of, 2) && day(year, month, of).is_some(),
        _ => false,
    }
}

fn day(year: &str, month: &str, day: &str) -> Option<String> {
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    Some(date.to_string())
}

/// A line that holds nothing but a date: among the first of the text, else among the last.
fn dated_line(text: &str, paragraphs: &[Paragraph]) -> Option<String> {
    let of = |paragraph: &Paragraph| {
        let line = paragraph.span.of(text);
        if let Some(found) = DAY_LINE.captures(line) {
            return day(&found[1], &found[2], &found[3]);
        }
        let found = HAN_DAY_LINE.captures(line)?;
        let year = han_year(&found[1])?.to_string();
        day(&year, &han_number(&found[2])?.to_string(), &han_number(&found[3])?.to_string())
    };
    paragraphs.iter().take(6).find_map(of).or_else(|| paragraphs.iter().rev().take(5).find_map(of))
}

/// The day in the first dateline. Its year is the one of the file name, else the latest in the text.
fn dateline(text: &str, articles: &[Article], name: Option<&str>) -> Option<String> {
    let line = articles.iter().find_map(|article| article.dateline)?.of(text);
    let found = DAY.captures(line)?;
    let year = match (found.get(1), name.and_then(|name| name.get(..4))) {
        (Some(year), _) => year.as_str().to_owned(),
        (None, Some(year)) => year.to_owned(),
        (None, None) => latest_year(text)?.to_string(),
    };
    day(&year, &found[2], &found[3])
}

/// The latest year that a text speaks from. Years that it looks forward to do not count: 预计2030年,
/// 2030年前, and 到2035年 unless that is the year after the latest of the others.
pub fn latest_year(text: &str) -> Option<i16> {
    const PLANS: [&str; 8] = ["预计", "计划", "力争", "预期", "规划", "将", "拟", "目标"];
    let (mut latest, mut until) = (None, Vec::new());
    for found in YEAR.captures_iter(text) {
        let (Some(whole), year) = (found.get(0), &found[1]) else { continue };
        let year = if year.is_ascii() { year.parse().ok() } else { han_year(year) };
        let left: Vec<char> = text[..whole.start()].chars().rev().take(8).take_while(|&c| !is_clause_end(c)).collect();
        let clause: String = left.iter().rev().collect();
        if found[2].len() > '年'.len_utf8() || PLANS.iter().any(|plan| clause.contains(plan)) {
            continue;
        }
        let range = left.get(1).is_some_and(|c| matches!(c, '年' | '月' | '日') || c.is_ascii_digit());
        if left.first().is_some_and(|c| matches!(c, '到' | '至')) && !range {
            until.push(year);
        } else {
            latest = latest.max(year);
        }
    }
    until.sort_unstable();
    for year in until {
        if year.zip(latest).is_some_and(|(year, latest)| year <= latest + 1) {
            latest = latest.max(year);
        }
    }
    latest
}

/// 二〇二五, 一九五四.
fn han_year(text: &str) -> Option<i16> {
    text.chars().try_fold(0_i16, |year, c| year.checked_mul(10)?.checked_add(han_digit(c)?))
}

/// A number up to 31 as dates have it: 五, 十, 十二, 二十, 三十一.
fn han_number(text: &str) -> Option<i16> {
    let digit = |text: &str, none| text.chars().next().map_or(Some(none), han_digit);
    match text.split_once('十') {
        Some((tens, ones)) => Some(digit(tens, 1)? * 10 + digit(ones, 0)?),
        None => digit(text, 0),
    }
}

fn han_digit(c: char) -> Option<i16> {
    let at = "〇一二三四五六七八九".chars().position(|digit| digit == c).or_else(|| "○零".contains(c).then_some(0))?;
    i16::try_from(at).ok()
}

#[cfg(test)]
mod tests {
    use super::super::Document;
    use super::*;

    #[test]
    fn names_of_files_hold_days() {
        for (name, expected) in [
            ("2025-05-01-front-page", Some("2025-05-01")),
            ("news20240229a", Some("2024-02-29")),
            ("报告2023年12月9日", Some("2023-12-09")),
            ("2024-13-01", Some("2024")),
            ("2024-06", Some("2024-06")),
            ("stats-2017", Some("2017")),
            ("doc12345678", None),
            ("a1", None),
        ] {
            assert_eq!(day_in_name(name).as_deref(), expected, "{name}");
        }
        assert_eq!(day_in_id("doc-1999"), None);
    }

    #[test]
    fn the_day_is_taken_in_order() {
        let text = "新桥通车\n本报青川5月1日讯 2023年动工的新桥今天通车，计划到2035年再建十座。";
        let given = |day, source| Document::new("a", text, Some((day, source)));
        let of = |doc: Document| (doc.date.unwrap_or_default(), doc.date_source);
        assert_eq!(of(given("2020", DateSource::Option)), ("2020".into(), Some(DateSource::Option)));
        assert_eq!(of(given("2020-01-02", DateSource::Name)), ("2020-01-02".into(), Some(DateSource::Name)));
        assert_eq!(of(given("2020", DateSource::Name)), ("2020-05-01".into(), Some(DateSource::Dateline)));
        assert_eq!(of(Document::new("a", text, None)), ("2023-05-01".into(), Some(DateSource::Dateline)));
        let front = format!("---\ndate: 2022-02-02\n---\n{text}");
        assert_eq!(of(Document::new("a", front, None)), ("2022-02-02".into(), Some(DateSource::Metadata)));
        let undated = Document::new("a", "一九五四年，河上还没有桥。", None);
        assert_eq!(of(undated), ("1954".into(), Some(DateSource::Text)));
        assert_eq!(Document::new("a", "河上没有桥。", None).date, None);
    }

    #[test]
    fn a_line_of_its_own_holds_the_day() {
        for line in
            ["2024年3月5日", "（2024年3月5日）", "发布时间：2024-03-05 10:20 来源：青川网", "二〇二四年三月五日"]
        {
            for text in [format!("关于修桥的通知\n{line}\n各乡镇：\n桥要修好。"), format!("桥要修好。\n{line}")]
            {
                assert_eq!(Document::new("a", text, None).date.as_deref(), Some("2024-03-05"), "{line}");
            }
        }
    }

    #[test]
    fn chinese_numbers_of_dates() {
        for (text, number) in [("五", 5), ("十", 10), ("十二", 12), ("二十", 20), ("三十一", 31)] {
            assert_eq!(han_number(text), Some(number));
        }
        assert_eq!(latest_year("2016年至2020年，到2035年，2030年前"), Some(2020));
        assert_eq!(latest_year("从1983年到2018年，2017年产量最高，预计2040年翻番"), Some(2018));
    }
}
