//! Who is who across documents: hard cases, each with its reason; any order of records gives the same.

use std::collections::BTreeMap;

use zhitu::graph::{Builder, Conflict, Quotes};
use zhitu::lexicon::Sources;
use zhitu::link::{Corpus, DecisionKind, Decisions, Linker, corpus};
use zhitu::record::{EntityRecord, EvidenceRecord, FactRecord, MentionRecord, Record};
use zhitu::schema::{Form, Predicate, Qualifier, Status, Type};

/// A record by hand: `type/name` or `type/name=alias=alias` an entity, `name predicate object key:value` a fact.
fn record(doc: &str, date: &str, entities: &[&str], facts: &[&str]) -> Record {
    let mut out = Record {
        doc: doc.to_owned(),
        sha256: format!("sha-{doc}"),
        length: 100,
        date: (!date.is_empty()).then(|| date.to_owned()),
        date_source: None,
        articles: Vec::new(),
        mentions: Vec::new(),
        entities: Vec::new(),
        facts: Vec::new(),
    };
    // Names stand at other distances in each document: only reprints have them at the same.
    let step = 3 + doc.bytes().map(usize::from).sum::<usize>() % 11;
    for (at, written) in entities.iter().enumerate() {
        let mut names = written.split('=');
        let id = names.next().unwrap_or_default();
        let (kind, name) = id.split_once('/').expect("type/name");
        let kind = Type::from_name(kind).expect("a type");
        out.mentions.push(MentionRecord {
            id: at,
            start: at * step,
            end: at * step + 2,
            kind,
            form: Form::Name,
            text: name.to_owned(),
            norm: None,
            first: None,
            last: None,
            inner: false,
            entity: Some(id.to_owned()),
            rule: "test".to_owned(),
        });
        out.entities.push(EntityRecord {
            id: id.to_owned(),
            kind,
            name: name.to_owned(),
            aliases: names.map(str::to_owned).collect(),
            mentions: vec![at],
        });
    }
    for (at, written) in facts.iter().enumerate() {
        let cells: Vec<&str> = written.split(' ').collect();
        let mut qualifiers = BTreeMap::new();
        for cell in &cells[3..] {
            let (key, value) = cell.split_once(':').expect("key:value");
            qualifiers.insert(Qualifier::from_name(key).expect("a qualifier"), value.to_owned());
        }
        out.facts.push(FactRecord {
            id: format!("{doc}-{at}"),
            subject: cells[0].to_owned(),
            predicate: Predicate::from_name(cells[1]).expect("a predicate"),
            object: cells[2].replace('_', " "),
            subject_id: None,
            object_id: None,
            qualifiers,
            status: Status::Stated,
            rule: "test".to_owned(),
            evidence: EvidenceRecord { start: 0, end: 1 },
        });
    }
    out
}

fn linker() -> Linker {
    let mut sources = Sources::built_in();
    sources.insert("lexicon/place_former.tsv", "达孜县\t达孜区\t2017\n");
    Linker::load(&sources).expect("the tables")
}

fn linked(records: &[Record]) -> Corpus {
    decided(records, "")
}

fn decided(records: &[Record], decisions: &str) -> Corpus {
    let linker = linker();
    let decisions = Decisions::parse("zhitu.decisions.toml", decisions).expect("decisions");
    let out = corpus(records, &linker, &decisions).expect("a corpus");
    let mut turned = records.to_vec();
    turned.reverse();
    assert_eq!(corpus(&turned, &linker, &decisions).expect("a corpus"), out, "the order of records decides nothing");
    turned.rotate_left(records.len() / 2);
    assert_eq!(corpus(&turned, &linker, &decisions).expect("a corpus"), out, "the order of records decides nothing");
    out
}

/// What cannot be true together in the graph of some records: the thing, and each value.
fn conflicts(records: &[Record]) -> Vec<String> {
    let mut builder = Builder::new();
    records.iter().for_each(|record| builder.add(record, &Quotes::none(record)));
    let graph = builder.finish(&linked(records));
    let show = |conflict: &Conflict| {
        let value = |at: &usize| {
            let fact = &graph.facts()[*at];
            match conflict.detail {
                Some(_) => graph.entities()[fact.subject].name.clone(),
                None => graph.label(&fact.object).to_owned(),
            }
        };
        let values: Vec<String> = conflict.facts().iter().map(value).collect();
        let detail = conflict.detail.as_ref().map(|detail| format!(" {detail}")).unwrap_or_default();
        format!("{} {}{detail}: {}", graph.entities()[conflict.entity].id, conflict.predicate, values.join(", "))
    };
    graph.conflicts().iter().map(show).collect()
}

