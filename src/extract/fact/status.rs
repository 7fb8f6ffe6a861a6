//! How the text puts a fact: stated, planned, negated, reported.

use super::scene::Scene;
use super::vocabulary::Vocabulary;
use crate::rule::List;
use crate::rule::skeleton::is_mark;
use crate::schema::Status;

/// The status of what is read between two places of a line.
pub fn status(scene: &Scene<'_>, line: usize, start: usize, end: usize) -> Status {
    status_word(scene, line, start, end).map_or(Status::Stated, |(status, _)| status)
}

/// The status of what is no plain statement, with the word that shows it.
pub fn status_word<'s>(scene: &'s Scene<'_>, line: usize, start: usize, end: usize) -> Option<(Status, &'s str)> {
    let sentence = &scene.lines[line];
    let (from, to) = sentence.clauses[sentence.clause(start)];
    let before = &sentence.skeleton.text[from.min(start)..start];
    let within = sentence.skeleton.text[start..end].trim_start_matches('将');
    let negated = scene.vocabulary.negated;
    let denied = negated.may_stand(sentence.skeleton.chars()) && (negated.ends(before) || negated.within(within));
    let stands = |word: &&String| before.ends_with(word.as_str()) || within.contains(word.as_str());
    if let Some(word) = negated.iter().filter(|_| denied).find(stands) {
        return Some((Status::Negated, word));
    }
    let hidden = scene.rules.list("not_planned");
    // 将2000元慰问金送到王芳手中: 将 only brings the thing forward.
    let whole = &sentence.skeleton.text[from.min(start)..to.max(end)];
    let disposed = || {
        let rest = whole.split_once('将').map_or("", |(_, rest)| rest);
        scene.vocabulary.disposals.inside(rest).any(|(at, _)| rest[..at].contains(is_mark))
    };
    let intended = |word: &&String| {
        !(word.as_str() == "将" && disposed())
            && (planned(before, word, hidden) || last_free(within, word, hidden).is_some())
    };
    let plans = scene.vocabulary.planned;
    let willed = plans.may_stand(sentence.skeleton.chars()) && (plans.within(before) || plans.within(within));
    if let Some(word) = plans.iter().filter(|_| willed).find(intended) {
        return Some((Status::Planned, word));
    }
    if let Some(word) = plan_before(scene, line, start) {
        return Some((Status::Planned, word));
    }
    let text = sentence.skeleton.text.get(sentence.lead..)?;
    let word = reported(&scene.vocabulary, text)?;
    // 据气象台预报员王芳介绍，…: who says it is stated.
    let from = sentence.lead + text.find(word)?;
    let source = start >= from && end <= from + word.len();
    (!source).then_some((Status::Reported, word))
}

/// 将新建公路80公里，改造危桥30座: a clause that goes on with a verb shares the intent of the one before it.
fn plan_before<'s>(scene: &'s Scene<'_>, line: usize, start: usize) -> Option<&'s str> {
    let sentence = &scene.lines[line];
    let plans = scene.vocabulary.planned;
    let clause = sentence.clause(start);
    let (from, _) = sentence.clauses[clause];
    if clause == 0 || !plans.may_stand(sentence.skeleton.chars()) || !plans.within(&sentence.skeleton.text[..from]) {
        return None;
    }
    let does = |text: &str| ["role_verb", "run_verb"].iter().any(|list| scene.rules.list(list).begins(text));
    let text = |clause: usize| {
        let (from, to) = sentence.clauses[clause];
        &sentence.skeleton.text[from..to]
    };
    for earlier in (0..clause).rev() {
        if !does(text(earlier + 1)) {
            return None;
        }
        let intent = plans.inside(text(earlier)).find(|(at, word)| does(&text(earlier)[at + word.len()..]));
        if let Some((_, word)) = intent {
            return Some(word);
        }
    }
    None
}

/// 据悉, …; 据王芳介绍，…: the words with which a sentence gives what others say.
fn reported<'t>(words: &Vocabulary<'_>, text: &'t str) -> Option<&'t str> {
    let text = text.trim_start_matches([' ', '　', '“']);
    if let Some(word) = words.reported.starting(text).next() {
        return text.get(..word.len());
    }
    if !text.starts_with('据') {
        return None;
    }
    let clause = text.split(['，', ',', '：']).next()?;
    (words.sources.ends(clause) && clause.len() < text.len()).then_some(clause)
}

/// Whether a word of intent stands near the end of what comes before; 将 is also a preposition, so
/// that it must stand at the very end or before an adverbial.
fn planned(before: &str, word: &str, hidden: &List) -> bool {
    last_free(before, word, hidden).is_some_and(|at| before[at..].chars().count() <= word.chars().count() + 8)
}

/// Where a word of intent stands last that is no part of another word (将军, 小将, 拟定).
fn last_free(text: &str, word: &str, hidden: &List) -> Option<usize> {
    let covered =
        |at: usize| hidden.inside(text).any(|(start, other)| start <= at && at + word.len() <= start + other.len());
    text.rmatch_indices(word).map(|(at, _)| at).find(|&at| !covered(at))
}
