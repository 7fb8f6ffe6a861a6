//! The readers of dates and figures against the examples in their rule files.

use std::fs;
use std::path::Path;

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
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/value")];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder of the readers") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let source = fs::read_to_string(&path).expect("a source file");
            files += 1;
            for piece in
                source.split('"').filter(|piece| piece.starts_with("value.date.") || piece.starts_with("value.figure."))
            {
                assert!(known.contains(&piece), "no rule file describes {piece}");
            }
        }
    }
    assert!(files > 30, "only {files} files of readers");
}
