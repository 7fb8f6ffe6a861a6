//! Names: joined over line ends, compared without their quotes, written into ids.

use std::borrow::Cow;

use crate::schema::Type;
use crate::text::{is_han, marks};

/// A name as one writes it: blanks and line ends are left out, save one between two Latin words.
pub fn joined(surface: &str) -> Cow<'_, str> {
    if !marks(surface).any(|(_, c)| c.is_whitespace()) {
        return Cow::Borrowed(surface);
    }
    let mut out = String::with_capacity(surface.len());
    let mut gap = false;
    for c in surface.chars() {
        if c.is_whitespace() {
            gap = true;
            continue;
        }
        if gap && c.is_ascii_alphanumeric() && out.ends_with(|last: char| last.is_ascii_alphanumeric()) {
            out.push(' ');
        }
        gap = false;
        out.push(c);
    }
    Cow::Owned(out)
}

/// A name for comparison: without quotes, book marks, brackets and blanks.
pub fn plain(name: &str) -> String {
    let counts = |c: char| is_han(c) || !c.is_whitespace() && !is_dropped(c);
    if name.chars().all(counts) {
        return name.to_owned();
    }
    name.chars().filter(|&c| counts(c)).collect()
}

/// What a name for comparison does without, blanks apart.
fn is_dropped(c: char) -> bool {
    matches!(
        c,
        '“' | '”'
            | '‘'
            | '’'
            | '"'
            | '\''
            | '「'
            | '」'
            | '『'
            | '』'
            | '《'
            | '》'
            | '〈'
            | '〉'
            | '（'
            | '）'
            | '('
            | ')'
            | '·'
            | '•'
            | '・'
    )
}

/// The id of an entity, `type/名称`: quotes and dashes are dropped so that it is a legal prefixed name, and
/// ASCII marks become `_`.
pub fn entity_id(kind: Type, name: &str) -> String {
    let mut id = String::with_capacity(kind.name().len() + 1 + name.len());
    id.push_str(kind.name());
    id.push('/');
    let start = id.len();
    for c in name.chars() {
        match c {
            '\u{2000}'..='\u{206f}' | '\u{3000}' | '"' | '\'' => {}
            c if c.is_ascii_alphanumeric() || c == '_' || c == '-' => id.push(c),
            // Chinese characters and marks of their width, but for the blank among them.
            '\u{3001}'..='\u{d7ff}' => id.push(c),
            c if c.is_ascii() || c.is_control() || c.is_whitespace() => id.push('_'),
            // Outside of the characters that a prefixed name may hold.
            '\u{e000}'..='\u{f8ff}' | '\u{a1}'..='\u{b6}' | '\u{b8}'..='\u{bf}' | '×' | '÷' => id.push('_'),
            c => id.push(c),
        }
    }
    if id.len() == start {
        id.push('_');
    }
    id
}

/// The number of characters.
pub(super) fn length(name: &str) -> usize {
    name.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_go_and_latin_words_stay_apart() {
        assert_eq!(joined("赵  莉"), "赵莉");
        assert_eq!(joined("中国式现\n\n代化"), "中国式现代化");
        assert_eq!(joined("New\nYork 大学"), "New York大学");
    }

    #[test]
    fn ids_are_legal_prefixed_names() {
        assert_eq!(entity_id(Type::Award, "“南钢工匠”"), "award/南钢工匠");
        assert_eq!(entity_id(Type::Place, "重庆—贵阳"), "place/重庆贵阳");
        assert_eq!(entity_id(Type::Program, "12351+"), "program/12351_");
        assert_eq!(entity_id(Type::Person, "“”"), "person/_");
    }
}
