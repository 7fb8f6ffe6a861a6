//! One automaton over the trigger words of all pattern rules.

use daachorse::CharwiseDoubleArrayAhoCorasick;

use super::chain::{Link, Need};
use super::need::rarity;
use super::run::Starts;
use super::skeleton::Skeleton;
use super::{Action, Rule};
use std::collections::BTreeMap;

/// Says which pattern rules can match a skeleton: those of whose lists of trigger words each has one in it, and
/// whose types are present, in the order and as near to each other as a match has them.
#[derive(Default)]
pub struct Triggers {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    /// For each word, where those that want it begin among these; behind the last, their end.
    first: Vec<u32>,
    /// A rule that wants a word, with the bits of its lists that hold it: word by word, in the order of the rules.
    wants: Vec<(u32, u32)>,
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
    /// Most bytes between the beginning of a match and the first of them; `None` where there is no limit.
    lead: Option<u32>,
}

/// Bytes of the longest character.
const WIDEST: u32 = 4;
/// Bytes of a mention in a skeleton.
const MARK: u32 = 3;

impl Chain {
    /// The steps of a chain. `lists` are the word lists of the rule, one for each bit.
    fn new(chain: &[Link], lists: &[&Vec<String>]) -> Chain {
        let mut steps: Vec<Step> = Vec::new();
        // Most characters since the last step, links that are none of them counted.
        let (mut gap, mut lead) = (Some(0_u32), None);
        for link in chain {
            gap = gap.zip(link.reach).map(|(gap, reach)| gap.saturating_add(reach));
            let (list, types) = match &link.what {
                Need::Types(types) => (0, *types),
                Need::Words(words) => match lists.iter().position(|list| *list == words) {
                    Some(bit) => (1 << bit, 0),
                    None => {
                        let longest = words.iter().map(|word| word.chars().count()).max().unwrap_or(0);
                        gap = gap.map(|gap| gap.saturating_add(longest as u32));
                        continue;
                    }
                },
            };
            let bytes = gap.map(|chars| chars.saturating_mul(WIDEST));
            if steps.is_empty() {
                lead = bytes;
            }
            steps.push(Step { list, types, reach: bytes.unwrap_or(u32::MAX) });
            gap = Some(0);
        }
        Chain { lead, steps }
    }
}

/// A word found: its first byte, one past its last, and which it is.
type Hit = (u32, u32, u32);
/// A word of a rule: its first byte, one past its last, and the lists of the rule that hold it.
type Seen = (u32, u32, u32);

/// What one search needs, used again by the next.
#[derive(Debug, Default)]
pub struct Candidates {
    /// The words of a skeleton.
    hits: Vec<Hit>,
    /// For each rule, the lists of which a word was found.
    lists: Vec<u32>,
    touched: Vec<u32>,
    /// The words of one rule.
    seen: Vec<Seen>,
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
    /// Which of the places are its own; `None` where it may begin between two.
    places: Option<(usize, usize)>,
    /// The first and the last byte where it may begin.
    within: (usize, usize),
}

impl Candidates {
    /// The rules that can match, in their order, each with the places where its matches may begin.
    pub fn rules(&self) -> impl Iterator<Item = (usize, Starts<'_>)> {
        let starts = |candidate: &Candidate| match candidate.places {
            Some((from, to)) => Starts::At(&self.places[from..to]),
            None => Starts::Within(candidate.within.0, candidate.within.1),
        };
        self.rules.iter().map(move |candidate| (candidate.rule, starts(candidate)))
    }
}

impl std::fmt::Debug for Triggers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Triggers({} words)", self.first.len().saturating_sub(1))
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
        let (mut first, mut wants) = (vec![0], Vec::new());
        for word in words.into_values() {
            wants.extend(word);
            first.push(wants.len() as u32);
        }
        Triggers { automaton, first, wants, wanted, always, chains }
    }

    /// The rules that want a word.
    #[inline]
    fn wants(&self, word: u32) -> &[(u32, u32)] {
        &self.wants[self.first[word as usize] as usize..self.first[word as usize + 1] as usize]
    }

    /// The words that one rule wants among those found.
    fn words_of(&self, rule: u32, hits: &[Hit], seen: &mut Vec<Seen>) {
        seen.clear();
        seen.extend(hits.iter().filter_map(|&(start, end, word)| {
            let wants = self.wants(word);
            let at = wants.binary_search_by_key(&rule, |want| want.0).ok()?;
            Some((start, end, wants[at].1))
        }));
    }

    /// The rule with the places where its matches may begin, if what it needs stands in order.
    fn candidate(
        &self,
        rule: usize,
        seen: &[Seen],
        skeleton: &Skeleton,
        starts: &mut [Vec<u32>; 2],
        places: &mut Vec<u32>,
    ) -> Option<Candidate> {
        let chain = &self.chains[rule];
        if !stand(&chain.steps, seen, skeleton, starts) {
            return None;
        }
        let (from, firsts) = (places.len(), &starts[0]);
        let within = match (chain.lead, firsts.as_slice()) {
            (Some(lead), &[first, ..]) => {
                let mut from = first.saturating_sub(lead) as usize;
                while !skeleton.text.is_char_boundary(from) {
                    from += 1;
                }
                (from, firsts[firsts.len() - 1] as usize)
            }
            _ => (0, skeleton.text.len()),
        };
        let exact = chain.lead == Some(0) && !firsts.is_empty();
        places.extend_from_slice(firsts);
        Some(Candidate { rule, places: exact.then_some((from, places.len())), within })
    }

    /// Finds the rules that can match.
    pub fn find(&self, rules: &[Rule], skeleton: &Skeleton, found: &mut Candidates) {
        let Candidates { hits, lists, touched, seen, starts, places, rules: list } = found;
        let fits = |index: usize| match &rules[index].action {
            Action::Pattern { pattern, .. } => pattern.fits(skeleton.types),
            Action::Mechanism(_) => false,
        };
        places.clear();
        list.clear();
        for &rule in self.always.iter().filter(|&&rule| fits(rule)) {
            list.extend(self.candidate(rule, &[], skeleton, starts, places));
        }
        lists.resize(self.wanted.len(), 0);
        hits.clear();
        if let Some(automaton) = &self.automaton {
            let found = automaton.find_overlapping_iter(&skeleton.text);
            hits.extend(found.map(|hit| (hit.start() as u32, hit.end() as u32, hit.value())));
        }
        for &(_, _, word) in hits.iter() {
            for &(rule, bits) in self.wants(word) {
                let known = &mut lists[rule as usize];
                if *known == 0 {
                    touched.push(rule);
                }
                *known |= bits;
            }
        }
        for number in touched.drain(..) {
            let rule = number as usize;
            let complete = std::mem::take(&mut lists[rule]) == self.wanted[rule];
            if !complete || !fits(rule) {
                continue;
            }
            self.words_of(number, hits, seen);
            list.extend(self.candidate(rule, seen, skeleton, starts, places));
        }
        list.sort_unstable();
    }
}

/// Whether all steps of a chain stand one behind the other; the first of `starts` then holds where the first may
/// stand. Of the places of the step behind only the nearest counts.
fn stand(steps: &[Step], seen: &[Seen], skeleton: &Skeleton, starts: &mut [Vec<u32>; 2]) -> bool {
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
            let words = seen.iter().filter(|word| word.2 & step.list != 0 && reaches(word.1));
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
