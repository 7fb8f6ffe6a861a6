//! A pattern that runs: what must stand in a skeleton, the regular expression, the guards at both ends.

use std::sync::{Arc, OnceLock};

use regex::Regex;
use regex_automata::util::primitives::NonMaxUsize;
use regex_automata::{Anchored, Input, meta};

use super::assemble::Lexicons;
use super::chain::Link;
use super::compile;
use super::list::List;
use super::pattern::Node;
use super::program::{Program, Work};
use super::spot::Chars;
use crate::text::Words;

/// A pattern ready to run; program and regular expression are made when first needed.
#[derive(Debug)]
pub struct Pattern {
    /// What it reads, without fragments and without the guards at its ends.
    pub(super) node: Node,
    /// The lists that it may name.
    pub(super) lexicons: Arc<Lexicons>,
    /// The regular expression.
    pub(super) source: OnceLock<String>,
    pub(super) regex: OnceLock<Option<meta::Regex>>,
    /// The same as a program, where it can be one.
    pub(super) program: OnceLock<Option<Program>>,
    /// Guards before the first and after the last character.
    pub(super) before: Vec<Edge>,
    pub(super) after: Vec<Edge>,
    /// Capture names, in the order of their groups; a name may stand twice.
    pub captures: Vec<String>,
    /// Words of which one must be present; empty where only mentions are required.
    pub triggers: Vec<String>,
    /// Further lists of words of each of which one must be present.
    pub also: Vec<Vec<String>>,
    /// Sets of types (bits) of each of which one must be present.
    pub types: Vec<u32>,
    /// Words and mentions that must stand one behind the other.
    pub chain: Vec<Link>,
    /// The triggers, made when first needed.
    pub(super) list: OnceLock<List>,
}

/// Where matches may begin, in bytes.
#[derive(Debug, Clone, Copy)]
pub enum Starts<'s> {
    /// At these places, in order.
    At(&'s [u32]),
    /// Anywhere from the first to the second; both stand between characters.
    Within(usize, usize),
}

/// What may not stand at one end of a match.
#[derive(Debug, Default)]
pub(super) struct Edge {
    pub source: String,
    /// The words that it is, where it is nothing else: no expression is needed for these.
    pub words: Option<Words>,
    pub regex: OnceLock<Option<Regex>>,
}

/// One match: bytes of the skeleton.
#[derive(Debug, Clone)]
pub struct Found {
    /// First byte.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// What each capture read, in the order of [`Pattern::captures`].
    pub groups: Vec<Option<(usize, usize)>>,
}

impl Pattern {
    /// What it reads, whole: two patterns of the same signature match alike.
    pub fn signature(&self) -> String {
        let guards = |edges: &[Edge]| edges.iter().map(|edge| edge.source.clone()).collect::<Vec<_>>();
        let (before, after) = (guards(&self.before), guards(&self.after));
        format!("{} {before:?} {after:?} {:?} {:?} {:?}", self.source(), self.captures, self.triggers, self.types)
    }

    /// The regular expression over skeletons.
    pub fn source(&self) -> &str {
        // The lists were there when the pattern was read.
        self.source.get_or_init(|| compile::written(&self.node, &self.lexicons).unwrap_or_default())
    }

    /// The program, where it can be one.
    pub(super) fn program(&self) -> Option<&Program> {
        self.program.get_or_init(|| Program::new(&self.node, &self.lexicons)).as_ref()
    }

    /// Whether all required types are present.
    pub fn fits(&self, types: u32) -> bool {
        self.types.iter().all(|set| set & types != 0)
    }

    /// The matches in a skeleton of whatever stands in it, left to right, none overlapping.
    pub fn search(&self, text: &str, chars: &Chars, work: &mut Work) -> Vec<Found> {
        let list = self.list.get_or_init(|| List::from(self.triggers.clone()));
        let begins = |&(at, c): &(u32, char)| list.may_begin(c) && list.begins(&text[at as usize..]);
        let called = list.is_empty() || chars.iter().any(begins);
        if called { self.find(text, chars, Starts::Within(0, text.len()), work) } else { Vec::new() }
    }

