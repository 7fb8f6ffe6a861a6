//! The written form of sites that somebody calls at.

use serde::Deserialize;

use crate::error::Result;
use crate::lexicon::{Classes, Lexicon};
use crate::rule::Rule;
use crate::schema::{RuleId, Type};
use crate::text::Words;

/// A rule that names what is visited (来到人民商场、船闸码头), ready to run.
#[derive(Debug)]
pub struct StopRule {
    /// Its id.
    pub id: RuleId,
    /// What it names.
    pub kind: Type,
    /// Lists of the words that end such a name.
    pub heads: Classes,
    /// Verbs before it.
    pub verbs: Words,
    /// Everyday words that are given as names: 人民, 红星.
    pub stems: Words,
    /// Characters with which a stretch of nature ends, after which a site is called: 河, 湖.
    pub nature: Words,
    /// Surnames that are more often words: 高, 公.
    pub everyday: Words,
    /// What may stand between a name and the end of its item: 现场.
    pub behind: Words,
    /// Kinds of sites that a rare noun before them does not name: 草莓｜基地.
    pub never: Words,
    /// Most characters of a name.
    pub max: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(rename = "type")]
    kind: Type,
    heads: Vec<String>,
    verbs: Words,
    stems: Words,
    #[serde(default)]
    nature: Words,
    #[serde(default)]
    everyday: Words,
    behind: Words,
    #[serde(default)]
    never: Words,
    max: usize,
}

impl StopRule {
    /// The rule from its checked form.
    pub(super) fn new(rule: &Rule, lexicon: &Lexicon) -> Result<StopRule> {
        let Written { kind, heads, verbs, stems, nature, everyday, behind, never, max } = super::detail(rule)?;
        let heads = lexicon.classes(&heads)?;
        Ok(StopRule { id: rule.id, kind, heads, verbs, stems, nature, everyday, behind, never, max })
    }
}
