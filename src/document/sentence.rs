//! Sentences: a paragraph cut at the marks that end one.
//!
//! A quotation is not cut inside (“好！谢谢！”), nor from the words that say whose it is
//! (“路通了。”他说。); an enumeration that breaks off (……) goes on unless the paragraph ends.

use super::{Paragraph, Sentence};
use crate::text::{Span, is_blank, is_clause_end, is_closer, is_opener};

/// Characters after which a sentence is cut at the next comma, and at the latest: no real sentence is
/// as long, and later stages may rely on it.
const LONG: usize = 1000;
const LONGEST: usize = 2000;

/// Characters of a quotation or bracket that is not cut inside.
const QUOTATION: usize = 400;

/// The sentences of all paragraphs, in order.
pub fn read(text: &str, paragraphs: &[Paragraph]) -> Vec<Sentence> {
    let (mut out, mut work) = (Vec::new(), Work::default());
    for (index, paragraph) in paragraphs.iter().enumerate() {
        work.cut(paragraph.span.of(text));
        let spans = work.found.iter().map(|span| span.shifted(paragraph.span.start));
        out.extend(spans.map(|span| Sentence { span, paragraph: index }));
    }
    out
}

/// What the work on one paragraph needs, used again by the next.
#[derive(Default)]
struct Work {
    chars: Vec<(usize, char)>,
    /// For each quotation mark or bracket that opens, where it closes, if that is near; 0 elsewhere.
    closers: Vec<u32>,
    open: Vec<usize>,
    found: Vec<Span>,
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '\u{ff0e}')
}

impl Work {
    /// Finds the sentences of one paragraph, without blanks at both ends.
    fn cut(&mut self, text: &str) {
        self.chars.resize(text.chars().count(), (0, '\0'));
        self.chars.iter_mut().zip(text.char_indices()).for_each(|(place, c)| *place = c);
        self.find_closers();
        self.found.clear();
        let chars = &self.chars;
        let place = |index: usize| chars.get(index).map_or(text.len(), |&(at, _)| at);
        let (mut start, mut at) = (0, 0);
        while at < chars.len() {
            if at == start && is_blank(chars[at].1) {
                (start, at) = (start + 1, at + 1);
                continue;
            }
            let closer = self.closers[at] as usize;
            let end = match closer {
                0 if ends_sentence(chars[at].1) => Some(after_marks(chars, at)),
                0 => None,
                _ => quoted(chars, start, at, closer),
            };
            let length = at - start;
            let end = end.or_else(|| {
                let pause = length >= LONG && is_clause_end(chars[at].1) || length >= LONGEST;
                pause.then_some(at + 1)
            });
            match end {
                Some(end) => {
                    self.found.push(Span::new(place(start), place(end)));
                    (start, at) = (end, end);
                }
                None => at = closer.max(at) + 1,
            }
        }
        if start < chars.len() {
            self.found.push(Span::new(place(start), text.len()));
        }
    }

    fn find_closers(&mut self) {
        let Work { chars, closers, open, .. } = self;
        closers.clear();
        closers.resize(chars.len(), 0);
        open.clear();
        for (at, &(_, c)) in chars.iter().enumerate() {
            // No Chinese character is one.
            if matches!(c, '\u{3400}'..='\u{9fff}') {
                continue;
            }
            if is_opener(c) {
                open.push(at);
            } else if is_closer(c) {
                // An opener in between that never closes is passed over.
                let Some(depth) = open.iter().rposition(|&opener| pairs(chars[opener].1, c)) else { continue };
                let opener = open[depth];
                open.truncate(depth);
                if at - opener <= QUOTATION {
                    closers[opener] = at as u32;
                }
            }
        }
    }
}

fn pairs(opener: char, closer: char) -> bool {
    const PAIRS: [(char, char); 11] = [
        ('“', '”'),
        ('‘', '’'),
        ('《', '》'),
        ('〈', '〉'),
        ('（', '）'),
        ('(', ')'),
        ('「', '」'),
        ('『', '』'),
        ('【', '】'),
        ('〔', '〕'),
        ('[', ']'),
    ];
    PAIRS.contains(&(opener, closer))
}

/// One past the marks and closers that follow the mark at `at` (！”，？！).
fn after_marks(chars: &[(usize, char)], at: usize) -> usize {
    let follows = |&(_, c): &(usize, char)| ends_sentence(c) || is_closer(c) || c == '…';
    at + 1 + chars[at + 1..].iter().take_while(|c| follows(c)).count()
}

/// Where the sentence ends that a quotation from `opener` to `closer` stands in, if it ends with it.
fn quoted(chars: &[(usize, char)], start: usize, opener: usize, closer: usize) -> Option<usize> {
    let inner = chars[opener + 1..closer].iter().rev().map(|&(_, c)| c).find(|&c| !is_closer(c));
    let full = inner.is_some_and(|c| ends_sentence(c) || c == '…');
    let mark = matches!(chars[opener].1, '“' | '「' | '‘' | '『');
    // A quotation that opens the sentence is followed by its speaker; another quotation is not.
    let leads = opener == start && chars.get(closer + 1).is_some_and(|&(_, c)| !is_opener(c));
    (mark && full && !leads).then(|| after_marks(chars, closer))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(text: &str) -> Vec<&str> {
        let mut work = Work::default();
        work.cut(text);
        work.found.into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn paragraphs_are_cut_at_marks() {
        for (text, expected) in [
            ("路通了。桥也通了！谁不高兴？", &["路通了。", "桥也通了！", "谁不高兴？"][..]),
            ("他说：“同志们好！谢谢大家！”大家鼓掌。", &["他说：“同志们好！谢谢大家！”", "大家鼓掌。"]),
            ("“路通了。”老乡说。他很高兴。", &["“路通了。”老乡说。", "他很高兴。"]),
            ("“路通了！”“桥也通了！”", &["“路通了！”", "“桥也通了！”"]),
            ("工人、农民、教师……人人有责。好", &["工人、农民、教师……人人有责。", "好"]),
            ("真好？！　真好。", &["真好？！", "真好。"]),
            ("出台《办法（试行）》。他问“好吗？”没人答。", &["出台《办法（试行）》。", "他问“好吗？”", "没人答。"]),
            ("（他笑了。）他走了。", &["（他笑了。）他走了。"]),
            ("“没有收尾。后面一句。", &["“没有收尾。", "后面一句。"]),
            ("3.5亿元", &["3.5亿元"]),
            ("", &[]),
            ("。", &["。"]),
        ] {
            assert_eq!(sentences(text), expected);
        }
    }

    #[test]
    fn endless_text_is_cut() {
        let long = sentences_of(&"长".repeat(5000));
        assert!(long.iter().all(|&length| length <= LONGEST + 1), "{long:?}");
        let commas = sentences_of(&"长长长，".repeat(2000));
        assert!(commas.iter().all(|&length| length <= LONG + 4), "{commas:?}");
        let quotes = sentences_of(&"“长。".repeat(2000));
        assert_eq!(quotes.len(), 2000);
    }

    fn sentences_of(text: &str) -> Vec<usize> {
        sentences(text).iter().map(|sentence| sentence.chars().count()).collect()
    }
}
