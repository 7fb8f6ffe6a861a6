//! Character tables: look-alike glyphs, and traditional characters with their simplified ones.

use std::collections::HashMap;
use std::sync::LazyLock;

static LOOKALIKE: &str = include_str!("../../rules/text/lookalike.tsv");
static TRADITIONAL: &str = include_str!("../../rules/text/traditional.tsv");
static KEEP: &str = include_str!("../../rules/text/keep.tsv");

/// What replaces a character; both have the same length in UTF-8.
#[derive(Debug)]
pub struct CharMap {
    /// By code unit, for the basic plane; 0 where a character stays.
    basic: Vec<u16>,
    /// The other planes.
    rest: HashMap<char, char>,
}

impl CharMap {
    fn new(pairs: impl Iterator<Item = (char, char)>) -> CharMap {
        let mut map = CharMap { basic: vec![0; 0x1_0000], rest: HashMap::new() };
        for (from, to) in pairs.filter(|(from, to)| from.len_utf8() == to.len_utf8() && from != to) {
            match (u16::try_from(u32::from(from)), u16::try_from(u32::from(to))) {
                (Ok(from), Ok(to)) => map.basic[usize::from(from)] = to,
                _ => _ = map.rest.insert(from, to),
            }
        }
        map
    }

    /// The first place of a text where a character is to be replaced.
    pub fn find(&self, text: &str) -> Option<usize> {
        let replaced = |c: char| match self.basic.get(c as usize) {
            Some(&to) => to != 0,
            None => self.rest.contains_key(&c),
        };
        text.char_indices().find(|&(_, c)| replaced(c)).map(|(at, _)| at)
    }

    /// What replaces `c`.
    #[inline]
    pub fn get(&self, c: char) -> Option<char> {
        match u16::try_from(u32::from(c)) {
            Ok(unit) => match self.basic[usize::from(unit)] {
                0 => None,
                to => char::from_u32(u32::from(to)),
            },
            Err(_) => self.rest.get(&c).copied(),
        }
    }
}

/// A set of characters of the basic plane.
#[derive(Debug)]
pub struct CharSet(Vec<u64>);

impl CharSet {
    /// The set of these characters; those of other planes are left out.
    pub fn new(chars: impl Iterator<Item = char>) -> CharSet {
        let mut bits = vec![0; 1024];
        for c in chars.map(|c| c as usize).filter(|&c| c < 0x1_0000) {
            bits[c / 64] |= 1 << (c % 64);
        }
        CharSet(bits)
    }

    /// Whether the character is in the set.
    #[inline]
    pub fn holds(&self, c: char) -> bool {
        self.0.get(c as usize / 64).is_some_and(|bits| bits >> (c as usize % 64) & 1 != 0)
    }
}

/// The rows of a table whose first cell is `from` and second `to`, one character each.
fn pairs(table: &str) -> impl Iterator<Item = (char, char)> {
    rows(table).filter_map(|row| {
        let (from, to) = row.split_once('\t')?;
        Some((from.chars().next()?, to.chars().next()?))
    })
}

fn rows(table: &str) -> impl Iterator<Item = &str> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Glyphs that scanning and fonts put for another (幵 for 开).
pub static GLYPHS: LazyLock<CharMap> = LazyLock::new(|| CharMap::new(pairs(LOOKALIKE)));

/// Traditional characters, and the corner brackets that stand for quotation marks.
pub static SIMPLIFIED: LazyLock<CharMap> = LazyLock::new(|| {
    let marks = [('「', '“'), ('」', '”'), ('『', '‘'), ('』', '’')];
    CharMap::new(pairs(TRADITIONAL).chain(marks))
});

/// Terms in which a character keeps its traditional form (乾隆), as simplified text has them: the term,
/// the place of the character in bytes, the character.
pub static KEPT: LazyLock<Vec<(&'static str, usize, char)>> = LazyLock::new(|| {
    let places = rows(KEEP).flat_map(|term| term.char_indices().map(move |(at, c)| (term, at, c)));
    places.filter(|&(_, _, c)| SIMPLIFIED.get(c).is_some()).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_tables_replace_by_characters_of_equal_length() {
        for (name, table) in [("lookalike", LOOKALIKE), ("traditional", TRADITIONAL)] {
            for (from, to) in pairs(table) {
                assert_eq!(from.len_utf8(), to.len_utf8(), "{name}: {from} {to}");
            }
        }
        assert_eq!(GLYPHS.get('幵'), Some('开'));
        assert_eq!(SIMPLIFIED.get('國'), Some('国'));
        assert_eq!(SIMPLIFIED.get('国'), None);
    }
}
