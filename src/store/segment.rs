//! A part of a text index: written once as bytes, then read in place, from memory or from a file.
//!
//! ```text
//! texts            for each text in order: its length (varint), the text, its IRIs parted by line breaks
//! lists            for each pair of characters: the numbers of the texts that hold it, as differences (varints)
//! table of texts   where each text begins (u64), and where the last ends
//! table of pairs   the two characters (u32, u32), where its list begins (u64), how many numbers (u32); sorted
//! foot             how many texts, how many pairs, where the two tables begin (u64 each), magic
//! ```
//!
//! Numbers are little-endian. Nothing is read before it is asked for, so that opening costs nothing and an
//! index takes no memory.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::Mutex;
#[cfg(test)]
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use rustc_hash::FxHashMap;

const MAGIC: &[u8; 8] = b"zhituTX1";
const FOOT: u64 = 40;
const PAIR: u64 = 20;
/// So few bytes between two places are read with them.
const NEAR: u64 = 1 << 12;
/// How many of the rarest pairs are looked up.
const LOOKED_UP: usize = 3;

/// One part of an index.
#[derive(Debug)]
pub(super) struct Segment {
    bytes: Place,
    texts: u64,
    pairs: u64,
    text_table: u64,
    pair_table: u64,
}

/// Where the bytes stand.
#[derive(Debug)]
struct Place {
    bytes: Bytes,
    /// How many were read, for tests of what a search costs.
    #[cfg(test)]
    read: AtomicU64,
}

#[derive(Debug)]
enum Bytes {
    Memory(Vec<u8>),
    File(Mutex<File>),
}

impl Place {
    fn new(bytes: Bytes) -> Place {
        Place {
            bytes,
            #[cfg(test)]
            read: AtomicU64::new(0),
        }
    }

    fn read(&self, from: u64, len: u64) -> io::Result<Vec<u8>> {
        #[cfg(test)]
        self.read.fetch_add(len, Relaxed);
        match &self.bytes {
            Bytes::Memory(bytes) => {
                let part = usize::try_from(from).ok().zip(usize::try_from(from.saturating_add(len)).ok());
                let part = part.and_then(|(from, to)| bytes.get(from..to)).ok_or_else(damaged)?;
                Ok(part.to_vec())
            }
            Bytes::File(file) => {
                let mut file = file.lock().map_err(|_| damaged())?;
                file.seek(SeekFrom::Start(from))?;
                let mut part = Vec::new();
                (&mut *file).take(len).read_to_end(&mut part)?;
                if part.len() as u64 == len { Ok(part) } else { Err(damaged()) }
            }
        }
    }
}

impl Segment {
    /// The index of texts, each with an IRI, in memory.
    pub(super) fn new(texts: Vec<(String, String)>) -> io::Result<Segment> {
        let mut bytes = Vec::new();
        write(texts, &mut bytes)?;
        let len = bytes.len() as u64;
        Segment::of(Bytes::Memory(bytes), len)
    }

    /// The index in a file.
    pub(super) fn open(file: File) -> io::Result<Segment> {
        let len = file.metadata()?.len();
        Segment::of(Bytes::File(Mutex::new(file)), len)
    }

    fn of(bytes: Bytes, len: u64) -> io::Result<Segment> {
        let bytes = Place::new(bytes);
        let foot = bytes.read(len.checked_sub(FOOT).ok_or_else(damaged)?, FOOT)?;
        let number = |at: usize| number(foot.get(at * 8..at * 8 + 8));
        let segment =
            Segment { texts: number(0)?, pairs: number(1)?, text_table: number(2)?, pair_table: number(3)?, bytes };
        let end = segment.pairs.checked_mul(PAIR).and_then(|size| size.checked_add(segment.pair_table));
        let begin =
            segment.texts.checked_add(1).and_then(|count| count.checked_mul(8)?.checked_add(segment.text_table));
        let fits = end == Some(len - FOOT)
            && begin == Some(segment.pair_table)
            && foot.ends_with(MAGIC)
            && segment.texts < u64::from(u32::MAX);
        if fits { Ok(segment) } else { Err(damaged()) }
    }

    /// How many bytes it has, and how many of them were read since this was asked last.
    #[cfg(test)]
    pub(super) fn work(&self) -> (u64, u64) {
        (self.pair_table + self.pairs * PAIR + FOOT, self.bytes.read.swap(0, Relaxed))
    }

