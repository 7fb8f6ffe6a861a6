//! `zhitu gold`: corrected marks as gold texts.

use std::fs;
use std::path::{Path, PathBuf};

use super::Outcome;
use super::output::Output;
use crate::batch;
use crate::error::{Error, Result};
use crate::eval::{self, Gold};
use crate::text::decode;

/// Turn marks that were corrected in brat or INCEpTION into a gold text
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  zhitu export brat --document news > news.ann     then correct news.ann beside news.txt in brat
  zhitu gold news.ann --date 2025-05-01 -o gold/news.gold
  zhitu export xmi --document news > news.xmi      then correct it in INCEpTION and export UIMA CAS XMI 1.0
  zhitu gold news.xmi > gold/news.gold
  zhitu eval gold/                                 scores against what was corrected")]
pub struct Args {
    /// A file of brat (.ann, with its text beside it as .txt) or of UIMA CAS XMI (.xmi)
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The text that the marks belong to, where it is not beside them
    #[arg(long, value_name = "FILE")]
    text: Option<PathBuf>,
    /// The day of publication
    #[arg(long, value_name = "DAY")]
    date: Option<String>,
    /// Where the text comes from
    #[arg(long, value_name = "WORDS")]
    source: Option<String>,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub fn run(args: &Args) -> Result<Outcome> {
    let doc = args.file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let xmi = args.file.extension().is_some_and(|e| e.eq_ignore_ascii_case("xmi") || e.eq_ignore_ascii_case("xml"));
    let marks = read(&args.file)?;
    let mut gold = if xmi {
        eval::from_xmi(&doc, &marks)
    } else {
        let text = args.text.clone().unwrap_or_else(|| args.file.with_extension("txt"));
        eval::from_brat(&doc, &marks, &read(&text)?)
    }
    .map_err(|error| error.context(args.file.display()))?;
    (gold.date, gold.source) = (args.date.clone(), args.source.clone());
    let written = gold.write();
    // What is written can be read: a text that holds the marks of gold texts could not.
    Gold::parse(&doc, &written).map_err(|error| error.context(args.file.display()))?;
    match &args.output {
        Some(path) => batch::write(path, written.as_bytes())?,
        None => {
            let mut out = Output::new();
            out.write(&written)?;
            out.finish()?;
        }
    }
    Ok(Outcome::Done)
}

fn read(path: &Path) -> Result<String> {
    let failed = |error: &dyn std::fmt::Display| Error::new(format!("cannot read {}: {error}", path.display()));
    let bytes = fs::read(path).map_err(|error| failed(&error))?;
    Ok(decode(bytes).map_err(|error| failed(&error))?.text)
}
