#![no_main]
//! Extraction of any text: mentions stand in the text, facts on its characters.

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use zhitu::document::{DateSource, Document};
use zhitu::lexicon::Sources;
use zhitu::pipeline;
use zhitu::rule::RuleSet;

static RULES: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::load(&Sources::built_in()).expect("the built-in rules"));

fuzz_target!(|text: &str| {
    let record = pipeline::extract(&Document::new("fuzz", text, Some(("2025-05-01", DateSource::Option))), &RULES);
    let length = text.chars().count();
    assert_eq!(record.length, length);
    assert!(record.mentions.iter().all(|mention| mention.start < mention.end && mention.end <= length));
    assert!(record.facts.iter().all(|fact| fact.evidence.start < fact.evidence.end && fact.evidence.end <= length));
});
