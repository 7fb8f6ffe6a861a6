//! Lines: where they stand, and which of them continue in the next.
//!
//! Newspapers and web pages break a paragraph anywhere, even inside a word, and often put an empty line
//! into the break. A line is joined to the next only on evidence, since headings, bylines, captions and
//! lists must stay apart.

use super::chars::{columns, ends_line, is_blank, is_clause_end, is_closer, is_follower, is_han, is_opener};
use super::marks::marks;

/// How a line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// With a mark that ends a sentence or leads into what follows.
    Full,
    /// With a mark after which the sentence goes on.
    Comma,
    /// With a closing quote or bracket.
    Closed,
    /// Inside a sentence, or at the end of a heading.
    Open,
}

/// One line that is not blank.
#[derive(Debug)]
pub struct Line {
    /// Without blanks at both ends, in bytes of the source.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Blank lines between it and the next.
    gap: usize,
    indent: usize,
    width: usize,
    /// Characters after the last mark that ends a clause; `None` without one.
    tail: Option<usize>,
    end_kind: End,
    /// Begins like a list item, a byline, a caption or a page mark.
    starts_apart: bool,
    /// Begins with a mark that cannot begin a line.
    starts_late: bool,
    ends_on_joiner: bool,
    /// Holds wide gaps: a row of a table or a list.
    is_row: bool,
    /// Two halves of about equal length with a comma between: a headline.
    is_balanced: bool,
}

/// The lines of a text that are not blank, in order.
pub fn lines(source: &str) -> Vec<Line> {
    let (mut out, mut gap): (Vec<Line>, usize) = (Vec::new(), 0);
    let mut at = 0;
    while at < source.len() {
        let length = line_end(&source[at..]);
        let line = &source[at..at + length];
        let trimmed = line.trim_start();
        let indent = line.len() - trimmed.len();
        let inner = trimmed.trim_end();
        if inner.is_empty() {
            gap += 1;
        } else {
            if let Some(before) = out.last_mut() {
                before.gap = gap;
            }
            gap = 0;
            let start = at + indent;
            out.push(Line::new(inner, start, line[..indent].chars().map(columns).sum()));
        }
        let rest = &source[at + length..];
        let mark = rest.chars().next().map_or(0, char::len_utf8);
        at += length + if rest.starts_with("\r\n") { 2 } else { mark };
    }
    out
}

/// Bytes of the first line of a text without its end.
fn line_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    // Every end of a line begins with one of these bytes, which few other characters do.
    while let Some(found) = bytes[at..].iter().position(|&b| b < 0x20 || b == 0xc2 || b == 0xe2) {
        at += found;
        match text[at..].chars().next() {
            Some(c) if ends_line(c) => return at,
            Some(c) => at += c.len_utf8(),
            None => break,
        }
    }
    bytes.len()
}

/// For each line whether it continues in the next.
pub fn joins(source: &str, lines: &[Line]) -> Vec<bool> {
    let shape = Shape::of(lines);
    let mut joins = vec![false; lines.len()];
    for at in 0..lines.len().saturating_sub(1) {
        let open = at > 0 && joins[at - 1];
        joins[at] = continues(source, lines, at, open, &shape);
    }
    joins
}

impl Line {
    fn new(text: &str, start: usize, indent: usize) -> Line {
        let tail = text.char_indices().rev().find(|&(_, c)| is_clause_end(c));
        let tail = tail.map(|(at, c)| text[at + c.len_utf8()..].chars().count());
        let first = text.chars().next().unwrap_or(' ');
        let measure = Measure::of(text);
        Line {
            start,
            end: start + text.len(),
            gap: 0,
            indent,
            width: measure.width,
            tail,
            end_kind: End::of(text),
            starts_apart: starts_apart(text),
            starts_late: is_follower(first),
            ends_on_joiner: ends_on_joiner(text),
            is_row: measure.is_row,
            is_balanced: measure.is_balanced,
        }
    }

