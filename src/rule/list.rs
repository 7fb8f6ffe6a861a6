//! A word list of the rules, asked about a text: whether the text begins or ends with one of the words or holds one.

use std::collections::BTreeMap;
use std::ops::Deref;

/// Words in the order of their file, with where those of each first and last character stand.
#[derive(Debug, Clone, Default)]
pub struct List {
    words: Vec<String>,
    first: Index,
    last: Index,
}

/// The numbers of the words that share a character.
#[derive(Debug, Clone, Default)]
struct Index {
    /// May hold a character that is none of the words', never the other way round.
    sieve: [u64; 16],
    /// Sorted by character.
    chars: Vec<char>,
    numbers: Vec<Vec<u32>>,
}

impl Index {
    fn new(words: &[String], key: impl Fn(&str) -> Option<char>) -> Index {
        let mut all: BTreeMap<char, Vec<u32>> = BTreeMap::new();
        for (number, word) in words.iter().enumerate() {
            if let Some(c) = key(word) {
                all.entry(c).or_default().push(number as u32);
            }
        }
        let mut sieve = [0; 16];
        for c in all.keys() {
            let (at, bit) = Index::place(*c);
            sieve[at] |= bit;
        }
        let (chars, numbers) = all.into_iter().unzip();
        Index { sieve, chars, numbers }
    }

    fn place(c: char) -> (usize, u64) {
        let c = c as u32;
        let hash = (c ^ (c >> 9)) & 1023;
        ((hash >> 6) as usize, 1 << (hash & 63))
    }

    /// The numbers of the words of that character, in order.
    fn get(&self, c: char) -> &[u32] {
        let (at, bit) = Index::place(c);
        if self.sieve[at] & bit == 0 {
            return &[];
        }
        self.chars.binary_search(&c).map_or(&[], |found| &self.numbers[found])
    }
}

impl Deref for List {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.words
    }
}

impl From<Vec<String>> for List {
    fn from(words: Vec<String>) -> List {
        let first = Index::new(&words, |word| word.chars().next());
        let last = Index::new(&words, |word| word.chars().next_back());
        List { words, first, last }
    }
}

impl List {
    /// The words, in the order of their file, with which the text begins.
    pub fn starting<'l>(&'l self, text: &str) -> impl Iterator<Item = &'l str> {
        let numbers = text.chars().next().map_or(&[][..], |c| self.first.get(c));
        numbers.iter().map(|&number| self.words[number as usize].as_str()).filter(move |word| text.starts_with(word))
    }

    /// The words, in the order of their file, with which the text ends.
    pub fn ending<'l>(&'l self, text: &str) -> impl Iterator<Item = &'l str> {
        let numbers = text.chars().next_back().map_or(&[][..], |c| self.last.get(c));
        numbers.iter().map(|&number| self.words[number as usize].as_str()).filter(move |word| text.ends_with(word))
    }

    /// Whether the text begins with one of the words.
    pub fn begins(&self, text: &str) -> bool {
        self.starting(text).next().is_some()
    }

    /// Whether the text ends with one of the words.
    pub fn ends(&self, text: &str) -> bool {
        self.ending(text).next().is_some()
    }

    /// Whether the text is one of the words.
    pub fn holds(&self, text: &str) -> bool {
        self.starting(text).any(|word| word.len() == text.len())
    }

    /// Every place of a word: first byte and word, by place, those of one place in the order of the file.
    pub fn inside<'l>(&'l self, text: &str) -> impl Iterator<Item = (usize, &'l str)> {
        let places = text.char_indices().filter(|&(_, c)| !self.first.get(c).is_empty());
        places.flat_map(move |(at, _)| self.starting(&text[at..]).map(move |word| (at, word)))
    }

    /// Whether one of the words stands in the text.
    pub fn within(&self, text: &str) -> bool {
        self.inside(text).next().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn it_answers_what_searches_answer(
            words in proptest::collection::vec("[一丁a𠀀]{1,3}", 0..8),
            text in "[一丁七a𠀀]{0,12}",
        ) {
            let list = List::from(words.clone());
            let with = |fits: &dyn Fn(&str) -> bool| words.iter().map(String::as_str).filter(|word| fits(word)).collect::<Vec<_>>();
            proptest::prop_assert_eq!(list.starting(&text).collect::<Vec<_>>(), with(&|word| text.starts_with(word)));
            proptest::prop_assert_eq!(list.ending(&text).collect::<Vec<_>>(), with(&|word| text.ends_with(word)));
            proptest::prop_assert_eq!(list.within(&text), words.iter().any(|word| text.contains(word.as_str())));
            proptest::prop_assert_eq!(list.holds(&text), words.contains(&text));
            let first = list.inside(&text).next().map(|(at, _)| at);
            proptest::prop_assert_eq!(first, words.iter().filter_map(|word| text.find(word.as_str())).min());
        }
    }
}
