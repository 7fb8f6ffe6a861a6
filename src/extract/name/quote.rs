//! Names between marks: works in 《》, and what rules know by quotation marks.

use super::chunk::Chunks;
use super::line::Line;
use super::segment::{Kind, Token};
use crate::rule::name::{Knowledge, QuoteRule};
use crate::schema::{RuleId, Type};

/// A work in 《》.
const TITLED: RuleId = RuleId::new("name.document.titled");
/// A listed name with quotation marks round it.
const LISTED: RuleId = RuleId::new("name.listed");

/// Adds what stands between marks.
pub(super) fn find(line: &Line, tokens: &[Token], knowledge: &Knowledge, chunks: &mut Chunks) {
    titled(line, chunks);
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
    let whole = chunks.all().iter().find(|c| c.start == start + 1 && c.end + 1 == end).copied();
    if let Some(chunk) = whole
        && matches!(chunk.kind, Type::Program | Type::Formulation | Type::Award | Type::Place | Type::Event)
    {
        chunks.add(line, start, end, chunk.kind, LISTED);
        return;
    }
    let length = end - start - 2;
    let text = line.text(start + 1, end - 1);
    let fits = |rule: &&QuoteRule| {
        length <= rule.max
            && rule.content.as_ref().is_none_or(|content| content.is_match(&text))
            && (rule.behind.is_empty() || behind(tokens, start, &rule.behind, knowledge))
            && (rule.before.is_empty() || rule.before.iter().any(|word| starts_with(line, end, word)))
    };
    if let Some(rule) = knowledge.quotes.iter().find(fits) {
        let (start, end) = if rule.marks { (start, end) } else { (start + 1, end - 1) };
        chunks.add(line, start, end, rule.kind, rule.id);
    }
}

/// Whether a boundary verb of one of the classes stands right before `start`.
fn behind(tokens: &[Token], start: usize, classes: &[String], knowledge: &Knowledge) -> bool {
    let Some(token) = tokens.iter().rev().find(|token| token.end <= start) else { return false };
    let Kind::Word(entry) = token.kind else { return false };
    token.end == start && token.classes.any(knowledge.boundary_verb) && {
        let class = knowledge.lexicon.feature(entry, knowledge.boundary_verb, "class");
        class.split(';').any(|class| classes.iter().any(|c| c == class))
    }
}

fn starts_with(line: &Line, at: usize, word: &str) -> bool {
    let mut rest = line.chars[at..].iter();
    word.chars().all(|c| rest.next() == Some(&c))
}
