//! The words of the rules in a sentence: most places are refused by a bit of their first two characters.

use rustc_hash::FxHashMap;

use crate::text::{Pairs, Sieve};

/// The characters of a sentence, each with its first byte.
pub type Chars = [(u32, char)];

/// What stands behind the first two characters of a word, and the number of the word.
type Rest = (Box<[char]>, u32);

/// Words by their first two characters.
#[derive(Debug, Default)]
pub(super) struct Spotter {
    /// The pairs with which words begin.
    pairs: Pairs,
    /// The words that begin with such a pair.
    longer: FxHashMap<(char, char), Vec<Rest>>,
    /// Words of one character.
    single: FxHashMap<char, u32>,
    singles: Sieve,
}

impl Spotter {
    /// The spotter of words, which are known by their numbers in this order.
    pub(super) fn new<'w>(words: impl Iterator<Item = &'w str>) -> Spotter {
        let mut out = Spotter::default();
        for (word, number) in words.zip(0..) {
            let mut chars = word.chars();
            match (chars.next(), chars.next()) {
                (Some(first), Some(second)) => {
                    out.pairs.add(first, second);
                    out.longer.entry((first, second)).or_default().push((chars.collect(), number));
                }
                (Some(only), None) => {
                    out.singles.add(only);
                    out.single.insert(only, number);
                }
                (None, _) => {}
            }
        }
        out
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.single.len() + self.longer.values().map(Vec::len).sum::<usize>()
    }

    /// Tells each word that stands in a sentence of `length` bytes: its first byte, one past its last, its number.
    pub(super) fn find(&self, chars: &Chars, length: u32, mut tell: impl FnMut(u32, u32, u32)) {
        let begin = |number: usize| chars.get(number).map_or(length, |next| next.0);
        for (number, &(at, c)) in chars.iter().enumerate() {
            if self.singles.may_hold(c)
                && let Some(&word) = self.single.get(&c)
            {
                tell(at, begin(number + 1), word);
            }
            let Some(&(_, next)) = chars.get(number + 1) else { break };
            if !self.pairs.may_hold(c, next) {
                continue;
            }
            for (rest, word) in self.longer.get(&(c, next)).into_iter().flatten() {
                let end = number + 2 + rest.len();
                let stands =
                    chars.get(number + 2..end).is_some_and(|here| here.iter().zip(rest).all(|(a, b)| a.1 == *b));
                if stands {
                    tell(at, begin(end), *word);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    proptest::proptest! {
        #[test]
        fn it_finds_what_a_search_finds(
            words in proptest::collection::btree_set("[一丁a𠀀]{1,3}", 0..8),
            text in "[一丁七a𠀀]{0,12}",
        ) {
            let words: Vec<String> = words.into_iter().collect();
            let spotter = Spotter::new(words.iter().map(String::as_str));
            let chars: Vec<(u32, char)> = text.char_indices().map(|(at, c)| (at as u32, c)).collect();
            let mut found = BTreeSet::new();
            spotter.find(&chars, text.len() as u32, |start, end, word| _ = found.insert((start, end, word)));
            let places = text.char_indices().map(|(at, _)| at);
            let expected = places.flat_map(|at| {
                let here = words.iter().zip(0..).filter(|(word, _)| text[at..].starts_with(word.as_str())).collect::<Vec<_>>();
                here.into_iter().map(move |(word, number)| (at as u32, (at + word.len()) as u32, number))
            });
            proptest::prop_assert_eq!(found, expected.collect::<BTreeSet<_>>());
            proptest::prop_assert_eq!(spotter.len(), words.len());
        }
    }
}