    fn is_full(&self) -> bool {
        self.end_kind == End::Full
    }
}

impl End {
    fn of(text: &str) -> End {
        let bare = text.trim_end_matches(|c| is_closer(c) || is_blank(c));
        match bare.chars().next_back() {
            Some('。' | '！' | '？' | '!' | '?' | '…' | '；' | ';' | '：' | ':' | '—') => End::Full,
            _ if bare.len() < text.len() => End::Closed,
            Some(c) if matches!(c, '，' | '、' | ',') || is_opener(c) => End::Comma,
            _ => End::Open,
        }
    }
}

/// How the whole text is laid out.
struct Shape {
    /// Paragraphs are separated by blank lines; single line ends stand inside paragraphs.
    blank_separated: bool,
    /// Columns at which the lines were wrapped.
    wrapped_at: Option<usize>,
}

impl Shape {
    fn of(lines: &[Line]) -> Shape {
        let inner = &lines[..lines.len().saturating_sub(1)];
        let full = inner.iter().filter(|line| line.is_full());
        let (apart, all) = full.fold((0, 0), |(apart, all), line| (apart + usize::from(line.gap > 0), all + 1));
        Shape { blank_separated: all >= 2 && apart * 5 >= all * 4, wrapped_at: wrapped_at(inner) }
    }
}

/// The greatest width that lines of running text share again and again, most of them cut inside a sentence.
fn wrapped_at(lines: &[Line]) -> Option<usize> {
    const SLACK: usize = 3;
    let mut widths: Vec<usize> =
        lines.iter().map(|line| line.width).filter(|width| (20..=120).contains(width)).collect();
    widths.sort_unstable_by(|a, b| b.cmp(a));
    let width = widths.iter().copied().enumerate().find_map(|(at, width)| {
        let near = widths[at..].iter().take_while(|&&other| other + SLACK >= width).count();
        (near >= 3 && near * 4 >= lines.len()).then_some(width)
    })?;
    let class = lines.iter().filter(|line| line.width + SLACK >= width && line.width <= width);
    let (cut, running, all) = class.fold((0, 0, 0), |(cut, running, all), line| {
        (cut + usize::from(!line.is_full()), running + usize::from(line.tail.is_some()), all + 1)
    });
    (cut * 2 >= all && running * 2 >= all).then_some(width)
}

/// Columns by which two lines of one paragraph may differ: the indent of its first line.
const INDENT: usize = 4;

fn continues(source: &str, lines: &[Line], at: usize, open: bool, shape: &Shape) -> bool {
    let (line, next) = (&lines[at], &lines[at + 1]);
    if line.gap > 2 || next.starts_apart {
        return false;
    }
    if next.starts_late {
        return true;
    }
    if line.end_kind == End::Full {
        return false;
    }
    if line.end_kind == End::Comma {
        return true;
    }
    if next.indent >= 2 || line.is_row || next.is_row {
        return false;
    }
    let running = open || line.tail.is_some();
    if line.gap == 0 && shape.wrapped_at.is_some_and(|width| line.width + INDENT >= width) {
        return true;
    }
    if line.gap == 0 && shape.blank_separated && running && line.end_kind == End::Open {
        return true;
    }
    if line.end_kind == End::Closed {
        return opens_and_closes(source, line, next);
    }
    let goes_on = next.is_full() || next.tail.is_some();
    line.ends_on_joiner && (running || goes_on)
        || opens_and_closes(source, line, next)
        || line.tail.is_some_and(|tail| tail <= 2)
        || line.width > 120 && running && goes_on
        || running && (open || line.width >= 24 && !line.is_balanced) && ends_within(lines, at)
}

