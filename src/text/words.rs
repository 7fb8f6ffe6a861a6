//! A few words looked up at places of a text, most places refused by one bit.

use serde::{Deserialize, Deserializer};

use super::{Index, Sieve};

/// Words of a rule, in the order written.
#[derive(Debug, Clone, Default)]
pub struct Words {
    words: Vec<Box<[char]>>,
    first: Index,
    last: Index,
}

impl<S: AsRef<str>> FromIterator<S> for Words {
    fn from_iter<I: IntoIterator<Item = S>>(words: I) -> Words {
        let chars = |word: S| word.as_ref().chars().collect::<Box<[char]>>();
        let words: Vec<Box<[char]>> = words.into_iter().map(chars).filter(|word| !word.is_empty()).collect();
        Words::of(words)
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Words, D::Error> {
        Vec::<String>::deserialize(deserializer).map(Words::from_iter)
    }
}

impl Words {
    fn of(words: Vec<Box<[char]>>) -> Words {
        let first = Index::new(words.iter().map(|word| word.first().copied()));
        let last = Index::new(words.iter().map(|word| word.last().copied()));
        Words { words, first, last }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The characters with which they begin.
    pub fn firsts(&self) -> &Sieve {
        &self.first.sieve
    }

    /// Whether one of them may stand in a text of these characters.
    #[inline]
    pub fn may_stand(&self, chars: &Sieve) -> bool {
        self.first.sieve.may_meet(chars)
    }

    /// The numbers, in the order written, of the words that the text begins with.
    #[inline]
    pub fn all_at<'w>(&'w self, text: &'w [char]) -> impl Iterator<Item = usize> + 'w {
        let numbers = text.first().map_or(&[][..], |&first| self.first.get(first));
        numbers.iter().map(|&number| number as usize).filter(|&number| text.starts_with(&self.words[number]))
    }

    /// The words, in the order written.
    pub fn iter(&self) -> impl Iterator<Item = &[char]> {
        self.words.iter().map(AsRef::as_ref)
    }

    /// The same words, the longest first, those of one length in the order written.
    pub fn longest_first(mut self) -> Words {
        self.words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        Words::of(self.words)
    }

    /// The words of these numbers.
    #[inline]
    fn of_numbers<'w>(&'w self, numbers: &'w [u32]) -> impl Iterator<Item = &'w [char]> {
        numbers.iter().map(|&number| &*self.words[number as usize])
    }

    /// Length of the first word, in the order written, that the text begins with.
    #[inline]
    pub fn at(&self, text: &[char]) -> Option<usize> {
        let numbers = self.first.get(*text.first()?);
        self.of_numbers(numbers).find(|word| text.starts_with(word)).map(<[char]>::len)
    }

    /// Length of the first word, in the order written, that the text ends with.
    #[inline]
    pub fn before(&self, text: &[char]) -> Option<usize> {
        let numbers = self.last.get(*text.last()?);
        self.of_numbers(numbers).find(|word| text.ends_with(word)).map(<[char]>::len)
    }

    /// Whether a text begins with one of the words.
    #[inline]
    pub fn begin(&self, text: &str) -> bool {
        let Some(first) = text.chars().next() else { return false };
        self.of_numbers(self.first.get(first)).any(|word| {
            let mut chars = text.chars();
            word.iter().all(|&c| chars.next() == Some(c))
        })
    }

    /// Whether the text is one of the words.
    #[inline]
    pub fn hold(&self, text: &[char]) -> bool {
        let Some(&first) = text.first() else { return false };
        self.of_numbers(self.first.get(first)).any(|word| *word == *text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_the_order_written() {
        let words: Words = ["高速公路", "公路", "路", ""].into_iter().collect();
        let chars = |text: &str| text.chars().collect::<Vec<char>>();
        assert_eq!(words.at(&chars("公路局")), Some(2));
        assert_eq!(words.before(&chars("成渝高速公路")), Some(4));
        assert_eq!(words.before(&chars("道路")), Some(1));
        assert!(words.begin("公路局") && words.begin("路") && !words.begin("高速") && !words.begin(""));
        assert_eq!((words.at(&[]), words.before(&chars("路口"))), (None, None));
        assert!(words.hold(&chars("路")) && !words.hold(&chars("高速")) && !words.hold(&[]));
        let shortest: Words = ["路", "公路"].into_iter().collect();
        assert_eq!(shortest.clone().before(&chars("公路")), Some(1));
        assert_eq!(shortest.longest_first().before(&chars("公路")), Some(2));
    }
}
