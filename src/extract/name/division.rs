//! Townships and villages: 石门乡, 团结村, 安定镇|横江村. They are too many for a list, and their stems
//! are often words (安定, 团结), so a name is composed where a larger place stands before it, where one
//! of the level below follows, or where its stem is no word and its neighbours leave it alone.

use super::county;
use super::line::{Hit, Line, is_han};
use super::segment::{Edge, Kind};
use crate::lexicon::Tag;
use crate::rule::name::{DivisionRule, Knowledge};
use crate::schema::Type;

/// Behind a larger place.
const INSIDE: i32 = 250;
/// Alone.
const ALONE: i32 = 1350;
/// Before or behind another of its kind.
const CHAINED: i32 = 500;
/// A county or city before a body of it.
const COUNTY: i32 = 300;
/// Where counties and cities stand among the levels.
const TOP: usize = usize::MAX;
/// A surname cheaper than this begins the name of a person before a body as well: 免去钱伟｜市财政局局长职务.
pub(super) const SURNAME: i32 = 700;

/// Words cheaper than this are everyday ones.
const RARE: i32 = 1100;

/// Where the name lies and the level of its ending.
#[derive(Clone, Copy)]
pub(super) struct Candidate {
    pub start: usize,
    pub end: usize,
    pub level: usize,
    pub stem: usize,
}

/// Adds the candidates of a line.
pub(super) fn candidates(line: &Line, knowledge: &Knowledge, edges: &mut Vec<Edge>) {
    for rule in &knowledge.divisions {
        let mut found: Vec<Candidate> = Vec::new();
        let tails = if rule.tails.may_meet(&line.sieve) { 1..line.len() } else { 0..0 };
        for at in tails.filter(|&at| rule.tails.may_hold(line.chars[at])) {
            let Some((level, width)) = tail(rule, line, at) else { continue };
            for stem in 1..=rule.max.min(at) {
                if !is_han(line.chars[at - stem]) {
                    break;
                }
                found.push(Candidate { start: at - stem, end: at + width, level, stem });
            }
        }
        let mut accepted: Vec<Candidate> = Vec::new();
        let above = if rule.above.may_stand(&line.sieve) { 2..line.len().saturating_sub(1) } else { 0..0 };
        let above = above.filter(|&at| rule.above.firsts().may_hold(line.chars[at]));
        for at in above.filter(|&at| rule.above.at(&line.chars[at..]).is_some()) {
            let candidate = Candidate { start: at - 2, end: at + 1, level: TOP, stem: 2 };
            if county::is_county(rule, line, knowledge, candidate, &found) {
                let kind = Kind::Named(rule.id, Type::Place);
                edges.push(Edge { start: candidate.start, end: candidate.end, cost: COUNTY, kind });
                accepted.push(candidate);
            }
        }
        // townships first: villages stand behind them
        for level in 0..rule.levels.len() {
            for candidate in found.iter().filter(|candidate| candidate.level == level) {
                if let Some(cost) = cost(rule, line, knowledge, *candidate, &found, &accepted) {
                    let kind = Kind::Named(rule.id, Type::Place);
                    edges.push(Edge { start: candidate.start, end: candidate.end, cost, kind });
                    accepted.push(*candidate);
                }
            }
        }
    }
}

/// The level and length of an ending that stands at `at`, the longest.
fn tail(rule: &DivisionRule, line: &Line, at: usize) -> Option<(usize, usize)> {
    let mut best = None;
    for (level, tails) in rule.levels.iter().enumerate() {
        if let Some(width) =
            tails.at(&line.chars[at..]).filter(|&width| best.is_none_or(|(_, longest)| width > longest))
        {
            best = Some((level, width));
        }
    }
    best
}

