//! What the name stage has found so far in a line.

use super::line::Line;
use crate::schema::{RuleId, Type};

/// A candidate mention in characters of the line.
#[derive(Debug, Clone, Copy)]
pub struct Chunk {
    /// First character.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// What it names.
    pub kind: Type,
    /// The rule that found it.
    pub rule: RuleId,
    /// Characters of the head word that proves it; 0 for other names.
    pub head: usize,
}

/// Candidates by end.
#[derive(Debug, Default)]
pub struct Chunks {
    all: Vec<Chunk>,
}

impl Chunks {
    /// Forgets everything.
    pub fn clear(&mut self) {
        self.all.clear();
    }

    /// Adds a candidate.
    pub fn add(&mut self, line: &Line, start: usize, end: usize, kind: Type, rule: RuleId) {
        self.add_headed(line, start, end, kind, rule, 0);
    }

    /// Adds a candidate that a head word of `head` characters proves; of two with the same span and
    /// a head, the longer head wins.
    pub fn add_headed(&mut self, line: &Line, start: usize, end: usize, kind: Type, rule: RuleId, head: usize) {
        debug_assert!(start < end && end <= line.len());
        if head > 0 {
            if self.all.iter().any(|c| (c.start, c.end) == (start, end) && c.head >= head) {
                return;
            }
            self.all.retain(|c| (c.start, c.end) != (start, end) || c.head == 0);
        }
        self.all.push(Chunk { start, end, kind, rule, head });
    }

    /// Says of a candidate that it names something of another kind.
    pub fn rename(&mut self, start: usize, end: usize, kind: Type, rule: RuleId) {
        for chunk in self.all.iter_mut().filter(|c| (c.start, c.end) == (start, end)) {
            (chunk.kind, chunk.rule) = (kind, rule);
        }
    }

    /// The longest candidate that ends there.
    pub fn ending_at(&self, end: usize) -> Option<Chunk> {
        self.all.iter().filter(|chunk| chunk.end == end).min_by_key(|chunk| chunk.start).copied()
    }

    /// The longest candidate that starts there.
    pub fn starting_at(&self, start: usize) -> Option<Chunk> {
        self.all.iter().filter(|chunk| chunk.start == start).max_by_key(|chunk| chunk.end).copied()
    }

    /// All of them.
    pub fn all(&self) -> &[Chunk] {
        &self.all
    }
}
