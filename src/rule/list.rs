//! A word list of the rules, asked about a text: whether the text begins or ends with one of the words or holds one.

use std::ops::Deref;

use crate::text::{Index, Sieve};

/// Words in the order of their file, with where those of each first and last character stand.
#[derive(Debug, Clone, Default)]
pub struct List {
    words: Vec<String>,
    first: Index,
    last: Index,
}

impl Deref for List {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.words
    }
}

impl From<Vec<String>> for List {
    fn from(words: Vec<String>) -> List {
        let first = Index::new(words.iter().map(|word| word.chars().next()));
        let last = Index::new(words.iter().map(|word| word.chars().next_back()));
        List { words, first, last }
    }
}

impl List {
    /// The words, in the order of their file, with which the text begins.
    pub fn starting<'l>(&'l self, text: &str) -> impl Iterator<Item = &'l str> {
        self.numbers_starting(text).map(|number| self.words[number].as_str())
    }

    /// The words, in the order of their file, with which the text ends.
    pub fn ending<'l>(&'l self, text: &str) -> impl Iterator<Item = &'l str> {
        self.numbers_ending(text).map(|number| self.words[number].as_str())
    }

    /// The numbers, in the order of their file, of the words with which the text begins.
    pub fn numbers_starting(&self, text: &str) -> impl Iterator<Item = usize> {
        let numbers = text.chars().next().map_or(&[][..], |c| self.first.get(c));
        numbers.iter().map(|&number| number as usize).filter(move |&number| text.starts_with(&self.words[number]))
    }

    /// The numbers, in the order of their file, of the words with which the text ends.
    pub fn numbers_ending(&self, text: &str) -> impl Iterator<Item = usize> {
        let numbers = text.chars().next_back().map_or(&[][..], |c| self.last.get(c));
        numbers.iter().map(|&number| number as usize).filter(move |&number| text.ends_with(&self.words[number]))
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
        let places = text.char_indices().filter(|&(_, c)| self.first.sieve.may_hold(c));
        places.flat_map(move |(at, _)| self.starting(&text[at..]).map(move |word| (at, word)))
    }

    /// Whether one of the words stands in the text.
    pub fn within(&self, text: &str) -> bool {
        text.char_indices().any(|(at, c)| self.first.sieve.may_hold(c) && self.begins(&text[at..]))
    }

    /// Whether one of the words may begin with a character.
    #[inline]
    pub fn may_begin(&self, c: char) -> bool {
        self.first.sieve.may_hold(c)
    }

    /// The characters with which they begin; `None` where one of them is nothing.
    pub fn firsts(&self) -> Option<&Sieve> {
        (!self.words.iter().any(String::is_empty)).then_some(&self.first.sieve)
    }

    /// Whether one of the words may stand in a text of these characters. Of a short list every character is looked at.
    #[inline]
    pub fn may_stand(&self, chars: &Sieve) -> bool {
        const SHORT: usize = 12;
        self.first.sieve.may_meet(chars)
            && (self.words.len() > SHORT || self.words.iter().any(|word| word.chars().all(|c| chars.may_hold(c))))
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
            let words_of = |numbers: Vec<usize>| numbers.into_iter().map(|at| words[at].as_str()).collect::<Vec<_>>();
            proptest::prop_assert_eq!(words_of(list.numbers_starting(&text).collect()), list.starting(&text).collect::<Vec<_>>());
            proptest::prop_assert_eq!(words_of(list.numbers_ending(&text).collect()), list.ending(&text).collect::<Vec<_>>());
            proptest::prop_assert_eq!(list.within(&text), words.iter().any(|word| text.contains(word.as_str())));
            proptest::prop_assert_eq!(list.holds(&text), words.contains(&text));
            let mut chars = Sieve::default();
            text.chars().for_each(|c| chars.add(c));
            proptest::prop_assert!(list.may_stand(&chars) || !list.within(&text));
            let first = list.inside(&text).next().map(|(at, _)| at);
            proptest::prop_assert_eq!(first, words.iter().filter_map(|word| text.find(word.as_str())).min());
        }
    }
}
