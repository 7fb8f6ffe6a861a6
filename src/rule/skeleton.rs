//! Skeletons: a sentence in which each mention is one private-use character.
//!
//! A pattern of the next stage is then an ordinary regular expression. Each set of possible types has
//! a character of its own (one type, or two where a mention is ambiguous), in one contiguous range.
//! Private-use characters of the source are replaced, so that no text can forge a mention.

use std::cell::OnceCell;

use crate::schema::Type;
use crate::text::{Sieve, Span};

const FIRST: u32 = 0xE000;
const TYPES: u32 = Type::ALL.len() as u32;

/// The character of a mention that may be either of two types (give one twice where it is certain).
pub fn mark(a: Type, b: Type) -> char {
    let (a, b) = (a as u32, b as u32);
    char::from_u32(FIRST + a.min(b) * TYPES + a.max(b)).unwrap_or('\u{FFFD}')
}

/// The inside of a character class that holds the marks of these types.
pub fn class(types: &[Type]) -> String {
    if types.len() == Type::ALL.len() {
        return format!("\\u{{{:X}}}-\\u{{{:X}}}", FIRST, FIRST + TYPES * TYPES);
    }
    ranges(types).iter().map(|&(c, _)| format!("\\u{{{:X}}}", c as u32)).collect()
}

/// The same as ranges of characters, in order.
pub fn ranges(types: &[Type]) -> Vec<(char, char)> {
    if types.len() == Type::ALL.len() {
        return char::from_u32(FIRST + TYPES * TYPES)
            .map(|last| (mark(Type::ALL[0], Type::ALL[0]), last))
            .into_iter()
            .collect();
    }
    let mut marks: Vec<char> = types.iter().flat_map(|&a| Type::ALL.iter().map(move |&b| mark(a, b))).collect();
    marks.sort_unstable();
    marks.dedup();
    marks.into_iter().map(|c| (c, c)).collect()
}

/// Whether the character stands for a mention.
pub fn is_mark(c: char) -> bool {
    (FIRST..=FIRST + TYPES * TYPES).contains(&(c as u32))
}

/// Whether private-use characters stand in a text.
pub fn holds_private(text: &str) -> bool {
    // They begin with these bytes, and no others do.
    let private = |first: u8, second: u8| (first == 0xee) | (first == 0xef) & (second <= 0xa3);
    let bytes = text.as_bytes();
    bytes.iter().zip(bytes.iter().skip(1)).fold(false, |any, (&first, &second)| any | private(first, second))
}

/// One mention to be put into a skeleton.
#[derive(Debug, Clone, Copy)]
pub struct Piece {
    /// Bytes of the text.
    pub span: Span,
    /// Its type.
    pub kind: Type,
    /// The caller's number for it.
    pub index: usize,
}

/// A stretch of text with its mentions as single characters.
#[derive(Debug, Clone, Default)]
pub struct Skeleton {
    /// What patterns run on.
    pub text: String,
    /// Where the stretch begins in the whole text.
    pub start: usize,
    /// For each mention: its byte in `text`, its span in the whole text, the caller's number.
    pub marks: Vec<(usize, Span, usize)>,
    /// Which types occur, a bit each.
    pub types: u32,
    /// The type of each mention, as a bit.
    pub bits: Vec<u32>,
    chars: OnceCell<Sieve>,
}

