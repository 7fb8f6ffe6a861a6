//! Places with their administrative chain.

use rustc_hash::FxHashMap;

use super::{Sources, Table};
use crate::error::Result;

/// What kind of unit a relative name (全省, 市委) speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// 省.
    Province,
    /// 自治区.
    Region,
    /// 特别行政区.
    Special,
    /// 市, from the municipality to the county-level city.
    City,
    /// 自治州, 州.
    Prefecture,
    /// 盟.
    League,
    /// 地区.
    Area,
    /// 县.
    County,
    /// 区 of a city.
    District,
    /// 旗.
    Banner,
}

/// One administrative unit.
#[derive(Debug, Clone)]
pub struct Place {
    /// Full name.
    pub name: String,
    /// Index of the unit above; `None` below the country.
    pub parent: Option<usize>,
    /// Its kind, read from the name.
    pub unit: Option<Unit>,
    /// Division code, six digits; empty where unknown.
    pub code: String,
    /// Number of units above it.
    pub depth: usize,
}

/// The administrative units of the lexicon, by full name and by short form.
#[derive(Debug, Default)]
pub struct Gazetteer {
    places: Vec<Place>,
    by_name: FxHashMap<String, Vec<usize>>,
    weak: FxHashMap<String, Vec<usize>>,
    /// Characters of the longest name that begins with these two.
    longest: FxHashMap<(char, char), usize>,
    former: FxHashMap<String, (String, String)>,
}

impl Unit {
    fn of(name: &str) -> Option<Unit> {
        const ENDS: [(&str, Unit); 11] = [
            ("特别行政区", Unit::Special),
            ("自治区", Unit::Region),
            ("自治州", Unit::Prefecture),
            ("自治县", Unit::County),
            ("地区", Unit::Area),
            ("省", Unit::Province),
            ("市", Unit::City),
            ("县", Unit::County),
            ("区", Unit::District),
            ("旗", Unit::Banner),
            ("盟", Unit::League),
        ];
        ENDS.iter().find(|(end, _)| name.ends_with(end)).map(|(_, unit)| *unit)
    }
}

impl Gazetteer {
    /// Reads `lexicon/place.tsv` (term, level, adcode, parent, short forms, weak short forms; several
    /// codes and parents of one name parted by `;`) and `lexicon/place_former.tsv` (former name, present name, year).
    pub fn load(sources: &Sources) -> Result<Gazetteer> {
        let mut out = Gazetteer::default();
        let mut parents: Vec<String> = Vec::new();
        if let Some(text) = sources.get("lexicon/place.tsv") {
            let table = Table::new("lexicon/place.tsv", text);
            for row in table.rows() {
                let cells: Vec<&str> = row.features().collect();
                let cell = |at: usize| cells.get(at).copied().unwrap_or("");
                if !matches!(cell(0), "province" | "prefecture" | "county") {
                    continue;
                }
                let codes: Vec<&str> = cell(1).split(';').collect();
                for (nth, parent) in cell(2).split(';').enumerate() {
                    let at = out.places.len();
                    out.places.push(Place {
                        name: row.term.to_owned(),
                        parent: None,
                        unit: Unit::of(row.term),
                        code: codes.get(nth).copied().unwrap_or("").to_owned(),
                        depth: 0,
                    });
                    parents.push(parent.to_owned());
                    out.by_name.entry(row.term.to_owned()).or_default().push(at);
                    for short in cell(3).split(';').filter(|s| !s.is_empty()) {
                        out.by_name.entry(short.to_owned()).or_default().push(at);
                    }
                    for short in cell(4).split(';').filter(|s| !s.is_empty()) {
                        out.weak.entry(short.to_owned()).or_default().push(at);
                    }
                }
            }
        }
        out.join(&parents);
        for name in out.by_name.keys() {
            let mut chars = name.chars();
            if let (Some(first), Some(second)) = (chars.next(), chars.next()) {
                let longest = out.longest.entry((first, second)).or_default();
                *longest = (*longest).max(2 + chars.count());
            }
        }
        if let Some(text) = sources.get("lexicon/place_former.tsv") {
            for row in Table::new("lexicon/place_former.tsv", text).rows() {
                let cells: Vec<&str> = row.features().collect();
                let now = cells.first().copied().unwrap_or("");
                if !now.is_empty() {
                    let year = cells.get(1).copied().unwrap_or("");
                    out.former.insert(row.term.to_owned(), (now.to_owned(), year.to_owned()));
                }
            }
        }
        Ok(out)
    }

