//! The written form of railways and roads named by their ends.

use serde::Deserialize;

use crate::error::Result;
use crate::rule::Rule;
use crate::schema::RuleId;

/// A rule that composes the names of lines from their ends (渝黔铁路, 重庆至昆明高速铁路), ready to run.
#[derive(Debug)]
pub struct RouteRule {
    /// Its id.
    pub id: RuleId,
    /// Words that end such a name, longest first.
    pub heads: Vec<String>,
    /// What may stand before it: 老成渝铁路.
    pub before: Vec<String>,
    /// What may stand behind it: 渝黔铁路新线.
    pub behind: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    heads: Vec<String>,
    before: Vec<String>,
    behind: Vec<String>,
}

impl RouteRule {
    /// The rule from its checked form.
    pub(super) fn new(rule: &Rule) -> Result<RouteRule> {
        let Written { mut heads, before, behind } = super::detail(rule)?;
        heads.sort_by_key(|head| std::cmp::Reverse(head.chars().count()));
        Ok(RouteRule { id: rule.id, heads, before, behind })
    }
}
