//! Rules: what is written in `rules/`, what runs, examples, diagnostics.

use crate::error::Result;
use crate::lexicon::Sources;
use crate::value::Values;

/// Everything that extraction knows: readers, lexicons and rules, ready to run.
#[derive(Debug, Default)]
pub struct RuleSet {
    /// Readers of dates and figures.
    pub values: Values,
}

impl RuleSet {
    /// Loads and checks all files; the error names every problem with file, line and column.
    pub fn load(sources: &Sources) -> Result<RuleSet> {
        Ok(RuleSet { values: Values::load(sources)? })
    }
}
