//! Posts and jobs: listed titles that touch a name, a body, or a verb of appointment.

use super::chunk::Chunks;
use super::line::Line;
use super::segment::{Kind, Token};
use crate::rule::name::Knowledge;
use crate::schema::{RuleId, Type};

/// A post beside a name.
const BESIDE: RuleId = RuleId::new("name.position.beside");

/// Adds the posts that name their holder.
pub(super) fn find(line: &Line, tokens: &[Token], knowledge: &Knowledge, chunks: &mut Chunks) {
    let mut posts: Vec<(usize, usize)> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if !token.classes.any(knowledge.position) || !matches!(token.kind, Kind::Word(_)) {
            continue;
        }
        let mut first = at;
        while first > 0
            && tokens[first - 1].classes.any(knowledge.position_prefix)
            && tokens[first - 1].end == tokens[first].start
        {
            first -= 1;
        }
        posts.push((tokens[first].start, token.end));
    }
    // from right to left: a post counts if a name, or a post that counts, follows it
    let mut kept: Vec<(usize, usize)> = Vec::new();
    for &(start, end) in posts.iter().rev() {
        let follows = chunks.starting_at(end).is_some_and(|c| c.kind == Type::Person)
            || (line.after(end) == Some('、') && kept.iter().any(|post| post.0 == end + 1));
        let precedes = chunks.ending_at(start).is_some_and(|c| c.kind == Type::Person);
        let body = chunks.ending_at(start).is_some_and(|c| c.kind == Type::Organization);
        let listed = line.before(start) == Some('、') && posts.iter().any(|post| post.1 + 1 == start) && body;
        if follows || precedes || body || listed {
            kept.push((start, end));
        }
    }
    for (start, end) in kept.into_iter().rev() {
        chunks.add(line, start, end, Type::Position, BESIDE);
    }
}
