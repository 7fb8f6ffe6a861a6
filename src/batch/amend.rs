//! What changed since a ledger was written, so that a small change need not write all of it again.
//!
//! ```text
//! magic, checksum of the ledger, bytes of the figures, documents, counts (u64 each)
//! figures         JSON
//! documents       for each in order: bytes of its name, of its sheet, number of its claims (u64 each); of one that is
//!                 gone the last two are the greatest numbers
//! names, sheets, claims  of each document in order
//! counts          hashes and how often they are said now (u64 each)
//! checksum
//! ```

use std::collections::BTreeMap;
use std::ops::Range;

use super::counts::More;
use super::ledger::{Figures, number, sum};
use crate::error::{Error, Result};

/// Name of the file in an output folder.
pub const AMENDMENTS: &str = ".cache/amended.bin";
const MAGIC: &[u8; 8] = b"zhituAM1";
const GONE: usize = usize::MAX;

/// Where sheet and claims of a document stand.
pub type Place = (Range<usize>, Range<usize>);

/// By document its sheet and its claims, `None` for one that is gone.
pub type Documents<'d> = BTreeMap<&'d str, Option<(&'d [u8], &'d [u8])>>;

/// Amendments of a ledger.
#[derive(Debug, Default)]
pub struct Amended {
    pub bytes: Vec<u8>,
    pub figures: Figures,
    /// By document, in order; `None` for one that is gone.
    pub documents: Vec<(Range<usize>, Option<Place>)>,
    /// What is said more or less often than the ledger says.
    pub counts: More,
}

impl Amended {
    /// Reads those of the ledger with that checksum; `None` where they are of another, or damaged.
    pub fn parse(bytes: Vec<u8>, ledger: u64) -> Option<Amended> {
        let body = bytes.len().checked_sub(8)?;
        let whole = bytes.get(..8)? == MAGIC && number(&bytes, body)? as u64 == sum(&bytes[..body]);
        if !whole || number(&bytes, 8)? as u64 != ledger {
            return None;
        }
        let (json, documents, said) = (number(&bytes, 16)?, number(&bytes, 24)?, number(&bytes, 32)?);
        let lengths = 40usize.checked_add(json)?;
        let figures = serde_json::from_slice(bytes.get(40..lengths)?).ok()?;
        let mut at = lengths.checked_add(documents.checked_mul(24)?)?;
        let mut places = Vec::with_capacity(documents);
        for document in 0..documents {
            let number = |nth: usize| number(&bytes, lengths + document * 24 + nth * 8);
            let name = at..at.checked_add(number(0)?)?;
            at = name.end;
            let place = match number(1)? {
                GONE => None,
                sheet => {
                    let middle = at.checked_add(sheet)?;
                    let end = middle.checked_add(number(2)?.checked_mul(24)?)?;
                    let place = (at..middle, middle..end);
                    at = end;
                    Some(place)
                }
            };
            places.push((name, place));
        }
        let counts = bytes.get(at..at.checked_add(said.checked_mul(16)?)?)?;
        let counts = counts.chunks_exact(16).map(|pair| Some((number(pair, 0)? as u64, number(pair, 8)? as u32)));
        let counts = counts.collect::<Option<_>>()?;
        Some(Amended { figures, documents: places, counts, bytes })
    }

    /// The name of the document of that number.
    pub fn name(&self, document: usize) -> &str {
        let name = self.documents.get(document).and_then(|(name, _)| self.bytes.get(name.clone()));
        name.and_then(|name| std::str::from_utf8(name).ok()).unwrap_or_default()
    }
}

/// The bytes of amendments.
pub fn encode(ledger: u64, figures: &Figures, documents: &Documents<'_>, counts: &More) -> Result<Vec<u8>> {
    let json = serde_json::to_vec(figures).map_err(|error| Error::new(error.to_string()))?;
    let mut out = MAGIC.to_vec();
    let put = |out: &mut Vec<u8>, number: u64| out.extend_from_slice(&number.to_le_bytes());
    for number in [ledger, json.len() as u64, documents.len() as u64, counts.len() as u64] {
        put(&mut out, number);
    }
    out.extend_from_slice(&json);
    for (name, place) in documents {
        put(&mut out, name.len() as u64);
        put(&mut out, place.map_or(GONE, |(sheet, _)| sheet.len()) as u64);
        put(&mut out, place.map_or(GONE, |(_, claims)| claims.len() / 24) as u64);
    }
    for (name, place) in documents {
        out.extend_from_slice(name.as_bytes());
        for part in place.iter().flat_map(|(sheet, claims)| [*sheet, *claims]) {
            out.extend_from_slice(part);
        }
    }
    for (hash, count) in counts {
        put(&mut out, *hash);
        put(&mut out, u64::from(*count));
    }
    let sum = sum(&out);
    put(&mut out, sum);
    Ok(out)
}
