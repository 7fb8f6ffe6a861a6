//! Whole folders: what there is to read, reading it on all cores in a fixed order, and the main job that
//! leaves records, graph and reports in a folder and makes again only what changed.

mod amend;
mod build;
mod bundle;
mod cache;
mod check;
mod convert;
mod counts;
mod follow;
mod gather;
mod identities;
mod input;
mod ledger;
mod manifest;
mod map;
mod output;
mod reader;
mod run;
mod seen;
mod touch;

pub use build::{Event, Options, Report, build};
pub use bundle::{Bundle, maker};
pub use cache::{RECORDS, each_record, graph};
pub use check::{Checked, check};
pub use identities::IDENTITIES;
pub use input::{Format, Input, Inputs, find};
pub use ledger::kept;
pub use manifest::Manifest;
pub use map::map;
pub use output::rdf_options;
pub use reader::{LIMIT, Raw, Read, Reader};
pub use run::{Extracted, PATIENCE, extract};
pub use seen::Mark;
pub use touch::Touch;

use crate::error::Error;
pub use crate::store::write;

/// Something that could not be read, or only in part. The run goes on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Problem {
    /// The file, with the line where one matters.
    pub input: String,
    /// What is wrong, and what to do about it.
    pub message: String,
    /// The text was read all the same.
    pub warning: bool,
}

impl Problem {
    /// Something that was left out.
    pub fn error(input: impl Into<String>, message: impl std::fmt::Display) -> Problem {
        Problem { input: input.into(), message: message.to_string(), warning: false }
    }

    /// Something odd in a text that was read.
    pub fn warning(input: impl Into<String>, message: impl std::fmt::Display) -> Problem {
        Problem { warning: true, ..Problem::error(input, message) }
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Error {
        Error::new(format!("{}: {}", problem.input, problem.message))
    }
}
