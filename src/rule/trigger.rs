//! One automaton over the trigger words of all pattern rules.

use daachorse::CharwiseDoubleArrayAhoCorasick;

use super::{Action, Rule};
use std::collections::BTreeMap;

/// Says which pattern rules can match a skeleton: those of whose lists of trigger words each has one in it, and
/// whose types are present.
#[derive(Default)]
pub struct Triggers {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    /// For each word, the rules that want it, each with the bit of the list that holds it.
    words: Vec<Vec<(u32, u32)>>,
    /// For each rule, the bits of all its lists; 0 for a rule that cannot match.
    wanted: Vec<u32>,
    /// Rules without a trigger word.
    always: Vec<usize>,
}

/// What one search needs, used again by the next.
#[derive(Debug, Default)]
pub struct Candidates {
    /// For each rule, the lists found so far.
    seen: Vec<u32>,
    touched: Vec<u32>,
    /// The rules that can match, in their order.
    pub rules: Vec<usize>,
}

impl std::fmt::Debug for Triggers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Triggers({} words)", self.words.len())
    }
}

impl Triggers {
    /// The triggers of the pattern rules among these.
    pub fn new(rules: &[Rule]) -> Triggers {
        let mut words: BTreeMap<&str, Vec<(u32, u32)>> = BTreeMap::new();
        let mut always = Vec::new();
        let mut wanted = vec![0; rules.len()];
        for (index, rule) in rules.iter().enumerate().filter(|(_, rule)| !rule.draft) {
            let Action::Pattern { pattern, .. } = &rule.action else { continue };
            if pattern.triggers.is_empty() {
                always.push(index);
            }
            // The most telling lists come first: the bits are enough for these.
            let lists = std::iter::once(&pattern.triggers).chain(&pattern.also).filter(|list| !list.is_empty());
            for (bit, list) in lists.take(32).enumerate() {
                wanted[index] |= 1 << bit;
                for word in list {
                    let known = words.entry(word).or_default();
                    match known.last_mut() {
                        Some((rule, lists)) if *rule == index as u32 => *lists |= 1 << bit,
                        _ => known.push((index as u32, 1 << bit)),
                    }
                }
            }
        }
        let pairs = words.keys().enumerate().map(|(number, word)| (*word, number as u32));
        let automaton = CharwiseDoubleArrayAhoCorasick::with_values(pairs).ok();
        Triggers { automaton, words: words.into_values().collect(), wanted, always }
    }

    /// Finds the rules that can match.
    pub fn find(&self, rules: &[Rule], text: &str, types: u32, found: &mut Candidates) {
        let Candidates { seen, touched, rules: list } = found;
        list.clear();
        list.extend_from_slice(&self.always);
        seen.resize(self.wanted.len(), 0);
        if let Some(automaton) = &self.automaton {
            for hit in automaton.find_overlapping_iter(text) {
                for &(rule, lists) in &self.words[hit.value() as usize] {
                    let seen = &mut seen[rule as usize];
                    if *seen == 0 {
                        touched.push(rule);
                    }
                    *seen |= lists;
                }
            }
        }
        for rule in touched.drain(..) {
            let seen = std::mem::take(&mut seen[rule as usize]);
            if seen == self.wanted[rule as usize] {
                list.push(rule as usize);
            }
        }
        list.sort_unstable();
        list.retain(|&index| matches!(&rules[index].action, Action::Pattern { pattern, .. } if pattern.fits(types)));
    }
}
