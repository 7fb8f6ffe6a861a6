//! The name stage: persons, organizations, places, programs and every other named mention.
//!
//! [`names`] cuts each sentence into words and names, lets the rules compose longer names from them,
//! and keeps the outermost of what overlaps. Names surely read once are then read throughout the
//! document.

mod bounds;
mod brand;
mod chunk;
mod coined;
mod column;
mod county;
mod cue;
mod division;
mod forces;
mod form;
mod head;
mod latin;
mod level;
mod line;
mod memory;
mod parting;
mod pass;
mod person;
mod position;
mod quote;
mod recall;
pub mod relative;
mod resolve;
mod route;
mod scan;
mod segment;
mod short;
mod shortened;
mod stop;
mod undertaking;

pub use crate::rule::name::Knowledge;
pub use chunk::Chunk;
pub use segment::{Kind, Token};

use crate::document::Document;
use crate::lexicon::Tag;
use crate::mention::Mention;
use crate::schema::{Form, RuleId, Type};
use crate::text::Span;
use chunk::Chunks;
use line::Line;
use segment::{Edge, Path};

/// A listed name.
const LISTED: RuleId = RuleId::new("name.listed");

/// Buffers of one run over a document.
#[derive(Default)]
struct Scratch {
    line: Line,
    path: Path,
    edges: Vec<Edge>,
    tokens: Vec<Token>,
    chunks: Chunks,
    values: Vec<(usize, usize)>,
    /// Tokens that end with a head word.
    ends: Vec<usize>,
}

/// The named mentions of a document. `values` are the dates and figures already read, in order;
/// the result holds them too, except those that stand inside a name.
pub fn names(doc: &Document, values: &[Mention], knowledge: &Knowledge) -> Vec<Mention> {
    names_while(doc, values, knowledge, &|| true).unwrap_or_default()
}

/// The same as long as `go_on` says so, which is asked for every sentence; `None` where it said no.
pub fn names_while(
    doc: &Document,
    values: &[Mention],
    knowledge: &Knowledge,
    go_on: &dyn Fn() -> bool,
) -> Option<Vec<Mention>> {
    candidates(doc, values, knowledge, go_on).map(resolve::outermost)
}

/// Of the readings that [`names`] drops, the rule that made each and the rule whose reading stands there.
pub fn contests(doc: &Document, values: &[Mention], knowledge: &Knowledge) -> Vec<(RuleId, RuleId)> {
    let all = candidates(doc, values, knowledge, &|| true).unwrap_or_default();
    let kept = resolve::outermost(all.clone());
    let mut lost = Vec::new();
    for mention in all.iter().filter(|mention| !kept.contains(mention)) {
        let near = kept.partition_point(|other| other.span.end <= mention.span.start);
        if let Some(winner) = kept.get(near).filter(|other| other.span.overlaps(mention.span)) {
            lost.push((mention.rule, winner.rule));
        }
    }
    lost
}

/// Every reading, overlapping as they may.
fn candidates(
    doc: &Document,
    values: &[Mention],
    knowledge: &Knowledge,
    go_on: &dyn Fn() -> bool,
) -> Option<Vec<Mention>> {
    let mut scratch = Scratch::default();
    let mut found: Vec<Mention> = Vec::new();
    let (mut persons, mut shorts) = (memory::Memory::default(), Vec::new());
    let mut next = 0;
    for sentence in &doc.sentences {
        if !go_on() {
            return None;
        }
        while next < values.len() && values[next].span.end <= sentence.span.start {
            next += 1;
        }
        scratch.read(doc, sentence.span, &values[next..], knowledge);
        scratch.compose(doc.view.folded(), knowledge, &mut persons);
        let Scratch { line, chunks, tokens, .. } = &mut scratch;
        short::find(line, tokens, knowledge, chunks, &mut shorts);
        found.extend(chunks.all().iter().map(|chunk| Mention {
            span: line.span(chunk.start, chunk.end),
            kind: chunk.kind,
            form: Form::Name,
            norm: None,
            days: None,
            inner: false,
            rule: chunk.rule,
        }));
    }
    found.extend(recall::everywhere(doc, &found, &persons, &shorts, knowledge));
    found.extend(shortened::find(doc, &found, knowledge));
    found.extend(recall::undertakings(doc, &found));
    found.extend(column::find(doc, &found, knowledge));
    found.extend_from_slice(values);
    Some(found)
}

