//! Names surely read once are read throughout the document.

use std::collections::{BTreeMap, BTreeSet};

use super::line::Line;
use super::person::{is_point, left_cue, right_cue};
use super::segment::Token;
use crate::document::Document;
use crate::mention::Mention;
use crate::rule::name::Knowledge;
use crate::schema::{Form, RuleId, Type};
use crate::text::{Span, separate_occurrences};

/// A name read because it was surely read elsewhere in the document.
const REMEMBERED: RuleId = RuleId::new("name.person.remembered");

/// A body read because its whole name was read elsewhere in the document.
const REMEMBERED_BODY: RuleId = RuleId::new("name.organization.remembered");

/// The places of bodies that a head word proved elsewhere in the document, of three characters or more.
pub(super) fn bodies(doc: &Document, found: &[Mention]) -> Vec<Mention> {
    let text = doc.view.folded();
    let names: BTreeSet<&str> = found
        .iter()
        .filter(|m| m.kind == Type::Organization && m.rule == HEAD_BODY)
        .map(|m| m.span.of(text))
        .filter(|name| name.chars().count() >= 3)
        .collect();
    let names: Vec<&str> = names.into_iter().collect();
    again(text, &names, found, Type::Organization, REMEMBERED_BODY)
}

/// The places of names that no mention of their type touches yet.
fn again(text: &str, names: &[&str], found: &[Mention], kind: Type, rule: RuleId) -> Vec<Mention> {
    if names.is_empty() {
        return Vec::new();
    }
    let mut taken: Vec<Span> = found.iter().filter(|m| m.kind == kind).map(|m| m.span).collect();
    taken.sort_unstable();
    // With the furthest end so far, the last one that starts before a place says whether any reaches into it.
    let mut reach = 0;
    for span in &mut taken {
        reach = reach.max(span.end);
        span.end = reach;
    }
    let free = |span: Span| {
        let before = taken.partition_point(|other| other.start < span.end);
        before.checked_sub(1).is_none_or(|last| taken[last].end <= span.start)
    };
    separate_occurrences(text, names)
        .into_iter()
        .map(|(which, start)| Span::new(start, start + names[which].len()))
        .filter(|&span| free(span))
        .map(|span| Mention { span, kind, form: Form::Name, norm: None, days: None, inner: false, rule })
        .collect()
}

/// The places of quoted names that begin an undertaking elsewhere in the document: “草原书屋” where
/// “草原书屋”工程 was read.
pub(super) fn undertakings(doc: &Document, found: &[Mention]) -> Vec<Mention> {
    let text = doc.view.folded();
    let quoted = |m: &Mention| {
        let name = m.span.of(text);
        let end = name.find('”')? + '”'.len_utf8();
        let whole = name.starts_with('“') && (4..=12).contains(&name[..end].chars().count());
        whole.then(|| name[..end].to_owned())
    };
    let programs = found.iter().filter(|m| m.kind == Type::Program && m.rule != QUOTE);
    let names: BTreeSet<String> = programs.filter_map(quoted).collect();
    let mut more = Vec::new();
    for name in &names {
        for (start, _) in text.match_indices(name.as_str()) {
            let span = Span::new(start, start + name.len());
            if !found.iter().any(|m| m.span.overlaps(span)) {
                more.push(Mention {
                    span,
                    kind: Type::Program,
                    form: Form::Name,
                    norm: None,
                    days: None,
                    inner: false,
                    rule: REMEMBERED_PROGRAM,
                });
            }
        }
    }
    more
}

/// A quotation that is an undertaking by its verb alone; too weak to be remembered.
const QUOTE: RuleId = RuleId::new("name.quote.program");

/// An undertaking read because its name was read with its kind elsewhere.
const REMEMBERED_PROGRAM: RuleId = RuleId::new("name.program.remembered");

/// The rule whose bodies are remembered.
const HEAD_BODY: RuleId = RuleId::new("name.organization.head");

/// The persons of a document so far.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// How surely each name was read, the best of its readings.
    names: BTreeMap<String, i32>,
    /// Two-character readings that lacked support where they stood.
    doubtful: BTreeMap<String, usize>,
}

impl Memory {
    /// Notes a listed name.
    pub(super) fn sure(&mut self, line: &Line, start: usize, end: usize) {
        self.names.insert(line.text(start, end), i32::MAX);
    }

    /// Whether a composed name may stand; short ones want support from their neighbours.
    pub(super) fn accepts(&mut self, line: &Line, token: &Token, knowledge: &Knowledge) -> bool {
        let cue = left_cue(line, token.start, knowledge).max(right_cue(line, token.end, knowledge));
        let name = line.text(token.start, token.end);
        let pointed = line.chars[token.start..token.end].iter().any(|&c| is_point(c));
        let enough = if pointed || token.width() >= 3 { 0 } else { knowledge.person.list };
        if cue >= enough {
            let best = self.names.entry(name).or_insert(cue);
            *best = (*best).max(cue);
            return true;
        }
        *self.doubtful.entry(name).or_insert(0) += 1;
        false
    }

    /// Whether a word of two characters that the dictionary holds as a name may stand: a surname first,
    /// and something on both sides that goes with a name.
    pub(super) fn accepts_known(&mut self, line: &Line, token: &Token, knowledge: &Knowledge) -> bool {
        let left = left_cue(line, token.start, knowledge);
        let right = right_cue(line, token.end, knowledge);
        let fits = token.width() == 2
            && token.classes.is_empty()
            && knowledge.person.surname(line.chars[token.start]).is_some()
            && left.min(right) >= 40
            && left.max(right) >= knowledge.person.edge;
        if fits {
            let best = self.names.entry(line.text(token.start, token.end)).or_insert(0);
            *best = (*best).max(left.max(right));
        }
        fits
    }

    /// The places of remembered names that no person mention covers yet.
    pub(super) fn everywhere(&self, doc: &Document, found: &[Mention]) -> Vec<Mention> {
        let sure = self.names.iter().filter(|(_, cue)| **cue >= 200);
        let names: Vec<&str> = sure.map(|(name, _)| name.as_str()).collect();
        again(doc.view.folded(), &names, found, Type::Person, REMEMBERED)
    }
}