/// The ids of one name in each document.
fn ids(corpus: &Corpus, local: &[(&str, &str)]) -> Vec<String> {
    local.iter().map(|(doc, id)| corpus.entity(doc, id).expect("a corpus id").to_owned()).collect()
}

/// The reason of the decision about these ids.
fn reason(corpus: &Corpus, kind: DecisionKind, entities: &[&str]) -> String {
    let found: Vec<&str> = corpus
        .decisions
        .iter()
        .filter(|d| d.kind == kind && d.entities == entities)
        .map(|d| d.reason.as_str())
        .collect();
    assert!(!found.is_empty(), "no {kind:?} of {entities:?} in {:#?}", corpus.decisions);
    found.join(" | ")
}

/// One thing of two records, for a reason that has these words.
fn one(records: &[Record], locals: [&str; 2], id: &str, why: &str) {
    let corpus = linked(records);
    let found = ids(&corpus, &[(&records[0].doc, locals[0]), (&records[1].doc, locals[1])]);
    assert_eq!(found, [id, id], "{:#?}", corpus.decisions);
    let reason = reason(&corpus, DecisionKind::Merged, &[id]);
    assert!(reason.contains(why), "{reason}");
}

/// Two things, for a reason that has these words.
fn two(records: &[Record], locals: [&str; 2], wanted: [&str; 2], why: &str) {
    let corpus = linked(records);
    let found = ids(&corpus, &[(&records[0].doc, locals[0]), (&records[1].doc, locals[1])]);
    assert_eq!(found, wanted, "{:#?}", corpus.decisions);
    let mut sorted = wanted;
    sorted.sort_unstable();
    let reason = reason(&corpus, DecisionKind::Refused, &sorted);
    assert!(reason.contains(why), "{reason}");
}

const WANG: [&str; 2] = ["person/王伟", "person/王伟"];
const TWO_WANG: [&str; 2] = ["person/王伟", "person/王伟_2"];

#[test]
fn case_01_two_of_a_name_in_two_bodies_at_one_time() {
    let a = record(
        "a",
        "2023-05-01",
        &["person/王伟", "organization/吉林省公安厅"],
        &["王伟 holdsPosition 处长 org:吉林省公安厅"],
    );
    let b = record(
        "b",
        "2023-06-01",
        &["person/王伟", "organization/海南省农垦总局"],
        &["王伟 holdsPosition 处长 org:海南省农垦总局"],
    );
    two(&[a, b], WANG, TWO_WANG, "different bodies at one time");
}

#[test]
fn case_02_a_name_and_a_name_with_its_post_in_one_body() {
    let a = record("a", "2023", &["person/王伟", "organization/海宁市公安局"], &["王伟 memberOf 海宁市公安局"]);
    let b = record(
        "b",
        "2024",
        &["person/王伟", "organization/海宁市公安局"],
        &["王伟 holdsPosition 局长 org:海宁市公安局"],
    );
    one(&[a, b], WANG, "person/王伟", "the same body: 海宁市公安局");
}

#[test]
fn case_03_a_bare_name_is_nobody_elses() {
    let a = record("a", "2023", &["person/王伟"], &[]);
    let b = record(
        "b",
        "2023",
        &["person/王伟", "organization/海宁市公安局"],
        &["王伟 holdsPosition 局长 org:海宁市公安局"],
    );
    two(&[a, b], WANG, TWO_WANG, "nothing but the name");
}

#[test]
fn case_04_a_change_of_posts_that_a_text_tells() {
    let a =
        record("a", "2019", &["person/李岚", "organization/平江县政府"], &["李岚 holdsPosition 县长 org:平江县政府"]);
    let b = record(
        "b",
        "2022",
        &["person/李岚", "organization/平江县政府", "organization/岳阳市财政局"],
        &["李岚 holdsPosition 局长 org:岳阳市财政局", "李岚 holdsPosition 县长 org:平江县政府 time:2019/2021"],
    );
    let c = record(
        "c",
        "2023",
        &["person/李岚", "organization/岳阳市财政局"],
        &["李岚 holdsPosition 局长 org:岳阳市财政局"],
    );
    let corpus = linked(&[a, b, c]);
    let all = ids(&corpus, &[("a", "person/李岚"), ("b", "person/李岚"), ("c", "person/李岚")]);
    assert_eq!(all, ["person/李岚"; 3]);
    assert!(reason(&corpus, DecisionKind::Merged, &["person/李岚"]).contains("the same post: 县长"));
}

