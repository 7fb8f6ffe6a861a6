//! The main job: texts in, records, graph and reports out, and only what changed made again.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use serde::Serialize;

use super::cache::{Cache, Known, Place, QUOTES, RECORDS, Records};
use super::manifest::{Entry, Manifest};
use super::touch::Touch;
use super::{Bundle, Extracted, Inputs, Problem, Raw, Reader, output};
use crate::error::{Error, Result};
use crate::graph::{Builder, Quotes};
use crate::link::{Corpus, DecisionKind, Decisions, Joiner};
use crate::record::Record;
use crate::rule::{Footprint, RuleSet};
use crate::store::{self, Writer, cannot};

/// How to build.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder to write.
    pub output: PathBuf,
    /// The day of every document.
    pub date: Option<String>,
    /// Bytes of the largest document that is read.
    pub limit: u64,
    /// How long one document may take.
    pub patience: std::time::Duration,
    /// What IRIs begin with.
    pub base: String,
    /// How many threads extract.
    pub threads: usize,
    /// Name and version of the program.
    pub program: String,
    /// Hash of the rules.
    pub rules: String,
    /// What names program and rules in records that other processes made.
    pub maker: String,
    /// The inputs as they were given.
    pub arguments: Vec<String>,
    /// What the rules read, to tell what an edit of them touches.
    pub footprint: Footprint,
    /// What the user says of identities.
    pub decisions: Decisions,
    /// Make everything again.
    pub fresh: bool,
    /// Write the mentions into the graph as well.
    pub full: bool,
    /// Make a store on disk beside the graph file.
    pub disk: bool,
}

/// What a run says while it goes on.
#[derive(Debug, Clone, Copy)]
pub enum Event<'a> {
    /// So many bytes of text are done.
    Read(usize),
    /// Something could not be read.
    Problem(&'a Problem),
    /// The next part of the work begins.
    Stage(&'a str),
}

/// What a run did, for programs: `report.json`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Report {
    /// Name and version of the program.
    pub program: String,
    /// Hash of the rules.
    pub rules: String,
    /// Documents in the graph.
    pub documents: usize,
    /// Of these, documents extracted by this run.
    pub extracted: usize,
    /// Of these, documents whose records were kept.
    pub kept: usize,
    /// Inputs and documents that could not be read.
    pub failed: usize,
    /// How many of the documents extracted were in which encoding.
    pub encodings: BTreeMap<String, usize>,
    /// Bytes of text read.
    pub bytes: usize,
    /// Code points of all documents.
    pub characters: usize,
    /// Mentions, those nested in longer ones apart.
    pub mentions: usize,
    /// Statements of all documents.
    pub statements: usize,
    /// Entities of the graph.
    pub entities: usize,
    /// Distinct facts of the graph.
    pub facts: usize,
    /// Entities that several documents speak of.
    pub joined: usize,
    /// Pairs of one name that were kept apart.
    pub apart: usize,
    /// Joins and separations that the decisions file asks for.
    pub decided: usize,
    /// Documents that print the text of another.
    pub reprints: usize,
    /// Pairs of facts that cannot be true together.
    pub conflicts: usize,
    /// Statements of RDF in the graph file.
    pub quads: usize,
    /// The files written, below the output folder.
    pub files: Vec<String>,
    /// What could not be read, or only in part.
    pub problems: Vec<Problem>,
    /// What else there is to say, such as a drawing that could not be made.
    pub notes: Vec<String>,
    /// How long it took.
    pub seconds: f64,
    /// Nothing had changed since the last build.
    pub unchanged: bool,
}

