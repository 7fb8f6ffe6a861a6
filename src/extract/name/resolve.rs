//! Overlaps: the outermost mention stays; between equals the more telling type.

use crate::mention::Mention;
use crate::schema::Type;

/// Keeps the outermost of overlapping mentions; sorted by start.
pub(super) fn outermost(mut found: Vec<Mention>) -> Vec<Mention> {
    found.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end), rank(m.kind), m.rule));
    let mut kept: Vec<Mention> = Vec::with_capacity(found.len());
    for mention in found {
        match kept.last_mut() {
            Some(last) if last.span.overlaps(mention.span) => {
                let longer = mention.span.len() > last.span.len();
                if longer && !last.span.contains(mention.span) && rank(mention.kind) <= rank(last.kind) {
                    *last = mention;
                }
            }
            _ => kept.push(mention),
        }
    }
    kept
}

/// Which type speaks first where two cover the same words.
fn rank(kind: Type) -> usize {
    match kind {
        Type::Document => 0,
        Type::Event => 1,
        Type::Program => 2,
        Type::Award => 3,
        Type::Organization => 4,
        Type::Formulation => 5,
        Type::Person => 6,
        Type::Place => 7,
        Type::Position => 8,
        Type::Date => 9,
        Type::Figure => 10,
    }
}