#[test]
fn case_05_two_bodies_of_one_city_and_nothing_between() {
    let a = record(
        "a",
        "2012",
        &["person/王伟", "organization/岳阳市财政局"],
        &["王伟 holdsPosition 科长 org:岳阳市财政局"],
    );
    let b = record(
        "b",
        "2022",
        &["person/王伟", "organization/岳阳市教育局"],
        &["王伟 holdsPosition 科长 org:岳阳市教育局"],
    );
    two(&[a, b], WANG, TWO_WANG, "different bodies");
}

#[test]
fn case_06_a_body_and_its_unit() {
    let a = record("a", "2023", &["person/钱一鸣", "organization/湖南省供销社"], &["钱一鸣 memberOf 湖南省供销社"]);
    let b = record(
        "b",
        "2023",
        &["person/钱一鸣", "organization/湖南省供销社合作处"],
        &["钱一鸣 holdsPosition 处长 org:湖南省供销社合作处"],
    );
    one(&[a, b], ["person/钱一鸣"; 2], "person/钱一鸣", "units of one body: 湖南省供销合作社联合社");
}

#[test]
fn case_07_years_of_birth_tell_two_apart() {
    let a = record("a", "2023", &["person/王伟", "place/海宁市"], &["王伟 bornOn 1960-03", "王伟 holdsPosition 教师"]);
    let b = record("b", "2023", &["person/王伟", "place/海宁市"], &["王伟 ageOf 30_岁", "王伟 holdsPosition 教师"]);
    two(&[a, b], WANG, TWO_WANG, "different years of birth: 1960, 1993");
}

#[test]
fn case_08_two_dates_of_birth_of_one_person_are_a_conflict() {
    let facts = |day: &str| ["王伟 holdsPosition 局长 org:海宁市公安局".to_owned(), format!("王伟 bornOn {day}")];
    let make = |doc, day: &str| {
        let facts = facts(day);
        record(doc, "2023", &["person/王伟", "organization/海宁市公安局"], &[&facts[0], &facts[1]])
    };
    let corpus = linked(&[make("a", "1970-01-02"), make("b", "1970-01-20")]);
    assert_eq!(ids(&corpus, &[("a", "person/王伟"), ("b", "person/王伟")]), ["person/王伟"; 2]);
    let said = |one: &str, other: &str| conflicts(&[make("a", one), make("b", other)]);
    assert_eq!(said("1970-01-02", "1970-01-20"), ["person/王伟 bornOn: 1970-01-02, 1970-01-20"]);
    // A month and a day in it are none.
    assert!(said("1970-01", "1970-01-20").is_empty());
}

#[test]
fn case_09_one_award_of_one_year_in_one_province() {
    let a = record(
        "a",
        "2024-05",
        &["person/马德胜", "place/青海省"],
        &["马德胜 receivedAward 全国五一劳动奖章 time:2024"],
    );
    let b = record(
        "b",
        "2025-01",
        &["person/马德胜", "place/西宁市"],
        &["马德胜 receivedAward 全国五一劳动奖章 time:2024"],
    );
    one(&[a, b], ["person/马德胜"; 2], "person/马德胜", "the same award: 全国五一劳动奖章 2024");
}

#[test]
fn case_10_named_with_the_same_people() {
    let people = ["person/周平", "person/孙望", "person/赵立新", "person/钱一鸣"];
    one(
        &[
            record("a", "2023", &people, &[]),
            record("b", "2024", &["person/周平", "place/北京", people[1], people[2], people[3]], &[]),
        ],
        ["person/周平"; 2],
        "person/周平",
        "named with the same people: 孙望、赵立新、钱一鸣",
    );
}

#[test]
fn case_11_a_rare_name_in_one_province() {
    let a = record("a", "2023", &["person/艾力·买买提", "place/喀什地区"], &[]);
    let b = record("b", "2024", &["person/艾力·买买提", "place/喀什地区"], &[]);
    one(&[a, b], ["person/艾力·买买提"; 2], "person/艾力·买买提", "a rare name");
}

#[test]
fn case_12_a_rare_name_in_two_regions_and_two_bodies() {
    let a = record("a", "2023", &["person/欧阳明", "organization/广东省气象局"], &["欧阳明 memberOf 广东省气象局"]);
    let b = record("b", "2023", &["person/欧阳明", "organization/黑龙江省农业厅"], &["欧阳明 memberOf 黑龙江省农业厅"]);
    two(&[a, b], ["person/欧阳明"; 2], ["person/欧阳明", "person/欧阳明_2"], "different regions");
}

