//! Facts read from texts with given names: how they are told apart, carried over, paired and explained.

use zhitu::document::Document;
use zhitu::extract::fact::explain::{Derivation, derivations};
use zhitu::extract::fact::{example, facts};
use zhitu::lexicon::Sources;
use zhitu::mention::Mention;
use zhitu::rule::{RuleSet, marked};
use zhitu::schema::{RuleId, Status};
use zhitu::text::Span;

static RULES: std::sync::LazyLock<RuleSet> =
    std::sync::LazyLock::new(|| RuleSet::load(&Sources::built_in()).expect("the built-in rules load"));

/// A text whose names are marked as in the gold texts.
fn given(text: &str) -> (Document, Vec<Mention>) {
    let (plain, marks) = marked::read(text).expect("well marked");
    let points = |at: usize| plain[..at].chars().count();
    let spans: Vec<(usize, usize)> =
        marks.iter().map(|mark| (points(mark.span.start), points(mark.span.end))).collect();
    let doc = Document::new("given", plain.clone(), None);
    let mentions = marks
        .iter()
        .zip(spans)
        .map(|(mark, (start, end))| Mention {
            span: Span::new(doc.view.from_code_point(start), doc.view.from_code_point(end)),
            kind: mark.kind,
            form: mark.form,
            norm: mark.norm.clone(),
            days: None,
            inner: false,
            rule: RuleId::new("given"),
        })
        .collect();
    (doc, mentions)
}

/// All facts of a text, as the gold texts write them.
fn told(text: &str) -> Vec<String> {
    let (doc, mentions) = given(text);
    facts(&doc, &mentions, &RULES).iter().map(|fact| example::shown(&doc, &mentions, fact)).collect()
}

fn derived(text: &str) -> Vec<Derivation> {
    let (doc, mentions) = given(text);
    derivations(&doc, &mentions, &RULES)
}

#[test]
fn a_derivation_says_where_each_argument_comes_from_and_who_was_passed_over() {
    let text = "⟦王芳¦person⟧在车间干了⟦十年¦figure¦10 年⟧。对⟦李强¦person⟧，她要求很严。⟦2021年¦date¦2021⟧荣获⟦省技术能手¦award⟧称号。";
    let all = derived(text);
    let award = all.iter().find(|one| one.fact.predicate.name() == "receivedAward").expect("read");
    assert_eq!(award.fact.rule.as_str(), "fact.award.received");
    assert_eq!(award.trigger.as_deref(), Some("荣获"));
    let how = |part: &str| award.arguments.iter().find(|found| found.part == part).expect(part);
    assert_eq!(how("subject").name, "王芳");
    assert!(how("subject").how.ends_with("carried over from 2 sentences before"), "{}", how("subject").how);
    assert_eq!(how("object").how, "in the words read");
    assert_eq!((how("time").name.as_str(), how("time").how.as_str()), ("2021", "date of the sentence"));
    let passed: Vec<(&str, &str)> = award.passed.iter().map(|one| (one.name.as_str(), one.why)).collect();
    assert_eq!(passed, [("李强", "a preposition governs it")]);
}

#[test]
fn members_of_a_list_are_numbered_and_the_word_of_a_status_is_named() {
    let text = "据⟦赵敏¦person⟧介绍，⟦石桥县¦place⟧将建成⟦清水工程¦program⟧、⟦蓝天工程¦program⟧。";
    let all = derived(text);
    let runs: Vec<&Derivation> = all.iter().filter(|one| one.fact.predicate.name() == "runs").collect();
    assert_eq!(runs.len(), 2);
    assert!(runs[1].arguments.iter().any(|found| found.how.ends_with("item 2 of 2")));
    assert!(runs.iter().all(|one| one.fact.status == Status::Planned && one.status_word.as_deref() == Some("将")));
}

