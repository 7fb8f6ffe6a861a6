//! What must be present in a skeleton for a pattern to match.

use super::compile::Names;
use super::pattern::{Node, NodeForm};
use crate::schema::Type;

/// What must be present for a node to match.
pub(super) struct Need {
    /// Lists of words of each of which one must be there.
    pub words: Vec<Vec<String>>,
    /// Sets of types (bits) of each of which one must be there.
    pub types: Vec<u32>,
}

pub(super) fn need(node: &Node, names: &Names<'_>) -> Need {
    let nothing = || Need { words: Vec::new(), types: Vec::new() };
    match &node.form {
        NodeForm::Literal(text) => Need { words: vec![vec![text.clone()]], types: Vec::new() },
        NodeForm::Lexicon(name) => {
            Need { words: names.lexicons.get(name).cloned().into_iter().collect(), types: Vec::new() }
        }
        NodeForm::Mention(types) => {
            Need { words: Vec::new(), types: vec![types.iter().fold(0, |set, &kind| set | type_bit(kind))] }
        }
        NodeForm::Capture(_, what) => need(what, names),
        NodeForm::Repeat { what, min, .. } if *min > 0 => need(what, names),
        NodeForm::Sequence(parts) => parts.iter().fold(nothing(), |mut all, part| {
            let one = need(part, names);
            all.types.extend(one.types);
            all.words.extend(one.words);
            all
        }),
        NodeForm::Choice(parts) => {
            let needs: Vec<Need> = parts.iter().map(|part| need(part, names)).collect();
            let best = |need: &Need| need.words.iter().max_by_key(|words| rarity(words)).cloned();
            let words: Option<Vec<Vec<String>>> = needs.iter().map(best).collect();
            let types = if needs.iter().all(|need| !need.types.is_empty()) {
                vec![needs.iter().flat_map(|need| &need.types).fold(0, |a, b| a | b)]
            } else {
                Vec::new()
            };
            Need { words: words.map(|lists| lists.concat()).into_iter().collect(), types }
        }
        _ => nothing(),
    }
}

/// Longer words and shorter lists make better triggers.
pub(super) fn rarity(words: &[String]) -> (usize, std::cmp::Reverse<usize>) {
    let shortest = words.iter().map(|word| word.chars().count()).min().unwrap_or(0);
    let mark = words.iter().all(|word| word.chars().all(|c| !c.is_alphanumeric()));
    (if mark { 0 } else { shortest }, std::cmp::Reverse(words.len()))
}

/// The bit of a type in the sets of this module.
pub fn type_bit(kind: Type) -> u32 {
    1 << kind as u32
}
