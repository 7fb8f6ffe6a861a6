//! Dates: the grammar of a date phrase.

use super::Values;
use super::calendar::{Anchor, Word};
use super::chars::Chars;
use super::civil::{self, Day};
use super::clock::Clock;
use super::edtf::{Point, Rest, When};
use super::figure::{is_word, separator};
use super::number;
use super::time;

/// A date phrase.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) when: When,
    pub(super) rule: &'static str,
    /// Its year stands there in digits.
    pub(super) explicit: bool,
    /// What later dates may refer to.
    pub(super) said: Option<Point>,
    pub(super) festival: Option<(String, i32)>,
}

/// Reads dates of one paragraph.
pub(super) struct Reader<'a> {
    pub(super) values: &'a Values,
    pub(super) text: &'a Chars,
    pub(super) clock: &'a Clock,
    /// The first part of a range, which lends its year, month and day to the second.
    pub(super) lent: Option<Point>,
}

/// Where a year came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum YearFrom {
    Digits,
    Word,
}

impl Reader<'_> {
    /// The date phrase at `i`, ranges and suffixes included.
    pub(super) fn phrase(&self, i: usize, floor: usize) -> Option<Phrase> {
        let mut phrase = self.single(i, floor)?;
        if self.lent.is_none()
            && let Some(range) = self.range(&phrase, floor)
        {
            phrase = range;
        }
        if self.lent.is_none() {
            self.suffix(&mut phrase);
        }
        Some(phrase)
    }

    /// X至Y.
    fn range(&self, first: &Phrase, floor: usize) -> Option<Phrase> {
        let from = first.when.first()?;
        if !matches!(first.when, When::Point(_)) {
            return None;
        }
        let text = self.text;
        let at = separator(text, first.end).or_else(|| {
            // 2015年和2018年之间
            (matches!(text.at(first.end), '和' | '与')).then_some(first.end + 1)
        })?;
        let between = matches!(text.at(at - 1), '和' | '与');
        let at = text.eat_any(at, &["今年的", "其"]).map_or(at, |_| at);
        let lender = Reader { lent: Some(from), ..*self };
        let second = lender.single(at, at.max(floor))?;
        let to = match second.when {
            When::Point(point) => point,
            When::Range(_, Some(point)) => point,
            _ => return None,
        };
        let mut end = second.end;
        if between {
            end = text.eat_any(end, &["之间", "间"])?.1;
        }
        if to.days().1 < from.days().0 {
            return None;
        }
        if from.precision() as u8 != to.precision() as u8
            && matches!(to.rest, Rest::Century | Rest::Decade) != matches!(from.rest, Rest::Century | Rest::Decade)
        {
            return None;
        }
        Some(Phrase {
            start: first.start,
            end,
            when: When::range(from, to),
            rule: "value.date.range",
            explicit: first.explicit,
            said: Some(to),
            festival: None,
        })
    }

    /// One date without a range.
    fn single(&self, i: usize, floor: usize) -> Option<Phrase> {
        let text = self.text;
        let (at, quoted) = match text.at(i) {
            '“' | '‘' | '\'' | '"' | '「' | '『' => (i + 1, true),
            _ => (i, false),
        };
        if quoted {
            if text.at(i) == '\'' && text.at(at).is_ascii_digit() {
                return self.short_year(i);
            }
            if let Some(phrase) = self.plan(i) {
                return Some(phrase);
            }
            return match self.values.calendar.words.longest(text, at)? {
                (&Word::Festival(index), end) => self.festival(i, index, end, None, true),
                _ => None,
            };
        }
        if let Some(phrase) = self.plan(i) {
            return Some(phrase);
        }
        if let Some((word, end)) = self.values.calendar.words.longest(text, i)
            && let Some(phrase) = self.word(i, word, end, floor)
        {
            return Some(phrase);
        }
        if let Some(phrase) = self.century_word(i) {
            return Some(phrase);
        }
        if let Some(phrase) = self.weekday(i) {
            return Some(phrase);
        }
        // 从那时到2013年
        if text.has_any(i, &["那时到", "那时至", "当时到"])
            && let Some(said) = self.clock.last()
        {
            return Some(self.make(
                i,
                i + 2,
                When::Point(Point::new(said.point.year, Rest::Year)),
                "value.date.relative-year",
            ));
        }
        if let Some(phrase) = self.lunar(i, None) {
            return Some(phrase);
        }
        if number::digit(text.at(i)).is_some()
            || text.at(i).is_ascii_digit()
            || matches!(text.at(i), '十' | '前' | '第' | '半' | '数' | '廿')
            || text.has(i, "公元")
        {
            if let Some(phrase) = self.iso(i) {
                return Some(phrase);
            }
            if let Some(phrase) = self.counted(i, floor) {
                return Some(phrase);
            }
            if let Some(phrase) = self.decade(i) {
                return Some(phrase);
            }
            if let Some((year, end)) = self.year(i) {
                return self.in_year(i, year, end, YearFrom::Digits, true);
            }
            if let Some(phrase) = self.in_year(i, self.default_year()?, i, YearFrom::Word, false) {
                return Some(phrase);
            }
            if let Some(phrase) = self.month_or_day(i) {
                return Some(phrase);
            }
        }
        self.time_of_day(i)
    }

    fn make(&self, start: usize, end: usize, when: When, rule: &'static str) -> Phrase {
        Phrase { start, end, when, rule, explicit: false, said: when.last().or(when.first()), festival: None }
    }

    /// The year that a date without one belongs to, before its month is known.
    fn default_year(&self) -> Option<i32> {
        self.lent
            .map(|p| p.year)
            .or(self.clock.today_year())
            .or(self.clock.last().map(|said| said.point.year))
            .or(Some(0))
    }

    /// The last date of the text that may lend its year at `i`: in the same sentence, or a full date of the paragraph.
    fn near(&self, i: usize) -> Option<Point> {
        let said = self.clock.last().filter(|said| said.explicit)?;
        let end = said.end?;
        let sentence = (end..i).all(|k| !matches!(self.text.at(k), '。' | '！' | '？' | '\n'));
        (sentence || said.point.month().is_some()).then_some(said.point)
    }

    /// Digits and 年.
    pub(super) fn year(&self, i: usize) -> Option<(i32, usize)> {
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

    fn month_follows(&self, i: usize) -> bool {
        let at = self.text.blank(i);
        small(self.text, at).is_some_and(|(n, end)| (1..=12).contains(&n) && self.text.at(self.text.blank(end)) == '月')
    }

    /// ’98
    fn short_year(&self, i: usize) -> Option<Phrase> {
        let (value, end) = small(self.text, i + 1)?;
        if end != i + 3 || is_word(self.text.at(end)) && self.text.at(end) != '年' || self.text.at(end).is_ascii_digit()
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
    fn in_year(&self, start: usize, year: i32, end: usize, from: YearFrom, alone: bool) -> Option<Phrase> {
        let text = self.text;
        let explicit = from == YearFrom::Digits;
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

    /// 一季度, 第三季度, 前三季度, 1至3季度.
    fn quarter(&self, i: usize, year: i32, alone: bool) -> Option<(When, usize)> {
        let text = self.text;
        let (first, at) = match text.eat_any(i, &["前", "头", "第"]) {
            Some((word, at)) => (word, at),
            None => ("", i),
        };
        let (n, end) = small(text, at)?;
        let (low, n, end) = match text.eat_any(end, &["至", "到", "-", "、"]).and_then(|(_, e)| small(text, e)) {
            Some((second, end)) if first.is_empty() && second > n => (n, second, end),
            _ => (n, n, end),
        };
        let end = match text.eat_any(end, &["个季度", "季度", "季"]) {
            Some(("季", end)) if !alone && !matches!(first, "前") => {
                let _ = end;
                return None;
            }
            Some((word, end)) => {
                if word == "个季度" && first.is_empty() || word == "季" && text.at(end) == '稻' {
                    return None;
                }
                end
            }
            None => return None,
        };
        if !(1..=4).contains(&n) {
            return None;
        }
        let Some(year) = (if alone { Some(year) } else { self.quarter_year(i) }) else {
            return Some((When::Vague, end));
        };
        if matches!(first, "前" | "头") || low < n {
            let low = if matches!(first, "前" | "头") { 1 } else { low };
            if first.is_empty() && low < n || n > 1 {
                return Some((
                    When::range(Point::of_month((year, low as u8 * 3 - 2)), Point::of_month((year, n as u8 * 3))),
                    end,
                ));
            }
        }
        Some((When::Point(Point::new(year, Rest::Part(32 + n as u8))), end))
    }

    /// The year of a quarter or a run of months named without one.
    fn quarter_year(&self, i: usize) -> Option<i32> {
        if let Some(lent) = self.lent {
            return Some(lent.year);
        }
        let said = self.clock.last().filter(|said| said.end.is_some() && said.end <= Some(i)).map(|said| said.point);
        let today = self.clock.today_year();
        match (said, today) {
            (Some(point), Some(today)) if (today - 2..=today).contains(&point.year) => Some(point.year),
            (_, Some(today)) => Some(today),
            (Some(point), None) => Some(point.year),
            _ => None,
        }
    }

    /// 前三个月, 1至9月, 头两个月, 后三月.
    fn first_months(&self, i: usize, year: i32, alone: bool) -> Option<(When, usize)> {
        let text = self.text;
        if let Some((word, at)) = text.eat_any(i, &["前", "头", "后"]) {
            let (n, at) = small(text, at)?;
            let counted = text.eat(at, "个月");
            let end = counted.or_else(|| text.eat(at, "月").filter(|_| alone))?;
            if !(1..=12).contains(&n) || (!alone && (word == "后" || counted.is_none())) {
                return None;
            }
            let year = if alone { year } else { self.quarter_year(i)? };
            let n = n as u8;
            let (a, b) = if word == "后" { (13 - n, 12) } else { (1, n) };
            return Some((When::range(Point::of_month((year, a)), Point::of_month((year, b))), end));
        }
        let (a, at) = small(text, i)?;
        let sep = separator(text, at).or_else(|| matches!(text.at(at), '、' | '和').then_some(at + 1));
        let (b, end) = match sep {
            Some(sep) => small(text, sep)?,
            None => {
                // 七八月
                let number = number::read(text, i)?;
                let (low, high) = (number.low.to_i64()?, number.high.to_i64()?);
                if low == high || number.arabic {
                    return None;
                }
                let end = text.eat(number.end, "月")?;
                if !(1..=12).contains(&low) || high > 12 {
                    return None;
                }
                let year = if alone { year } else { self.month_year(i, low as u8)? };
                let end = text.eat(end, "份").unwrap_or(end);
                return Some((
                    When::range(Point::of_month((year, low as u8)), Point::of_month((year, high as u8))),
                    end,
                ));
            }
        };
        let end = text.eat(end, "月")?;
        // 4-5月 here; 4月28日 has its own reader.
        if !(1..=12).contains(&a)
            || !(1..=12).contains(&b)
            || a >= b
            || small(text, end).is_some_and(|(_, e)| matches!(text.at(e), '日' | '号'))
        {
            return None;
        }
        let year = if alone { year } else { self.month_year(i, a as u8)? };
        let end = text.eat(end, "份").unwrap_or(end);
        Some((When::range(Point::of_month((year, a as u8)), Point::of_month((year, b as u8))), end))
    }

    /// 3月, 十一月, 3月份: the month and the position behind.
    fn month_number(&self, i: usize) -> Option<(u8, usize)> {
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
    fn month_or_day(&self, i: usize) -> Option<Phrase> {
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
            if is_word(before)
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
    fn month_year(&self, i: usize, month: u8) -> Option<i32> {
        self.month_year_or_none(i, month, i)
    }

    fn month_year_or_none(&self, i: usize, month: u8, _end: usize) -> Option<i32> {
        if let Some(lent) = self.lent {
            return Some(if lent.month().is_some_and(|from| month < from) { lent.year + 1 } else { lent.year });
        }
        if let Some(near) = self.near(i) {
            let Some(from) = near.month() else { return Some(near.year) };
            return Some(if i64::from(from) - i64::from(month) > 6 { near.year + 1 } else { near.year });
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

    /// The day of the month nearest to the date that the text speaks from.
    fn day_of_month(&self, i: usize, day: u8) -> Option<Day> {
        if let Some(lent) = self.lent
            && let Some(month) = lent.month()
        {
            let (year, month) = if lent.day().is_some_and(|d| d.2 > day) {
                civil::shift_month(lent.year, month, 1)
            } else {
                (lent.year, month)
            };
            return Some((year, month, day)).filter(|&d| civil::exists(d));
        }
        let said = self
            .clock
            .last()
            .filter(|said| said.end.is_some_and(|end| end <= i))
            .map(|said| said.point)
            .filter(|p| p.month().is_some());
        let today = self.clock.today().filter(|p| p.month().is_some());
        let base = said.or(today).or(self.clock.last().map(|said| said.point).filter(|p| p.month().is_some()))?;
        let month = base.month()?;
        let Some(day_of_base) = base.day() else {
            return Some((base.year, month, day)).filter(|&d| civil::exists(d));
        };
        let reference = civil::number(day_of_base);
        (-2..=2)
            .map(|by| civil::shift_month(base.year, month, by))
            .map(|(y, m)| (y, m, day))
            .filter(|&d| civil::exists(d))
            .min_by_key(|&d| ((civil::number(d) - reference).abs(), d))
    }

    /// What stands behind a month: day, 旬, ends.
    fn in_month(&self, start: usize, year: i32, month: u8, end: usize, explicit: bool) -> Option<Phrase> {
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

    /// What stands behind a day: weekday, part of the day, clock time.
    fn in_day(&self, start: usize, day: Day, end: usize, explicit: bool) -> Option<Phrase> {
        let text = self.text;
        let rule = "value.date.day";
        let finish =
            |end: usize, when: When, rule: &'static str| Some(Phrase { explicit, ..self.make(start, end, when, rule) });
        let mut at = end;
        let mut behind = end;
        if let Some(after) = time::weekday_mark(text, at) {
            at = after;
            if !matches!(text.before(after), ')' | '）') {
                behind = after;
            }
        }
        let gap = text.blank(at);
        if let Some((moment, clock_end, with_clock)) = time::read(text, gap, true) {
            let when = moment.on(day);
            return finish(clock_end, when, if with_clock { "value.date.clock" } else { rule });
        }
        if gap == at
            && text.at(at) == '的'
            && let Some((moment, clock_end, true)) = time::read(text, at + 1, true)
        {
            return finish(clock_end, moment.on(day), "value.date.clock");
        }
        finish(behind, When::Point(Point::of_day(day)), rule)
    }

    /// A clock time or a part of the day without a date.
    fn time_of_day(&self, i: usize) -> Option<Phrase> {
        if self.text.before(i).is_ascii_alphanumeric() || matches!(self.text.before(i), ':' | '.' | '第' | '/') {
            return None;
        }
        let (moment, end, with_clock) = time::read(self.text, i, false)?;
        if !with_clock {
            return None;
        }
        let day = self
            .lent
            .and_then(|p| p.day())
            .or(self.clock.last().filter(|said| said.end.is_some()).and_then(|said| said.point.day()))
            .or(self.clock.today_day())
            .or(self.clock.last().and_then(|said| said.point.day()));
        let moment = match self.lent {
            Some(Point { rest: Rest::Time(_, _, hour, ..), .. }) => moment.after(hour),
            _ => moment,
        };
        match day {
            Some(day) => Some(self.make(i, end, moment.on(day), "value.date.clock")),
            None => Some(Phrase { said: None, ..self.make(i, end, When::Vague, "value.date.clock") }),
        }
    }

    /// 星期一, 周五上午: the day of the week that the document lies in.
    fn weekday(&self, i: usize) -> Option<Phrase> {
        let text = self.text;
        if number::begins(text, i.wrapping_sub(1)) || matches!(text.before(i), '每' | '个' | '逢' | '各' | '双' | '两')
        {
            return None;
        }
        let (word, at) = text.eat_any(i, &["星期", "礼拜", "周"])?;
        let (n, end) = time::weekday_letter(text, at)?;
        // 周一至周五 are hours of business.
        let weekly = |at: usize| text.has_any(at, &["周", "星期", "礼拜"]);
        if separator(text, end).is_some_and(weekly)
            || matches!(text.before(i), '至' | '到' | '-') && self.lent.is_none()
        {
            return None;
        }
        let bounded = !is_word(text.at(end)) || time::read(text, end, true).is_some_and(|(_, behind, _)| behind > end);
        if word == "周"
            && (!bounded || is_word(text.before(i)) && !matches!(text.before(i), '在' | '于' | '到' | '至' | '从'))
        {
            return None;
        }
        match self.clock.today_day() {
            Some(day) => self.in_day(i, civil::day(civil::number(day) - civil::weekday(day) + n), end, false),
            None => {
                let phrase = self.in_day(i, (2000, 1, 1), end, false)?;
                Some(Phrase { when: When::Vague, said: None, ..phrase })
            }
        }
    }

    /// A word of the calendar tables.
    fn word(&self, i: usize, word: &Word, end: usize, floor: usize) -> Option<Phrase> {
        let text = self.text;
        let today = self.clock.today();
        let said = self.lent.or(self.clock.last().map(|said| said.point));
        let vague =
            |end: usize, rule: &'static str| Some(Phrase { said: None, ..self.make(i, end, When::Vague, rule) });
        match word {
            Word::Vague => {
                if text.has(i, "新时代") && text.has_any(end, &["中国特色社会主义", "文明实践", "好少年", "产业工人"])
                    || text.has(i, "现在") && text.before(i) == '表'
                {
                    return None;
                }
                // 今后五年 is read from its number.
                if text.has(i, "今后") && number::begins(text, end)
                    || matches!(text.before(i), '以' | '如') && text.has(i, "近")
                {
                    return None;
                }
                vague(end, "value.date.vague")
            }
            Word::Year(shift, anchor) => {
                // 达产后年产值: 后 and 年产值.
                if text.has_any(i, &["后年", "前年", "同年"])
                    && text.has_any(end, &["产", "均", "收", "薪", "利", "营", "销", "龄", "级", "轻"])
                {
                    return None;
                }
                if text.has_any(i, &["当年", "那年", "这年"]) && text.has_any(end, &["轻", "龄", "纪", "代"])
                    || text.has(end, "夜饭")
                    || text.has(i, "全年") && text.has_any(end, &["级", "无休", "龄"])
                    || text.has(i, "年内") && text.before(i).is_ascii_digit()
                    || text.has(i, "年内") && is_year_count(text, i)
                {
                    return None;
                }
                let base = match anchor {
                    Anchor::Today => self.clock.today_year(),
                    Anchor::Said => said.map(|p| p.year).or(self.clock.today_year()),
                    Anchor::Report => self.report_year(i),
                };
                match base {
                    Some(base) => {
                        let mut phrase = self.in_year(i, base + shift, end, YearFrom::Word, true)?;
                        if phrase.end == end && text.at(end) == '内' && text.has(i, "今年") {
                            phrase.end = end;
                        }
                        Some(phrase)
                    }
                    None => {
                        let phrase = self.in_year(i, 2000, end, YearFrom::Word, true)?;
                        vague(phrase.end, "value.date.relative-year")
                    }
                }
            }
            Word::Season(shift, code) => {
                let year = self.clock.today_year()? + shift;
                // 去冬今春
                if let Some((Word::Season(to, code_to), end)) = self.values.calendar.words.longest(text, end) {
                    let last = Point::new(self.clock.today_year()? + to, Rest::Part(*code_to));
                    return Some(self.make(
                        i,
                        end,
                        When::range(Point::new(year, Rest::Part(*code)), last),
                        "value.date.season",
                    ));
                }
                Some(self.make(i, end, When::Point(Point::new(year, Rest::Part(*code))), "value.date.season"))
            }
            Word::Month(shift, anchor) => {
                // 首次月球采样
                if text.at(end) == '球' || text.has(i, "次月") && matches!(text.before(i), '首' | '一' | '每') {
                    return None;
                }
                let base = match anchor {
                    Anchor::Said => said.filter(|p| p.month().is_some()).or(today),
                    _ => today,
                };
                match base.and_then(|p| p.month().map(|m| civil::shift_month(p.year, m, *shift))) {
                    Some((year, month)) => {
                        if let Some((n, behind)) = text.eat(end, "前").and_then(|at| small(text, at))
                            && text.at(behind) == '天'
                            && (1..=28).contains(&n)
                        {
                            let when =
                                When::range(Point::of_day((year, month, 1)), Point::of_day((year, month, n as u8)));
                            return Some(self.make(i, behind + 1, when, "value.date.part"));
                        }
                        let phrase = self.in_month(i, year, month, end, false)?;
                        let rule =
                            if phrase.rule == "value.date.month" { "value.date.relative-month" } else { phrase.rule };
                        Some(Phrase { rule, ..phrase })
                    }
                    None => vague(end, "value.date.relative-month"),
                }
            }
            Word::Week(shift) => {
                let weekday = time::weekday_letter(text, end);
                match self.clock.today_day() {
                    Some(day) => {
                        let monday = civil::number(day) - civil::weekday(day) + 7 * shift;
                        match weekday {
                            Some((n, end)) => self.in_day(i, civil::day(monday + n), end, false),
                            None if text.has(end, "末") => {
                                let when = When::range(
                                    Point::of_day(civil::day(monday + 5)),
                                    Point::of_day(civil::day(monday + 6)),
                                );
                                Some(self.make(i, end + 1, when, "value.date.relative-week"))
                            }
                            None if text
                                .has_any(end, &["岁", "年", "边", "围", "刊", "期", "长", "全", "一起", "报"]) =>
                            {
                                None
                            }
                            None => {
                                let when = When::range(
                                    Point::of_day(civil::day(monday)),
                                    Point::of_day(civil::day(monday + 6)),
                                );
                                Some(self.make(i, end, when, "value.date.relative-week"))
                            }
                        }
                    }
                    None => vague(weekday.map_or(end, |(_, end)| end), "value.date.relative-week"),
                }
            }
            Word::Day(shift, anchor, part) => {
                // 同日本的关系
                if text.before(end) == '日'
                    && text.at(end) == '本'
                    && !text.has_any(end, &["本报", "本市", "本县", "本院"])
                {
                    return None;
                }
                if text.has(i, "今天") && text.before(i) == '《'
                    || text.has(i, "今日") && text.has(end, "头条")
                    || text.has(i, "明日") && text.has(end, "之")
                    || text.has(i, "后天")
                        && (text.has_any(end, &["形", "努", "的"])
                            || matches!(text.before(i), '先' | '今' | '以' | '之' | '年' | '月'))
                    || text.has(i, "前天") && matches!(text.before(i), '以')
                    || text.has(i, "第二天") && text.before(i) == '的'
                {
                    return None;
                }
                let base = match anchor {
                    Anchor::Said => self
                        .lent
                        .or(self.clock.last().map(|said| said.point))
                        .and_then(|p| p.day())
                        .or(self.clock.today_day()),
                    _ => self.clock.today_day(),
                };
                let Some(base) = base else {
                    // The part of the day and the clock still belong to it.
                    let phrase = self.in_day(i, (2000, 1, 1), end, false)?;
                    return vague(phrase.end, "value.date.relative-day");
                };
                let day = civil::shift(base, i64::from(*shift as i32));
                if let Some(part) = part
                    && let Some((moment, behind)) = time::clock_in(text, end, part)
                {
                    return Some(Phrase {
                        explicit: false,
                        ..self.make(i, behind, moment.on(day), "value.date.clock")
                    });
                }
                let mut phrase = self.in_day(i, day, end, false)?;
                if phrase.rule == "value.date.day" {
                    phrase.rule = "value.date.relative-day";
                }
                Some(phrase)
            }
            Word::Quarter(shift) => {
                let Some((today, month)) = today.and_then(|p| Some((p, p.month()?))) else {
                    return vague(end, "value.date.part");
                };
                let quarter = i64::from((month - 1) / 3) + shift;
                let year = today.year + quarter.div_euclid(4) as i32;
                let when = When::Point(Point::new(year, Rest::Part(33 + quarter.rem_euclid(4) as u8)));
                Some(self.make(i, end, when, "value.date.part"))
            }
            Word::Half(half, anchor) => {
                if text.before(i) == '年' && i > floor && number::digit(text.before(i - 1)).is_some() {
                    return None;
                }
                let year = match anchor {
                    Anchor::Report => self.quarter_year(i),
                    _ => self.clock.today_year(),
                };
                let Some(year) = year else { return vague(end, "value.date.part") };
                let (a, b) = if *half == 1 { (1, 6) } else { (7, 12) };
                let when = When::range(Point::of_month((year, a)), Point::of_month((year, b)));
                Some(self.make(i, end, when, "value.date.part"))
            }
            Word::HalfMonth(half) => {
                let today = today?;
                let month = today.month()?;
                let (a, b) = if *half == 1 { (1, 15) } else { (16, civil::month_length(today.year, month)) };
                let when = When::range(Point::of_day((today.year, month, a)), Point::of_day((today.year, month, b)));
                Some(self.make(i, end, when, "value.date.part"))
            }
            Word::HalfWeek(half) => {
                let day = self.clock.today_day()?;
                let monday = civil::number(day) - civil::weekday(day);
                let (a, b) = if *half == 1 { (0, 2) } else { (3, 6) };
                let when = When::range(Point::of_day(civil::day(monday + a)), Point::of_day(civil::day(monday + b)));
                Some(self.make(i, end, when, "value.date.part"))
            }
            Word::EndsOfYear => {
                if number::digit(text.before(i)).is_some()
                    || text.before(i).is_ascii_digit()
                    || matches!(text.before(i), '多' | '余' | '几' | '每' | '历' | '往' | '半' | '青' | '中' | '老')
                    || text.has_any(end, &["奖", "考核", "总结", "会议"]) && text.has(i, "年终")
                {
                    return None;
                }
                if text.has(i, "年中") && !matches!(text.at(end), '，' | '。' | '的')
                    || text.has(i, "年初")
                        && text.has_any(end, &["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"])
                {
                    return None;
                }
                let year = self.clock.today_year()?;
                Some(self.make(i, end, When::Point(Point::new(year, Rest::Year).about()), "value.date.part"))
            }
            Word::EndsOfMonth => {
                if text.before(i).is_ascii_digit()
                    || matches!(text.before(i), '每' | '个' | '月')
                    || number::digit(text.before(i)).is_some()
                {
                    return None;
                }
                let today = today?;
                let when = When::Point(Point::of_month((today.year, today.month()?)).about());
                Some(self.make(i, end, when, "value.date.part"))
            }
            Word::Years(a, b) => {
                let year = self.clock.today_year()?;
                let when = When::range(Point::new(year + a, Rest::Year), Point::new(year + b, Rest::Year));
                Some(self.make(i, end, when, "value.date.range"))
            }
            Word::Festival(index) => self.festival(i, *index, end, None, false),
            Word::Start(point) => self.start(i, *point, end),
            Word::Era(when) => Some(Phrase { said: None, ..self.make(i, end, *when, "value.date.era") }),
            Word::Congress(first, _) => self.congress(i, *first, end),
            Word::Reign(first, last) => {
                let (n, behind) = if text.has(end, "元年") { (1, end + 1) } else { small(text, end)? };
                let end = text.eat(behind, "年")?;
                let year = first + i32::from(n) - 1;
                if n == 0 || year > *last {
                    return None;
                }
                let phrase = self.in_year(i, year, end, YearFrom::Digits, true)?;
                Some(Phrase { rule: "value.date.reign", ..phrase })
            }
        }
    }

    /// 上年, 全年, 上半年: the year that a report speaks of.
    fn report_year(&self, i: usize) -> Option<i32> {
        let today = self.clock.today_year();
        let said = self.clock.last().map(|said| said.point.year);
        match (today, said) {
            (Some(today), Some(said)) if said == today - 1 || self.near(i).is_some() && said <= today => Some(said),
            (Some(today), _) => Some(today),
            (None, said) => said,
        }
    }

    /// A festival, with what stands round it.
    fn festival(&self, i: usize, index: usize, end: usize, year: Option<i32>, quoted: bool) -> Option<Phrase> {
        let text = self.text;
        let festival = self.values.calendar.festivals.get(index)?;
        let numeral = number::digit(text.before(end)).is_some();
        if matches!(text.at(end), '日' | '号' | '月')
            || numeral && (text.at(end) == '十' || number::digit(text.at(end)).is_some())
        {
            return None;
        }
        let mut end = end;
        let mut in_quotes = false;
        if quoted {
            if matches!(text.at(end), '”' | '’' | '\'' | '"' | '」' | '』') {
                end += 1;
                in_quotes = true;
            }
            // “五一”国际劳动节, “三八”妇女节, “五四”青年节
            if in_quotes
                && let Some((Word::Festival(other), other_end)) = self.values.calendar.words.longest(text, end)
                && self.values.calendar.festivals.get(*other)?.kind == festival.kind
            {
                end = other_end;
            }
        } else if text.at(end) == '”' {
            // “七一”, read from inside its quotes
            return None;
        }
        let holiday = text.has_any(
            end,
            &["期间", "假期", "小长假", "长假", "黄金周", "前夕", "前后", "节", "当天", "来临之际", "前", "后", "放假"],
        );
        let whole = end == text.len() && i == 0;
        let after_day = self.clock.last().is_some_and(|said| said.end == Some(i));
        // 一九七六年的十一年中 counts years.
        let counts = text.has_any(end, &["年", "个", "届", "项", "次", "名", "人", "家", "条", "位", "天"]);
        if festival.needs_quote
            && !(in_quotes || holiday || year.is_some() && !counts && text.before(i) != '的' || whole || after_day)
        {
            return None;
        }
        if festival.needs_year && year.is_none() && !whole && !text.has_any(end, &["节气", "时节", "当天", "节"])
        {
            return None;
        }
        if festival.name == "清明" && text.ends_any(i, &["政治", "吏治"])
            || text.has_any(
                end,
                &[
                    "重要讲话",
                    "劳动奖",
                    "奖章",
                    "奖状",
                    "奖",
                    "勋章",
                    "红旗",
                    "广场",
                    "路",
                    "大街",
                    "讲话",
                    "运动",
                    "精神",
                    "国际机场",
                    "联欢",
                    "晚会",
                    "档",
                    "口号",
                    "巾帼",
                    "号召",
                    "先锋",
                    "创新",
                    "献礼",
                    "条约",
                    "起义",
                    "杯",
                    "文化节",
                    "村",
                    "镇",
                    "农场",
                    "中学",
                    "小学",
                    "大学",
                    "工程",
                ],
            )
        {
            return None;
        }
        let year = year.or_else(|| self.festival_year(i, festival.kind, &festival.name));
        let Some((year, mut day)) =
            year.and_then(|year| Some((year, self.values.calendar.festival_day(festival.kind, year)?)))
        else {
            let phrase = self.make(i, end, When::Vague, "value.date.festival");
            return Some(Phrase { said: None, ..phrase });
        };
        // 2023年大年三十 is the last day of that lunar year.
        if festival.kind == super::calendar::FestivalKind::Lunar(12, 30)
            && end > i
            && text.has(i, "大年三十")
            && year_before(text, i)
        {
            day = self.values.calendar.festival_day(festival.kind, year + 1)?;
        }
        let group = group_of(festival.kind, &festival.name);
        let mut phrase = match text.eat_any(end, &["来临前夕", "到来前夕", "前夕", "的前夕"]) {
            Some((_, end)) => {
                self.make(i, end, When::Point(Point::of_day(civil::shift(day, -1)).about()), "value.date.festival")
            }
            None => {
                let mut end = end;
                // Mosques announce the day by the moon: the table can be a day off.
                let mut about = matches!(festival.kind, super::calendar::FestivalKind::Islamic(..));
                if let Some((_, behind)) = text.eat_any(
                    end,
                    &[
                        "假期期间",
                        "小长假期间",
                        "长假期间",
                        "黄金周期间",
                        "假期",
                        "小长假",
                        "长假",
                        "黄金周",
                        "期间",
                        "节日期间",
                        "来临之际",
                        "到来之际",
                        "前后",
                    ],
                ) {
                    end = behind;
                    about = true;
                }
                if about {
                    self.make(i, end, When::Point(Point::of_day(day).about()), "value.date.festival")
                } else {
                    let phrase = self.in_day(i, day, end, false)?;
                    let rule = if phrase.rule == "value.date.day" { "value.date.festival" } else { phrase.rule };
                    Phrase { rule, ..phrase }
                }
            }
        };
        phrase.said = Some(Point::of_day(day));
        phrase.festival = Some((group, year));
        Some(phrase)
    }

    /// The year of a festival named without one.
    fn festival_year(&self, i: usize, kind: super::calendar::FestivalKind, name: &str) -> Option<i32> {
        if let Some(lent) = self.lent {
            return Some(lent.year);
        }
        let group = group_of(kind, name);
        if let Some((known, year)) = &self.clock.memory.festival
            && *known == group
        {
            return Some(*year);
        }
        if let Some(near) = self.near(i) {
            return Some(near.year);
        }
        let today = match self.clock.today() {
            Some(today) => today,
            None => return self.clock.last().map(|said| said.point.year),
        };
        let Some(now) = today.day() else { return Some(today.year) };
        // The festival of the same year, unless a neighbouring one is much nearer.
        let distance = |year: i32| {
            self.values.calendar.festival_day(kind, year).map(|day| (civil::number(day) - civil::number(now)).abs())
        };
        let Some(same) = distance(today.year) else { return Some(today.year) };
        if same < 275 {
            return Some(today.year);
        }
        [today.year - 1, today.year, today.year + 1].into_iter().min_by_key(|&year| distance(year).unwrap_or(i64::MAX))
    }

    /// 改革开放以来, 新中国成立之初.
    fn start(&self, i: usize, point: Point, end: usize) -> Option<Phrase> {
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

    /// 党的十八大以来, 党的二十届三中全会以来.
    fn congress(&self, i: usize, point: Point, end: usize) -> Option<Phrase> {
        let text = self.text;
        let start = ["中国共产党第", "中共", "党的"]
            .iter()
            .find(|word| text.ends(i, word))
            .map(|word| i - word.chars().count())?;
        let at = text.eat_any(end, &["胜利召开", "召开", "闭幕"]).map_or(end, |(_, at)| at);
        let (word, behind) = text.eat_any(at, &["以来", "以后", "之后", "后", "至今"])?;
        if word == "后" && text.has_any(behind, &["续", "方", "勤"]) {
            return None;
        }
        Some(Phrase { said: None, ..self.make(start, behind, When::Range(Some(point), None), "value.date.since") })
    }

    /// “十四五”期间, 十五五时期, 第十四个五年规划期间, 七五计划期间.
    fn plan(&self, i: usize) -> Option<Phrase> {
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

    /// 以来, 至今, 前后, 之前, 期间: what turns a point into something else.
    fn suffix(&self, phrase: &mut Phrase) {
        let text = self.text;
        let end = phrase.end;
        let coarse = phrase.when.first().is_some_and(|p| {
            matches!(p.rest, Rest::Year | Rest::Month(_) | Rest::Day(..) | Rest::Decade | Rest::Century | Rest::Part(_))
        });
        let before_day = |p: Point| {
            let (first, _) = p.days();
            match p.rest {
                Rest::Year => Point::new(p.year - 1, Rest::Year),
                Rest::Month(m) => Point::of_month(civil::shift_month(p.year, m, -1)),
                _ => Point::of_day(civil::shift(first, -1)),
            }
        };
        let after_day = |p: Point| {
            let (_, last) = p.days();
            match p.rest {
                Rest::Year => Point::new(p.year + 1, Rest::Year),
                Rest::Month(m) => Point::of_month(civil::shift_month(p.year, m, 1)),
                _ => Point::of_day(civil::shift(last, 1)),
            }
        };
        if text.ends(phrase.start, "自从")
            && let When::Point(point) = phrase.when
        {
            phrase.when = When::Range(Some(point), None);
            phrase.rule = "value.date.since";
            return;
        }
        if let Some((_, behind)) = text.eat_any(end, &["以来", "至今"]) {
            if coarse {
                phrase.when = When::Range(phrase.when.first(), None);
                phrase.rule = "value.date.since";
            }
            phrase.end = behind;
            return;
        }
        if let Some((_, behind)) = text.eat_any(end, &["前后", "左右"])
            && let When::Point(point) = phrase.when
        {
            phrase.when = When::Point(point.about());
            phrase.end = behind;
            return;
        }
        let framed = text.ends_any(phrase.start, &["进入", "步入", "迈入", "到了"]);
        let open = matches!(phrase.when, When::Point(p) if matches!(p.rest, Rest::Year | Rest::Day(..) | Rest::Time(..) | Rest::Month(_)))
            && !framed;
        if open && let Some(point) = phrase.when.first() {
            let timed = matches!(point.rest, Rest::Time(..));
            if let Some((word, behind)) = text.eat_any(
                end,
                &[
                    "或之前",
                    "及之前",
                    "或以前",
                    "及以前",
                    "以前",
                    "之前",
                    "或之后",
                    "及之后",
                    "或以后",
                    "及以后",
                    "之后",
                    "以后",
                ],
            ) && phrase.rule != "value.date.relative-day"
            {
                let when = match word {
                    _ if point.about && word.ends_with('前') => When::Range(None, Some(point)),
                    _ if point.about => When::Range(Some(point), None),
                    "或之前" | "及之前" | "或以前" | "及以前" => When::Range(None, Some(point)),
                    "以前" | "之前" => {
                        When::Range(None, Some(if timed { time::before(point) } else { before_day(point) }))
                    }
                    "或之后" | "及之后" | "或以后" | "及以后" => When::Range(Some(point), None),
                    _ => When::Range(Some(if timed { point } else { after_day(point) }), None),
                };
                phrase.when = when;
                phrase.end = behind;
                phrase.rule = "value.date.open";
            }
        }
    }

    /// 2025-04-28, 2025/4/28, 2025.4.28, 20250428, 2025-04-28T09:30, 1999.08-2002.02.
    fn iso(&self, i: usize) -> Option<Phrase> {
        let text = self.text;
        let before = text.before(i);
        if !text.at(i).is_ascii_digit()
            || before.is_ascii_alphanumeric()
            || self.lent.is_none()
                && matches!(before, '.' | '/' | '-')
                && text.before(i.saturating_sub(1)).is_ascii_digit()
        {
            return None;
        }
        let run = |mut at: usize| {
            let start = at;
            while text.at(at).is_ascii_digit() {
                at += 1;
            }
            at - start
        };
        let value = |at: usize, len: usize| text.text(at, at + len).parse::<i32>().ok();
        let len = run(i);
        let explicit = |phrase: Phrase| Some(Phrase { explicit: true, ..phrase });
        if len == 8 {
            let (y, m, d) = (value(i, 4)?, value(i + 4, 2)?, value(i + 6, 2)?);
            if (1900..2100).contains(&y)
                && civil::exists((y, m as u8, d as u8))
                && m > 0
                && d > 0
                && !matches!(text.at(i + 8), '.' | '万' | '亿' | '元' | '股')
            {
                return explicit(self.make(
                    i,
                    i + 8,
                    When::Point(Point::of_day((y, m as u8, d as u8))),
                    "value.date.numeric",
                ));
            }
            return None;
        }
        if len == 2
            && text.at(i + 2) == '-'
            && run(i + 3) == 2
            && text.at(i + 5) == ' '
            && let Some((moment, end, true)) = time::read(text, i + 6, false)
        {
            // 09-01 20:01
            let (m, d) = (value(i, 2)?, value(i + 3, 2)?);
            let day = (self.clock.today_year()?, u8::try_from(m).ok()?, u8::try_from(d).ok()?);
            return civil::exists(day).then(|| self.make(i, end, moment.on(day), "value.date.numeric"));
        }
        if len != 4 {
            return None;
        }
        let year = value(i, 4)?;
        if !(1000..2300).contains(&year) {
            return None;
        }
        let separator_mark = text.at(i + 4);
        if !matches!(separator_mark, '-' | '/' | '.' | ' ') {
            return self.bare_years(i, year);
        }
        let month_len = run(i + 5);
        let Some(month) = value(i + 5, month_len).filter(|m| (1..=2).contains(&month_len) && (1..=12).contains(m))
        else {
            return self.bare_years(i, year);
        };
        let month = month as u8;
        let at = i + 5 + month_len;
        if text.at(at) == separator_mark && text.at(at + 1).is_ascii_digit() {
            let mut day_len = run(at + 1);
            // 2018-12-1209:03 lost its blank.
            if day_len == 4 && text.at(at + 5) == ':' {
                day_len = 2;
            }
            let day = value(at + 1, day_len).filter(|d| (1..=2).contains(&day_len) && *d >= 1 && *d <= 31)? as u8;
            if !civil::exists((year, month, day)) || separator_mark == ' ' && is_word(text.at(at + 1 + day_len)) {
                return None;
            }
            let mut end = at + 1 + day_len;
            if text.at(end) == 'T' {
                end += 1;
            }
            let zoned = text.at(end - 1) == 'T';
            let clock = match zoned {
                true => time::single(text, end).map(|(moment, behind)| (moment, behind, true)),
                false => time::read(text, text.blank(end), true),
            };
            if let Some((moment, mut behind, true)) = clock {
                // 08:15:30-05:30, 08:15Z
                if matches!(text.at(behind), '+' | '-')
                    && run(behind + 1) == 2
                    && text.at(behind + 3) == ':'
                    && run(behind + 4) == 2
                    && text.at(end - 1) == 'T'
                {
                    behind += 6;
                } else if text.at(behind) == 'Z' {
                    behind += 1;
                }
                return explicit(self.make(i, behind, moment.on((year, month, day)), "value.date.numeric"));
            }
            let end = at + 1 + day_len;
            let end = text.eat(end, "日").unwrap_or(end);
            return self
                .in_day(i, (year, month, day), end, true)
                .map(|phrase| Phrase { rule: "value.date.numeric", ..phrase });
        }
        if separator_mark == ' '
            || month_len != 2
            || matches!(text.at(at), '.' | '-' | '/' | '万' | '亿' | '%' | '元' | '年')
                && !(text.at(at) == '-' && run(at + 1) == 4)
            || separator_mark == '.' && self.values.units.at(text, at).is_some()
            || text.at(at).is_ascii_alphanumeric()
        {
            return self.bare_years(i, year);
        }
        explicit(self.make(i, at, When::Point(Point::of_month((year, month))), "value.date.numeric"))
    }

    /// 2021—2025年, 1908—1986, 2021、2022年, a year alone in its cell, 从2016到2018.
    fn bare_years(&self, i: usize, year: i32) -> Option<Phrase> {
        let text = self.text;
        let end = i + 4;
        if text.at(end).is_ascii_digit() {
            return None;
        }
        let explicit = |phrase: Phrase| Some(Phrase { explicit: true, ..phrase });
        let plausible = |y: u16| (1000..2300).contains(&y);
        if let Some(sep) = separator(text, end)
            && let Some((last, behind)) = small(text, sep)
            && behind == sep + 4
            && plausible(last)
            && i32::from(last) > year
        {
            let closing = text.eat(text.blank(behind), "年").filter(|_| !text.has(text.blank(behind), "年代"));
            let standing = matches!(text.before(i), '(' | '从' | '自' | '\0') || text.ends(i, "时间从");
            if (closing.is_some() || standing) && !text.at(behind).is_ascii_digit() {
                let when = When::range(Point::new(year, Rest::Year), Point::new(i32::from(last), Rest::Year));
                return explicit(self.make(i, closing.unwrap_or(behind), when, "value.date.range"));
            }
        }
        if matches!(text.at(end), '、' | '和' | '与' | '及' | '，')
            && let Some((next, behind)) = small(text, end + 1)
            && behind == end + 5
            && plausible(next)
            && (text.at(behind) == '年'
                || matches!(text.at(behind), '、' | '和') && self.bare_years(end + 1, i32::from(next)).is_some())
        {
            return explicit(self.make(i, end, When::Point(Point::new(year, Rest::Year)), "value.date.year"));
        }
        if i == 0 && end == text.len() && (1800..2100).contains(&year) {
            return explicit(self.make(i, end, When::Point(Point::new(year, Rest::Year)), "value.date.year"));
        }
        None
    }

    /// 20世纪80年代, 上世纪五六十年代, 八十年代, 二十世纪末.
    fn decade(&self, i: usize) -> Option<Phrase> {
        let (century, at) = match small(self.text, i) {
            Some((n, end))
                if self.text.has(end, "世纪")
                    && !self.text.has(end, "世纪大")
                    && (1..=22).contains(&n)
                    && (self.text.at(end) != '个') =>
            {
                (Some(i32::from(n) * 100 - 100), end + 2)
            }
            _ => (None, i),
        };
        self.decades(i, century, at)
    }

    fn decades(&self, start: usize, century: Option<i32>, at: usize) -> Option<Phrase> {
        let text = self.text;
        let make = |end: usize, when: When| {
            Some(Phrase { explicit: true, ..self.make(start, end, when, "value.date.decade") })
        };
        let century_of = |tens: i32| century.unwrap_or(if (2..10).contains(&tens) { 1900 } else { 2000 });
        let decade = |tens: i32| Point::new(century_of(tens) + tens * 10, Rest::Decade);
        let number = number::read(text, text.eat(at, "的").filter(|_| century.is_some()).unwrap_or(at));
        if let Some(number) = number
            && let Some(mut end) = text.eat(number.end, "年代")
        {
            let (low, high) = (number.low.to_i64()?, number.high.to_i64()?);
            if low % 10 == 0 && (0..100).contains(&low) && (0..100).contains(&high) && number.digits <= 2 {
                let (a, b) = (decade(low as i32 / 10), decade(high as i32 / 10));
                let mut when = When::range(a, b);
                if a == b
                    && let Some((_, behind)) =
                        text.eat_any(end, &["初期", "初", "中期", "中后期", "中叶", "末期", "末", "后期", "前期"])
                {
                    when = When::Point(a.about());
                    end = behind;
                }
                return make(end, when);
            }
            // 1950年代
            if (1000..2100).contains(&low) && low == high && low % 10 == 0 {
                let point = Point::new(low as i32, Rest::Decade);
                if let Some((_, behind)) = text.eat_any(end, &["初期", "初", "中期", "中后期", "末期", "末", "后期"])
                {
                    return make(behind, When::Point(point.about()));
                }
                return make(end, When::Point(point));
            }
            return None;
        }
        // 80、90年代
        if let Some((low, end)) = small(text, at)
            && matches!(text.at(end), '、' | '至' | '到' | '-')
            && let Some((high, behind)) = small(text, end + 1)
            && low % 10 == 0
            && high % 10 == 0
            && high == low + 10
            && (10..100).contains(&low)
            && let Some(behind) = text.eat(behind, "年代")
        {
            return make(behind, When::range(decade(i32::from(low) / 10), decade(i32::from(high) / 10)));
        }
        let century = century?;
        let point = Point::new(century, Rest::Century);
        if let Some((_, behind)) = text
            .eat_any(at, &["初期", "初", "末期", "末", "中叶", "中期", "后期", "前半叶", "后半叶", "上半叶", "下半叶"])
        {
            return make(behind, When::Point(point.about()));
        }
        make(at, When::Point(point))
    }

    /// 上世纪, 本世纪.
    fn century_word(&self, i: usize) -> Option<Phrase> {
        let text = self.text;
        let (word, end) = text.eat_any(i, &["上个世纪", "上世纪", "本世纪", "新世纪", "这个世纪"])?;
        let now = self.clock.today_year().or(self.clock.last().map(|said| said.point.year)).unwrap_or(2000) / 100 * 100;
        let century = if word.starts_with('上') { now - 100 } else { now };
        if word == "新世纪" && !text.has_any(end, &["以来", "初"]) {
            return None;
        }
        self.decades(i, Some(century), end)
    }

    /// 61年来, 近五年来, 三天后, 17分钟前, 过去十年来.
    fn counted(&self, i: usize, floor: usize) -> Option<Phrase> {
        super::span::counted(self, i, floor)
    }

    /// 农历正月初一, 腊月廿三, 正月十五, 闰四月, 八月十五 after a relative year.
    fn lunar(&self, i: usize, year: Option<(i32, YearFrom)>) -> Option<Phrase> {
        let text = self.text;
        let (named, mut at) = match text.eat_any(i, &["农历", "阴历", "旧历", "夏历"]) {
            Some((_, at)) => (true, at),
            None => (false, i),
        };
        let tibetan = text.eat(i, "藏历");
        if let Some(after) = tibetan {
            at = after;
        }
        let from_digits = matches!(year, Some((_, YearFrom::Digits)));
        let mut year = year.map(|(year, _)| year);
        if named || tibetan.is_some() {
            if let Some((own, end)) = self.year(at) {
                (year, at) = (Some(own), end);
            } else if let Some((Word::Year(shift, _), end)) = self.values.calendar.words.longest(text, at) {
                (year, at) = (self.clock.today_year().map(|y| y + shift), end);
            }
        }
        let (leap, at) = match text.eat(at, "闰") {
            Some(at) => (true, at),
            None => (false, at),
        };
        let (month, end, special) = match text.eat_any(at, &["大年", "正月", "冬月", "腊月", "冬至月"]) {
            Some(("大年", end)) if text.at(end) == '初' => (1, end, true),
            Some(("正月", end)) => (1, end, true),
            Some(("冬月", end)) => (11, end, true),
            Some(("腊月", end)) => (12, end, true),
            Some(_) => return None,
            None => {
                let (n, end) = small(text, at)?;
                ((1..=12).contains(&n).then_some(n as u8)?, text.eat(end, "月")?, false)
            }
        };
        let day = lunar_day(text, end);
        // Without a word that says so, only 正月, 腊月, 初三 and 廿三 are lunar for certain.
        let certain = named || leap || special || tibetan.is_some();
        let mid_autumn = !from_digits && !certain && text.has(i, "八月十五") && !matches!(text.at(i + 4), '日' | '号');
        let (day, behind) = match day {
            Some((day, behind, sure)) if certain || sure || mid_autumn => {
                (Some(day), text.eat(behind, "日").unwrap_or(behind))
            }
            _ if certain => (None, end),
            _ => return None,
        };
        if !certain && day.is_none() {
            return None;
        }
        let relative_festival = day.is_none() && special && text.has_any(end, &["里", "间"]);
        let behind = if relative_festival { end } else { behind };
        let resolve = |year: i32| -> Option<When> {
            if tibetan.is_some() {
                return match day {
                    Some(day) => {
                        self.values.calendar.tibetan_day(year, month, day).map(|d| When::Point(Point::of_day(d)))
                    }
                    None => None,
                };
            }
            let lunar = &self.values.calendar.lunar;
            match day {
                Some(day) => lunar.day(year, month, leap, day).map(|d| When::Point(Point::of_day(d))),
                None => {
                    let (first, length) = lunar.month(year, month, leap)?;
                    Some(When::range(Point::of_day(first), Point::of_day(civil::shift(first, i64::from(length) - 1))))
                }
            }
        };
        let when = match year {
            Some(year) => resolve(year),
            None => {
                let today = self.clock.today();
                let base = self.near(i).map(|p| p.year).or(today.map(|p| p.year));
                match (base, today.and_then(|p| p.day())) {
                    (Some(base), Some(now)) if self.near(i).is_none() => {
                        // The lunar year that the day of the document lies in decides about 腊月.
                        let lunar_now = self.values.calendar.lunar.of(now).map_or(base, |(year, ..)| year);
                        [lunar_now, lunar_now + 1, lunar_now - 1].into_iter().filter_map(&resolve).min_by_key(|when| {
                            let distance = when
                                .first()
                                .map_or(i64::MAX, |p| (civil::number(p.days().0) - civil::number(now)).abs());
                            if distance < 275 && when.first().is_some_and(|p| p.year == now.0) {
                                distance / 4
                            } else {
                                distance
                            }
                        })
                    }
                    (Some(base), _) => resolve(base),
                    _ => None,
                }
            }
        };
        let when = when.unwrap_or(When::Vague);
        if let When::Point(point) = when
            && let Some(day) = point.day()
        {
            let phrase = self.in_day(i, day, behind, false)?;
            return Some(Phrase { rule: "value.date.lunar", ..phrase });
        }
        Some(self.make(i, behind, when, "value.date.lunar"))
    }
}

/// Whether digits and 年 stand right before a position.
fn year_before(text: &Chars, i: usize) -> bool {
    text.before(i) == '年'
}

/// Whether a number stands before 年内: 三年内.
fn is_year_count(text: &Chars, i: usize) -> bool {
    number::digit(text.before(i)).is_some() || matches!(text.before(i), '十' | '半' | '百' | '多' | '几' | '余')
}

/// Festivals round the New Year go together: 年三十 after 2019年春节 is its eve.
fn group_of(kind: super::calendar::FestivalKind, name: &str) -> String {
    match kind {
        super::calendar::FestivalKind::Lunar(1 | 12, _) => "春节".to_owned(),
        _ => name.trim_end_matches('节').to_owned(),
    }
}

/// A small number in digits, simple, or mixed writing, without 百 and 万: hours, days, months.
pub(super) fn small(text: &Chars, i: usize) -> Option<(u16, usize)> {
    if text.at(i).is_ascii_digit() {
        let mut end = i;
        let mut value: u16 = 0;
        while let Some(d) = text.at(end).to_digit(10) {
            value = value.checked_mul(10)?.checked_add(d as u16)?;
            end += 1;
            if end - i > 4 {
                return None;
            }
        }
        return Some((value, end));
    }
    let digit = |at: usize| number::digit(text.at(at)).filter(|_| !matches!(text.at(at), '伍' | '陆' | '肆' | '参'));
    match (digit(i), text.at(i)) {
        (_, '廿') => {
            let unit = digit(i + 1).filter(|d| *d > 0);
            Some((20 + u16::from(unit.unwrap_or(0)), i + 1 + usize::from(unit.is_some())))
        }
        (_, '十') => {
            let unit = digit(i + 1).filter(|d| *d > 0);
            Some((10 + u16::from(unit.unwrap_or(0)), i + 1 + usize::from(unit.is_some())))
        }
        (Some(tens), _) if text.at(i + 1) == '十' && tens > 0 => {
            let unit = digit(i + 2).filter(|d| *d > 0);
            Some((u16::from(tens) * 10 + u16::from(unit.unwrap_or(0)), i + 2 + usize::from(unit.is_some())))
        }
        (Some(first), _) => {
            // 二〇二五, 零八, 七
            let mut value = u16::from(first);
            let mut end = i + 1;
            while let Some(d) = digit(end) {
                value = value.checked_mul(10)?.checked_add(u16::from(d))?;
                end += 1;
                if end - i > 4 {
                    return None;
                }
            }
            if matches!(text.at(end), '百' | '千' | '万' | '亿') {
                return None;
            }
            Some((value, end))
        }
        _ => None,
    }
}

/// 初一, 十五, 廿三, 三十, 18: day, end, whether only a lunar day is written so.
fn lunar_day(text: &Chars, i: usize) -> Option<(u8, usize, bool)> {
    if let Some(at) = text.eat(i, "初") {
        let (n, end) = small(text, at)?;
        return (1..=10).contains(&n).then_some((n as u8, end, true));
    }
    let (n, end) = small(text, i)?;
    (1..=30).contains(&n).then_some((n as u8, end, text.at(i) == '廿'))
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
