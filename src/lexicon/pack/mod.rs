//! All word lists joined into flat bytes. The build script does this for the built-in lists, so that a start of
//! the program loads nothing; lists that a user changed are joined when they are read.
//!
//! The build script holds these files as a module of its own: they use nothing but each other and `crate::error`.

mod classes;
mod table;
mod tag;
mod trie;

use std::borrow::Cow;
use std::collections::BTreeMap;

pub use classes::Classes;
pub use table::{Row, Table};
pub use tag::{Tag, TagSet};
pub use trie::{Trie, Walk};

use crate::error::{Error, Result};

/// Terms without a frequency of their own count as seen this often (of 60 million words).
const DEFAULT_FREQUENCY: f64 = 60.0;
/// Words of the text from which the dictionary's frequencies were counted.
const TOTAL: f64 = 60_000_000.0;
/// A sense by another name of the row's term.
const ALIAS: u8 = 1;
/// The last sense of its entry.
const LAST: u8 = 2;
/// The column of short forms that are everyday words as well.
pub const WEAK: &str = "weak";
/// An entry that no list but the dictionary holds.
const NO_SENSE: u32 = u32::MAX;
/// The length told of a cell that holds the term or other names of it, in which rows hardly ever are alike.
const OTHER_NAMES: u32 = u32::MAX;

/// What one list says of a term.
#[derive(Debug, Clone, Copy)]
pub struct Sense {
    pub(super) list: u8,
    /// Whether the term is another name of the row's term.
    pub alias: bool,
    pub(super) row: u32,
    /// Where the places of its cells stand among [`Packed::cells`].
    pub(super) cells: u32,
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
}

/// The joined lists.
#[derive(Debug, Clone, Default)]
pub struct Packed {
    /// Finds the index of a term.
    pub trie: Trie,
    /// Eight bytes a term: cost (2), profile (2), first sense (4).
    pub entries: Cow<'static, [u8]>,
    /// Sixteen bytes for each combination of lists and part of speech: lists (8), part of speech (1).
    pub profiles: Cow<'static, [u8]>,
    /// Twelve bytes for what one list says of a term: row (4), cells (4), list (1), flags (1).
    pub senses: Cow<'static, [u8]>,
    /// Eight bytes for each cell of a row, by column: first byte (4) and bytes (4) in the text of its list. Rows of one
    /// list that say the same share them, so that what texts ask of terms stands together.
    pub cells: Cow<'static, [u8]>,
}

fn bytes<const N: usize>(all: &[u8], at: usize) -> [u8; N] {
    all.get(at..at + N).and_then(|found| found.try_into().ok()).unwrap_or([0; N])
}

impl Packed {
    /// The entry of that index.
    #[inline]
    pub fn entry(&self, index: u32) -> Entry {
        self.unpack(self.packed_entry(index))
    }

    /// The same as it is stored.
    #[inline]
    pub fn packed_entry(&self, index: u32) -> [u8; 8] {
        let (entries, _) = self.entries.as_chunks::<8>();
        entries.get(index as usize).copied().unwrap_or_default()
    }

    /// The entry that is stored so.
    #[inline]
    pub fn unpack(&self, [a, b, c, d, ..]: [u8; 8]) -> Entry {
        let (profiles, _) = self.profiles.as_chunks::<16>();
        let profile = profiles.get(usize::from(u16::from_le_bytes([c, d]))).copied().unwrap_or_default();
        let [e, f, g, h, i, j, k, l, tag, ..] = profile;
        Entry {
            cost: i32::from(i16::from_le_bytes([a, b])),
            tag: Tag::from_number(tag),
            classes: Classes::from_bits(u64::from_le_bytes([e, f, g, h, i, j, k, l])),
        }
    }

    /// What the lists say of an entry, in their order.
    pub fn senses(&self, entry: u32) -> impl Iterator<Item = Sense> + '_ {
        let first = u32::from_le_bytes(bytes(&self.entries, entry as usize * 8 + 4));
        let (senses, _) = self.senses.as_chunks::<12>();
        let mut next = (first != NO_SENSE).then_some(first as usize);
        std::iter::from_fn(move || {
            let at = next.take()?;
            let &[a, b, c, d, e, f, g, h, list, flags, ..] = senses.get(at)?;
            next = (flags & LAST == 0).then_some(at + 1);
            let (row, cells) = (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h]));
            Some(Sense { list, alias: flags & ALIAS != 0, row, cells })
        })
    }

    /// Where the cell of that column stands in the text of the list: first byte and bytes. Of columns that hold other
    /// names it is not known.
    pub fn cell(&self, sense: Sense, column: usize) -> Option<(usize, usize)> {
        let (cells, _) = self.cells.as_chunks::<8>();
        let &[a, b, c, d, e, f, g, h] = cells.get(sense.cells as usize + column)?;
        let (start, length) = (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h]));
        (length != OTHER_NAMES).then_some((start as usize, length as usize))
    }

    /// How many terms there are.
    pub fn len(&self) -> usize {
        self.entries.len() / 8
    }
}

