//! A double-array trie over characters, in flat bytes that need no loading.
//!
//! Characters get codes by how often they occur; a node is one 64-bit word (base, parent, value), and the child
//! of a node by a code stands at `base ^ code` (Aoe, 1989, with exclusive or as in later libraries).

use std::borrow::Cow;

use crate::error::{Error, Result};

/// Bits of a place in the array.
const PLACE: u32 = 22;
/// Bits of a value.
const VALUE: u32 = 64 - 2 * PLACE;
/// The parent of a slot that is not used.
const NOBODY: u32 = (1 << PLACE) - 1;
/// Codes of the basic plane stand in a table, two bytes a character.
const PLANE: usize = 1 << 16;

/// Terms found from a place onwards.
#[derive(Debug, Clone, Default)]
pub struct Trie {
    /// A table for the basic plane, then pairs of a character and its code, four bytes each, sorted.
    codes: Cow<'static, [u8]>,
    nodes: Cow<'static, [u8]>,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    base: u32,
    parent: u32,
    /// One more than the index of the term; 0 where none ends here.
    value: u32,
}

impl Node {
    #[inline]
    fn read(nodes: &[[u8; 8]], at: u32) -> Option<Node> {
        Some(Node::of(*nodes.get(at as usize)?))
    }

    #[inline]
    fn of(bytes: [u8; 8]) -> Node {
        let word = u64::from_le_bytes(bytes);
        let cut = |shift: u32, bits: u32| (word >> shift) as u32 & ((1 << bits) - 1);
        Node { base: cut(0, PLACE), parent: cut(PLACE, PLACE), value: cut(2 * PLACE, VALUE) }
    }

    fn bytes(self) -> [u8; 8] {
        let word = u64::from(self.base) | u64::from(self.parent) << PLACE | u64::from(self.value) << (2 * PLACE);
        word.to_le_bytes()
    }
}

fn half(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?)))
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// The code of a character outside the basic plane, which stand sorted.
fn far(rest: &[u8], c: char) -> u32 {
    let (mut low, mut high) = (0, rest.len() / 8);
    while low < high {
        let middle = (low + high) / 2;
        match word(rest, middle * 8) {
            Some(found) if found == c as u32 => return word(rest, middle * 8 + 4).unwrap_or(0),
            Some(found) if found < c as u32 => low = middle + 1,
            _ => high = middle,
        }
    }
    0
}

impl Trie {
    /// The trie of what [`Trie::codes`] and [`Trie::nodes`] gave.
    pub fn from_bytes(codes: Cow<'static, [u8]>, nodes: Cow<'static, [u8]>) -> Trie {
        Trie { codes, nodes }
    }

    /// The bytes of the table of codes. The build script writes them.
    #[allow(dead_code)]
    pub fn codes(&self) -> &[u8] {
        &self.codes
    }

    /// The bytes of the nodes. The build script writes them.
    #[allow(dead_code)]
    pub fn nodes(&self) -> &[u8] {
        &self.nodes
    }

    /// A trie that finds each term by its number. The terms are sorted, none twice, none empty; `numbers` are theirs,
    /// and `shares` say how often each is looked up: what is looked up most stands together and stays in the caches.
    ///
    /// # Errors
    /// Where there are more terms or different characters than the array can number.
    pub fn new(terms: &[&str], numbers: &[u32], shares: &[f64]) -> Result<Trie> {
        let (codes, shape) = (Codes::count(terms)?, terms.len() + 1);
        if shape >= 1 << VALUE {
            return Err(Error::new(format!("{} terms are more than one trie holds", terms.len()))
                .with_help(format!("all lists together may have {} terms", (1 << VALUE) - 2)));
        }
        let shape = Shape::new(terms, numbers, shares, &codes);
        let (bases, length) = place(&shape, codes.count);
        if length > NOBODY as usize {
            return Err(Error::new("the lists below lexicon/ are too large for one trie"));
        }
        let empty = Node { base: 0, parent: NOBODY, value: 0 };
        let mut nodes = vec![empty; length];
        let mut places = vec![0_u32; shape.parts.len()];
        nodes[0].base = bases[0];
        for (at, part) in shape.parts.iter().enumerate() {
            for child in part.first..part.first + part.count {
                let below = &shape.parts[child as usize];
                let place = bases[at] ^ below.code;
                places[child as usize] = place;
                nodes[place as usize] = Node { base: bases[child as usize], parent: places[at], value: below.value };
            }
        }
        let nodes: Vec<u8> = nodes.into_iter().flat_map(Node::bytes).collect();
        Ok(Trie { codes: Cow::Owned(codes.bytes()), nodes: Cow::Owned(nodes) })
    }

