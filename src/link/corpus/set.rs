//! Small sets as sorted lists, and numbers for words, so that comparing what two persons share compares numbers.

use std::hash::Hash;

use rustc_hash::FxHashMap;

/// A set as a sorted list.
#[derive(Debug, Default, Clone)]
pub(super) struct Set<T>(Vec<T>);

impl<T: Copy + Ord> Set<T> {
    pub fn of(items: impl IntoIterator<Item = T>) -> Set<T> {
        let mut list: Vec<T> = items.into_iter().collect();
        list.sort_unstable();
        list.dedup();
        Set(list)
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn first(&self) -> Option<T> {
        self.0.first().copied()
    }

    pub fn iter(&self) -> impl Iterator<Item = T> + '_ {
        self.0.iter().copied()
    }

    /// Takes over the members of another.
    pub fn extend(&mut self, mut other: Set<T>) {
        if self.0.len() < other.0.len() {
            std::mem::swap(&mut self.0, &mut other.0);
        }
        other.0.retain(|item| self.0.binary_search(item).is_err());
        // From the last on, all that stands behind one moves once.
        let (mut end, mut room) = (self.0.len(), other.0.len());
        self.0.extend_from_slice(&other.0);
        for item in other.0.into_iter().rev() {
            let place = self.0[..end].partition_point(|there| *there < item);
            self.0.copy_within(place..end, place + room);
            (end, room) = (place, room - 1);
            self.0[place + room] = item;
        }
    }

    /// What two sets have in common, from the least on; the smaller is walked through.
    pub fn common<'s>(&'s self, other: &'s Set<T>) -> impl Iterator<Item = T> + 's {
        let (small, large) = if self.len() <= other.len() { (self, other) } else { (other, self) };
        let mut rest = large.0.as_slice();
        small.iter().filter(move |item| {
            let mut reach = 1;
            while rest.get(reach).is_some_and(|there| there < item) {
                reach *= 2;
            }
            let near = rest.get(..=reach).unwrap_or(rest);
            rest = &rest[near.partition_point(|there| there < item)..];
            rest.first() == Some(item)
        })
    }
}

impl Set<i32> {
    /// The least difference between a member of the one and one of the other.
    pub fn apart(&self, other: &Set<i32>) -> Option<i32> {
        let nearest = |x: i32| {
            let (below, above) = other.0.split_at(other.0.partition_point(|y| *y <= x));
            below.last().map(|y| x - y).into_iter().chain(above.first().map(|y| y - x)).min()
        };
        self.iter().filter_map(nearest).min()
    }
}

/// Keys, numbered in their order.
pub(super) struct Numbers<K> {
    numbers: FxHashMap<K, u32>,
    keys: Vec<K>,
}

impl<K: Copy + Ord + Hash> Numbers<K> {
    pub fn of(keys: impl Iterator<Item = K>) -> Numbers<K> {
        let mut numbers: FxHashMap<K, u32> = keys.map(|key| (key, 0)).collect();
        let mut keys: Vec<K> = numbers.keys().copied().collect();
        keys.sort_unstable();
        numbers.extend(keys.iter().copied().zip(0..));
        Numbers { numbers, keys }
    }

    /// The number of a key that was told.
    pub fn number(&self, key: K) -> Option<u32> {
        self.numbers.get(&key).copied()
    }

    /// The key of a number.
    pub fn key(&self, number: u32) -> K {
        self.keys[number as usize]
    }

    /// All keys in order.
    pub fn keys(&self) -> &[K] {
        &self.keys
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_do_what_sets_of_the_library_do() {
        use std::collections::BTreeSet;
        let mut chance = 0x2545_f491_4f6c_dd1d_u64;
        let mut list = |size: u64, end: u64| -> Vec<i32> {
            let mut next = || {
                chance = chance.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
                chance >> 33
            };
            (0..next() % size).map(|_| (next() % end) as i32).collect()
        };
        for round in 0..200 {
            let end = [6, 40, 900][round % 3];
            let (one, other) = (list(5 + round as u64, end), list(9, end));
            let (mut a, b) = (Set::of(one.iter().copied()), Set::of(other.iter().copied()));
            let (mut x, y): (BTreeSet<i32>, BTreeSet<i32>) = (one.into_iter().collect(), other.into_iter().collect());
            let common: Vec<i32> = x.intersection(&y).copied().collect();
            assert_eq!(a.common(&b).collect::<Vec<_>>(), common);
            assert_eq!(b.common(&a).collect::<Vec<_>>(), common);
            let apart = x.iter().flat_map(|x| y.iter().map(move |y| (x - y).abs())).min();
            assert_eq!((a.apart(&b), b.apart(&a)), (apart, apart));
            a.extend(b);
            x.extend(y);
            assert_eq!(a.iter().collect::<Vec<_>>(), x.into_iter().collect::<Vec<_>>());
        }
    }
}
