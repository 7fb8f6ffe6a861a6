//! `zhitu extract`: records to standard output.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

use serde::Serialize;

use super::Outcome;
use super::input::InputArgs;
use super::output::Output;
use super::progress::Progress;
use super::shared::Shared;
use crate::batch::{self, Bundle, Extracted, Problem, Raw, Reader};
use crate::error::{Error, Result};
use crate::rule::RuleSet;

/// Print what the rules read in each document: one JSON record a line
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  zhitu extract news.txt                              one record
  zhitu extract corpus/ > records.jsonl               all texts of a folder
  echo '杨立勇是信息化专工。' | zhitu extract           standard input
  zhitu extract --input-format jsonl - < docs.jsonl   lines of {\"id\", \"text\", \"date\"}
  zhitu extract news.txt | jq '.facts[]'              the facts alone

Records come in the order of the inputs, whatever the number of threads.")]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,
    /// Write what was read, in which encodings, and what could not be read, as JSON
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Print what `zhitu build --input-format extracted` joins to a graph: each record with the sentences that its
    /// facts stand on. So the parts of a corpus can be extracted by different processes
    #[arg(long)]
    for_build: bool,
}

/// What a run did, for programs.
#[derive(Debug, Default, Serialize)]
struct Report {
    /// Documents read.
    documents: usize,
    /// Inputs and documents that could not be read.
    failed: usize,
    /// Bytes of text read.
    bytes: usize,
    /// How many documents were in which encoding.
    encodings: BTreeMap<&'static str, usize>,
    /// What could not be read, or only in part.
    problems: Vec<Problem>,
    /// How long it took.
    seconds: f64,
}

/// One document, ready to be written.
struct Done {
    size: usize,
    json: String,
    encoding: &'static str,
    warning: Option<Problem>,
}

pub fn run(args: &Args, shared: &Shared) -> Result<Outcome> {
    let started = Instant::now();
    let inputs = args.input.find("-", shared)?;
    // Taking the rules apart again would take as long as reading a text.
    let sources = shared.sources()?;
    let rules: &'static RuleSet = Box::leak(Box::new(RuleSet::load(&sources)?));
    let maker = if args.for_build { batch::maker(&sources) } else { String::new() };
    let mut report = Report { problems: inputs.problems.clone(), ..Report::default() };
    let mut progress = Progress::new(&inputs.found, shared);
    let reader = Reader::new(inputs.found, args.input.date.clone()).limit(args.input.limit());
    let patience = args.input.patience();
    let mut out = Output::new();
    let mut failed = None;
    let work = |raw: std::result::Result<Raw, Problem>| {
        let raw = raw?;
        let (size, origin) = (raw.size(), raw.origin.clone());
        let key = args.for_build.then(|| raw.key());
        let Extracted { document, record, encoding, warning } = batch::extract(raw, rules, patience)?;
        let json = match key {
            Some(key) => serde_json::to_string(&Bundle::new(&maker, key, record, &document))
                .map_err(|error| Problem::error(origin, error))?,
            None => record.to_json(),
        };
        Ok(Done { size, json, encoding, warning })
    };
    batch::map(reader, shared.threads(), work, |result: std::result::Result<Done, Problem>| match result {
        Ok(done) => {
            report.documents += 1;
            report.bytes += done.size;
            *report.encodings.entry(done.encoding).or_default() += 1;
            progress.advance(done.size);
            done.warning.iter().for_each(|warning| progress.report(warning, shared));
            report.problems.extend(done.warning);
            let written = out.write(&done.json).and_then(|on| Ok(on && out.write("\n")?));
            written.unwrap_or_else(|error| {
                failed = Some(error);
                false
            })
        }
        Err(problem) => {
            progress.report(&problem, shared);
            report.problems.push(problem);
            true
        }
    });
    progress.finish();
    if let Some(error) = failed {
        return Err(error);
    }
    out.finish()?;
    report.failed = report.problems.iter().filter(|problem| !problem.warning).count();
    report.seconds = started.elapsed().as_secs_f64();
    if let Some(path) = &args.report {
        let json = serde_json::to_string_pretty(&report).map_err(|error| Error::new(error.to_string()))?;
        batch::write(path, json.as_bytes())?;
    }
    Ok(if report.failed == 0 { Outcome::Done } else { Outcome::Findings })
}
