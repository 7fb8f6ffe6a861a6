//! How often things are said: sorted hashes with their counts.

use std::collections::BTreeMap;

/// Hashes with their counts, sorted; none is 0.
pub type Counts = Vec<(u64, u32)>;

/// Counts hashes that come in any order.
pub fn count(mut hashes: Vec<u64>) -> Counts {
    hashes.sort_unstable();
    hashes.chunk_by(|a, b| a == b).map(|same| (same[0], u32::try_from(same.len()).unwrap_or(u32::MAX))).collect()
}

/// What comes and goes.
#[derive(Debug, Default)]
pub struct Changes(BTreeMap<u64, i64>);

/// What was not there before, and what is there no more.
#[derive(Debug, Default)]
pub struct Turned {
    /// Hashes that nobody said before.
    pub come: Vec<u64>,
    /// Hashes that nobody says any more.
    pub gone: Vec<u64>,
}

impl Changes {
    /// Said once more, or once less.
    pub fn add(&mut self, hash: u64, by: i64) {
        *self.0.entry(hash).or_default() += by;
    }

    /// Applies the changes; `None` where something would be said less than never.
    pub fn apply(&self, counts: &[(u64, u32)]) -> Option<(Counts, Turned)> {
        let mut turned = Turned::default();
        let mut out = Vec::with_capacity(counts.len() + self.0.len());
        let mut from = 0;
        for (&hash, &by) in self.0.iter().filter(|(_, by)| **by != 0) {
            let at = from + counts[from..].partition_point(|(other, _)| *other < hash);
            out.extend_from_slice(&counts[from..at]);
            let old = counts.get(at).filter(|(other, _)| *other == hash).map_or(0, |(_, count)| *count);
            from = at + usize::from(old > 0);
            let new = u32::try_from(i64::from(old) + by).ok()?;
            if new > 0 {
                out.push((hash, new));
            }
            match (old, new) {
                (0, _) => turned.come.push(hash),
                (_, 0) => turned.gone.push(hash),
                _ => {}
            }
        }
        out.extend_from_slice(&counts[from..]);
        Some((out, turned))
    }
}

/// The count of a hash.
pub fn of(counts: &[(u64, u32)], hash: u64) -> u32 {
    counts.binary_search_by_key(&hash, |(other, _)| *other).map_or(0, |at| counts[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_give_what_counting_anew_gives() {
        let before = count(vec![7, 1, 7, 3, 9, 9, 9]);
        assert_eq!(before, [(1, 1), (3, 1), (7, 2), (9, 3)]);
        let mut changes = Changes::default();
        for (hash, by) in [(3, -1), (4, 1), (7, -1), (9, 2), (9, -2), (0, 1), (12, 1), (12, -1)] {
            changes.add(hash, by);
        }
        let (after, turned) = changes.apply(&before).expect("possible");
        assert_eq!(after, count(vec![7, 1, 4, 9, 9, 9, 0]));
        assert_eq!((turned.come, turned.gone), (vec![0, 4], vec![3]));
        assert_eq!((of(&after, 9), of(&after, 3)), (3, 0));
        changes.add(3, -1);
        assert!(changes.apply(&before).is_none());
    }
}