impl Skeleton {
    /// The skeleton of `whole[span]`. Pieces come in order; those that overlap an earlier one or
    /// stand outside are left out. `forged` says whether `whole` holds private-use characters.
    pub fn new(whole: &str, span: Span, pieces: &[Piece], forged: bool) -> Skeleton {
        let mut skeleton = Skeleton {
            text: String::with_capacity(span.len() + 3),
            start: span.start,
            marks: Vec::with_capacity(pieces.len()),
            types: 0,
            bits: Vec::with_capacity(pieces.len()),
            chars: OnceCell::new(),
        };
        let mut at = span.start;
        for piece in pieces {
            if piece.span.start < at || piece.span.end > span.end || piece.span.is_empty() {
                continue;
            }
            skeleton.push(&whole[at..piece.span.start], forged);
            skeleton.marks.push((skeleton.text.len(), piece.span, piece.index));
            skeleton.text.push(mark(piece.kind, piece.kind));
            skeleton.types |= 1 << piece.kind as u32;
            skeleton.bits.push(1 << piece.kind as u32);
            at = piece.span.end;
        }
        skeleton.push(&whole[at..span.end.max(at)], forged);
        skeleton
    }

    fn push(&mut self, text: &str, forged: bool) {
        if forged {
            self.text.extend(text.chars().map(|c| if ('\u{E000}'..='\u{F8FF}').contains(&c) { '\u{FFFD}' } else { c }));
        } else {
            self.text.push_str(text);
        }
    }

    /// The characters of the skeleton.
    pub fn chars(&self) -> &Sieve {
        self.chars.get_or_init(|| {
            let mut chars = Sieve::default();
            self.text.chars().for_each(|c| chars.add(c));
            chars
        })
    }

    /// The place in the whole text of a byte of the skeleton (its first byte for a mention).
    pub fn to_text(&self, at: usize) -> usize {
        match self.marks.partition_point(|mark| mark.0 < at) {
            0 => self.start + at,
            n => {
                let (place, span, _) = self.marks[n - 1];
                span.end + at.saturating_sub(place + 3)
            }
        }
    }

    /// The byte of the skeleton for a place in the whole text.
    pub fn from_text(&self, at: usize) -> usize {
        match self.marks.partition_point(|mark| mark.1.start < at) {
            0 => at.saturating_sub(self.start).min(self.text.len()),
            n => {
                let (place, span, _) = self.marks[n - 1];
                (place + 3 + at.saturating_sub(span.end)).min(self.text.len())
            }
        }
    }

    /// The mentions in a range of the skeleton, as the caller's numbers.
    pub fn mentions_in(&self, start: usize, end: usize) -> impl Iterator<Item = usize> + '_ {
        let from = self.marks.partition_point(|mark| mark.0 < start);
        self.marks[from..].iter().take_while(move |mark| mark.0 < end).map(|mark| mark.2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_go_both_ways_and_forged_marks_are_defused() {
        let text = "在\u{E000}北京，王伟说";
        let find = |part: &str| text.find(part).map(|at| Span::new(at, at + part.len())).unwrap();
        let pieces = [
            Piece { span: find("北京"), kind: Type::Place, index: 7 },
            Piece { span: find("王伟"), kind: Type::Person, index: 9 },
        ];
        assert!(holds_private(text) && !holds_private("，“。甲ａ") && holds_private("a\u{f8ff}"));
        let skeleton = Skeleton::new(text, Span::new(0, text.len()), &pieces, true);
        assert_eq!(skeleton.text.chars().filter(|&c| is_mark(c)).count(), 2);
        let comma = skeleton.text.find('，').unwrap();
        assert_eq!(skeleton.to_text(comma), text.find('，').unwrap());
        assert_eq!(skeleton.from_text(text.find('说').unwrap()), skeleton.text.find('说').unwrap());
        assert_eq!(skeleton.mentions_in(0, comma).collect::<Vec<_>>(), [7]);
        assert_eq!(skeleton.to_text(skeleton.text.len()), text.len());
    }

    #[test]
    fn classes_hold_single_and_double_marks() {
        let class = regex::Regex::new(&format!("[{}]", class(&[Type::Person]))).unwrap();
        assert!(class.is_match(&mark(Type::Person, Type::Person).to_string()));
        assert!(class.is_match(&mark(Type::Place, Type::Person).to_string()));
        assert!(!class.is_match(&mark(Type::Place, Type::Place).to_string()));
    }
}
