//! The written form of company names without a legal form.

use serde::Deserialize;

use crate::error::Result;
use crate::lexicon::{Classes, Lexicon};
use crate::rule::Rule;
use crate::schema::RuleId;
use crate::text::Words;

/// A rule that composes short names of companies (金河实业, 云岭股份), ready to run.
#[derive(Debug)]
pub struct BrandRule {
    /// Its id.
    pub id: RuleId,
    /// Words that end such a name; a `weak` one only where the sentence is about companies.
    pub tails: Classes,
    /// Words that make a sentence one about companies; `before`, `behind`: those that touch a company's name.
    pub cues: Classes,
    /// Words for a company of any kind, before a name in Latin letters.
    pub kinds: Classes,
    /// Stems that never name a company: 本公司, 绿色产业.
    pub never: Words,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    tails: Vec<String>,
    cues: Vec<String>,
    kinds: Vec<String>,
    #[serde(default)]
    never: Words,
}

impl BrandRule {
    /// The rule from its checked form.
    pub(super) fn new(rule: &Rule, lexicon: &Lexicon) -> Result<BrandRule> {
        let Written { tails, cues, kinds, never } = super::detail(rule)?;
        let (tails, cues, kinds) = (lexicon.classes(&tails)?, lexicon.classes(&cues)?, lexicon.classes(&kinds)?);
        Ok(BrandRule { id: rule.id, tails, cues, kinds, never })
    }
}