    /// The IRIs of the text that is these words.
    pub(super) fn exact(&self, words: &str, found: &mut dyn FnMut(&str, &str)) -> io::Result<()> {
        let mut cursor = Cursor::new(self);
        let (mut low, mut high) = (0, self.texts);
        while low < high {
            let middle = low + (high - low) / 2;
            match cursor.text(middle)?.0.cmp(words) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return cursor.tell(middle, found),
            }
        }
        Ok(())
    }

    /// The texts that hold the words, each with its IRIs.
    pub(super) fn holding(&self, words: &str, found: &mut dyn FnMut(&str, &str)) -> io::Result<()> {
        let mut cursor = Cursor::new(self);
        let mut test = |at: u64| if cursor.text(at)?.0.contains(words) { cursor.tell(at, found) } else { Ok(()) };
        match self.candidates(words)? {
            Some(candidates) => candidates.into_iter().try_for_each(|at| test(at.into())),
            None => (0..self.texts).try_for_each(test),
        }
    }

    /// The texts that share pairs with the words, by number, with how many they share.
    pub(super) fn sharing(&self, words: &str) -> io::Result<FxHashMap<u32, usize>> {
        let mut shared: FxHashMap<u32, usize> = FxHashMap::default();
        for pair in pairs_of(words) {
            if let Some(list) = self.pair(pair)? {
                self.list(&list)?.into_iter().for_each(|at| *shared.entry(at).or_default() += 1);
            }
        }
        Ok(shared)
    }

    /// The text of that number.
    pub(super) fn text(&self, at: u32) -> io::Result<String> {
        Ok(Cursor::new(self).text(at.into())?.0.to_owned())
    }

    /// Texts that hold the rarest pairs of the words; `None` where the words are one character.
    fn candidates(&self, words: &str) -> io::Result<Option<Vec<u32>>> {
        let mut lists = Vec::new();
        for pair in pairs_of(words) {
            match self.pair(pair)? {
                Some(list) => lists.push(list),
                None => return Ok(Some(Vec::new())),
            }
        }
        lists.sort_by_key(|list| list.count);
        lists.dedup_by_key(|list| list.begin);
        let Some((first, others)) = lists.split_first() else { return Ok(None) };
        let mut found = self.list(first)?;
        for list in others.iter().take(LOOKED_UP - 1) {
            // A long list costs more to read than a few texts.
            if u64::from(list.count) > 64 * found.len() as u64 {
                break;
            }
            let list = self.list(list)?;
            found.retain(|at| list.binary_search(at).is_ok());
        }
        Ok(Some(found))
    }

    fn pair(&self, pair: (char, char)) -> io::Result<Option<List>> {
        let wanted = (u32::from(pair.0), u32::from(pair.1));
        let (mut low, mut high) = (0, self.pairs);
        while low < high {
            let middle = low + (high - low) / 2;
            let line = self.bytes.read(self.pair_table + middle * PAIR, PAIR)?;
            let here = (short(line.get(..4))?, short(line.get(4..8))?);
            match here.cmp(&wanted) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => {
                    // The lists stand in the order of the pairs.
                    let end = if middle + 1 < self.pairs {
                        number(Some(&self.bytes.read(self.pair_table + (middle + 1) * PAIR + 8, 8)?))?
                    } else {
                        self.text_table
                    };
                    let (begin, count) = (number(line.get(8..16))?, short(line.get(16..20))?);
                    return Ok(Some(List { begin, end, count }));
                }
            }
        }
        Ok(None)
    }

    fn list(&self, list: &List) -> io::Result<Vec<u32>> {
        let bytes = self.bytes.read(list.begin, list.end.checked_sub(list.begin).ok_or_else(damaged)?)?;
        let (mut rest, mut last, mut numbers) = (bytes.as_slice(), 0u32, Vec::new());
        for _ in 0..list.count {
            let step = take(&mut rest).and_then(|step| u32::try_from(step).ok()).ok_or_else(damaged)?;
            last = last.checked_add(step).ok_or_else(damaged)?;
            numbers.push(last);
        }
        Ok(numbers)
    }
}

struct List {
    begin: u64,
    end: u64,
    count: u32,
}

/// Reads texts one after the other, far ahead where they stand together.
struct Cursor<'a> {
    segment: &'a Segment,
    table: Window,
    blob: Window,
}