/// Whether the lines after `at` are no wider than it and come to the end of a sentence.
fn ends_within(lines: &[Line], at: usize) -> bool {
    let width = lines[at].width;
    for line in lines[at + 1..].iter().take(40) {
        if line.width > width + INDENT || line.starts_apart || line.indent >= 2 {
            return false;
        }
        if line.is_full() {
            return true;
        }
        if line.width + INDENT < width {
            return false;
        }
    }
    false
}

/// Whether a quotation, title or bracket is open at the end of the line and closed in the next.
fn opens_and_closes(source: &str, line: &Line, next: &Line) -> bool {
    let (text, next) = (&source[line.start..line.end], &source[next.start..next.end]);
    [('“', '”'), ('《', '》'), ('（', '）'), ('「', '」'), ('(', ')')].iter().any(|&(opener, closer)| {
        let opened = text.rfind(opener).is_some_and(|at| !text[at..].contains(closer));
        opened && next.find(closer).is_some_and(|at| !next[..at].contains(opener))
    })
}

/// Words after which a phrase cannot end.
fn ends_on_joiner(text: &str) -> bool {
    const JOINERS: &str = "和与及或的在对把被将为向从以并而且于由之其是";
    text.chars().next_back().is_some_and(|c| JOINERS.contains(c))
}

/// What one pass over a line tells of it.
struct Measure {
    width: usize,
    /// Characters stand apart by two blanks or more.
    is_row: bool,
    is_balanced: bool,
}

impl Measure {
    fn of(text: &str) -> Measure {
        let (mut width, mut is_row, mut before) = (0, false, ' ');
        let (mut commas, mut half, mut count, mut end) = (0, 0, 0_usize, 0);
        for (at, c) in marks(text) {
            // What is passed over are Chinese characters, two columns wide.
            let passed = (at - end) / 3;
            width += 2 * passed + columns(c);
            count += passed;
            match c {
                '，' | ',' => {
                    half = if commas == 0 { count } else { half };
                    commas += 1;
                }
                '\t' | '\u{3000}' | '\u{2003}' => is_row = true,
                _ => is_row |= is_blank(c) && is_blank(before) && passed == 0,
            }
            (before, count, end) = (c, count + 1, at + c.len_utf8());
        }
        let rest = (text.len() - end) / 3;
        (width, count) = (width + 2 * rest, count + rest);
        // Without the comma, the right half has as many as are left.
        let is_balanced = commas == 1 && half.abs_diff(count - half - 1) <= 1;
        Measure { width, is_row, is_balanced }
    }
}

/// Whether a line begins what stands apart: a list item, a heading with a number, a byline, a caption, a
/// source, a page mark, a dash of enumeration.
fn starts_apart(text: &str) -> bool {
    const BULLETS: &str = "●■◆★▲※◇○•·*△□☆►➢—-－–①②③④⑤⑥⑦⑧⑨⑩【";
    const LABELS: [&str; 20] = [
        "附件",
        "来源",
        "來源",
        "责编",
        "责任编辑",
        "編輯",
        "编辑",
        "记者",
        "記者",
        "通讯员",
        "本报",
        "本報",
        "本刊",
        "新华社",
        "新華社",
        "中新社",
        "图为",
        "图：",
        "图/",
        "文/",
    ];
    let Some(first) = text.chars().next() else { return false };
    if BULLETS.contains(first) || LABELS.iter().any(|label| text.starts_with(label)) {
        return true;
    }
    let counts = |c: &char| c.is_ascii_digit() || "一二三四五六七八九十百".contains(*c);
    let bracketed = text.trim_start_matches(['（', '(']);
    if bracketed.len() < text.len() {
        let number: String = bracketed.chars().take_while(counts).collect();
        let marked = bracketed[number.len()..].starts_with(['）', ')']);
        let page =
            ["上接", "下转", "下轉", "紧接", "记者", "新华社", "来源"].iter().any(|mark| bracketed.starts_with(mark));
        return page || marked && !number.is_empty();
    }
    let ordinal = text.strip_prefix('第').unwrap_or(text);
    let number: String = ordinal.chars().take_while(counts).collect();
    let rest = ordinal[number.len()..].chars().next();
    if number.is_empty() || number.chars().count() > 3 {
        return false;
    }
    if ordinal.len() < text.len() {
        return rest.is_some_and(|c| "章节條条款部编".contains(c));
    }
    let after = ordinal[number.len()..].chars().nth(1);
    match rest {
        Some('、') => !after.is_some_and(|c| counts(&c)),
        Some('.' | '．') => !after.is_some_and(|c| c.is_ascii_digit()),
        Some(')' | '）') => true,
        _ => is_label(text),
    }
}

