//! `zhitu extract`: records to standard output.

use std::path::Path;

use super::Outcome;
use super::output::Output;
use super::shared::Shared;
use crate::document::{DateSource, Document};
use crate::error::{Error, Result};
use crate::pipeline;

/// Print what the rules read in each document: one JSON record a line
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  zhitu extract news.txt                           one record
  zhitu extract corpus/ > records.jsonl            a folder, recursively
  echo '杨立勇是信息化专工。' | zhitu extract -       standard input
  zhitu extract --input-format jsonl - < docs.jsonl   lines of {\"id\", \"text\", \"date\"?}")]
pub struct Args {
    /// Files or `-` for standard input
    #[arg(value_name = "INPUT")]
    inputs: Vec<String>,
    /// `text`: a document is a file; `jsonl`: a document is a line
    #[arg(long, value_name = "FORMAT", default_value = "auto", value_parser = ["auto", "text", "jsonl"])]
    input_format: String,
    /// The day of publication (EDTF: 2025-05-01, 1983) of every document
    #[arg(long, value_name = "DAY")]
    date: Option<String>,
}

#[derive(serde::Deserialize)]
struct Line {
    id: String,
    text: String,
    date: Option<String>,
}

pub fn run(args: &Args, shared: &Shared) -> Result<Outcome> {
    let rules = shared.rule_set()?;
    let mut out = Output::new();
    for input in &args.inputs {
        let read =
            if input == "-" { std::io::read_to_string(std::io::stdin()) } else { std::fs::read_to_string(input) };
        let text = read.map_err(|error| Error::new(format!("cannot read {input}: {error}")))?;
        let jsonl = args.input_format == "jsonl" || (args.input_format == "auto" && input.ends_with(".jsonl"));
        let lines: Vec<Line> = if jsonl {
            text.lines()
                .map(|line| serde_json::from_str(line).map_err(|error| Error::new(format!("{input}: {error}"))))
                .collect::<Result<_>>()?
        } else {
            let id = Path::new(input).file_stem().unwrap_or_default().to_string_lossy().into_owned();
            vec![Line { id, text, date: None }]
        };
        for line in lines {
            let date = args.date.as_deref().map(|day| (day, DateSource::Option));
            let date = date.or(line.date.as_deref().map(|day| (day, DateSource::Metadata)));
            let record = pipeline::extract(&Document::new(line.id, line.text, date), &rules);
            let json = serde_json::to_string(&record).map_err(|error| Error::new(error.to_string()))?;
            if !out.write(&json)? || !out.write("\n")? {
                return Ok(Outcome::Done);
            }
        }
    }
    out.finish()?;
    Ok(Outcome::Done)
}
