//! What files are known by: the SHA-256 of their bytes, or, of files of lines that are changed in places, the sum of
//! the SHA-256 of their lines: of a line that came or went no other line need be read.

use std::io::Read;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::files::cannot;
use super::folder::Stamp;
use crate::error::Result;
use crate::text::hex;

/// A sum of hashes of lines, modulo 2²⁵⁶; the last number counts most.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum([u64; 4]);

impl Sum {
    fn of(line: &[u8]) -> Sum {
        Sum::from_hash(Sha256::digest(line).as_slice())
    }

    pub(super) fn from_hash(hash: &[u8]) -> Sum {
        let mut sum = Sum::default();
        for (number, bytes) in sum.0.iter_mut().zip(hash.chunks_exact(8)) {
            *number = u64::from_le_bytes(bytes.try_into().unwrap_or_default());
        }
        sum
    }

    fn join(self, other: Sum, by: impl Fn(u64, u64, bool) -> (u64, bool)) -> Sum {
        let (mut out, mut carry) = (Sum::default(), false);
        for ((out, one), other) in out.0.iter_mut().zip(self.0).zip(other.0) {
            (*out, carry) = by(one, other, carry);
        }
        out
    }

    /// With lines more.
    #[must_use]
    pub fn plus(self, lines: &[u8]) -> Sum {
        lines.split_inclusive(|byte| *byte == b'\n').fold(self, |sum, line| sum.add(Sum::of(line)))
    }

    /// With lines less.
    #[must_use]
    pub fn minus(self, lines: &[u8]) -> Sum {
        lines.split_inclusive(|byte| *byte == b'\n').fold(self, |sum, line| {
            sum.join(Sum::of(line), |one, other, carry| {
                let (out, first) = one.overflowing_sub(other);
                let (out, second) = out.overflowing_sub(u64::from(carry));
                (out, first || second)
            })
        })
    }

    /// With the lines of another.
    #[must_use]
    pub(super) fn add(self, other: Sum) -> Sum {
        self.join(other, |one, other, carry| {
            let (out, first) = one.overflowing_add(other);
            let (out, second) = out.overflowing_add(u64::from(carry));
            (out, first || second)
        })
    }

    /// As it is written in the state of a folder.
    pub fn text(self) -> String {
        self.0.iter().rev().map(|number| format!("{number:016x}")).collect()
    }

    /// As it was written there.
    pub fn read(text: &str) -> Option<Sum> {
        let mut sum = Sum::default();
        for (at, number) in sum.0.iter_mut().rev().enumerate() {
            *number = u64::from_str_radix(text.get(at * 16..at * 16 + 16)?, 16).ok()?;
        }
        Some(sum)
    }
}

/// Takes the bytes of a file one after the other.
#[derive(Debug, Clone)]
pub(super) enum Digest {
    /// None: the file has a checksum of its own.
    Own,
    Whole(Sha256),
    /// The sum so far, and the line begun.
    Lines(Sum, Sha256, bool),
}

impl Digest {
    /// The digest that files of that name have.
    pub fn of(name: &str) -> Digest {
        if name.ends_with(".bin") {
            return Digest::Own;
        }
        let lines = [".nq", ".jsonl"].iter().any(|end| name.ends_with(end));
        if lines { Digest::Lines(Sum::default(), Sha256::new(), false) } else { Digest::Whole(Sha256::new()) }
    }

    /// One of the kind of a stamp.
    fn like(stamp: &Stamp) -> Digest {
        match stamp {
            Stamp { lines: Some(_), .. } => Digest::of(".nq"),
            Stamp { sha256, .. } if sha256.is_empty() => Digest::Own,
            _ => Digest::Whole(Sha256::new()),
        }
    }

    pub fn update(&mut self, bytes: &[u8]) {
        match self {
            Digest::Own => {}
            Digest::Whole(sha) => sha.update(bytes),
            Digest::Lines(sum, line, begun) => {
                for part in bytes.split_inclusive(|byte| *byte == b'\n') {
                    line.update(part);
                    *begun = !part.ends_with(b"\n");
                    if !*begun {
                        *sum = sum.add(Sum::from_hash(line.finalize_reset().as_slice()));
                    }
                }
            }
        }
    }

    /// Takes a whole line of which the hash is known.
    pub fn line(&mut self, line: &[u8], hash: &[u8]) {
        match self {
            Digest::Lines(sum, _, false) => *sum = sum.add(Sum::from_hash(hash)),
            _ => self.update(line),
        }
    }

    pub fn stamp(self, bytes: u64) -> Stamp {
        match self {
            Digest::Own => Stamp { bytes, ..Stamp::default() },
            Digest::Whole(sha) => Stamp { bytes, sha256: hex(&sha.finalize()), lines: None },
            Digest::Lines(sum, line, begun) => {
                let sum = if begun { sum.add(Sum::from_hash(line.finalize().as_slice())) } else { sum };
                Stamp { bytes, sha256: String::new(), lines: Some(sum.text()) }
            }
        }
    }
}

/// Size and hash of a file as it is, of the kind that `like` has; `path` is for messages.
///
/// # Errors
/// Where it cannot be read.
pub fn stamp(mut file: impl Read, path: &Path, like: &Stamp) -> Result<Stamp> {
    let (mut digest, mut bytes, mut part) = (Digest::like(like), 0, vec![0; 1 << 18]);
    loop {
        let count = file.read(&mut part).map_err(|error| cannot("read", path, &error))?;
        if count == 0 {
            return Ok(digest.stamp(bytes));
        }
        digest.update(&part[..count]);
        bytes += count as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_come_and_go_leave_the_sum_of_the_rest() {
        let lines: Vec<String> = (0..500).map(|n| format!("line {n} {}\n", "x".repeat(n % 70))).collect();
        let whole = Sum::default().plus(lines.concat().as_bytes());
        let part = Sum::default().plus(lines[100..].concat().as_bytes());
        assert_eq!(whole.minus(lines[..100].concat().as_bytes()), part);
        assert_eq!(part.plus(lines[..100].concat().as_bytes()), whole);
        assert_ne!(whole, part);
        assert_eq!(Sum::read(&whole.text()), Some(whole));
        assert_eq!(Sum::read("x"), None);
        // Bytes come in any parts; a last line may have no end.
        for size in [1, 7, 4096] {
            let mut digest = Digest::of("graph.nq");
            lines.concat().as_bytes().chunks(size).for_each(|part| digest.update(part));
            assert_eq!(digest.stamp(1).lines, Some(whole.text()));
        }
        let (mut cut, mut not) = (Digest::of("a.jsonl"), Digest::of("a.jsonl"));
        cut.update(b"a\nb");
        not.update(b"a\n");
        assert_eq!(cut.clone().stamp(3).lines, Some(Sum::default().plus(b"a\nb").text()));
        assert_ne!(cut.stamp(3).lines, not.stamp(2).lines);
    }
}
