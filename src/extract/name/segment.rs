//! Words: the cheapest way through the lattice of dictionary words, names and values.
//!
//! A unigram model as in jieba: each edge costs minus its log probability; candidates for personal
//! names and values are edges like words, so that 李强调 is decided by the whole sentence.

use super::line::{Hit, Line, is_han, is_letter, is_mark};
use crate::lexicon::{Classes, Tag};
use crate::rule::name::Knowledge;
use crate::schema::{RuleId, Type};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A term of the lexicons.
    Word(u32),
    /// A character or a run that no list holds.
    Unknown,
    /// The value of that index.
    Value(u32),
    /// A personal name that a rule composed.
    Person(RuleId),
    /// Another name that a rule composed.
    Named(RuleId, Type),
}

/// One step of the cheapest path.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    /// First character.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// What it is.
    pub kind: Kind,
    /// Its part of speech.
    pub tag: Tag,
    /// The lists that hold it.
    pub classes: Classes,
}

impl Token {
    /// Length in characters.
    pub fn width(&self) -> usize {
        self.end - self.start
    }
}

/// A candidate that is no dictionary word.
#[derive(Debug, Clone, Copy)]
pub struct Edge {
    /// First character.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Hundredths of a nat.
    pub cost: i32,
    /// What it is.
    pub kind: Kind,
}

/// Cost of a character that no list holds.
const UNKNOWN: i32 = 1700;
/// Cost of a value: about that of a common word.
const VALUE: i32 = 500;

/// The cheapest way to a place: from where, by what.
#[derive(Debug, Clone, Copy)]
struct Step {
    cost: i32,
    start: u32,
    by: By,
}

/// What a step goes over.
#[derive(Debug, Clone, Copy)]
enum By {
    Unknown,
    Word(u32),
    /// The value of that index.
    Value(u32),
    /// The candidate of that index.
    Edge(u32),
}

#[derive(Debug, Default)]
pub(super) struct Path {
    best: Vec<Step>,
}

impl Path {
    /// Cuts the line. `values` are character ranges in order; `edges` are sorted by start.
    pub(super) fn cut(
        &mut self,
        line: &Line,
        values: &[(usize, usize)],
        edges: &[Edge],
        knowledge: &Knowledge,
        tokens: &mut Vec<Token>,
    ) {
        let length = line.len();
        self.best.clear();
        self.best.resize(length + 1, Step { cost: i32::MAX, start: 0, by: By::Unknown });
        self.best[0].cost = 0;
        let (mut next_value, mut next_edge) = (0, 0);
        for start in 0..length {
            let here = self.best[start].cost;
            while next_value < values.len() && values[next_value].1 <= start {
                next_value += 1;
            }
            while next_edge < edges.len() && edges[next_edge].start < start {
                next_edge += 1;
            }
            if here == i32::MAX {
                continue;
            }
            let mut offer = |end: usize, cost: i32, by: By| {
                let cost = here.saturating_add(cost.max(1));
                let best = &mut self.best[end];
                if cost < best.cost {
                    *best = Step { cost, start: start as u32, by };
                }
            };
            let value = values.get(next_value).copied();
            for (number, edge) in edges[next_edge..].iter().enumerate().take_while(|(_, edge)| edge.start == start) {
                if !cuts(value, edge.start, edge.end) || is_given(line, value, edge) || is_stem(line, value, edge) {
                    offer(edge.end, edge.cost, By::Edge((next_edge + number) as u32));
                }
            }
            if let Some((from, to)) = value
                && from == start
            {
                offer(to, VALUE, By::Value(next_value as u32));
            }
            for hit in line.hits_at(start) {
                let named = hit.classes.any(knowledge.named);
                if cuts(value, start, hit.end) && !(named && covers(value, start, hit.end)) {
                    continue;
                }
                // the dictionary's names of persons are left to the candidates, which know their neighbours
                if hit.tag == Tag::PersonName && !named && hit.end - start == 3 {
                    continue;
                }
                let mut cost = hit.cost - if named { knowledge.named_bonus } else { 0 };
                // 新竹｜县长, but 武汉市｜长江大桥
                if named && line.after(hit.end) == Some('长') && is_division(line.chars[hit.end - 1]) {
                    let word = line.hits_at(hit.end).iter().any(|hit| hit.end > hit.start + 1);
                    let short = line.hit(start, hit.end - 1).is_some_and(|hit| hit.classes.any(knowledge.place));
                    cost += if word || !short { 0 } else { knowledge.named_bonus * 4 };
                }
                // 铁道｜部门, but 教育部｜门户网站
                if named && line.chars[hit.end - 1] == '部' && line.after(hit.end) == Some('门') {
                    let word = line.hits_at(hit.end).iter().any(|hit| hit.end > hit.start + 1);
                    cost += if word { 0 } else { knowledge.named_bonus * 4 };
                }
                // 公社｜和｜县, 同志｜任｜县妇联主席
                if named && is_level_behind_grammar(line, hit, knowledge) {
                    cost += knowledge.named_bonus * 6;
                }
                offer(hit.end, cost, By::Word(hit.entry));
            }
            let end = run_end(line, start);
            // a listed name in Latin letters is no unknown word
            let listed = end - start > 1 && line.hit(start, end).is_some_and(|hit| hit.classes.any(knowledge.named));
            if !listed && !cuts(value, start, end) {
                offer(end, if end - start > 1 { 800 } else { UNKNOWN }, By::Unknown);
            }
            if end - start > 1 || value.is_some_and(|(from, to)| from < start + 1 && start < to) {
                offer(start + 1, 2 * UNKNOWN, By::Unknown);
            }
        }
        tokens.clear();
        let mut at = length;
        while at > 0 {
            let Step { start, by, .. } = self.best[at];
            let kind = match by {
                By::Unknown => Kind::Unknown,
                By::Word(entry) => Kind::Word(entry),
                By::Value(value) => Kind::Value(value),
                By::Edge(edge) => edges[edge as usize].kind,
            };
            tokens.push(token(line, start as usize, at, kind, knowledge));
            at = start as usize;
        }
        tokens.reverse();
    }
}

