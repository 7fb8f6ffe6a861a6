//! All word lists as one automaton: every term of every list found in one pass.

use std::borrow::Cow;

use super::pack::{self, Classes, Entry, Packed, Sense, Trie, Walk};
use super::{Row, Sources, Table};
use crate::error::{Error, Result};

#[derive(Debug)]
struct List {
    name: String,
    text: Cow<'static, str>,
    columns: Vec<String>,
}

/// Every list below `lexicon/`, joined.
pub struct Lexicon {
    packed: Packed,
    lists: Vec<List>,
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Lexicon({} terms, {} lists)", self.packed.len(), self.lists.len())
    }
}

/// The built-in lists, joined by the build script.
fn built_in() -> Packed {
    macro_rules! part {
        ($name:literal) => {
            Cow::Borrowed(include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.", $name)).as_slice())
        };
    }
    Packed {
        trie: Trie::from_bytes(part!("codes"), part!("nodes")),
        entries: part!("entries"),
        profiles: part!("profiles"),
        senses: part!("senses"),
        cells: part!("cells"),
    }
}

impl Lexicon {
    /// Joins the lists as [`pack::pack`] says; the built-in ones were joined when the program was built.
    ///
    /// # Errors
    /// Where a row of the dictionary has no frequency, or there are too many lists.
    pub fn load(sources: &Sources) -> Result<Lexicon> {
        let packed = if sources.is_built_in("lexicon/") { built_in() } else { Lexicon::join(sources)? };
        let mut lists = Vec::new();
        for (path, text) in sources.texts("lexicon/") {
            let Some(name) = pack::list_name(path) else { continue };
            let columns: Vec<String> = Table::new(path, text).columns().map(str::to_owned).collect();
            let weak = columns.iter().any(|column| column == pack::WEAK);
            lists.push(List { name: name.to_owned(), text: text.clone(), columns: columns.clone() });
            if weak {
                lists.push(List { name: format!("{name}.{}", pack::WEAK), text: text.clone(), columns });
            }
        }
        Ok(Lexicon { packed, lists })
    }

    fn join(sources: &Sources) -> Result<Packed> {
        pack::pack(sources.below("lexicon/"))
    }

    /// The code under which the automaton knows a character; 0 where no term holds it.
    #[inline]
    pub fn code(&self, c: char) -> u32 {
        self.packed.trie.code(c)
    }

    /// The [codes](Lexicon::code) of characters, in order.
    pub fn encode(&self, chars: &[char], codes: &mut Vec<u32>) {
        self.packed.trie.encode(chars, codes);
    }

    /// The terms everywhere in a text of [codes](Lexicon::code).
    pub fn everywhere(&self, codes: &[u32], walk: &mut Walk) {
        self.packed.trie.everywhere(codes, walk);
    }

    /// The entry of that index.
    #[inline]
    pub fn entry(&self, index: u32) -> Entry {
        self.packed.entry(index)
    }

    /// The entry of that index as it is stored: many are read at once faster than one after the other.
    #[inline]
    pub fn packed_entry(&self, index: u32) -> [u8; 8] {
        self.packed.packed_entry(index)
    }

    /// The entry that is stored so.
    #[inline]
    pub fn unpack(&self, entry: [u8; 8]) -> Entry {
        self.packed.unpack(entry)
    }

    /// The entry of a term.
    pub fn find(&self, term: &str) -> Option<u32> {
        let found = self.packed.trie.prefixes(term.chars().map(|c| self.code(c))).last()?;
        (found.1 == term.chars().count()).then_some(found.0)
    }

    /// The set that holds the list of that name, or nothing where there is none.
    pub fn class(&self, list: &str) -> Option<Classes> {
        self.lists.iter().position(|l| l.name == list).map(|at| Classes::list(at as u8))
    }

    /// The set of the lists named; an unknown name is an error with a suggestion.
    pub fn classes<S: AsRef<str>>(&self, lists: &[S]) -> Result<Classes> {
        let mut set = Classes::NONE;
        for name in lists {
            let name = name.as_ref();
            set = set.or(self
                .class(name)
                .ok_or_else(|| Error::new(format!("unknown lexicon `{name}`: no file rules/lexicon/{name}.tsv")))?);
        }
        Ok(set)
    }

    /// The set of all lists.
    pub fn all(&self) -> Classes {
        Classes::ALL
    }

    /// The names of the lists, in order.
    pub fn lists(&self) -> impl Iterator<Item = &str> {
        self.lists.iter().map(|list| list.name.as_str())
    }

    /// What the lists in `classes` say of an entry: the row, and whether by another name.
    pub fn senses(&self, entry: u32, classes: Classes) -> impl Iterator<Item = (Sense, Row<'_>)> {
        self.packed
            .senses(entry)
            .filter(move |sense| classes.any(Classes::list(sense.list)))
            .map(|sense| (sense, self.row(sense)))
    }

    /// The cell of an entry's first row in the lists of `classes`, by column name; empty where none.
    pub fn feature(&self, entry: u32, classes: Classes, column: &str) -> &str {
        let mut senses = self.packed.senses(entry).filter(|sense| classes.any(Classes::list(sense.list)));
        let Some(sense) = senses.next() else { return "" };
        let list = &self.lists[usize::from(sense.list)];
        let Some(column) = list.columns.iter().position(|known| known == column) else { return "" };
        match self.packed.cell(sense, column) {
            Some((start, length)) => list.text.get(start..start + length).unwrap_or(""),
            None => cell(list.text.get(sense.row as usize..).unwrap_or(""), column),
        }
    }

    /// The name of the list of a sense.
    pub fn list_of(&self, sense: Sense) -> &str {
        &self.lists[usize::from(sense.list)].name
    }

    fn row(&self, sense: Sense) -> Row<'_> {
        let text = &self.lists[usize::from(sense.list)].text[sense.row as usize..];
        Row::new(0, text.lines().next().unwrap_or(""))
    }
}

