//! The written form of names in quotation marks.

use regex::Regex;
use serde::Deserialize;

use crate::error::{Error, Result};
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
    /// What the words between the marks look like, whole.
    pub content: Option<Regex>,
    /// Most characters between the marks.
    pub max: usize,
    /// Whether the marks belong to the name.
    pub marks: bool,
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
    content: Option<String>,
    #[serde(default = "default_max")]
    max: usize,
    #[serde(default = "default_marks")]
    marks: bool,
}

fn default_max() -> usize {
    16
}

fn default_marks() -> bool {
    true
}

impl QuoteRule {
    /// The rule from its checked form.
    pub(super) fn new(rule: &Rule) -> Result<QuoteRule> {
        let written: Written = super::detail(rule)?;
        let content = written.content.map(|content| Regex::new(&format!("^(?:{content})$"))).transpose();
        Ok(QuoteRule {
            id: rule.id,
            kind: written.kind,
            behind: written.behind,
            before: written.before,
            content: content.map_err(|error| Error::new(error.to_string()))?,
            max: written.max,
            marks: written.marks,
        })
    }
}