#[test]
fn case_13_the_general_secretary_with_and_without_his_title() {
    let a = record("a", "2024", &["person/习近平"], &["习近平 holdsPosition 总书记"]);
    let b = record("b", "2024", &["person/习近平", "place/山西省"], &[]);
    one(&[a, b], ["person/习近平"; 2], "person/习近平", "a leader of the country");
}

#[test]
fn case_14_the_premier_and_a_welder_of_his_name() {
    let a = record(
        "a",
        "2023-01-01",
        &["person/李强", "organization/海宁市造船厂"],
        &["李强 holdsPosition 焊工 org:海宁市造船厂"],
    );
    let b = record("b", "2024-01-01", &["person/李强"], &["李强 holdsPosition 国务院总理"]);
    two(&[a, b], ["person/李强"; 2], ["person/李强_2", "person/李强"], "nothing but the name");
}

#[test]
fn case_15_traditional_and_simplified() {
    let a = record("a", "2018", &["person/楊偉明", "organization/創新科技署"], &["楊偉明 memberOf 創新科技署"]);
    let b = record("b", "2018", &["person/杨伟明", "organization/创新科技署"], &["杨伟明 memberOf 创新科技署"]);
    let corpus = linked(&[a, b]);
    assert_eq!(corpus.entity("a", "person/楊偉明"), corpus.entity("b", "person/杨伟明"));
    assert_eq!(corpus.entity("a", "organization/創新科技署"), corpus.entity("b", "organization/创新科技署"));
}

#[test]
fn case_16_a_reprint_is_one_origin() {
    let names = [
        "person/王伟",
        "place/海宁市",
        "organization/海宁市造船厂",
        "award/海宁工匠",
        "person/孙望",
        "place/盐官镇",
        "event/造船节",
        "program/海塘行动",
        "document/《海塘条例》",
    ];
    let a = record("a", "2023", &names, &[]);
    let b = record("b", "2023", &names[..8], &[]);
    let c = record("c", "2023", &["person/王伟", "place/西宁市"], &[]);
    let corpus = linked(&[a, b, c]);
    assert_eq!(corpus.reprints, [["a", "b"]]);
    assert_eq!((corpus.origin("b"), corpus.origin("c")), ("a", "c"));
    assert_eq!(
        ids(&corpus, &[("a", "person/王伟"), ("b", "person/王伟"), ("c", "person/王伟")]),
        ["person/王伟", "person/王伟", "person/王伟_2"]
    );
    assert!(reason(&corpus, DecisionKind::Merged, &["person/王伟"]).contains("printed more than once"));
}

#[test]
fn case_17_three_texts_of_one_person_in_any_order() {
    let a =
        record("a", "2019", &["person/李岚", "organization/平江县政府"], &["李岚 holdsPosition 县长 org:平江县政府"]);
    let b = record("b", "2020", &["person/李岚", "organization/平江县政府"], &["李岚 memberOf 平江县政府"]);
    let c = record(
        "c",
        "2021",
        &["person/李岚", "organization/平江县人民政府"],
        &["李岚 holdsPosition 县长 org:平江县人民政府"],
    );
    let (linker, decisions) = (linker(), Decisions::default());
    let orders = [[&a, &b, &c], [&a, &c, &b], [&b, &a, &c], [&b, &c, &a], [&c, &a, &b], [&c, &b, &a]];
    let shown: Vec<String> = orders
        .iter()
        .map(|order| {
            let records: Vec<Record> = order.iter().map(|r| (*r).clone()).collect();
            format!("{:?}", corpus(&records, &linker, &decisions).expect("a corpus"))
        })
        .collect();
    assert!(shown.iter().all(|s| *s == shown[0]));
    assert_eq!(shown[0].matches("id: \"person/").count(), 1);
}

#[test]
fn case_18_a_company_and_its_subsidiary_with_a_like_name() {
    let a = record("a", "2023", &["organization/国家电网", "organization/国网西藏电力"], &[]);
    let b = record("b", "2023", &["organization/国家电网有限公司", "organization/国网西藏电力有限公司"], &[]);
    let corpus = linked(&[a, b]);
    let grid = ids(&corpus, &[("a", "organization/国家电网"), ("b", "organization/国家电网有限公司")]);
    assert_eq!(grid, ["organization/国家电网有限公司"; 2]);
    assert!(reason(&corpus, DecisionKind::Merged, &["organization/国家电网有限公司"]).contains("lexicon"));
    let tibet = ids(&corpus, &[("a", "organization/国网西藏电力"), ("b", "organization/国网西藏电力有限公司")]);
    assert_eq!(tibet, ["organization/国网西藏电力有限公司"; 2]);
    assert!(reason(&corpus, DecisionKind::Merged, &["organization/国网西藏电力有限公司"]).contains("lexicon"));
    let c = record("c", "2023", &["organization/蓝湾装备"], &[]);
    let d = record("d", "2023", &["organization/蓝湾装备有限公司"], &[]);
    let full = "organization/蓝湾装备有限公司";
    one(&[c, d], ["organization/蓝湾装备", full], full, "without its legal form");
}

