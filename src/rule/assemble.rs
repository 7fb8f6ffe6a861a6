//! Programs out of patterns: each part of a pattern to steps, regular expressions in it by way of their own trees.

use std::collections::BTreeMap;

use regex_syntax::hir::{Class, Hir, HirKind, Look};
use rustc_hash::FxHashMap;

use super::compile::{longest_first, single, uncaptured};
use super::list::List;
use super::pattern::{Node, NodeForm};
use super::program::{Parts, Step};
use super::skeleton;

/// The terms of each list that patterns may name.
pub type Lexicons = BTreeMap<String, Vec<String>>;

/// Steps of the longest program; longer ones are left to automata.
const LONGEST: usize = 20_000;

/// Makes the steps of one program.
pub(super) struct Assembler<'l> {
    lexicons: &'l Lexicons,
    pub(super) parts: Parts,
    /// Captures so far.
    captures: u32,
    /// The steps of each regular expression so far.
    known: FxHashMap<String, Vec<Step>>,
}

impl<'l> Assembler<'l> {
    pub(super) fn new(lexicons: &'l Lexicons) -> Assembler<'l> {
        Assembler { lexicons, parts: Parts::default(), captures: 0, known: FxHashMap::default() }
    }

    /// The steps of a part of a pattern.
    pub(super) fn node(&mut self, node: &Node) -> Option<Vec<Step>> {
        let steps = match &node.form {
            NodeForm::Literal(text) => text.chars().map(Step::Char).collect(),
            NodeForm::Lexicon(_) => self.words(words(node, self.lexicons)?),
            NodeForm::Mention(types) => vec![self.set(skeleton::ranges(types))],
            NodeForm::Han => self.source("\\p{Han}")?,
            NodeForm::Any => vec![self.set(vec![('\0', char::MAX)])],
            NodeForm::Regex(text) => self.source(&uncaptured(text))?,
            NodeForm::Sequence(parts) => self.sequence(parts)?,
            NodeForm::Choice(parts) => match words(node, self.lexicons) {
                Some(words) => self.words(words),
                None => either(&parts.iter().map(|part| self.node(part)).collect::<Option<Vec<_>>>()?),
            },
            NodeForm::Repeat { what, min, max, lazy } => {
                let inner = self.node(what)?;
                repetition(inner, *min, *max, !lazy)?
            }
            NodeForm::Capture(_, what) => {
                self.captures += 1;
                let number = self.captures;
                let inner = self.node(what)?;
                self.capture(number, inner)
            }
            NodeForm::Guard(_) | NodeForm::Fragment(_) => return None,
        };
        (steps.len() <= LONGEST).then_some(steps)
    }

    /// Parts in order; guards before a single character take theirs out of its set.
    fn sequence(&mut self, parts: &[Node]) -> Option<Vec<Step>> {
        let (mut steps, mut guards) = (Vec::new(), String::new());
        for part in parts {
            if let NodeForm::Guard(what) = &part.form {
                guards += &single(what, self.lexicons)?;
            } else if guards.is_empty() {
                steps.extend(self.node(part)?);
            } else {
                let class = single(part, self.lexicons)?;
                steps.extend(self.source(&format!("[[{class}]--[{guards}]]"))?);
                guards.clear();
            }
        }
        guards.is_empty().then_some(steps)
    }

    /// The steps of a regular expression.
    fn source(&mut self, source: &str) -> Option<Vec<Step>> {
        if let Some(known) = self.known.get(source) {
            return Some(known.clone());
        }
        let steps = self.expression(&regex_syntax::parse(source).ok()?)?;
        self.known.insert(source.to_owned(), steps.clone());
        Some(steps)
    }

    /// The same of its tree.
    pub(super) fn expression(&mut self, hir: &Hir) -> Option<Vec<Step>> {
        let steps = match hir.kind() {
            HirKind::Empty => Vec::new(),
            HirKind::Literal(literal) => std::str::from_utf8(&literal.0).ok()?.chars().map(Step::Char).collect(),
            HirKind::Class(class) => vec![self.class(class)?],
            HirKind::Look(Look::Start) => vec![Step::Start],
            HirKind::Look(_) => return None,
            HirKind::Repetition(of) => {
                let inner = self.expression(&of.sub)?;
                repetition(inner, of.min, of.max, of.greedy)?
            }
            HirKind::Capture(capture) => {
                let inner = self.expression(&capture.sub)?;
                self.capture(capture.index, inner)
            }
            HirKind::Concat(parts) => {
                parts.iter().map(|part| self.expression(part)).collect::<Option<Vec<_>>>()?.concat()
            }
            HirKind::Alternation(parts) => match literals(parts) {
                Some(words) => self.words(words),
                None => either(&parts.iter().map(|part| self.expression(part)).collect::<Option<Vec<_>>>()?),
            },
        };
        (steps.len() <= LONGEST).then_some(steps)
    }

    fn class(&mut self, class: &Class) -> Option<Step> {
        let ranges: Vec<(char, char)> = match class {
            Class::Unicode(class) => class.ranges().iter().map(|range| (range.start(), range.end())).collect(),
            Class::Bytes(class) => {
                let ascii = class.ranges().iter().all(|range| range.end() < 0x80);
                let ranges = class.ranges().iter().map(|range| (char::from(range.start()), char::from(range.end())));
                ascii.then(|| ranges.collect())?
            }
        };
        Some(self.set(ranges))
    }

    /// A character of these ranges, which are sorted; neighbours become one.
    fn set(&mut self, ranges: Vec<(char, char)>) -> Step {
        let mut joined: Vec<(char, char)> = Vec::with_capacity(ranges.len());
        for (first, last) in ranges {
            match joined.last_mut() {
                Some(before) if before.1 as u32 + 1 == first as u32 => before.1 = last,
                _ => joined.push((first, last)),
            }
        }
        let (ranges, sets) = (joined.into_boxed_slice(), &mut self.parts.sets);
        let known = sets.iter().position(|set| *set == ranges);
        Step::Set(known.unwrap_or_else(|| {
            sets.push(ranges);
            sets.len() - 1
        }) as u32)
    }

    /// One of these words, the first preferred.
    fn words(&mut self, words: Vec<String>) -> Vec<Step> {
        let single = |word: &String| {
            let mut chars = word.chars();
            chars.next().filter(|_| chars.next().is_none())
        };
        if let Some(mut chars) = words.iter().map(single).collect::<Option<Vec<char>>>() {
            chars.sort_unstable();
            chars.dedup();
            return vec![self.set(chars.into_iter().map(|c| (c, c)).collect())];
        }
        self.parts.lists.push(List::from(words));
        vec![Step::Words(self.parts.lists.len() as u32 - 1, 0)]
    }

    fn capture(&mut self, number: u32, inner: Vec<Step>) -> Vec<Step> {
        let (open, close) = (2 * number, 2 * number + 1);
        self.parts.slots = self.parts.slots.max(close as usize);
        [vec![Step::Save(open)], inner, vec![Step::Save(close)]].concat()
    }
}

/// The words that a part of a pattern reads, where it reads nothing but words, the preferred first.
pub(super) fn words(node: &Node, lexicons: &Lexicons) -> Option<Vec<String>> {
    match &node.form {
        NodeForm::Literal(text) => Some(vec![text.clone()]),
        NodeForm::Lexicon(name) => Some(longest_first(lexicons.get(name)?).into_iter().cloned().collect()),
        NodeForm::Choice(parts) => {
            parts.iter().map(|part| words(part, lexicons)).collect::<Option<Vec<_>>>().map(|lists| lists.concat())
        }
        _ => None,
    }
}

/// The words of which alone a choice is made.
fn literals(parts: &[Hir]) -> Option<Vec<String>> {
    let word = |part: &Hir| match part.kind() {
        HirKind::Literal(literal) => std::str::from_utf8(&literal.0).ok().map(str::to_owned),
        _ => None,
    };
    parts.iter().map(word).collect()
}

/// Steps so and so often, as often as can be or, where that is not `greedy`, as seldom.
fn repetition(inner: Vec<Step>, least: u32, most: Option<u32>, greedy: bool) -> Option<Vec<Step>> {
    let (least, length) = (least as usize, inner.len());
    let more = most.map(|most| (most as usize).saturating_sub(least));
    if (least + more.unwrap_or(1)).checked_mul(length + 2)? > LONGEST {
        return None;
    }
    let choice = |on: i32, out: i32| if greedy { Step::Either(on, out, 0) } else { Step::Either(out, on, 0) };
    let mut steps = inner.repeat(least);
    match more {
        Some(more) => {
            for left in (1..=more).rev() {
                steps.push(choice(1, (left * (length + 1)) as i32));
                steps.extend_from_slice(&inner);
            }
        }
        // What may read nothing would go round and round.
        None if may_be_nothing(&inner) => return None,
        None => {
            steps.push(choice(1, length as i32 + 2));
            steps.extend_from_slice(&inner);
            steps.push(Step::Jump(-(length as i32) - 1));
        }
    }
    Some(steps)
}

/// Whether steps may be gone without reading anything.
fn may_be_nothing(steps: &[Step]) -> bool {
    let (mut seen, mut open) = (vec![false; steps.len()], vec![0_usize]);
    while let Some(at) = open.pop() {
        let way = |by: i32| at.wrapping_add_signed(by as isize);
        match steps.get(at) {
            None => return true,
            Some(_) if std::mem::replace(&mut seen[at], true) => {}
            Some(Step::Char(_) | Step::Set(_) | Step::Words(..)) => {}
            Some(&Step::Either(first, second, _)) => open.extend([way(first), way(second)]),
            Some(&Step::Jump(by)) => open.push(way(by)),
            Some(Step::Save(_) | Step::Start) => open.push(at + 1),
        }
    }
    false
}

/// One of several, the first preferred.
fn either(parts: &[Vec<Step>]) -> Vec<Step> {
    let mut steps = Vec::new();
    // Each but the last goes over those behind it.
    let mut behind: usize = parts.iter().map(|part| part.len() + 2).sum::<usize>().saturating_sub(2);
    for (number, part) in parts.iter().enumerate() {
        if number + 1 == parts.len() {
            steps.extend_from_slice(part);
            break;
        }
        behind -= part.len() + 2;
        steps.push(Step::Either(1, part.len() as i32 + 2, 0));
        steps.extend_from_slice(part);
        steps.push(Step::Jump(behind as i32 + 1));
    }
    steps
}
