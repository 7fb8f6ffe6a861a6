//! How facts were found: the rule, its trigger, where each argument comes from, who else could have been meant.

use super::draft::domain;
use super::read_all;
use super::scene::Scene;
use super::status::status_word;
use super::trace::{Argument, How, Part, Trace};
use crate::document::Document;
use crate::fact::{Fact, Term};
use crate::mention::Mention;
use crate::rule::{Action, RuleSet};
use crate::schema::{RuleId, Type};
use crate::text::Span;

/// A fact and how it was found, in words.
#[derive(Debug, Clone)]
pub struct Derivation {
    /// The fact.
    pub fact: Fact,
    /// What the rule read, in the reading view.
    pub read: Span,
    /// The word that called the rule, where it has one.
    pub trigger: Option<String>,
    /// The word that makes it planned, negated or reported.
    pub status_word: Option<String>,
    /// Each argument.
    pub arguments: Vec<Found>,
    /// Mentions that could have been the subject, and why they are not, the nearest first.
    pub passed: Vec<Passed>,
    /// Other rules that read the same fact.
    pub also: Vec<RuleId>,
}

/// An argument of a fact.
#[derive(Debug, Clone)]
pub struct Found {
    /// `subject`, `object`, or the name of a qualifier.
    pub part: &'static str,
    /// Its canonical name.
    pub name: String,
    /// How it was found.
    pub how: String,
}

/// A mention that is not the subject.
#[derive(Debug, Clone)]
pub struct Passed {
    /// Its canonical name.
    pub name: String,
    /// Why not.
    pub why: &'static str,
}

/// The facts of a document with their derivations, in the order of [`facts`](super::facts).
pub fn derivations(doc: &Document, mentions: &[Mention], rules: &RuleSet) -> Vec<Derivation> {
    let scene = Scene::new(doc, mentions, rules);
    read_all(&scene, None).into_iter().map(|(fact, trace)| told(&scene, fact, trace)).collect()
}

fn told(scene: &Scene<'_>, fact: Fact, trace: Trace) -> Derivation {
    let skeleton = scene.lines.get(trace.line).map(|line| &line.skeleton);
    let words = skeleton.and_then(|skeleton| skeleton.text.get(trace.start..trace.end)).unwrap_or("");
    let read = skeleton.map_or(fact.evidence, |skeleton| {
        let (start, end) = (skeleton.to_text(trace.start), skeleton.to_text(trace.end));
        Span::new(start, end.max(start))
    });
    let arguments: Vec<Found> = trace
        .arguments
        .iter()
        .filter_map(|argument| {
            let term = match argument.part {
                Part::Subject => Some(&fact.subject),
                Part::Object => Some(&fact.object),
                Part::Qualifier(wanted) => fact.qualifiers.iter().find(|(q, _)| *q == wanted).map(|(_, term)| term),
            }?;
            let part = match argument.part {
                Part::Subject => "subject",
                Part::Object => "object",
                Part::Qualifier(qualifier) => qualifier.name(),
            };
            Some(Found { part, name: name(scene, term), how: how(scene, &trace, argument, term) })
        })
        .collect();
    let status = status_word(scene, trace.line, trace.start, trace.end).filter(|(status, _)| *status == fact.status);
    Derivation {
        trigger: trigger(scene.rules, fact.rule, words),
        status_word: status.map(|(_, word)| word.chars().filter(|c| !crate::rule::skeleton::is_mark(*c)).collect()),
        passed: passed(scene, &fact, &trace),
        also: trace.also.clone(),
        arguments,
        read,
        fact,
    }
}

fn name(scene: &Scene<'_>, term: &Term) -> String {
    match term {
        Term::Mention(index) => scene.name(*index).to_owned(),
        Term::Text(text) => text.clone(),
    }
}

/// The longest trigger word of the rule that stands in what it read.
fn trigger(rules: &RuleSet, rule: RuleId, words: &str) -> Option<String> {
    let Action::Pattern { pattern, .. } = &rules.rule(rule.as_str())?.action else { return None };
    pattern.triggers.iter().filter(|word| words.contains(word.as_str())).max_by_key(|word| word.len()).cloned()
}

