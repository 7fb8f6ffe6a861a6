//! Changing lines of a sorted file without reading the others.

use std::cmp::Ordering;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::digest::Sum;
use super::files::Replacement;
use super::parts::Joined;

/// Bytes read at a time.
const BLOCK: u64 = 4096;
/// So few bytes between two changes are written with them.
const NEAR: u64 = 1 << 16;

/// A file has not the lines that it should have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Damaged;

impl From<io::Error> for Damaged {
    fn from(_: io::Error) -> Damaged {
        Damaged
    }
}

/// Changes of a file, by place.
#[derive(Debug, Default)]
pub struct Splice {
    /// Bytes that go, and what comes in their place.
    changes: Vec<(Range<u64>, Vec<u8>)>,
}

impl Splice {
    /// Whole lines go, others come in their place. Changes may be told in any order; of those at one place what was told
    /// first comes first.
    pub fn replace(&mut self, gone: Range<u64>, come: impl Into<Vec<u8>>) {
        self.changes.push((gone, come.into()));
    }

    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The places of the changes.
    pub(super) fn places(&self) -> impl Iterator<Item = Range<u64>> + '_ {
        self.changes.iter().map(|(gone, _)| gone.clone())
    }

    /// What comes.
    pub(super) fn lines(&self) -> impl Iterator<Item = &[u8]> {
        self.changes.iter().map(|(_, come)| come.as_slice())
    }

    /// The changes in a part of the file, told by their places in it; none lies across its bounds.
    pub(super) fn within(&self, part: Range<u64>) -> Splice {
        let here = |gone: &Range<u64>| part.start <= gone.start && gone.start <= part.end;
        let told =
            |(gone, come): &(Range<u64>, Vec<u8>)| (gone.start - part.start..gone.end - part.start, come.clone());
        Splice { changes: self.changes.iter().filter(|(gone, _)| here(gone)).map(told).collect() }
    }

    /// Writes a part of a file with the changes [`within`](Splice::within) it.
    pub(super) fn pour(&self, from: &mut Joined, part: Range<u64>, out: &mut impl Write) -> io::Result<()> {
        let mut order: Vec<&(Range<u64>, Vec<u8>)> = self.changes.iter().collect();
        order.sort_by_key(|(gone, _)| (gone.start, gone.end));
        let mut copy = |begin: u64, end: u64, out: &mut dyn Write| {
            from.seek(SeekFrom::Start(part.start + begin))?;
            let copied = io::copy(&mut BufReader::with_capacity(1 << 18, from.by_ref().take(end - begin)), out)?;
            if copied == end - begin { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
        };
        let (mut at, size) = (0, part.end - part.start);
        for (gone, come) in order {
            if gone.start > at {
                copy(at, gone.start, out)?;
            }
            out.write_all(come)?;
            at = gone.end.max(at);
        }
        if size > at { copy(at, size, out) } else { Ok(()) }
    }

    /// Writes the changed file; gives its size and the sum of its lines.
    pub(super) fn write(&self, file: &File, size: u64, mut sum: Sum, out: &mut Replacement) -> io::Result<(u64, Sum)> {
        let mut order: Vec<&(Range<u64>, Vec<u8>)> = self.changes.iter().collect();
        // What comes at a place stands before what goes there.
        order.sort_by_key(|(gone, _)| (gone.start, gone.end));
        let (mut at, mut bytes) = (0, 0);
        let gap = |from: u64, to: u64, out: &mut Replacement| {
            if to > from && to - from < NEAR {
                let mut near = Vec::new();
                read(file, from, to - from, &mut near)?;
                return out.write_all(&near);
            }
            if to > from { out.copy(file, from, to - from) } else { Ok(()) }
        };
        for (gone, come) in order {
            let begin = gone.start.max(at);
            gap(at, begin, out)?;
            bytes += begin - at;
            out.write_all(come)?;
            bytes += come.len() as u64;
            sum = sum.plus(come);
            if gone.end > begin {
                let mut lines = Vec::new();
                read(file, begin, gone.end - begin, &mut lines)?;
                sum = sum.minus(&lines);
            }
            at = gone.end.max(begin);
        }
        gap(at, size, out)?;
        Ok((bytes + size - at, sum))
    }
}

