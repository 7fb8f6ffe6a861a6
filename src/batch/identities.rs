//! `identities.jsonl`: which entities of which documents are one thing, and why; one thing, unit, decision or
//! group of reprints a line.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::link::{Corpus, Decision, Entity, Unit};
use crate::store::{Writer, cannot};

/// Name of the file in an output folder.
pub const IDENTITIES: &str = "identities.jsonl";

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Line {
    Entity(Entity),
    Unit(String, Unit),
    Decision(Decision),
    Reprints(Vec<String>),
}

/// Stages what linking found, in the order of the corpus.
pub fn write(corpus: Corpus, writer: &mut Writer) -> Result<()> {
    let mut out = writer.begin(IDENTITIES)?;
    let lines = corpus.entities.into_iter().map(Line::Entity);
    let lines = lines.chain(corpus.units.into_iter().map(|(id, unit)| Line::Unit(id, unit)));
    let lines = lines.chain(corpus.decisions.into_iter().map(Line::Decision));
    for line in lines.chain(corpus.reprints.into_iter().map(Line::Reprints)) {
        let json = serde_json::to_string(&line).map_err(|error| Error::new(error.to_string()))?;
        writeln!(out, "{json}").map_err(|error| cannot("write", &writer.folder().join(IDENTITIES), &error))?;
    }
    writer.put(out)
}

/// Reads what linking found; `path` names the file in errors.
///
/// # Errors
/// Where the file is damaged.
pub fn read(file: File, path: &Path) -> Result<Corpus> {
    let damaged = |error: &dyn std::fmt::Display| Error::new(format!("{}: {error}", path.display()));
    let mut corpus = Corpus::default();
    for line in BufReader::new(file).lines() {
        let line = line.map_err(|error| damaged(&error))?;
        match serde_json::from_str(&line).map_err(|error| damaged(&error))? {
            Line::Entity(entity) => corpus.entities.push(entity),
            Line::Unit(id, unit) => _ = corpus.units.insert(id, unit),
            Line::Decision(decision) => corpus.decisions.push(decision),
            Line::Reprints(group) => corpus.reprints.push(group),
        }
    }
    Ok(corpus)
}
