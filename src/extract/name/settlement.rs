//! Candidates for townships and villages, which no list can hold: edges of the lattice between the
//! division above (积石山县｜大河家镇) or a neighbour in a list (、刘集乡) and the word that ends them.
//!
//! Words alone cut such names anywhere (大河｜家｜镇) or read a person in them (刘集乡); the division
//! in front fixes where they begin, the first 镇, 乡, 村 behind it where they end.

use super::line::{Line, is_han};
use super::segment::{Edge, Kind};
use crate::lexicon::Tag;
use crate::rule::name::Knowledge;
use crate::schema::RuleId;

/// A township or village below a division.
pub const SETTLEMENT: RuleId = RuleId::new("name.place.settlement");

/// Most characters before 镇, 乡, 村.
const LONGEST_STEM: usize = 4;
/// Cost of a name, in hundredths of a nat: with its characters below that of the same characters
/// as words, above that of a listed name.
const BASE: i32 = 900;
/// What each character adds.
const CHARACTER: i32 = 150;

/// Adds the settlements of a line to the candidates, in order of their starts.
pub(super) fn candidates(line: &Line, knowledge: &Knowledge, edges: &mut Vec<Edge>) {
    // where a settlement that was found ends: the next may follow at once or behind a list mark
    let mut chain = usize::MAX;
    for start in 1..line.len() {
        let below = line.ends[start].any(knowledge.division) && ends_division(line, start, knowledge);
        let next = chain == start || (chain < start && chain + 1 == start && joins(line.chars[start - 1]));
        if !below && !next {
            continue;
        }
        if joins(line.chars[start]) {
            continue;
        }
        let Some(end) = end(line, start, knowledge) else { continue };
        // 路东村 reads as a name of a person, too: its place in the list decides
        edges.retain(|edge| (edge.start, edge.end) != (start, end));
        chain = end;
        let width = (end - start) as i32;
        edges.push(Edge { start, end, cost: BASE + CHARACTER * width, kind: Kind::Place(SETTLEMENT) });
    }
}

fn joins(c: char) -> bool {
    matches!(c, '、' | '和' | '及' | '与')
}

/// Whether a division longer than a short form ends there: 青川县, but not 川.
fn ends_division(line: &Line, at: usize, knowledge: &Knowledge) -> bool {
    (at.saturating_sub(12)..at.saturating_sub(1))
        .filter_map(|start| line.hit(start, at))
        .any(|hit| hit.classes.any(knowledge.division))
}

/// Where the settlement that begins at `start` ends.
fn end(line: &Line, start: usize, knowledge: &Knowledge) -> Option<usize> {
    for at in start..line.len().min(start + LONGEST_STEM + 1) {
        if !is_han(line.chars[at]) || line.hit(at, at + 1).is_some_and(|hit| is_bound(line, hit.start, knowledge)) {
            return None;
        }
        let head = if at == start { None } else { head(line, at, knowledge) };
        if let Some(end) = head {
            let ordinary = (start..at).any(|from| is_word(line, from, end, start, knowledge));
            return (!ordinary).then_some(end);
        }
    }
    None
}

/// The end of the word for a settlement that begins at `at`.
fn head(line: &Line, at: usize, knowledge: &Knowledge) -> Option<usize> {
    line.hits_at(at)
        .iter()
        .filter(|hit| hit.classes.any(knowledge.place_head))
        .filter(|hit| knowledge.lexicon.feature(hit.entry, knowledge.place_head, "kind") == "settlement")
        .map(|hit| hit.end)
        .max()
}

/// Whether the character is a word of the sentence rather than of a name: 的, 在, 各.
fn is_bound(line: &Line, at: usize, knowledge: &Knowledge) -> bool {
    matches!(
        line.chars[at],
        '各' | '全' | '该' | '本' | '这' | '那' | '某' | '每' | '一' | '几' | '个' | '两' | '多' | '等'
    ) || line
        .hit(at, at + 1)
        .is_some_and(|hit| hit.classes.any(knowledge.outside) && !hit.classes.any(knowledge.surname))
}

/// Whether the name ends in an everyday word: 县｜特色小镇, 县城乡, 农村.
fn is_word(line: &Line, from: usize, end: usize, start: usize, knowledge: &Knowledge) -> bool {
    let Some(hit) = line.hit(from, end) else { return false };
    if from == start {
        return end - start == 2 && !hit.classes.any(knowledge.place);
    }
    // 路｜东村: names end in the dictionary's names of villages, too
    let place = hit.tag == Tag::PlaceName && !hit.classes.any(knowledge.place_head);
    !(place || hit.classes.any(knowledge.place))
}
