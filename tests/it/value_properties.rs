//! Properties of the readers: dates of six centuries in six styles, numbers to ten thousand trillion in three,
//! any text at all.

use proptest::prelude::*;
use zhitu::lexicon::Sources;
use zhitu::value::{Clock, Values};

fn values() -> Values {
    Values::load(&Sources::built_in()).expect("the built-in rules load")
}

/// The norm of the only reading, where its span is the whole text.
fn norm(values: &Values, text: &str) -> Option<String> {
    match values.read(text, &mut Clock::default()).as_slice() {
        [one] if one.span.of(text) == text => one.norm.clone(),
        _ => None,
    }
}

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

fn small(n: i8) -> String {
    let unit = if n % 10 == 0 { String::new() } else { DIGITS[usize::from(n.unsigned_abs() % 10)].to_string() };
    match n / 10 {
        0 => unit,
        1 => format!("十{unit}"),
        tens => format!("{}十{unit}", DIGITS[usize::from(tens.unsigned_abs())]),
    }
}

fn wide(text: &str) -> String {
    text.chars().map(|c| c.to_digit(10).and_then(|d| char::from_u32('０' as u32 + d)).unwrap_or(c)).collect()
}

#[test]
fn every_day_of_six_centuries_reads_back_in_six_styles() {
    let values = values();
    let mut day = jiff::civil::date(1600, 1, 1);
    let end = jiff::civil::date(2200, 12, 31);
    while day <= end {
        let (y, m, d) = (day.year(), day.month(), day.day());
        let year: String = y.to_string().chars().map(|c| DIGITS[c as usize - '0' as usize]).collect();
        let plain = format!("{y}年{m}月{d}日");
        for text in [
            plain.clone(),
            wide(&plain),
            format!("{year}年{}月{}日", small(m), small(d)),
            format!("{y:04}-{m:02}-{d:02}"),
            format!("{y}/{m}/{d}"),
            format!("{y}.{m}.{d}"),
        ] {
            assert_eq!(norm(&values, &text).as_deref(), Some(day.to_string().as_str()), "{text}");
        }
        day = day.tomorrow().expect("below the year 9999");
    }
}

/// Writes a number with the given digits and small multipliers (十百千), by sections of four places.
fn written(n: u64, digits: &[&str; 10], places: [&str; 4]) -> String {
    let section = |mut n: u64, lead: bool| {
        let mut parts = Vec::new();
        for place in places {
            parts.push((n % 10, place));
            n /= 10;
        }
        parts.reverse();
        let (mut out, mut gap) = (String::new(), lead);
        for (digit, place) in parts {
            if digit == 0 {
                gap = true;
                continue;
            }
            if gap && (!out.is_empty() || lead) {
                out.push_str(digits[0]);
            }
            gap = false;
            out.push_str(digits[digit as usize]);
            out.push_str(place);
        }
        out
    };
    let (trillions, low) = (n / 1_0000_0000_0000, n % 1_0000_0000_0000);
    let (millions, low) = (low / 1_0000_0000, low % 1_0000_0000);
    let (myriads, ones) = (low / 1_0000, low % 1_0000);
    let mut out = String::new();
    let mut pushed = false;
    for (part, name) in [(trillions, "万"), (millions, "亿"), (myriads, "万"), (ones, "")] {
        if part == 0 {
            // 一万亿 keeps its 亿 though no 亿 of its own stands there.
            if name == "亿" && pushed {
                out.push_str(name);
            }
            continue;
        }
        out.push_str(&section(part, pushed && part < 1000));
        out.push_str(name);
        pushed = true;
    }
    out
}

const SIMPLE: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
const FORMAL: [&str; 10] = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];

/// 3亿5000万: Arabic sections with Chinese multipliers.
fn mixed(n: u64) -> String {
    let (millions, low) = (n / 1_0000_0000, n % 1_0000_0000);
    let (myriads, ones) = (low / 1_0000, low % 1_0000);
    let mut out = String::new();
    for (part, name) in [(millions, "亿"), (myriads, "万"), (ones, "")] {
        if part > 0 {
            out.push_str(&format!("{part}{name}"));
        }
    }
    // A single last digit would be read as a place (3万5 is 35,000), so it gets its 零.
    if ones > 0 && ones < 10 && n > 10 {
        out.insert(out.len() - 1, '零');
    }
    if myriads > 0 && myriads < 10 && millions > 0 {
        let at = out.find('亿').expect("a 亿 was written") + '亿'.len_utf8();
        out.insert(at, '零');
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whole_numbers_read_back_in_three_styles(bits in 4u32..54, seed in any::<u64>()) {
        let n = (seed >> (64 - bits)).clamp(2, 9_999_999_999_999_999);
        let values = values_once();
        let expected = format!("{n} 元");
        for number in [
            written(n, &SIMPLE, ["", "十", "百", "千"]),
            written(n, &FORMAL, ["", "拾", "佰", "仟"]),
            mixed(n),
        ] {
            let text = format!("{number}元");
            prop_assert_eq!(norm(values, &text), Some(expected.clone()), "{}", text);
        }
    }

    #[test]
    fn any_text_reads_without_panic_and_in_order(text in "\\PC{0,40}") {
        let readings = values_once().read(&text, &mut Clock::new(Some("2025-05-01")));
        prop_assert!(readings.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        prop_assert!(readings.iter().all(|reading| !reading.span.of(&text).is_empty()));
    }

    #[test]
    fn texts_of_dates_and_figures_read_without_panic(
        parts in proptest::collection::vec(prop::sample::select(PIECES.to_vec()), 1..14)
    ) {
        let text = parts.concat();
        for published in [None, Some("2025-05-01"), Some("2025"), Some("2025-05-01T09:30"), Some("0001-01-01"), Some("9999-12-31")] {
            let readings = values_once().read(&text, &mut Clock::new(published));
            prop_assert!(readings.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "{}", text);
        }
    }
}

/// The pieces that dates and figures are made of, to be put together in any order.
const PIECES: &[&str] = &[
    "2025",
    "年",
    "5",
    "月",
    "1",
    "日",
    "至",
    "—",
    "近",
    "三",
    "十",
    "百",
    "万",
    "亿",
    "零",
    "点",
    "半",
    "第",
    "一",
    "个",
    "多",
    "余",
    "元",
    "%",
    "百分之",
    "分之",
    "来",
    "以来",
    "前",
    "后",
    "去年",
    "今天",
    "上午",
    "时",
    "分",
    "：",
    ":",
    "“",
    "”",
    "五一",
    "春节",
    "农历",
    "正月",
    "初",
    "廿",
    "十四五",
    "期间",
    "党的",
    "十八大",
    "上世纪",
    "年代",
    "季度",
    "周",
    "，",
    "。",
    " ",
    "\n",
    "-",
    "/",
    ".",
    "999999999999999999999999999999",
    "闰",
    "公元前",
    "民国",
    "摄氏",
    "负",
    "超过",
    "左右",
    "翻",
    "番",
    "成",
    "每",
];

fn values_once() -> &'static Values {
    static VALUES: std::sync::OnceLock<Values> = std::sync::OnceLock::new();
    VALUES.get_or_init(values)
}
