//! Short forms that a text makes of its own names: 石化总公司 where it has 中国石油化工总公司. The head is
//! the same, and what stands before it are characters of the whole name in their order.

use std::collections::BTreeMap;

use super::line::is_han;
use super::recall::Taken;
use super::scan::GRAMMAR;
use crate::document::Document;
use crate::lexicon::{Classes, Tag};
use crate::mention::Mention;
use crate::rule::name::Knowledge;
use crate::schema::{Form, RuleId, Type};
use crate::text::Span;

/// A body read because its whole name was read elsewhere in the document.
const BODY: RuleId = RuleId::new("name.organization.remembered");
/// Fewest characters of a whole name before its head.
const WHOLE: usize = 4;
/// Most characters of a short form before its head, and fewest.
const PART: std::ops::RangeInclusive<usize> = 2..=5;
/// Most characters of a head.
const LONGEST_HEAD: usize = 6;
/// What makes another word of a head before it: 医学院｜长, 大学｜生.
const TAILS: [char; 6] = ['生', '员', '长', '法', '史', '网'];

/// The short forms of the bodies found, where nothing else was found.
pub(super) fn find(doc: &Document, found: &[Mention], knowledge: &Knowledge) -> Vec<Mention> {
    let Some(heads) = knowledge.lexicon.class("org_head") else { return Vec::new() };
    let text = doc.view.folded();
    let mut wholes: BTreeMap<&str, Vec<Vec<char>>> = BTreeMap::new();
    for mention in found.iter().filter(|m| m.kind == Type::Organization) {
        let name = mention.span.of(text);
        if let Some(at) = head(name, heads, knowledge)
            && name[..at].chars().count() >= WHOLE
        {
            let stem: Vec<char> = name[..at].chars().collect();
            let stems = wholes.entry(&name[at..]).or_default();
            if !stems.contains(&stem) {
                stems.push(stem);
            }
        }
    }
    let words: Vec<&str> = wholes.keys().copied().collect();
    let taken = Taken::new(found);
    let mut more = Vec::new();
    for (which, at) in doc.view.separate_occurrences(&words) {
        let end = at + words[which].len();
        let free = |span| Type::ALL.iter().all(|&kind| !taken.overlaps(span, kind));
        if !free(Span::new(at, end)) || text[end..].starts_with(TAILS) {
            continue;
        }
        let short = words[which].chars().count() < 3;
        if let Some(start) =
            start(text, at, &wholes[words[which]], short, knowledge).filter(|&s| free(Span::new(s, end)))
        {
            more.push(Mention {
                span: Span::new(start, end),
                kind: Type::Organization,
                form: Form::Name,
                norm: None,
                days: None,
                inner: false,
                rule: BODY,
            });
        }
    }
    more
}

/// Where the longest head begins that ends the name.
fn head(name: &str, heads: Classes, knowledge: &Knowledge) -> Option<usize> {
    let starts = name.char_indices().rev().take(LONGEST_HEAD).skip(1).map(|(at, _)| at);
    starts
        .filter(|&at| {
            knowledge.lexicon.find(&name[at..]).is_some_and(|entry| knowledge.lexicon.entry(entry).classes.any(heads))
        })
        .last()
}

/// Where the longest run of characters of a whole name begins that ends at `end`, set apart to the left.
fn start(text: &str, end: usize, wholes: &[Vec<char>], short: bool, knowledge: &Knowledge) -> Option<usize> {
    let before: Vec<(usize, char)> = text[..end].char_indices().rev().take(PART.end() + 1).collect();
    PART.rev().find_map(|count| {
        let (start, _) = *before.get(count - 1)?;
        let apart = before.get(count).is_none_or(|&(_, c)| !is_han(c) || GRAMMAR.contains(&c));
        let part: Vec<char> = before[..count].iter().rev().map(|&(_, c)| c).collect();
        let named = apart && !is_everyday(&text[start..end], short, knowledge);
        (named && wholes.iter().any(|whole| part.len() < whole.len() && is_drawn(&part, whole))).then_some(start)
    })
}

/// Whether the characters stand in the whole in that order.
fn is_drawn(part: &[char], whole: &[char]) -> bool {
    let mut rest = whole.iter();
    part.iter().all(|c| rest.any(|other| other == c))
}

/// Whether a word says nothing about which body; before a head of two characters no common word does: 设计｜公司.
fn is_everyday(word: &str, short: bool, knowledge: &Knowledge) -> bool {
    let Some(entry) = knowledge.lexicon.find(word).map(|entry| knowledge.lexicon.entry(entry)) else { return false };
    let common =
        matches!(entry.tag, Tag::Noun | Tag::Verb | Tag::VerbNoun | Tag::Adjective | Tag::Adverb | Tag::AdjectiveNoun);
    entry.classes.any(knowledge.generic) || (short && common) || !word.chars().all(is_han)
}
