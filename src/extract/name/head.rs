//! Names that grow leftwards from a head word: 西藏自治区 ← 总工会, 建会入会 ← 行动.
//!
//! The scan goes from the head to the left over words that may stand inside a name and stops at
//! words that may not (prepositions, boundary verbs, punctuation). Where it stopped, and what it
//! passed, decides where the name begins: at an anchor (a place, a listed body, 全国), at an opening
//! quotation mark, right behind a verb that introduces such names (实施 … 行动), or at the stop.

use super::chunk::Chunks;
use super::line::Line;
use super::segment::{Kind, Token};
use crate::lexicon::Tag;
use crate::rule::name::{HeadRule, Knowledge};

impl HeadRule {
    /// Adds what the rule finds in a line.
    pub(super) fn find(&self, line: &Line, tokens: &[Token], knowledge: &Knowledge, chunks: &mut Chunks) {
        for at in 0..tokens.len() {
            let Some(head) = self.head(line, tokens, at, knowledge) else { continue };
            if let Some(start) = self.start(line, tokens, at, head, knowledge, chunks) {
                chunks.add(line, start, tokens[at].end, self.kind, self.id);
            }
        }
    }

    /// The head that ends with the token, if any.
    fn head(&self, line: &Line, tokens: &[Token], at: usize, knowledge: &Knowledge) -> Option<Head> {
        let token = &tokens[at];
        if !line.ends[token.end].any(self.heads) || matches!(token.kind, Kind::Value(_) | Kind::Person(_)) {
            return None;
        }
        // the longest head that ends here, over as many tokens as it takes
        let first = tokens[..=at].iter().rev().take(4).last().map_or(0, |t| t.start);
        let hit = (first..token.end)
            .filter_map(|start| line.hit(start, token.end))
            .find(|hit| knowledge.lexicon.entry(hit.entry).classes.any(self.heads))?;
        let strong = knowledge.lexicon.feature(hit.entry, self.heads, "strength") != "weak";
        Some(Head { start: hit.start, strong })
    }

    /// Where the name of that head begins.
    fn start(
        &self,
        line: &Line,
        tokens: &[Token],
        at: usize,
        head: Head,
        knowledge: &Knowledge,
        chunks: &Chunks,
    ) -> Option<usize> {
        let end = tokens[at].end;
        let mut index = at;
        while index > 0 && tokens[index].start > head.start {
            index -= 1;
        }
        let mut left = tokens[index].start;
        let (mut anchor, mut quote, mut soft, mut trusted) = (None, None, None, false);
        if tokens[index].start < head.start && self.is_anchor(&tokens[index], knowledge) {
            anchor = Some(tokens[index].start);
        }
        let mut generic = true;
        while index > 0 {
            let token = &tokens[index - 1];
            if end - token.start > self.max {
                break;
            }
            if let Some(chunk) = chunks.ending_at(token.end).filter(|c| self.anchor_types.contains(&c.kind)) {
                anchor = Some(chunk.start);
                left = chunk.start;
                generic = false;
                while index > 0 && tokens[index - 1].start >= chunk.start {
                    index -= 1;
                }
                continue;
            }
            if token.tag == Tag::Punctuation {
                match line.chars[token.start] {
                    '”' | '’' | '」' if self.quotes || token.end == left => {
                        let Some(open) = opening(line, token.start) else { break };
                        if end - open > self.max {
                            break;
                        }
                        while index > 0 && tokens[index - 1].start >= open {
                            index -= 1;
                        }
                        quote = Some(open);
                        left = open;
                        generic = false;
                        continue;
                    }
                    '·' | '-' | '—' | '#' if token.end == left => {}
                    '、' if !self.trusted.is_empty() => {
                        soft.get_or_insert(left);
                    }
                    _ => break,
                }
                left = token.start;
                index -= 1;
                continue;
            }
            if token.classes.any(knowledge.boundary_verb) && self.trusts(token, knowledge) {
                trusted = true;
                break;
            }
            if token.classes.any(knowledge.position) && !self.values && token.len() > 1 {
                break;
            }
            match self.passes(line, token, knowledge) {
                Pass::Yes => {}
                Pass::Soft => {
                    soft.get_or_insert(left);
                }
                Pass::No => break,
            }
            if self.is_anchor(token, knowledge) {
                anchor = Some(token.start);
            }
            if !token.classes.any(knowledge.generic) {
                generic = false;
            }
            left = token.start;
            index -= 1;
        }
        let hard = soft.unwrap_or(left);
        if let Some(open) = quote
            && self.quotes
            && open <= hard
        {
            return Some(open);
        }
        if trusted && !generic && head.start - left >= self.stem {
            let stem_tokens = tokens[index..].iter().take_while(|t| t.start < head.start).count();
            if head.strong || stem_tokens > 2 {
                return Some(left);
            }
        }
        if let Some(start) = anchor
            && (start <= hard && (self.verbs || start >= hard) || start >= hard)
            && (head.strong || head.start - start <= 12)
        {
            return Some(start);
        }
        if let Some(start) = anchor
            && self.verbs
            && head.strong
        {
            return Some(start);
        }
        if self.bare && head.strong && !generic && head.start - hard.min(head.start) >= self.stem {
            return Some(hard);
        }
        None
    }

    fn is_anchor(&self, token: &Token, knowledge: &Knowledge) -> bool {
        token.classes.any(self.anchors)
            || knowledge.names(token.classes).is_some_and(|kind| self.anchor_types.contains(&kind))
    }

    fn trusts(&self, token: &Token, knowledge: &Knowledge) -> bool {
        let Kind::Word(entry) = token.kind else { return false };
        let class = knowledge.lexicon.feature(entry, knowledge.boundary_verb, "class");
        self.trusted.iter().any(|t| t == class)
    }

    fn passes(&self, line: &Line, token: &Token, knowledge: &Knowledge) -> Pass {
        if self.is_anchor(token, knowledge) {
            return Pass::Yes;
        }
        if let Kind::Value(_) = token.kind {
            return if self.values { Pass::Yes } else { Pass::No };
        }
        if token.len() == 1 && matches!(line.chars[token.start], '和' | '与' | '及' | '暨') {
            return Pass::Soft;
        }
        if token.classes.any(knowledge.outside) {
            return Pass::No;
        }
        match token.tag {
            Tag::Preposition
            | Tag::Conjunction
            | Tag::Particle
            | Tag::Pronoun
            | Tag::Adverb
            | Tag::Time
            | Tag::PersonName => Pass::No,
            Tag::Verb => Pass::Soft,
            Tag::Adjective if token.len() > 1 => Pass::Soft,
            _ => Pass::Yes,
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Head {
    start: usize,
    strong: bool,
}

enum Pass {
    Yes,
    /// Inside only where something further left proves it.
    Soft,
    No,
}

/// The opening mark of the quotation that closes at `at`, within 24 characters.
fn opening(line: &Line, at: usize) -> Option<usize> {
    let (open, close) = match line.chars[at] {
        '”' => ('“', '”'),
        '’' => ('‘', '’'),
        _ => ('「', '」'),
    };
    (at.saturating_sub(24)..at).rev().take_while(|&i| line.chars[i] != close).find(|&i| line.chars[i] == open)
}
