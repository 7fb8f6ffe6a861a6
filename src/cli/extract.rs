//! `zhitu extract`: records to standard output.

use super::Outcome;
use super::input::InputArgs;
use super::output::Output;
use super::progress::Progress;
use super::shared::Shared;
use crate::batch::{self, Reader};
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
}

pub fn run(args: &Args, shared: &Shared) -> Result<Outcome> {
    let inputs = args.input.find("-", shared)?;
    // Taking the rules apart again would take as long as reading a text.
    let rules: &'static RuleSet = Box::leak(Box::new(shared.rule_set()?));
    let mut outcome = if inputs.problems.is_empty() { Outcome::Done } else { Outcome::Findings };
    let mut progress = Progress::new(&inputs.found, shared);
    let reader = Reader::new(inputs.found, args.input.date.clone()).limit(args.input.limit());
    let mut out = Output::new();
    let mut failed = None;
    let work = |raw: std::result::Result<batch::Raw, batch::Problem>| {
        let raw = raw?;
        let size = raw.size();
        let extracted = batch::extract(raw, rules)?;
        let json = serde_json::to_string(&extracted.record).map_err(|error| Error::new(error.to_string()));
        Ok((size, json, extracted.warning))
    };
    batch::map(reader, shared.threads(), work, |result| match result {
        Ok((size, json, warning)) => {
            progress.advance(size);
            warning.iter().for_each(|warning| progress.report(warning, shared));
            let written = json.and_then(|json| Ok(out.write(&json)? && out.write("\n")?));
            written.unwrap_or_else(|error| {
                failed = Some(error);
                false
            })
        }
        Err(problem) => {
            outcome = Outcome::Findings;
            progress.report(&problem, shared);
            true
        }
    });
    progress.finish();
    match failed {
        Some(error) => Err(error),
        None => out.finish().map(|_| outcome),
    }
}