/// The name of the list of a file, if it is one.
pub fn list_name(path: &str) -> Option<&str> {
    path.strip_prefix("lexicon/")?.strip_suffix(".tsv")
}

/// What one row says of a term.
struct Item<'a> {
    term: &'a str,
    said: Said,
}

enum Said {
    /// The general dictionary: frequency and part of speech.
    Word(f64, Tag),
    /// A list, with the part of speech that it gives to its terms.
    Listed(Sense, Option<Tag>),
}

/// Joins the lists (path and text, by path). The list `word` is the general dictionary: its columns are the
/// frequency and the part of speech; the columns `aliases` and `short` of any list hold other names of the
/// term, separated by `;`; the column `weak` holds those that are everyday words as well, which make a list of
/// their own behind it (`place.weak`). A header `# tag: v` gives the part of speech of terms that the dictionary
/// does not hold.
///
/// # Errors
/// Where a row of the dictionary has no frequency, or there are too many lists.
pub fn pack<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> Result<Packed> {
    let (mut items, mut lists, mut cells) = (Vec::new(), 0_u8, Vec::new());
    for (path, text) in files {
        let Some(name) = list_name(path) else { continue };
        if lists > 62 {
            return Err(Error::new(format!("{path}: more than 62 lists below lexicon/"))
                .with_help("join lists that hold the same kind of term"));
        }
        let table = Table::new(path, text);
        read(&table, name == "word", lists, text, &mut items, &mut cells)?;
        lists += if table.columns().any(|column| column == WEAK) { 2 } else { 1 };
    }
    // Stable: what is said of one term stays in the order of the lists.
    items.sort_by(|a, b| a.term.cmp(b.term));
    let (mut terms, mut rows, mut senses) = (Vec::new(), Vec::new(), Vec::new());
    let mut profiles: Vec<(Tag, Classes)> = Vec::new();
    for said in items.chunk_by(|a, b| a.term == b.term) {
        let (entry, first) = join(said, &mut senses);
        let known = profiles.iter().position(|known| *known == (entry.tag, entry.classes));
        let profile = known.unwrap_or_else(|| {
            profiles.push((entry.tag, entry.classes));
            profiles.len() - 1
        });
        let profile = u16::try_from(profile)
            .map_err(|_| Error::new("the lists below lexicon/ overlap in more than 65,535 different ways"))?;
        let cost = entry.cost.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16;
        terms.push(said[0].term);
        rows.push((cost, profile, first));
    }
    // The commonest first, so that what most texts look up stands together.
    let mut order: Vec<u32> = (0..rows.len() as u32).collect();
    order.sort_by_key(|&at| rows[at as usize].0);
    let mut numbers = vec![0; rows.len()];
    let mut entries = Vec::with_capacity(rows.len() * 8);
    for (number, &at) in order.iter().enumerate() {
        numbers[at as usize] = number as u32;
        let (cost, profile, first) = rows[at as usize];
        entries.extend_from_slice(&cost.to_le_bytes());
        entries.extend_from_slice(&profile.to_le_bytes());
        entries.extend_from_slice(&first.to_le_bytes());
    }
    let shares: Vec<f64> = rows.iter().map(|(cost, ..)| (-f64::from(*cost) / 100.0).exp()).collect();
    let profile = |(tag, classes): &(Tag, Classes)| {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&classes.bits().to_le_bytes());
        bytes[8] = *tag as u8;
        bytes
    };
    Ok(Packed {
        trie: Trie::new(&terms, &numbers, &shares)?,
        entries: Cow::Owned(entries),
        profiles: Cow::Owned(profiles.iter().flat_map(profile).collect()),
        senses: Cow::Owned(senses),
        cells: Cow::Owned(cells),
    })
}

