//! Reprints: documents that print the same text, or one the other's.
//!
//! Records hold no text, but the sequence of names in a text is as telling as its words: shingles of four
//! mentions in a row, compared by how much of the smaller set the larger holds. Of a text with few names it
//! is pairs of neighbours with the distance between them.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::super::name::joined;
use super::code::Fixed;
use super::groups::Groups;
use crate::record::Record;

/// Mentions in a shingle.
const WIDTH: usize = 4;
/// Share of the smaller document's shingles that the other must hold.
const SHARE: f64 = 0.6;
/// Fewer common shingles prove nothing.
const LEAST: usize = 4;
/// Fewer pairs prove nothing, and the other text must hold them all: reports of one kind differ in a day or a figure.
const SHORT_LEAST: usize = 3;
/// A shingle in more documents than this is a formula.
const COMMON: usize = 30;

/// What of a record tells whether it prints the text of another.
pub(super) struct Print {
    /// Shingles, sorted.
    long: Vec<u64>,
    /// Pairs with their distance, sorted.
    short: Vec<u64>,
}

impl Print {
    /// One of these hashes, both lists sorted.
    pub fn new(long: Vec<u64>, short: Vec<u64>) -> Print {
        Print { long, short }
    }

    /// Its hashes.
    pub fn hashes(&self) -> (&[u64], &[u64]) {
        (&self.long, &self.short)
    }

    pub fn of(record: &Record) -> Print {
        let outer: Vec<(usize, String)> =
            record.mentions.iter().filter(|m| !m.inner).map(|m| (m.start, joined(&m.text).into_owned())).collect();
        let long = sorted(outer.windows(WIDTH).map(|names| hash(names.iter().map(|(_, name)| name.as_bytes()))));
        // Each text has its pairs, for a short one may stand in a long one.
        let pair = |two: &[(usize, String)]| {
            let distance = two[1].0.saturating_sub(two[0].0).to_string();
            hash([two[0].1.as_bytes(), distance.as_bytes(), two[1].1.as_bytes()].into_iter())
        };
        Print { long, short: sorted(outer.windows(2).map(pair)) }
    }
}

fn sorted(hashes: impl Iterator<Item = u64>) -> Vec<u64> {
    let mut out: Vec<u64> = hashes.collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// Groups of two or more documents (by index in `prints`, with the hash of their bytes) that print one text, sorted.
pub(super) fn groups(prints: &[(&str, &Print)]) -> Vec<Vec<usize>> {
    let mut sets = Groups::new(prints.len());
    let mut by_hash: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, (sha256, _)) in prints.iter().enumerate() {
        if !sha256.is_empty() {
            // Nothing is kept apart here: no join can be refused.
            let _ = sets.join(*by_hash.entry(sha256).or_insert(at), at);
        }
    }
    let long: Vec<&[u64]> = prints.iter().map(|(_, print)| print.long.as_slice()).collect();
    shared(&long, |a, b, count| {
        if same_long(count, long[a].len().min(long[b].len())) {
            let _ = sets.join(a, b);
        }
    });
    // Only what a short text has is looked for in the others.
    let few = |print: &Print| print.short.len() < WIDTH + LEAST;
    let wanted =
        sorted(prints.iter().filter(|(_, print)| few(print)).flat_map(|(_, print)| print.short.iter().copied()));
    let in_short =
        |print: &Print| print.short.iter().copied().filter(|hash| wanted.binary_search(hash).is_ok()).collect();
    let short: Vec<Vec<u64>> = prints.iter().map(|(_, print)| in_short(print)).collect();
    let short: Vec<&[u64]> = short.iter().map(Vec::as_slice).collect();
    shared(&short, |a, b, count| {
        if same_short(count, prints[a].1.short.len().min(prints[b].1.short.len())) {
            let _ = sets.join(a, b);
        }
    });
    let mut out: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..prints.len() {
        out.entry(sets.find(at)).or_default().push(at);
    }
    out.into_values().filter(|docs| docs.len() > 1).collect()
}

/// Another document: the hash of its bytes, its shingles and its pairs.
pub(super) type Other<'a> = (&'a str, Fixed<'a>, Fixed<'a>);

/// What is known of a hash that documents which changed have.
#[derive(Default)]
struct Known {
    /// The documents that have it now.
    some: Vec<usize>,
    /// Whether those that are gone had it.
    gone: bool,
    /// How many others have it.
    others: usize,
    /// The one in front of the place of the change that has it, and the one behind.
    around: (Option<usize>, Option<usize>),
}

