//! Every guard of the rule files has an example that needs it.

use zhitu::eval::example;
use zhitu::lexicon::Sources;

#[test]
fn every_guard_has_an_example_that_fails_without_it() {
    let idle = example::idle_guards(&Sources::built_in(), "").expect("rules load without any one of their guards");
    let shown: Vec<String> = idle.iter().map(|guard| format!("{}: {}", guard.rule, guard.what)).collect();
    assert!(
        shown.is_empty(),
        "{} guards that no example needs: add a reject example, or take the guard out (zhitu rules test --guards)\n{}",
        shown.len(),
        shown.join("\n")
    );
}

#[test]
fn a_guard_without_example_is_found() {
    let mut sources = Sources::built_in();
    let file = "fact/position.toml";
    let text = sources.get(file).expect("a built-in file").to_owned();
    let with = text.replacen("unless  = [", "unless  = ['\"绝无此言\" <take_office>', ", 1);
    assert_ne!(with, text);
    sources.insert(file, with);
    let idle = example::idle_guards(&sources, "fact.position").expect("rules load");
    assert!(idle.iter().any(|guard| guard.what.contains("绝无此言")), "{idle:?}");
}
