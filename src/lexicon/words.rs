//! All word lists as one automaton: every term of every list found in one pass.

use std::collections::BTreeMap;

use crawdad::Trie;

use super::{Row, Sources, Table, Tag};
use crate::error::{Error, Result};

/// Terms without a frequency of their own count as seen this often (of 60 million words).
const DEFAULT_FREQUENCY: f64 = 60.0;
/// Words of the text from which the dictionary's frequencies were counted.
const TOTAL: f64 = 60_000_000.0;

/// A set of lists, one bit a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Classes(u64);

impl Classes {
    /// No list.
    pub const NONE: Classes = Classes(0);

    /// Whether the two share a list.
    pub const fn any(self, other: Classes) -> bool {
        self.0 & other.0 != 0
    }

    /// The lists of both.
    #[must_use]
    pub const fn or(self, other: Classes) -> Classes {
        Classes(self.0 | other.0)
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// What one list says of a term.
#[derive(Debug, Clone, Copy)]
pub struct Sense {
    list: u8,
    /// Whether the term is another name of the row's term.
    pub alias: bool,
    row: u32,
}

/// One term: how common it is, its part of speech, and the lists that hold it.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// Minus the natural logarithm of the word's probability, in hundredths.
    pub cost: i32,
    /// Part of speech; of a term outside the dictionary, [`Tag::Noun`].
    pub tag: Tag,
    /// The lists that hold it.
    pub classes: Classes,
    senses: (u32, u32),
}

/// A term found in a text.
#[derive(Debug, Clone, Copy)]
pub struct Match {
    /// Length in characters.
    pub length: usize,
    /// Index of the entry.
    pub entry: u32,
}

#[derive(Debug)]
struct List {
    name: String,
    text: String,
    columns: Vec<String>,
}

/// Every list below `lexicon/`, joined.
pub struct Lexicon {
    trie: Option<Trie>,
    entries: Vec<Entry>,
    senses: Vec<Sense>,
    lists: Vec<List>,
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Lexicon({} terms, {} lists)", self.entries.len(), self.lists.len())
    }
}

#[derive(Default)]
struct Draft {
    frequency: Option<f64>,
    tag: Option<Tag>,
    /// Part of speech that a list gives to its terms.
    listed: Option<Tag>,
    classes: u64,
    senses: Vec<Sense>,
}

impl Lexicon {
    /// Reads and joins the lists. The list `word` is the general dictionary: its columns are the
    /// frequency and the part of speech; the columns `aliases` and `short` of any list hold other names of the
    /// term, separated by `;`. A header `# tag: v` gives the part of speech of terms that the dictionary
    /// does not hold.
    pub fn load(sources: &Sources) -> Result<Lexicon> {
        let mut lists = Vec::new();
        let mut drafts: BTreeMap<&str, Draft> = BTreeMap::new();
        for (path, text) in sources.below("lexicon/") {
            let Some(name) = path.strip_prefix("lexicon/").and_then(|p| p.strip_suffix(".tsv")) else { continue };
            if lists.len() == 64 {
                return Err(Error::new(format!("{path}: more than 64 lists below lexicon/"))
                    .with_help("join lists that hold the same kind of term"));
            }
            let table = Table::new(path, text);
            let tag = table.header("tag").map(Tag::from_code);
            let columns: Vec<String> = table.columns().map(str::to_owned).collect();
            let list = lists.len() as u8;
            let aliases: Vec<usize> =
                (0..columns.len()).filter(|&at| matches!(columns[at].as_str(), "aliases" | "short")).collect();
            for row in table.rows() {
                let at = (row.term.as_ptr() as usize - text.as_ptr() as usize) as u32;
                let draft = drafts.entry(row.term).or_default();
                if name == "word" {
                    draft.frequency = Some(row.feature(0).parse().map_err(|_| {
                        table
                            .error(&row, format_args!("`{}` is no frequency", row.feature(0)))
                            .with_help("the columns of word.tsv are: term, frequency, part of speech")
                    })?);
                    draft.tag = Some(Tag::from_code(row.feature(1)));
                    continue;
                }
                draft.classes |= 1 << list;
                draft.listed = draft.listed.or(tag);
                draft.senses.push(Sense { list, alias: false, row: at });
                for &column in &aliases {
                    for alias in row.feature(column - 1).split(';').filter(|a| !a.is_empty()) {
                        let draft = drafts.entry(alias).or_default();
                        draft.classes |= 1 << list;
                        draft.senses.push(Sense { list, alias: true, row: at });
                    }
                }
            }
            lists.push(List { name: name.to_owned(), text: text.to_owned(), columns });
        }
        let (mut entries, mut senses) = (Vec::with_capacity(drafts.len()), Vec::new());
        for (term, draft) in &drafts {
            let frequency = draft.frequency.unwrap_or(DEFAULT_FREQUENCY).max(0.5);
            let first = senses.len() as u32;
            senses.extend_from_slice(&draft.senses);
            entries.push(Entry {
                cost: (-(frequency / TOTAL).ln() * 100.0) as i32,
                tag: draft.tag.or(draft.listed).unwrap_or(if term.chars().count() == 1 {
                    Tag::Unknown
                } else {
                    Tag::Noun
                }),
                classes: Classes(draft.classes),
                senses: (first, senses.len() as u32),
            });
        }
        let trie = if drafts.is_empty() {
            None
        } else {
            let records = drafts.keys().enumerate().map(|(at, term)| (*term, at as u32));
            Some(Trie::from_records(records).map_err(|error| Error::new(format!("the lexicons: {error}")))?)
        };
        Ok(Lexicon { trie, entries, senses, lists })
    }

    /// The terms that start at the front of `text`, shortest first.
    pub fn at<I: Iterator<Item = char>>(&self, text: I) -> impl Iterator<Item = Match> {
        self.trie.iter().flat_map({
            let mut text = Some(text);
            move |trie| {
                text.take()
                    .into_iter()
                    .flat_map(|t| trie.common_prefix_search(t).map(|(entry, length)| Match { length, entry }))
            }
        })
    }

    /// The entry of that index.
    pub fn entry(&self, index: u32) -> &Entry {
        &self.entries[index as usize]
    }

    /// The entry of a term.
    pub fn find(&self, term: &str) -> Option<u32> {
        self.trie.as_ref()?.exact_match(term.chars())
    }

    /// The set that holds the list of that name, or nothing where there is none.
    pub fn class(&self, list: &str) -> Option<Classes> {
        self.lists.iter().position(|l| l.name == list).map(|at| Classes(1 << at))
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
        Classes(u64::MAX)
    }

    /// The names of the lists, in order.
    pub fn lists(&self) -> impl Iterator<Item = &str> {
        self.lists.iter().map(|list| list.name.as_str())
    }

    /// What the lists in `classes` say of an entry: the row, and whether by another name.
    pub fn senses(&self, entry: u32, classes: Classes) -> impl Iterator<Item = (Sense, Row<'_>)> {
        let (first, last) = self.entries[entry as usize].senses;
        self.senses[first as usize..last as usize]
            .iter()
            .filter(move |sense| classes.any(Classes(1 << sense.list)))
            .map(|sense| (*sense, self.row(*sense)))
    }

    /// The cell of an entry's first row in the lists of `classes`, by column name; empty where none.
    pub fn feature(&self, entry: u32, classes: Classes, column: &str) -> &str {
        self.senses(entry, classes).next().map_or("", |(sense, row)| {
            let columns = &self.lists[usize::from(sense.list)].columns;
            match columns.iter().position(|c| c == column) {
                Some(0) => row.term,
                Some(at) => row.rest(at - 1),
                None => "",
            }
        })
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
