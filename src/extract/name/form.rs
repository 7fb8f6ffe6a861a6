//! Names of a set form: 第十五号主席令, 二中、三中全会.

use super::chunk::Chunks;
use super::line::Line;
use crate::rule::name::FormRule;

/// Adds what has the form of the rule. `text` holds the line; no name begins inside one of the `values` of it
/// (5月3号｜大坝).
pub(super) fn find(rule: &FormRule, text: &str, line: &Line, values: &[(usize, usize)], chunks: &mut Chunks) {
    let (Some(&first), Some(&last)) = (line.offsets.first(), line.offsets.last()) else { return };
    let sentence = &text[first..last];
    if !rule.needs.may_stand(&line.sieve) || !rule.needs.within(sentence) {
        return;
    }
    for found in rule.form.find_iter(sentence).filter(|found| !found.is_empty()) {
        let (start, end) = (line.char_at(first + found.start()), line.char_at(first + found.end()));
        if !values.iter().any(|&(from, to)| from < start && start < to) {
            chunks.add(line, start, end, rule.kind, rule.id);
        }
    }
}
