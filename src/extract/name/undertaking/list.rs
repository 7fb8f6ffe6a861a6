//! Lists of undertakings, whose items may have no kind of their own.

use super::Reader;
use crate::extract::name::chunk::Chunks;
use crate::extract::name::line::is_han;
use crate::extract::name::scan::opening;
use crate::extract::name::segment::{Kind, Token};
use crate::lexicon::Tag;
use crate::schema::Type;

impl Reader<'_> {
    /// Whether the list whose item begins at `start` stands behind a verb that carries out.
    pub(super) fn is_introduced_list(&self, start: usize, chunks: &Chunks) -> bool {
        let mut index = self.tokens.partition_point(|token| token.start < start);
        while index > 0 {
            let token = &self.tokens[index - 1];
            if let Some(chunk) = chunks.ending_at(token.end).filter(|c| c.kind == self.rule.kind) {
                while index > 0 && self.tokens[index - 1].start >= chunk.start {
                    index -= 1;
                }
                if index == 0 {
                    return false;
                }
                if self.introduces(&self.tokens[index - 1]) {
                    return true;
                }
                continue;
            }
            if self.introduces(token) {
                return true;
            }
            let mark = self.line.chars[token.start];
            if token.tag == Tag::Punctuation && !matches!(mark, '、' | '“' | '”' | '「' | '」') {
                return false;
            }
            index -= 1;
        }
        false
    }

    /// The item before a name that stands behind 、 in an introduced list, where it has no kind of its own:
    /// 实施｜退耕还林｜、防沙治沙工程.
    pub(super) fn items_before(&self, start: usize, chunks: &mut Chunks) {
        let mut end = start;
        while end > 0 && (self.line.chars[end - 1] == '、' || matches!(self.line.chars[end - 1], '和' | '及' | '与'))
        {
            let Some(from) = self.item(end - 1, chunks) else { return };
            if self.is_numbered(from) || chunks.all().iter().any(|c| c.start <= from && c.end >= end - 1) {
                return;
            }
            if !self.introduces_at(from) && !self.is_introduced_list(from, chunks) {
                return;
            }
            chunks.add(self.line, from, end - 1, self.rule.kind, self.rule.id);
            end = from;
        }
    }

    /// Items before 等…工程: 甲、乙等六大工程.
    pub(super) fn summed_up(&self, at: usize, chunks: &mut Chunks) {
        let token = &self.tokens[at];
        if self.line.chars[token.start..token.end] != ['等'] {
            return;
        }
        // within a few words the kind follows: 等｜六大｜工程
        let after = &self.tokens[at + 1..self.tokens.len().min(at + 6)];
        let sums =
            |next: &Token| (next.start..next.end).any(|from| self.rule.sums.at(&self.line.chars[from..]).is_some());
        let sum = after.iter().position(sums);
        let Some(sum) = sum else { return };
        let plain = after[..sum].iter().all(|t| {
            !matches!(t.tag, Tag::Punctuation | Tag::Particle | Tag::Preposition)
                && !t.classes.any(self.knowledge.boundary_verb)
        });
        if !plain {
            return;
        }
        let mut end = token.start;
        let mut items: Vec<(usize, usize)> = Vec::new();
        while let Some(from) = self.item(end, chunks) {
            items.push((from, end));
            let Some('、' | '和') = self.line.before(from) else { break };
            end = from - 1;
        }
        // one item alone is a name only between marks
        if let [(from, _)] = items[..]
            && !matches!(self.line.chars[from], '“' | '「')
        {
            return;
        }
        for (from, to) in items {
            if !self.is_numbered(from) && !chunks.all().iter().any(|c| c.start <= from && c.end >= to) {
                chunks.add(self.line, from, to, self.rule.kind, self.rule.id);
            }
        }
    }

    /// Where the item of a list begins that ends at `end`: a quotation, or words without a verb that introduces.
    fn item(&self, end: usize, chunks: &Chunks) -> Option<usize> {
        if let Some(chunk) = chunks.ending_at(end) {
            return matches!(chunk.kind, Type::Program | Type::Formulation | Type::Place).then_some(chunk.start);
        }
        let last = end.checked_sub(1)?;
        if matches!(self.line.chars[last], '”' | '」') {
            return opening(self.line, last);
        }
        let mut index = self.tokens.partition_point(|token| token.start < end);
        let mut start = end;
        while index > 0 {
            let token = &self.tokens[index - 1];
            let verb = token.classes.any(self.knowledge.boundary_verb) && self.is_predicate(index - 1);
            if token.tag == Tag::Punctuation
                || self.is_join(token)
                || self.introduces(token)
                || verb
                || (token.classes.any(self.knowledge.outside) && !token.classes.any(self.knowledge.boundary_verb))
                || !matches!(token.kind, Kind::Word(_) | Kind::Unknown)
            {
                break;
            }
            start = token.start;
            index -= 1;
        }
        let length = end - start;
        let han = self.line.chars[start..end].iter().all(|&c| is_han(c));
        let generic =
            self.tokens[index..].iter().take_while(|t| t.end <= end).all(|t| t.classes.any(self.knowledge.generic));
        (han && !generic && (4..=14).contains(&length)).then_some(start)
    }

    fn introduces_at(&self, start: usize) -> bool {
        self.tokens.iter().rev().find(|t| t.end <= start).is_some_and(|t| t.end == start && self.introduces(t))
    }

    /// Whether a quotation counts: “九大产业” is a phrase of its own.
    fn is_numbered(&self, start: usize) -> bool {
        matches!(self.line.chars[start], '“' | '「')
            && self.line.after(start + 1).is_some_and(|c| "一二两三四五六七八九十".contains(c))
            && self.line.after(start + 2).is_some_and(|c| "大个项".contains(c))
    }
}