/// Whether a line begins with a short label and a colon (主任：).
fn is_label(text: &str) -> bool {
    text.char_indices().take(7).find(|&(_, c)| !is_han(c)).is_some_and(|(at, c)| at >= 6 && (c == '：' || c == ':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with each join written as `+` and each line end kept as `|`.
    fn joined(source: &str) -> String {
        let all = lines(source);
        let joins = joins(source, &all);
        let mut out = String::new();
        for (line, join) in all.iter().zip(joins) {
            out.push_str(&source[line.start..line.end]);
            out.push(if join { '+' } else { '|' });
        }
        out.pop();
        out
    }

    #[test]
    fn broken_paragraphs_are_joined() {
        for (source, expected) in [
            ("春风拂过山谷，茶\n\n农们忙着采茶。", "春风拂过山谷，茶+农们忙着采茶。"),
            ("大会表彰了30名先进个人和\n\n12个先进集体。", "大会表彰了30名先进个人和+12个先进集体。"),
            (
                "他们沿河走了三天，踏勘了大小桥\n\n梁和渡口，记录了每一处险段的水位\n\n和流速。",
                "他们沿河走了三天，踏勘了大小桥+梁和渡口，记录了每一处险段的水位+和流速。",
            ),
            ("会议通过了《青川县河道\n管理办法》。", "会议通过了《青川县河道+管理办法》。"),
            ("委员：王一、李二、\n张三", "委员：王一、李二、+张三"),
            ("根据\n青川县章程\n，大会每年召开一次。", "根据|青川县章程+，大会每年召开一次。"),
        ] {
            assert_eq!(joined(source), expected);
        }
    }

    #[test]
    fn headings_bylines_captions_and_lists_stay_apart() {
        for source in [
            "山乡巨变的十年\n\n2015年的春天，第一条公路通到了村口，村民们走出大山。",
            "凝心聚力，共建家园\n\n会议指出。",
            "“要把路修好，把桥架好”\n\n2024年9月，县里开工建设三座桥。",
            "推动山区交通迈上新台阶——\n\n“路通了。”",
            "主任：王一\n副主任：李二\n委员：张三",
            "记者 王一\n摄影 李二",
            "新桥落成，两岸连成一家，百姓\n（下转第二版）",
            "李泽     临泽机床有限公司，技师\n欧阳慧（女）  澜江省医院，护士长\n鲁建     青川建工集团公司，焊工",
            "一、免去王一的局长职务\n二、任命李二为局长",
            "他忙着帮同事搬家，谁家有事都有他的身影\n\u{2003}\u{2003}在现场，他的事迹让听众感动，掌声一次次响起。",
        ] {
            assert!(!joined(source).contains('+'), "{}", joined(source));
        }
    }

    #[test]
    fn wrapped_text_is_joined_at_its_width() {
        let source = "　　清晨的雾还没有散，修路的队伍已经出发了。他们背着工具和干\n粮，沿着山脊往前走，要在天黑之前赶到下一个工地。队长说今年的\n雨季来得早，得抢在洪水前把路基打好，大家都没有怨言，只是低头\n赶路。\n　　下午开始下雨。";
        assert_eq!(joined(source).matches('+').count(), 3);
        assert!(joined(source).ends_with("赶路。|下午开始下雨。"));
    }
}