/// What became of one document.
enum Done {
    Kept { id: String, key: String, place: Place },
    Made { id: String, key: String, record: String, quotes: String, encoding: &'static str, warning: Option<Problem> },
}

/// Builds: reads all inputs, extracts what is new, and writes the output folder. The new files take their
/// places all at once, when all of them are on disk; until then the last build stands.
///
/// # Errors
/// Where nothing could be read, the folder cannot be written, or another process writes there.
pub fn build(inputs: Inputs, rules: &RuleSet, options: &Options, tell: &mut dyn FnMut(Event<'_>)) -> Result<Report> {
    let started = Instant::now();
    let mut writer = Writer::open(&options.output)?;
    let old = Manifest::read(&options.output).filter(|_| !options.fresh);
    let touch = old.as_ref().and_then(|old| Touch::since(old, options));
    let current = old.as_ref().filter(|_| touch.is_some());
    let stamp = format!("{} {}", options.program, options.rules);
    let (known, mut cache) = Cache::open(&options.output, current, &stamp)?;
    let mut report = Report { program: options.program.clone(), rules: options.rules.clone(), ..Report::default() };
    report.problems = inputs.problems.clone();
    let reader = Reader::new(inputs.found, options.date.clone()).limit(options.limit);
    let one = |raw: Raw| one(raw, rules, options, &known, touch.as_ref());
    let work = |raw: std::result::Result<Raw, Problem>| raw.and_then(one);
    let mut found = Gathered::default();
    super::map(reader, options.threads, work, |result| found.take(result, &mut cache, &mut report, tell));
    let found = found.finish(&mut report, tell)?;
    report.failed = report.problems.iter().filter(|problem| !problem.warning).count();
    report.documents = found.len();
    if found.is_empty() {
        return Err(Error::new("no text could be read: nothing was written"));
    }
    let same = current.is_some_and(|old| {
        report.extracted == 0
            && old.base == options.base
            && old.full == options.full
            && old.rules == options.rules
            && old.decisions == options.decisions.digest()
            && old.documents.len() == found.len()
            && found.iter().all(|(id, (key, _))| old.documents.get(id).is_some_and(|entry| entry.key == *key))
    });
    let disk = options.disk || store::has_index(&options.output);
    if same && output::is_whole(&writer) {
        if disk && (options.disk || store::CAN_INDEX) {
            store::index(&writer, false)?;
        }
        cache.finish();
        report.unchanged = true;
        report.seconds = started.elapsed().as_secs_f64();
        return Ok(report);
    }
    tell(Event::Stage("joining the graph"));
    let mut manifest = Manifest {
        program: options.program.clone(),
        rules: options.rules.clone(),
        inputs: options.arguments.clone(),
        base: options.base.clone(),
        full: options.full,
        footprint: options.footprint.clone(),
        decisions: options.decisions.digest().to_owned(),
        documents: BTreeMap::new(),
    };
    let mut records = cache.reader()?;
    let (builder, corpus) = fold(&found, &mut records, rules, options, &mut writer, &mut manifest, &mut report)?;
    for unused in &corpus.unused {
        let (place, message) = unused.split_once(": ").unwrap_or(("", unused));
        let problem = Problem::warning(place, message);
        tell(Event::Problem(&problem));
        report.problems.push(problem);
    }
    count(&corpus, &mut report);
    let graph = builder.finish(&corpus);
    tell(Event::Stage("writing"));
    super::identities::write(corpus, &mut writer)?;
    output::write(&graph, &manifest, &mut writer, &mut report)?;
    manifest.write(&mut writer)?;
    if disk && (options.disk || store::CAN_INDEX) {
        tell(Event::Stage("loading the store"));
        store::index(&writer, false)?;
        report.files.push(format!("{}/", store::INDEX));
    } else if disk {
        let note = format!("{}/ is not of this build: this zhitu was built without the store on disk", store::INDEX);
        report.notes.push(note);
    }
    report.seconds = started.elapsed().as_secs_f64();
    let json = serde_json::to_string_pretty(&report).map_err(|error| Error::new(error.to_string()))?;
    writer.write(output::REPORT, json.as_bytes())?;
    writer.commit()?;
    cache.finish();
    Ok(report)
}

/// Keeps or makes the record of one document, on any thread.
fn one(
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
            let record = serde_json::to_string(&record).map_err(fault)?;
            let quotes = serde_json::to_string(&quotes).map_err(fault)?;
            return Ok((size, Done::Made { id, key, record, quotes, encoding: "UTF-8", warning: None }));
        }
        Err(raw) => raw,
    };
    let untouched = |place: &Place| !place.is_built() || touch.is_none_or(|touch| touch.rules(&raw).is_empty());
    if let Some(place) = known.find(&key).filter(untouched) {
        return Ok((size, Done::Kept { id, key, place }));
    }
    let Extracted { document, record, encoding, warning } = super::extract(*raw, rules, options.patience)?;
    let quotes = serde_json::to_string(&Quotes::read(&record, &document)).map_err(fault)?;
    let record = serde_json::to_string(&record).map_err(fault)?;
    Ok((size, Done::Made { id, key, record, quotes, encoding, warning }))
}

