//! Files of lines that stand in parts: of a large graph, `graph/00000.nq`, `graph/00001.nq` and so on, which one behind
//! the other are what `graph.nq` would be. A build after a small change then writes the parts that differ and no others.
//!
//! A line begins a part where its SHA-256 begins with so many zero bits. Lines that come or go elsewhere move no
//! bounds, and the same lines stand in the same parts whatever was there before.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

use sha2::{Digest as _, Sha256};

use super::digest::Sum;
use super::files::cannot;
use super::folder::{Stamp, State};
use super::splice::Splice;
use super::writer::{Staged, Writer};
use crate::error::Result;

/// About so many parts has a file, as a power of two, or up to twice as many.
const PARTS: u32 = 6;

/// The zero bits that the first line of a part begins with, for a file of so many lines.
pub fn bits(lines: usize) -> u32 {
    lines.max(1).ilog2().saturating_sub(PARTS)
}

/// What the names of parts begin and end with.
fn frame(name: &str) -> (String, &str) {
    let (stem, end) = name.rsplit_once('.').unwrap_or((name, ""));
    (format!("{stem}/"), end)
}

/// Whether a name is that of a part.
pub(super) fn is_part(name: &str) -> bool {
    let number = name.rsplit_once('/').and_then(|(_, file)| file.split_once('.'));
    number.is_some_and(|(number, _)| number.len() >= 5 && number.bytes().all(|byte| byte.is_ascii_digit()))
}

fn part(name: &str, number: usize) -> String {
    let (begin, end) = frame(name);
    format!("{begin}{number:05}.{end}")
}

impl State {
    /// The files that hold what a name stands for, in order: the one of that name, else its parts.
    pub fn names<'s>(&'s self, name: &'s str) -> Vec<&'s str> {
        if self.files.contains_key(name) {
            return vec![name];
        }
        let (begin, _) = frame(name);
        let parts = self.files.range(begin.clone()..).map(|(name, _)| name.as_str());
        parts.take_while(|part| part.starts_with(&begin)).collect()
    }

    /// Whether the build has that file, in one or in parts.
    pub fn has(&self, name: &str) -> bool {
        !self.names(name).is_empty()
    }

    /// What names the content of a file of lines, which is the same in one file and in parts.
    pub fn hash(&self, name: &str) -> Option<String> {
        if let Some(stamp) = self.files.get(name) {
            return Some(stamp.hash().to_owned());
        }
        let sum = |part: &str| Sum::read(self.files.get(part)?.lines.as_deref()?);
        let names = self.names(name);
        let (first, rest) = names.split_first()?;
        rest.iter().try_fold(sum(first)?, |all, part| Some(all.add(sum(part)?))).map(Sum::text)
    }
}

/// A file of a build, or its parts one behind the other.
#[derive(Debug)]
pub struct Joined {
    /// Each with the place where it begins.
    files: Vec<(u64, File)>,
    size: u64,
    at: u64,
}

impl Joined {
    /// Of files in their order.
    ///
    /// # Errors
    /// Where the size of one cannot be told.
    pub fn of(files: Vec<File>) -> io::Result<Joined> {
        let mut joined = Joined { files: Vec::with_capacity(files.len()), size: 0, at: 0 };
        for file in files {
            let begin = joined.size;
            joined.size += file.metadata()?.len();
            joined.files.push((begin, file));
        }
        Ok(joined)
    }

    /// Its bytes.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Reads so many bytes from a place on.
    pub(super) fn part(&mut self, from: u64, length: u64, into: &mut Vec<u8>) -> io::Result<()> {
        self.seek(SeekFrom::Start(from))?;
        let count = self.by_ref().take(length).read_to_end(into)?;
        if count as u64 == length { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }
}

impl Read for Joined {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let number = self.files.partition_point(|(begin, _)| *begin <= self.at).saturating_sub(1);
        let end = self.files.get(number + 1).map_or(self.size, |(begin, _)| *begin);
        let left = usize::try_from(end.saturating_sub(self.at)).unwrap_or(usize::MAX).min(into.len());
        let Some((begin, file)) = self.files.get_mut(number).filter(|_| left > 0) else { return Ok(0) };
        file.seek(SeekFrom::Start(self.at - *begin))?;
        let count = file.read(&mut into[..left])?;
        self.at += count as u64;
        if count > 0 { Ok(count) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }
}

impl Seek for Joined {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::End(by) => self.size.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = place.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

/// A file of lines of the new build, in one or in parts.
#[derive(Debug)]
pub struct Pages<'w> {
    writer: &'w mut Writer,
    name: String,
    /// The zero bits that a part begins with; `None` where all is one file.
    bits: Option<u32>,
    /// The number of the next part.
    next: usize,
    out: Option<Staged>,
    /// A line begun.
    line: Vec<u8>,
}

impl Pages<'_> {
    fn line(&mut self, line: &[u8]) -> io::Result<()> {
        let hash = Sha256::digest(line);
        if self.out.is_none() || self.bits.is_some_and(|bits| zeros(hash.as_slice()) >= bits) {
            self.end()?;
            self.out = Some(self.writer.begin(&part(&self.name, self.next)).map_err(io::Error::other)?);
            self.next += 1;
        }
        self.out.as_mut().map_or(Ok(()), |out| out.line(line, hash.as_slice()))
    }

