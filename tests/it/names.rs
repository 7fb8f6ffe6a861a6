//! Runs the examples beside the rules of all stages: what each rule must and must not read.

use zhitu::eval::example;
use zhitu::lexicon::Sources;
use zhitu::rule::RuleSet;

#[test]
fn examples_of_all_rules() {
    let rules = RuleSet::load(&Sources::built_in()).expect("the built-in rules load");
    let failures = example::failures(&rules, "");
    assert!(failures.is_empty(), "{} examples fail\n{}", failures.len(), failures.join("\n"));
}