/// By document, its key and where its record stands.
type Found = BTreeMap<String, (String, Place)>;

/// What came in so far, in the order of the inputs.
#[derive(Default)]
struct Gathered {
    found: Found,
    /// Names that several different texts have.
    twice: BTreeMap<String, usize>,
    failed: Option<Error>,
}

impl Gathered {
    /// Takes one result; `false` ends the run.
    fn take(
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
        match self.found.get(&id) {
            Some((other, _)) if *other == key => {}
            // The one with the smaller key stays, whatever the order of the files.
            Some((other, _)) => {
                *self.twice.entry(id.clone()).or_default() += 1;
                if key < *other {
                    self.found.insert(id, (key, place));
                }
            }
            None => _ = self.found.insert(id, (key, place)),
        }
        true
    }

    fn finish(self, report: &mut Report, tell: &mut dyn FnMut(Event<'_>)) -> Result<Found> {
        for (id, more) in self.twice {
            let message = format!("{} different texts have this name: one was read", more + 1);
            let problem = Problem::error(id, message);
            tell(Event::Problem(&problem));
            report.problems.push(problem);
        }
        self.failed.map_or(Ok(self.found), Err)
    }
}

/// What linking did, in figures.
fn count(corpus: &Corpus, report: &mut Report) {
    let several = |members: &[(String, String)]| members.iter().any(|(doc, _)| *doc != members[0].0);
    report.joined = corpus.entities.iter().filter(|entity| several(&entity.members)).count();
    let of = |kinds: [DecisionKind; 2]| corpus.decisions.iter().filter(|d| kinds.contains(&d.kind)).count();
    report.apart = of([DecisionKind::Refused, DecisionKind::Forbidden]);
    report.decided = of([DecisionKind::Forced, DecisionKind::Forbidden]);
    report.reprints = corpus.reprints.iter().map(|group| group.len().saturating_sub(1)).sum();
}

/// Writes the records in the order of their names and reads them for graph and linking.
fn fold(
    found: &Found,
    records: &mut Records,
    rules: &RuleSet,
    options: &Options,
    writer: &mut Writer,
    manifest: &mut Manifest,
    report: &mut Report,
) -> Result<(Builder, Corpus)> {
    let (mut record_out, mut quotes_out) = (writer.begin(RECORDS)?, writer.begin(QUOTES)?);
    let failed = |error: std::io::Error| cannot("write", &options.output, &error);
    let (mut builder, mut joiner) = (Builder::new().with_marks(options.full), Joiner::new(&rules.linker));
    let (mut record_at, mut quotes_at) = (0, 0);
    for (id, (key, place)) in found {
        let (json, quotes) = records.get(place)?;
        let damaged = |error: serde_json::Error| Error::new(format!("the record of {id} is damaged: {error}"));
        let record: Record = serde_json::from_str(&json).map_err(damaged)?;
        report.characters += record.length;
        report.mentions += record.mentions.iter().filter(|mention| !mention.inner).count();
        joiner.add(&record);
        builder.add(&record, &serde_json::from_str::<Quotes>(&quotes).map_err(damaged)?);
        writeln!(record_out, "{json}").map_err(failed)?;
        writeln!(quotes_out, "{quotes}").map_err(failed)?;
        let entry = Entry { key: key.clone(), record: (record_at, json.len()), quotes: (quotes_at, quotes.len()) };
        manifest.documents.insert(id.clone(), entry);
        record_at += json.len() as u64 + 1;
        quotes_at += quotes.len() as u64 + 1;
    }
    writer.put(quotes_out)?;
    writer.put(record_out)?;
    Ok((builder, joiner.finish(&options.decisions)?))
}
