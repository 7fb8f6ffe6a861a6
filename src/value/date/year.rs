//! Years: digits before 年, and what may stand behind a year.

use super::{Phrase, Reader, YearFrom};
use crate::value::calendar::Word;
use crate::value::chars::Chars;
use crate::value::civil;
use crate::value::edtf::{Point, Rest, When};
use crate::value::figure::is_word;
use crate::value::number::{self, small};

impl Reader<'_> {
    /// Digits and 年.
    pub(in crate::value) fn year(&self, i: usize) -> Option<(i32, usize)> {
        let text = self.text;
        if text.has(i, "公元前") || text.has(i, "公元") {
            let before = text.has(i, "公元前");
            let number = number::read(text, i + if before { 3 } else { 2 })?;
            let end = text.eat(text.blank(number.end), "年")?;
            let year = i32::try_from(number.whole()?).ok().filter(|year| (1..=9999).contains(year))?;
            return Some((if before { 1 - year } else { year }, end));
        }
        let number = number::read(text, i)?;
        if number.more || !number.is_single() {
            return None;
        }
        let blank = text.blank(number.end);
        let end = text.eat(blank, "年")?;
        if text.has_any(
            end,
            &[
                "代", "期", "级", "纪", "龄", "薪", "报", "会", "货", "产", "均", "轻", "幼", "画", "审", "检", "票",
                "糕", "味", "息", "化", "利率", "租", "金", "费",
            ],
        ) && number.digits < 4
        {
            return None;
        }
        let value = i32::try_from(number.whole()?).ok()?;
        let long = number.positional && number.digits == 4
            || !number.arabic && text.has(i, "两千") && (2000..2100).contains(&value);
        if long && !(number.arabic && number.quantity) {
            let history = value < 1500
                && text.has_any(end, &["历史", "的历史", "前", "以前", "来", "间", "之久", "左右", "以上", "多"]);
            return ((200..3000).contains(&value) && !history).then_some((value, end));
        }
        if number.positional
            && number.digits == 3
            && (100..1000).contains(&value)
            && self.month_follows(end)
            && !number.arabic
        {
            return Some((value, end));
        }
        // 25年4月, 08年, 九七年一季度: two digits are a year only with something behind, or a leading zero.
        if number.positional && number.digits == 2 && !text.before(i).is_ascii_digit() {
            let leading_zero = matches!(text.at(i), '0' | '零');
            let bare_chinese = !number.arabic && value >= 45;
            let part = self.month_follows(end)
                || text.has_any(
                    end,
                    &[
                        "一季度",
                        "二季度",
                        "三季度",
                        "四季度",
                        "第一季度",
                        "第二季度",
                        "第三季度",
                        "第四季度",
                        "上半年",
                        "下半年",
                        "前",
                        "春节",
                        "端午",
                        "中秋",
                    ],
                ) && (number.len() == 2
                    && (bare_chinese || leading_zero || number.arabic)
                    && !text.has_any(end, &["前后", "前期"]));
            if leading_zero
                || bare_chinese && number.len() == 2
                || part && !(text.at(end) == '前' && number.arabic && !leading_zero)
            {
                let reference = self.clock.today_year().unwrap_or(2000);
                let near = (0..3)
                    .map(|c| (reference / 100 - 1 + c) * 100 + value)
                    .filter(|y| *y <= reference + 20)
                    .max()
                    .unwrap_or(value);
                return Some((near, end));
            }
        }
        None
    }

    pub(super) fn month_follows(&self, i: usize) -> bool {
        let at = self.text.blank(i);
        small(self.text, at).is_some_and(|(n, end)| (1..=12).contains(&n) && self.text.at(self.text.blank(end)) == '月')
    }

    /// ’98
    pub(super) fn short_year(&self, i: usize) -> Option<Phrase> {
        let (value, end) = small(self.text, i + 1)?;
        let text = self.text;
        // ’98 before a word, but not the end of a quotation before a number: ‘八一’98人.
        let quoted = (1..20).take_while(|k| *k <= i).any(|k| text.at(i - k) == '‘')
            || (end..end + 16).any(|k| text.at(k) == '\'');
        if end != i + 3
            || text.before(i).is_ascii_alphanumeric()
            || is_word(text.at(end)) && text.at(end) != '年' && (quoted || self.values.units.at(text, end).is_some())
            || text.at(end).is_ascii_alphanumeric()
            || matches!(text.at(end), '%' | '.')
        {
            return None;
        }
        let year = if value >= 40 { 1900 } else { 2000 } + i32::from(value);
        let end = self.text.eat(end, "年").unwrap_or(end);
        Some(Phrase {
            explicit: true,
            ..self.make(i, end, When::Point(Point::new(year, Rest::Year)), "value.date.year")
        })
    }

    /// What stands behind a year: half, quarter, season, month, festival, ends, or nothing.
    pub(super) fn in_year(&self, start: usize, year: i32, end: usize, from: YearFrom, alone: bool) -> Option<Phrase> {
        let text = self.text;
        let explicit = from != YearFrom::Word;
        let at = text.blank(end);
        let done =
            |end: usize, when: When, rule: &'static str| Some(Phrase { explicit, ..self.make(start, end, when, rule) });
        let months = |a: u8, b: u8| {
            let (first, last) = (Point::of_month((year, a)), Point::of_month((year, b)));
            When::range(first, last)
        };
        let at = match text.at(at) {
            '的' if alone => at + 1,
            _ => at,
        };
        if alone {
            if let Some((word, behind)) = text.eat_any(at, &["上半年", "前半年", "下半年", "后半年"]) {
                let when = if matches!(word, "上半年" | "前半年") { months(1, 6) } else { months(7, 12) };
                return done(behind, when, "value.date.part");
            }
            if let Some((word, behind)) =
                text.eat_any(at, &["年初", "岁初", "初", "年底", "年末", "岁末", "年终", "末", "底", "年中", "伊始"])
                && !text.has_any(
                    behind,
                    &[
                        "步", "级", "中", "心", "衷", "期", "子", "线", "层", "部", "下", "座", "盘", "次", "稿", "审",
                        "具", "二", "三", "五", "十", "一",
                    ],
                )
                && text.at(at.wrapping_sub(1)) != '的'
            {
                let _ = word;
                return done(behind, When::Point(Point::new(year, Rest::Year).about()), "value.date.part");
            }
            if text.at(at) == '中' && matches!(text.at(at + 1), '，' | '。' | '\0' | '的') {
                return done(at + 1, When::Point(Point::new(year, Rest::Year).about()), "value.date.part");
            }
        }
        if from == YearFrom::Lunar
            && let Some(phrase) = self.lunar(at, Some((year, from)))
        {
            return Some(Phrase { start, explicit, ..phrase });
        }
        if let Some((when, behind)) = self.quarter(at, year, alone) {
            return done(behind, when, "value.date.part");
        }
        if let Some((when, behind)) = self.first_months(at, year, alone) {
            return done(behind, when, "value.date.part");
        }
        if alone && let Some((code, behind)) = season(text, at) {
            if let Some((word, behind)) =
                text.eat_any(at, &["春夏之交", "夏秋之交", "秋冬之交", "春夏", "夏秋", "秋冬"])
            {
                let first = if word.starts_with('春') {
                    21
                } else if word.starts_with('夏') {
                    22
                } else {
                    23
                };
                let point = |code| Point::new(year, Rest::Part(code));
                return done(behind, When::range(point(first), point(first + 1)), "value.date.season");
            }
            return done(behind, When::Point(Point::new(year, Rest::Part(code))), "value.date.season");
        }
        if alone && let Some(phrase) = self.lunar(at, Some((year, from))) {
            return Some(Phrase { start, explicit, ..phrase });
        }
        if alone {
            let quoted = matches!(text.at(at), '“' | '‘' | '"' | '\'' | '「');
            if let Some((Word::Festival(index), behind)) =
                self.values.calendar.words.longest(text, at + usize::from(quoted))
                && let Some(phrase) = self.festival(at, *index, behind, Some(year), quoted)
            {
                return Some(Phrase { start, explicit, ..phrase });
            }
            // 2023年第十天, 2021年的第三个月
            if text.at(at) == '第'
                && let Some((n, behind)) = small(text, at + 1)
            {
                if let Some(behind) =
                    text.eat_any(behind, &["个月", "月"]).map(|(_, e)| e).filter(|_| (1..=12).contains(&n))
                {
                    return done(behind, When::Point(Point::of_month((year, n as u8))), "value.date.month");
                }
                if text.at(behind) == '天' && (1..=366).contains(&n) {
                    let day = civil::shift((year, 1, 1), i64::from(n) - 1);
                    return self.in_day(start, day, behind + 1, explicit);
                }
            }
            if let Some((month, behind)) = self.month_number(at) {
                return self.in_month(start, year, month, behind, explicit);
            }
            if let Some((Word::Month(0, _), behind)) = self.values.calendar.words.longest(text, at)
                && let Some(month) = self.clock.today().and_then(|p| p.month())
            {
                return self.in_month(start, year, month, behind, explicit);
            }
        }
        if !alone {
            return None;
        }
        // 2025年度, and the year by itself.
        let mut behind = end;
        if text.at(behind) == '度' && !text.has_any(behind, &["度假", "度过"]) {
            behind += 1;
        }
        let rule = if explicit { "value.date.year" } else { "value.date.relative-year" };
        done(behind, When::Point(Point::new(year, Rest::Year)), rule)
    }
}

fn season(text: &Chars, i: usize) -> Option<(u8, usize)> {
    let at = match text.at(i) {
        '初' | '早' | '仲' | '盛' | '暮' | '深' | '隆' | '寒' | '金' | '晚' | '严' => i + 1,
        _ => i,
    };
    let code = match text.at(at) {
        '春' => 21,
        '夏' => 22,
        '秋' => 23,
        '冬' => 24,
        _ => return None,
    };
    match text.eat_any(at + 1, &["季", "天", "日"]) {
        Some((_, end)) => Some((code, end)),
        None if !text.has_any(
            at + 1,
            &[
                "节", "运", "晚", "耕", "奥", "残", "至", "分", "粮", "播", "收", "种", "训", "令", "游", "雨", "风",
                "季", "蕾", "笋", "华", "兰", "明", "虫", "小", "景", "香", "波",
            ],
        ) =>
        {
            Some((code, at + 1))
        }
        None => None,
    }
}
