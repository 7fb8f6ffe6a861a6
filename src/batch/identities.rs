//! `identities.jsonl`: which entities of which documents are one thing, and why; one thing, unit, decision or
//! group of reprints a line.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::link::{Corpus, Decision, Entity, Unit};
use crate::store::{Lines, Writer, cannot};

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

/// What the lines say of the things of these ids; `None` where they do not tell of all of them.
pub fn some(lines: &mut Lines, ids: &BTreeSet<&str>) -> Option<Corpus> {
    let (mut corpus, end) = (Corpus::default(), lines.size());
    // Things of ids that follow one another mostly stand one behind the other.
    let mut at = 0;
    for id in ids {
        let wanted: Order = (0, (*id).to_owned(), None);
        let mut line = lines.at(at).ok()?;
        if order(&line) != wanted {
            at = lines.first(at..end, |line| order(line).cmp(&wanted)).ok()?;
            line = lines.at(at).ok()?;
        }
        at += line.len() as u64;
        match serde_json::from_slice(&line) {
            Ok(Line::Entity(entity)) if entity.id == **id => corpus.entities.push(entity),
            _ => return None,
        }
    }
    let units: BTreeSet<&String> = corpus.entities.iter().flat_map(|entity| &entity.chain).collect();
    for id in units {
        let wanted: Order = (1, id.clone(), None);
        let at = lines.first(0..end, |line| order(line).cmp(&wanted)).ok()?;
        match serde_json::from_slice(&lines.at(at).ok()?) {
            Ok(Line::Unit(other, unit)) if other == *id => _ = corpus.units.insert(other, unit),
            _ => return None,
        }
    }
    corpus.decisions = decisions(lines, ids).ok()?;
    Some(corpus)
}

/// The decisions of which the first thing has one of these ids.
fn decisions(lines: &mut Lines, ids: &BTreeSet<&str>) -> std::io::Result<Vec<Decision>> {
    let (mut found, end) = (Vec::new(), lines.size());
    let mut at = lines.first(0..end, |line| order(line).0.cmp(&2))?;
    let read = |lines: &mut Lines, at: u64| {
        let line = lines.at(at)?;
        Ok::<_, std::io::Error>((at + line.len() as u64, order(&line).2))
    };
    let (mut next, mut here) = read(lines, at)?;
    for id in ids {
        let first = |decision: &Decision| decision.entities.first().map(String::as_str).cmp(&Some(*id));
        if here.as_ref().is_some_and(|decision| first(decision).is_lt()) {
            at = lines.first(next..end, |line| match order(line) {
                (2, _, Some(decision)) => first(&decision),
                (sort, ..) => sort.cmp(&2),
            })?;
            (next, here) = read(lines, at)?;
        }
        while let Some(decision) = here.take_if(|decision| first(decision).is_eq()) {
            found.push(decision);
            (next, here) = read(lines, next)?;
        }
    }
    Ok(found)
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