fn read<'a>(
    table: &Table<'a>,
    is_word: bool,
    list: u8,
    text: &'a str,
    items: &mut Vec<Item<'a>>,
    cells: &mut Vec<u8>,
) -> Result<()> {
    let columns: Vec<&str> = table.columns().collect();
    let mut known = BTreeMap::new();
    let tag = table.header("tag").map(Tag::from_code);
    let aliases: Vec<usize> =
        table.columns().enumerate().filter(|(_, c)| matches!(*c, "aliases" | "short")).map(|(at, _)| at).collect();
    let weak = table.columns().position(|column| column == WEAK);
    for row in table.rows() {
        if is_word {
            let frequency = row.feature(0).parse().map_err(|_| {
                table
                    .error(&row, format_args!("`{}` is no frequency", row.feature(0)))
                    .with_help("the columns of word.tsv are: term, frequency, part of speech")
            })?;
            items.push(Item { term: row.term, said: Said::Word(frequency, Tag::from_code(row.feature(1))) });
            continue;
        }
        let at = place_in(text, row.term);
        let cells = cells_of(&row, &columns, text, &mut known, cells);
        items.push(Item { term: row.term, said: Said::Listed(Sense { list, alias: false, row: at, cells }, tag) });
        for &column in &aliases {
            let names = row.feature(column.wrapping_sub(1)).split(';').filter(|name| !name.is_empty());
            let said = |term| Item { term, said: Said::Listed(Sense { list, alias: true, row: at, cells }, None) };
            items.extend(names.map(said));
        }
        if let Some(column) = weak {
            let names = row.feature(column.wrapping_sub(1)).split(';').filter(|name| !name.is_empty());
            let sense = Sense { list: list + 1, alias: true, row: at, cells };
            items.extend(names.map(|term| Item { term, said: Said::Listed(sense, None) }));
        }
    }
    Ok(())
}

/// The first byte of a part of the text.
fn place_in(text: &str, part: &str) -> u32 {
    (part.as_ptr() as usize - text.as_ptr() as usize) as u32
}

/// Where the cells of a row stand among all; those of a row that says the same are taken.
fn cells_of<'a>(
    row: &Row<'a>,
    columns: &[&str],
    text: &str,
    known: &mut BTreeMap<Vec<&'a str>, u32>,
    cells: &mut Vec<u8>,
) -> u32 {
    let names = |column: &str| matches!(column, "aliases" | "short" | WEAK);
    let said = |at: usize| if at == 0 || names(columns[at]) { "" } else { row.feature(at - 1) };
    let all: Vec<&str> = (0..columns.len()).map(said).collect();
    *known.entry(all).or_insert_with_key(|all| {
        let first = cells.len() / 8;
        for (at, cell) in all.iter().enumerate() {
            let (start, length) = match cell.len() {
                _ if at == 0 || names(columns[at]) => (0, OTHER_NAMES),
                0 => (0, 0),
                length => (place_in(text, cell), length as u32),
            };
            cells.extend_from_slice(&start.to_le_bytes());
            cells.extend_from_slice(&length.to_le_bytes());
        }
        first as u32
    })
}

/// What all rows say of one term: its entry, and the number of its first sense.
fn join(said: &[Item<'_>], senses: &mut Vec<u8>) -> (Entry, u32) {
    let (mut frequency, mut tag, mut listed, mut classes) = (DEFAULT_FREQUENCY, None, None, Classes::NONE);
    let first = senses.len();
    for item in said {
        match item.said {
            Said::Word(often, part) => (frequency, tag) = (often, Some(part)),
            Said::Listed(sense, part) => {
                classes = classes.or(Classes::list(sense.list));
                listed = listed.or(part);
                senses.extend_from_slice(&sense.row.to_le_bytes());
                senses.extend_from_slice(&sense.cells.to_le_bytes());
                senses.extend_from_slice(&[sense.list, if sense.alias { ALIAS } else { 0 }, 0, 0]);
            }
        }
    }
    if senses.len() > first {
        let last = senses.len() - 3;
        senses[last] |= LAST;
    }
    let single = said[0].term.chars().nth(1).is_none();
    let entry = Entry {
        cost: (-(frequency.max(0.5) / TOTAL).ln() * 100.0) as i32,
        tag: tag.or(listed).unwrap_or(if single { Tag::Unknown } else { Tag::Noun }),
        classes,
    };
    (entry, if senses.len() > first { (first / 12) as u32 } else { NO_SENSE })
}
