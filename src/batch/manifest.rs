//! What the last build read: by document the key of its record and where that stands.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::rule::Footprint;
use crate::store::{Writer, folder};

/// Name of the file in an output folder.
pub const FILE: &str = "manifest.json";

/// The last build of an output folder.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The program that made it.
    pub program: String,
    /// Hash of the rules.
    pub rules: String,
    /// The inputs as they were given.
    pub inputs: Vec<String>,
    /// What IRIs begin with.
    pub base: String,
    /// Whether the graph carries the mentions.
    #[serde(default)]
    pub full: bool,
    /// What the rules read.
    #[serde(default)]
    pub footprint: Footprint,
    /// Hash of the decisions on identities; empty without such a file.
    #[serde(default)]
    pub decisions: String,
    /// By document.
    pub documents: BTreeMap<String, Entry>,
}

/// One document of a build.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Hash of the source bytes, the name and the day given: the record depends on nothing else but the
    /// rules and the program.
    pub key: String,
    /// Where its line stands in `records.jsonl`: first byte and length.
    pub record: (u64, usize),
    /// Where its line stands in the file of quotations.
    pub quotes: (u64, usize),
}

impl Manifest {
    /// The manifest of an output folder; `None` where there is none, or none that this program can read.
    pub fn read(folder: &Path) -> Option<Manifest> {
        let (_, mut files) = folder::open(folder, &[FILE]).ok()?;
        let mut text = String::new();
        files.pop()??.read_to_string(&mut text).ok()?;
        serde_json::from_str(&text).ok()
    }

    /// Stages it.
    pub fn write(&self, writer: &mut Writer) -> Result<()> {
        let json = serde_json::to_vec(self).map_err(|error| Error::new(error.to_string()))?;
        writer.write(FILE, &json)
    }
}
