//! Times named after what happened: founding, congresses, five-year plans.

use super::{Phrase, Reader};
use crate::value::civil;
use crate::value::edtf::{Point, Rest, When};
use crate::value::number::small;

impl Reader<'_> {
    /// 改革开放以来, 新中国成立之初.
    pub(super) fn start(&self, i: usize, point: Point, end: usize) -> Option<Phrase> {
        let text = self.text;
        // 新中国成立75周年 is a figure.
        let end = text.eat_any(end, &["之后", "以后"]).map_or(end, |_| end);
        if let Some((word, behind)) = text.eat_any(
            end,
            &["之初", "初期", "初", "前夕", "以来", "以后", "之后", "后", "至今", "前", "之前", "以前", "伊始"],
        ) && !(word == "后" && text.at(behind) == '续')
        {
            let year = Point::new(point.year, Rest::Year).about();
            let when = match word {
                "之初" | "初期" | "初" | "伊始" => When::Point(year),
                "前夕" => When::Point(year),
                "前" | "之前" | "以前" => When::Range(
                    None,
                    Some(match point.day() {
                        Some(day) => Point::of_day(civil::shift(day, -1)),
                        None => Point::new(point.year - 1, Rest::Year),
                    }),
                ),
                _ => When::Range(Some(point), None),
            };
            return Some(Phrase { said: None, ..self.make(i, behind, when, "value.date.since") });
        }
        // 改革开放40年来, 新中国成立70多年来
        let (n, behind) = small(text, end)?;
        let behind = text.eat_any(behind, &["多", "余"]).map_or(behind, |(_, e)| e);
        let behind = text.eat_any(behind, &["年以来", "年来"])?.1;
        (n > 0)
            .then(|| Phrase { said: None, ..self.make(i, behind, When::Range(Some(point), None), "value.date.since") })
    }

    /// 党的十八大以来, 二十届三中全会后, 十四届全国人大期间.
    pub(super) fn congress(&self, i: usize, first: Point, last: Option<Point>, end: usize) -> Option<Phrase> {
        let text = self.text;
        let lead = ["中国共产党第", "中国共产党", "中共", "党的"].iter().find(|word| text.ends(i, word));
        // 十八大 names a congress by itself, 十大 counts to ten.
        let start = match lead {
            Some(word) => i - word.chars().count(),
            None if end - i >= 3 => i,
            None => return None,
        };
        let at = text.eat_any(end, &["胜利召开", "召开", "闭幕"]).map_or(end, |(_, at)| at);
        let (word, behind) = text.eat_any(
            at,
            &["以来", "以后", "之后", "后", "至今", "期间", "任期内", "任期", "前夕", "之际", "之前", "以前"],
        )?;
        if word == "后" && text.has_any(behind, &["续", "方", "勤"]) || word == "任期" && at != end {
            return None;
        }
        let before = |point: Point| point.day().map(|day| Point::of_day(civil::shift(day, -1)));
        let when = match word {
            "期间" | "任期内" | "任期" | "之际" => When::Range(Some(first), last),
            "前夕" => When::Point(before(first)?.about()),
            "之前" | "以前" => When::Range(None, before(first)),
            _ => When::Range(Some(first), None),
        };
        let rule = if matches!(word, "期间" | "任期内" | "任期" | "之际") {
            "value.date.term"
        } else {
            "value.date.since"
        };
        Some(Phrase { said: None, ..self.make(start, behind, when, rule) })
    }

    /// “十四五”期间, 十五五时期, 第十四个五年规划期间, 七五计划期间.
    pub(super) fn plan(&self, i: usize) -> Option<Phrase> {
        let text = self.text;
        let at = i + usize::from(matches!(text.at(i), '“' | '‘' | '"' | '「'));
        let quoted = at > i;
        let (n, end) = if text.at(at) == '第' {
            let (n, end) = small(text, at + 1)?;
            (n, text.eat_any(end, &["个五年规划纲要", "个五年规划", "个五年计划"])?.1)
        } else {
            let digits = ["一", "二", "三", "四", "五", "六", "七", "八", "九"];
            let (ten, mid) = match text.eat(at, "十") {
                Some(mid) => (10, mid),
                None => (0, at),
            };
            match digits.iter().position(|d| text.has(mid, d)) {
                Some(k) if text.at(mid + 1) == '五' => (ten + k as u16 + 1, mid + 2),
                // 十五 is the Tenth plan: 十 and 五.
                _ if ten == 10 && text.at(mid) == '五' && text.at(mid + 1) != '五' => (10, mid + 1),
                _ => return None,
            }
        };
        let bare_fifteen = n == 10 && text.at(at) != '第';
        let end = if quoted { text.eat_any(end, &["”", "’", "\"", "」"])?.1 } else { end };
        let at_word = text.eat_any(end, &["规划建设", "规划", "计划"]).map_or(end, |(_, e)| e);
        let (word, behind) = text.eat_any(
            at_word,
            &[
                "期间",
                "时期",
                "期末",
                "末期",
                "末",
                "初期",
                "初",
                "开局之年",
                "收官之年",
                "以来",
                "前期",
                "中期",
                "后期",
                "前三年",
                "前四年",
                "前两年",
                "头两年",
            ],
        )?;
        if !(1..=20).contains(&n) || bare_fifteen && !quoted && !matches!(word, "期间" | "时期" | "期末") {
            return None;
        }
        let first = match n {
            1..=2 => 1953 + 5 * (i32::from(n) - 1),
            _ => 1966 + 5 * (i32::from(n) - 3),
        };
        let (a, b) = (Point::new(first, Rest::Year), Point::new(first + 4, Rest::Year));
        let when = match word {
            "期末" | "末期" | "末" => When::Point(b.about()),
            "收官之年" => When::Point(b),
            "初期" | "初" => When::Point(a.about()),
            "开局之年" => When::Point(a),
            "以来" => When::Range(Some(a), None),
            "前三年" => When::range(a, Point::new(first + 2, Rest::Year)),
            "前四年" => When::range(a, Point::new(first + 3, Rest::Year)),
            "前两年" | "头两年" => When::range(a, Point::new(first + 1, Rest::Year)),
            _ => When::range(a, b),
        };
        Some(Phrase { said: None, ..self.make(i, behind, when, "value.date.plan") })
    }
}
