//! A paragraph as the readers see it: plain characters, each with its byte offset.

use rustc_hash::FxHashMap;

use crate::error::Result;
use crate::lexicon::Table;
use crate::text::{Pairs, Span};

/// How characters are folded, and which ones can begin a value.
#[derive(Debug)]
pub(super) struct Folding {
    plain: FxHashMap<char, char>,
    /// One byte for every character of the basic plane: bit 0 folds, bit 1 begins a value.
    flags: Box<[u8]>,
}

impl Default for Folding {
    fn default() -> Folding {
        Folding { plain: FxHashMap::default(), flags: vec![0; 1 << 16].into() }
    }
}

const FOLDS: u8 = 1;
const BEGINS: u8 = 2;

impl Folding {
    /// The table `variant plain`.
    pub(super) fn load(table: Table<'_>) -> Result<Folding> {
        let mut folding = Folding::default();
        for row in table.rows_with(1)? {
            let one = |cell: &str| {
                let mut chars = cell.chars();
                match (chars.next(), chars.next()) {
                    (Some(c), None) => Ok(c),
                    _ => Err(table.error(&row, format_args!("wants one character, has `{cell}`"))),
                }
            };
            let (variant, plain) = (one(row.term)?, one(row.feature(0))?);
            folding.plain.insert(variant, plain);
            if let Some(flag) = folding.flags.get_mut(variant as usize) {
                *flag |= FOLDS;
            }
        }
        Ok(folding)
    }

    /// Says that a value can begin with this plain character.
    pub(super) fn begin(&mut self, c: char) {
        let variants: Vec<char> = self.plain.iter().filter(|&(_, &plain)| plain == c).map(|(&v, _)| v).collect();
        for c in variants.into_iter().chain([c]) {
            if let Some(flag) = self.flags.get_mut(c as usize) {
                *flag |= BEGINS;
            }
        }
    }

    /// The plain form.
    #[inline]
    pub(super) fn plain(&self, c: char) -> char {
        match self.flags.get(c as usize) {
            Some(flag) if flag & FOLDS != 0 => self.plain.get(&c).copied().unwrap_or(c),
            _ => c,
        }
    }

    #[inline]
    pub(super) fn begins(&self, c: char) -> bool {
        self.flags.get(c as usize).is_some_and(|flag| flag & BEGINS != 0)
    }

    /// The paragraph, or `None` where nothing in it can begin a value.
    pub(super) fn chars(&self, text: &str) -> Option<Chars> {
        let first = text.chars().position(|c| self.begins(c))?;
        let count = text.chars().count();
        let (mut chars, mut offsets) = (vec!['\0'; count], vec![text.len(); count + 1]);
        for ((at, c), (plain, offset)) in text.char_indices().zip(chars.iter_mut().zip(&mut offsets)) {
            (*plain, *offset) = (self.plain(c), at);
        }
        Some(Chars { chars, offsets, first })
    }
}

/// The characters of one paragraph, folded. Positions are counted in characters; any position past the
/// end reads as NUL, so that look-ahead needs no checks.
#[derive(Debug)]
pub(super) struct Chars {
    chars: Vec<char>,
    offsets: Vec<usize>,
    /// The first position where a value can begin.
    pub(super) first: usize,
}

impl Chars {
    /// How many characters there are.
    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    /// The character at a position.
    #[inline]
    pub(super) fn at(&self, i: usize) -> char {
        self.chars.get(i).copied().unwrap_or('\0')
    }

    /// The character before a position.
    pub(super) fn before(&self, i: usize) -> char {
        i.checked_sub(1).map_or('\0', |i| self.at(i))
    }

    /// Whether `word` stands at a position.
    #[inline]
    pub(super) fn has(&self, i: usize, word: &str) -> bool {
        let mut chars = word.chars();
        chars.next().is_none_or(|first| self.at(i) == first) && chars.zip(i + 1..).all(|(c, at)| self.at(at) == c)
    }

    /// The position behind `word`, where it stands at `i`.
    #[inline]
    pub(super) fn eat(&self, i: usize, word: &str) -> Option<usize> {
        self.has(i, word).then(|| i + word.chars().count())
    }

