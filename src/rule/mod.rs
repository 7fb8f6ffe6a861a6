//! Rules: what is written in `rules/`, what runs, examples, diagnostics.

pub mod name;

use crate::error::Result;
use crate::lexicon::Sources;
use crate::value::Values;

/// Everything that extraction knows: readers, lexicons and rules, ready to run.
#[derive(Debug)]
pub struct RuleSet {
    /// Readers of dates and figures.
    pub values: Values,
    /// Lexicons and rules of the name stage.
    pub names: name::Knowledge,
}

impl RuleSet {
    /// Loads and checks all files; the error names every problem with file, line and column.
    pub fn load(sources: &Sources) -> Result<RuleSet> {
        Ok(RuleSet { values: Values::load(sources)?, names: name::Knowledge::load(sources)? })
    }
}