    /// The matches in a skeleton that holds what the pattern needs, left to right, none overlapping; they begin
    /// nowhere but at `starts`. `chars` are the characters of the text.
    pub fn find(&self, text: &str, chars: &Chars, starts: Starts<'_>, work: &mut Work) -> Vec<Found> {
        let Some(program) = self.program() else { return self.look(text, starts) };
        match starts {
            Starts::At(places) => {
                let first = |&at: &u32| Some((at as usize, text[at as usize..].chars().next()?));
                self.run(program, text, work, starts, places.iter().filter_map(first))
            }
            Starts::Within(from, to) => {
                let place = |at: usize| chars.partition_point(|&(place, _)| (place as usize) < at);
                let places = &chars[place(from)..place(to + 1)];
                self.run(program, text, work, starts, places.iter().map(|&(at, c)| (at as usize, c)))
            }
        }
    }

    /// The matches that the program finds at these places, each with its first character.
    fn run(
        &self,
        program: &Program,
        text: &str,
        work: &mut Work,
        starts: Starts<'_>,
        places: impl Iterator<Item = (usize, char)>,
    ) -> Vec<Found> {
        let mut places = places.filter(|&(_, c)| program.may_start(c)).map(|(at, _)| at).peekable();
        let Some(&first) = places.peek() else { return Vec::new() };
        if !program.prepare(text, first, work) {
            return self.look(text, starts);
        }
        let (mut found, mut free) = (Vec::new(), 0);
        for start in places {
            if start >= free
                && let Some(end) = program.at(text, start, work)
                && start < end
                && self.passes(text, start, end)
            {
                let groups = (1..=self.captures.len()).map(|group| work.group(group)).collect();
                found.push(Found { start, end, groups });
                free = end;
            }
        }
        found
    }

    /// The matches that the automata find.
    fn look(&self, text: &str, starts: Starts<'_>) -> Vec<Found> {
        let Some(regex) = self.regex() else { return Vec::new() };
        let (mut found, mut slots) = (Vec::new(), self.slots(regex));
        match starts {
            Starts::At(places) => {
                let mut free = 0;
                for start in places.iter().map(|&start| start as usize) {
                    if start >= free {
                        let input = Input::new(text).range(start..).anchored(Anchored::Yes);
                        free = self.take(regex, text, &input, &mut slots, &mut found).unwrap_or(free);
                    }
                }
            }
            Starts::Within(from, _) => {
                let mut at = from;
                while at <= text.len() {
                    let input = Input::new(text).range(at..);
                    let Some(end) = self.take(regex, text, &input, &mut slots, &mut found) else { break };
                    at = end;
                }
            }
        }
        found
    }

    /// Adds the first match, unless a guard stands at one of its ends, and gives where the next may begin.
    fn take(
        &self,
        regex: &meta::Regex,
        text: &str,
        input: &Input<'_>,
        slots: &mut [Option<NonMaxUsize>],
        found: &mut Vec<Found>,
    ) -> Option<usize> {
        regex.search_slots(input, slots)?;
        let slot = |slot: usize| slots.get(slot).copied().flatten().map(NonMaxUsize::get);
        let group = |group: usize| slot(2 * group).zip(slot(2 * group + 1));
        let (start, end) = group(0)?;
        if start < end && self.passes(text, start, end) {
            found.push(Found { start, end, groups: (1..=self.captures.len()).map(group).collect() });
            return Some(end);
        }
        Some(start + text[start..].chars().next().map_or(1, char::len_utf8))
    }

    /// Whether no guard stands at one of its ends.
    fn passes(&self, text: &str, start: usize, end: usize) -> bool {
        !self.before.iter().any(|edge| edge.stands_at(text, start))
            && !self.after.iter().any(|edge| edge.stands_at(text, end))
    }

    fn regex(&self) -> Option<&meta::Regex> {
        let build = || meta::Regex::builder().configure(config()).build(self.source()).ok();
        self.regex.get_or_init(build).as_ref()
    }

    fn slots(&self, regex: &meta::Regex) -> Vec<Option<NonMaxUsize>> {
        vec![None; regex.group_info().slot_len()]
    }
}

/// The limits of the crate regex.
fn config() -> meta::Config {
    meta::Config::new().nfa_size_limit(Some(10 << 20)).hybrid_cache_capacity(2 << 20)
}

impl Edge {
    fn stands_at(&self, text: &str, at: usize) -> bool {
        if let Some(words) = &self.words {
            return words.begin(&text[at..]);
        }
        let regex = self.regex.get_or_init(|| Regex::new(&format!("^(?:{})", self.source)).ok());
        regex.as_ref().is_some_and(|regex| regex.is_match(&text[at..]))
    }
}
