//! Lines of a document: what each is.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::{Span, is_blank, is_closer};

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A headline, or a heading between paragraphs.
    Heading,
    /// Running text, or anything else that is read.
    Body,
    /// Who wrote it.
    Byline,
    /// (上接第一版): the text goes on from another page.
    FromPage,
    /// (下转第二版): the text goes on on another page.
    ToPage,
    /// A rule of dashes or stars.
    Rule,
}

/// One line that is not blank.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    /// Without blanks at both ends, in bytes of the view.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    /// Ends with a mark that ends a sentence.
    pub is_full: bool,
}

/// A pattern over whole lines, and the characters with which alone one can begin.
struct Pattern {
    first: &'static str,
    whole: LazyLock<Regex>,
}

impl Pattern {
    fn fits(&self, line: &str) -> bool {
        line.starts_with(|c: char| self.first.contains(c)) && self.whole.is_match(line)
    }
}

macro_rules! pattern {
    ($name:ident, $first:literal, $text:expr) => {
        static $name: Pattern =
            Pattern { first: $first, whole: LazyLock::new(|| Regex::new($text).expect("a constant pattern")) };
    };
}

pattern!(FROM_PAGE, "（(【[紧上承", r"^[（(【\[]?(?:紧接|上接|承接)第?[^）)。，]{1,12}版?[^）)。，]{0,8}[）)】\]]?$");
pattern!(TO_PAGE, "（(【[下转", r"^[（(【\[]?(?:下转|转)第?[^）)。，]{1,12}版[^）)。，]{0,8}[）)】\]]?$");
pattern!(RULE, "-—=_*＊※·.~～#", r"^(?:[-—=_*＊※·.~～#\s]){3,}$");
pattern!(
    BYLINE,
    "（(本新中人央光记通特见实评作撰文图摄供责编校审",
    r"^[（(]?(?:(?:本报|本刊|本网|本台|新华社|中新社|人民网|央视网|光明网)?(?:记者|通讯员|特约记者|特约通讯员|见习记者|实习记者|评论员)|作者|撰文|文字?|图|摄影|供稿|责任?编辑|编辑|责编|校对|审核|文/图|图/文)[：:/\s·]+[^，。；！？]{2,60}[）)]?$"
);

/// Columns of the longest heading, in characters.
const HEADING: usize = 45;

/// The lines of `text` from byte `from`.
pub fn lines(text: &str, from: usize) -> Vec<Line> {
    let (mut out, mut at) = (Vec::new(), from);
    for line in text[from..].split_inclusive('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let start = at + line.len() - line.trim_start().len();
            out.push(Line::new(trimmed, Span::new(start, start + trimmed.len())));
        }
        at += line.len();
    }
    demote(&mut out);
    out
}

/// Takes back headings that head nothing: the last line, and all but the first of more than three in a row,
/// which are a list.
fn demote(lines: &mut [Line]) {
    for run in lines.chunk_by_mut(|a, b| a.kind == Kind::Heading && b.kind == Kind::Heading) {
        if run.len() > 3 {
            run[1..].iter_mut().for_each(|line| line.kind = Kind::Body);
        }
    }
    if let Some(last) = lines.last_mut().filter(|last| last.kind == Kind::Heading) {
        last.kind = Kind::Body;
    }
}

impl Line {
    fn new(text: &str, span: Span) -> Line {
        let bare = text.trim_end_matches(|c| is_closer(c) || is_blank(c));
        let is_full = bare.ends_with(['。', '！', '？', '!', '?', '…', '；', ';', '：', ':', '.']);
        let short = text.chars().take(HEADING + 1).count() <= HEADING;
        let kind = match text {
            _ if short && FROM_PAGE.fits(text) => Kind::FromPage,
            _ if short && TO_PAGE.fits(text) => Kind::ToPage,
            _ if RULE.fits(text) => Kind::Rule,
            _ if BYLINE.fits(text) => Kind::Byline,
            _ if short && is_heading(text, is_full) => Kind::Heading,
            _ => Kind::Body,
        };
        Line { span, kind, is_full }
    }
}

/// Whether a short line reads as a headline: no end of a sentence, no label with a colon before a name, no
/// wide gaps between columns.
fn is_heading(text: &str, is_full: bool) -> bool {
    let question = text.ends_with(['！', '？']) && !text.contains(['，', '。']);
    let columns = text.contains("  ") && !text.contains('“') || text.contains('\t') || text.starts_with(['（', '(']);
    (!is_full || question) && !text.contains('。') && !columns && !text.contains(['、', '：', ':'])
        || is_titled(text, is_full)
}

/// Headlines with a colon (甘泉公路管护站：五代人守一条路) are longer on both sides than a label and a name.
fn is_titled(text: &str, is_full: bool) -> bool {
    let mut halves = text.splitn(2, ['：', ':']);
    let (Some(left), Some(right)) = (halves.next(), halves.next()) else {
        return !is_full && text.contains('、') && !text.contains('。') && text.chars().count() >= 10;
    };
    !is_full && !text.contains('。') && left.chars().count() >= 4 && right.chars().count() >= 6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_told_apart() {
        for (text, kind) in [
            ("山乡巨变的十年", Kind::Heading),
            ("甘泉公路管护站：五代人守一条路", Kind::Heading),
            ("路修好了吗？", Kind::Heading),
            ("（上接第一版）", Kind::FromPage),
            ("(下转第二版)", Kind::ToPage),
            ("****", Kind::Rule),
            ("本报记者 王一 通讯员 李二", Kind::Byline),
            ("文   田一雷 赵莉", Kind::Byline),
            ("主任：王一", Kind::Body),
            ("河上架起了一座新桥。", Kind::Body),
        ] {
            assert_eq!(lines(&format!("{text}\n河水涨了。\n"), 0)[0].kind, kind, "{text}");
        }
    }
}
