//! Companies in Latin letters without a legal form, where the word before them says what they are: 收购了
//! 皮具品牌｜Nordsoft, 支付公司｜Nordkasse.

use crate::extract::name::chunk::Chunks;
use crate::extract::name::line::{Line, is_han, is_letter};
use crate::lexicon::Tag;
use crate::rule::name::{BrandRule, Knowledge};
use crate::schema::Type;

/// Most characters of such a name.
const LONGEST: usize = 40;

/// Adds the names of a line.
pub(super) fn find(line: &Line, knowledge: &Knowledge, rule: &BrandRule, chunks: &mut Chunks) {
    let mut at = 1;
    while at < line.len() {
        if !line.chars[at].is_ascii_alphabetic() || is_part_of_word(line.chars[at - 1]) {
            at += 1;
            continue;
        }
        let end = name(line, at);
        if (3..=LONGEST).contains(&(end - at)) && is_introduced(line, at, end, knowledge, rule) {
            let taken = chunks.all().iter().any(|c| c.start < end && at < c.end);
            if !taken {
                chunks.add(line, at, end, Type::Organization, rule.id);
            }
        }
        at = end.max(at + 1);
    }
}

/// The end of the words in Latin letters at `at`, single blanks between them.
fn name(line: &Line, at: usize) -> usize {
    let mut end = at;
    while line.after(end).is_some_and(is_part_of_word)
        || (line.after(end) == Some(' ') && line.after(end + 1).is_some_and(is_letter))
    {
        end += 1;
    }
    while end > at && matches!(line.chars[end - 1], '.' | '-' | '&') {
        end -= 1;
    }
    end
}

fn is_part_of_word(c: char) -> bool {
    is_letter(c) || c.is_ascii_digit() || matches!(c, '.' | '-' | '&' | '\'')
}

/// Whether a word before it introduces a company, and no noun behind it makes it a kind of something (公司｜LED产品).
fn is_introduced(line: &Line, start: usize, end: usize, knowledge: &Knowledge, rule: &BrandRule) -> bool {
    let before = if line.chars[start - 1] == ' ' { start - 1 } else { start };
    if !line.ends[before].any(rule.cues.or(rule.kinds)) {
        return false;
    }
    let cue = (before.saturating_sub(5)..before).any(|from| {
        line.hit(from, before).is_some_and(|hit| {
            hit.classes.any(rule.kinds)
                || (hit.classes.any(rule.cues) && !knowledge.lexicon.feature(hit.entry, rule.cues, "before").is_empty())
        })
    });
    let next = line.hits_at(end).last();
    let noun = next.is_some_and(|hit| {
        is_han(line.chars[end]) && matches!(hit.tag, Tag::Noun | Tag::Attributive) && !hit.classes.any(rule.cues)
    });
    // 公司｜CEO｜表示
    let words = knowledge.position.or(knowledge.generic).or(rule.cues);
    let word =
        line.starts[start].any(words) && line.hits_at(start).iter().any(|hit| hit.end <= end && hit.classes.any(words));
    cue && !noun && !word
}
