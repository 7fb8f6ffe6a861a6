//! How the text puts a fact: stated, planned, negated, reported.

use super::scene::Scene;
use crate::schema::Status;

const PLANNED: &[&str] = &["将", "拟", "计划", "力争", "争取", "预计", "预期", "有望", "打算", "准备", "确保到"];
const NEGATED: &[&str] = &["未", "不再", "没有", "尚未", "从未", "并未", "未能", "不是", "拒绝", "取消"];
const REPORTED: &[&str] = &["据悉", "据了解", "据介绍", "据报道", "据称", "据透露", "据传", "据说", "传闻", "网传"];

/// Verbs of those whom a report names as its source: 据王芳介绍.
const SOURCES: &[&str] = &["介绍", "透露", "报道", "消息", "称", "披露", "反映", "了解", "回忆"];

/// The status of what is read between two places of a line.
pub fn status(scene: &Scene<'_>, line: usize, start: usize, end: usize) -> Status {
    status_word(scene, line, start, end).map_or(Status::Stated, |(status, _)| status)
}

/// The status of what is no plain statement, with the word that shows it.
pub fn status_word<'s>(scene: &'s Scene<'_>, line: usize, start: usize, end: usize) -> Option<(Status, &'s str)> {
    let sentence = &scene.lines[line];
    let (from, _) = sentence.clauses[sentence.clause(start)];
    let before = &sentence.skeleton.text[from.min(start)..start];
    let within = sentence.skeleton.text[start..end].trim_start_matches('将');
    if let Some(word) = NEGATED.iter().find(|word| before.ends_with(**word) || within.contains(**word)) {
        return Some((Status::Negated, word));
    }
    let intended = |word: &&&str| planned(before, word) || within.contains(**word) && !within.contains("将军");
    if let Some(word) = PLANNED.iter().find(intended) {
        return Some((Status::Planned, word));
    }
    reported(sentence.skeleton.text.get(sentence.lead..)?).map(|word| (Status::Reported, word))
}

/// 据悉, …; 据王芳介绍，…: the words with which a sentence gives what others say.
fn reported(text: &str) -> Option<&str> {
    let text = text.trim_start_matches([' ', '　', '“']);
    if let Some(word) = REPORTED.iter().find(|word| text.starts_with(**word)) {
        return text.get(..word.len());
    }
    let clause = text.split(['，', ',', '：']).next()?;
    let told = clause.starts_with('据') && SOURCES.iter().any(|verb| clause.ends_with(verb));
    (told && clause.len() < text.len()).then_some(clause)
}

/// Whether a word of intent stands near the end of what comes before; 将 is also a preposition, so
/// that it must stand at the very end or before an adverbial.
fn planned(before: &str, word: &str) -> bool {
    before.rfind(word).is_some_and(|at| before[at..].chars().count() <= word.chars().count() + 8)
}
