//! The written form of names that grow leftwards from a head word.

use serde::Deserialize;

use crate::error::Result;
use crate::lexicon::{Classes, Lexicon};
use crate::rule::Rule;
use crate::schema::{RuleId, Type};
use crate::text::Words;

const ORDER: [Type; 6] = [Type::Place, Type::Organization, Type::Award, Type::Event, Type::Program, Type::Document];

/// Which of several anchors begins a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Anchoring {
    /// The one furthest from the head: bodies are named from the top down.
    #[default]
    Outermost,
    /// The one nearest to the head, and none where the stem holds a name of its own: 北京｜八宝山革命公墓.
    Nearest,
}

/// A rule of this mechanism, ready to run.
#[derive(Debug)]
pub struct HeadRule {
    /// Its id.
    pub id: RuleId,
    /// What it names.
    pub kind: Type,
    /// Words that end the name.
    pub heads: Classes,
    /// Classes of boundary verbs after which the whole run is the name.
    pub trusted: Vec<String>,
    /// Verbs that belong to the name: 庆祝…大会.
    pub own: Words,
    /// Terms of the lists that are no heads here.
    pub not_heads: Words,
    /// Kinds of heads, or heads, whose names take in the year before them.
    pub dated: Vec<String>,
    /// Lists of the verbs that may stand in a name right behind a body: 省农业厅｜统计｜处.
    pub works: Classes,
    /// Nouns that stand before a name and say what it names: 控股股东｜金河集团, unless the head follows.
    pub stops: Words,
    /// Whole names that any of their kind bears: 中小学.
    pub never: Words,
    /// Anchors with which an everyday head names nothing: 国际｜会议.
    pub vague: Words,
    /// Lists of other heads that, where they are longer, take the name: 消防｜救援站.
    pub yields: Classes,
    /// Words of meetings that are named by their number, with the body outside: 云岭股份｜2013年第一次临时股东大会.
    pub apart: Words,
    /// Whether an anchor proves a name with a weak head.
    pub anchored_weak: bool,
    /// Heads that are names alone behind a trusted verb: 获｜一等奖.
    pub alone: Words,
    /// Whether a post behind it proves a name.
    pub held: bool,
    /// Whether listed names of this kind grow over anchors before them.
    pub extends: bool,
    /// Words after which the whole run is the name.
    pub behind: Words,
    /// Kinds of heads whose names do not take in the place before them.
    pub inside: Vec<String>,
    /// Most characters of a name.
    pub max: usize,
    /// Fewest characters before a strong head that stands without an anchor.
    pub stem: usize,
    /// Whether a name may stand without an anchor, a quotation or a trusted verb.
    pub bare: bool,
    /// Whether a name without an anchor must hold something that is no ordinary word.
    pub proper: bool,
    /// Which anchor begins the name.
    pub anchoring: Anchoring,
    /// Whether the name starts at an opening quotation mark.
    pub quotes: bool,
    /// Whether numbers and dates may stand inside.
    pub values: bool,
    /// Whether ordinary verbs may stand inside behind an anchor.
    pub verbs: bool,
    /// Lists whose terms begin a name.
    pub anchors: Classes,
    /// Types whose mentions begin a name.
    pub anchor_types: Vec<Type>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(rename = "type")]
    kind: Type,
    #[serde(default)]
    heads: Vec<String>,
    #[serde(default)]
    not_heads: Words,
    #[serde(default)]
    works: Vec<String>,
    #[serde(default)]
    stops: Words,
    #[serde(default)]
    never: Words,
    #[serde(default)]
    vague: Words,
    #[serde(default)]
    yields: Vec<String>,
    #[serde(default)]
    apart: Words,
    #[serde(default = "default_anchored_weak")]
    anchored_weak: bool,
    #[serde(default)]
    dated: Vec<String>,
    #[serde(default)]
    alone: Words,
    #[serde(default)]
    extends: bool,
    #[serde(default)]
    held: bool,
    #[serde(default)]
    own: Words,
    #[serde(default)]
    trusted: Vec<String>,
    #[serde(default)]
    behind: Words,
    #[serde(default)]
    inside: Vec<String>,
    #[serde(default = "default_max")]
    max: usize,
    #[serde(default = "default_stem")]
    stem: usize,
    #[serde(default)]
    bare: bool,
    #[serde(default)]
    proper: bool,
    #[serde(default)]
    anchoring: Anchoring,
    #[serde(default)]
    quotes: bool,
    #[serde(default)]
    values: bool,
    #[serde(default)]
    verbs: bool,
    #[serde(default)]
    anchors: Vec<String>,
    #[serde(default)]
    anchor_types: Vec<Type>,
}

fn default_max() -> usize {
    24
}

fn default_anchored_weak() -> bool {
    true
}

fn default_stem() -> usize {
    2
}

impl HeadRule {
    /// The rule from its checked form.
    pub(super) fn new(rule: &Rule, lexicon: &Lexicon) -> Result<HeadRule> {
        let written: Written = super::detail(rule)?;
        Ok(HeadRule {
            id: rule.id,
            kind: written.kind,
            heads: lexicon.classes(&written.heads)?,
            not_heads: written.not_heads,
            works: lexicon.classes(&written.works)?,
            stops: written.stops,
            never: written.never,
            vague: written.vague,
            apart: written.apart,
            yields: lexicon.classes(&written.yields)?,
            anchored_weak: written.anchored_weak,
            dated: written.dated,
            alone: written.alone,
            extends: written.extends,
            held: written.held,
            own: written.own,
            trusted: written.trusted,
            behind: written.behind,
            inside: written.inside,
            max: written.max,
            stem: written.stem,
            bare: written.bare,
            proper: written.proper,
            anchoring: written.anchoring,
            quotes: written.quotes,
            values: written.values,
            verbs: written.verbs,
            anchors: lexicon.classes(&written.anchors)?,
            anchor_types: written.anchor_types,
        })
    }

    /// Names are composed in this order, so that later ones may hold earlier ones.
    pub(super) fn order(&self) -> usize {
        ORDER.iter().position(|kind| *kind == self.kind).unwrap_or(ORDER.len())
    }
}