#[test]
fn what_others_report_is_no_plain_statement() {
    let text = "据⟦赵敏¦person⟧介绍，⟦长河机械厂¦organization⟧现有职工⟦900人¦figure¦900 人⟧。";
    assert_eq!(told(text), ["长河机械厂 | hasFigure | 900 人 | role=职工 | status=reported"]);
    let stated = "⟦长河机械厂¦organization⟧现有职工⟦900人¦figure¦900 人⟧。";
    assert_eq!(told(stated), ["长河机械厂 | hasFigure | 900 人 | role=职工"]);
}

#[test]
fn figures_behind_a_word_of_order_go_to_the_members_of_the_list() {
    let text =
        "⟦海州市¦place⟧、⟦石桥市¦place⟧生产总值分别为⟦30亿元¦figure¦3000000000 元⟧和⟦20亿元¦figure¦2000000000 元⟧。";
    assert_eq!(
        told(text),
        ["海州市 | hasFigure | 3000000000 元 | role=生产总值", "石桥市 | hasFigure | 2000000000 元 | role=生产总值"]
    );
    let roles = "⟦海州市¦place⟧第一、第二产业增加值分别增长⟦3%¦figure¦3 %⟧、⟦5%¦figure¦5 %⟧。";
    assert_eq!(
        told(roles),
        ["海州市 | hasFigure | 3 % | role=第一产业增加值增长", "海州市 | hasFigure | 5 % | role=第二产业增加值增长"]
    );
}

#[test]
fn people_and_posts_are_paired_only_where_they_are_as_many() {
    let two = "⟦李明¦person⟧、⟦王芳¦person⟧分别任⟦县长¦position⟧、⟦副县长¦position⟧。";
    assert_eq!(told(two), ["李明 | holdsPosition | 县长", "王芳 | holdsPosition | 副县长"]);
    let odd = "⟦李明¦person⟧、⟦王芳¦person⟧、⟦赵敏¦person⟧分别任⟦县长¦position⟧、⟦副县长¦position⟧。";
    assert!(told(odd).is_empty());
}

#[test]
fn a_noun_stands_for_what_its_name_ends_with() {
    let text = "⟦清源水库¦place⟧在⟦石桥县¦place⟧北部。水库建成后，蓄水量可达⟦500万立方米¦figure¦5000000 立方米⟧。";
    assert_eq!(told(text), ["清源水库 | hasFigure | 5000000 立方米 | role=蓄水量"]);
    let pointed = "⟦石桥县中心医院¦organization⟧的⟦王芳¦person⟧介绍，该院有床位⟦800张¦figure¦800 张⟧。";
    assert!(
        told(pointed).contains(&"石桥县中心医院 | hasFigure | 800 张 | role=床位".to_owned()),
        "{:?}",
        told(pointed)
    );
}

#[test]
fn the_title_of_a_report_sets_whose_figures_follow() {
    let text = "⟦海州市¦place⟧⟦2023年¦date¦2023⟧国民经济和社会发展统计公报\n\n一、综合\n\n生产总值⟦90亿元¦figure¦9000000000 元⟧。⟦海州机场¦place⟧吞吐量⟦3万人次¦figure¦30000 人次⟧。快递业务量⟦2万件¦figure¦20000 件⟧。";
    let found = told(text);
    assert!(
        found.iter().any(|fact| fact.starts_with("海州市 | hasFigure | 9000000000 元 | role=生产总值")),
        "{found:?}"
    );
    assert!(found.iter().any(|fact| fact.starts_with("海州机场 | hasFigure | 30000 人次")), "{found:?}");
    assert!(found.iter().any(|fact| fact.starts_with("海州市 | hasFigure | 20000 件")), "{found:?}");
}

#[test]
fn what_a_number_of_people_do_is_not_said_of_the_person_named_before() {
    let text = "⟦李明¦person⟧带出⟦40名¦figure¦40 名⟧徒弟，⟦3人¦figure¦3 人⟧获得⟦省技术能手¦award⟧称号。";
    assert!(!told(text).iter().any(|fact| fact.contains("receivedAward")), "{:?}", told(text));
}