#[test]
fn case_19_one_relative_name_in_two_regions() {
    let a = record("a", "2023", &["organization/西藏自治区总工会=自治区总工会"], &[]);
    let b = record("b", "2023", &["organization/广西壮族自治区总工会=自治区总工会"], &[]);
    let corpus = linked(&[a, b]);
    let both = ids(&corpus, &[("a", "organization/西藏自治区总工会"), ("b", "organization/广西壮族自治区总工会")]);
    assert_eq!(both, ["organization/西藏自治区总工会", "organization/广西壮族自治区总工会"]);
    assert_eq!(
        corpus.entities.iter().find(|e| e.id == both[0]).map(|e| e.chain.clone()),
        Some(vec!["place/西藏自治区".to_owned()])
    );
}

#[test]
fn case_20_a_relative_name_without_its_region() {
    let make = |doc| record(doc, "2023", &["organization/自治区总工会"], &[]);
    two(
        &[make("a"), make("b")],
        ["organization/自治区总工会"; 2],
        ["organization/自治区总工会", "organization/自治区总工会_2"],
        "says no region",
    );
}

#[test]
fn case_21_a_tail_written_out() {
    let a = record("a", "2023", &["organization/重庆市发改委"], &[]);
    let b = record("b", "2023", &["organization/重庆市发展和改革委员会"], &[]);
    let id = "organization/重庆市发展和改革委员会";
    one(&[a, b], ["organization/重庆市发改委", id], id, "");
}

#[test]
fn case_22_a_committee_by_two_names() {
    let a = record("a", "2023", &["organization/中共湖北省委"], &[]);
    let b = record("b", "2023", &["organization/湖北省委"], &[]);
    one(&[a, b], ["organization/中共湖北省委", "organization/湖北省委"], "organization/中共湖北省委", "");
}

#[test]
fn case_23_a_short_name_in_two_provinces() {
    let a = record("a", "2023", &["organization/宏达公司", "place/浙江省"], &[]);
    let b = record("b", "2023", &["organization/宏达公司", "place/甘肃省"], &[]);
    let ids = ["organization/宏达公司", "organization/宏达公司_2"];
    let corpus = linked(&[a, b]);
    assert_ne!(corpus.entity("a", ids[0]), corpus.entity("b", ids[0]));
    assert!(reason(&corpus, DecisionKind::Refused, &ids).contains("different regions"));
}

#[test]
fn case_24_a_short_name_in_one_province() {
    let a = record("a", "2023", &["organization/宏达公司", "place/浙江省"], &[]);
    let b = record("b", "2023", &["organization/宏达公司", "place/杭州市"], &[]);
    one(&[a, b], ["organization/宏达公司"; 2], "organization/宏达公司", "the same name in 浙江省");
}

#[test]
fn case_25_a_short_form_used_before_the_text_that_defines_it() {
    let a = record("a", "2022", &["organization/蓝湾港装", "place/浙江省"], &[]);
    let b = record("b", "2023", &["organization/蓝湾港口装备有限公司=蓝湾港装", "place/宁波市"], &[]);
    let full = "organization/蓝湾港口装备有限公司";
    one(&[a, b], ["organization/蓝湾港装", full], full, "a short form that b defines");
}

#[test]
fn case_26_a_short_form_of_two_bodies() {
    let a = record("a", "2022", &["organization/蓝湾港装"], &[]);
    let b = record("b", "2023", &["organization/蓝湾港口装备有限公司=蓝湾港装"], &[]);
    let c = record("c", "2023", &["organization/蓝湾港区装卸有限公司=蓝湾港装"], &[]);
    let corpus = linked(&[a, b, c]);
    assert_eq!(corpus.entity("a", "organization/蓝湾港装"), Some("organization/蓝湾港装"));
    let refused = corpus.decisions.iter().find(|d| d.kind == DecisionKind::Refused).expect("a refusal");
    assert_eq!(refused.reason, "a short form of more than one body");
}

#[test]
fn case_27_what_every_town_has() {
    let make = |doc| record(doc, "2023", &["organization/人民医院"], &[]);
    let ids = ["organization/人民医院", "organization/人民医院_2"];
    two(&[make("a"), make("b")], [ids[0]; 2], ids, "says no region");
}