    /// The first of `words` that stands at `i`, with the position behind it. Longer ones go first.
    pub(super) fn eat_any(&self, i: usize, words: &[&'static str]) -> Option<(&'static str, usize)> {
        words.iter().find_map(|word| self.eat(i, word).map(|end| (*word, end)))
    }

    /// Whether the text before a position ends with `word`.
    pub(super) fn ends(&self, i: usize, word: &str) -> bool {
        let len = word.chars().count();
        i >= len && self.has(i - len, word)
    }

    /// Whether the text before a position ends with one of `words`.
    pub(super) fn ends_any(&self, i: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.ends(i, word))
    }

    /// Whether one of `words` stands at a position.
    pub(super) fn has_any<W: AsRef<str>>(&self, i: usize, words: &[W]) -> bool {
        words.iter().any(|word| self.has(i, word.as_ref()))
    }

    /// The position behind at most one blank.
    pub(super) fn blank(&self, i: usize) -> usize {
        if self.at(i) == ' ' { i + 1 } else { i }
    }

    /// The bytes between two positions.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let byte = |i: usize| self.offsets[i.min(self.offsets.len() - 1)];
        Span::new(byte(start), byte(end))
    }

    /// The folded text between two positions.
    pub(super) fn text(&self, start: usize, end: usize) -> String {
        self.chars[start.min(self.len())..end.min(self.len())].iter().collect()
    }
}

/// A word and what is said of it.
type Entry<T> = (Box<[char]>, T);

/// Words with something said of each, looked up at a position: the longest one wins.
#[derive(Debug)]
pub(super) struct Words<T> {
    /// By their first two characters, or the only one and NUL; the longest first.
    by_first: FxHashMap<(char, char), Vec<Entry<T>>>,
    /// One bit for each of these keys, which most places of a text do not have.
    keys: Pairs,
}

impl<T> Default for Words<T> {
    fn default() -> Self {
        Words { by_first: FxHashMap::default(), keys: Pairs::default() }
    }
}

/// The first two characters of a word; NUL for a second that it does not have.
fn key(word: &[char]) -> Option<(char, char)> {
    Some((*word.first()?, word.get(1).copied().unwrap_or('\0')))
}

impl<T> Words<T> {
    /// Adds a word; of two equal ones the later counts.
    pub(super) fn insert(&mut self, word: &str, value: T) {
        let chars: Box<[char]> = word.chars().collect();
        let Some(key) = key(&chars) else { return };
        self.keys.add(key.0, key.1);
        let bucket = self.by_first.entry(key).or_default();
        if let Some(known) = bucket.iter_mut().find(|(known, _)| *known == chars) {
            known.1 = value;
            return;
        }
        let at = bucket.partition_point(|(known, _)| known.len() >= chars.len());
        bucket.insert(at, (chars, value));
    }

    /// The longest word at `i`, with the position behind it.
    #[inline]
    pub(super) fn longest(&self, text: &Chars, i: usize) -> Option<(&T, usize)> {
        let (first, second) = (text.at(i), text.at(i + 1));
        let known = |second: char| self.keys.may_hold(first, second);
        let (longer, single) = (second != '\0' && known(second), known('\0'));
        if !longer && !single {
            return None;
        }
        let bucket = |second: char| self.by_first.get(&(first, second)).into_iter().flatten();
        let longer = longer.then(|| bucket(second)).into_iter().flatten();
        let single = single.then(|| bucket('\0')).into_iter().flatten();
        longer
            .chain(single)
            .find(|(word, _)| word.iter().enumerate().all(|(k, &c)| text.at(i + k) == c))
            .map(|(word, value)| (value, i + word.len()))
    }

    /// The first characters of all words, sorted.
    pub(super) fn first_chars(&self) -> Vec<char> {
        let mut all: Vec<char> = self.by_first.keys().map(|key| key.0).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The word of exactly these characters.
    pub(super) fn get(&self, word: &str) -> Option<&T> {
        let chars: Vec<char> = word.chars().collect();
        self.by_first.get(&key(&chars)?)?.iter().find(|(known, _)| known[..] == chars[..]).map(|(_, value)| value)
    }
}
