//! Names between marks: works in 《》, and what rules know by quotation marks.

use super::chunk::Chunks;
use super::line::Line;
use super::scan::{edition, is_edition};
use super::segment::{Kind, Token};
use crate::lexicon::Tag;
use crate::rule::name::{Knowledge, QuoteRule};
use crate::schema::{RuleId, Type};

/// A work in 《》.
const TITLED: RuleId = RuleId::new("name.document.titled");
/// A listed name with quotation marks round it.
const LISTED: RuleId = RuleId::new("name.listed");

/// Adds what stands between marks.
pub(super) fn find(line: &Line, tokens: &[Token], knowledge: &Knowledge, chunks: &mut Chunks) {
    if line.sieve.may_hold('》') {
        titled(line, chunks);
    }
    if !['”', '」'].iter().any(|&close| line.sieve.may_hold(close)) {
        return;
    }
    let mut open: Option<usize> = None;
    for at in 0..line.len() {
        match line.chars[at] {
            '“' | '「' => open = Some(at),
            '”' | '」' => {
                if let Some(start) = open.take()
                    && at > start + 1
                {
                    quoted(line, tokens, start, at + 1, knowledge, chunks);
                }
            }
            _ => {}
        }
    }
}

fn titled(line: &Line, chunks: &mut Chunks) {
    let mut open: Vec<usize> = Vec::new();
    for (at, c) in line.chars.iter().enumerate() {
        match c {
            '《' => open.push(at),
            '》' => {
                if let Some(start) = open.pop()
                    && open.is_empty()
                {
                    chunks.add(line, start, at + 1, Type::Document, TITLED);
                }
            }
            _ => {}
        }
    }
}

fn quoted(line: &Line, tokens: &[Token], start: usize, end: usize, knowledge: &Knowledge, chunks: &mut Chunks) {
    let common = line.hit(start + 1, end - 1).is_some_and(|hit| hit.classes.any(knowledge.common));
    if common && !chunks.all().iter().any(|c| c.start <= start + 1 && c.end + 1 >= end) {
        chunks.add(line, start, end, Type::Formulation, LISTED);
        return;
    }
    // 首届“…”: the edition belongs to the honour
    let begin = |kind: Type| {
        let before = tokens.iter().rev().find(|token| token.end <= start);
        before
            .filter(|token| kind == Type::Award && token.end == start && is_edition(line, token))
            .map_or(start, |token| edition(line, token.end).unwrap_or(token.start))
    };
    let whole = chunks.all().iter().find(|c| c.start == start + 1 && c.end + 1 == end).copied();
    if let Some(chunk) = whole
        && matches!(chunk.kind, Type::Program | Type::Formulation | Type::Award | Type::Place | Type::Event)
    {
        chunks.add(line, begin(chunk.kind), end, chunk.kind, LISTED);
        return;
    }
    // a listed name holds its marks
    if chunks.all().iter().any(|c| (c.start, c.end) == (start, end)) {
        return;
    }
    let length = end - start - 2;
    let text = line.text(start + 1, end - 1);
    let fits = |rule: &&QuoteRule| {
        length <= rule.max
            && rule.content.as_ref().is_none_or(|content| content.is_match(&text))
            && (rule.behind.is_empty()
                || behind(line, tokens, start, rule, knowledge)
                || is_item(line, start, rule.kind, chunks))
            && (rule.ends.is_empty() || ends(line, end - 1, length, rule, knowledge))
            && !rule.never.contains(&text)
            && !(rule.alone && is_attribute(tokens, end))
            && (rule.before.is_empty() || rule.before.iter().any(|word| starts_with(line, end, word)))
    };
    if let Some(rule) = knowledge.quotes.iter().find(fits) {
        chunks.add(line, begin(rule.kind), end, rule.kind, rule.id);
    }
}

/// Whether the quotation follows another name of that kind in a list.
fn is_item(line: &Line, start: usize, kind: Type, chunks: &Chunks) -> bool {
    // “强基计划”｜“拔尖计划2.0”
    if chunks.ending_at(start).is_some_and(|c| c.kind == kind) {
        return true;
    }
    let Some(mark) = start.checked_sub(1) else { return false };
    matches!(line.chars[mark], '、' | '和' | '与' | '及' | '等')
        && chunks.ending_at(mark).is_some_and(|c| c.kind == kind)
}

/// Whether a term of the rule's lists ends the words between the marks, and says more than a kind.
fn ends(line: &Line, end: usize, length: usize, rule: &QuoteRule, knowledge: &Knowledge) -> bool {
    (end.saturating_sub(8)..end).filter_map(|start| line.hit(start, end)).any(|hit| {
        let kind = || knowledge.lexicon.feature(hit.entry, rule.ends, "kind");
        hit.classes.any(rule.ends) && length >= hit.end - hit.start + 2 && !rule.not_kinds.iter().any(|k| k == kind())
    })
}

/// Whether a noun follows, of which the quotation is an attribute.
fn is_attribute(tokens: &[Token], end: usize) -> bool {
    let next = tokens.partition_point(|token| token.start < end);
    tokens.get(next).is_some_and(|token| {
        matches!(token.tag, Tag::Noun | Tag::VerbNoun | Tag::Idiom | Tag::Abbreviation | Tag::Unknown | Tag::ProperName)
    })
}

/// Whether a boundary verb of one of the rule's classes stands right before `start`.
fn behind(line: &Line, tokens: &[Token], start: usize, rule: &QuoteRule, knowledge: &Knowledge) -> bool {
    let Some(token) = tokens.iter().rev().find(|token| token.end <= start) else { return false };
    let Kind::Word(entry) = token.kind else { return false };
    token.end == start && token.classes.any(knowledge.boundary_verb) && {
        let class = knowledge.lexicon.feature(entry, knowledge.boundary_verb, "class");
        class.split(';').any(|class| rule.behind.iter().any(|c| c == class))
            && !rule.not_behind.iter().any(|word| word.chars().eq(line.chars[token.start..token.end].iter().copied()))
    }
}

fn starts_with(line: &Line, at: usize, word: &str) -> bool {
    let mut rest = line.chars[at..].iter();
    word.chars().all(|c| rest.next() == Some(&c))
}
