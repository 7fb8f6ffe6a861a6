#![no_main]
//! Records of any bytes, and the graph made of those that are records.

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use zhitu::graph::{Builder, Quotes};
use zhitu::lexicon::Sources;
use zhitu::link::{self, Decisions};
use zhitu::record::Record;
use zhitu::rule::RuleSet;

static RULES: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::load(&Sources::built_in()).expect("the built-in rules"));

fuzz_target!(|data: &[u8]| {
    let Ok(record) = serde_json::from_slice::<Record>(data) else { return };
    let written = serde_json::to_vec(&record).expect("a record is JSON");
    let again: Record = serde_json::from_slice(&written).expect("what was written is read");
    assert_eq!(serde_json::to_vec(&again).expect("a record is JSON"), written);
    let Ok(corpus) = link::corpus(std::slice::from_ref(&record), &RULES.linker, &Decisions::default()) else { return };
    let mut builder = Builder::new();
    builder.add(&record, &Quotes::none(&record));
    _ = builder.finish(&corpus);
});