    /// Ends a part.
    fn end(&mut self) -> io::Result<()> {
        self.out.take().map_or(Ok(()), |out| self.writer.put(out).map_err(io::Error::other))
    }

    /// Stages the last part, and gives the number behind it.
    fn last(mut self) -> io::Result<usize> {
        if !self.line.is_empty() {
            let line = std::mem::take(&mut self.line);
            self.line(&line)?;
        }
        self.end()?;
        Ok(self.next)
    }

    /// Stages the file; one without lines is one part.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn finish(mut self) -> Result<()> {
        let file = self.writer.folder().join(&self.name);
        if self.bits.is_some() && self.next == 0 && self.line.is_empty() {
            self.out = Some(self.writer.begin(&part(&self.name, 0))?);
        }
        self.last().map(|_| ()).map_err(|error| cannot("write", &file, &error))
    }
}

impl Write for Pages<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let (Some(out), None) = (&mut self.out, self.bits) {
            return out.write(bytes);
        }
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            if !part.ends_with(b"\n") {
                self.line.extend_from_slice(part);
            } else if self.line.is_empty() {
                self.line(part)?;
            } else {
                let mut line = std::mem::take(&mut self.line);
                line.extend_from_slice(part);
                self.line(&line)?;
                line.clear();
                self.line = line;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Writer {
    /// Begins a file of lines of the new build: in one, or in parts that begin with so many zero [`bits`].
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn lines(&mut self, name: &str, bits: Option<u32>) -> Result<Pages<'_>> {
        let out = if bits.is_some() { None } else { Some(self.begin(name)?) };
        Ok(Pages { writer: self, name: name.to_owned(), bits, next: 0, out, line: Vec::new() })
    }

    /// What holds a file of the last build, read as one.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn joined(&self, name: &str) -> io::Result<Joined> {
        // Builds of old left no state, and all in one file.
        let names = self.before().map(|before| before.names(name)).filter(|names| !names.is_empty());
        let names = names.unwrap_or_else(|| vec![name]);
        Joined::of(names.iter().map(|name| File::open(self.folder().join(name))).collect::<io::Result<_>>()?)
    }

    /// Stages a file of lines of the last build, which stands in parts, with some of them changed.
    ///
    /// # Errors
    /// Where it cannot be read or written.
    pub fn splice_parts(&mut self, name: &str, change: &Splice, bits: u32) -> Result<()> {
        let target = self.folder().join(name);
        let failed = |error: io::Error| cannot("write", &target, &error);
        let old: Vec<(String, Stamp)> = {
            let state = self.before().map(|state| (state, state.names(name)));
            let stamped = |(state, names): (&State, Vec<&str>)| -> Vec<(String, Stamp)> {
                names.into_iter().map(|part| (part.to_owned(), state.files[part].clone())).collect()
            };
            state.map(stamped).unwrap_or_default()
        };
        let mut ends: Vec<u64> = Vec::with_capacity(old.len());
        for (_, stamp) in &old {
            ends.push(ends.last().copied().unwrap_or(0) + stamp.bytes);
        }
        let begins: Vec<u64> = std::iter::once(0).chain(ends.iter().copied()).collect();
        let touched = touched(change, &ends);
        let mut from = self.joined(name).map_err(failed)?;
        let (mut at, mut next) = (0, 0);
        while at < old.len() {
            if touched.contains(&at) {
                let behind = (at..old.len()).find(|part| !touched.contains(part)).unwrap_or(old.len());
                let here = change.within(begins[at]..begins[behind]);
                if behind == at + 1 && !here.moves_bounds(bits) {
                    self.splice_as(&old[at].0, &part(name, next), &here)?;
                    (at, next) = (behind, next + 1);
                    continue;
                }
                let mut out = Pages { next, ..self.lines(name, Some(bits))? };
                here.pour(&mut from, begins[at]..begins[behind], &mut out).map_err(failed)?;
                next = out.last().map_err(failed)?;
                at = behind;
                continue;
            }
            let (before, stamp) = &old[at];
            self.take_over(before, &part(name, next), stamp)?;
            (at, next) = (at + 1, next + 1);
        }
        if next == 0 {
            let empty = self.begin(&part(name, 0))?;
            self.put(empty)?;
        }
        Ok(())
    }
}