    /// The code of a character; 0 where no term holds it.
    pub fn code(&self, c: char) -> u32 {
        let at = c as usize;
        if at < PLANE {
            return half(&self.codes, at * 2).unwrap_or(0);
        }
        far(self.codes.get(PLANE * 2..).unwrap_or_default(), c)
    }

    /// The codes of characters, in order.
    pub fn encode(&self, chars: &[char], codes: &mut Vec<u32>) {
        let (plane, rest) = self.codes.split_at(self.codes.len().min(PLANE * 2));
        let (plane, _) = plane.as_chunks::<2>();
        codes.clear();
        codes.extend(chars.iter().map(|&c| match plane.get(c as usize) {
            Some(code) => u32::from(u16::from_le_bytes(*code)),
            None => far(rest, c),
        }));
    }

    /// The terms that the codes begin with, shortest first: index and length in characters.
    pub fn prefixes<I: Iterator<Item = u32>>(&self, codes: I) -> Prefixes<'_, I> {
        let (nodes, _) = self.nodes.as_chunks::<8>();
        let base = Node::read(nodes, 0).map_or(0, |node| node.base);
        Prefixes { nodes, codes, base, place: 0, length: 0 }
    }
}

/// A term found in a text: first character, characters, index.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Occurrence {
    /// First character.
    pub start: u32,
    /// Characters.
    pub length: u32,
    /// Index of the term.
    pub term: u32,
}

/// Buffers of [`Trie::everywhere`], used again from text to text.
#[derive(Debug, Clone, Default)]
pub struct Walk {
    /// Where the search goes on: first character, base and place of the node reached.
    alive: Vec<(u32, u32, u32)>,
    /// Where each comes to next, and what stands there.
    ahead: Vec<(u32, [u8; 8])>,
    /// What was found, the shortest first, those of one length in the order of the text.
    pub found: Vec<Occurrence>,
}

/// What stands where there is no node: one of nobody.
const NOTHING: [u8; 8] = [0xff; 8];

impl Trie {
    /// The terms everywhere in a text of codes. The search goes one character further from all places at once, and all
    /// that stands there is read before any of it is looked at: the array is larger than the caches, and so many places
    /// of it are fetched at the same time. No node has a child by the code 0.
    pub fn everywhere(&self, codes: &[u32], walk: &mut Walk) {
        let Walk { alive, ahead, found } = walk;
        found.clear();
        alive.clear();
        let (nodes, _) = self.nodes.as_chunks::<8>();
        let Some(root) = Node::read(nodes, 0) else { return };
        let fetch = |next: u32| (next, nodes.get(next as usize).copied().unwrap_or(NOTHING));
        ahead.clear();
        ahead.extend(codes.iter().map(|&code| fetch(root.base ^ code)));
        for (start, &(next, bytes)) in (0..).zip(&*ahead) {
            let node = Node::of(bytes);
            if node.parent != 0 {
                continue;
            }
            if let Some(term) = node.value.checked_sub(1) {
                found.push(Occurrence { start, length: 1, term });
            }
            // A node without children has no base.
            if node.base != 0 {
                alive.push((start, node.base, next));
            }
        }
        let mut length = 1;
        while !alive.is_empty() {
            let rest = codes.get(length as usize..).unwrap_or_default();
            alive.truncate(alive.partition_point(|&(start, ..)| (start as usize) < rest.len()));
            ahead.clear();
            ahead.extend(alive.iter().map(|&(start, base, _)| fetch(base ^ rest[start as usize])));
            let mut kept = 0;
            for (at, &(next, bytes)) in ahead.iter().enumerate() {
                let (start, _, place) = alive[at];
                let node = Node::of(bytes);
                if node.parent != place {
                    continue;
                }
                if let Some(term) = node.value.checked_sub(1) {
                    found.push(Occurrence { start, length: length + 1, term });
                }
                alive[kept] = (start, node.base, next);
                kept += usize::from(node.base != 0);
            }
            alive.truncate(kept);
            length += 1;
        }
    }
}

/// Terms from one place onwards.
pub struct Prefixes<'t, I> {
    nodes: &'t [[u8; 8]],
    codes: I,
    base: u32,
    place: u32,
    length: usize,
}

impl<I: Iterator<Item = u32>> Iterator for Prefixes<'_, I> {
    type Item = (u32, usize);

    #[inline]
    fn next(&mut self) -> Option<(u32, usize)> {
        // A node without children has no base.
        while self.base != 0 {
            let code = self.codes.next()?;
            let place = self.base ^ code;
            let node = Node::read(self.nodes, place)?;
            if node.parent != self.place || code == 0 {
                self.base = 0;
                return None;
            }
            (self.base, self.place) = (node.base, place);
            self.length += 1;
            if let Some(term) = node.value.checked_sub(1) {
                return Some((term, self.length));
            }
        }
        None
    }
}

