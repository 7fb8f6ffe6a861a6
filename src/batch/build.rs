//! The main job: texts in, records, graph and reports out, and only what changed made again.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::PathBuf;
use std::time::{Instant, SystemTime};

use serde::Serialize;

use super::cache::{Cache, QUOTES, RECORDS, Records};
use super::follow::{self, Task};
use super::gather::{Done, Found, Gathered, one};
use super::ledger;
use super::manifest::{Entry, Manifest};
use super::seen::{Now, Seen};
use super::touch::Touch;
use super::{Inputs, Problem, Raw, Reader, output};
use crate::error::{Error, Result};
use crate::graph::{Builder, Quotes};
use crate::lexicon::Sources;
use crate::link::{Corpus, DecisionKind, Decisions, Joiner};
use crate::record::Record;
use crate::rule::{Footprint, RuleSet};
use crate::store::folder::State;
use crate::store::{self, Delta, Writer, cannot};

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
    /// The files of the rules, to tell what an edit of them touches.
    pub sources: Sources,
    /// What the user says of identities.
    pub decisions: Decisions,
    /// Make everything again.
    pub fresh: bool,
    /// Write the mentions into the graph as well.
    pub full: bool,
    /// Make a store on disk beside the graph file.
    pub disk: bool,
    /// Join and write everything, however little changed.
    pub whole: bool,
    /// From so many documents on a build keeps what the next one needs to write only what differs, and writes records
    /// and graph in parts.
    pub follow: usize,
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

