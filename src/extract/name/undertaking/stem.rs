//! What lies between the kind of an undertaking and the left edge of its name.

use super::{Head, Reader};
use crate::extract::name::chunk::Chunks;
use crate::extract::name::scan::{is_proper, opening};
use crate::extract::name::segment::{Kind, is_noun};
use crate::lexicon::Tag;
use crate::schema::Type;

/// Most characters between a closing quotation mark and the kind.
const BEHIND_QUOTE: usize = 10;

/// How a name begins on the left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    /// Behind a verb that carries out.
    Introduced,
    /// Behind another verb.
    Governed,
    /// At a point, a body, 的.
    Bounded,
    /// At an item of a list.
    Item,
    /// At a word that leaves it open what the run is.
    Doubtful,
    /// Behind a verb of working against it: 打击…活动.
    Opposed,
    /// Behind a number: so many of a kind, none of them named.
    Counted,
}

/// What lies between the left edge and the kind.
#[derive(Debug)]
pub(super) struct Stem {
    pub start: usize,
    pub edge: Edge,
    /// The opening mark of the quotation in it.
    pub quote: Option<usize>,
    /// The character behind the closing one.
    pub unquoted: usize,
    pub words: usize,
    /// Words between the left edge and the quotation.
    pub before_quote: usize,
    pub telling: bool,
    pub proper: bool,
    /// Whether a policy phrase stands in it.
    pub set_phrase: bool,
    /// Whether a plain verb stands in it.
    pub verbal: bool,
    /// The first word.
    pub first: usize,
    /// Behind the last 和.
    pub joined: Option<usize>,
}

impl Stem {
    fn take(&mut self, start: usize, first: usize) {
        self.start = start;
        self.first = first;
        self.words += 1;
        self.before_quote += 1;
    }
}

