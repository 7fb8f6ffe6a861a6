//! Words: the cheapest way through the lattice of dictionary words, names and values.
//!
//! A unigram model as in jieba: each edge costs minus its log probability; candidates for personal
//! names and values are edges like words, so that 李强调 is decided by the whole sentence.

use super::line::{Line, is_han, is_letter};
use crate::lexicon::{Classes, Tag};
use crate::rule::name::Knowledge;
use crate::schema::{RuleId, Type};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A term of the lexicons.
    Word(u32),
    /// A character or a run that no list holds.
    Unknown,
    /// The value of that index.
    Value(u32),
    /// A personal name that a rule composed.
    Person(RuleId),
    /// Another name that a rule composed.
    Named(RuleId, Type),
}

/// One step of the cheapest path.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    /// First character.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// What it is.
    pub kind: Kind,
    /// Its part of speech.
    pub tag: Tag,
    /// The lists that hold it.
    pub classes: Classes,
}

impl Token {
    /// Length in characters.
    pub fn width(&self) -> usize {
        self.end - self.start
    }
}

/// A candidate that is no dictionary word.
#[derive(Debug, Clone, Copy)]
pub struct Edge {
    /// First character.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Hundredths of a nat.
    pub cost: i32,
    /// What it is.
    pub kind: Kind,
}

/// Cost of a character that no list holds.
const UNKNOWN: i32 = 1700;
/// Cost of a value: about that of a common word.
const VALUE: i32 = 500;

#[derive(Debug, Default)]
pub(super) struct Path {
    best: Vec<(i32, Edge)>,
}

impl Path {
    /// Cuts the line. `values` are character ranges in order; `edges` are sorted by start.
    pub(super) fn cut(
        &mut self,
        line: &Line,
        values: &[(usize, usize)],
        edges: &[Edge],
        knowledge: &Knowledge,
        tokens: &mut Vec<Token>,
    ) {
        let length = line.len();
        let none = Edge { start: 0, end: 0, cost: 0, kind: Kind::Unknown };
        self.best.clear();
        self.best.resize(length + 1, (i32::MAX, none));
        self.best[0].0 = 0;
        let (mut next_value, mut next_edge) = (0, 0);
        for start in 0..length {
            let here = self.best[start].0;
            while next_value < values.len() && values[next_value].1 <= start {
                next_value += 1;
            }
            while next_edge < edges.len() && edges[next_edge].start < start {
                next_edge += 1;
            }
            if here == i32::MAX {
                continue;
            }
            let value = values.get(next_value).copied();
            for edge in edges[next_edge..].iter().take_while(|edge| edge.start == start) {
                if !cuts(value, edge.start, edge.end) {
                    self.offer(here, *edge);
                }
            }
            if let Some((from, to)) = value
                && from == start
            {
                self.offer(here, Edge { start, end: to, cost: VALUE, kind: Kind::Value(next_value as u32) });
            }
            for hit in line.hits_at(start) {
                let named = hit.classes.any(knowledge.named);
                if cuts(value, start, hit.end) && !(named && covers(value, start, hit.end)) {
                    continue;
                }
                // the dictionary's names of persons are left to the candidates, which know their neighbours
                if hit.tag == Tag::PersonName && !named && hit.end - start == 3 {
                    continue;
                }
                let cost = hit.cost - if named { knowledge.named_bonus } else { 0 };
                self.offer(here, Edge { start, end: hit.end, cost, kind: Kind::Word(hit.entry) });
            }
            let end = run_end(line, start);
            // a listed name in Latin letters is no unknown word
            let listed = end - start > 1 && line.hit(start, end).is_some_and(|hit| hit.classes.any(knowledge.named));
            if !listed && !cuts(value, start, end) {
                let cost = if end - start > 1 { 800 } else { UNKNOWN };
                self.offer(here, Edge { start, end, cost, kind: Kind::Unknown });
            }
            if end - start > 1 || value.is_some_and(|(from, to)| from < start + 1 && start < to) {
                self.offer(here, Edge { start, end: start + 1, cost: 2 * UNKNOWN, kind: Kind::Unknown });
            }
        }
        tokens.clear();
        let mut at = length;
        while at > 0 {
            let edge = self.best[at].1;
            tokens.push(token(line, edge, knowledge));
            at = edge.start;
        }
        tokens.reverse();
    }

    fn offer(&mut self, here: i32, edge: Edge) {
        let cost = here.saturating_add(edge.cost.max(1));
        let best = &mut self.best[edge.end];
        if cost < best.0 {
            *best = (cost, edge);
        }
    }
}

fn token(line: &Line, edge: Edge, knowledge: &Knowledge) -> Token {
    let (tag, classes) = match edge.kind {
        Kind::Word(entry) => {
            let entry = knowledge.lexicon.entry(entry);
            (entry.tag, entry.classes)
        }
        Kind::Value(_) => (Tag::Numeral, Classes::NONE),
        Kind::Person(_) => (Tag::PersonName, Classes::NONE),
        Kind::Named(_, Type::Organization) => (Tag::OrganizationName, Classes::NONE),
        Kind::Named(..) => (Tag::PlaceName, Classes::NONE),
        Kind::Unknown => (unknown_tag(line.chars[edge.start]), Classes::NONE),
    };
    let tag = if tag == Tag::Unknown { unknown_tag(line.chars[edge.start]) } else { tag };
    Token { start: edge.start, end: edge.end, kind: edge.kind, tag, classes }
}

fn unknown_tag(c: char) -> Tag {
    if is_han(c) {
        Tag::Unknown
    } else if c.is_alphanumeric() {
        Tag::Latin
    } else {
        Tag::Punctuation
    }
}

/// Whether a word of this part of speech names something: what stands behind it is no predicate of its own.
pub fn is_noun(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Noun
            | Tag::VerbNoun
            | Tag::Unknown
            | Tag::Abbreviation
            | Tag::Idiom
            | Tag::PersonName
            | Tag::PlaceName
            | Tag::ProperName
    )
}

/// Whether `start..end` shares characters with the value without being inside or around it whole.
fn cuts(value: Option<(usize, usize)>, start: usize, end: usize) -> bool {
    value.is_some_and(|(from, to)| start < to && from < end)
}

fn covers(value: Option<(usize, usize)>, start: usize, end: usize) -> bool {
    value.is_some_and(|(from, to)| start <= from && to <= end)
}

/// The end of the run of Latin letters and digits at `start`, or one character.
fn run_end(line: &Line, start: usize) -> usize {
    let latin = |c: char| c.is_ascii_digit() || is_letter(c);
    if !latin(line.chars[start]) {
        return start + 1;
    }
    let mut end = start + 1;
    while end < line.len()
        && (latin(line.chars[end])
            || matches!(line.chars[end], '-' | '.' | '&') && line.after(end + 1).is_some_and(latin))
    {
        end += 1;
    }
    end
}
