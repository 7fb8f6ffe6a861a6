//! The written form of names in quotation marks.

use regex::Regex;
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::lexicon::{Classes, Lexicon};
use crate::rule::Rule;
use crate::schema::{RuleId, Type};

/// A rule that names what stands in quotation marks, ready to run. What is empty is not asked.
#[derive(Debug)]
pub struct QuoteRule {
    /// Its id.
    pub id: RuleId,
    /// What it names.
    pub kind: Type,
    /// Classes of boundary verbs of which one stands before the quotation.
    pub behind: Vec<String>,
    /// Words of which one stands behind the quotation.
    pub before: Vec<String>,
    /// Lists of which a term ends the words between the marks: “…行动”.
    pub ends: Classes,
    /// Kinds of such terms that are not enough.
    pub not_kinds: Vec<String>,
    /// Verbs of those classes that do not count.
    pub not_behind: Vec<String>,
    /// Words that are no name between the marks.
    pub never: Vec<String>,
    /// Whether no noun may follow: “四风”问题 names no undertaking.
    pub alone: bool,
    /// What the words between the marks look like, whole.
    pub content: Option<Regex>,
    /// Most characters between the marks.
    pub max: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(rename = "type")]
    kind: Type,
    #[serde(default)]
    behind: Vec<String>,
    #[serde(default)]
    before: Vec<String>,
    #[serde(default)]
    ends: Vec<String>,
    #[serde(default)]
    not_kinds: Vec<String>,
    #[serde(default)]
    not_behind: Vec<String>,
    #[serde(default)]
    never: Vec<String>,
    #[serde(default)]
    alone: bool,
    content: Option<String>,
    #[serde(default = "default_max")]
    max: usize,
}

fn default_max() -> usize {
    16
}

impl QuoteRule {
    /// The rule from its checked form.
    pub(super) fn new(rule: &Rule, lexicon: &Lexicon) -> Result<QuoteRule> {
        let written: Written = super::detail(rule)?;
        let content = written.content.map(|content| Regex::new(&format!("^(?:{content})$"))).transpose();
        Ok(QuoteRule {
            id: rule.id,
            kind: written.kind,
            behind: written.behind,
            before: written.before,
            ends: lexicon.classes(&written.ends)?,
            not_kinds: written.not_kinds,
            not_behind: written.not_behind,
            never: written.never,
            alone: written.alone,
            content: content.map_err(|error| Error::new(error.to_string()))?,
            max: written.max,
        })
    }
}
