//! Short forms that are everyday words as well (平江, 苹果): names where their neighbours or the rest of
//! the document say so.

use super::brand;
use super::chunk::Chunks;
use super::line::{Line, is_han};
use super::recall::Short;
use super::segment::{Kind, Token};
use crate::rule::name::Knowledge;
use crate::schema::{RuleId, Type};

/// A short form that its neighbours prove.
const SHORT: RuleId = RuleId::new("name.short");

/// Adds the short forms that stand as names here; those that only the whole name can prove go to `later`.
pub(super) fn find(line: &Line, tokens: &[Token], knowledge: &Knowledge, chunks: &mut Chunks, later: &mut Vec<Short>) {
    let mut about = None;
    for (at, token) in tokens.iter().enumerate() {
        let Kind::Word(entry) = token.kind else { continue };
        let (classes, kind) = if token.classes.any(knowledge.weak_place) {
            (knowledge.weak_place, Type::Place)
        } else if token.classes.any(knowledge.weak_body) {
            (knowledge.weak_body, Type::Organization)
        } else {
            continue;
        };
        // 消费者起诉｜亚马逊: a river, too
        if kind == Type::Organization && token.classes.any(knowledge.place) {
            let company = knowledge.lexicon.feature(entry, classes, "kind") == "company";
            if company && brand::is_touched(line, token, knowledge) {
                chunks.rename(token.start, token.end, kind, SHORT);
            }
            continue;
        }
        if token.classes.any(knowledge.named) || token.width() < 2 {
            continue;
        }
        let taken = chunks.all().iter().any(|c| c.start < token.end && token.start < c.end);
        if taken {
            continue;
        }
        let stands = match kind {
            Type::Place => {
                listed_with_places(line, tokens, at, knowledge) || below(line, token, entry, knowledge, chunks)
            }
            _ => {
                let company = knowledge.lexicon.feature(entry, classes, "kind") == "company";
                let common = knowledge.lexicon.feature(entry, classes, "flag") == "common";
                company
                    && !(common && is_part(line, tokens, at, knowledge))
                    && *about.get_or_insert_with(|| {
                        knowledge.brands.iter().any(|r| brand::is_about_companies(line, knowledge, r))
                    })
            }
        };
        if stands {
            chunks.add(line, token.start, token.end, kind, SHORT);
        } else {
            let full = knowledge.lexicon.senses(entry, classes).map(|(_, row)| row.term.to_owned()).collect();
            later.push(Short { span: line.span(token.start, token.end), kind, full });
        }
    }
}

/// Whether Chinese characters stand on both sides, none of them the tail of a company's name: 基本｜民生｜保障, but
/// 民生｜人寿.
fn is_part(line: &Line, tokens: &[Token], at: usize, knowledge: &Knowledge) -> bool {
    let token = &tokens[at];
    let tail = |next: &Token| knowledge.brands.iter().any(|rule| next.classes.any(rule.tails));
    line.before(token.start).is_some_and(is_han)
        && line.after(token.end).is_some_and(is_han)
        && !tokens.get(at + 1).is_some_and(tail)
}

/// Whether it stands in a list of places: 内江、荣昌、永川.
fn listed_with_places(line: &Line, tokens: &[Token], at: usize, knowledge: &Knowledge) -> bool {
    let is_place = |at: Option<usize>| {
        at.and_then(|at| tokens.get(at))
            .is_some_and(|t| t.classes.any(knowledge.place.or(knowledge.weak_place)) && matches!(t.kind, Kind::Word(_)))
    };
    let mark = |at: Option<usize>| at.and_then(|at| tokens.get(at)).is_some_and(|t| line.chars[t.start] == '、');
    let before = mark(at.checked_sub(1)) && is_place(at.checked_sub(2));
    let behind = mark(Some(at + 1)) && is_place(Some(at + 2));
    let edge = |c: Option<char>| c.is_none_or(|c| !is_han(c) || c == '等');
    (before && edge(line.after(tokens[at].end))) || (behind && edge(line.before(tokens[at].start)))
}

/// Whether the place that it lies in stands right before it: 岳阳平江.
fn below(line: &Line, token: &Token, entry: u32, knowledge: &Knowledge, chunks: &Chunks) -> bool {
    let Some(above) = chunks.ending_at(token.start).filter(|c| c.kind == Type::Place) else { return false };
    let above = line.text(above.start, above.end);
    let parents = knowledge.lexicon.feature(entry, knowledge.weak_place, "parent");
    parents.split(';').any(|parent| !parent.is_empty() && (parent == above || parent.starts_with(above.as_str())))
}