fn cost(
    rule: &DivisionRule,
    line: &Line,
    knowledge: &Knowledge,
    name: Candidate,
    found: &[Candidate],
    accepted: &[Candidate],
) -> Option<i32> {
    let Candidate { start, end, level, stem } = name;
    let stem_end = start + stem;
    if rule.never.hold(&line.chars[start..stem_end]) || named(line, knowledge, start, end) {
        return None;
    }
    // 村委会, 镇政府, 社区服务: the ending belongs to the next word
    let bound = line.hits_at(end - 1).iter().any(|hit| {
        // 龙塘村｜党支部书记
        let body = hit.classes.any(knowledge.head_words) && line.starts[end].any(knowledge.position);
        // 三河村｜村民
        let twice =
            hit.end == end + 1 && line.chars[end] == line.chars[end - 1] && line.starts[end].any(knowledge.position);
        hit.end > end && is_common(line, knowledge, hit.start, hit.end) && !body && !twice
    });
    // 乡村, 城镇, 农村: the ending makes a word with the last character of the stem
    // but 西吉县｜吉强镇: a rare word behind a county
    let county = stem == 2 && matches!(line.before(start), Some('县' | '市' | '区' | '旗'));
    // 李｜集镇: a market named after a family
    let family = line.chars[start..end] == [line.chars[start], '集', '镇']
        && knowledge.person.surname(line.chars[start]).is_some_and(|cost| cost < SURNAME);
    let ordinary = !family
        && (start + 1..stem_end).any(|from| {
            is_common(line, knowledge, from, end) && !(county && line.hit(from, end).is_some_and(|hit| hit.cost > RARE))
        });
    let counted =
        line.before(start).is_some_and(|c| matches!(c, '个' | '各' | '每' | '某' | '这' | '该' | '本' | '全'));
    // 石门乡｜团结村; 来到安定镇、三市镇
    let behind = accepted.iter().any(|other| other.end == start && (other.level < level || other.level == TOP));
    let before = found.iter().any(|other| other.start == end && other.level > level && other.stem >= 2);
    let joined = matches!(line.before(start), Some('、' | '和' | '及' | '与'));
    let beside = joined && accepted.iter().any(|other| other.end + 1 == start);
    // 霞若｜傈僳族乡
    let unmistakable = end - stem_end >= 3;
    // 记者在｜民族乡
    let pointed = unmistakable && matches!(line.chars[stem_end - 1], '在' | '到' | '要' | '从' | '的' | '是' | '有');
    // 延寿县｜中和镇
    let harmony = county && line.chars[stem_end - 1] == '和';
    let grammar =
        !(behind || before || unmistakable || harmony) && holds_function_word(line, knowledge, start, stem_end);
    // 西宁｜市重点镇: the level belongs to the place before
    let cut = matches!(line.chars[start], '省' | '市' | '县' | '区' | '州' | '旗' | '盟');
    // 文昌｜翁田镇: a place and one inside it
    let two = (start + 2..(stem_end - 1).max(start + 2))
        .any(|at| line.hit(start, at).is_some_and(|hit| is_division(&hit, knowledge)));
    // 前往｜秀林乡
    let crossed = start
        .checked_sub(1)
        .and_then(|before| line.hit(before, start + 1))
        .is_some_and(|verb| verb.classes.any(knowledge.boundary_verb));
    // 赴｜新乡市, 到｜宁乡: the ending is that of a listed place, longer or behind a verb
    let verb = line.hit(start, start + 1).is_some_and(|hit| hit.classes.any(knowledge.boundary_verb));
    let other = (start + 1..stem_end).any(|from| {
        let mut listed = line.hits_at(from).iter().filter(|hit| is_division(hit, knowledge));
        listed.any(|hit| hit.end > end || hit.end == end && verb && from == start + 1)
    });
    if counted || grammar || pointed || crossed || ordinary || cut || two || other {
        return None;
    }
    let extra = 60 * stem.abs_diff(2) as i32;
    let above = line.ends[start].any(knowledge.division) && larger(line, knowledge, start);
    if behind || beside || (above && !bound) {
        return Some(INSIDE + extra);
    }
    if stem < 2 || (bound && !before) {
        return None;
    }
    let stem_word = is_common(line, knowledge, start, stem_end);
    if (before || unmistakable) && stem <= 3 && is_free(line, knowledge, start) {
        return Some(CHAINED + extra);
    }
    (!bound && !stem_word && is_free(line, knowledge, start) && stem == 2).then_some(ALONE)
}

/// Whether a place of a higher level ends there: 丰台区, 屏边县, but no province alone.
fn larger(line: &Line, knowledge: &Knowledge, at: usize) -> bool {
    let ends = matches!(line.before(at), Some('县' | '市' | '区' | '旗' | '州' | '盟'));
    ends || (at.saturating_sub(4)..at)
        .filter_map(|start| line.hit(start, at))
        .any(|hit| hit.end - hit.start >= 2 && is_division(&hit, knowledge))
}

/// Whether a listed division is no everyday word.
fn is_division(hit: &Hit, knowledge: &Knowledge) -> bool {
    hit.classes.any(knowledge.division) && (hit.tag == Tag::PlaceName || hit.cost > RARE)
}

/// Whether a listed name is there already.
pub(super) fn named(line: &Line, knowledge: &Knowledge, start: usize, end: usize) -> bool {
    line.hit(start, end).is_some_and(|hit| hit.classes.any(knowledge.named))
}

/// Whether the dictionary holds `start..end` as an everyday word.
pub(super) fn is_common(line: &Line, knowledge: &Knowledge, start: usize, end: usize) -> bool {
    end > start + 1
        && line.hit(start, end).is_some_and(|hit| {
            !(matches!(hit.tag, Tag::PlaceName | Tag::PersonName | Tag::ProperName | Tag::Unknown)
                || hit.classes.any(knowledge.japanese))
                || hit.classes.any(knowledge.generic)
        })
}

/// Whether a word that no name holds stands inside.
fn holds_function_word(line: &Line, knowledge: &Knowledge, start: usize, end: usize) -> bool {
    (start..end).any(|at| {
        line.hits_at(at).iter().filter(|hit| hit.end <= end && hit.end > hit.start).any(|hit| {
            let single = hit.end - hit.start == 1;
            (single && matches!(hit.tag, Tag::Particle | Tag::Preposition | Tag::Pronoun | Tag::Conjunction))
                || (!single && hit.classes.any(knowledge.outside) && hit.tag != Tag::Noun && end - start > 2)
        })
    })
}

/// Whether what stands before leaves a name alone there: the edge of the clause, a word of grammar, a verb.
pub(super) fn is_free(line: &Line, knowledge: &Knowledge, start: usize) -> bool {
    line.before(start).is_none_or(|c| !is_han(c)) || line.ends[start].any(knowledge.outside.or(knowledge.place))
}
