//! What the words beside a place speak for a name of a person there: titles, marks, what a life is told with.

use super::line::{Hit, Line};
use super::person::is_blank;
use crate::rule::name::Knowledge;

/// What a word before a name says that hardly stands before anything else: 任命, 被告人.
pub(super) const APPOINTED: i32 = 300;

/// How much the words before a place speak for a name there.
pub(super) fn left_cue(line: &Line, start: usize, knowledge: &Knowledge) -> i32 {
    let weights = &knowledge.person;
    let Some(before) = line.before(start) else { return weights.edge };
    if line.ends[start].any(knowledge.position) {
        return weights.title;
    }
    // 联系人：, 会议任命：
    let labelled = matches!(before, '：' | ':');
    let at = if labelled { start - 1 } else { start };
    if labelled && line.ends[at].any(knowledge.position) {
        return weights.title;
    }
    let cue = cues_before(line, at, knowledge);
    cue.max(match before {
        '、' => weights.list,
        '：' | ':' | '“' | '（' | '(' | '。' | '！' => weights.edge,
        '，' | ',' | '；' => weights.edge / 2,
        c if is_blank(c) => weights.list,
        _ => 0,
    })
}

/// How much the words after a place speak for a name that ends there.
pub(super) fn right_cue(line: &Line, end: usize, knowledge: &Knowledge) -> i32 {
    let weights = &knowledge.person;
    let Some(after) = line.after(end) else { return weights.edge };
    if line.starts[end].any(knowledge.position) {
        return weights.title;
    }
    if is_described(&line.chars[end..]) {
        return weights.title;
    }
    let cue = cues_after(line, end, knowledge);
    cue.max(match after {
        '、' => weights.list,
        '（' | '(' => weights.list,
        '：' | ':' | '，' | ',' | '。' | '”' | '）' | ')' | '；' => weights.edge,
        '及' | '等' => weights.edge / 2,
        // 王芳1999年进厂, 王芳1999年毕业于…
        c if c.is_ascii_digit() => match line.chars[end..].iter().take(6).position(|&c| c == '年') {
            Some(year) if is_of_a_life(&line.chars[end + year + 1..]) => weights.list,
            Some(_) => weights.edge / 2,
            None => 0,
        },
        c if is_blank(c) => weights.list,
        _ => 0,
    })
}

/// Whether what follows a year happens once in a life: 毕业于…, 出生, 入党.
fn is_of_a_life(after: &[char]) -> bool {
    let month = after.iter().take(3).position(|&c| c == '月').map_or(0, |at| at + 1);
    matches!(
        after[month..],
        ['毕', '业', ..]
            | ['出' | '逝', '生' | '世', ..]
            | ['生', '于', ..]
            | ['入', '党' | '伍' | '学' | '职', ..]
            | ['考', '入', ..]
            | ['参', '军', ..]
    )
}

/// Whether what follows a name says who that is: ，男，… ，汉族，… ，1975年6月生.
fn is_described(after: &[char]) -> bool {
    let ends = |c: Option<&char>| c.is_none_or(|c| matches!(c, '，' | ',' | '、' | '）' | ')' | '。'));
    let Some((&('，' | ',' | '（' | '('), rest)) = after.split_first() else { return false };
    match rest {
        ['男' | '女', rest @ ..] => ends(rest.first()) || rest.starts_with(&['性']),
        [first, ..] if first.is_ascii_digit() => {
            let day =
                rest.iter().take(12).take_while(|c| c.is_ascii_digit() || matches!(c, '年' | '月' | '日')).count();
            matches!(rest.get(day..), Some(['生', after, ..]) if ends(Some(after)))
                || rest[day..].starts_with(&['出', '生'])
        }
        _ => (2..=4).any(|at| rest.get(at - 1) == Some(&'族') && ends(rest.get(at))),
    }
}

/// Most characters of a word that speaks for a name behind it: 法定代表人.
const LONGEST_CUE: usize = 6;

/// How much the terms that end before `at` speak for a name of a person there.
fn cues_before(line: &Line, at: usize, knowledge: &Knowledge) -> i32 {
    if !line.ends[at].any(knowledge.cue) {
        return 0;
    }
    (at.saturating_sub(LONGEST_CUE)..at)
        .filter_map(|start| line.hit(start, at))
        .map(|hit| cue_of(&hit, knowledge).0)
        .max()
        .unwrap_or(0)
}

/// How much the terms that start at `at` speak for a name of a person before them.
pub(super) fn cues_after(line: &Line, at: usize, knowledge: &Knowledge) -> i32 {
    if !line.starts[at].any(knowledge.cue) {
        return 0;
    }
    line.hits_at(at).iter().map(|hit| cue_of(hit, knowledge).1).max().unwrap_or(0)
}

/// What a term says for a name behind it and for one before it.
fn cue_of(hit: &Hit, knowledge: &Knowledge) -> (i32, i32) {
    if !hit.classes.any(knowledge.cue) {
        return (0, 0);
    }
    knowledge.cues.get(&hit.entry).copied().unwrap_or_default()
}
