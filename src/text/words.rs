//! A few words looked up at places of a text, most places refused by one bit.

use serde::{Deserialize, Deserializer};

/// Words of a rule, in the order written.
#[derive(Debug, Clone, Default)]
pub struct Words {
    words: Vec<Box<[char]>>,
    first: Sieve,
    last: Sieve,
}

/// A set of characters that may hold more than it was given, never fewer.
#[derive(Debug, Clone, Copy, Default)]
struct Sieve([u64; 4]);

impl Sieve {
    fn place(c: char) -> (usize, u32) {
        // Neighbours in a block of the same radical differ in their low bits.
        let c = c as u32;
        let hash = (c ^ (c >> 8)) & 255;
        ((hash >> 6) as usize, hash & 63)
    }

    fn add(&mut self, c: char) {
        let (at, bit) = Sieve::place(c);
        self.0[at] |= 1 << bit;
    }

    #[inline]
    fn may_hold(&self, c: char) -> bool {
        let (at, bit) = Sieve::place(c);
        self.0[at] >> bit & 1 == 1
    }
}

impl<S: AsRef<str>> FromIterator<S> for Words {
    fn from_iter<I: IntoIterator<Item = S>>(words: I) -> Words {
        let chars = |word: S| word.as_ref().chars().collect::<Box<[char]>>();
        let words: Vec<Box<[char]>> = words.into_iter().map(chars).filter(|word| !word.is_empty()).collect();
        let (mut first, mut last) = (Sieve::default(), Sieve::default());
        for word in &words {
            first.add(word[0]);
            last.add(word[word.len() - 1]);
        }
        Words { words, first, last }
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Words, D::Error> {
        Vec::<String>::deserialize(deserializer).map(Words::from_iter)
    }
}

impl Words {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The words, in the order written.
    pub fn iter(&self) -> impl Iterator<Item = &[char]> {
        self.words.iter().map(AsRef::as_ref)
    }

    /// The same words, the longest first, those of one length in the order written.
    pub fn longest_first(mut self) -> Words {
        self.words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        self
    }

    /// Length of the first word, in the order written, that the text begins with.
    #[inline]
    pub fn at(&self, text: &[char]) -> Option<usize> {
        if !self.first.may_hold(*text.first()?) {
            return None;
        }
        self.words.iter().find(|word| text.starts_with(word)).map(|word| word.len())
    }

    /// Length of the first word, in the order written, that the text ends with.
    #[inline]
    pub fn before(&self, text: &[char]) -> Option<usize> {
        if !self.last.may_hold(*text.last()?) {
            return None;
        }
        self.words.iter().find(|word| text.ends_with(word)).map(|word| word.len())
    }

    /// Whether a text begins with one of the words.
    #[inline]
    pub fn begin(&self, text: &str) -> bool {
        let mut chars = text.chars();
        if !chars.next().is_some_and(|first| self.first.may_hold(first)) {
            return false;
        }
        self.words.iter().any(|word| {
            let mut chars = text.chars();
            word.iter().all(|&c| chars.next() == Some(c))
        })
    }

    /// Whether the text is one of the words.
    #[inline]
    pub fn hold(&self, text: &[char]) -> bool {
        let (Some(&first), Some(&last)) = (text.first(), text.last()) else { return false };
        self.first.may_hold(first) && self.last.may_hold(last) && self.words.iter().any(|word| **word == *text)
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
