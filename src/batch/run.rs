//! Reading documents and extracting them: the work of one thread.

use std::panic::{AssertUnwindSafe, catch_unwind};

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

/// Extracts one document. Extraction does not panic on any text; should it do so all the same, that is the
/// problem of this document and not the end of the run.
pub fn extract(raw: Raw, rules: &RuleSet) -> Result<Extracted, Problem> {
    let origin = raw.origin.clone();
    let work = AssertUnwindSafe(|| {
        let super::Read { document, encoding, odd: warning } = raw.read()?;
        let record = pipeline::extract(&document, rules);
        Ok(Extracted { document, record, encoding, warning })
    });
    catch_unwind(work).unwrap_or_else(|_| {
        Err(Problem::error(
            origin,
            "a fault of the program: please report it with this text; the run goes on without it",
        ))
    })
}