#[test]
fn case_28_a_renamed_county() {
    let a = record("a", "2015", &["place/达孜县", "place/拉萨市"], &[]);
    let b = record("b", "2023", &["place/达孜区", "place/拉萨市"], &[]);
    let records = [a, b];
    one(&records, ["place/达孜县", "place/达孜区"], "place/达孜区", "former name (until 2017)");
    let corpus = linked(&records);
    let place = corpus.entities.iter().find(|e| e.id == "place/达孜区").expect("the district");
    assert_eq!(place.chain, ["place/西藏自治区", "place/拉萨市", "place/达孜区"]);
    assert_eq!(place.aliases, ["达孜县"]);
}

#[test]
fn case_29_districts_of_one_name_in_two_cities() {
    let a = record("a", "2023", &["place/朝阳区", "place/北京市"], &[]);
    let b = record("b", "2023", &["place/朝阳区", "place/长春市"], &[]);
    let corpus = linked(&[a, b]);
    let both = ids(&corpus, &[("a", "place/朝阳区"), ("b", "place/朝阳区")]);
    assert_eq!(both, ["place/北京市朝阳区", "place/长春市朝阳区"]);
    let chain = |id: &str| corpus.entities.iter().find(|e| e.id == id).map(|e| e.chain.join(" "));
    assert_eq!(chain("place/长春市朝阳区").as_deref(), Some("place/吉林省 place/长春市 place/长春市朝阳区"));
}

#[test]
fn case_30_a_city_by_its_short_name() {
    let a = record("a", "2023", &["place/北京"], &[]);
    let b = record("b", "2023", &["place/北京市"], &[]);
    one(&[a, b], ["place/北京", "place/北京市"], "place/北京市", "the same administrative unit");
}

#[test]
fn case_31_prizes_by_rank_notices_and_yearly_meetings() {
    let names = ["award/一等奖", "document/《通知》", "event/劳模表彰大会", "award/全国劳动模范"];
    let corpus = linked(&[record("a", "2015", &names, &[]), record("b", "2020", &names, &[])]);
    for id in &names[..3] {
        assert_ne!(corpus.entity("a", id), corpus.entity("b", id), "{id}");
    }
    assert_eq!(corpus.entity("a", names[3]), corpus.entity("b", names[3]));
    assert!(reason(&corpus, DecisionKind::Refused, &["award/一等奖", "award/一等奖_2"]).contains("rank alone"));
    assert!(
        reason(&corpus, DecisionKind::Refused, &["document/《通知》", "document/《通知》_2"])
            .contains("many documents")
    );
}

#[test]
fn case_32_two_holders_of_one_post_on_one_day() {
    let make = |doc, name: &str| {
        let fact = format!("{name} holdsPosition 局长 org:海宁市公安局 time:2023-05-01");
        record(doc, "2023", &[&format!("person/{name}"), "organization/海宁市公安局"], &[&fact])
    };
    let found = conflicts(&[make("a", "王伟"), make("b", "李岚")]);
    assert_eq!(found, ["organization/海宁市公安局 holdsPosition 局长 2023-05-01: 李岚, 王伟"]);
}

/// Whether two names of two documents are one thing.
fn same(records: &[Record], locals: [&str; 2]) -> bool {
    let corpus = linked(records);
    let of = |at: usize| corpus.entity(&records[at].doc, locals[at]).map(str::to_owned);
    of(0).is_some() && of(0) == of(1)
}

#[test]
fn case_33_another_country_in_texts_of_two_provinces() {
    let a = record("a", "2019", &["place/越南", "place/云南省", "place/昆明市"], &[]);
    let b = record("b", "2021", &["place/越南", "place/湖南省", "place/长沙市"], &[]);
    one(&[a, b], ["place/越南"; 2], "place/越南", "the lexicon knows");
}

#[test]
fn case_34_a_river_in_two_scripts() {
    let a = record("a", "2019", &["place/長江", "place/湖北省"], &[]);
    let b = record("b", "2021", &["place/长江", "place/江苏省"], &[]);
    assert!(same(&[a, b], ["place/長江", "place/长江"]));
}

#[test]
fn case_35_a_text_about_the_whole_country_is_of_no_province() {
    let name = "organization/长青互助会";
    let a = record("a", "2019", &[name, "place/中国", "place/台湾省"], &[]);
    let b = record("b", "2021", &[name, "place/中国", "place/香港特别行政区"], &[]);
    one(&[a, b], [name; 2], name, "no text says another region");
}