/// Codes of characters, the commonest first.
struct Codes {
    of: Vec<u32>,
    count: u32,
}

impl Codes {
    fn count(terms: &[&str]) -> Result<Codes> {
        let mut seen = vec![0_u32; char::MAX as usize + 1];
        for c in terms.iter().flat_map(|term| term.chars()) {
            seen[c as usize] += 1;
        }
        let mut order: Vec<usize> = (0..seen.len()).filter(|&c| seen[c] > 0).collect();
        order.sort_by_key(|&c| std::cmp::Reverse(seen[c]));
        if order.len() >= PLANE {
            return Err(Error::new("the lists below lexicon/ hold more than 65,535 different characters"));
        }
        let mut of = seen;
        of.fill(0);
        for (at, &c) in order.iter().enumerate() {
            of[c] = at as u32 + 1;
        }
        Ok(Codes { of, count: order.len() as u32 })
    }

    fn bytes(&self) -> Vec<u8> {
        let plane = self.of[..PLANE].iter().flat_map(|&code| (code as u16).to_le_bytes());
        let above = (PLANE..self.of.len()).filter(|&c| self.of[c] > 0);
        plane.chain(above.flat_map(|c| [(c as u32).to_le_bytes(), self.of[c].to_le_bytes()].concat())).collect()
    }
}

/// A node before it has a place.
struct Part {
    /// The code that leads to it.
    code: u32,
    value: u32,
    /// Its children stand together.
    first: u32,
    count: u32,
    /// How often the terms below it are looked up.
    share: f64,
}

struct Shape {
    /// Level by level.
    parts: Vec<Part>,
}

impl Shape {
    fn new(terms: &[&str], numbers: &[u32], shares: &[f64], codes: &Codes) -> Shape {
        let mut flat: Vec<u32> = Vec::new();
        let mut starts: Vec<usize> = Vec::with_capacity(terms.len() + 1);
        for term in terms {
            starts.push(flat.len());
            flat.extend(term.chars().map(|c| codes.of[c as usize]));
        }
        starts.push(flat.len());
        let mut sums = vec![0.0];
        for share in shares {
            sums.push(sums[sums.len() - 1] + share);
        }
        let mut parts = vec![Part { code: 0, value: 0, first: 0, count: 0, share: 0.0 }];
        // The terms below each part.
        let mut ranges = vec![(0, terms.len())];
        let (mut depth, mut level) = (0, 0..1);
        while !level.is_empty() {
            let next = parts.len();
            for at in level {
                let (mut low, high) = ranges[at];
                if low < high && starts[low] + depth == starts[low + 1] {
                    parts[at].value = numbers[low] + 1;
                    low += 1;
                }
                parts[at].first = parts.len() as u32;
                while low < high {
                    let code = flat[starts[low] + depth];
                    let mut end = low + 1;
                    while end < high && flat[starts[end] + depth] == code {
                        end += 1;
                    }
                    parts.push(Part { code, value: 0, first: 0, count: 0, share: sums[end] - sums[low] });
                    ranges.push((low, end));
                    parts[at].count += 1;
                    low = end;
                }
            }
            level = next..parts.len();
            depth += 1;
        }
        Shape { parts }
    }
}

/// Finds each part's base, those with the most children first, so that single children fill the gaps, and of these
/// the ones looked up most. Gives the bases and the length of the array.
fn place(shape: &Shape, codes: u32) -> (Vec<u32>, usize) {
    /// Gaps that are tried before the part goes to the end.
    const TRIES: usize = 5_000;
    let parts = &shape.parts;
    let mut order: Vec<u32> = (0..parts.len() as u32).filter(|&at| parts[at as usize].count > 0).collect();
    let wanted = |at: &u32| (parts[*at as usize].count, parts[*at as usize].share);
    order.sort_by(|a, b| wanted(b).0.cmp(&wanted(a).0).then(wanted(b).1.total_cmp(&wanted(a).1)));
    let block = (codes as usize + 1).next_power_of_two();
    let mut slots = Slots::new(block);
    slots.take(0);
    let mut bases = vec![0; parts.len()];
    let (mut from, mut last) = (1, u32::MAX);
    for at in order {
        let part = &parts[at as usize];
        let children = &parts[part.first as usize..(part.first + part.count) as usize];
        if part.count < last {
            (from, last) = (slots.next(1), part.count);
        }
        let (mut gap, mut tries) = (from, 0);
        let base = loop {
            let base = gap ^ children[0].code as usize;
            if base != 0 && children.iter().all(|child| slots.is_free(base ^ child.code as usize)) {
                break base;
            }
            tries += 1;
            gap = slots.next(gap + 1);
            if tries == TRIES {
                (tries, gap) = (0, gap.max(slots.length().saturating_sub(block)));
                gap = slots.next(gap);
            }
        };
        from = if part.count == 1 { gap } else { gap.saturating_sub(64 * part.count as usize).max(from) };
        children.iter().for_each(|child| slots.take(base ^ child.code as usize));
        bases[at as usize] = base as u32;
    }
    let length = slots.length();
    (bases, length)
}

