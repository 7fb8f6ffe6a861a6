//! Names: the examples beside the rules of all stages, and names that no rule file has an example for.

use zhitu::document::Document;
use zhitu::eval::example;
use zhitu::lexicon::Sources;
use zhitu::pipeline;
use zhitu::rule::RuleSet;
use zhitu::schema::Type;

#[test]
fn examples_of_all_rules() {
    let rules = RuleSet::load(&Sources::built_in()).expect("the built-in rules load");
    let failures = example::failures(&rules, "");
    assert!(failures.is_empty(), "{} examples fail\n{}", failures.len(), failures.join("\n"));
}

/// The names of persons and posts in a text, in order, as `words type`.
fn people_and_posts(rules: &RuleSet, text: &str) -> Vec<String> {
    let record = pipeline::extract(&Document::new("names", text.to_owned(), None), rules);
    let wanted = record.mentions.iter().filter(|one| matches!(one.kind, Type::Person | Type::Position));
    wanted.map(|one| format!("{} {}", one.text, one.kind)).collect()
}

#[test]
fn a_name_before_为_ends_there_where_a_post_follows() {
    let rules = RuleSet::load(&Sources::built_in()).expect("the built-in rules load");
    for (text, wanted) in [
        ("董事会决定任命韩露为财务总监。", vec!["韩露 person", "财务总监 position"]),
        ("张有为校长来到操场。", vec!["张有为 person", "校长 position"]),
        ("全校师生和赵铁柱为校长送行。", vec!["赵铁柱 person"]),
    ] {
        assert_eq!(people_and_posts(&rules, text), wanted, "{text}");
    }
}

#[test]
fn nobody_and_nothing_done_stands_inside_the_name_of_a_division() {
    let rules = RuleSet::load(&Sources::built_in()).expect("the built-in rules load");
    for (text, wanted) in [
        ("王海涛同志任省交通运输厅党组书记。", vec!["王海涛 person", "党组书记 position"]),
        ("罗建平当选为省总工会主席。", vec!["罗建平 person", "主席 position"]),
        ("石林县教育局局长周敏出席。", vec!["局长 position", "周敏 person"]),
    ] {
        assert_eq!(people_and_posts(&rules, text), wanted, "{text}");
    }
}
