//! Named undertakings: what is carried out, read leftwards from the word that says its kind.
//!
//! Official text names its programmes behind verbs of carrying out (实施…行动), in quotation marks
//! (“春风”行动), and in lists (开展甲活动、乙活动和丙行动; 甲、乙等工程). The reader goes left from the kind over what may
//! stand in a name; where it stopped and what it passed decide whether a name stands there.

mod list;
mod stem;

use super::chunk::Chunks;
use super::line::Line;
use super::segment::{Kind, Token};
use crate::rule::name::{Knowledge, UndertakingRule};
use crate::schema::Type;
use crate::text::Words;
use stem::{Edge, Stem};

struct Head {
    start: usize,
    end: usize,
    strong: bool,
    /// A kind of work (建设, 治理), no kind of undertaking.
    work: bool,
    /// A kind so common (制度, 平台) that only quotation marks or a name of its own tell one.
    marked: bool,
}

/// Adds the undertakings of a line.
pub(super) fn find(rule: &UndertakingRule, line: &Line, tokens: &[Token], knowledge: &Knowledge, chunks: &mut Chunks) {
    let reader = Reader { rule, line, tokens, knowledge };
    let heads = if line.lists.any(rule.heads) { 0..tokens.len() } else { 0..0 };
    for at in heads {
        let Some(head) = reader.head(at) else { continue };
        if chunks.all().iter().any(|c| c.start < head.start && c.end > head.end && c.kind != rule.kind) {
            continue;
        }
        let stem = reader.stem(at, &head, chunks);
        if let Some(start) = reader.accept(&stem, &head, chunks) {
            chunks.add_headed(line, start, head.end, rule.kind, rule.id, head.end - head.start);
            reader.items_before(start, chunks);
        }
    }
    if line.sieve.may_hold('等') {
        for at in 0..tokens.len() {
            reader.summed_up(at, chunks);
        }
    }
}

struct Reader<'a> {
    rule: &'a UndertakingRule,
    line: &'a Line,
    tokens: &'a [Token],
    knowledge: &'a Knowledge,
}

impl Reader<'_> {
    /// The kind that ends with the token, if any: the longest.
    fn head(&self, at: usize) -> Option<Head> {
        let token = &self.tokens[at];
        if !self.line.ends[token.end].any(self.rule.heads) || matches!(token.kind, Kind::Value(_) | Kind::Person(_)) {
            return None;
        }
        let first = self.tokens[..=at].iter().rev().take(4).next_back().map_or(0, |t| t.start);
        let lexicon = &self.knowledge.lexicon;
        let hit = (first..token.end)
            .filter_map(|start| self.line.hit(start, token.end))
            .find(|hit| hit.classes.any(self.rule.heads))?;
        let listed = self.knowledge.names(token.classes) == Some(self.rule.kind);
        // a kind is no part of a longer word, and 推进改革 is a verb with its object
        let inside = hit.start > token.start;
        let governed =
            inside && (token.start + 1..=hit.start).any(|end| self.line.is_one_of(token.start, end, &self.rule.behind));
        if listed || governed || (inside && hit.end - hit.start < 2) {
            return None;
        }
        let kind = lexicon.feature(hit.entry, self.rule.heads, "kind");
        Some(Head {
            start: hit.start,
            end: token.end,
            strong: lexicon.feature(hit.entry, self.rule.heads, "strength") != "weak",
            work: kind == "build",
            marked: self.rule.marked.iter().any(|marked| marked == kind),
        })
    }

    /// Where the name begins, if the run is one.
    fn accept(&self, stem: &Stem, head: &Head, chunks: &Chunks) -> Option<usize> {
        let introduced = match stem.edge {
            Edge::Introduced => true,
            Edge::Item => self.is_introduced_list(stem.start, chunks),
            _ => false,
        };
        let opposed = stem.edge == Edge::Opposed;
        if let Some(open) = stem.quote {
            // “三农”工作: the phrase stands for itself
            if opposed || (head.work && !head.strong && (!introduced || stem.set_phrase)) {
                return None;
            }
            // 中小企业“智改数转”三年行动: what stands between verb and quotation is a part of the name
            let place = chunks.all().iter().any(|c| c.kind == Type::Place && c.end == open);
            let whole = introduced && stem.before_quote > 0 && stem.joined.is_none() && !place && !stem.verbal;
            return Some(if whole { stem.start } else { open });
        }
        if !stem.telling || opposed || stem.edge == Edge::Counted {
            return None;
        }
        let start = match stem.joined {
            Some(joined) if !introduced && !self.is_mutual(head) => joined,
            _ => stem.start,
        };
        let length = head.start.saturating_sub(start);
        let coined = self.is_one_of(&self.tokens[stem.first], &self.rule.coined);
        let joined = stem.joined.is_some() && !self.is_mutual(head);
        let vague = self.is_one_of(&self.tokens[stem.first], &self.rule.vague);
        let clear =
            matches!(stem.edge, Edge::Bounded | Edge::Governed | Edge::Item) && !joined && !stem.verbal && !vague;
        let plain = self.line.is_one_of(head.start, head.end, &self.rule.plain);
        let accepted = if head.work && !head.strong {
            coined && stem.words <= 4 && length >= 2 && stem.edge != Edge::Doubtful
        } else if head.marked && !head.strong {
            introduced && stem.proper && length >= 3
        } else if head.strong {
            (introduced && length >= 2) || (clear && (length >= self.rule.bare || (stem.proper && length >= 2)))
        } else {
            (introduced && length >= 3 && (stem.words > 1 || stem.proper))
                || (clear
                    && stem.edge == Edge::Bounded
                    && stem.words > 1
                    && (plain || coined || stem.proper)
                    && (length >= self.rule.bare_weak || coined))
        };
        (accepted && start < head.start).then_some(start)
    }

    /// Whether the kind itself joins two: 大学与产业｜合作计划.
    fn is_mutual(&self, head: &Head) -> bool {
        self.rule.mutual.at(&self.line.chars[head.start..head.end]).is_some()
    }

    fn introduces(&self, token: &Token) -> bool {
        self.line.ends_in(token.start, token.end, &self.rule.behind)
    }

    fn is_one_of(&self, token: &Token, words: &Words) -> bool {
        self.line.is_one_of(token.start, token.end, words)
    }

    fn is_join(&self, token: &Token) -> bool {
        matches!(self.line.chars[token.start..token.end], ['和' | '与' | '及' | '暨'] | ['以', '及'])
    }
}
