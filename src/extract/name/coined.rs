//! Words and persons that are parts of a coined stem: 恒达房地产有限公司, 甘肃华鑫工程监理有限公司.

use super::head::Head;
use super::line::{Line, is_han};
use super::scan::GRAMMAR;
use super::segment::{Kind, Token};
use crate::lexicon::Tag;
use crate::rule::name::Knowledge;

/// Whether a token that no name would hold is a part of the coined stem of a company.
pub(super) fn is_part(line: &Line, tokens: &[Token], at: usize, head: Head, knowledge: &Knowledge) -> bool {
    is_verb(line, tokens, at, head) || is_person(line, tokens, at, head, knowledge)
}

/// Whether a verb stands behind one character that hardly stands outside names: 恒｜达｜房地产有限公司,
/// 鸿｜远航｜晟科技股份有限公司.
fn is_verb(line: &Line, tokens: &[Token], at: usize, head: Head) -> bool {
    let token = &tokens[at];
    let lone = |token: &Token| {
        let c = line.chars[token.start];
        token.width() == 1 && is_han(c) && !GRAMMAR.contains(&c)
    };
    let Some(left) = at.checked_sub(1).map(|left| &tokens[left]) else { return false };
    if token.tag != Tag::Verb || token.end > head.start || left.tag != Tag::PersonName || !lone(left) {
        return false;
    }
    let followed = || tokens.get(at + 1).is_some_and(|right| right.end <= head.start && lone(right));
    lone(token) || (token.width() == 2 && followed())
}

/// Whether what looks like a person of two characters stands between the seat of a company and what it does:
/// 甘肃｜华鑫｜工程监理有限公司.
fn is_person(line: &Line, tokens: &[Token], at: usize, head: Head, knowledge: &Knowledge) -> bool {
    let token = &tokens[at];
    matches!(token.kind, Kind::Person(_))
        && token.width() == 2
        && line.chars[head.start..].starts_with(&['有', '限'])
        && at.checked_sub(1).is_some_and(|before| tokens[before].classes.any(knowledge.division))
}
