//! The written form of the reader of undertakings.

use serde::Deserialize;

use crate::error::Result;
use crate::lexicon::{Classes, Lexicon};
use crate::rule::Rule;
use crate::schema::{RuleId, Type};
use crate::text::Words;

/// A rule that reads named undertakings, ready to run.
#[derive(Debug)]
pub struct UndertakingRule {
    /// Its id.
    pub id: RuleId,
    /// What it names.
    pub kind: Type,
    /// Words that end the name.
    pub heads: Classes,
    /// Class of boundary verbs that introduce such names, or belong to them where they stand like nouns.
    pub verbs: String,
    /// Verbs that always introduce: nothing before them belongs to the name.
    pub behind: Words,
    /// Verbs behind which another verb belongs to the name: 实施｜提升…行动.
    pub carries: Words,
    /// First words of names whose kind of work (建设) is too common to be a head otherwise: 美丽｜乡村建设.
    pub coined: Words,
    /// Kinds of heads that are names only in quotation marks or with a name of their own.
    pub marked: Vec<String>,
    /// Words before a name that never belong to it: 新一轮.
    pub outside: Words,
    /// Verbs of working against what follows: 打击…活动 names no undertaking.
    pub against: Words,
    /// First words that name nothing where no verb introduces: 重大…工程.
    pub vague: Words,
    /// Weak heads that need no name of their own in a long run.
    pub plain: Words,
    /// Beginnings of heads that join two: 大学与产业｜合作计划.
    pub mutual: Words,
    /// Words that sum up a list: 甲、乙等六大｜工程.
    pub sums: Words,
    /// Most characters of a name.
    pub max: usize,
    /// Fewest characters before a strong head that nothing introduces.
    pub bare: usize,
    /// The same before a weak head.
    pub bare_weak: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(rename = "type")]
    kind: Type,
    heads: Vec<String>,
    verbs: String,
    behind: Words,
    carries: Words,
    coined: Words,
    marked: Vec<String>,
    #[serde(default)]
    outside: Words,
    #[serde(default)]
    against: Words,
    #[serde(default)]
    vague: Words,
    plain: Words,
    mutual: Words,
    sums: Words,
    max: usize,
    bare: usize,
    bare_weak: usize,
}

impl UndertakingRule {
    /// The rule from its checked form.
    pub(super) fn new(rule: &Rule, lexicon: &Lexicon) -> Result<UndertakingRule> {
        let written: Written = super::detail(rule)?;
        Ok(UndertakingRule {
            id: rule.id,
            kind: written.kind,
            heads: lexicon.classes(&written.heads)?,
            verbs: written.verbs,
            behind: written.behind,
            carries: written.carries,
            coined: written.coined,
            marked: written.marked,
            outside: written.outside,
            against: written.against,
            vague: written.vague,
            plain: written.plain,
            mutual: written.mutual,
            sums: written.sums,
            max: written.max,
            bare: written.bare,
            bare_weak: written.bare_weak,
        })
    }
}
