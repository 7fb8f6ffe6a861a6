//! Words by one of their characters: which of a few hundred words can stand at a place.

use std::collections::BTreeMap;

/// A set of characters that may hold more than it was given, never fewer.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sieve([u64; 16]);

impl Sieve {
    #[inline]
    fn place(c: char) -> (usize, u64) {
        // Neighbours in a block of the same radical differ in their low bits.
        let c = c as u32;
        let hash = (c ^ (c >> 9)) & 1023;
        ((hash >> 6) as usize, 1 << (hash & 63))
    }

    /// Adds a character.
    #[inline]
    pub fn add(&mut self, c: char) {
        let (at, bit) = Sieve::place(c);
        self.0[at] |= bit;
    }

    /// Whether the character may be in it.
    #[inline]
    pub fn may_hold(&self, c: char) -> bool {
        let (at, bit) = Sieve::place(c);
        self.0[at] & bit != 0
    }

    /// Adds the characters of another.
    pub fn join(&mut self, other: &Sieve) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
    }

    /// Whether a character may be in both.
    #[inline]
    pub fn may_meet(&self, other: &Sieve) -> bool {
        self.0.iter().zip(&other.0).any(|(a, b)| a & b != 0)
    }
}

/// A set of pairs of characters that may hold more than it was given, never fewer: words by their first two.
#[derive(Debug, Clone)]
pub struct Pairs(Box<[u64; 1 << (Pairs::BITS - 6)]>);

impl Default for Pairs {
    fn default() -> Pairs {
        Pairs(Box::new([0; 1 << (Pairs::BITS - 6)]))
    }
}

impl Pairs {
    const BITS: u32 = 15;

    #[inline]
    fn place(first: char, second: char) -> (usize, u64) {
        let hash = (first as u32).wrapping_mul(0x9e37_79b1) ^ (second as u32).wrapping_mul(0x85eb_ca6b);
        let hash = hash >> (32 - Pairs::BITS);
        ((hash >> 6) as usize, 1 << (hash & 63))
    }

    /// Adds a pair.
    #[inline]
    pub fn add(&mut self, first: char, second: char) {
        let (at, bit) = Pairs::place(first, second);
        self.0[at] |= bit;
    }

    /// Whether the pair may be in it.
    #[inline]
    pub fn may_hold(&self, first: char, second: char) -> bool {
        let (at, bit) = Pairs::place(first, second);
        self.0[at] & bit != 0
    }
}

/// The numbers of the words that share a character.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// The characters of all words.
    pub sieve: Sieve,
    /// Sorted by character.
    chars: Vec<char>,
    numbers: Vec<Vec<u32>>,
}

impl Index {
    /// The index of words by the character that each has there; words without one are left out.
    pub fn new(keys: impl Iterator<Item = Option<char>>) -> Index {
        let mut all: BTreeMap<char, Vec<u32>> = BTreeMap::new();
        for (number, key) in keys.enumerate() {
            if let Some(c) = key {
                all.entry(c).or_default().push(number as u32);
            }
        }
        let mut sieve = Sieve::default();
        all.keys().for_each(|c| sieve.add(*c));
        let (chars, numbers) = all.into_iter().unzip();
        Index { sieve, chars, numbers }
    }

    /// The numbers of the words of that character, in order.
    #[inline]
    pub fn get(&self, c: char) -> &[u32] {
        if !self.sieve.may_hold(c) {
            return &[];
        }
        self.chars.binary_search(&c).map_or(&[], |found| &self.numbers[found])
    }
}