/// One word as the lattice cut it, for explanations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Where, in bytes of the reading view.
    pub span: Span,
    /// Its part of speech, or `value` or `person`.
    pub tag: String,
    /// The lists that hold it.
    pub lists: Vec<String>,
}

/// The words of a document as the name stage sees them.
pub fn words(doc: &Document, values: &[Mention], knowledge: &Knowledge) -> Vec<Word> {
    let mut scratch = Scratch::default();
    let mut words = Vec::new();
    for sentence in &doc.sentences {
        let first = values.partition_point(|value| value.span.end <= sentence.span.start);
        scratch.read(doc, sentence.span, &values[first..], knowledge);
        words.extend(scratch.tokens.iter().map(|token| Word {
            span: scratch.line.span(token.start, token.end),
            tag: match token.kind {
                Kind::Value(_) => "value".to_owned(),
                Kind::Person(_) => "person".to_owned(),
                Kind::Named(_, kind) => kind.name().to_owned(),
                _ => format!("{:?}", token.tag).to_lowercase(),
            },
            lists: match token.kind {
                Kind::Word(entry) => {
                    let all = knowledge.lexicon.all();
                    knowledge.lexicon.senses(entry, all).map(|(s, _)| knowledge.lexicon.list_of(s).to_owned()).collect()
                }
                _ => Vec::new(),
            },
        }));
    }
    words
}

/// Policy phrases in everyday use, in a list with one that is not: 劳模精神、创新精神.
fn phrases(line: &Line, tokens: &[Token], knowledge: &Knowledge, chunks: &mut Chunks) {
    let is_phrase = |chunk: Option<Chunk>| chunk.is_some_and(|c| c.kind == Type::Formulation);
    for token in tokens.iter().filter(|token| token.classes.any(knowledge.common)) {
        let before = line.before(token.start) == Some('、') && is_phrase(chunks.ending_at(token.start - 1));
        let after = line.after(token.end) == Some('、') && is_phrase(chunks.starting_at(token.end + 1));
        if before || after {
            chunks.add(line, token.start, token.end, Type::Formulation, LISTED);
        }
    }
}

/// Kinds of listed bodies that a country right before them belongs to: 法国｜外交部, 韩国｜大宇集团.
const ABROAD: [&str; 5] = ["government", "company", "school", "research", "military"];

/// Adds listed bodies with the country before them, and committees with their party: 民盟｜安徽省委.
fn abroad(line: &Line, tokens: &[Token], knowledge: &Knowledge, chunks: &mut Chunks) {
    let kind = |token: &Token| match token.kind {
        Kind::Word(entry) if knowledge.names(token.classes) == Some(Type::Organization) => {
            knowledge.lexicon.feature(entry, knowledge.organization, "kind")
        }
        _ => "",
    };
    for (at, pair) in tokens.windows(2).enumerate() {
        let Kind::Word(entry) = pair[1].kind else { continue };
        let second = kind(&pair[1]);
        if second.is_empty() {
            continue;
        }
        let country = matches!(pair[0].kind, Kind::Word(_)) && pair[0].classes.any(knowledge.country);
        let abroad = country && ABROAD.contains(&second);
        let party = kind(&pair[0]) == "democratic" && second == "party";
        // 营口市｜政协
        let seat = matches!(pair[0].kind, Kind::Word(_)) && pair[0].classes.any(knowledge.division);
        let state = || matches!(line.chars[pair[1].start..pair[1].end], ['国', '家', .., '局' | '厅']);
        let local = seat
            && match second {
                "congress" => pair[1].width() == 2,
                // 广东省｜国家税务局
                "government" if state() => !pair[0].classes.any(knowledge.country),
                // 云岭省｜计委 is no national commission
                "government" | "mass" | "party" => {
                    pair[1].width() <= 4
                        && matches!(line.chars[pair[0].end - 1], '省' | '市' | '县' | '区' | '州')
                        && matches!(line.chars[pair[1].end - 1], '委' | '局' | '办' | '联' | '协')
                }
                _ => false,
            };
        // 市｜卫健委 is no national commission
        let level = pair[0].width() == 1
            && level::LEVELS.contains(line.chars[pair[0].start])
            && matches!(second, "government" | "mass")
            && (3..=4).contains(&pair[1].width())
            && matches!(line.chars[pair[1].end - 1], '委' | '局' | '办')
            && !level::is_of_each(line, pair[0].start)
            && !level::is_of_levels(line, pair[0].start);
        // 空军军医大学｜西京医院
        let clinic = kind(&pair[0]) == "school" && second == "hospital";
        if (abroad || party || local || level || clinic) && !is_everyday(entry, &pair[1], line, knowledge) {
            let above = tokens[..at].iter().rev().take_while(|token| token.classes.any(knowledge.division));
            let start = if local { above.last().map_or(pair[0].start, |token| token.start) } else { pair[0].start };
            chunks.add(line, start, pair[1].end, Type::Organization, LISTED);
        }
    }
}

