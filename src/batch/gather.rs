//! Reading all inputs: of each document its record is kept or made.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::build::{Event, Options, Report};
use super::cache::{Cache, Known, Place};
use super::touch::Touch;
use super::{Bundle, Extracted, Problem, Raw};
use crate::error::{Error, Result};
use crate::graph::Quotes;
use crate::rule::RuleSet;

/// What became of one document.
pub enum Done {
    Kept { id: String, key: String, place: Place },
    Made { id: String, key: String, record: String, quotes: String, encoding: &'static str, warning: Option<Problem> },
}

/// Keeps or makes the record of one document, on any thread.
pub fn one(
    raw: Raw,
    rules: &RuleSet,
    options: &Options,
    known: &Known,
    touch: Option<&Touch>,
) -> std::result::Result<(usize, Done), Problem> {
    let (size, id, origin) = (raw.size(), raw.id.clone(), raw.origin.clone());
    let (key, made_by) = (raw.key(), &options.maker);
    let fault = |error: serde_json::Error| Problem::error(&*origin, error);
    let raw = match raw.ready() {
        Ok(Bundle { maker, record, quotes, .. }) => {
            if maker != *made_by {
                let message =
                    format!("was extracted by {maker} and not by {made_by}: one graph wants one program and rules");
                return Err(Problem::error(&*origin, message));
            }
            let quotes = serde_json::to_string(&quotes).map_err(fault)?;
            return Ok((
                size,
                Done::Made { id, key, record: record.to_json(), quotes, encoding: "UTF-8", warning: None },
            ));
        }
        Err(raw) => raw,
    };
    let untouched = |place: &Place| !place.is_built() || touch.is_none_or(|touch| touch.rules(&raw).is_empty());
    if let Some(place) = known.find(&key).filter(untouched) {
        return Ok((size, Done::Kept { id, key, place }));
    }
    let Extracted { document, record, encoding, warning } = super::extract(*raw, rules, options.patience)?;
    let quotes = serde_json::to_string(&Quotes::read(&record, &document)).map_err(fault)?;
    Ok((size, Done::Made { id, key, record: record.to_json(), quotes, encoding, warning }))
}

/// By document, its key and where its record stands.
pub type Found = BTreeMap<String, (String, Place)>;

/// What came in so far, in the order of the inputs.
#[derive(Default)]
pub struct Gathered {
    found: Found,
    /// Names that several different texts have.
    twice: BTreeMap<String, usize>,
    failed: Option<Error>,
}

impl Gathered {
    /// Takes the documents of an input that is as it was.
    pub fn keep(
        &mut self,
        documents: Vec<(String, String, Place)>,
        bytes: usize,
        report: &mut Report,
        tell: &mut dyn FnMut(Event<'_>),
    ) {
        report.bytes += bytes;
        report.kept += documents.len();
        tell(Event::Read(bytes));
        documents.into_iter().for_each(|(id, key, place)| self.put(id, key, place));
    }

    /// Takes one result; `false` ends the run.
    pub fn take(
        &mut self,
        result: std::result::Result<(usize, Done), Problem>,
        cache: &mut Cache,
        report: &mut Report,
        tell: &mut dyn FnMut(Event<'_>),
    ) -> bool {
        let (size, done) = match result {
            Ok(read) => read,
            Err(problem) => {
                tell(Event::Problem(&problem));
                report.problems.push(problem);
                return true;
            }
        };
        report.bytes += size;
        tell(Event::Read(size));
        let (id, key, place) = match done {
            Done::Kept { id, key, place } => {
                report.kept += 1;
                (id, key, place)
            }
            Done::Made { id, key, record, quotes, encoding, warning } => {
                report.extracted += 1;
                *report.encodings.entry(encoding.to_owned()).or_default() += 1;
                if let Some(problem) = warning {
                    tell(Event::Problem(&problem));
                    report.problems.push(problem);
                }
                match cache.add(&key, &record, &quotes) {
                    Ok(place) => (id, key, place),
                    Err(error) => {
                        self.failed = Some(error);
                        return false;
                    }
                }
            }
        };
        self.put(id, key, place);
        true
    }

    fn put(&mut self, id: String, key: String, place: Place) {
        match self.found.entry(id) {
            Entry::Occupied(there) if there.get().0 == key => {}
            // The one with the smaller key stays, whatever the order of the files.
            Entry::Occupied(mut there) => {
                *self.twice.entry(there.key().clone()).or_default() += 1;
                if key < there.get().0 {
                    there.insert((key, place));
                }
            }
            Entry::Vacant(free) => _ = free.insert((key, place)),
        }
    }

    pub fn finish(self, report: &mut Report, tell: &mut dyn FnMut(Event<'_>)) -> Result<Found> {
        for (id, more) in self.twice {
            let message = format!("{} different texts have this name: one was read", more + 1);
            let problem = Problem::error(id, message);
            tell(Event::Problem(&problem));
            report.problems.push(problem);
        }
        self.failed.map_or(Ok(self.found), Err)
    }
}