/// Whether the name of a county is a word of grammar and a level, where no larger place stands before: 和县, 任县.
fn is_level_behind_grammar(line: &Line, hit: &Hit, knowledge: &Knowledge) -> bool {
    matches!(line.chars[hit.start..hit.end], ['和' | '任', '县'])
        && line.before(hit.start).is_some_and(is_han)
        && !line.ends[hit.start].any(knowledge.division)
}

/// Whether a name that ends so is that of a division with a head: 县长.
fn is_division(c: char) -> bool {
    matches!(c, '省' | '市' | '县' | '区' | '州' | '盟' | '旗' | '乡' | '镇' | '村')
}

fn token(line: &Line, start: usize, end: usize, kind: Kind, knowledge: &Knowledge) -> Token {
    let (tag, classes) = match kind {
        Kind::Word(entry) => {
            let entry = knowledge.lexicon.entry(entry);
            (entry.tag, entry.classes)
        }
        Kind::Value(_) => (Tag::Numeral, Classes::NONE),
        Kind::Person(_) => (Tag::PersonName, Classes::NONE),
        Kind::Named(_, Type::Organization) => (Tag::OrganizationName, Classes::NONE),
        Kind::Named(..) => (Tag::PlaceName, Classes::NONE),
        Kind::Unknown => (unknown_tag(line.chars[start]), Classes::NONE),
    };
    let tag = if tag == Tag::Unknown { unknown_tag(line.chars[start]) } else { tag };
    Token { start, end, kind, tag, classes }
}

fn unknown_tag(c: char) -> Tag {
    if is_han(c) {
        Tag::Unknown
    } else if !is_mark(c) && (is_letter(c) || c.is_numeric()) {
        Tag::Latin
    } else {
        Tag::Punctuation
    }
}

/// Whether a word of this part of speech names something: what stands behind it is no predicate of its own.
pub fn is_noun(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Noun
            | Tag::VerbNoun
            | Tag::Unknown
            | Tag::Abbreviation
            | Tag::Idiom
            | Tag::PersonName
            | Tag::PlaceName
            | Tag::ProperName
    )
}

/// Whether `start..end` shares characters with the value without being inside or around it whole.
fn cuts(value: Option<(usize, usize)>, start: usize, end: usize) -> bool {
    value.is_some_and(|(from, to)| start < to && from < end)
}

/// Whether a festival is the given name of somebody: 刘｜国庆.
fn is_given(line: &Line, value: Option<(usize, usize)>, edge: &Edge) -> bool {
    value == Some((edge.start + 1, edge.end))
        && matches!(edge.kind, Kind::Person(_))
        && matches!(
            line.chars[edge.start + 1..edge.end],
            ['国', '庆']
                | ['元', '旦']
                | ['清', '明']
                | ['重', '阳']
                | ['端', '阳']
                | ['立', '春' | '夏' | '秋' | '冬']
        )
}

/// Whether a distance is the stem of the name of a township: 七里｜坪镇.
fn is_stem(line: &Line, value: Option<(usize, usize)>, edge: &Edge) -> bool {
    let place = matches!(edge.kind, Kind::Named(_, Type::Place));
    value.is_some_and(|(from, to)| {
        place && from == edge.start && to + 1 < edge.end && line.chars[from..to].ends_with(&['里'])
    })
}

fn covers(value: Option<(usize, usize)>, start: usize, end: usize) -> bool {
    value.is_some_and(|(from, to)| start <= from && to <= end)
}

/// The end of the run of Latin letters and digits at `start`, or one character.
fn run_end(line: &Line, start: usize) -> usize {
    let latin = |c: char| c.is_ascii_digit() || is_letter(c);
    if is_han(line.chars[start]) || !latin(line.chars[start]) {
        return start + 1;
    }
    let mut end = start + 1;
    while end < line.len()
        && (latin(line.chars[end])
            || matches!(line.chars[end], '-' | '.' | '&') && line.after(end + 1).is_some_and(latin))
    {
        end += 1;
    }
    end
}
