//! The written form of railways and roads named by their ends.

use serde::Deserialize;

use crate::error::Result;
use crate::rule::Rule;
use crate::schema::RuleId;
use crate::text::Words;

/// A rule that composes the names of lines from their ends (渝黔铁路, 重庆至昆明高速铁路), ready to run.
#[derive(Debug)]
pub struct RouteRule {
    /// Its id.
    pub id: RuleId,
    /// Words that end such a name, longest first.
    pub heads: Words,
    /// What may stand before it: 老成渝铁路.
    pub before: Words,
    /// What may stand behind it: 渝黔铁路新线.
    pub behind: Words,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    heads: Words,
    before: Words,
    behind: Words,
}

impl RouteRule {
    /// The rule from its checked form.
    pub(super) fn new(rule: &Rule) -> Result<RouteRule> {
        let Written { heads, before, behind } = super::detail(rule)?;
        Ok(RouteRule { id: rule.id, heads: heads.longest_first(), before, behind })
    }
}
