//! Railways and roads named by their ends: 渝黔铁路, 成遂渝高速公路, 贵（阳）广（州）线, 重庆至昆明高速铁路.

use super::line::Line;
use super::segment::{Edge, Kind};
use crate::rule::name::Knowledge;
use crate::schema::Type;

/// Dearer than a listed name, cheaper than the words it is made of.
const COST: i32 = 300;
/// Most ends of a line that are named.
const MOST: usize = 5;

/// Adds the candidates of a line.
pub(super) fn candidates(line: &Line, knowledge: &Knowledge, edges: &mut Vec<Edge>) {
    for rule in knowledge.routes.iter().filter(|rule| rule.heads.may_stand(&line.sieve)) {
        for at in (2..line.len()).filter(|&at| rule.heads.firsts().may_hold(line.chars[at])) {
            let Some(head) = rule.heads.at(&line.chars[at..]) else { continue };
            let Some(mut start) = ends_of(line, at, knowledge) else { continue };
            start -= rule.before.before(&line.chars[..start]).unwrap_or(0);
            let mut end = at + head;
            end += rule.behind.at(&line.chars[end..]).unwrap_or(0);
            edges.push(Edge { start, end, cost: COST, kind: Kind::Named(rule.id, Type::Place) });
        }
    }
}

/// Where the ends of the line that stand before `at` begin.
fn ends_of(line: &Line, at: usize, knowledge: &Knowledge) -> Option<usize> {
    let (mut start, mut count) = (at, 0);
    while start > 0 && count < MOST {
        // 贵（阳）: the rest of the name in brackets
        let open = match line.chars[start - 1] {
            '）' | ')' => bracket(line, start - 1).filter(|&open| open > 0).unwrap_or(start),
            _ => start,
        };
        // 川藏｜青藏公路: a line passes no city twice
        if !is_abbreviation(line, open - 1, knowledge) || line.chars[start..at].contains(&line.chars[open - 1]) {
            break;
        }
        start = open - 1;
        count += 1;
    }
    if count >= 2 {
        return Some(start);
    }
    // 重庆至昆明｜高速铁路: two places
    let (to, _) = place_before(line, at, knowledge)?;
    let join = to.checked_sub(1).filter(|&i| matches!(line.chars[i], '至' | '到' | '—' | '-' | '–' | '－'))?;
    let (mut from, _) = place_before(line, join, knowledge)?;
    // 成都至自贡至｜宜宾高铁
    while let Some(join) = from.checked_sub(1).filter(|&i| line.chars[i] == '至')
        && let Some((further, _)) = place_before(line, join, knowledge)
    {
        from = further;
    }
    Some(from)
}

/// The listed place that ends at `at`, the longest.
fn place_before(line: &Line, at: usize, knowledge: &Knowledge) -> Option<(usize, usize)> {
    (at.saturating_sub(8)..at.saturating_sub(1))
        .find(|&start| line.hit(start, at).is_some_and(|hit| hit.classes.any(knowledge.division)))
        .map(|start| (start, at))
}

fn bracket(line: &Line, close: usize) -> Option<usize> {
    (close.saturating_sub(5)..close).rev().find(|&i| matches!(line.chars[i], '（' | '('))
}

/// Whether a character stands for a province or city.
pub(super) fn is_abbreviation(line: &Line, at: usize, knowledge: &Knowledge) -> bool {
    line.hit(at, at + 1).is_some_and(|hit| hit.classes.any(knowledge.place_abbr))
}