fn read(mut file: &File, from: u64, length: u64, into: &mut Vec<u8>) -> io::Result<()> {
    file.seek(SeekFrom::Start(from))?;
    let count = file.take(length).read_to_end(into)?;
    if count as u64 == length { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

/// Where the first line of some bytes ends.
fn ended(mut part: &[u8]) -> Option<usize> {
    let bytes = part;
    let line = part.skip_until(b'\n').ok()?;
    bytes[..line].ends_with(b"\n").then_some(line)
}

/// The lines of a sorted file, looked for in place.
pub struct Lines {
    file: Joined,
    /// What was read, by number of the block: searches begin alike.
    blocks: FxHashMap<u64, Vec<u8>>,
}

impl Lines {
    /// The lines of a file.
    pub fn of(file: Joined) -> Lines {
        Lines { file, blocks: FxHashMap::default() }
    }

    /// How many bytes they have.
    pub fn size(&self) -> u64 {
        self.file.size()
    }

    /// The line that begins at a place, with its end; empty behind the last.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn at(&mut self, place: u64) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        self.walk(place, |part| {
            let end = ended(part);
            line.extend_from_slice(&part[..end.unwrap_or(part.len())]);
            end.is_some()
        })?;
        Ok(line)
    }

    /// The bytes of a part.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn part(&mut self, part: Range<u64>) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.file.part(part.start, part.end - part.start, &mut bytes)?;
        Ok(bytes)
    }

    /// Where the first line begins of which `order` does not say that it is less, of the lines in a part of the file.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn first(&mut self, part: Range<u64>, mut order: impl FnMut(&[u8]) -> Ordering) -> io::Result<u64> {
        let (mut low, mut high) = (part.start, part.end);
        while low < high {
            let begin = self.after(low + (high - low) / 2)?;
            // The line in the middle is the last one: those before it are looked at in turn.
            let (begin, last) = if begin >= high { (low, true) } else { (begin, false) };
            let line = self.at(begin)?;
            if order(&line).is_lt() && !line.is_empty() {
                low = begin + line.len() as u64;
            } else if last {
                return Ok(low);
            } else {
                high = begin;
            }
        }
        Ok(low)
    }

    /// Where the line ends that holds the byte at a place.
    fn after(&mut self, place: u64) -> io::Result<u64> {
        let mut end = place;
        self.walk(place, |part| {
            let found = ended(part);
            end += found.unwrap_or(part.len()) as u64;
            found.is_some()
        })?;
        Ok(end)
    }

    /// Gives the bytes from a place on, part by part, until `done` says `true`.
    fn walk(&mut self, mut place: u64, mut done: impl FnMut(&[u8]) -> bool) -> io::Result<()> {
        let size = self.size();
        while place < size {
            let number = place / BLOCK;
            let block = match self.blocks.entry(number) {
                std::collections::hash_map::Entry::Occupied(there) => there.into_mut(),
                std::collections::hash_map::Entry::Vacant(free) => {
                    let mut block = Vec::new();
                    self.file.part(number * BLOCK, BLOCK.min(size - number * BLOCK), &mut block)?;
                    free.insert(block)
                }
            };
            let from = (place - number * BLOCK) as usize;
            let Some(part) = block.get(from..).filter(|part| !part.is_empty()) else { return Ok(()) };
            if done(part) {
                return Ok(());
            }
            place = (number + 1) * BLOCK;
        }
        Ok(())
    }

    /// What makes of the lines of this file, which `key` puts in order, the same without those that are gone and with
    /// those that come.
    ///
    /// # Errors
    /// Where one that is gone is not there.
    pub fn change<K: Ord>(
        &mut self,
        part: Range<u64>,
        gone: &[Vec<u8>],
        come: &[Vec<u8>],
        key: impl Fn(&[u8]) -> K,
    ) -> Result<Splice, Damaged> {
        let mut splice = Splice::default();
        let mut come: Vec<(K, &Vec<u8>)> = come.iter().map(|line| (key(line), line)).collect();
        come.sort_by(|a, b| a.0.cmp(&b.0));
        for (wanted, line) in come {
            let place = self.first(part.clone(), |line| key(line).cmp(&wanted))?;
            splice.replace(place..place, line.clone());
        }
        for line in gone {
            let wanted = key(line);
            let place = self.first(part.clone(), |line| key(line).cmp(&wanted))?;
            if self.at(place)? != *line {
                return Err(Damaged);
            }
            splice.replace(place..place + line.len() as u64, Vec::new());
        }
        Ok(splice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_and_go_in_place() {
        let folder = std::env::temp_dir().join(format!("zhitu-splice-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let mut chance = 5u64;
        let mut below = |end: u64| {
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (chance >> 33) % end
        };
        for round in 0..40 {
            let line = |n: u64| {
                format!("{n:07} {}\n", "x".repeat((n * 31 % 90) as usize * if n.is_multiple_of(97) { 300 } else { 1 }))
            };
            let all: Vec<u64> = (0..1 + below(3000)).collect();
            let old: Vec<u64> = all.iter().copied().filter(|_| round % 4 == 0 || below(3) > 0).collect();
            let (gone, kept): (Vec<u64>, Vec<u64>) = old.iter().partition(|_| below(20) == 0);
            let come: Vec<u64> =
                all.iter().copied().filter(|n| old.binary_search(n).is_err() && below(9) == 0).collect();
            let mut new: Vec<u64> = kept.iter().chain(&come).copied().collect();
            new.sort_unstable();
            let text = |lines: &[u64]| lines.iter().map(|n| line(*n)).collect::<String>();
            let path = folder.join("a.nq");
            std::fs::write(&path, text(&old)).expect("written");
            let file = || File::open(&path).expect("opened");
            let mut lines = Lines::of(Joined::of(vec![file()]).expect("a file"));
            let bytes = |lines: &[u64]| lines.iter().map(|n| line(*n).into_bytes()).collect::<Vec<_>>();
            let whole = 0..lines.size();
            let splice = lines.change(whole.clone(), &bytes(&gone), &bytes(&come), <[u8]>::to_vec).expect("found");
            let mut out = Replacement::begin(folder.join("b.nq")).expect("begun");
            let sum = Sum::default().plus(text(&old).as_bytes());
            let (size, sum) = splice.write(&file(), whole.end, sum, &mut out).expect("written");
            out.finish().expect("finished");
            let now = std::fs::read_to_string(folder.join("b.nq")).expect("read");
            assert!(now == text(&new), "round {round}");
            assert_eq!((size, sum), (now.len() as u64, Sum::default().plus(now.as_bytes())));
            let strange = [line(9_999_999).into_bytes()];
            assert_eq!(lines.change(whole, &strange, &[], <[u8]>::to_vec).err(), Some(Damaged));
        }
        std::fs::remove_dir_all(&folder).expect("removed");
    }
}