/// Adds listed bodies with the one that they are attached to or a department of: 浙江大学医学院｜附属｜邵逸夫医院,
/// 香港特区政府｜运输署, and staffs of the forces that they are of: 肯尼亚武装部队｜总参谋部.
fn affiliated(line: &Line, tokens: &[Token], knowledge: &Knowledge, chunks: &mut Chunks) {
    for pair in tokens.windows(2) {
        let Kind::Word(entry) = pair[1].kind else { continue };
        if knowledge.names(pair[1].classes) != Some(Type::Organization) {
            continue;
        }
        let attached = line.chars[pair[0].start..pair[0].end] == ['附', '属'];
        let staff = line.chars[..pair[0].end].ends_with(&['部', '队'])
            && knowledge.lexicon.feature(entry, knowledge.organization, "kind") == "military";
        let department = line.chars[..pair[0].end].ends_with(&['政', '府']);
        let whole = match (attached, staff || department) {
            (true, _) => pair[0].start,
            (_, true) => pair[0].end,
            _ => continue,
        };
        if let Some(whole) = chunks.ending_at(whole).filter(|c| c.kind == Type::Organization) {
            chunks.add(line, whole.start, pair[1].end, Type::Organization, LISTED);
        }
    }
}

/// Whether the number with which a phrase begins goes on to the left: 八五｜三农｜场.
fn is_cut_number(line: &Line, token: &Token) -> bool {
    let digit = |c: char| "一二三四五六七八九〇".contains(c);
    digit(line.chars[token.start]) && line.before(token.start).is_some_and(digit)
}

/// Whether a listed name is an everyday phrase as well, which counts only between marks.
fn is_everyday(entry: u32, token: &Token, line: &Line, knowledge: &Knowledge) -> bool {
    let mark = |c: char| matches!(c, '“' | '《' | '「');
    let marked = mark(line.chars[token.start]) || line.before(token.start).is_some_and(mark);
    !marked
        && token.classes.any(knowledge.named)
        && (!knowledge.lexicon.feature(entry, knowledge.named, "flag").is_empty()
            || line.chars[token.start..token.end].contains(&'、'))
}

