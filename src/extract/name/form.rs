//! Names of a set form: 第十五号主席令, 二中、三中全会.

use super::chunk::Chunks;
use super::line::Line;
use crate::rule::name::{FormRule, Knowledge};

/// Adds what has the form of a rule. `text` holds the line; no name begins inside one of the `values` of it
/// (5月3号｜大坝).
pub(super) fn find(text: &str, line: &Line, values: &[(usize, usize)], knowledge: &Knowledge, chunks: &mut Chunks) {
    let (Some(&first), Some(&last)) = (line.offsets.first(), line.offsets.last()) else { return };
    let needed = knowledge.form_needs.within(&line.chars, &line.sieve);
    for rule in knowledge.forms.iter().enumerate().filter(|(number, _)| needed.may_be(*number)).map(|(_, rule)| rule) {
        read(rule, &text[first..last], line, values, chunks);
    }
}

fn read(rule: &FormRule, sentence: &str, line: &Line, values: &[(usize, usize)], chunks: &mut Chunks) {
    let first = line.offsets[0];
    let mut add = |found: regex::Match| {
        let (start, end) = (line.char_at(first + found.start()), line.char_at(first + found.end()));
        if start < end && !values.iter().any(|&(from, to)| from < start && start < to) {
            chunks.add(line, start, end, rule.kind, rule.id);
        }
    };
    if rule.form.captures_len() == 1 {
        rule.form.find_iter(sentence).for_each(add);
    } else {
        // 五环｜以内: of what is searched for, the name alone
        for found in rule.form.captures_iter(sentence) {
            found.iter().skip(1).flatten().for_each(&mut add);
        }
    }
}
