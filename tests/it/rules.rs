//! The rule files: they load, and every rule reads its examples and nothing else in them.

use zhitu::extract::fact::example;
use zhitu::lexicon::Sources;
use zhitu::rule::{Diagnostic, RuleSet};

#[test]
fn the_built_in_rules_have_no_problem() {
    let sources = Sources::built_in();
    let shown: Vec<String> = RuleSet::check(&sources).iter().map(|problem| problem.render(&sources, false)).collect();
    assert!(shown.is_empty(), "{}", shown.join("\n\n"));
}

#[test]
fn every_rule_reads_its_examples() {
    let rules = RuleSet::load(&Sources::built_in()).expect("the built-in rules load");
    let failures: Vec<String> = example::failures(&rules, "")
        .iter()
        .map(|failure| format!("{:?} {} ({}): {}", failure.kind, failure.rule, failure.file, failure.detail))
        .collect();
    assert!(failures.is_empty(), "{} examples fail\n{}", failures.len(), failures.join("\n"));
}

/// The problems of one rule file among the built-in lists.
fn problems(text: &str) -> Vec<Diagnostic> {
    let mut sources = Sources::empty();
    sources.insert("fact/award_verb.tsv", "荣获\n获\n");
    sources.insert("fact/award.toml", text);
    RuleSet::check(&sources)
}

const GOOD: &str = r#"
stage = "fact"
[[rule]]
id      = "fact.award.won"
doc     = "Winning: 荣获."
pattern = 'who:@person <award_verb> what:@award'
fact    = [{ subject = "who", predicate = "receivedAward", object = "what" }]
match   = [{ text = "a", expect = ["a"] }, { text = "b", expect = ["b"] }]
reject  = [{ text = "c", why = "d" }]
"#;

#[test]
fn each_mistake_is_told_with_code_place_and_suggestion() {
    assert_eq!(problems(GOOD), []);
    for (from, to, code, help) in [
        ("<award_verb>", "<award_verp>", "R014", "did you mean `award_verb`?"),
        ("@person", "@persn", "R013", "did you mean `person`?"),
        ("subject = \"who\"", "subject = \"whom\"", "R020", "did you mean `who`?"),
        ("receivedAward", "recievedAward", "R019", "did you mean `receivedAward`?"),
        ("doc  ", "docs ", "R005", ""),
        ("pattern =", "patern =", "R008", ""),
        ("what:@award", "what:@award any*", "R026", ""),
        ("fact.award.won", "fact.prize.won", "R003", ""),
        (", { text = \"b\", expect = [\"b\"] }", "", "R006", ""),
        ("why = \"d\"", "because = \"d\"", "R007", ""),
        ("stage = \"fact\"", "stage = \"name\"", "R002", ""),
        ("doc     = \"Winning: 荣获.\"", "doc = 荣获", "R000", ""),
    ] {
        let text = GOOD.replacen(from, to, 1);
        assert_ne!(text, GOOD, "{from} stands in the file");
        let found = problems(&text);
        let hit = found.iter().find(|problem| problem.code == code);
        let hit = hit.unwrap_or_else(|| panic!("{code} for {to}: {found:?}"));
        assert_eq!(hit.help.as_deref().unwrap_or(""), help, "{code}");
    }
}

#[test]
fn the_place_of_a_mistake_in_a_pattern_is_shown() {
    let text = GOOD.replacen("<award_verb>", "<award_verp>", 1);
    let mut sources = Sources::empty();
    sources.insert("fact/award_verb.tsv", "荣获\n获\n");
    sources.insert("fact/award.toml", text);
    let error = RuleSet::load(&sources).expect_err("an unknown lexicon").to_string();
    assert!(error.contains("rules/fact/award.toml:6:24"), "{error}");
}