    /// Ties each unit to the one above: of several of that name, the one whose code begins alike.
    fn join(&mut self, parents: &[String]) {
        for (at, name) in parents.iter().enumerate() {
            let head = self.places[at].code.get(..2).unwrap_or("").to_owned();
            let found = self.by_name.get(name).map(Vec::as_slice).unwrap_or_default();
            let same = |p: &&usize| **p != at && self.places[**p].name == *name;
            let parent = found
                .iter()
                .filter(same)
                .find(|p| self.places[**p].code.starts_with(&head))
                .or_else(|| found.iter().find(same));
            self.places[at].parent = parent.copied();
        }
        for at in 0..self.places.len() {
            // A chain has at most four units; the bound guards against a loop in a user's table.
            self.places[at].depth = self.chain(at).len().saturating_sub(1);
        }
    }

    /// The unit at that index.
    pub fn place(&self, at: usize) -> &Place {
        &self.places[at]
    }

    /// The unit and those above it, from itself upwards.
    pub fn chain(&self, at: usize) -> Vec<usize> {
        let mut out = vec![at];
        let mut now = at;
        while let Some(parent) = self.places[now].parent {
            if out.len() >= 6 || out.contains(&parent) {
                break;
            }
            out.push(parent);
            now = parent;
        }
        out
    }

    /// The units of that name or short form.
    pub fn named(&self, name: &str) -> &[usize] {
        self.by_name.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// The same, with short forms that are ordinary words as well.
    pub fn named_or_weak(&self, name: &str) -> &[usize] {
        match self.named(name) {
            [] => self.weak.get(name).map(Vec::as_slice).unwrap_or_default(),
            found => found,
        }
    }

    /// The longest name at the beginning of `text`: its units and its length in bytes.
    pub fn prefix<'t>(&self, text: &'t str) -> Option<(&[usize], &'t str)> {
        let mut chars = text.chars();
        let longest = *self.longest.get(&(chars.next()?, chars.next()?))?;
        let mut best = None;
        for (at, c) in text.char_indices().take(longest).skip(1) {
            let head = &text[..at + c.len_utf8()];
            if let Some(found) = self.by_name.get(head) {
                best = Some((found.as_slice(), head));
            }
        }
        best
    }

    /// The names at the beginning of `text`, one behind the other (湖南|长沙), and what follows them.
    pub fn prefixes<'t>(&self, text: &'t str) -> (Vec<(&[usize], &'t str)>, &'t str) {
        let (mut out, mut rest): (Vec<(&[usize], &str)>, _) = (Vec::new(), text);
        while let Some((found, head)) = self.prefix(rest) {
            // 某旗乌兰牧骑: the second is a place only where it lies in the first.
            let inside =
                |&(above, _): &(&[usize], &str)| found.iter().any(|&f| above.iter().any(|&a| self.within(f, a)));
            if !out.last().is_none_or(inside) {
                break;
            }
            out.push((found, head));
            rest = &rest[head.len()..];
            if out.len() >= 4 {
                break;
            }
        }
        (out, rest)
    }

    /// The present name of a unit that was renamed, and the year.
    pub fn renamed(&self, name: &str) -> Option<(&str, &str)> {
        self.former.get(name).map(|(now, year)| (now.as_str(), year.as_str()))
    }

    /// Whether `above` is among the units above `at`, or the unit itself.
    pub fn within(&self, at: usize, above: usize) -> bool {
        self.chain(at).contains(&above)
    }

    /// The names of the chain from the top down (西藏自治区, 拉萨市, 达孜区), without the country.
    pub fn chain_names(&self, at: usize) -> Vec<&str> {
        self.chain(at).into_iter().rev().map(|p| self.places[p].name.as_str()).collect()
    }

    /// Of several units of one name, the one that lies in or above one of `hints`; the only one where there is one.
    pub fn pick(&self, found: &[usize], hints: &[usize]) -> Option<usize> {
        if let [only] = found {
            return Some(*only);
        }
        // A name that is both a province and a city below it (吉林) is the one that the hints support most.
        let mut best: Option<(usize, usize)> = None;
        let mut tie = false;
        for &at in found {
            let score = hints.iter().filter(|&&h| h != at && (self.within(h, at) || self.within(at, h))).count();
            match best {
                Some((top, _)) if score < top => {}
                Some((top, _)) if score == top => tie = true,
                _ => (best, tie) = (Some((score, at)), false),
            }
        }
        match best {
            Some((score, at)) if !tie && score > 0 => Some(at),
            // Without a hint the highest unit is meant, if it stands alone at its height.
            _ => {
                let top = found.iter().map(|&at| self.places[at].depth).min()?;
                let mut high = found.iter().filter(|&&at| self.places[at].depth == top);
                let first = high.next()?;
                (high.next().is_none() && top < 2).then_some(*first)
            }
        }
    }
}
