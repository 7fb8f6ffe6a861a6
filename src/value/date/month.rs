//! Months, and days of a month that is not named.

use super::{Phrase, Reader};
use crate::value::chars::Chars;
use crate::value::civil;
use crate::value::edtf::{Point, When};
use crate::value::figure::{is_word, separator};
use crate::value::number::{self, small};

impl Reader<'_> {
    /// 3月, 十一月, 3月份: the month and the position behind.
    pub(super) fn month_number(&self, i: usize) -> Option<(u8, usize)> {
        let text = self.text;
        let (n, end) = small(text, i)?;
        let end = text.eat(text.blank(end), "月")?;
        if !(1..=12).contains(&n)
            || text.has_any(end, &["球", "票", "饼", "嫂", "薪", "季", "光", "亮", "牙", "刊"])
            || text.at(i) == '廿'
        {
            return None;
        }
        Some((n as u8, end))
    }

    /// A month or day without a year.
    pub(super) fn month_or_day(&self, i: usize) -> Option<Phrase> {
        let text = self.text;
        if text.before(i).is_ascii_alphanumeric() || matches!(text.before(i), '第' | '.' | '/') {
            return None;
        }
        if let Some((when, end)) = self.first_months(i, 0, false) {
            return Some(self.make(i, end, when, "value.date.month"));
        }
        if let Some((month, end)) = self.month_number(i) {
            let year = self.month_year_or_none(i, month, end);
            return match year {
                Some(year) => self.in_month(i, year, month, end, false),
                None => {
                    let phrase = self.in_month(i, 2000, month, end, false)?;
                    Some(Phrase { when: When::Vague, said: None, ..phrase })
                }
            };
        }
        // 28日, 8日晚, 28—30日
        let (n, end) = small(text, i)?;
        if !(1..=31).contains(&n) {
            return None;
        }
        let mut last = n;
        let mut behind = text.blank(end);
        if !matches!(text.at(behind), '日' | '号')
            && let Some((second, at)) = separator(text, end).and_then(|sep| small(text, sep))
            && (n + 1..=31).contains(&second)
            && matches!(text.at(at), '日' | '号')
        {
            (last, behind) = (second, at);
        }
        let hao = text.at(behind) == '号';
        if !matches!(text.at(behind), '日' | '号') {
            return None;
        }
        let chinese = !text.at(i).is_ascii_digit();
        if hao {
            let before = text.before(i);
            // 〔2024〕15号 numbers a document.
            if matches!(before, '〕' | '】' | ']' | '］')
                || before == ')' && text.before(i - 1).is_ascii_digit()
                || is_word(before)
                    && !matches!(before, '在' | '于' | '从' | '到' | '至' | '自' | '月' | '定' | '的' | '是' | '和')
                || chinese && !matches!(before, '\0' | '，' | '。')
                || is_word(text.at(behind + 1))
                    && text.has_any(
                        behind + 1,
                        &[
                            "院",
                            "楼",
                            "线",
                            "文",
                            "令",
                            "公告",
                            "馆",
                            "店",
                            "机",
                            "台",
                            "井",
                            "矿",
                            "坑",
                            "车",
                            "门",
                            "厅",
                            "称",
                            "召",
                            "码",
                            "房",
                            "地块",
                            "桥",
                            "段",
                            "煤",
                            "船",
                            "通知",
                            "站",
                            "宿舍",
                            "卫星",
                            "火箭",
                            "飞船",
                            "探测器",
                            "病",
                        ],
                    )
            {
                return None;
            }
        } else if text.has_any(
            behind + 1,
            &[
                "元",
                "均",
                "常",
                "益",
                "志",
                "程",
                "子",
                "夜兼程",
                "夜奋战",
                "夜不停",
                "照",
                "落",
                "出",
                "用品",
                "化",
                "游",
                "产",
                "圆",
                "历",
                "趋",
                "渐",
                "新",
                "行",
                "内",
                "间",
                "语",
                "军",
                "系",
                "方",
                "俄",
                "韩",
                "资",
                "处理",
                "供",
                "发电",
            ],
        ) && !text.has_any(behind + 1, &["间，", "出席", "出发", "出版", "出台", "方才", "新华", "军民"])
            || chinese && n == 1
        {
            return None;
        }
        let Some(day) = self.day_of_month(i, n as u8) else {
            // The month is unknown, but a day it is.
            let phrase = self.in_day(i, (2000, 1, n as u8), behind + 1, false)?;
            return Some(Phrase { when: When::Vague, said: None, ..phrase });
        };
        if last > n {
            let until = (day.0, day.1, last as u8);
            if !civil::exists(until) {
                return None;
            }
            return Some(self.make(
                i,
                behind + 1,
                When::range(Point::of_day(day), Point::of_day(until)),
                "value.date.range",
            ));
        }
        self.in_day(i, day, behind + 1, false)
    }

    /// The year of a month named alone.
    pub(super) fn month_year(&self, i: usize, month: u8) -> Option<i32> {
        self.month_year_or_none(i, month, i)
    }

    pub(super) fn month_year_or_none(&self, i: usize, month: u8, _end: usize) -> Option<i32> {
        if let Some(lent) = self.lent {
            return Some(if lent.month().is_some_and(|from| month < from) { lent.year + 1 } else { lent.year });
        }
        if let Some(near) = self.near(i) {
            let Some(from) = near.month() else { return Some(near.year) };
            return Some(if i64::from(from) - i64::from(month) > 6 { near.year + 1 } else { near.year });
        }
        if let Some(scope) = self.clock.scope() {
            return Some(scope);
        }
        if let Some(today) = self.clock.today() {
            let Some(now) = today.month() else { return Some(today.year) };
            let ahead = i64::from(month) - i64::from(now);
            // News tells of what was: a month far ahead is last year's, one far back still this year's.
            return Some(match ahead {
                7.. => today.year - 1,
                ..=-10 => today.year + 1,
                _ => today.year,
            });
        }
        self.clock.last().map(|said| said.point.year)
    }

    /// What stands behind a month: day, 旬, ends.
    pub(super) fn in_month(&self, start: usize, year: i32, month: u8, end: usize, explicit: bool) -> Option<Phrase> {
        let text = self.text;
        let done =
            |end: usize, when: When, rule: &'static str| Some(Phrase { explicit, ..self.make(start, end, when, rule) });
        let month_end = text.eat(end, "份").unwrap_or(end);
        let length = civil::month_length(year, month);
        let days = |a: u8, b: u8| When::range(Point::of_day((year, month, a)), Point::of_day((year, month, b)));
        let at = text.blank(month_end);
        if let Some((word, behind)) =
            text.eat_any(at, &["中上旬", "上中旬", "中下旬", "上旬", "中旬", "下旬", "上半月", "下半月"])
        {
            let (a, b) = match word {
                "中上旬" | "上中旬" => (1, 20),
                "中下旬" => (11, length),
                "上旬" => (1, 10),
                "中旬" => (11, 20),
                "下旬" => (21, length),
                "上半月" => (1, 15),
                _ => (16, length),
            };
            return done(behind, days(a, b), "value.date.part");
        }
        if let Some((_, behind)) = text.eat_any(at, &["月初", "月底", "月末", "初", "底", "末", "中"])
            && !(number::digit(text.at(behind)).is_some()
                || text.at(behind) == '十'
                || text.at(behind).is_ascii_digit())
            && !text.has_any(
                behind,
                &[
                    "国", "共", "央", "心", "期", "小", "级", "步", "学", "考", "秋", "方", "华", "旬", "层", "部",
                    "稿", "子", "线",
                ],
            )
            && (text.at(at) != '中' || matches!(text.at(behind), '，' | '。' | '、' | '\0'))
        {
            return done(behind, When::Point(Point::of_month((year, month)).about()), "value.date.part");
        }
        if let Some((day, behind)) = small(text, at)
            && (1..=31).contains(&day)
        {
            let unit = text.blank(behind);
            let day = day as u8;
            let listed = matches!(text.at(unit), '日' | '号');
            // 4月12-19日
            if !listed
                && let Some((second, second_end)) = separator(text, behind).and_then(|sep| small(text, sep))
                && matches!(text.at(second_end), '日' | '号')
                && (1..=31).contains(&second)
                && i32::from(day) < i32::from(second)
                && civil::exists((year, month, second as u8))
            {
                return done(second_end + 1, days(day, second as u8), "value.date.range");
            }
            if listed && civil::exists((year, month, day)) && !(explicit_measure(text, unit)) {
                return self.in_day(start, (year, month, day), unit + 1, explicit);
            }
            // 八月十五 of a year in digits; 1月3至2月10; a day before an hour
            let range_follows = separator(text, behind).is_some_and(|sep| small(text, sep).is_some());
            if !listed
                && civil::exists((year, month, day))
                && at == month_end
                && (explicit && !text.at(at).is_ascii_digit() && !is_word(text.at(behind)) || range_follows)
                && !is_measure(text, behind)
            {
                return self.in_day(start, (year, month, day), behind, explicit);
            }
        }
        done(month_end, When::Point(Point::of_month((year, month))), "value.date.month")
    }
}

/// 4月28日 is a date, but 三月三号文件 is not looked into here.
fn explicit_measure(text: &Chars, unit: usize) -> bool {
    text.at(unit) == '号' && text.has_any(unit + 1, &["文件", "公告", "令"])
}

fn is_measure(text: &Chars, i: usize) -> bool {
    matches!(
        text.at(i),
        '个' | '名' | '项' | '件' | '家' | '人' | '万' | '亿' | '年' | '月' | '%' | '元' | '吨' | '.' | '天' | '次'
    )
}
