//! `zhitu eval`: scores of records against gold.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::Outcome;
use super::output::Output;
use super::shared::Shared;
use crate::document::{DateSource, Document};
use crate::error::{Error, Result};
use crate::eval::{Found, Gold, Scores};
use crate::pipeline;

/// Score extraction against hand-marked texts: precision, recall and F1 by type and predicate
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  zhitu eval gold/*.gold                            extract the gold texts and score the result
  zhitu eval gold/ --errors                         every miss and false hit, too
  zhitu eval gold/ --records records.jsonl          score records made earlier, or by another program")]
pub struct Args {
    /// Gold files, or folders of them
    #[arg(value_name = "GOLD", required = true)]
    gold: Vec<PathBuf>,
    /// Score these records (JSON lines) instead of extracting the gold texts now
    #[arg(long, value_name = "FILE")]
    records: Option<PathBuf>,
    /// List every miss, false hit, wrong norm and wrong qualifier
    #[arg(long)]
    errors: bool,
    /// `table` for people, `json` for programs
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = ["table", "json"])]
    format: String,
}

pub fn run(args: &Args, shared: &Shared) -> Result<Outcome> {
    let mut files = Vec::new();
    for path in &args.gold {
        collect(path, &mut files)?;
    }
    if files.is_empty() {
        return Err(Error::new("no gold files found").with_help("their names end in .gold"));
    }
    let gold: Vec<Gold> = files.iter().map(|path| Gold::read(path)).collect::<Result<_>>()?;
    let found = match &args.records {
        Some(path) => read_records(path)?,
        None => extract(&gold, shared)?,
    };
    let mut scores = Scores::default();
    for document in &gold {
        scores.add(document, found.get(&document.doc));
    }
    let report = scores.report();
    let mut text = if args.format == "json" {
        let json = serde_json::to_string_pretty(&report).map_err(|error| Error::new(error.to_string()))?;
        format!("{json}\n")
    } else {
        report.to_string()
    };
    if args.errors {
        text.push('\n');
        scores.errors.iter().for_each(|error| text.extend([error, "\n"]));
    }
    let mut out = Output::new();
    out.write(&text)?;
    out.finish()?;
    Ok(Outcome::Done)
}

/// A file as it is; of a folder, the gold files in it, sorted.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    let entries = fs::read_dir(path).map_err(|error| Error::new(format!("cannot read {}: {error}", path.display())))?;
    let mut inside: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    inside.retain(|path| path.extension().is_some_and(|e| e == "gold"));
    inside.sort();
    files.append(&mut inside);
    Ok(())
}

fn extract(gold: &[Gold], shared: &Shared) -> Result<BTreeMap<String, Found>> {
    let rules = shared.rule_set()?;
    let found = gold.iter().map(|gold| {
        let date = gold.date.as_deref().map(|day| (day, DateSource::Metadata));
        let record = pipeline::extract(&Document::new(&*gold.doc, &*gold.text, date), &rules);
        (gold.doc.clone(), Found::from(&record))
    });
    Ok(found.collect())
}

/// Records by the stem of their document's name.
fn read_records(path: &Path) -> Result<BTreeMap<String, Found>> {
    let name = path.display();
    let text = fs::read_to_string(path).map_err(|error| Error::new(format!("cannot read {name}: {error}")))?;
    let mut records = BTreeMap::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let found: Found =
            serde_json::from_str(line).map_err(|error| Error::new(format!("{name}:{}: {error}", at + 1)))?;
        let stem = Path::new(&found.doc).file_stem().map(|stem| stem.to_string_lossy().into_owned());
        records.insert(stem.unwrap_or_default(), found);
    }
    Ok(records)
}
