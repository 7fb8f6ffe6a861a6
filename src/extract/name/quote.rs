//! Titled works between 《 and 》.

use super::chunk::Chunks;
use super::line::Line;
use super::segment::Token;
use crate::rule::name::Knowledge;
use crate::schema::{RuleId, Type};

/// A work in 《》.
const TITLED: RuleId = RuleId::new("name.document.titled");

/// Adds what stands between title marks.
pub(super) fn find(line: &Line, _tokens: &[Token], _knowledge: &Knowledge, chunks: &mut Chunks) {
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
