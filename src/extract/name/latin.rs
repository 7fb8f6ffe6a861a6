//! Names of persons in Latin letters: beside the same name in Chinese characters, or where their
//! neighbours say that a person is meant.

use super::chunk::Chunks;
use super::cue::{left_cue, right_cue};
use super::line::{Line, is_han, is_letter};
use crate::rule::name::Knowledge;
use crate::schema::{RuleId, Type};

/// Names in Latin letters.
pub const LATIN: RuleId = RuleId::new("name.person.latin");

/// Words that no name of a person holds.
const NEVER: [&str; 26] = [
    "The",
    "Of",
    "And",
    "In",
    "For",
    "Co",
    "Ltd",
    "Inc",
    "Group",
    "Company",
    "Limited",
    "University",
    "Center",
    "Institute",
    "News",
    "Times",
    "Bank",
    "Nature",
    "Science",
    "Model",
    "Windows",
    "Journal",
    "Park",
    "City",
    "Street",
    "Film",
];

/// Adds the names of a line.
pub(super) fn find(line: &Line, knowledge: &Knowledge, chunks: &mut Chunks) {
    let mut at = 0;
    while at < line.len() {
        let c = line.chars[at];
        if is_han(c) || !c.is_uppercase() || at > 0 && is_letter(line.chars[at - 1]) {
            at += 1;
            continue;
        }
        let (end, words) = name(line, at);
        if end > at + 2 && words > 0 && is_person(line, at, end, words, knowledge, chunks) {
            chunks.add(line, at, end, Type::Person, LATIN);
        }
        at = end.max(at + 1);
    }
}

/// The end of the run of capitalized words at `at`, and how many there are; none for acronyms.
fn name(line: &Line, at: usize) -> (usize, usize) {
    let (mut end, mut words, mut next) = (at, 0, at);
    loop {
        let from = next;
        while line.after(next).is_some_and(|c| is_letter(c) || matches!(c, '\'' | '’' | '-')) {
            next += 1;
        }
        let word = &line.chars[from..next];
        let capital = word.first().is_some_and(|c| c.is_uppercase());
        let particle = words > 0 && matches!(word, ['d', 'e'] | ['v', 'o', 'n'] | ['v', 'a', 'n'] | ['a', 'l', ..]);
        let initial = word.len() == 1 && line.after(next) == Some('.');
        let mixed = word.iter().any(|c| c.is_lowercase());
        if word.is_empty() || !(capital || particle) || !(mixed || initial) {
            return (end, words);
        }
        if NEVER.iter().any(|never| never.chars().eq(word.iter().copied())) {
            return (next, 0);
        }
        if initial {
            next += 1;
        }
        (end, words) = (next, words + 1);
        if line.after(next) == Some(' ') {
            next += 1;
        } else if !initial {
            return (end, words);
        }
    }
}

fn is_person(line: &Line, start: usize, end: usize, words: usize, knowledge: &Knowledge, chunks: &Chunks) -> bool {
    if line.after(end).is_some_and(|c| c.is_ascii_digit() || matches!(c, '.' | '+' | '&')) {
        return false;
    }
    // 约翰逊（Johnson）
    let bracketed = matches!(line.before(start), Some('（' | '('))
        && matches!(line.after(end), Some('）' | ')'))
        && chunks.ending_at(start - 1).is_some_and(|c| c.kind == Type::Person);
    let left = if start > 0 && is_han(line.chars[start - 1]) { left_cue(line, start, knowledge) } else { 0 };
    let right = if line.after(end).is_some_and(is_han) { right_cue(line, end, knowledge) } else { 0 };
    bracketed
        || left.max(right) >= 300
        || (left.max(right) >= 150 && (words > 1 || start == 0 || !is_han(line.chars[start - 1])))
}
