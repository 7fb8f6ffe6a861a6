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

/// Each text has just these persons and posts.
fn reads(cases: &[(&str, &[&str])]) {
    let rules = RuleSet::load(&Sources::built_in()).expect("the built-in rules load");
    for (text, wanted) in cases {
        assert_eq!(people_and_posts(&rules, text), *wanted, "{text}");
    }
}

/// The names of persons and posts in a text, in order, as `words type`.
fn people_and_posts(rules: &RuleSet, text: &str) -> Vec<String> {
    let record = pipeline::extract(&Document::new("names", text.to_owned(), None), rules);
    let wanted = record.mentions.iter().filter(|one| matches!(one.kind, Type::Person | Type::Position));
    wanted.map(|one| format!("{} {}", one.text, one.kind)).collect()
}

#[test]
fn a_name_before_为_ends_there_where_a_post_follows() {
    reads(&[
        ("董事会决定任命韩露为财务总监。", &["韩露 person", "财务总监 position"]),
        ("张有为校长来到操场。", &["张有为 person", "校长 position"]),
        ("长岭集团执行董事赵铁柱到会。", &["执行董事 position", "赵铁柱 person"]),
        ("全校师生和赵铁柱为校长送行。", &["赵铁柱 person"]),
    ]);
}

#[test]
fn who_acts_for_others_is_no_delegate_by_that() {
    reads(&[
        ("赵铁柱代表双方签约。", &["赵铁柱 person"]),
        ("韩露代表评委会宣读名单。", &["韩露 person"]),
        ("韩露代表建议加快立法。", &["韩露 person", "代表 position"]),
    ]);
}

#[test]
fn nobody_and_nothing_done_stands_inside_the_name_of_a_division() {
    reads(&[
        ("王海涛同志任省交通运输厅党组书记。", &["王海涛 person", "党组书记 position"]),
        ("罗建平当选为省总工会主席。", &["罗建平 person", "主席 position"]),
        ("石林县教育局局长周敏出席。", &["局长 position", "周敏 person"]),
        ("黄志强深入工业园区，高峰林到县实验小学。", &["黄志强 person", "高峰林 person"]),
        ("刘佳任市财政局副局长。", &["刘佳 person", "副局长 position"]),
        (
            "于海洋任县水务局局长，会议任命于海洋为副主任。",
            &["于海洋 person", "局长 position", "于海洋 person", "副主任 position"],
        ),
    ]);
}

#[test]
fn a_short_name_at_the_edge_of_a_clause_needs_one_verb_more() {
    reads(&[
        ("会后，陈虎坦言压力很大。", &["陈虎 person"]),
        ("刘国庆同志到会，国庆期间不休息。", &["刘国庆 person"]),
        ("被告人吴某某、村民马一卜拉到庭。", &["被告人 position", "吴某某 person", "村民 position", "马一卜拉 person"]),
        (
            "名单：丁玉梅（女）、王立新、娜仁花（女，蒙古族）、刘勇。",
            &["丁玉梅 person", "王立新 person", "娜仁花 person", "刘勇 person"],
        ),
    ]);
}

#[test]
fn a_post_in_a_branch_of_a_body_leaves_the_branch_to_the_body() {
    let rules = RuleSet::load(&Sources::built_in()).expect("the built-in rules load");
    for (text, wanted) in [
        ("江州市妇联主席陈秀兰到会。", vec!["江州市妇联"]),
        ("公司工会主席李明、工会主席周敏到会。", vec!["公司工会"]),
        ("省总工会副主席王海涛到会。", vec!["省总工会"]),
    ] {
        let record = pipeline::extract(&Document::new("names", text.to_owned(), None), &rules);
        let bodies = record.mentions.iter().filter(|one| one.kind == Type::Organization);
        let found: Vec<&str> = bodies.map(|one| one.text.as_str()).collect();
        assert_eq!(found, wanted, "{text}");
    }
}

#[test]
fn what_bears_the_name_of_a_place_or_an_event_is_neither() {
    let rules = RuleSet::load(&Sources::built_in()).expect("the built-in rules load");
    for text in ["海军“南昌”舰返航。", "长征五号火箭发射。", "“祖冲之三号”问世。"] {
        let record = pipeline::extract(&Document::new("names", text.to_owned(), None), &rules);
        let named = |kind: Type| matches!(kind, Type::Place | Type::Event | Type::Person);
        let found: Vec<_> = record.mentions.iter().filter(|one| named(one.kind)).map(|one| &one.text).collect();
        assert!(found.is_empty(), "{text}: {found:?}");
    }
}
