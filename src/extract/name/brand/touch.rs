//! What touches the short name of a company: a verb of buying before it, a share behind it.

use crate::extract::name::line::{Hit, Line, is_han};
use crate::extract::name::segment::Token;
use crate::lexicon::Tag;
use crate::rule::name::{BrandRule, Knowledge};

/// Whether a word that stands beside the names of companies alone touches a token.
pub(in crate::extract::name) fn is_touched(line: &Line, token: &Token, knowledge: &Knowledge) -> bool {
    knowledge.brands.iter().any(|rule| {
        let says = |hit: &Hit, side: &str| {
            hit.classes.any(rule.cues) && !knowledge.lexicon.feature(hit.entry, rule.cues, side).is_empty()
        };
        let before = |start: usize| line.hit(start, token.start).is_some_and(|hit| says(&hit, "before"));
        let behind = |hit: &Hit| hit.tag == Tag::Verb && says(hit, "behind");
        line.hits_at(token.end).iter().any(behind) || (token.start.saturating_sub(5)..token.start).any(before)
    })
}

/// Whether a party to a case or to a sale stands there: 被告｜金牛食品｜，, 收购｜清源环境｜30%股权.
pub(super) fn is_party(line: &Line, knowledge: &Knowledge, rule: &BrandRule, start: usize, end: usize) -> bool {
    if !line.ends[start].any(rule.cues) {
        return false;
    }
    let side = |from: usize| {
        let hit = line.hit(from, start).filter(|hit| hit.classes.any(rule.cues));
        hit.map_or("", |hit| knowledge.lexicon.feature(hit.entry, rule.cues, "before"))
    };
    let sides = (start.saturating_sub(6)..start).map(side).find(|side| !side.is_empty());
    let share = || {
        let rest = &line.chars[end..(end + 7).min(line.len())];
        let rest = rest.strip_prefix(&[' ']).unwrap_or(rest);
        rest.first().is_some_and(char::is_ascii_digit) && rest.contains(&'%')
    };
    match sides {
        Some("party") => line.after(end).is_none_or(|c| !is_han(c)) || line.starts[end].any(rule.cues),
        Some("1") => share(),
        _ => false,
    }
}

/// Whether a name may end there: a mark, a share, a word beside the names of companies.
pub(super) fn ends_name(line: &Line, rule: &BrandRule, at: usize) -> bool {
    line.after(at).is_none_or(|c| !is_han(c)) || line.starts[at].any(rule.cues)
}

/// Whether a verb of two characters ends there, or a day: 驳回｜泰诚实业, 8日｜威亮电器.
pub(super) fn follows_verb_or_day(line: &Line, at: usize) -> bool {
    let day = at >= 2 && line.chars[at - 1] == '日' && line.chars[at - 2].is_ascii_digit();
    day || at.checked_sub(2).and_then(|from| line.hit(from, at)).is_some_and(|hit| hit.tag == Tag::Verb)
}