#[test]
fn case_36_a_widely_known_person_without_a_title() {
    let a = record("a", "1999", &["person/刘少奇", "place/湖南省"], &[]);
    let b = record("b", "2021", &["person/刘少奇", "place/吉林省"], &[]);
    one(&[a, b], ["person/刘少奇"; 2], "person/刘少奇", "a leader of the country, and nothing");
}

#[test]
fn case_37_a_known_name_that_many_bear() {
    let make = |doc, date| record(doc, date, &["person/陈云"], &[]);
    two(
        &[make("a", "1999"), make("b", "2021")],
        ["person/陈云"; 2],
        ["person/陈云", "person/陈云_2"],
        "nothing but the name",
    );
}

#[test]
fn case_38_a_welder_with_the_name_of_a_known_person() {
    let a = record("a", "1999", &["person/刘少奇", "organization/海宁市造船厂"], &["刘少奇 memberOf 海宁市造船厂"]);
    let b = record("b", "2021", &["person/刘少奇"], &[]);
    two(&[a, b], ["person/刘少奇"; 2], ["person/刘少奇_2", "person/刘少奇"], "nothing but the name");
}

#[test]
fn case_39_a_war_by_two_names_in_two_years() {
    let a = record("a", "1999", &["event/抗日战争", "place/湖南省"], &[]);
    let b = record("b", "2021", &["event/抗战", "place/吉林省"], &[]);
    assert!(same(&[a, b], ["event/抗日战争", "event/抗战"]));
}

#[test]
fn case_40_what_every_town_has_in_a_text_printed_twice() {
    let names = [
        "person/王伟",
        "place/盐官镇",
        "organization/人民医院",
        "award/海宁工匠",
        "person/孙望",
        "event/造船节",
        "program/海塘行动",
        "document/《海塘条例》",
    ];
    let make = |doc| record(doc, "2023", &names, &[]);
    one(&[make("a"), make("b")], [names[2]; 2], names[2], "printed more than once");
}

#[test]
fn case_41_three_people_of_one_name() {
    let make = |doc, body: &str| {
        let (body, fact) = (format!("organization/{body}"), format!("王伟 memberOf {body}"));
        record(doc, "2023", &["person/王伟", &body], &[&fact])
    };
    let records =
        [make("a", "吉林省公安厅"), make("b", "海南省农垦总局"), make("c", "甘肃省总工会"), make("d", "吉林省公安厅")];
    let corpus = linked(&records);
    let all = ["a", "b", "c", "d"].map(|doc| corpus.entity(doc, "person/王伟").expect("a corpus id"));
    assert_eq!(all, ["person/王伟", "person/王伟_2", "person/王伟_3", "person/王伟"]);
}

#[test]
fn case_42_a_tenure_and_another_holder_within_it() {
    let make = |doc, name: &str, time: &str| {
        let fact = format!("{name} holdsPosition 局长 org:海宁市公安局 time:{time}");
        record(doc, "2023", &[&format!("person/{name}"), "organization/海宁市公安局"], &[&fact])
    };
    let said = |one: &str, other: &str| conflicts(&[make("a", "王伟", one), make("b", "李岚", other)]);
    let found = said("2018/2022", "2020-05-01");
    assert_eq!(found, ["organization/海宁市公安局 holdsPosition 局长 2020-05-01: 李岚, 王伟"]);
    // The one goes in the year in which the other comes.
    assert!(said("2018/2020", "2020/2022").is_empty());
    assert!(said("../2020-05-01", "2020-05-01/..").is_empty());
}

#[test]
fn case_43_a_street_carries_the_chain_of_its_city() {
    let corpus = linked(&[record("a", "2023", &["place/拉萨市八廓街道"], &[])]);
    assert_eq!(corpus.entities[0].chain, ["place/西藏自治区", "place/拉萨市"]);
    assert_eq!(corpus.units["place/拉萨市"].within.as_deref(), Some("place/西藏自治区"));
}

#[test]
fn case_44_towns_of_one_name_in_two_provinces() {
    let a = record("a", "2023", &["place/安定镇", "place/湖南省", "place/平江县"], &[]);
    let b = record("b", "2023", &["place/安定镇", "place/吉林省", "place/长春市"], &[]);
    two(&[a, b], ["place/安定镇"; 2], ["place/安定镇", "place/安定镇_2"], "different regions");
}

