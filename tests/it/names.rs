//! Runs the examples beside the rules of the name stage: what each rule must and must not read.

use zhitu::document::{DateSource, Document};
use zhitu::lexicon::Sources;
use zhitu::pipeline;
use zhitu::rule::{RuleSet, Stage};

#[test]
fn examples_of_name_rules() {
    let rules = RuleSet::load(&Sources::built_in()).expect("the built-in rules load");
    let (mut ran, mut failures) = (0, Vec::new());
    for rule in rules.of_stage(Stage::Name) {
        for example in &rule.examples {
            let date = example.published.as_deref().map(|day| (day, DateSource::Option));
            let record = pipeline::extract(&Document::new("example", &*example.text, date), &rules);
            let found: Vec<&str> =
                record.mentions.iter().filter(|m| m.rule == rule.id.as_str() && !m.inner).map(|m| &*m.text).collect();
            let wanted: Vec<&str> = example.expect.iter().filter_map(|value| value.get("span")?.as_str()).collect();
            ran += 1;
            let verdict = match (found == wanted, found.is_empty(), example.matches) {
                (true, ..) => continue,
                (_, true, _) => "Missing",
                (_, _, false) => "Noisy",
                _ => "Wrong",
            };
            failures.push(format!("{verdict}: {}: {}\n  found {found:?}\n  wants {wanted:?}", rule.id, example.text));
        }
    }
    assert!(ran > 0, "no example ran");
    assert!(failures.is_empty(), "{} of {ran} examples fail\n{}", failures.len(), failures.join("\n"));
}
