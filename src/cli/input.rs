//! The arguments of commands that read texts.

use std::time::Duration;

use super::shared::Shared;
use crate::batch::{self, Format, Inputs};
use crate::document::is_edtf_day;
use crate::error::{Error, Result};

/// What to read.
#[derive(Debug, clap::Args)]
pub struct InputArgs {
    /// Files, folders (all texts in them), quoted globs, or `-` for standard input; `.gz` and `.zst` are unpacked
    #[arg(value_name = "INPUT")]
    pub inputs: Vec<String>,
    /// How documents stand in the files: `text`, one a file; `jsonl`, one a line, as
    /// {"id": …, "text": …, "date": …}; `html`, the main text of web pages; `docx`, Word files; `extracted`, lines
    /// of `zhitu extract --for-build`; `auto` goes by the name of the file
    #[arg(long, value_name = "FORMAT", default_value = "auto", value_parser = ["auto", "text", "jsonl", "html", "docx", "extracted"])]
    pub input_format: String,
    /// The day of publication of every document: 2025-05-01, 2025-05 or 2025. Relative dates count from it
    #[arg(long, value_name = "DAY")]
    pub date: Option<String>,
    /// Leave out documents larger than so many megabytes
    #[arg(long, value_name = "MB", default_value_t = batch::LIMIT >> 20)]
    pub max_size: u64,
    /// Leave out documents that take longer than so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = batch::PATIENCE.as_secs())]
    pub max_seconds: u64,
}

impl InputArgs {
    /// The largest document in bytes.
    pub fn limit(&self) -> u64 {
        self.max_size.saturating_mul(1 << 20)
    }

    /// How long one document may take.
    pub fn patience(&self) -> Duration {
        Duration::from_secs(self.max_seconds)
    }

    /// Everything that there is to read; `default` stands for no input at all.
    pub fn find(&self, default: &str, shared: &Shared) -> Result<Inputs> {
        if let Some(day) = self.date.as_ref().filter(|day| !is_edtf_day(day)) {
            return Err(Error::new(format!("--date {day} is no date"))
                .with_help("write a day, a month or a year: 2025-05-01, 2025-05, 2025"));
        }
        let format = match self.input_format.as_str() {
            "text" => Some(Format::Text),
            "jsonl" => Some(Format::JsonLines),
            "html" => Some(Format::Html),
            "docx" => Some(Format::Docx),
            "extracted" => Some(Format::Extracted),
            _ => None,
        };
        let default = [default.to_owned()];
        let inputs = batch::find(if self.inputs.is_empty() { &default } else { &self.inputs }, format)?;
        inputs.problems.iter().for_each(|problem| shared.report(problem));
        Ok(inputs)
    }
}
