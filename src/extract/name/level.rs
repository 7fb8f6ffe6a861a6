//! Levels of government before a head: 县｜公安局 is a body, 县和乡｜政府 and 县级｜医院 are none.

use super::head::{COMMON, Head};
use super::line::{Line, is_han};
use super::scan::GRAMMAR;
use crate::lexicon::Tag;

/// Levels of divisions, which by themselves name none: 区市省.
pub(super) const LEVELS: &str = "省市县区州盟旗乡镇村";

/// Whether 各 with its levels stands before: 各州、｜市人民政府, 各省｜市区体育局.
pub(super) fn is_of_each(line: &Line, start: usize) -> bool {
    let levels = |c: &&char| LEVELS.contains(**c) || **c == '、';
    let width = line.chars[..start].iter().rev().take(6).take_while(levels).count();
    width > 0 && line.before(start - width) == Some('各')
}

/// Whether levels in a list stand for those of each: 区和街道｜办事处, 县和｜乡人民政府.
pub(super) fn is_of_levels(line: &Line, start: usize) -> bool {
    let level = |at: usize| {
        LEVELS.contains(line.chars[at])
            && matches!(line.after(at + 1), Some('和' | '与'))
            && line.before(at).is_none_or(|c| !is_han(c) || GRAMMAR.contains(&c))
    };
    // 乡镇｜政府, but 区｜市场监管局
    let word =
        |at: usize| line.hits_at(at).iter().any(|hit| hit.end == at + 2 && hit.tag == Tag::Noun && hit.cost < COMMON);
    let two = line.after(start + 1).is_some_and(|c| LEVELS.contains(c) && c != line.chars[start]) && !word(start + 1);
    LEVELS.contains(line.chars[start]) && (two || level(start) || start.checked_sub(2).is_some_and(level))
}

/// Whether a level alone says which body of that kind is meant: 省｜社会科学院, 市｜第一中学, 县｜妇幼保健院.
pub(super) fn is_one_of_level(line: &Line, start: usize, end: usize, head: Head) -> bool {
    let listed = line.before(start) == Some('、') && start > 1 && LEVELS.contains(line.chars[start - 2]);
    LEVELS.contains(line.chars[start])
        && start + 1 == head.start
        && !listed
        && end - head.start >= if head.strong { 3 } else { 4 }
}

/// Whether 级 stands before the head: 县级｜总工会 is no single body.
pub(super) fn is_graded(line: &Line, head: usize) -> bool {
    head.checked_sub(1).and_then(|last| line.chars.get(last)) == Some(&'级')
}