impl Scratch {
    fn read(&mut self, doc: &Document, span: Span, values: &[Mention], knowledge: &Knowledge) {
        self.line.read(doc.view.folded(), span, &knowledge.lexicon, knowledge.named);
        self.values.clear();
        let inside = values.iter().take_while(|value| value.span.start < span.end);
        for value in inside.filter(|value| value.span.start >= span.start && value.span.end <= span.end) {
            let (start, end) = (self.line.char_at(value.span.start), self.line.char_at(value.span.end));
            self.line.bar(start, end);
            self.values.push((start, end));
        }
        for listed in [false, true] {
            if listed && !person::is_list(&self.line, &self.tokens) {
                break;
            }
            self.edges.clear();
            person::candidates(&self.line, knowledge, listed, &mut self.edges);
            division::candidates(&self.line, knowledge, &mut self.edges);
            route::candidates(&self.line, knowledge, &mut self.edges);
            brand::candidates(&self.line, knowledge, &mut self.edges);
            self.edges.sort_by_key(|edge| (edge.start, edge.end, edge.cost));
            self.path.cut(&self.line, &self.values, &self.edges, knowledge, &mut self.tokens);
        }
    }

    fn compose(&mut self, text: &str, knowledge: &Knowledge, persons: &mut memory::Memory) {
        let Scratch { line, tokens, chunks, ends, values, .. } = self;
        chunks.clear();
        for token in tokens.iter() {
            match token.kind {
                Kind::Word(entry)
                    if token.width() > 1
                        && token.classes.any(knowledge.named)
                        && !is_everyday(entry, token, line, knowledge) =>
                {
                    let Some(kind) = knowledge.names(token.classes) else { continue };
                    // 局长｜黄河｜表示
                    if kind == Type::Place && persons.accepts_place(line, token, knowledge) {
                        chunks.add(line, token.start, token.end, Type::Person, person::HAN);
                        continue;
                    }
                    let named_after = match kind {
                        Type::Person | Type::Place => memory::is_christened(line, token),
                        // 八五｜三农｜场
                        Type::Formulation => is_cut_number(line, token),
                        Type::Event => memory::is_numbered(line, token),
                        _ => false,
                    };
                    if named_after {
                        continue;
                    }
                    if kind == Type::Person {
                        persons.sure(line, token.start, token.end);
                    }
                    chunks.add(line, token.start, token.end, kind, LISTED);
                }
                // a listed name that is a word as well wants support from its neighbours
                Kind::Word(_)
                    if knowledge.names(token.classes) == Some(Type::Person)
                        && token.width() > 1
                        && persons.accepts(line, token, knowledge) =>
                {
                    chunks.add(line, token.start, token.end, Type::Person, LISTED);
                }
                // 董事会秘书｜舒畅｜表示: an everyday word between a post and what its holder does
                Kind::Word(_) if persons.accepts_word(line, token, knowledge) => {
                    chunks.add(line, token.start, token.end, Type::Person, person::HAN);
                }
                // the dictionary knows the name; its neighbours must not speak against it
                Kind::Word(_) if token.tag == Tag::PersonName && persons.accepts_known(line, token, knowledge) => {
                    chunks.add(line, token.start, token.end, Type::Person, person::HAN);
                }
                Kind::Named(rule, kind) => chunks.add(line, token.start, token.end, kind, rule),
                Kind::Person(rule) if persons.accepts(line, token, knowledge) => {
                    chunks.add(line, token.start, token.end, Type::Person, rule);
                }
                _ => {}
            }
        }
        if line.lists.any(knowledge.organization) {
            abroad(line, tokens, knowledge, chunks);
        }
        form::find(text, line, values, knowledge, chunks);
        if line.lists.any(knowledge.common) {
            phrases(line, tokens, knowledge, chunks);
        }
        latin::find(line, knowledge, chunks);
        ends.clear();
        ends.extend((0..tokens.len()).filter(|&at| line.ends[tokens[at].end].any(knowledge.head_words)));
        for rule in &knowledge.heads {
            rule.find(line, tokens, ends, knowledge, chunks);
        }
        if line.lists.any(knowledge.organization) {
            affiliated(line, tokens, knowledge, chunks);
        }
        for rule in &knowledge.stops {
            stop::find(rule, line, tokens, knowledge, chunks);
        }
        for rule in &knowledge.undertakings {
            undertaking::find(rule, line, tokens, knowledge, chunks);
        }
        brand::find(line, tokens, knowledge, chunks);
        quote::find(line, tokens, knowledge, chunks);
        position::find(line, tokens, knowledge, chunks);
    }
}