impl Reader<'_> {
    /// Goes left from the kind.
    pub(super) fn stem(&self, at: usize, head: &Head, chunks: &Chunks) -> Stem {
        let (line, tokens, knowledge) = (self.line, self.tokens, self.knowledge);
        let mut index = at;
        while index > 0 && tokens[index].start > head.start {
            index -= 1;
        }
        let within = tokens[index].start < head.start;
        let mut stem = Stem {
            start: tokens[index].start,
            edge: Edge::Bounded,
            quote: None,
            unquoted: head.start,
            words: usize::from(within),
            before_quote: 0,
            telling: within && !tokens[index].classes.any(knowledge.generic),
            proper: false,
            set_phrase: false,
            verbal: false,
            first: index,
            joined: None,
        };
        while index > 0 {
            let token = &tokens[index - 1];
            if head.end - token.start > self.rule.max {
                stem.edge = Edge::Doubtful;
                break;
            }
            if let Some(chunk) = chunks.ending_at(token.end) {
                match chunk.kind {
                    Type::Place | Type::Formulation | Type::Program if head.end - chunk.start <= self.rule.max => {
                        while index > 0 && tokens[index - 1].start >= chunk.start {
                            index -= 1;
                        }
                        stem.take(chunk.start, index);
                        stem.telling = true;
                        stem.proper = true;
                        stem.set_phrase |= chunk.kind == Type::Formulation;
                        if stem.quote.is_none() && matches!(line.chars[chunk.start], '“' | '「') {
                            stem.quote = Some(chunk.start);
                            stem.before_quote = 0;
                        }
                        continue;
                    }
                    // 实施｜县级医院能力提升工程: bodies of a kind, none of them named
                    Type::Organization if self.is_kind_of_body(chunk.start) => {
                        while index > 0 && tokens[index - 1].start >= chunk.start {
                            index -= 1;
                        }
                        stem.take(chunk.start, index);
                        stem.telling = true;
                        continue;
                    }
                    // 某某产业园｜二期项目: the works of a body bear its name
                    Type::Organization if chunk.end == head.start && head.strong => {
                        while index > 0 && tokens[index - 1].start >= chunk.start {
                            index -= 1;
                        }
                        stem.take(chunk.start, index);
                        stem.telling = true;
                        stem.proper = true;
                        continue;
                    }
                    Type::Place | Type::Formulation | Type::Program => {}
                    _ => break,
                }
            }
            if token.tag == Tag::Punctuation {
                match line.chars[token.start] {
                    '”' | '’' | '」' if stem.quote.is_none() => {
                        let Some(open) = opening(line, token.start)
                            .filter(|open| head.end - open <= self.rule.max && head.start - token.end <= BEHIND_QUOTE)
                        else {
                            stem.edge = Edge::Doubtful;
                            break;
                        };
                        stem.unquoted = token.end;
                        while index > 0 && tokens[index - 1].start >= open {
                            index -= 1;
                        }
                        stem.take(open, index);
                        stem.quote = Some(open);
                        stem.before_quote = 0;
                        stem.telling = true;
                        stem.proper = true;
                        continue;
                    }
                    '·' | '-' | '—' | '+' | '#' | '/' => {}
                    '、' => {
                        stem.edge = Edge::Item;
                        break;
                    }
                    '）' | ')' => {
                        let open = (token.start.saturating_sub(5)..token.start)
                            .rev()
                            .find(|&at| matches!(line.chars[at], '（' | '('));
                        let Some(open) = open.filter(|_| stem.quote.is_none()) else { break };
                        while index > 0 && tokens[index - 1].start >= open {
                            index -= 1;
                        }
                        stem.take(open, index);
                        continue;
                    }
                    _ => break,
                }
            } else if matches!(token.kind, Kind::Person(_)) {
                break;
            } else if matches!(token.kind, Kind::Value(_)) {
                stem.edge = if self.is_count(index - 1) { Edge::Counted } else { Edge::Bounded };
                break;
            } else if self.is_join(token) {
                if stem.quote.is_some() || self.ends_item(token.start, &stem, head, chunks) {
                    stem.edge = Edge::Item;
                    break;
                }
                stem.joined = Some(token.end);
            } else if self.is_one_of(token, &self.rule.outside) {
                if index > 1 && self.introduces(&tokens[index - 2]) {
                    stem.edge = Edge::Introduced;
                }
                break;
            } else if self.is_one_of(token, &self.rule.against) {
                stem.edge = Edge::Opposed;
                break;
            } else if self.introduces(token) {
                let carried = index > 1 && self.is_one_of(&tokens[index - 2], &self.rule.carries);
                if !(carried || self.is_item(index - 1, chunks)) || self.is_one_of(token, &self.rule.carries) {
                    stem.edge = Edge::Introduced;
                    break;
                }
                stem.verbal = true;
            } else if token.classes.any(knowledge.boundary_verb) && !token.classes.any(knowledge.named) {
                match self.verb(index - 1, &stem, head, chunks) {
                    Some(edge) => {
                        stem.edge = edge;
                        break;
                    }
                    None => stem.verbal |= token.tag == Tag::Verb && token.end < head.start,
                }
            } else if token.classes.any(knowledge.outside)
                && !token.classes.any(knowledge.named)
                && token.tag != Tag::Verb
                || matches!(token.tag, Tag::Preposition | Tag::Pronoun | Tag::Particle | Tag::Conjunction)
            {
                stem.edge = match line.chars[token.start..token.end] {
                    ['的' | '之' | '等'] => Edge::Bounded,
                    _ if token.tag == Tag::Preposition => Edge::Bounded,
                    _ => Edge::Doubtful,
                };
                break;
            } else {
                // 堤防｜加固｜工程: a verb right before the kind is its attribute
                stem.verbal |= token.tag == Tag::Verb && token.end < head.start;
                if self.counts(index - 1) {
                    stem.edge = Edge::Counted;
                    break;
                }
                stem.telling |= !token.classes.any(knowledge.generic)
                    && !token.classes.any(self.rule.heads)
                    && !matches!(token.tag, Tag::Numeral | Tag::Measure | Tag::Adjective | Tag::Direction);
                stem.proper |= is_proper(line, token, knowledge) || token.tag == Tag::Unknown;
            }
            stem.take(token.start, index - 1);
            index -= 1;
        }
        // 和 at the left edge joins the name to something else
        if let Some(joined) = stem.joined.filter(|&joined| self.is_join(&tokens[stem.first]) && joined > stem.start) {
            stem.start = joined;
            stem.first += 1;
            stem.edge = Edge::Item;
        }
        stem
    }

    /// Whether 和 at `start` parts two items: a whole name on its left, or a kind of work on either side.
    fn ends_item(&self, start: usize, stem: &Stem, head: &Head, chunks: &Chunks) -> bool {
        if chunks.ending_at(start).is_some_and(|c| c.kind == self.rule.kind) {
            return true;
        }
        let works = |end: usize| {
            (end.saturating_sub(4)..end).filter_map(|from| self.line.hit(from, end)).any(|hit| {
                let lexicon = &self.knowledge.lexicon;
                hit.classes.any(self.rule.heads) && lexicon.feature(hit.entry, self.rule.heads, "kind") == "build"
            })
        };
        let right = head.start.saturating_sub(stem.start);
        works(start) && right >= 4 && (works(head.start) || works(head.start + 2))
    }

    /// Whether the verb ends the run: where it governs what follows. `None` where it is a part of the name.
    fn verb(&self, at: usize, stem: &Stem, head: &Head, chunks: &Chunks) -> Option<Edge> {
        let token = &self.tokens[at];
        let Kind::Word(entry) = token.kind else { return None };
        let class = self.knowledge.lexicon.feature(entry, self.knowledge.boundary_verb, "class");
        let carries = class.split(';').any(|class| class == self.rule.verbs);
        let idiom = at > 0 && self.tokens[at - 1].tag == Tag::Idiom && self.tokens[at - 1].width() > 3;
        let noun = at > 0 && self.is_nominal(at - 1, chunks) && !idiom;
        let adjacent = stem.start == head.start || stem.start == token.end && stem.words == 0;
        // 实施｜降低物流成本专项行动
        let taken = at > 0 && self.is_one_of(&self.tokens[at - 1], &self.rule.carries);
        let carried = self.is_item(at, chunks) || self.is_sibling(at, head, chunks);
        // 新｜就业｜群体
        let short = at > 0 && self.tokens[at - 1].tag == Tag::Adjective && self.tokens[at - 1].width() == 1;
        let noun_like = token.tag != Tag::Verb && !self.is_predicate(at);
        if short || (noun && (adjacent || token.tag == Tag::VerbNoun)) || noun_like || taken || (carried && carries) {
            return None;
        }
        Some(Edge::Governed)
    }

    fn is_nominal(&self, at: usize, chunks: &Chunks) -> bool {
        let token = &self.tokens[at];
        let body = chunks
            .ending_at(token.end)
            .is_some_and(|c| !matches!(c.kind, Type::Place | Type::Program | Type::Formulation));
        let function = token.classes.any(self.knowledge.outside) && !token.classes.any(self.knowledge.boundary_verb);
        !body && !function && (is_noun(token.tag) || matches!(token.tag, Tag::Direction | Tag::Locative))
    }

    /// Whether the word stands where a predicate stands: at the beginning, behind an adverb or a point.
    pub(super) fn is_predicate(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).map(|at| &self.tokens[at]) else { return true };
        let of = self.line.chars[before.start..before.end] == ['的'];
        let noun = matches!(before.tag, Tag::Noun | Tag::VerbNoun) || self.is_join(before);
        (before.classes.any(self.knowledge.outside) && !of && !noun)
            || matches!(before.tag, Tag::Punctuation | Tag::Adverb | Tag::Pronoun | Tag::Preposition)
    }

    /// Whether the token is the first word behind a name of this kind and 、.
    fn is_item(&self, at: usize, chunks: &Chunks) -> bool {
        at > 0
            && self.line.chars[self.tokens[at - 1].start] == '、'
            && chunks.ending_at(self.tokens[at - 1].start).is_some_and(|c| c.kind == self.rule.kind)
    }

    /// The same behind ，, where the name before ends with the same kind.
    fn is_sibling(&self, at: usize, head: &Head, chunks: &Chunks) -> bool {
        let Some(mark) = at.checked_sub(1).map(|at| self.tokens[at].start) else { return false };
        let kind = &self.line.chars[head.start..head.end];
        self.line.chars[mark] == '，'
            && chunks
                .ending_at(mark)
                .is_some_and(|c| c.kind == self.rule.kind && self.line.chars[c.start..c.end].ends_with(kind))
    }

    /// Whether a body is named by its level alone: 县级医院, 全区工会.
    fn is_kind_of_body(&self, start: usize) -> bool {
        self.tokens.iter().find(|token| token.start == start).is_some_and(|token| {
            token.width() > 1
                && token.classes.any(self.knowledge.anchor)
                && !token.classes.any(self.knowledge.place.or(self.knowledge.organization))
        })
    }

    /// Whether a value counts something, or a year merely stands before.
    fn is_count(&self, at: usize) -> bool {
        !self.line.chars[self.tokens[at].start..self.tokens[at].end]
            .iter()
            .any(|c| matches!(c, '年' | '月' | '日' | '期'))
    }

    /// A number with a measure word, an ordinal.
    fn counts(&self, at: usize) -> bool {
        self.tokens[at].tag == Tag::Measure && at > 0 && self.tokens[at - 1].tag == Tag::Numeral
    }
}