#[test]
fn case_45_a_yearly_meeting_in_one_province() {
    let make = |doc, date| record(doc, date, &["event/劳模座谈会", "place/湖南省"], &[]);
    let name = "event/劳模座谈会";
    one(&[make("a", "2023-04-29"), make("b", "2023-05-01")], [name; 2], name, "the same name in 湖南省");
    two(
        &[make("a", "2022-04-29"), make("b", "2023-05-01")],
        [name; 2],
        [name, "event/劳模座谈会_2"],
        "in another year",
    );
}

#[test]
fn case_46_two_editions_of_one_contest() {
    let names = ["event/第47届世界技能大赛", "event/第48届世界技能大赛"];
    let (a, b) = (record("a", "2024", &[names[0]], &[]), record("b", "2024", &[names[1]], &[]));
    let corpus = linked(&[a, b]);
    assert_eq!(ids(&corpus, &[("a", names[0]), ("b", names[1])]), names, "{:#?}", corpus.decisions);
}

fn apart() -> [Record; 2] {
    [
        record("a", "2023", &["person/王伟"], &[]),
        record("b", "2023", &["person/王伟", "organization/海宁市公安局"], &["王伟 memberOf 海宁市公安局"]),
    ]
}

#[test]
fn the_user_joins_and_a_line_taken_out_undoes_it() {
    let file = "[[same]]\nentities = [\"person/王伟 @ a\", \"person/王伟 @ b\"]\nreason = \"asked the office\"\n";
    let corpus = decided(&apart(), file);
    assert_eq!(ids(&corpus, &[("a", "person/王伟"), ("b", "person/王伟")]), ["person/王伟"; 2]);
    let reason = reason(&corpus, DecisionKind::Forced, &["person/王伟"]);
    assert_eq!(reason, "zhitu.decisions.toml:1: asked the office");
    assert_eq!(ids(&linked(&apart()), &[("a", "person/王伟"), ("b", "person/王伟")]), TWO_WANG);
}

#[test]
fn the_user_keeps_apart() {
    let make =
        |doc| record(doc, "2023", &["person/王伟", "organization/海宁市公安局"], &["王伟 memberOf 海宁市公安局"]);
    let file = "[[different]]\nentities = [\"person/王伟 @ a\", \"person/王伟 @ b\"]\n";
    let records = [make("a"), make("b"), make("c")];
    let corpus = decided(&records, file);
    assert_ne!(corpus.entity("a", "person/王伟"), corpus.entity("b", "person/王伟"));
    assert!(reason(&corpus, DecisionKind::Forbidden, &TWO_WANG).contains("zhitu.decisions.toml:1"));
    assert_eq!(linked(&records).entities.iter().filter(|e| e.kind == Type::Person).count(), 1);
}

#[test]
fn a_decision_about_nothing_is_reported() {
    let corpus = decided(&apart(), "[[same]]\nentities = [\"person/王伟 @ a\", \"person/王伟 @ z\"]\n");
    assert_eq!(corpus.unused, ["zhitu.decisions.toml:2: no document has `person/王伟 @ z`; it stands in a, b"]);
}

#[test]
fn decisions_are_checked_with_their_place() {
    let fails = |text: &str| Decisions::parse("d.toml", text).expect_err("an error").to_string();
    assert!(fails("[[same]]\nentitys = []\n").starts_with("d.toml:2"));
    assert!(fails("\n[[same]]\nentities = [\"person/王伟\"]\n").starts_with("d.toml:2"));
    assert!(fails("[[same]]\nentities = [\n  \"person/王伟\",\n  \"persn/王伟\"]\n").starts_with("d.toml:4"));
    assert!(fails("[[same]]\nentities = [\"person/甲\", \"place/乙\"]\n").contains("different types"));
    assert!(fails("[[same]]\nentities = [\"person/甲\", \"person/甲\"]\n").contains("stands twice"));
    let both = "[[same]]\nentities = [\"person/甲\", \"person/乙\"]\n[[different]]\nentities = [\"person/乙\", \"person/甲\"]\n";
    assert!(fails(both).contains("d.toml:1") && fails(both).contains("line 3"));
    // A contradiction over a third is found when the corpus is linked.
    let third = "[[same]]\nentities = [\"person/王伟 @ a\", \"person/王伟 @ b\"]\n[[different]]\nentities = [\"person/王伟 @ b\", \"person/王伟\"]\n";
    let decisions = Decisions::parse("d.toml", third).expect("no pair stands twice");
    let error = corpus(&apart(), &linker(), &decisions).expect_err("a contradiction").to_string();
    assert!(error.starts_with("d.toml:1"), "{error}");
}

#[test]
fn an_empty_corpus() {
    assert_eq!(linked(&[]), Corpus::default());
}
