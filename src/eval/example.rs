//! The examples beside the rules, and whether each guard of a rule has one that needs it.

use crate::document::{DateSource, Document};
use crate::error::{Error, Result};
use crate::extract::fact::example;
use crate::lexicon::Sources;
use crate::pipeline;
use crate::rule::{self, Example, Guard, Rule, RuleSet, Stage};

/// The examples that fail, as `id: verdict` with the text and what was found, of the rules whose id starts so.
pub fn failures(rules: &RuleSet, prefix: &str) -> Vec<String> {
    let named = rules.rules().iter().filter(|rule| rule.stage != Stage::Fact && rule.id.as_str().starts_with(prefix));
    let mut found: Vec<String> =
        named.flat_map(|rule| rule.examples.iter().filter_map(|example| failure(rules, rule, example))).collect();
    found.extend(
        example::failures(rules, prefix)
            .iter()
            .map(|failure| format!("{}: {:?}\n  {}", failure.rule, failure.kind, failure.detail.replace('\n', "\n  "))),
    );
    found
}

/// How an example of the value and name stages fails, if it does: the spans that its rule makes of the text
/// must be those that it lists.
fn failure(rules: &RuleSet, rule: &Rule, example: &Example) -> Option<String> {
    let date = example.published.as_deref().map(|day| (day, DateSource::Option));
    let record = pipeline::extract(&Document::new("example", &*example.text, date), rules);
    let by_rule = record.mentions.iter().filter(|m| m.rule == rule.id.as_str() && !m.inner);
    let found: Vec<&str> = by_rule.map(|mention| &*mention.text).collect();
    let wanted: Vec<&str> = example.expect.iter().filter_map(|value| value.get("span")?.as_str()).collect();
    let verdict = match (found == wanted, example.todo.is_some()) {
        (true, false) | (false, true) => return None,
        (true, true) => "passes though it is marked todo",
        (false, false) if found.is_empty() => "Missing",
        (false, false) if example.matches => "Wrong",
        (false, false) => "Noisy",
    };
    Some(format!("{}: {verdict}\n  {}\n  found {found:?}\n  wants {wanted:?}", rule.id, example.text))
}

/// The guards, of the rules whose id starts so, without which all examples of their rule still pass: either an
/// example is missing, or the guard does nothing.
pub fn idle_guards(sources: &Sources, prefix: &str) -> Result<Vec<Guard>> {
    let mut idle = Vec::new();
    for guard in rule::guards(sources)?.into_iter().filter(|guard| guard.rule.starts_with(prefix)) {
        let mut without = sources.clone();
        without.insert(guard.file.clone(), guard.without.clone());
        let rules = RuleSet::load(&without)
            .map_err(|error| Error::new(format!("{} without {}: {error}", guard.rule, guard.what)))?;
        let alone = |failure: &String| failure.starts_with(&format!("{}:", guard.rule));
        if !failures(&rules, &guard.rule).iter().any(alone) {
            idle.push(guard);
        }
    }
    Ok(idle)
}
