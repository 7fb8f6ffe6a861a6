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
pub(super) const UNKNOWN: i32 = 1700;
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
    /// The term of that place among those of the line.
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
            if here == i32::MAX {
                continue;
            }
            while next_value < values.len() && values[next_value].1 <= start {
                next_value += 1;
            }
            while next_edge < edges.len() && edges[next_edge].start < start {
                next_edge += 1;
            }
            let mut offer = |end: usize, cost: i32, by: By| {
                let cost = here.saturating_add(cost.max(1));
                let best = &mut self.best[end];
                if cost < best.cost {
                    *best = Step { cost, start: start as u32, by };
                }
            };
            let value = values.get(next_value).copied();
            // The value ends behind `start`, so that what reaches over where it begins shares characters with it.
            let from = value.map_or(usize::MAX, |(from, _)| from);
            for (number, edge) in edges[next_edge..].iter().enumerate().take_while(|(_, edge)| edge.start == start) {
                if edge.end <= from || is_given(line, value, edge) || is_stem(line, value, edge) {
                    offer(edge.end, edge.cost, By::Edge((next_edge + number) as u32));
                }
            }
            if let Some((from, to)) = value
                && from == start
            {
                offer(to, VALUE, By::Value(next_value as u32));
            }
            for place in line.places_at(start) {
                let hit = &line.hits[place];
                let named = hit.classes.any(knowledge.named);
                if hit.end > from && !(named && covers(value, start, hit.end)) {
                    continue;
                }
                let cost = if named {
                    named_cost(line, hit, knowledge)
                } else if hit.tag == Tag::PersonName && hit.end - start == 3 {
                    // the dictionary's names of persons are left to the candidates, which know their neighbours
                    continue;
                } else {
                    hit.cost
                };
                offer(hit.end, cost, By::Word(place as u32));
            }
            let end = run_end(line, start);
            // a listed name in Latin letters is no unknown word
            let listed = end - start > 1 && line.hit(start, end).is_some_and(|hit| hit.classes.any(knowledge.named));
            if !listed && end <= from {
                offer(end, if end - start > 1 { 800 } else { UNKNOWN }, By::Unknown);
            }
            if end - start > 1 || from <= start {
                offer(start + 1, 2 * UNKNOWN, By::Unknown);
            }
        }
        tokens.clear();
        let mut at = length;
        while at > 0 {
            let Step { start, by, .. } = self.best[at];
            let start = start as usize;
            let token = match by {
                By::Unknown => token(line, start, at, Kind::Unknown),
                By::Word(place) => word(line, &line.hits[place as usize]),
                By::Value(value) => token(line, start, at, Kind::Value(value)),
                By::Edge(edge) => token(line, start, at, edges[edge as usize].kind),
            };
            tokens.push(token);
            at = start;
        }
        tokens.reverse();
    }
}

/// What a listed name costs where it stands.
fn named_cost(line: &Line, hit: &Hit, knowledge: &Knowledge) -> i32 {
    let &Hit { start, end, .. } = hit;
    let longer = || line.hits_at(end).iter().any(|next| next.end > end + 1);
    let mut cost = hit.cost - knowledge.named_bonus;
    // 新竹｜县长, but 武汉市｜长江大桥
    if line.after(end) == Some('长') && is_division(line.chars[end - 1]) {
        let short = || line.hit(start, end - 1).is_some_and(|hit| hit.classes.any(knowledge.place));
        cost += if longer() || !short() { 0 } else { knowledge.named_bonus * 4 };
    }
    // 铁道｜部门, but 教育部｜门户网站
    if line.chars[end - 1] == '部' && line.after(end) == Some('门') {
        cost += if longer() { 0 } else { knowledge.named_bonus * 4 };
    }
    // 公社｜和｜县, 同志｜任｜县妇联主席
    if is_level_behind_grammar(line, hit, knowledge) {
        cost += knowledge.named_bonus * 6;
    }
    cost
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

/// The token of a term.
fn word(line: &Line, hit: &Hit) -> Token {
    let Hit { start, end, entry, tag, classes, .. } = *hit;
    let tag = if tag == Tag::Unknown { unknown_tag(line.chars[start]) } else { tag };
    Token { start, end, kind: Kind::Word(entry), tag, classes }
}

/// The token of anything else.
fn token(line: &Line, start: usize, end: usize, kind: Kind) -> Token {
    let tag = match kind {
        Kind::Value(_) => Tag::Numeral,
        Kind::Person(_) => Tag::PersonName,
        Kind::Named(_, Type::Organization) => Tag::OrganizationName,
        Kind::Named(..) => Tag::PlaceName,
        Kind::Word(_) | Kind::Unknown => unknown_tag(line.chars[start]),
    };
    Token { start, end, kind, tag, classes: Classes::NONE }
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
