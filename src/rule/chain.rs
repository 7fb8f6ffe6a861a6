//! What a pattern needs one behind the other: words and mentions in their order, and how far apart at most.
//!
//! A sentence that does not hold them so cannot match, and to see that takes less than a search.

use super::compile::Names;
use super::need::{need, rarity, type_bit};
use super::pattern::{Node, NodeForm};

/// One of the things that a match holds, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// One of these words, or a mention of one of these types (bits).
    pub what: Need,
    /// Most characters between the end of the link before and its beginning; `None` where there is no limit.
    pub reach: Option<u32>,
}

/// What a link needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Need {
    /// One of these words.
    Words(Vec<String>),
    /// A mention of one of these types, a bit each.
    Types(u32),
}

/// The links of a pattern without fragments.
pub fn chain(node: &Node, names: &Names<'_>) -> Vec<Link> {
    let mut walk = Walk { names, links: Vec::new(), gap: Some(0) };
    walk.go(node);
    walk.links
}

struct Walk<'n> {
    names: &'n Names<'n>,
    links: Vec<Link>,
    /// Most characters since the last link.
    gap: Option<u32>,
}

impl Walk<'_> {
    fn go(&mut self, node: &Node) {
        match &node.form {
            NodeForm::Capture(_, what) => self.go(what),
            NodeForm::Sequence(parts) => parts.iter().for_each(|part| self.go(part)),
            NodeForm::Guard(_) => {}
            NodeForm::Literal(text) => self.link(Need::Words(vec![text.clone()]), Some(0)),
            NodeForm::Lexicon(name) => match self.names.lexicons.get(name) {
                Some(words) => self.link(Need::Words(words.clone()), Some(0)),
                None => self.gap = None,
            },
            NodeForm::Mention(types) => {
                self.link(Need::Types(types.iter().fold(0, |set, &kind| set | type_bit(kind))), Some(0));
            }
            NodeForm::Repeat { .. } | NodeForm::Choice(_) => {
                // It stands somewhere in here, or it is all.
                let inner = need(node, self.names);
                let length = if is_one(node) { Some(0) } else { longest(node, self.names) };
                let words = inner.words.into_iter().max_by_key(|words| rarity(words));
                match (words, inner.types.first()) {
                    (Some(words), _) => self.link(Need::Words(words), length),
                    (None, Some(&types)) => self.link(Need::Types(types), length),
                    (None, None) => self.skip(length),
                }
            }
            NodeForm::Han | NodeForm::Any | NodeForm::Regex(_) | NodeForm::Fragment(_) => {
                self.skip(longest(node, self.names));
            }
        }
    }

    /// A link somewhere inside a part that is `length` characters longer than it at most.
    fn link(&mut self, what: Need, length: Option<u32>) {
        self.skip(length);
        self.links.push(Link { what, reach: self.gap });
        self.gap = length;
    }

    fn skip(&mut self, length: Option<u32>) {
        self.gap = self.gap.zip(length).map(|(gap, length)| gap.saturating_add(length));
    }
}

/// Whether a node reads one mention, or one word, and nothing else.
fn is_one(node: &Node) -> bool {
    let NodeForm::Choice(parts) = &node.form else { return false };
    let word = |part: &Node| matches!(part.form, NodeForm::Literal(_) | NodeForm::Lexicon(_));
    parts.iter().all(|part| matches!(part.form, NodeForm::Mention(_))) || parts.iter().all(word)
}

/// Most characters that a node reads; `None` where there is no limit or none is known.
fn longest(node: &Node, names: &Names<'_>) -> Option<u32> {
    let count = |text: &String| text.chars().count() as u32;
    match &node.form {
        NodeForm::Literal(text) => Some(count(text)),
        NodeForm::Lexicon(name) => names.lexicons.get(name)?.iter().map(count).max(),
        NodeForm::Mention(_) | NodeForm::Han | NodeForm::Any => Some(1),
        NodeForm::Sequence(parts) => {
            parts.iter().try_fold(0_u32, |sum, part| Some(sum.saturating_add(longest(part, names)?)))
        }
        NodeForm::Choice(parts) => parts.iter().try_fold(0, |most, part| Some(longest(part, names)?.max(most))),
        NodeForm::Repeat { what, max, .. } => Some(longest(what, names)?.saturating_mul((*max)?)),
        NodeForm::Guard(_) => Some(0),
        NodeForm::Capture(_, what) => longest(what, names),
        // One character of a class; of others so many bytes.
        NodeForm::Regex(text) => {
            let class = text.starts_with('[') && text.ends_with(']') && text.matches('[').count() == 1;
            if class && !text.contains('\\') {
                return Some(1);
            }
            let longest = regex_syntax::parse(text).ok()?.properties().maximum_len()?;
            u32::try_from(longest).ok()
        }
        NodeForm::Fragment(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::pattern;
    use super::*;

    #[test]
    fn links_stand_in_order_with_the_gaps_between_them() {
        let lexicons = BTreeMap::from([("verb".to_owned(), vec!["荣获".to_owned(), "获".to_owned()])]).into();
        let names = Names { lexicons: &lexicons, lists: &[], fragments: &BTreeMap::new(), tested: false };
        let links = |text: &str| chain(&pattern::parse(text).unwrap(), &names);
        let words = |words: &[&str]| Need::Words(words.iter().map(|&word| word.to_owned()).collect());
        let found = links("who:@person any{0,6}? <verb> ( \"的\" | han )? what:( @award | \"奖\" @event ) \"称号\"");
        assert_eq!(found[0], Link { what: Need::Types(type_bit(crate::schema::Type::Person)), reach: Some(0) });
        assert_eq!(found[1], Link { what: words(&["荣获", "获"]), reach: Some(6) });
        // an award or an event stands behind one character at most and one more inside the choice
        let either = type_bit(crate::schema::Type::Award) | type_bit(crate::schema::Type::Event);
        assert_eq!(found[2], Link { what: Need::Types(either), reach: Some(3) });
        assert_eq!(found[3], Link { what: words(&["称号"]), reach: Some(2) });
        assert_eq!(links("\"a\" /[^，]*/ \"b\"")[1].reach, None);
        assert_eq!(links("( @award | @event ) \"称号\"")[0], Link { what: Need::Types(either), reach: Some(0) });
        assert_eq!(links("( \"a\" | <verb> ) @award")[0], Link { what: words(&["a", "荣获", "获"]), reach: Some(0) });
    }
}
