//! Named undertakings: what is carried out, read leftwards from the word that says its kind.
//!
//! Official text names its programmes behind verbs of carrying out (实施…行动), in quotation marks
//! (“春风”行动), and in lists (开展甲活动、乙活动和丙行动; 甲、乙等工程). The reader goes left from the kind over what may
//! stand in a name; where it stopped and what it passed decide whether a name stands there.

use super::chunk::Chunks;
use super::line::{Line, is_han};
use super::segment::{Kind, Token};
use crate::lexicon::Tag;
use crate::rule::name::{Knowledge, UndertakingRule};
use crate::schema::Type;

/// Most characters between a closing quotation mark and the kind.
const BEHIND_QUOTE: usize = 10;

/// How a name begins on the left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edge {
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
struct Stem {
    start: usize,
    edge: Edge,
    /// The opening mark of the quotation in it.
    quote: Option<usize>,
    /// The character behind the closing one.
    unquoted: usize,
    words: usize,
    /// Words between the left edge and the quotation.
    before_quote: usize,
    telling: bool,
    proper: bool,
    /// Whether a policy phrase stands in it.
    set_phrase: bool,
    /// Whether a plain verb stands in it.
    verbal: bool,
    /// The first word.
    first: usize,
    /// Behind the last 和.
    joined: Option<usize>,
}

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
    for at in 0..tokens.len() {
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
    for at in 0..tokens.len() {
        reader.summed_up(at, chunks);
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
            .find(|hit| lexicon.entry(hit.entry).classes.any(self.rule.heads))?;
        let listed = self.knowledge.names(token.classes) == Some(self.rule.kind);
        // a kind is no part of a longer word, and 推进改革 is a verb with its object
        let inside = hit.start > token.start;
        let governed =
            inside && (token.start + 1..=hit.start).any(|end| self.is_one_of_text(token.start, end, &self.rule.behind));
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

    /// Goes left from the kind.
    fn stem(&self, at: usize, head: &Head, chunks: &Chunks) -> Stem {
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
                        let Some(open) = super::scan::opening(line, token.start)
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
                stem.proper |= super::scan::is_proper(line, token, knowledge) || token.tag == Tag::Unknown;
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
        let plain = self.is_one_of_text(head.start, head.end, &self.rule.plain);
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

    /// Whether 和 at `start` parts two items: a whole name on its left, or a kind of work on either side.
    fn ends_item(&self, start: usize, stem: &Stem, head: &Head, chunks: &Chunks) -> bool {
        if chunks.ending_at(start).is_some_and(|c| c.kind == self.rule.kind) {
            return true;
        }
        let works = |end: usize| {
            (end.saturating_sub(4)..end).filter_map(|from| self.line.hit(from, end)).any(|hit| {
                let lexicon = &self.knowledge.lexicon;
                lexicon.entry(hit.entry).classes.any(self.rule.heads)
                    && lexicon.feature(hit.entry, self.rule.heads, "kind") == "build"
            })
        };
        let right = head.start.saturating_sub(stem.start);
        works(start) && right >= 4 && (works(head.start) || works(head.start + 2))
    }

    /// Whether the list whose item begins at `start` stands behind a verb that carries out.
    fn is_introduced_list(&self, start: usize, chunks: &Chunks) -> bool {
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
    fn items_before(&self, start: usize, chunks: &mut Chunks) {
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
    fn summed_up(&self, at: usize, chunks: &mut Chunks) {
        let token = &self.tokens[at];
        if self.line.chars[token.start..token.end] != ['等'] {
            return;
        }
        // within a few words the kind follows: 等｜六大｜工程
        let after = &self.tokens[at + 1..self.tokens.len().min(at + 6)];
        let sum = after.iter().position(|next| {
            (next.start..next.end).any(|from| {
                self.rule
                    .sums
                    .iter()
                    .any(|word| word.chars().eq(self.line.chars[from..].iter().copied().take(word.chars().count())))
            })
        });
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
            return super::scan::opening(self.line, last);
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

    /// Whether the verb ends the run: where it governs what follows. `None` where it is a part of the name.
    fn verb(&self, at: usize, stem: &Stem, head: &Head, chunks: &Chunks) -> Option<Edge> {
        let token = &self.tokens[at];
        let Kind::Word(entry) = token.kind else { return None };
        let class = self.knowledge.lexicon.feature(entry, self.knowledge.boundary_verb, "class");
        let carries = class.split(';').any(|class| class == self.rule.verbs);
        let idiom = at > 0 && self.tokens[at - 1].tag == Tag::Idiom && self.tokens[at - 1].width() > 3;
        let noun = at > 0 && self.is_nominal(at - 1, chunks) && !idiom;
        let adjacent = stem.start == head.start || stem.start == token.end && stem.words == 0;
        let carried = (at > 0 && self.is_one_of(&self.tokens[at - 1], &self.rule.carries))
            || self.is_item(at, chunks)
            || self.is_sibling(at, head, chunks);
        // 新｜就业｜群体
        let short = at > 0 && self.tokens[at - 1].tag == Tag::Adjective && self.tokens[at - 1].width() == 1;
        let noun_like = token.tag != Tag::Verb && !self.is_predicate(at);
        if short || (noun && (adjacent || token.tag == Tag::VerbNoun)) || noun_like || (carried && carries) {
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
        !body
            && !function
            && matches!(
                token.tag,
                Tag::Noun
                    | Tag::VerbNoun
                    | Tag::Unknown
                    | Tag::Abbreviation
                    | Tag::Idiom
                    | Tag::PersonName
                    | Tag::PlaceName
                    | Tag::ProperName
                    | Tag::Direction
                    | Tag::Locative
            )
    }

    /// Whether the word stands where a predicate stands: at the beginning, behind an adverb or a point.
    fn is_predicate(&self, at: usize) -> bool {
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

    /// Whether a quotation counts: “九大产业” is a phrase of its own.
    fn is_numbered(&self, start: usize) -> bool {
        matches!(self.line.chars[start], '“' | '「')
            && self.line.after(start + 1).is_some_and(|c| "一二两三四五六七八九十".contains(c))
            && self.line.after(start + 2).is_some_and(|c| "大个项".contains(c))
    }

    /// Whether a body is named by its level alone: 县级医院, 全区工会.
    fn is_kind_of_body(&self, start: usize) -> bool {
        self.tokens.iter().find(|token| token.start == start).is_some_and(|token| {
            token.width() > 1
                && token.classes.any(self.knowledge.anchor)
                && !token.classes.any(self.knowledge.place.or(self.knowledge.organization))
        })
    }

    /// Whether the kind itself joins two: 大学与产业｜合作计划.
    fn is_mutual(&self, head: &Head) -> bool {
        self.rule.mutual.iter().any(|word| {
            word.chars().eq(self.line.chars[head.start..head.end].iter().copied().take(word.chars().count()))
        })
    }

    fn introduces(&self, token: &Token) -> bool {
        self.rule.behind.iter().any(|word| {
            let length = word.chars().count();
            length <= token.width() && word.chars().eq(self.line.chars[token.end - length..token.end].iter().copied())
        })
    }

    fn is_one_of(&self, token: &Token, words: &[String]) -> bool {
        self.is_one_of_text(token.start, token.end, words)
    }

    fn is_one_of_text(&self, start: usize, end: usize, words: &[String]) -> bool {
        words.iter().any(|word| word.chars().eq(self.line.chars[start..end].iter().copied()))
    }

    fn is_join(&self, token: &Token) -> bool {
        matches!(self.line.chars[token.start..token.end], ['和' | '与' | '及' | '暨'] | ['以', '及'])
    }

    /// Whether a value counts something, or a year merely stands before.
    fn is_count(&self, at: usize) -> bool {
        !self.line.chars[self.tokens[at].start..self.tokens[at].end]
            .iter()
            .any(|c| matches!(c, '年' | '月' | '日' | '期'))
    }

    /// A number with a measure word, an ordinal.
    fn counts(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        match token.tag {
            Tag::Measure => at > 0 && self.tokens[at - 1].tag == Tag::Numeral,
            _ => false,
        }
    }
}

impl Stem {
    fn take(&mut self, start: usize, first: usize) {
        self.start = start;
        self.first = first;
        self.words += 1;
        self.before_quote += 1;
    }
}