/// How an argument was found, with the distance where it is carried over.
fn how(scene: &Scene<'_>, trace: &Trace, argument: &Argument, term: &Term) -> String {
    let place = match term {
        Term::Mention(index) => scene.places.get(*index).copied().flatten(),
        Term::Text(_) => None,
    };
    let distance = place.map(|(line, _)| trace.line.saturating_sub(line));
    let far = match distance {
        Some(0) | None => String::new(),
        Some(1) => ", carried over from the sentence before".to_owned(),
        Some(count) => format!(", carried over from {count} sentences before"),
    };
    let base = match argument.how {
        How::Read => "in the words read",
        How::Words => "the words themselves",
        How::Adjacent => "touches the figure",
        How::Described => "the figure describes it",
        How::Attended => "those counted take part in it",
        How::Clause => "subject of the clause",
        How::Sentence => "subject of an earlier clause of the sentence",
        How::Carried if distance == Some(0) => "subject of the clause or of one before it",
        How::Carried => "the nearest fitting subject",
        How::Opening => "opens its clause",
        How::Pronoun => "meant by a pronoun",
        How::Noun => "meant by a noun that its name ends with",
        How::Heading => "named by the title, whose report this is",
        How::Body => "the body that the article speaks for",
        How::Hero => "the one person whom the article is about",
        How::Left => "the nearest on the left of the object",
        How::Listed => "named by the heading of the list",
        How::Chain => "given by the list item before",
        How::Beside => "beside the object",
        How::Level => "the level above",
        How::Time if distance == Some(0) => "date of the sentence",
        How::Time => "date that the text goes on from",
        How::Counted => "counted back from the year of speaking",
        How::Rule => "given by the rule",
        How::Speaker => "speaker beside the quotation",
    };
    let scoped = matches!(argument.how, How::Body | How::Hero | How::Heading);
    let item = argument.item.map(|(number, count)| format!(", item {number} of {count}")).unwrap_or_default();
    format!("{base}{}{item}", if scoped { "" } else { &far })
}

/// The most that are told.
const MOST: usize = 5;

/// Mentions before the place that was read which could be the subject by their type, down to the one that is.
fn passed(scene: &Scene<'_>, fact: &Fact, trace: &Trace) -> Vec<Passed> {
    let sought = trace.arguments.iter().any(|argument| {
        argument.part == Part::Subject && !matches!(argument.how, How::Read | How::Level | How::Adjacent)
    });
    let chosen = match &fact.subject {
        Term::Mention(index) => scene.places.get(*index).copied().flatten(),
        Term::Text(_) => None,
    };
    let subject = name(scene, &fact.subject);
    let types = domain(fact.predicate);
    let mut out: Vec<Passed> = Vec::new();
    if !sought || trace.line >= scene.lines.len() {
        return out;
    }
    let paragraph = scene.lines[trace.line].paragraph;
    for line in (0..=trace.line).rev().take_while(|&line| scene.lines[line].paragraph == paragraph) {
        let end = if line == trace.line { trace.start } else { scene.lines[line].skeleton.text.len() };
        for mark in scene.lines[line].marks_in(0, end).rev() {
            let other = name(scene, &Term::Mention(scene.mention(line, mark)));
            if !types.contains(&scene.kind(line, mark))
                || other == subject
                || out.iter().any(|known| known.name == other)
            {
                continue;
            }
            out.push(Passed { name: other, why: why_not(scene, line, mark, types) });
            if out.len() == MOST {
                return out;
            }
        }
        if chosen.is_some_and(|(place, _)| place >= line) {
            break;
        }
    }
    out
}

fn why_not(scene: &Scene<'_>, line: usize, mark: usize, types: &[Type]) -> &'static str {
    let kind = scene.kind(line, mark);
    if mark < scene.lines[line].marks_in(0, scene.lines[line].lead).end {
        "stands in the dateline"
    } else if scene.is_oblique(line, mark) {
        "a preposition governs it"
    } else if !scene.is_head(line, mark, false) {
        "an attribute of what follows"
    } else if !scene.opens_clause(line, mark) {
        "stands inside its clause"
    } else if types.first() == Some(&Type::Person) && kind != Type::Person {
        "a person comes first"
    } else {
        "stands further off"
    }
}
