//! The tables that linking reads.

use std::borrow::Cow;
use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::List;
use super::known::{Known, Texts};
pub(crate) use super::uses::Use;
use super::uses::Uses;
use crate::error::Result;
use crate::lexicon::{Gazetteer, Sources, Table};
use crate::schema::Type;

/// A title that stands for one person in a time.
#[derive(Debug, Clone)]
pub(crate) struct Holder {
    pub title: String,
    pub person: String,
    /// ISO days; empty where open.
    pub from: String,
    pub to: String,
}

/// A body of the lexicon.
#[derive(Debug, Clone)]
pub(crate) struct Body {
    pub full: String,
    pub kind: String,
}

/// The tail of a public body.
#[derive(Debug, Clone)]
pub(crate) struct Tail {
    pub short: String,
    pub full: String,
    /// Written out in names, not only where names are compared.
    pub norm: bool,
}

/// Everything that linking knows beforehand, ready to use. Load once, use for every document.
#[derive(Debug, Default)]
pub struct Linker {
    pub(crate) places: Gazetteer,
    pub(crate) alias: FxHashMap<(Type, String), String>,
    pub(crate) bodies: FxHashMap<String, Body>,
    /// The full names of these.
    pub(crate) full: FxHashSet<String>,
    pub(crate) tails: Vec<Tail>,
    /// The short forms of the tails, in their order.
    pub(crate) tail_ends: List,
    /// What departments end in, and the rank of each.
    pub(crate) departments: List,
    pub(crate) ranks: Vec<u8>,
    pub(crate) units: List,
    pub(crate) titles: Vec<(String, Vec<String>)>,
    /// The characters that titles begin with.
    pub(crate) title_starts: FxHashSet<char>,
    pub(crate) holders: Vec<Holder>,
    /// Their titles, each once, in order.
    pub(crate) held: Vec<String>,
    /// Surnames of two characters.
    compound: FxHashSet<String>,
    uses: Uses,
    pub(crate) traditional: FxHashMap<char, char>,
    texts: Texts,
    known: OnceLock<Known>,
    simplified: FxHashMap<char, char>,
    /// `lexicon/word.tsv` as it stands: sorted by the bytes of its terms.
    words: Cow<'static, str>,
}

impl Linker {
    /// Reads the tables below `link/` and the lexicons of places and organizations. The error names the
    /// file and the line.
    pub fn load(sources: &Sources) -> Result<Linker> {
        let mut out = Linker { places: Gazetteer::load(sources)?, ..Linker::default() };
        out.texts = Texts::take(sources);
        out.load_aliases(sources)?;
        out.load_bodies(sources);
        for row in rows(sources, "link/tail.tsv", 2)? {
            out.tails.push(Tail { short: row.0, full: row.1[0].clone(), norm: row.1[1] == "norm" });
        }
        let mut departments: Vec<(String, u8)> = Vec::new();
        for row in rows(sources, "link/department.tsv", 1)? {
            departments.push((row.0, row.1[0].parse().unwrap_or(1)));
        }
        let mut units: Vec<String> = rows(sources, "link/unit.tsv", 0)?.into_iter().map(|row| row.0).collect();
        for row in rows(sources, "link/title.tsv", 0)? {
            let posts = row.1.first().map(String::as_str).unwrap_or("");
            out.titles.push((row.0, posts.split(';').filter(|p| !p.is_empty()).map(str::to_owned).collect()));
        }
        for row in rows(sources, "link/holder.tsv", 1)? {
            let cell = |at: usize| row.1.get(at).cloned().unwrap_or_default();
            out.holders.push(Holder { title: row.0.clone(), person: cell(0), from: cell(1), to: cell(2) });
        }
        for row in rows(sources, "lexicon/surname.tsv", 0)? {
            if row.0.chars().count() == 2 {
                out.compound.insert(row.0);
            }
        }
        if let Some(text) = sources.get("link/word.tsv") {
            out.uses = Uses::read("link/word.tsv", text)?;
        }
        for row in rows(sources, "text/traditional.tsv", 1)? {
            if let (Some(long), Some(short)) = (row.0.chars().next(), row.1[0].chars().next()) {
                out.traditional.entry(short).or_insert(long);
                out.simplified.insert(long, short);
            }
        }
        out.words = sources.text("lexicon/word.tsv").unwrap_or_default();
        // The longest end is the one meant.
        let long = |a: &str, b: &str| b.chars().count().cmp(&a.chars().count()).then_with(|| a.cmp(b));
        out.tails.sort_by(|a, b| long(&a.short, &b.short));
        out.tail_ends = List::from(out.tails.iter().map(|tail| tail.short.clone()).collect::<Vec<_>>());
        departments.sort_by(|a, b| long(&a.0, &b.0));
        out.ranks = departments.iter().map(|department| department.1).collect();
        out.departments = List::from(departments.into_iter().map(|department| department.0).collect::<Vec<_>>());
        units.sort_by(|a, b| long(a, b));
        out.units = List::from(units);
        out.title_starts = out.titles.iter().filter_map(|title| title.0.chars().next()).collect();
        out.titles.sort_by(|a, b| long(&a.0, &b.0));
        out.holders.sort_by(|a, b| long(&a.title, &b.title).then_with(|| b.from.cmp(&a.from)));
        out.held = out.holders.iter().map(|holder| holder.title.clone()).collect();
        out.held.sort_unstable();
        out.held.dedup();
        Ok(out)
    }

