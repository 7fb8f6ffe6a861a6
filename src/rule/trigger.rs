//! One automaton over the trigger words of all pattern rules.

use daachorse::CharwiseDoubleArrayAhoCorasick;

use super::chain::{Link, Need};
use super::need::rarity;
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
    chains: Vec<Chain>,
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

/// What must stand one behind the other.
#[derive(Debug, Default)]
struct Chain {
    steps: Vec<Step>,
    /// A match begins with the first of them.
    leads: bool,
}

/// Bytes of the longest character.
const WIDEST: u32 = 4;
/// Bytes of a mention in a skeleton.
const MARK: u32 = 3;

impl Chain {
    /// The steps of a chain. `lists` are the word lists of the rule, one for each bit.
    fn new(chain: &[Link], lists: &[&Vec<String>]) -> Chain {
        let mut steps = Vec::new();
        let (mut skipped, mut leads) = (false, chain.first().is_some_and(|first| first.reach == Some(0)));
        for link in chain {
            let (list, types) = match &link.what {
                Need::Types(types) => (0, *types),
                Need::Words(words) => match lists.iter().position(|list| *list == words) {
                    Some(bit) => (1 << bit, 0),
                    None => {
                        leads &= !steps.is_empty();
                        skipped = true;
                        continue;
                    }
                },
            };
            let reach = link.reach.filter(|_| !skipped).map_or(u32::MAX, |chars| chars.saturating_mul(WIDEST));
            steps.push(Step { list, types, reach });
            skipped = false;
        }
        Chain { leads: leads && !steps.is_empty(), steps }
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
    /// Where the step behind may begin, and this one.
    starts: [Vec<u32>; 2],
    /// Where matches may begin, of all rules.
    places: Vec<u32>,
    /// The rules that can match, in their order.
    rules: Vec<Candidate>,
}

/// A rule that can match.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    rule: usize,
    /// Which of the places are its own; `None` where it may begin anywhere.
    places: Option<(usize, usize)>,
}

impl Candidates {
    /// The rules that can match, in their order, each with the places at which alone its matches begin, where
    /// these are known.
    pub fn rules(&self) -> impl Iterator<Item = (usize, Option<&[u32]>)> {
        let places = |(from, to): (usize, usize)| &self.places[from..to];
        self.rules.iter().map(move |candidate| (candidate.rule, candidate.places.map(places)))
    }
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
        let mut chains: Vec<Chain> = Vec::new();
        chains.resize_with(rules.len(), Chain::default);
        for (index, rule) in rules.iter().enumerate().filter(|(_, rule)| !rule.draft) {
            let Action::Pattern { pattern, .. } = &rule.action else { continue };
            if pattern.triggers.is_empty() {
                always.push(index);
            }
            // The most telling lists come first: the bits are enough for these. Marks stand in every sentence.
            let others = pattern.also.iter().filter(|list| rarity(list).0 > 0);
            let lists = std::iter::once(&pattern.triggers).chain(others).filter(|list| !list.is_empty());
            let lists: Vec<&Vec<String>> = lists.take(32).collect();
            chains[index] = Chain::new(&pattern.chain, &lists);
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
        let Candidates { seen, touched, starts, places, rules: list } = found;
        let fits = |index: usize| match &rules[index].action {
            Action::Pattern { pattern, .. } => pattern.fits(skeleton.types),
            Action::Mechanism(_) => false,
        };
        places.clear();
        list.clear();
        let always = self.always.iter().filter(|&&rule| fits(rule));
        list.extend(always.map(|&rule| Candidate { rule, places: None }));
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
        for rule in touched.drain(..) {
            let (rule, seen) = (rule as usize, &mut seen[rule as usize]);
            let chain = &self.chains[rule];
            if seen.lists == self.wanted[rule] && fits(rule) && stand(&chain.steps, seen, skeleton, starts) {
                let from = places.len();
                places.extend_from_slice(&starts[0]);
                list.push(Candidate { rule, places: chain.leads.then_some((from, places.len())) });
            }
            seen.lists = 0;
            seen.words.clear();
        }
        list.sort_unstable();
    }
}

/// Whether all steps of a chain stand one behind the other; the first of `starts` then holds where the first may
/// stand. Of the places of the step behind only the nearest counts.
fn stand(steps: &[Step], seen: &Seen, skeleton: &Skeleton, starts: &mut [Vec<u32>; 2]) -> bool {
    let [behind, here] = starts;
    behind.clear();
    let mut reach = None;
    for step in steps.iter().rev() {
        here.clear();
        let reaches = |end: u32| {
            reach.is_none_or(|reach| {
                let next = behind.partition_point(|&start| start < end);
                behind.get(next).is_some_and(|&start| start - end <= reach)
            })
        };
        if step.list == 0 {
            let marks = skeleton.marks.iter().zip(&skeleton.bits).filter(|(_, bits)| **bits & step.types != 0);
            here.extend(marks.map(|(mark, _)| mark.0 as u32).filter(|&at| reaches(at + MARK)));
        } else {
            let words = seen.words.iter().filter(|word| word.2 & step.list != 0 && reaches(word.1));
            here.extend(words.map(|word| word.0));
        }
        if here.is_empty() {
            return false;
        }
        here.sort_unstable();
        here.dedup();
        std::mem::swap(behind, here);
        reach = Some(step.reach);
    }
    true
}
