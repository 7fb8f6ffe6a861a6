//! The trigger words of all pattern rules, looked for at once.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::chain::{Link, Need};
use super::list::List;
use super::need::rarity;
use super::run::Starts;
use super::skeleton::Skeleton;
use super::spot::{Chars, Spotter};
use super::{Action, Rule};

/// Says which pattern rules can match a skeleton: those of whose lists of trigger words each has one in it, and
/// whose types are present, in the order and as near to each other as a match has them.
#[derive(Default)]
pub struct Triggers {
    /// The words of the lists that are the most telling of a rule.
    words: Spotter,
    /// For each word, where the lists that hold it begin among these; behind the last, their end.
    first: Vec<u32>,
    /// The lists that hold a word, word by word. Rules that want the same words share a list.
    holders: Vec<u32>,
    /// The words of the other lists, which are looked for where a rule needs them.
    others: Vec<Option<List>>,
    /// For each list, the rules of which it is the most telling.
    leads: Vec<Vec<u32>>,
    /// For each rule, its lists.
    wanted: Vec<Vec<u32>>,
    /// Rules without a trigger word.
    always: Vec<usize>,
    /// For each rule, what must stand one behind the other.
    chains: Vec<Chain>,
}

/// A link of a pattern's chain, by its list of words or the bits of its types.
#[derive(Debug)]
struct Step {
    /// The list of words; `None` for a mention.
    list: Option<u32>,
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
    /// The steps of a chain. `lists` are the word lists of the rule with their numbers.
    fn new(chain: &[Link], lists: &[(&Vec<String>, u32)]) -> Chain {
        let mut steps: Vec<Step> = Vec::new();
        // Most characters since the last step, links that are none of them counted.
        let (mut gap, mut lead) = (Some(0_u32), None);
        for link in chain {
            gap = gap.zip(link.reach).map(|(gap, reach)| gap.saturating_add(reach));
            let (list, types) = match &link.what {
                Need::Types(types) => (None, *types),
                Need::Words(words) => match lists.iter().find(|(list, _)| *list == words) {
                    Some(&(_, number)) => (Some(number), 0),
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

/// A word found: its first byte and one past its last.
type Hit = (u32, u32);

/// What one search needs, used again by the next.
#[derive(Debug, Default)]
pub struct Candidates {
    /// The characters of a skeleton.
    chars: Vec<(u32, char)>,
    /// For each list, its words in the skeleton.
    hits: Vec<Vec<Hit>>,
    /// The lists of which a word was found that calls a rule.
    touched: Vec<u32>,
    /// For each list, whether its words have been looked for, and the lists of which that is so.
    known: Vec<bool>,
    asked: Vec<u32>,
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

    /// The characters of the skeleton.
    pub fn chars(&self) -> &Chars {
        &self.chars
    }
}

impl std::fmt::Debug for Triggers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Triggers({} words)", self.words.len())
    }
}

impl Triggers {
    /// The triggers of the pattern rules among these.
    pub fn new<'r>(rules: &'r [Rule]) -> Triggers {
        let mut numbers: FxHashMap<&[String], u32> = FxHashMap::default();
        let (mut leads, mut wanted, mut always) = (Vec::new(), Vec::new(), Vec::new());
        let mut chains: Vec<Chain> = Vec::new();
        chains.resize_with(rules.len(), Chain::default);
        wanted.resize_with(rules.len(), Vec::new);
        for (index, rule) in rules.iter().enumerate().filter(|(_, rule)| !rule.draft) {
            let Action::Pattern { pattern, .. } = &rule.action else { continue };
            // The most telling lists come first: they are enough. Marks stand in every sentence.
            let others = pattern.also.iter().filter(|list| rarity(list).0 > 0);
            let lists = std::iter::once(&pattern.triggers).chain(others).filter(|list| !list.is_empty());
            let mut number = |list: &'r Vec<String>| {
                let next = numbers.len() as u32;
                (list, *numbers.entry(list).or_insert(next))
            };
            let lists: Vec<(&Vec<String>, u32)> = lists.take(32).map(&mut number).collect();
            chains[index] = Chain::new(&pattern.chain, &lists);
            wanted[index] = lists.iter().map(|list| list.1).collect();
            leads.resize_with(numbers.len(), Vec::new);
            if pattern.triggers.is_empty() {
                always.push(index);
            } else {
                leads[wanted[index][0] as usize].push(index as u32);
            }
        }
        let mut words: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        let mut others: Vec<Option<List>> = vec![None; leads.len()];
        for (list, number) in numbers {
            if leads[number as usize].is_empty() {
                others[number as usize] = Some(List::from(list.to_vec()));
            } else {
                list.iter().for_each(|word| words.entry(word).or_default().push(number));
            }
        }
        let spotter = Spotter::new(words.keys().copied());
        let (mut first, mut holders) = (vec![0], Vec::new());
        for lists in words.into_values() {
            holders.extend(lists);
            first.push(holders.len() as u32);
        }
        Triggers { words: spotter, first, holders, others, leads, wanted, always, chains }
    }

    /// The lists that hold a word.
    #[inline]
    fn holders(&self, word: u32) -> &[u32] {
        &self.holders[self.first[word as usize] as usize..self.first[word as usize + 1] as usize]
    }

    /// The rule with the places where its matches may begin, if what it needs stands in order.
    fn candidate(
        &self,
        rule: usize,
        hits: &[Vec<Hit>],
        skeleton: &Skeleton,
        starts: &mut [Vec<u32>; 2],
        places: &mut Vec<u32>,
    ) -> Option<Candidate> {
        let chain = &self.chains[rule];
        if !stand(&chain.steps, hits, skeleton, starts) {
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
        let Candidates { chars, hits, touched, known, asked, starts, places, rules: list } = found;
        let fits = |index: usize| match &rules[index].action {
            Action::Pattern { pattern, .. } => pattern.fits(skeleton.types),
            Action::Mechanism(_) => false,
        };
        places.clear();
        list.clear();
        touched.drain(..).for_each(|number| hits[number as usize].clear());
        for number in asked.drain(..) {
            hits[number as usize].clear();
            known[number as usize] = false;
        }
        hits.resize_with(self.leads.len(), Vec::new);
        known.resize(self.leads.len(), false);
        chars.clear();
        chars.extend(skeleton.text.char_indices().map(|(at, c)| (at as u32, c)));
        self.words.find(chars, skeleton.text.len() as u32, |start, end, word| {
            for &number in self.holders(word) {
                let known = &mut hits[number as usize];
                if known.is_empty() {
                    touched.push(number);
                }
                known.push((start, end));
            }
        });
        let led = touched.iter().flat_map(|&number| &self.leads[number as usize]).map(|&rule| rule as usize);
        // Whether a list has a word in the skeleton, which is looked for once.
        let mut stands = |number: u32, hits: &mut [Vec<Hit>]| {
            let words = &mut hits[number as usize];
            if let Some(list) = &self.others[number as usize]
                && !std::mem::replace(&mut known[number as usize], true)
            {
                asked.push(number);
                let places = chars.iter().filter(|(_, c)| list.may_begin(*c)).map(|&(at, _)| at);
                words.extend(places.flat_map(|at| {
                    list.starting(&skeleton.text[at as usize..]).map(move |word| (at, at + word.len() as u32))
                }));
            }
            !words.is_empty()
        };
        for rule in self.always.iter().copied().chain(led) {
            if fits(rule) && self.wanted[rule].iter().all(|&number| stands(number, hits)) {
                list.extend(self.candidate(rule, hits, skeleton, starts, places));
            }
        }
        list.sort_unstable();
    }
}

/// Whether all steps of a chain stand one behind the other; the first of `starts` then holds where the first may
/// stand. Of the places of the step behind only the nearest counts.
fn stand(steps: &[Step], hits: &[Vec<Hit>], skeleton: &Skeleton, starts: &mut [Vec<u32>; 2]) -> bool {
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
        if let Some(list) = step.list {
            here.extend(hits[list as usize].iter().filter(|word| reaches(word.1)).map(|word| word.0));
        } else {
            let marks = skeleton.marks.iter().zip(&skeleton.bits).filter(|(_, bits)| **bits & step.types != 0);
            here.extend(marks.map(|(mark, _)| mark.0 as u32).filter(|&at| reaches(at + MARK)));
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
