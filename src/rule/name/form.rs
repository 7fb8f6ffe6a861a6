//! The written form of names that a regular expression describes whole.

use regex::Regex;
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::rule::{List, Rule};
use crate::schema::{RuleId, Type};

/// A rule that names what has a form: 第十五号主席令.
#[derive(Debug)]
pub struct FormRule {
    /// Its id.
    pub id: RuleId,
    /// What it names.
    pub kind: Type,
    /// Words of which the sentence holds one; nothing is searched otherwise.
    pub needs: List,
    /// The form.
    pub form: Regex,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(rename = "type")]
    kind: Type,
    needs: Vec<String>,
    form: String,
}

impl FormRule {
    /// The rule from its checked form.
    pub(super) fn new(rule: &Rule) -> Result<FormRule> {
        let written: Written = super::detail(rule)?;
        let form = Regex::new(&written.form).map_err(|error| Error::new(error.to_string()))?;
        Ok(FormRule { id: rule.id, kind: written.kind, needs: List::from(written.needs), form })
    }
}