/// The cell of that number in the first line of a table's text.
fn cell(text: &str, column: usize) -> &str {
    let (mut start, mut left) = (0, column);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'\t' if left == 0 => return &text[start..at],
            b'\t' => (start, left) = (at + 1, left - 1),
            b'\n' if left == 0 => return text[start..at].trim_end_matches('\r'),
            b'\n' => return "",
            _ => {}
        }
    }
    if left == 0 { &text[start..] } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_build_script_joined_is_what_a_run_joins() {
        let (built, joined) = (built_in(), Lexicon::join(&Sources::built_in()).unwrap());
        assert!(built.len() > 100_000);
        assert!(built.entries == joined.entries && built.profiles == joined.profiles);
        assert!(built.senses == joined.senses && built.cells == joined.cells);
        assert!(built.trie.codes() == joined.trie.codes() && built.trie.nodes() == joined.trie.nodes());
    }

    #[test]
    fn cells_are_those_of_the_first_line() {
        let text = "甲\t好\t\tx\r\n乙\ty";
        assert_eq!([0, 1, 2, 3, 4].map(|column| cell(text, column)), ["甲", "好", "", "x", ""]);
        assert_eq!(cell("乙\ty", 1), "y");
        assert_eq!((cell("", 0), cell("", 1)), ("", ""));
    }

    #[test]
    fn features_are_the_cells_of_the_row() {
        let lexicon = Lexicon::load(&Sources::built_in()).unwrap();
        let mut asked = 0;
        for entry in (0..lexicon.packed.len() as u32).step_by(7) {
            for sense in lexicon.packed.senses(entry) {
                let list = &lexicon.lists[usize::from(sense.list)];
                for (at, column) in list.columns.iter().enumerate() {
                    let told = cell(&list.text[sense.row as usize..], at);
                    let found = lexicon.packed.cell(sense, at).map(|(start, length)| &list.text[start..start + length]);
                    assert_eq!(found.unwrap_or(told), told, "{column} of {}", list.name);
                    asked += usize::from(found.is_some());
                }
            }
        }
        assert!(asked > 1000);
    }

    #[test]
    fn lists_of_a_user_are_joined_anew() {
        let mut sources = Sources::built_in();
        sources.insert("lexicon/mine.tsv", "# columns: term note aliases\n知图机\t好\t图机\n");
        let lexicon = Lexicon::load(&sources).unwrap();
        let mine = lexicon.class("mine").unwrap();
        let found = lexicon.find("图机").unwrap();
        assert_eq!(lexicon.feature(found, mine, "note"), "好");
        assert!(lexicon.senses(found, mine).all(|(sense, row)| sense.alias && row.term == "知图机"));
        assert!(lexicon.find("图机器").is_none());
    }
}
