//! Words and persons that are parts of a coined stem: 恒达房地产有限公司, 甘肃华鑫工程监理有限公司.

use super::head::Head;
use super::line::{Line, is_han};
use super::scan::GRAMMAR;
use super::segment::{Kind, Token};
use crate::lexicon::Tag;
use crate::rule::name::Knowledge;

/// Most characters of a legal form: 控股集团股份有限公司.
const LONGEST: usize = 10;

/// Whether a token that no name would hold is a part of the coined stem of a company.
pub(super) fn is_part(line: &Line, tokens: &[Token], at: usize, head: Head, knowledge: &Knowledge) -> bool {
    is_verb(line, tokens, at, head) || is_seated(line, tokens, at, head, knowledge)
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

/// Whether what looks like a person, a number or a word of grammar stands between the seat of a company with its
/// legal form and what it does: 甘肃｜华鑫｜工程监理有限公司, 兰州｜三元｜电梯有限公司, 青岛｜和｜然｜玻璃有限公司.
fn is_seated(line: &Line, tokens: &[Token], at: usize, head: Head, knowledge: &Knowledge) -> bool {
    let token = &tokens[at];
    let seated = at.checked_sub(1).is_some_and(|before| tokens[before].classes.any(knowledge.division));
    let form = &line.chars[head.start..line.len().min(head.start + LONGEST)];
    if !seated || token.end > head.start || !form.windows(2).any(|two| two == ['有', '限']) {
        return false;
    }
    let chars = &line.chars[token.start..token.end];
    match (token.kind, chars) {
        (Kind::Person(_), _) => token.width() <= 3,
        (Kind::Value(_), [first, last]) => is_han(*first) && !matches!(last, '月' | '日' | '号'),
        (Kind::Word(_), [_, _]) => {
            matches!(token.tag, Tag::Direction | Tag::Locative | Tag::Adjective)
                && !token.classes.any(knowledge.outside.or(knowledge.generic))
        }
        (_, [c]) => {
            let lone = |next: &Token| {
                let c = line.chars[next.start];
                next.width() == 1 && is_han(c) && !GRAMMAR.contains(&c) && next.end < head.start
            };
            matches!(c, '和' | '为' | '以' | '一' | '有' | '无' | '数') && tokens.get(at + 1).is_some_and(lone)
        }
        _ => false,
    }
}
