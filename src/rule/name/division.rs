//! The written form of townships and villages, which no list holds whole.

use serde::Deserialize;

use crate::error::Result;
use crate::rule::Rule;
use crate::schema::RuleId;
use crate::text::{Sieve, Words};

/// A rule that composes the names of divisions below the county, ready to run.
#[derive(Debug)]
pub struct DivisionRule {
    /// Its id.
    pub id: RuleId,
    /// Words that end such a name, by level from the top down: 镇 before 村.
    pub levels: Vec<Words>,
    /// The characters with which these begin.
    pub tails: Sieve,
    /// Words that end the name of a division above them, read where a body of it or a township follows: 怀江市水务局.
    pub above: Words,
    /// Stems that say what kind of place it is, never which: 贫困村, 示范乡镇.
    pub never: Words,
    /// Most characters before the ending.
    pub max: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    levels: Vec<Words>,
    #[serde(default)]
    above: Words,
    #[serde(default)]
    never: Words,
    max: usize,
}

impl DivisionRule {
    /// The rule from its checked form.
    pub(super) fn new(rule: &Rule) -> Result<DivisionRule> {
        let Written { levels, above, never, max } = super::detail(rule)?;
        let levels: Vec<Words> = levels.into_iter().map(Words::longest_first).collect();
        let mut tails = Sieve::default();
        levels.iter().for_each(|words| tails.join(words.firsts()));
        Ok(DivisionRule { id: rule.id, levels, tails, above, never, max })
    }
}