/// Whether groups are surely what they would be without some documents, and with those `gone`: none prints the text of
/// another one, and no formula in them tells of others that print one text. `place` is where a single document that changed
/// stands among the others. Rather `false` than wrong.
pub(super) fn alone(some: &[(&str, Print)], gone: &[Print], others: &[Other<'_>], place: Option<usize>) -> bool {
    let mut lists: [FxHashMap<u64, Known>; 2] = Default::default();
    for (print, at) in some.iter().map(|(_, print)| print).zip(0..).chain(gone.iter().map(|print| (print, usize::MAX)))
    {
        for (list, hashes) in lists.iter_mut().zip([&print.long, &print.short]) {
            for hash in hashes {
                let known = list.entry(*hash).or_default();
                if at < some.len() { known.some.push(at) } else { known.gone = true }
            }
        }
    }
    // What some share with one another is no matter for a short cut.
    let shared = |list: &FxHashMap<u64, Known>| list.values().any(|known| known.some.len() > 1);
    let hashes: Vec<&str> = some.iter().map(|(sha256, _)| *sha256).filter(|sha256| !sha256.is_empty()).collect();
    if lists.iter().any(shared) {
        return false;
    }
    let mut counts = vec![[0; 2]; some.len()];
    for (other, (sha256, long, short)) in others.iter().enumerate() {
        if hashes.contains(sha256) {
            return false;
        }
        counts.iter_mut().for_each(|count| *count = [0; 2]);
        for (nth, numbers) in [long, short].into_iter().enumerate() {
            for hash in numbers.iter() {
                if let Some(known) = lists[nth].get_mut(&hash) {
                    known.others += 1;
                    known.some.iter().for_each(|&at| counts[at][nth] += 1);
                    match place {
                        Some(place) if other < place => known.around.0 = Some(other),
                        _ => _ = known.around.1.get_or_insert(other),
                    }
                }
            }
        }
        for ((_, print), [count_long, count_short]) in some.iter().zip(&counts) {
            let least = (print.long.len().min(long.len()), print.short.len().min(short.len()));
            if same_long(*count_long, least.0) || same_short(*count_short, least.1) {
                return false;
            }
        }
    }
    let formulas = |list: &FxHashMap<u64, Known>| list.values().all(|known| known.tells_of_none(others, place));
    lists.iter().all(formulas)
}

impl Known {
    /// Whether others that it tells of, now or before, surely print no text in common for all that.
    fn tells_of_none(&self, others: &[Other<'_>], place: Option<usize>) -> bool {
        let (now, before) = (self.others + self.some.len(), self.others + usize::from(self.gone));
        if now.max(before) <= COMMON || now == before && place.is_some() {
            return true;
        }
        // Of a formula each document is compared with the next, which is another where one comes or goes between the two.
        let (Some(_), true) = (place, now.min(before) > COMMON) else { return false };
        let (Some(one), Some(other)) = self.around else { return true };
        let (one, other) = (&others[one], &others[other]);
        let least = (one.1.len().min(other.1.len()), one.2.len().min(other.2.len()));
        !same_long(common(one.1, other.1), least.0) && !same_short(common(one.2, other.2), least.1)
    }
}

/// How many numbers two sorted lists have in common.
fn common(one: Fixed<'_>, other: Fixed<'_>) -> usize {
    let mut others = other.iter().peekable();
    let mut there = |hash: u64| {
        while others.next_if(|other| *other < hash).is_some() {}
        others.peek() == Some(&hash)
    };
    one.iter().filter(|hash| there(*hash)).count()
}

/// Whether so many common shingles are those of one text, of which the smaller has `least`.
fn same_long(count: usize, least: usize) -> bool {
    count >= LEAST && count as f64 >= SHARE * least as f64
}

/// The same for pairs.
fn same_short(count: usize, least: usize) -> bool {
    least < WIDTH + LEAST && count >= SHORT_LEAST && count == least
}

/// Tells, of each two documents that share hashes, how many.
fn shared(sets: &[&[u64]], mut tell: impl FnMut(usize, usize, usize)) {
    let mut all: Vec<(u64, u32)> = Vec::with_capacity(sets.iter().map(|set| set.len()).sum());
    for (at, set) in sets.iter().enumerate() {
        all.extend(set.iter().map(|hash| (*hash, at as u32)));
    }
    all.sort_unstable();
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for docs in all.chunk_by(|a, b| a.0 == b.0).filter(|docs| docs.len() > 1) {
        // Of a formula each document is compared with the next alone, so that many copies of one text still meet.
        let reach = if docs.len() <= COMMON { docs.len() } else { 1 };
        for (nth, a) in docs.iter().enumerate() {
            pairs.extend(docs[nth + 1..].iter().take(reach).map(|b| (a.1, b.1)));
        }
    }
    pairs.sort_unstable();
    for same in pairs.chunk_by(|a, b| a == b) {
        tell(same[0].0 as usize, same[0].1 as usize, same.len());
    }
}

/// FNV-1a over the parts of a shingle: the same on every machine.
fn hash<'a>(parts: impl Iterator<Item = &'a [u8]>) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in parts.flat_map(|part| part.iter().copied().chain([0])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::{Print, groups};

    #[test]
    fn the_same_text_counts_once() {
        let print = |long: &[u64], short: &[u64]| Print { long: long.to_vec(), short: short.to_vec() };
        let whole = print(&[1, 2, 3, 4, 5, 6, 7, 8], &[11, 12, 13, 14, 15, 16, 17, 18, 19]);
        let part = print(&[1, 2, 3, 4, 50], &[11, 12, 13, 14, 15, 16, 17, 80]);
        let brief = print(&[], &[17, 18, 19]);
        let other = print(&[1, 2, 3, 60, 70], &[11, 12, 13, 81, 82, 83, 84]);
        let empty = print(&[], &[]);
        let prints =
            [("a", &whole), ("b", &part), ("c", &other), ("d", &brief), ("e", &empty), ("e", &empty), ("", &empty)];
        assert_eq!(groups(&prints), [vec![0, 1, 3], vec![4, 5]]);
    }
}