/// Which slots are taken, a bit each; there are always more at the end.
struct Slots {
    taken: Vec<u64>,
    block: usize,
}

impl Slots {
    fn new(block: usize) -> Slots {
        Slots { taken: Vec::new(), block: block.max(64) }
    }

    fn length(&self) -> usize {
        self.taken.len() * 64
    }

    fn is_free(&self, slot: usize) -> bool {
        self.taken.get(slot / 64).is_none_or(|bits| bits >> (slot % 64) & 1 == 0)
    }

    fn take(&mut self, slot: usize) {
        while slot >= self.length() {
            self.taken.extend(std::iter::repeat_n(0, self.block / 64));
        }
        self.taken[slot / 64] |= 1 << (slot % 64);
    }

    /// The first free slot from `slot` onwards.
    fn next(&self, slot: usize) -> usize {
        let mut at = slot / 64;
        let mut mask = u64::MAX << (slot % 64);
        while let Some(bits) = self.taken.get(at) {
            let free = !bits & mask;
            if free != 0 {
                return at * 64 + free.trailing_zeros() as usize;
            }
            (at, mask) = (at + 1, u64::MAX);
        }
        slot.max(self.length())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each term by its place in the list.
    fn trie_of(terms: &[&str]) -> Trie {
        let numbers: Vec<u32> = (0..terms.len() as u32).collect();
        let shares: Vec<f64> = numbers.iter().map(|number| f64::from(number % 7)).collect();
        Trie::new(terms, &numbers, &shares).unwrap()
    }

    fn found(trie: &Trie, text: &str) -> Vec<(u32, usize)> {
        trie.prefixes(text.chars().map(|c| trie.code(c))).collect()
    }

    #[test]
    fn terms_are_found_shortest_first() {
        let terms = ["a", "ab", "中", "中国", "中国人民", "𠮷野", "人"];
        let mut sorted = terms.to_vec();
        sorted.sort_unstable();
        let trie = trie_of(&sorted);
        let words = |text: &str| found(&trie, text).iter().map(|&(at, _)| sorted[at as usize]).collect::<Vec<_>>();
        assert_eq!(words("中国人民银行"), ["中", "中国", "中国人民"]);
        assert_eq!(words("中人"), ["中"]);
        assert_eq!(words("abc"), ["a", "ab"]);
        assert_eq!(words("𠮷野家"), ["𠮷野"]);
        assert!(words("国中").is_empty() && words("").is_empty() && words("𠮷").is_empty());
        assert!(found(&Trie::default(), "中国").is_empty());
        assert!(found(&trie_of(&[]), "中国").is_empty());
    }

    proptest::proptest! {
        #[test]
        fn it_finds_what_a_search_finds(
            terms in proptest::collection::btree_set("[一二三四五a𠀀]{1,5}", 0..60),
            text in "[一二三四五六ab𠀀𠀁]{0,12}",
        ) {
            let terms: Vec<&str> = terms.iter().map(String::as_str).collect();
            let trie = trie_of(&terms);
            let mut walk = Walk::default();
            trie.everywhere(&text.chars().map(|c| trie.code(c)).collect::<Vec<_>>(), &mut walk);
            let mut all: Vec<(u32, u32, u32)> = walk.found.iter().map(|o| (o.start, o.length, o.term)).collect();
            all.sort_unstable();
            let starts = text.char_indices().enumerate();
            let each = starts.flat_map(|(start, (at, _))| {
                found(&trie, &text[at..]).into_iter().map(move |(term, length)| (start as u32, length as u32, term))
            });
            proptest::prop_assert_eq!(all, each.collect::<Vec<_>>());
            let mut wanted: Vec<(u32, usize)> = terms.iter().enumerate().filter(|(_, term)| text.starts_with(**term))
                .map(|(at, term)| (at as u32, term.chars().count())).collect();
            wanted.sort_by_key(|&(_, length)| length);
            proptest::prop_assert_eq!(found(&trie, &text), wanted);
        }
    }
}
