//! Sessions of the National People's Congress and of the CPPCC: every way to write one, and the terms that they make.

use super::calendar::{Word, point};
use super::chars::Words;
use super::civil;
use super::edtf::Point;
use crate::error::Result;
use crate::lexicon::Table;

const NUMBERS: [&str; 21] = [
    "零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五", "十六",
    "十七", "十八", "十九", "二十",
];

/// Reads the table `body term session first last` into words: 十四届全国人大一次会议, 十四届全国人大, 全国政协十四届.
pub(super) fn load(table: &Table<'_>, words: &mut Words<Word>) -> Result<()> {
    let mut terms: Vec<(&str, usize, Point)> = Vec::new();
    for row in table.rows_with(4)? {
        let number = |cell: &str| cell.parse::<usize>().ok().filter(|n| (1..NUMBERS.len()).contains(n));
        let (Some(term), Some(session)) = (number(row.feature(0)), number(row.feature(1))) else {
            return Err(table.error(&row, "wants the numbers of a term and of a session"));
        };
        let (first, last) = (point(table, &row, row.feature(2))?, point(table, &row, row.feature(3))?);
        let (n, k) = (NUMBERS[term], NUMBERS[session]);
        let names = match row.term {
            "npc" => [
                format!("{n}届全国人大{k}次会议"),
                format!("全国人大{n}届{k}次会议"),
                format!("第{n}届全国人大第{k}次会议"),
                format!("第{n}届全国人民代表大会第{k}次会议"),
            ],
            "cppcc" => [
                format!("全国政协{n}届{k}次会议"),
                format!("{n}届全国政协{k}次会议"),
                format!("政协第{n}届全国委员会第{k}次会议"),
                format!("中国人民政治协商会议第{n}届全国委员会第{k}次会议"),
            ],
            other => return Err(table.error(&row, format_args!("`{other}` is neither npc nor cppcc"))),
        };
        for name in names {
            words.insert(&name, Word::Congress(first, Some(last)));
        }
        if session == 1 {
            terms.push((row.term, term, first));
        }
    }
    for &(body, term, first) in &terms {
        // A term ends when the next one begins.
        let next =
            terms.iter().find(|&&(other, n, _)| other == body && n == term + 1).and_then(|(.., next)| next.day());
        let last = next.map(|day| Point::of_day(civil::shift(day, -1)));
        let n = NUMBERS[term];
        let names = match body {
            "npc" => [format!("{n}届全国人大"), format!("第{n}届全国人民代表大会"), format!("{n}届全国人大常委会")],
            _ => [format!("{n}届全国政协"), format!("全国政协{n}届"), format!("政协第{n}届全国委员会")],
        };
        for name in names {
            words.insert(&name, Word::Congress(first, last));
        }
    }
    Ok(())
}