/// How many bits of a hash are zero before the first that is not.
fn zeros(hash: &[u8]) -> u32 {
    hash.iter().take(4).fold(0, |all, byte| all << 8 | u32::from(*byte)).leading_zeros()
}

impl Splice {
    /// Whether the lines of a part may be those of other parts after its change.
    fn moves_bounds(&self, bits: u32) -> bool {
        let begins = |line: &[u8]| zeros(Sha256::digest(line).as_slice()) >= bits;
        self.places().any(|place| place.start == 0)
            || self.lines().any(|lines| lines.split_inclusive(|byte| *byte == b'\n').any(begins))
    }
}

/// The parts that a change touches; what comes between two belongs to the one in front.
fn touched(change: &Splice, ends: &[u64]) -> BTreeSet<usize> {
    let mut touched = BTreeSet::new();
    for place in change.places() {
        // The part in front of a first line that goes takes over what stood behind it.
        let first = ends.partition_point(|end| *end < place.start);
        let last = ends.partition_point(|end| *end < place.end);
        touched.extend(first..=last.min(ends.len().saturating_sub(1)));
    }
    touched
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::folder;
    use super::super::splice::Lines;
    use super::*;

    const BITS: u32 = 4;

    fn text(lines: &BTreeSet<u64>) -> String {
        lines.iter().map(|n| format!("{n:06} {}\n", "x".repeat((n * 31 % 90) as usize))).collect()
    }

    fn fresh(folder: &Path, lines: &BTreeSet<u64>) -> State {
        let mut writer = Writer::open(folder).expect("opened");
        let mut out = writer.lines("a.nq", Some(BITS)).expect("begun");
        out.write_all(text(lines).as_bytes()).expect("written");
        out.finish().expect("staged");
        writer.commit().expect("committed")
    }

    #[test]
    fn the_same_lines_stand_in_the_same_parts_whatever_was_there_before() {
        let folder = std::env::temp_dir().join(format!("zhitu-parts-{}", std::process::id()));
        let (one, other) = (folder.join("one"), folder.join("other"));
        let mut chance = 5u64;
        let mut below = |end: u64| {
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (chance >> 33) % end
        };
        let mut lines: BTreeSet<u64> = (0..400).filter(|_| below(2) == 0).collect();
        let mut most = fresh(&one, &lines).files.len();
        for round in 0..60 {
            let before = lines.clone();
            // Few lines, lines near one another, and once all.
            let (begin, count) = (below(400), if round % 7 == 0 { 60 } else { 1 + below(4) });
            for nth in 0..count {
                let line = if round % 2 == 0 { (begin + nth) % 400 } else { below(400) };
                _ = lines.remove(&line) || lines.insert(line);
            }
            if round == 40 {
                lines.clear();
            }
            let bytes = |lines: BTreeSet<u64>| {
                text(&lines).split_inclusive('\n').map(|line| line.as_bytes().to_vec()).collect::<Vec<_>>()
            };
            let (gone, come) = (bytes(&before - &lines), bytes(&lines - &before));
            let mut writer = Writer::open(&one).expect("opened");
            let mut there = Lines::of(writer.joined("a.nq").expect("joined"));
            let whole = 0..there.size();
            let change = there.change(whole, &gone, &come, <[u8]>::to_vec).expect("found");
            writer.splice_parts("a.nq", &change, BITS).expect("staged");
            let state = writer.commit().expect("committed");
            assert_eq!(state, fresh(&other, &lines), "round {round}");
            let (_, mut joined) = folder::open_file(&one, "a.nq").expect("opened");
            let mut now = String::new();
            joined.read_to_string(&mut now).expect("read");
            assert_eq!(now, text(&lines), "round {round}");
            assert_eq!(state.hash("a.nq"), Some(Sum::default().plus(now.as_bytes()).text()));
            most = most.max(state.files.len());
            let files = |folder: &Path| std::fs::read_dir(folder.join("a")).expect("listed").count();
            assert_eq!(files(&one), state.files.len(), "nothing is left over");
        }
        assert!(most > 10, "{most} parts at most");
        std::fs::remove_dir_all(&folder).expect("removed");
    }
}
