//! The readers of dates and figures against the examples in their rule files.

use zhitu::lexicon::Sources;
use zhitu::rule::{RuleSet, Stage};
use zhitu::value::Clock;

#[test]
fn every_reader_reads_its_examples() {
    let rules = RuleSet::load(&Sources::built_in()).expect("the built-in rules load");
    let mut wrong = Vec::new();
    for rule in rules.rules().iter().filter(|rule| rule.stage == Stage::Value) {
        for example in &rule.examples {
            let found: Vec<(String, String)> = rules
                .values
                .read(&example.text, &mut Clock::new(example.published.clone()))
                .into_iter()
                .filter(|reading| reading.rule == rule.id)
                .map(|reading| (reading.span.of(&example.text).to_owned(), reading.norm.unwrap_or_default()))
                .collect();
            let expected: Vec<(String, String)> = example
                .expect
                .iter()
                .map(|item| {
                    let cell = |key: &str| item.get(key).and_then(|cell| cell.as_str()).unwrap_or_default().to_owned();
                    (cell("span"), cell("value"))
                })
                .collect();
            if found != expected {
                wrong.push(format!("{}: {} reads {found:?}, not {expected:?}", rule.id, example.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{} examples fail\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_reader_has_a_rule() {
    let rules = RuleSet::load(&Sources::built_in()).expect("the built-in rules load");
    let known: Vec<&str> = rules.rules().iter().map(|rule| rule.id.as_str()).collect();
    for source in [
        include_str!("../../src/value/date.rs"),
        include_str!("../../src/value/figure.rs"),
        include_str!("../../src/value/mod.rs"),
        include_str!("../../src/value/span.rs"),
    ] {
        for piece in
            source.split('"').filter(|piece| piece.starts_with("value.date.") || piece.starts_with("value.figure."))
        {
            assert!(known.contains(&piece), "no rule file describes {piece}");
        }
    }
}
