//! The fact stage: what is said of what is named.

mod carry;
mod chain;
mod count;
mod draft;
pub mod example;
pub mod explain;
mod figure;
mod occasion;
mod part;
mod quotation;
mod read;
mod role;
mod scene;
mod status;
mod trace;
mod vocabulary;
mod whose;
mod winners;

pub use draft::{domain, range};

use crate::document::Document;
use crate::fact::Fact;
use crate::mention::Mention;
use crate::rule::{Action, Candidates, Rule, RuleSet, Stage, Work};
use crate::schema::RuleId;

/// The facts of a document. Mentions come with their norms; those flagged as inner are only used to
/// find the parts of names.
pub fn facts(doc: &Document, mentions: &[Mention], rules: &RuleSet) -> Vec<Fact> {
    facts_by(doc, mentions, rules, None)
}

/// The facts that one rule reads, or all.
pub fn facts_by(doc: &Document, mentions: &[Mention], rules: &RuleSet, only: Option<RuleId>) -> Vec<Fact> {
    let scene = scene::Scene::new(doc, mentions, rules);
    read_all(&scene, only).into_iter().map(|(fact, _)| fact).collect()
}

fn read_all(scene: &scene::Scene<'_>, only: Option<RuleId>) -> Vec<(Fact, trace::Trace)> {
    let rules = scene.rules;
    let mut draft = draft::Draft::new(scene);
    let runs = |rule: &Rule| only.is_none_or(|id| id == rule.id);
    let (mut candidates, mut work) = (Candidates::default(), Work::default());
    for line in 0..scene.lines.len() {
        let skeleton = &scene.lines[line].skeleton;
        if skeleton.marks.is_empty() {
            continue;
        }
        rules.triggers().find(rules.rules(), skeleton, &mut candidates);
        for candidate in candidates.rules() {
            if runs(&rules.rules()[candidate.0]) {
                read::pattern(scene, line, &candidates, candidate, &mut work, &mut draft);
            }
        }
    }
    for rule in rules.of_stage(Stage::Fact).filter(|rule| runs(rule)) {
        if let Action::Mechanism(name) = &rule.action {
            match name.as_str() {
                "quotation" => quotation::read(scene, rule, &mut draft),
                "figure" => figure::read(scene, rule, &mut draft),
                "part" => part::parts(scene, rule, &mut draft),
                "inside" => part::inside(scene, rule, &mut draft),
                "winners" => winners::read(scene, rule, &mut draft),
                _ => {}
            }
        }
    }
    draft.finish()
}
