//! One automaton over the trigger words of all pattern rules.

use daachorse::CharwiseDoubleArrayAhoCorasick;

use super::{Action, Rule};
use std::collections::BTreeMap;

/// Says which pattern rules can match a skeleton: those of which a trigger word stands in it, or
/// which have no trigger word but require mentions, and whose types are present.
#[derive(Default)]
pub struct Triggers {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    /// For each word, the rules that it triggers.
    rules: Vec<Vec<usize>>,
    /// Rules without a trigger word.
    always: Vec<usize>,
}

impl std::fmt::Debug for Triggers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Triggers({} words)", self.rules.len())
    }
}

impl Triggers {
    /// The triggers of the pattern rules among these.
    pub fn new(rules: &[Rule]) -> Triggers {
        let mut words: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut always = Vec::new();
        for (index, rule) in rules.iter().enumerate().filter(|(_, rule)| !rule.draft) {
            let Action::Pattern { pattern, .. } = &rule.action else { continue };
            if pattern.triggers.is_empty() {
                always.push(index);
            }
            for word in &pattern.triggers {
                let list = words.entry(word).or_default();
                if list.last() != Some(&index) {
                    list.push(index);
                }
            }
        }
        let pairs = words.keys().enumerate().map(|(number, word)| (*word, number as u32));
        let automaton = CharwiseDoubleArrayAhoCorasick::with_values(pairs).ok();
        Triggers { automaton, rules: words.into_values().collect(), always }
    }

    /// The rules that can match, in their order.
    pub fn candidates(&self, rules: &[Rule], text: &str, types: u32) -> Vec<usize> {
        let mut found = self.always.clone();
        if let Some(automaton) = &self.automaton {
            for hit in automaton.find_overlapping_iter(text) {
                found.extend_from_slice(&self.rules[hit.value() as usize]);
            }
        }
        found.sort_unstable();
        found.dedup();
        found.retain(|&index| matches!(&rules[index].action, Action::Pattern { pattern, .. } if pattern.fits(types)));
        found
    }
}