/// Builds: reads all inputs, extracts what is new, and writes the output folder. The new files take their
/// places all at once, when all of them are on disk; until then the last build stands.
///
/// # Errors
/// Where nothing could be read, the folder cannot be written, or another process writes there.
pub fn build(inputs: Inputs, rules: &RuleSet, options: &Options, tell: &mut dyn FnMut(Event<'_>)) -> Result<Report> {
    let (started, begun) = (Instant::now(), SystemTime::now());
    let mut writer = Writer::open(&options.output)?;
    let old = Manifest::read(&options.output).filter(|_| !options.fresh);
    let footprint = LazyCell::new(|| Footprint::of(&options.sources, rules));
    let asked = || footprint.clone();
    let touch = old.as_ref().and_then(|old| Touch::between(old, &options.program, &options.rules, asked));
    let current = old.as_ref().filter(|_| touch.is_some());
    let stamp = format!("{} {}", options.program, options.rules);
    let (known, mut cache) = Cache::open(&options.output, current, &stamp)?;
    let mut report = Report { program: options.program.clone(), rules: options.rules.clone(), ..Report::default() };
    report.problems = inputs.problems.clone();
    let head = format!("{} {} {}", options.program, options.limit, options.date.as_deref().unwrap_or_default());
    let seen = Seen::read(&options.output, head);
    let (mut found, mut to_read) = (Gathered::default(), Vec::new());
    let mut as_before = Vec::new();
    for input in inputs.found {
        // Texts that an edited rule may touch must be looked at.
        let seen = seen.find(&input).filter(|_| touch.as_ref().is_some_and(Touch::is_none));
        let places = seen.and_then(|(documents, _)| {
            documents
                .iter()
                .map(|(id, key)| Some((id.clone(), key.clone(), known.find(key)?)))
                .collect::<Option<Vec<_>>>()
        });
        match (places, seen) {
            (Some(places), Some((_, bytes))) => {
                found.keep(places, bytes, &mut report, tell);
                as_before.push(input);
            }
            _ => to_read.push(input),
        }
    }
    let mut now = seen.now(begun);
    as_before.iter().for_each(|input| now.keep(input));
    let reader = Reader::new(to_read.iter().cloned(), options.date.clone()).limit(options.limit);
    let one = |raw: Raw| (raw.input, one(raw, rules, options, &known, touch.as_ref()));
    let work = |raw: std::result::Result<Raw, Problem>| match raw {
        Ok(raw) => one(raw),
        Err(problem) => (usize::MAX, Err(problem)),
    };
    super::map(reader, options.threads, work, |(input, result)| {
        if let (Some(input), Ok((bytes, done))) = (to_read.get(input), &result) {
            let (Done::Kept { id, key, .. } | Done::Made { id, key, .. }) = done;
            now.add(input, id, key, *bytes);
        }
        found.take(result, &mut cache, &mut report, tell)
    });
    let found = found.finish(&mut report, tell)?;
    let failed = failed(&report.problems);
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
    let enough = |state: &State| !options.whole || state.files.contains_key(output::SUMMARY);
    if same && output::is_whole(&writer) && writer.before().is_some_and(enough) {
        if disk && (options.disk || store::CAN_INDEX) {
            store::index(&writer, None, false)?;
        }
        now.write(&options.output, &failed)?;
        cache.finish();
        report.unchanged = true;
        report.seconds = started.elapsed().as_secs_f64();
        return Ok(report);
    }
    tell(Event::Stage("joining the graph"));
    let mut records = cache.reader(&writer)?;
    if let Some(old) = current.filter(|_| !options.whole) {
        let task = Task { found: &found, old, rules, options };
        if let Some(delta) = follow::follow(&task, &mut records, &mut writer, &mut report)? {
            let views = [output::DOT, output::SVG, output::SUMMARY].join(", ");
            report
                .notes
                .push(format!("{views} are left out, since little of much changed: `zhitu build --whole` makes them"));
            index(&writer, Some(&delta), disk, options, &mut report, tell)?;
            return finish(writer, cache, now, &failed, started, options, report);
        }
    }
    let mut manifest = Manifest {
        program: options.program.clone(),
        rules: options.rules.clone(),
        inputs: options.arguments.clone(),
        base: options.base.clone(),
        full: options.full,
        footprint: old
            .as_ref()
            .filter(|old| old.rules == options.rules)
            .map_or_else(asked, |old| old.footprint.clone()),
        decisions: options.decisions.digest().to_owned(),
        documents: BTreeMap::new(),
    };
    let (builder, corpus, sheets) =
        fold(&found, &mut records, rules, options, &mut writer, &mut manifest, &mut report)?;
    for unused in &corpus.unused {
        let (place, message) = unused.split_once(": ").unwrap_or(("", unused));
        let problem = Problem::warning(place, message);
        tell(Event::Problem(&problem));
        report.problems.push(problem);
    }
    count(&corpus, &mut report);
    let graph = builder.finish(&corpus);
    tell(Event::Stage("writing"));
    let said = output::write(&graph, &manifest, sheets.is_some(), &mut writer, &mut report)?;
    if let Some(sheets) = sheets {
        ledger::keep(&graph, &corpus, &sheets, said, &report, &mut writer)?;
    }
    super::identities::write(&corpus, &mut writer)?;
    manifest.write(&mut writer)?;
    index(&writer, None, disk, options, &mut report, tell)?;
    finish(writer, cache, now, &failed, started, options, report)
}

/// Makes the store on disk where one is wanted; `delta` is what differs from the last build, where that is known.
fn index(
    writer: &Writer,
    delta: Option<&Delta>,
    disk: bool,
    options: &Options,
    report: &mut Report,
    tell: &mut dyn FnMut(Event<'_>),
) -> Result<()> {
    if disk && (options.disk || store::CAN_INDEX) {
        tell(Event::Stage("loading the store"));
        store::index(writer, delta, false)?;
        report.files.push(format!("{}/", store::INDEX));
    } else if disk {
        let note = format!("{}/ is not of this build: this zhitu was built without the store on disk", store::INDEX);
        report.notes.push(note);
    }
    Ok(())
}

/// Ends a run: what is staged becomes the build.
fn finish(
    mut writer: Writer,
    cache: Cache,
    now: Now,
    failed: &BTreeSet<String>,
    started: Instant,
    options: &Options,
    mut report: Report,
) -> Result<Report> {
    report.seconds = started.elapsed().as_secs_f64();
    let json = serde_json::to_string_pretty(&report).map_err(|error| Error::new(error.to_string()))?;
    writer.write(output::REPORT, json.as_bytes())?;
    writer.commit()?;
    now.write(&options.output, failed)?;
    cache.finish();
    Ok(report)
}

/// The inputs of which something could not be read, by path.
fn failed(problems: &[Problem]) -> BTreeSet<String> {
    let line = |name: &str| name.rsplit_once(':').map(|(path, _)| path.to_owned());
    problems.iter().flat_map(|problem| line(&problem.input).into_iter().chain([problem.input.clone()])).collect()
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

/// What was read, joined: graph, things, and where they are kept the sheets of all documents.
type Folded = (Builder, Corpus, Option<Vec<Vec<u8>>>);

/// Writes the records in the order of their names and reads them for graph and linking.
fn fold(
    found: &Found,
    records: &mut Records,
    rules: &RuleSet,
    options: &Options,
    writer: &mut Writer,
    manifest: &mut Manifest,
    report: &mut Report,
) -> Result<Folded> {
    let mut sheets = if found.len() >= options.follow { Some(Vec::new()) } else { None };
    let mut quotes_out = writer.begin(QUOTES)?;
    let mut record_out = writer.lines(RECORDS, sheets.is_some().then(|| store::bits(found.len())))?;
    let failed = |error: std::io::Error| cannot("write", &options.output, &error);
    let (mut builder, mut joiner) = (Builder::new().with_marks(options.full), Joiner::new(&rules.linker));
    let (mut record_at, mut quotes_at) = (0, 0);
    for (id, (key, place)) in found {
        let (json, quotes) = records.get(place)?;
        let damaged = |error: serde_json::Error| Error::new(format!("the record of {id} is damaged: {error}"));
        let record: Record = serde_json::from_str(&json).map_err(damaged)?;
        report.characters += record.length;
        report.mentions += record.mentions.iter().filter(|mention| !mention.inner).count();
        builder.add(&record, &serde_json::from_str::<Quotes>(&quotes).map_err(damaged)?);
        match &mut sheets {
            Some(sheets) => sheets.push(joiner.keep(&record, &builder.implied(&record))),
            None => joiner.add(&record),
        }
        writeln!(record_out, "{json}").map_err(failed)?;
        writeln!(quotes_out, "{quotes}").map_err(failed)?;
        let entry = Entry { key: key.clone(), record: (record_at, json.len()), quotes: (quotes_at, quotes.len()) };
        manifest.documents.insert(id.clone(), entry);
        record_at += json.len() as u64 + 1;
        quotes_at += quotes.len() as u64 + 1;
    }
    record_out.finish()?;
    writer.put(quotes_out)?;
    Ok((builder, joiner.finish(&options.decisions)?, sheets))
}
