//! One automaton over the trigger words of all pattern rules.

use daachorse::CharwiseDoubleArrayAhoCorasick;

use super::chain::{Link, Need};
use super::skeleton::Skeleton;
use super::{Action, Rule};
use std::collections::BTreeMap;

/// Says which pattern rules can match a skeleton: those of whose lists of trigger words each has one in it, and
/// whose types are present, in the order and as near to each other as a match has them.
#[derive(Default)]
pub struct Triggers {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    /// For each word, the rules that want it, each with the bit of the list that holds it.
    words: Vec<Vec<(u32, u32)>>,
    /// For each rule, the bits of all its lists; 0 for a rule that cannot match.
    wanted: Vec<u32>,
    /// Rules without a trigger word.
    always: Vec<usize>,
    /// For each rule, what must stand one behind the other.
    chains: Vec<Vec<Step>>,
}

/// A link of a pattern's chain, by the bits of its words' list or of its types.
#[derive(Debug)]
struct Step {
    /// The bit of the list of words; 0 for a mention.
    list: u32,
    types: u32,
    /// Most bytes between the end of the step before and its beginning.
    reach: u32,
}

/// Bytes of the longest character.
const WIDEST: u32 = 4;
/// Bytes of a mention in a skeleton.
const MARK: u32 = 3;

impl Step {
    /// The steps of a chain. `lists` are the word lists of the rule, one for each bit.
    fn all(chain: &[Link], lists: &[&Vec<String>]) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut skipped = false;
        for link in chain {
            let (list, types) = match &link.what {
                Need::Types(types) => (0, *types),
                Need::Words(words) => match lists.iter().position(|list| *list == words) {
                    Some(bit) => (1 << bit, 0),
                    None => {
                        skipped = true;
                        continue;
                    }
                },
            };
            let reach = link.reach.filter(|_| !skipped).map_or(u32::MAX, |chars| chars.saturating_mul(WIDEST));
            steps.push(Step { list, types, reach });
            skipped = false;
        }
        steps
    }
}

/// What was found of one rule in a skeleton.
#[derive(Debug, Clone, Default)]
struct Seen {
    /// The lists found.
    lists: u32,
    /// Each word found: its first byte, one past its last, the lists that hold it.
    words: Vec<(u32, u32, u32)>,
}

/// What one search needs, used again by the next.
#[derive(Debug, Default)]
pub struct Candidates {
    /// For each rule, what was found so far.
    seen: Vec<Seen>,
    touched: Vec<u32>,
    /// Where the last step of a chain may end, and the one before it.
    ends: [Vec<u32>; 2],
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
        let mut chains: Vec<Vec<Step>> = Vec::new();
        chains.resize_with(rules.len(), Vec::new);
        for (index, rule) in rules.iter().enumerate().filter(|(_, rule)| !rule.draft) {
            let Action::Pattern { pattern, .. } = &rule.action else { continue };
            if pattern.triggers.is_empty() {
                always.push(index);
            }
            // The most telling lists come first: the bits are enough for these.
            let lists = std::iter::once(&pattern.triggers).chain(&pattern.also).filter(|list| !list.is_empty());
            let lists: Vec<&Vec<String>> = lists.take(32).collect();
            chains[index] = Step::all(&pattern.chain, &lists);
            for (bit, list) in lists.into_iter().enumerate() {
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
        Triggers { automaton, words: words.into_values().collect(), wanted, always, chains }
    }

    /// Finds the rules that can match.
    pub fn find(&self, rules: &[Rule], skeleton: &Skeleton, found: &mut Candidates) {
        let Candidates { seen, touched, ends, rules: list } = found;
        list.clear();
        list.extend_from_slice(&self.always);
        seen.resize_with(self.wanted.len(), Seen::default);
        if let Some(automaton) = &self.automaton {
            for hit in automaton.find_overlapping_iter(&skeleton.text) {
                for &(rule, lists) in &self.words[hit.value() as usize] {
                    let seen = &mut seen[rule as usize];
                    if seen.lists == 0 {
                        touched.push(rule);
                    }
                    seen.lists |= lists;
                    seen.words.push((hit.start() as u32, hit.end() as u32, lists));
                }
            }
        }
        let fits = |index: usize| matches!(&rules[index].action, Action::Pattern { pattern, .. } if pattern.fits(skeleton.types));
        list.retain(|&index| fits(index));
        for rule in touched.drain(..) {
            let (index, seen) = (rule as usize, &mut seen[rule as usize]);
            if seen.lists == self.wanted[index] && fits(index) && stand(&self.chains[index], seen, skeleton, ends) {
                list.push(index);
            }
            seen.lists = 0;
            seen.words.clear();
        }
        list.sort_unstable();
    }
}

/// Whether all steps of a chain stand one behind the other. Of the ends of the step before only the nearest counts.
fn stand(chain: &[Step], seen: &Seen, skeleton: &Skeleton, ends: &mut [Vec<u32>; 2]) -> bool {
    let [last, next] = ends;
    last.clear();
    for (number, step) in chain.iter().enumerate() {
        next.clear();
        let reached = |start: u32| {
            number == 0 || {
                let before = last.partition_point(|&end| end <= start);
                before > 0 && start - last[before - 1] <= step.reach
            }
        };
        if step.list == 0 {
            let marks = skeleton.marks.iter().zip(&skeleton.bits).filter(|(_, bits)| **bits & step.types != 0);
            next.extend(marks.map(|(mark, _)| mark.0 as u32).filter(|&at| reached(at)).map(|at| at + MARK));
        } else {
            let words = seen.words.iter().filter(|word| word.2 & step.list != 0 && reached(word.0));
            next.extend(words.map(|word| word.1));
        }
        if next.is_empty() {
            return false;
        }
        next.sort_unstable();
        std::mem::swap(last, next);
    }
    true
}
