//! Reading documents and extracting them: the work of one thread.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use super::{Problem, Raw};
use crate::document::Document;
use crate::pipeline;
use crate::record::Record;
use crate::rule::RuleSet;

/// A document with what was read in it.
#[derive(Debug)]
pub struct Extracted {
    /// The document.
    pub document: Document,
    /// What the rules read.
    pub record: Record,
    /// Name of the encoding that it was in.
    pub encoding: &'static str,
    /// What was odd about its bytes.
    pub warning: Option<Problem>,
}

/// How long one document may take unless told otherwise. A text of a million characters takes a few seconds.
pub const PATIENCE: Duration = Duration::from_secs(300);

/// Extracts one document, in at most about `patience`. Extraction does not panic on any text; should it do so all
/// the same, that is the problem of this document and not the end of the run.
pub fn extract(raw: Raw, rules: &RuleSet, patience: Duration) -> Result<Extracted, Problem> {
    let (origin, told) = (raw.origin.clone(), raw.origin.clone());
    let work = AssertUnwindSafe(|| {
        let super::Read { document, encoding, odd: warning } = raw.read()?;
        let begun = Instant::now();
        let go_on = || begun.elapsed() <= patience;
        let Some(record) = pipeline::extract_while(&document, rules, &go_on) else {
            let seconds = patience.as_secs();
            let message = format!("took longer than {seconds} s: give it in parts, or raise --max-seconds");
            return Err(Problem::error(&*origin, message));
        };
        Ok(Extracted { document, record, encoding, warning })
    });
    catch_unwind(work).unwrap_or_else(|_| {
        Err(Problem::error(told, "a fault of the program: please report it with this text; the run goes on without it"))
    })
}
