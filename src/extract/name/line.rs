//! One sentence as characters, with every lexicon term that stands in it.

use super::segment::UNKNOWN;
use crate::lexicon::{Classes, Entry, Lexicon, Tag, Walk};
use crate::text::{Sieve, Span, Words};

/// A lexicon term at its place.
#[derive(Debug, Clone, Copy)]
pub struct Hit {
    /// First character.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The entry.
    pub entry: u32,
    /// How rare the term is, in hundredths of a nat.
    pub cost: i32,
    /// Its part of speech.
    pub tag: Tag,
    /// The lists that hold it.
    pub classes: Classes,
}

impl Hit {
    const NONE: Hit = Hit { start: 0, end: 0, entry: 0, cost: 0, tag: Tag::Unknown, classes: Classes::NONE };
}

/// A sentence as characters. Buffers are reused from sentence to sentence.
#[derive(Debug, Default)]
pub struct Line {
    /// The characters.
    pub chars: Vec<char>,
    /// Byte offset of each character in the view, and of the end.
    pub offsets: Vec<usize>,
    /// Which characters there may be.
    pub sieve: Sieve,
    /// The characters as the lexicon knows them.
    codes: Vec<u32>,
    walk: Walk,
    entries: Vec<[u8; 8]>,
    /// Every term, by start, then shortest first.
    pub hits: Vec<Hit>,
    first: Vec<u32>,
    /// The lists of all terms: what none of them holds is not looked for.
    pub lists: Classes,
    /// The lists of the terms that start at each character.
    pub starts: Vec<Classes>,
    /// The lists of the terms that end before each character.
    pub ends: Vec<Classes>,
    /// What words of one and of two characters cost at each place; [`NEVER`] where there is none.
    words: Vec<[i32; 2]>,
}

/// More than any way over a few characters costs.
const NEVER: i32 = i32::MAX / 16;

impl Line {
    /// Reads the sentence `span` of `text`. Terms of the lists `named` are no mere words.
    pub fn read(&mut self, text: &str, span: Span, lexicon: &Lexicon, named: Classes) {
        self.offsets.clear();
        self.first.clear();
        self.lists = Classes::NONE;
        let text = span.of(text);
        self.chars.resize(text.chars().count(), '\0');
        self.chars.iter_mut().zip(text.chars()).for_each(|(place, c)| *place = c);
        lexicon.encode(&self.chars, &mut self.codes);
        let (mut at, mut sieve) = (span.start, Sieve::default());
        self.offsets.extend(self.chars.iter().map(|&c| {
            sieve.add(c);
            at += c.len_utf8();
            at - c.len_utf8()
        }));
        self.sieve = sieve;
        self.offsets.push(span.end);
        let length = self.chars.len();
        self.starts.clear();
        self.starts.resize(length + 1, Classes::NONE);
        self.ends.clear();
        self.ends.resize(length + 1, Classes::NONE);
        self.words.clear();
        self.words.resize(length, [UNKNOWN, NEVER]);
        lexicon.everywhere(&self.codes, &mut self.walk);
        // Sorted by start; of one start the shortest stay first.
        self.first.resize(length + 2, 0);
        for found in &self.walk.found {
            self.first[found.start as usize + 2] += 1;
        }
        for start in 2..self.first.len() {
            self.first[start] += self.first[start - 1];
        }
        self.hits.resize(self.walk.found.len(), Hit::NONE);
        // All at once, so that many places of a table larger than the caches are fetched at the same time.
        self.entries.clear();
        self.entries.extend(self.walk.found.iter().map(|found| lexicon.packed_entry(found.term)));
        for (found, entry) in self.walk.found.iter().zip(&self.entries) {
            let (start, end) = (found.start as usize, (found.start + found.length) as usize);
            let Entry { cost, tag, classes } = lexicon.unpack(*entry);
            self.lists = self.lists.or(classes);
            self.starts[start] = self.starts[start].or(classes);
            self.ends[end] = self.ends[end].or(classes);
            if found.length <= 2 && !classes.any(named) {
                self.words[start][found.length as usize - 1] = cost.max(1);
            }
            let place = &mut self.first[start + 1];
            self.hits[*place as usize] = Hit { start, end, entry: found.term, cost, tag, classes };
            *place += 1;
        }
    }

    /// Number of characters.
    pub fn len(&self) -> usize {
        self.chars.len()
    }

    /// The terms that start at a character, shortest first; none behind the last.
    pub fn hits_at(&self, start: usize) -> &[Hit] {
        &self.hits[self.places_at(start)]
    }

    /// Where these stand among all.
    pub fn places_at(&self, start: usize) -> std::ops::Range<usize> {
        match (self.first.get(start), self.first.get(start + 1)) {
            (Some(&first), Some(&last)) => first as usize..last as usize,
            _ => 0..0,
        }
    }

    /// The term `start..end`, if it is one.
    pub fn hit(&self, start: usize, end: usize) -> Option<Hit> {
        self.hits_at(start).iter().find(|hit| hit.end == end).copied()
    }

    /// No mere word reaches into or out of `start..end`, where a value stands.
    pub fn bar(&mut self, start: usize, end: usize) {
        self.words[start.saturating_sub(1)..end].fill([NEVER, NEVER]);
    }

    /// Most that the cheapest way over the Chinese characters `start..end` by mere words of one and two of them costs:
    /// a candidate that costs more is no part of the cheapest way through the sentence.
    pub fn way(&self, start: usize, end: usize) -> i32 {
        let (mut before, mut here) = (NEVER, 0);
        for at in start..end {
            let [one, _] = self.words[at];
            let two = if at > start { before + self.words[at - 1][1] } else { NEVER };
            (before, here) = (here, two.min(here + one).min(NEVER));
        }
        here
    }

    /// The bytes of the view that characters `start..end` stand for.
    pub fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.offsets[start], self.offsets[end])
    }

    /// The character of a byte offset inside the sentence, or the end.
    pub fn char_at(&self, offset: usize) -> usize {
        self.offsets.partition_point(|&at| at < offset).min(self.chars.len())
    }

    /// The characters `start..end` as text.
    pub fn text(&self, start: usize, end: usize) -> String {
        self.chars[start..end].iter().collect()
    }

    /// Whether `start..end` is one of the words.
    pub fn is_one_of(&self, start: usize, end: usize, words: &Words) -> bool {
        words.hold(&self.chars[start..end])
    }

    /// Whether `start..end` ends with one of the words: 全面实施 with 实施.
    pub fn ends_in(&self, start: usize, end: usize, words: &Words) -> bool {
        words.before(&self.chars[start..end]).is_some()
    }

    /// The character before `at`.
    pub fn before(&self, at: usize) -> Option<char> {
        at.checked_sub(1).map(|i| self.chars[i])
    }

    /// The character at `at`.
    pub fn after(&self, at: usize) -> Option<char> {
        self.chars.get(at).copied()
    }
}

/// Whether the character is a Chinese one.
#[inline]
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇')
}

/// Whether the character is a letter of another script.
pub fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    if is_han(c) {
        return false;
    }
    !is_mark(c) && c.is_alphabetic()
}

/// Whether the character is a mark of Chinese text: most of what is no Chinese character is, and the tables of the
/// standard library find it last.
#[inline]
pub fn is_mark(c: char) -> bool {
    matches!(c, '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}'
        | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_those_of_the_standard_library_that_are_no_chinese_characters() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_letter(c), c.is_alphabetic() && !is_han(c), "{c:?}");
            assert!(!is_mark(c) || !c.is_numeric(), "{c:?}");
        }
    }
}
