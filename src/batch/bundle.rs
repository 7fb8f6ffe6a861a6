//! Records that other processes made, with all that a build needs: for corpora that are extracted in parts.

use serde::{Deserialize, Serialize};

use super::Problem;
use crate::document::{Document, hash};
use crate::graph::Quotes;
use crate::lexicon::Sources;
use crate::record::Record;

/// One extracted document, as a line of JSON.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    /// Which program and rules made it: see [`maker`].
    pub maker: String,
    /// What the record depends on beside these.
    pub key: String,
    /// What was read.
    pub record: Record,
    /// The sentences that the facts stand on.
    pub quotes: Quotes,
}

/// Names the version of the program and its rules: records of two makers do not go into one graph.
pub fn maker(sources: &Sources) -> String {
    let rules: String = sources.below("").map(|(name, text)| format!("{name}\n{text}\n")).collect();
    format!("{} {}", env!("CARGO_PKG_VERSION"), &hash(rules.as_bytes())[..16])
}

impl Bundle {
    /// The bundle of a document and its record.
    pub fn new(maker: &str, key: String, record: Record, document: &Document) -> Bundle {
        let quotes = Quotes::read(&record, document);
        Bundle { maker: maker.to_owned(), key, record, quotes }
    }

    /// The bundle in a line of a file; it must be of the same maker.
    ///
    /// # Errors
    /// Where the line is no bundle.
    pub fn read(line: &[u8], origin: &str) -> Result<Bundle, Problem> {
        serde_json::from_slice(line).map_err(|error| {
            Problem::error(origin, format_args!("{error}; such lines are made by `zhitu extract --for-build`"))
        })
    }
}
