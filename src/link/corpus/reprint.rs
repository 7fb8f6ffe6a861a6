//! Reprints: documents that print the same text, or one the other's.
//!
//! Records hold no text, but the sequence of names in a text is as telling as its words: shingles of four
//! mentions in a row, compared by how much of the smaller set the larger holds.

use std::collections::BTreeMap;

use super::super::name::joined;
use super::groups::Groups;
use crate::record::Record;

/// Mentions in a shingle.
const WIDTH: usize = 4;
/// Share of the smaller document's shingles that the other must hold.
const SHARE: f64 = 0.6;
/// Fewer common shingles prove nothing.
const LEAST: usize = 4;
/// A shingle in more documents than this is a formula.
const COMMON: usize = 60;

/// Groups of two or more documents (by index in `records`) that print one text, sorted.
pub(super) fn groups(records: &[&Record]) -> Vec<Vec<usize>> {
    let mut sets = Groups::new(records.len());
    let mut by_hash: BTreeMap<&str, usize> = BTreeMap::new();
    let mut shingles: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    let mut sizes = vec![0usize; records.len()];
    for (at, record) in records.iter().enumerate() {
        if !record.sha256.is_empty()
            && let Some(first) = by_hash.insert(&record.sha256, at)
        {
            // Nothing is kept apart here: the join cannot be refused.
            let _ = sets.join(first, at);
        }
        let names: Vec<String> = record.mentions.iter().filter(|m| !m.inner).map(|m| joined(&m.text)).collect();
        let mut own: Vec<u64> = names.windows(WIDTH).map(hash).collect();
        own.sort_unstable();
        own.dedup();
        sizes[at] = own.len();
        for shingle in own {
            shingles.entry(shingle).or_default().push(at);
        }
    }
    let mut common: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for docs in shingles.values().filter(|docs| docs.len() > 1 && docs.len() <= COMMON) {
        for (nth, a) in docs.iter().enumerate() {
            for b in &docs[nth + 1..] {
                *common.entry((*a, *b)).or_default() += 1;
            }
        }
    }
    for ((a, b), count) in common {
        if count >= LEAST && count as f64 >= SHARE * sizes[a].min(sizes[b]) as f64 {
            let _ = sets.join(a, b);
        }
    }
    let mut out: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..records.len() {
        out.entry(sets.find(at)).or_default().push(at);
    }
    out.into_values().filter(|docs| docs.len() > 1).collect()
}

/// FNV-1a over the names of a shingle: the same on every machine.
fn hash(names: &[String]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in names.iter().flat_map(|name| name.bytes().chain([0])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}
