//! How the text puts a fact: stated, planned, negated, reported.

use super::scene::Scene;
use crate::schema::Status;

const PLANNED: &[&str] = &["将", "拟", "计划", "力争", "争取", "预计", "预期", "有望", "打算", "准备", "确保到"];
const NEGATED: &[&str] = &["未", "不再", "没有", "尚未", "从未", "并未", "未能", "不是", "拒绝", "取消"];
const REPORTED: &[&str] = &["据悉", "据了解", "据介绍", "据报道", "据称", "据透露", "传"];

/// The status of what is read between two places of a line.
pub fn status(scene: &Scene<'_>, line: usize, start: usize, end: usize) -> Status {
    let sentence = &scene.lines[line];
    let (from, _) = sentence.clauses[sentence.clause(start)];
    let before = &sentence.skeleton.text[from.min(start)..start];
    let within = sentence.skeleton.text[start..end].trim_start_matches('将');
    if NEGATED.iter().any(|word| before.ends_with(word) || within.contains(word)) {
        Status::Negated
    } else if PLANNED.iter().any(|word| planned(before, word) || within.contains(word) && !within.contains("将军")) {
        Status::Planned
    } else if REPORTED.iter().any(|word| word.len() > 3 && sentence.skeleton.text.starts_with(word)) {
        Status::Reported
    } else {
        Status::Stated
    }
}

/// Whether a word of intent stands near the end of what comes before; 将 is also a preposition, so
/// that it must stand at the very end or before an adverbial.
fn planned(before: &str, word: &str) -> bool {
    before.rfind(word).is_some_and(|at| before[at..].chars().count() <= word.chars().count() + 8)
}