impl<'a> Cursor<'a> {
    fn new(segment: &'a Segment) -> Cursor<'a> {
        Cursor { segment, table: Window::default(), blob: Window::default() }
    }

    /// A text and its IRIs.
    fn text(&mut self, at: u64) -> io::Result<(&str, &str)> {
        let segment = self.segment;
        let place = self.table.read(&segment.bytes, segment.text_table + at * 8, 16, segment.pair_table)?;
        let (begin, end) = (number(place.get(..8))?, number(place.get(8..16))?);
        let len = end.checked_sub(begin).ok_or_else(damaged)?;
        let mut rest = self.blob.read(&segment.bytes, begin, len, segment.text_table)?;
        let len = take(&mut rest).and_then(|len| usize::try_from(len).ok()).ok_or_else(damaged)?;
        let (text, iris) = rest.split_at_checked(len).ok_or_else(damaged)?;
        let read = |bytes| std::str::from_utf8(bytes).map_err(|_| damaged());
        Ok((read(text)?, read(iris)?))
    }

    fn tell(&mut self, at: u64, found: &mut dyn FnMut(&str, &str)) -> io::Result<()> {
        let (text, iris) = self.text(at)?;
        iris.split('\n').for_each(|iri| found(text, iri));
        Ok(())
    }
}

/// What was read last, and how much is read at a time: more where the next place follows.
#[derive(Default)]
struct Window {
    begin: u64,
    bytes: Vec<u8>,
    size: u64,
}

impl Window {
    fn read(&mut self, bytes: &Place, from: u64, len: u64, end: u64) -> io::Result<&[u8]> {
        let here = self.begin + self.bytes.len() as u64;
        if from < self.begin || from + len > here {
            let follows = from >= self.begin && from <= here + NEAR;
            self.size = if follows { (self.size * 2).clamp(1 << 12, 1 << 18) } else { 1 << 8 };
            self.bytes = bytes.read(from, len.max(self.size.min(end.saturating_sub(from))))?;
            self.begin = from;
        }
        let start = usize::try_from(from - self.begin).map_err(|_| damaged())?;
        let len = usize::try_from(len).map_err(|_| damaged())?;
        self.bytes.get(start..start + len).ok_or_else(damaged)
    }
}

/// Writes the index of texts, each with an IRI.
pub(super) fn write(mut texts: Vec<(String, String)>, out: &mut impl Write) -> io::Result<()> {
    texts.sort_unstable();
    texts.dedup();
    let mut lists: FxHashMap<(char, char), Vec<u32>> = FxHashMap::default();
    let (mut places, mut at) = (vec![0u64], 0);
    for group in texts.chunk_by(|a, b| a.0 == b.0) {
        let text = group[0].0.as_str();
        let number = u32::try_from(places.len() - 1).map_err(|_| io::Error::other("too many texts"))?;
        for pair in pairs_of(text) {
            let list = lists.entry(pair).or_default();
            if list.last() != Some(&number) {
                list.push(number);
            }
        }
        let mut entry = Vec::with_capacity(text.len() + 8);
        put(&mut entry, text.len() as u64);
        entry.extend_from_slice(text.as_bytes());
        for (nth, (_, iri)) in group.iter().enumerate() {
            if nth > 0 {
                entry.push(b'\n');
            }
            entry.extend_from_slice(iri.as_bytes());
        }
        out.write_all(&entry)?;
        at += entry.len() as u64;
        places.push(at);
    }
    let mut order: Vec<(char, char)> = lists.keys().copied().collect();
    order.sort_unstable();
    let mut table = Vec::with_capacity(order.len() * PAIR as usize);
    for pair in &order {
        let list = &lists[pair];
        table.extend_from_slice(&u32::from(pair.0).to_le_bytes());
        table.extend_from_slice(&u32::from(pair.1).to_le_bytes());
        table.extend_from_slice(&at.to_le_bytes());
        table.extend_from_slice(&(list.len() as u32).to_le_bytes());
        let (mut bytes, mut last) = (Vec::with_capacity(list.len() * 2), 0);
        for &number in list {
            put(&mut bytes, u64::from(number - last));
            last = number;
        }
        out.write_all(&bytes)?;
        at += bytes.len() as u64;
    }
    for place in &places {
        out.write_all(&place.to_le_bytes())?;
    }
    out.write_all(&table)?;
    let pair_table = at + places.len() as u64 * 8;
    for number in [places.len() as u64 - 1, order.len() as u64, at, pair_table] {
        out.write_all(&number.to_le_bytes())?;
    }
    out.write_all(MAGIC)?;
    out.flush()
}

/// Each two neighbouring characters.
pub(super) fn pairs_of(text: &str) -> impl Iterator<Item = (char, char)> + '_ {
    text.chars().zip(text.chars().skip(1))
}

fn put(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn take(bytes: &mut &[u8]) -> Option<u64> {
    let (mut number, mut shift) = (0u64, 0);
    loop {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f).checked_shl(shift)?;
        if byte < 0x80 {
            return Some(number);
        }
        shift += 7;
    }
}

fn number(bytes: Option<&[u8]>) -> io::Result<u64> {
    bytes.and_then(|bytes| bytes.try_into().ok()).map(u64::from_le_bytes).ok_or_else(damaged)
}

fn short(bytes: Option<&[u8]>) -> io::Result<u32> {
    bytes.and_then(|bytes| bytes.try_into().ok()).map(u32::from_le_bytes).ok_or_else(damaged)
}

fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the text index is damaged")
}
