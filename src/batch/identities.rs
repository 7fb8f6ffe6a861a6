//! `identities.jsonl`: which entities of which documents are one thing, and why; one thing, unit, decision or
//! group of reprints a line.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::link::{Corpus, Decision, Entity, Unit};
use crate::store::{Writer, cannot};

/// Name of the file in an output folder.
pub const IDENTITIES: &str = "identities.jsonl";

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Line {
    Entity(Entity),
    Unit(String, Unit),
    Decision(Decision),
    Reprints(Vec<String>),
}

/// The same, to be written.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Told<'c> {
    Entity(&'c Entity),
    Unit(&'c String, &'c Unit),
    Decision(&'c Decision),
    Reprints(&'c Vec<String>),
}

/// Stages what linking found, in the order of the corpus.
pub fn write(corpus: &Corpus, writer: &mut Writer) -> Result<()> {
    let mut out = writer.begin(IDENTITIES)?;
    for line in lines(corpus) {
        out.write_all(&line?).map_err(|error| cannot("write", &writer.folder().join(IDENTITIES), &error))?;
    }
    writer.put(out)
}

/// The lines of what linking found.
pub fn lines(corpus: &Corpus) -> impl Iterator<Item = Result<Vec<u8>>> + '_ {
    let lines = corpus.entities.iter().map(Told::Entity);
    let lines = lines.chain(corpus.units.iter().map(|(id, unit)| Told::Unit(id, unit)));
    let lines = lines.chain(corpus.decisions.iter().map(Told::Decision));
    lines.chain(corpus.reprints.iter().map(Told::Reprints)).map(|line| {
        let mut json = serde_json::to_vec(&line).map_err(|error| Error::new(error.to_string()))?;
        json.push(b'\n');
        Ok(json)
    })
}

/// What puts lines in order: the sort, the id of a thing or unit, the decision.
pub type Order = (u8, String, Option<Decision>);

/// The order of the first group of reprints.
pub const REPRINTS: Order = (3, String::new(), None);

/// The place of a line among the others; groups of reprints have none among themselves.
pub fn order(line: &[u8]) -> Order {
    // Of a thing its id is enough: it stands in front of what may be a long list.
    let id = |head: &str| {
        let rest = line.strip_prefix(head.as_bytes())?;
        serde_json::Deserializer::from_slice(rest).into_iter::<String>().next()?.ok()
    };
    if let Some(id) = id("{\"entity\":{\"id\":") {
        return (0, id, None);
    }
    if let Some(id) = id("{\"unit\":[") {
        return (1, id, None);
    }
    match serde_json::from_slice(line) {
        Ok(Line::Decision(decision)) => (2, String::new(), Some(decision)),
        _ => REPRINTS,
    }
}

/// Reads what linking found; `path` names the file in errors.
///
/// # Errors
/// Where the file is damaged.
pub fn read(file: impl Read, path: &Path) -> Result<Corpus> {
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