    /// Things that go by one name wherever they stand; read when first asked for.
    pub(crate) fn known(&self) -> &Known {
        self.known.get_or_init(|| self.texts.read())
    }

    /// The surname that a name of Han characters begins with: two characters where the table has them and a given
    /// name follows.
    pub(crate) fn surname<'n>(&self, name: &'n str) -> &'n str {
        let end = |count: usize| name.char_indices().nth(count).map_or(name.len(), |(at, _)| at);
        let two = &name[..end(2)];
        if two.len() < name.len() && self.compound.contains(two) { two } else { &name[..end(1)] }
    }

    /// The words of one use of `link/word.tsv`, the longest first.
    pub(crate) fn list(&self, used: Use) -> &List {
        self.uses.of(used)
    }

    /// A name in simplified characters.
    pub(crate) fn simple(&self, name: &str) -> String {
        name.chars().map(|c| self.simplified.get(&c).copied().unwrap_or(c)).collect()
    }

    /// Whether the general dictionary has the word.
    pub(crate) fn is_word(&self, word: &str) -> bool {
        let (mut low, mut high) = (0, self.words.len());
        let text = self.words.as_bytes();
        while low < high {
            let middle = (low + high) / 2;
            let start = text[..middle].iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1).max(low);
            let end = text[middle..].iter().position(|b| *b == b'\n').map_or(text.len(), |at| middle + at);
            let line = &text[start..end];
            let term = line.split(|b| *b == b'\t').next().unwrap_or(line);
            match if line.starts_with(b"#") { std::cmp::Ordering::Less } else { term.cmp(word.as_bytes()) } {
                std::cmp::Ordering::Equal => return true,
                std::cmp::Ordering::Less => low = end + 1,
                std::cmp::Ordering::Greater => high = start,
            }
        }
        false
    }

    /// The places and their chains.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.places
    }

    fn load_aliases(&mut self, sources: &Sources) -> Result<()> {
        let Some(text) = sources.get("link/alias.tsv") else { return Ok(()) };
        let table = Table::new("link/alias.tsv", text);
        for row in table.rows_with(2)? {
            let kind = Type::from_name(row.feature(0))
                .ok_or_else(|| table.error(&row, format_args!("unknown type `{}`", row.feature(0))))?;
            self.alias.insert((kind, row.term.to_owned()), row.feature(1).to_owned());
        }
        Ok(())
    }

    /// `lexicon/organization.tsv`: the full name first; the columns `short`, `aliases` and `kind` are found by
    /// the header line `# columns:`. A short form of two bodies is none.
    fn load_bodies(&mut self, sources: &Sources) {
        let Some(text) = sources.get("lexicon/organization.tsv") else { return };
        let columns = columns(text);
        let at = |names: &[&str]| columns.iter().position(|c| names.contains(&c.as_str()));
        let shorts: Vec<usize> = ["short", "aliases", "alias"].iter().filter_map(|name| at(&[name])).collect();
        let kind = at(&["kind", "class", "type"]);
        let mut claims: FxHashMap<String, Vec<Body>> = FxHashMap::default();
        for row in Table::new("lexicon/organization.tsv", text).rows() {
            let cells: Vec<&str> = std::iter::once(row.term).chain(row.features()).collect();
            let kind = kind.and_then(|k| cells.get(k)).copied().unwrap_or("").to_owned();
            for column in &shorts {
                for short in cells.get(*column).copied().unwrap_or("").split(';').filter(|s| !s.is_empty()) {
                    let body = Body { full: row.term.to_owned(), kind: kind.clone() };
                    claims.entry(short.to_owned()).or_default().push(body);
                }
            }
            self.full.insert(row.term.to_owned());
        }
        for (short, mut bodies) in claims {
            bodies.dedup_by(|a, b| a.full == b.full);
            if bodies.len() == 1 && !self.full.contains(&short) {
                self.bodies.extend(bodies.pop().map(|body| (short, body)));
            }
        }
    }
}

/// The names after `# columns:` in the header of a table.
fn columns(text: &str) -> Vec<String> {
    text.lines()
        .find_map(|line| line.strip_prefix("# columns:"))
        .map(|names| names.split([' ', ',']).filter(|n| !n.is_empty()).map(str::to_owned).collect())
        .unwrap_or_default()
}

fn rows(sources: &Sources, name: &str, cells: usize) -> Result<Vec<(String, Vec<String>)>> {
    let Some(text) = sources.get(name) else { return Ok(Vec::new()) };
    let rows = Table::new(name, text).rows_with(cells)?;
    Ok(rows.into_iter().map(|row| (row.term.to_owned(), row.features().map(str::to_owned).collect())).collect())
}
