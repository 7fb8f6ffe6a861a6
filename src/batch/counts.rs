//! How often things are said: sorted hashes with their counts.

use std::collections::BTreeMap;

use super::ledger::number;

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

    /// Applies the changes to counts, of which `more` are others by now; gives those that are others then. `None` where
    /// something would be said less than never.
    pub fn apply(&self, counts: Kept<'_>, more: &More) -> Option<(More, Turned)> {
        let (mut out, mut turned) = (more.clone(), Turned::default());
        for (&hash, &by) in self.0.iter().filter(|(_, by)| **by != 0) {
            let old = counts.of(hash, more);
            let new = u32::try_from(i64::from(old) + by).ok()?;
            out.insert(hash, new);
            match (old, new) {
                (0, _) => turned.come.push(hash),
                (_, 0) => turned.gone.push(hash),
                _ => {}
            }
        }
        Some((out, turned))
    }
}

/// Counts that are others than those kept; 0 for what is said no more.
pub type More = BTreeMap<u64, u32>;

/// Counts in the bytes of a ledger: sorted hashes (u64), then numbers (u32).
#[derive(Debug, Clone, Copy)]
pub struct Kept<'a> {
    pub hashes: &'a [u8],
    pub numbers: &'a [u8],
}

impl<'a> Kept<'a> {
    /// The hashes.
    pub fn all(self) -> impl Iterator<Item = u64> + use<'a> {
        (0..self.hashes.len() / 8).filter_map(move |at| Some(number(self.hashes, at * 8)? as u64))
    }

    /// The count of a hash.
    pub fn of(self, hash: u64, more: &More) -> u32 {
        if let Some(count) = more.get(&hash) {
            return *count;
        }
        let there = |at: usize| number(self.hashes, at * 8).unwrap_or_default() as u64;
        let (mut low, mut high) = (0, self.hashes.len() / 8);
        while low < high {
            let middle = low + (high - low) / 2;
            if there(middle) < hash { low = middle + 1 } else { high = middle }
        }
        let four = self.numbers.get(low * 4..low * 4 + 4).filter(|_| there(low) == hash);
        four.and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes)
    }
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
        let hashes: Vec<u8> = before.iter().flat_map(|(hash, _)| hash.to_le_bytes()).collect();
        let numbers: Vec<u8> = before.iter().flat_map(|(_, number)| number.to_le_bytes()).collect();
        let kept = Kept { hashes: &hashes, numbers: &numbers };
        let none = More::new();
        let (after, turned) = changes.apply(kept, &none).expect("possible");
        let all = (0..20).map(|hash| (hash, kept.of(hash, &after))).filter(|(_, count)| *count > 0);
        assert_eq!(all.collect::<Vec<_>>(), count(vec![7, 1, 4, 9, 9, 9, 0]));
        assert_eq!((turned.come, turned.gone), (vec![0, 4], vec![3]));
        assert!((0..20).all(|hash| kept.of(hash, &none) == before.iter().find(|b| b.0 == hash).map_or(0, |b| b.1)));
        // Changes follow on changes.
        let mut again = Changes::default();
        again.add(3, 2);
        let (after, turned) = again.apply(kept, &after).expect("possible");
        assert_eq!((kept.of(3, &after), kept.of(4, &after), turned.come), (2, 1, vec![3]));
        changes.add(3, -1);
        assert!(changes.apply(kept, &none).is_none());
    }
}
