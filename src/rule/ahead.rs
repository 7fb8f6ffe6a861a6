//! The characters with which what a program reads from a step on begins: ways that the next character rules out are
//! not gone.

use rustc_hash::FxHashMap;

use super::program::{Parts, Step};
use crate::text::Sieve;

/// A set of more characters than these is no help in saying how something begins.
const FEW: u32 = 1000;
/// Where what begins there may be nothing, or begin with many characters.
const ANY: u32 = u32::MAX;

/// How matches, and the ways of each choice, begin.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    sieves: Vec<Sieve>,
    /// Which of the sieves a match begins with.
    start: u32,
    /// The same of both ways of each choice, by its number.
    ways: Vec<[u32; 2]>,
}

impl Ahead {
    pub(super) fn new(steps: &[Step], parts: &Parts, choices: usize) -> Ahead {
        let mut reader = Reader { steps, parts, known: FxHashMap::default(), out: Ahead::default(), seen: Vec::new() };
        reader.out.start = reader.at(0);
        reader.out.ways = vec![[ANY; 2]; choices];
        for (at, step) in steps.iter().enumerate() {
            if let &Step::Either(first, second, number) = step {
                let way = |by: i32| at.wrapping_add_signed(by as isize);
                reader.out.ways[number as usize] = [reader.at(way(first)), reader.at(way(second))];
            }
        }
        reader.out
    }

    /// Whether a match may begin with a character.
    #[inline]
    pub(super) fn may_start(&self, c: char) -> bool {
        self.may(self.start, Some(c))
    }

    /// Whether each way of a choice may be gone before a character, or at the end of the text.
    #[inline]
    pub(super) fn ways(&self, choice: u32, next: Option<char>) -> [bool; 2] {
        let [first, second] = self.ways[choice as usize];
        [self.may(first, next), self.may(second, next)]
    }

    #[inline]
    fn may(&self, sieve: u32, next: Option<char>) -> bool {
        sieve == ANY || next.is_some_and(|c| self.sieves[sieve as usize].may_hold(c))
    }

    #[cfg(test)]
    pub(super) fn start(&self) -> Option<&Sieve> {
        self.sieves.get(self.start as usize)
    }
}

struct Reader<'p> {
    steps: &'p [Step],
    parts: &'p Parts,
    /// Which sieve belongs to a step.
    known: FxHashMap<usize, u32>,
    out: Ahead,
    /// For each step, the last walk that came by.
    seen: Vec<u32>,
}

impl Reader<'_> {
    /// The sieve for what begins at a step.
    fn at(&mut self, step: usize) -> u32 {
        if let Some(&known) = self.known.get(&step) {
            return known;
        }
        let number = match self.walk(step) {
            Some(sieve) => {
                self.out.sieves.push(sieve);
                self.out.sieves.len() as u32 - 1
            }
            None => ANY,
        };
        self.known.insert(step, number);
        number
    }

    fn walk(&mut self, from: usize) -> Option<Sieve> {
        self.seen.resize(self.steps.len(), 0);
        let turn = self.known.len() as u32 + 1;
        let (mut sieve, mut open) = (Sieve::default(), vec![from]);
        while let Some(at) = open.pop() {
            let step = self.steps.get(at)?;
            if std::mem::replace(&mut self.seen[at], turn) == turn {
                continue;
            }
            let way = |by: i32| at.wrapping_add_signed(by as isize);
            match *step {
                Step::Char(c) => sieve.add(c),
                Step::Set(set) => {
                    let set = &self.parts.sets[set as usize];
                    let count: u32 = set.iter().map(|&(first, last)| last as u32 - first as u32 + 1).sum();
                    if count > FEW {
                        return None;
                    }
                    set.iter().flat_map(|&(first, last)| first..=last).for_each(|c| sieve.add(c));
                }
                Step::Words(list, _) => sieve.join(self.parts.lists[list as usize].firsts()?),
                Step::Either(first, second, _) => open.extend([way(first), way(second)]),
                Step::Jump(by) => open.push(way(by)),
                Step::Save(_) | Step::Start => open.push(at + 1),
            }
        }
        Some(sieve)
    }
}
