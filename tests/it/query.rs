//! Queries: formats, limits, complaints, and every named question on texts of our own.

use std::time::Duration;

use zhitu::lexicon::Sources;
use zhitu::query::{self, Answer, Format, Limits, Questions};
use zhitu::rdf::{self, Options};
use zhitu::store::Store;

fn store() -> Store {
    let mut out = Vec::new();
    rdf::write_nquads(&crate::support::graph_of(&crate::support::sample()), &Options::default(), &mut out)
        .expect("written");
    Store::from_nquads(&out[..]).expect("loaded")
}

fn ask(name: &str, args: &[&str]) -> Answer {
    let store = store();
    let questions = Questions::load(&Sources::built_in()).expect("questions load");
    let args: Vec<String> = args.iter().map(|a| (*a).to_owned()).collect();
    let sparql = questions.get(name).and_then(|q| q.sparql(&store, &args)).unwrap_or_else(|e| panic!("{name}: {e}"));
    query::run(&store, &sparql, &Limits::default()).unwrap_or_else(|e| panic!("{name}: {e}\n{sparql}"))
}

/// The cells of one column.
fn column(answer: &Answer, name: &str) -> Vec<String> {
    let at = answer.columns().iter().position(|c| c == name).unwrap_or_else(|| panic!("no column {name}"));
    answer.cells().into_iter().map(|row| row[at].clone()).collect()
}

#[test]
fn prefixes_are_preset_and_formats_written() {
    let store = store();
    let sparql = "SELECT ?who ?name { ?who zhitu:receivedAward award:云岭工匠 ; skos:prefLabel ?name } ORDER BY ?who";
    let answer = query::run(&store, sparql, &Limits::default()).expect("answered");
    let written = |format| {
        let mut out = Vec::new();
        answer.write(format, &mut out).expect("written");
        String::from_utf8(out).expect("UTF-8")
    };
    assert_eq!(written(Format::Table).lines().nth(2), Some("person:周小满  周小满"));
    assert_eq!(written(Format::Csv).lines().next(), Some("who,name"));
    assert!(written(Format::Tsv).contains("\"周小满\"@zh"));
    let json: serde_json::Value = serde_json::from_str(&written(Format::Json)).expect("JSON");
    assert_eq!(json["results"]["bindings"][0]["name"]["value"], "周小满");
    assert!(written(Format::Xml).contains("<literal xml:lang=\"zh\">周小满</literal>"));
}

#[test]
fn ask_construct_and_describe() {
    let store = store();
    let run = |sparql: &str| query::run(&store, sparql, &Limits::default()).expect("answered");
    assert_eq!(run("ASK { person:贺兰舟 zhitu:visited organization:青禾县机械厂 }").boolean(), Some(true));
    let graph = run("CONSTRUCT { ?a zhitu:met ?b } WHERE { ?a zhitu:met ?b }");
    let mut out = Vec::new();
    graph.write(Format::Table, &mut out).expect("written");
    let turtle = String::from_utf8(out).expect("UTF-8");
    assert!(turtle.contains("person:贺兰舟 zhitu:met person:陈立业 ."), "{turtle}");
    assert!(!turtle.contains("@prefix award:"), "prefixes that nothing uses are left out");
    assert!(graph.write(Format::Csv, &mut Vec::new()).is_err());
    assert!(run("DESCRIBE person:陈立业").len() >= 5);
}

#[test]
fn limits_cut_and_stop() {
    let store = store();
    let rows = Limits { rows: Some(3), time: None };
    let answer = query::run(&store, "SELECT * { ?s ?p ?o }", &rows).expect("answered");
    assert!(answer.len() == 3 && answer.is_cut());
    let time = Limits { rows: None, time: Some(Duration::from_millis(50)) };
    let endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }";
    let Err(error) = query::run(&store, endless, &time) else { panic!("answered") };
    assert!(error.to_string().contains("time limit"), "{error}");
}

#[test]
fn complaints_point_into_the_query() {
    let store = store();
    let complain = |sparql: &str| query::run(&store, sparql, &Limits::default()).expect_err("refused").to_string();
    let error = complain("SELECT ?谁 {\n  ?谁 zhitu:receivedAward award:“云岭”工匠 }");
    assert!(error.contains("line 2") && error.contains("^") && error.contains("curly quotes"), "{error}");
    let error = complain("SELECT ?s { ?s ?p ?o");
    assert!(error.contains("} is missing"), "{error}");
    let error = complain("SELECT ?s { ?s nowhere:p ?o }");
    assert!(error.contains("prefix"), "{error}");
    let refused = |sparql: &str| {
        let error = query::run(&store, sparql, &Limits::default()).expect_err("refused");
        (error.to_string(), error.help().expect("a hint").to_owned())
    };
    let (error, hint) = refused("SELECT ?s { ?s 获奖 ?o }");
    assert!(error.contains("line 1, column 13") && hint.contains("behind a prefix"), "{error} {hint}");
    let (error, hint) = refused("SELECT ?s { ?s ?p ?o } ORDER ?s");
    assert!(error.contains("column 30") && hint.contains("followed by BY"), "{error} {hint}");
    let error = complain("SELECT ?s { ?s ?p ?o } ORDER BY （?s）");
    assert!(error.contains("full-width"), "{error}");
}

/// What is distinct is sorted by the engine.
#[test]
fn rows_are_in_the_order_of_the_engine() {
    let store = store();
    let ask = |sparql: &str| query::run(&store, sparql, &Limits::default()).expect("answered");
    let values = "VALUES (?n ?x ?y) { (1 10 'b') (2 9 'a'@zh) (3 9.5 UNDEF) (4 <urn:a> 'B') (5 UNDEF 'b'@en)
        (6 '2024-02-01'^^xsd:date true) (7 '2023-12-31'^^xsd:date 1e3) (8 'x'^^<urn:kind> 'z') (9 'y' '')}";
    for (body, order) in [
        (values, "?x ?n"),
        (values, "DESC(?x) ?n"),
        (values, "?y ?x"),
        (values, "BOUND(?x) DESC(?n)"),
        (values, "DESC(STRLEN(?y)) (?n * 7 - 3 * ?n)"),
        (values, "?nowhere DESC(EXISTS { ?n ?p ?o }) DESC(?n) LIMIT 5 OFFSET 2"),
        (values, "?n LIMIT 0"),
        ("VALUES (?n ?x ?y) { (12 'b' UNDEF) (-3 'B' UNDEF) (2 '' UNDEF) (10 '甲' UNDEF) (UNDEF '乙' UNDEF) }", "?n"),
        (
            "VALUES (?n ?x ?y) { (12 'b' UNDEF) (-3 'B' UNDEF) (2 '' UNDEF) (10 '甲' UNDEF) (UNDEF '乙' UNDEF) }",
            "DESC(?x)",
        ),
        (
            "VALUES (?n ?x) { (1 '2024-02-01'^^xsd:date) (2 '0980-01-01'^^xsd:date) (3 '2023-12-31'^^xsd:date) (4 UNDEF) }",
            "?x",
        ),
        (
            "VALUES (?n ?x) { (1 '2024-02-01'^^xsd:date) (2 '12024-01-01'^^xsd:date) (3 '-0001-12-31'^^xsd:date) }",
            "DESC(?x)",
        ),
        ("VALUES (?n ?x) { (1 'b'@zh) (2 'a'@zh) (3 'a'@en) } BIND(BOUND(?x) AS ?y)", "?y ?x"),
        ("?n a ?x ; skos:prefLabel ?y", "DESC(?x) ?y ?n"),
        ("?n a ?x ; skos:prefLabel ?y", "?y ?n LIMIT 3"),
    ] {
        let ours = ask(&format!("SELECT ?n ?x ?y {{ {body} }} ORDER BY {order}"));
        let theirs = ask(&format!("SELECT DISTINCT ?n ?x ?y {{ {body} }} ORDER BY {order}"));
        assert_eq!((ours.columns(), ours.cells()), (theirs.columns(), theirs.cells()), "{order}");
        assert!(!ours.is_empty() || order.ends_with('0'), "{order}");
    }
    // What the answer does not show.
    let hidden = ask("SELECT ?x { VALUES (?n ?x) { (2 'a') (1 'b') } } ORDER BY ?n");
    assert_eq!(
        (hidden.columns(), hidden.cells()),
        (vec!["x".to_owned()], vec![vec!["b".to_owned()], vec!["a".to_owned()]])
    );
    // Nodes without a name cannot be written down, but put in order.
    assert_eq!(ask("SELECT ?n { VALUES ?n { 1 2 } BIND(BNODE() AS ?b) } ORDER BY ?b").len(), 2);
    let rows = Limits { rows: Some(2), time: None };
    let cut = query::run(&store, &format!("SELECT ?n {{ {values} }} ORDER BY DESC(?n)"), &rows).expect("answered");
    assert!(cut.is_cut() && cut.cells() == [["9"], ["8"]]);
}

#[test]
fn lists_are_in_order() {
    let list = "SELECT (zhitu:list(?x) AS ?all) { VALUES ?x { '乙' '甲' '丙' '甲' } }";
    let answer = query::run(&store(), list, &Limits::default()).expect("answered");
    assert_eq!(answer.cells(), [["丙、乙、甲"]]);
}

#[test]
fn explain_shows_a_plan() {
    let plan = query::explain(&store(), "SELECT ?s { ?s zhitu:runs ?o }").expect("explained");
    let plan: serde_json::Value = serde_json::from_str(&plan).expect("JSON");
    assert!(plan.is_object());
}

#[test]
fn winners_with_year_and_work() {
    let all = ask("winners", &["云岭工匠"]);
    assert_eq!(column(&all, "winner"), ["周小满", "陈立业"]);
    let dated = ask("获奖者", &["工匠", "2024"]);
    assert_eq!(column(&dated, "winner"), ["陈立业"]);
    assert_eq!(column(&dated, "works_at"), ["青禾县机械厂"]);
    assert_eq!(column(&dated, "when"), ["2024年4月29日"]);
    assert!(column(&dated, "sentence")[0].contains("云岭省总工会授予"));
    assert!(ask("winners", &["云岭工匠", "2023"]).is_empty());
}

#[test]
fn programs_and_documents() {
    let programs = ask("programs", &["云岭省总工会"]);
    assert_eq!(column(&programs, "program"), ["“暖流”行动"]);
    let documents = ask("documents", &["2024-10"]);
    assert_eq!(column(&documents, "body"), ["云岭省总工会", "云岭省教育厅"]);
    assert!(ask("documents", &["2024-09"]).is_empty());
    assert_eq!(ask("印发文件", &["-", "云岭省教育厅"]).len(), 1);
}

#[test]
fn visits_founding_and_figures() {
    let visits = ask("visits", &["贺兰舟"]);
    assert_eq!(column(&visits, "visited"), ["陈立业", "青禾县机械厂", "青禾县机械厂"]);
    assert!(column(&visits, "when").iter().all(|w| w.ends_with("18日")));
    let founded = ask("founded", &[]);
    assert_eq!(
        (column(&founded, "body"), column(&founded, "founded")),
        (vec!["青禾县机械厂".into()], vec!["1958".into()])
    );
    let figures = ask("figures", &[]);
    assert_eq!(column(&figures, "counts"), ["驿站", "职工"]);
    assert_eq!(column(&figures, "unit"), ["个", "人"]);
    assert_eq!(column(&ask("数据", &["青禾县机械厂", "职工"]), "value"), ["1260"]);
}

#[test]
fn careers_structures_and_holders() {
    let career = ask("履历", &["陈立业"]);
    assert_eq!(column(&career, "what"), ["荣获 云岭工匠", "任职于 青禾县机械厂", "担任 一车间班长"]);
    assert_eq!(column(&career, "body")[2], "青禾县机械厂");
    let structure = ask("structure", &["青禾县机械厂"]);
    assert_eq!(column(&structure, "name"), ["青禾实业集团", "陈立业"]);
    assert_eq!(column(&structure, "post"), ["", "一车间班长"]);
    let holders = ask("holders", &["省长", "2024-12-01"]);
    assert_eq!(column(&holders, "person"), ["贺兰舟"]);
    assert_eq!(column(&holders, "basis"), ["named in the text"]);
    assert!(ask("在任者", &["省长", "2020"]).is_empty());
}

#[test]
fn connections_carry_their_evidence() {
    let path = ask("connection", &["周小满", "青禾实业集团"]);
    assert_eq!(column(&path, "step"), ["1", "2", "3"]);
    assert_eq!(column(&path, "relation"), ["关系人", "任职于", "隶属于"]);
    assert!(column(&path, "sentence").iter().all(|s| s.ends_with('。')));
}

#[test]
fn everything_about_a_name() {
    let about = ask("关于", &["云岭省总工会"]);
    assert_eq!(about.len(), 5);
    assert!(column(&about, "said_to_be").contains(&"计划".to_owned()));
    assert!(column(&about, "object").contains(&"驿站 86 个".to_owned()));
}

#[test]
fn questions_complain_well() {
    let store = store();
    let questions = Questions::load(&Sources::built_in()).expect("questions load");
    let fails = |name: &str, args: &[&str]| {
        let args: Vec<String> = args.iter().map(|a| (*a).to_owned()).collect();
        questions.get(name).and_then(|q| q.sparql(&store, &args)).expect_err("refused").to_string()
    };
    assert!(fails("winner", &[]).contains("winners"));
    assert!(fails("winners", &[]).contains("winners AWARD [YEAR]"));
    assert!(fails("winners", &["云岭工将"]).contains("did you mean 云岭工匠"));
    let other = fails("holders", &["云岭省总工会"]);
    assert!(other.contains("云岭省总工会 stands in the graph as organization, not as position"), "{other}");
    assert!(other.contains("of a position"), "{other}");
    assert!(fails("winners", &["云岭工匠", "上周"]).contains("no date"));
    assert!(fails("winners", &["a", "b", "c"]).contains("takes 2 parameters"));
    for question in questions.all() {
        assert!(!question.about.is_empty() && !question.about_chinese.is_empty(), "{}", question.name);
    }
}

#[test]
fn text_search_finds_names_and_sentences() {
    let found = ask("检索", &["总工会"]);
    assert_eq!(column(&found, "name"), ["云岭省总工会"]);
    assert_eq!(column(&found, "facts"), ["4"]);
    let sentences = ask("sentences", &["接着学"]);
    assert_eq!(column(&sentences, "object"), ["手艺要有人接着学下去"]);
    let store = store();
    let sparql = "SELECT ?it { SERVICE zhitu:search { ?it rdfs:label \"暖流行动\" } }";
    assert_eq!(query::run(&store, sparql, &Limits::default()).expect("answered").cells(), [["program:暖流行动"]]);
    let wrong = "SELECT ?it { SERVICE zhitu:search { ?it ?p \"暖流行动\" } }";
    assert!(query::run(&store, wrong, &Limits::default()).expect_err("refused").to_string().contains("one pattern"));
}

#[test]
fn conflicts_are_listed_and_nothing_is_lost() {
    let says = |id: &str, year: &'static str, place: &'static str| {
        let source = format!("沈望舒{year}年生于{place}。\n");
        let (date, born) = (format!("{year}年"), format!("place/{place}"));
        let facts = [
            crate::support::Said("person/沈望舒", "bornOn", year, &[], "stated", "沈望舒"),
            crate::support::Said("person/沈望舒", "bornIn", &born, &[], "stated", "生于"),
        ];
        crate::support::text(id, "2024", &source, &[(&date, year)], &facts)
    };
    let graph = crate::support::graph_of(&[
        says("a", "1931", "云岭青禾"),
        says("b", "1932", "青禾"),
        says("c", "1931", "白沙"),
    ]);
    let mut out = Vec::new();
    rdf::write_nquads(&graph, &Options::default(), &mut out).expect("written");
    let store = Store::from_nquads(&out[..]).expect("loaded");
    let questions = Questions::load(&Sources::built_in()).expect("questions load");
    let sparql = questions.get("抵触").and_then(|q| q.sparql(&store, &[])).expect("filled in");
    let answer = query::run(&store, &sparql, &Limits::default()).expect("answered");
    assert_eq!(column(&answer, "relation"), ["出生地", "出生地", "出生时间", "出生时间"]);
    assert_eq!(column(&answer, "other")[2..], ["1932", "1932"]);
    assert_eq!(graph.facts().len(), 5);
}

#[test]
fn figures_of_different_units_are_compared() {
    let said = |name: &'static str, norm: &'static str, words: &'static str| {
        crate::support::Said(name, "hasFigure", norm, &[("role", "面积")], "stated", words)
    };
    let text = crate::support::text(
        "fields",
        "2024-05-02",
        "东坡林场有林地2平方公里。南坡林场有林地1500亩。北坡林场有林地180公顷。西坡林场有职工900人。\n",
        &[],
        &[
            said("organization/东坡林场", "2 平方公里", "林地2平方公里"),
            said("organization/南坡林场", "1500 亩", "林地1500亩"),
            said("organization/北坡林场", "180 公顷", "林地180公顷"),
            said("organization/西坡林场", "900 人", "职工900人"),
        ],
    );
    let mut out = Vec::new();
    rdf::write_nquads(&crate::support::graph_of(&[text]), &Options::default(), &mut out).expect("written");
    let store = Store::from_nquads(&out[..]).expect("loaded");
    let ask = |sparql: &str| query::run(&store, sparql, &Limits::default()).expect("answered");
    let answer = ask("SELECT ?name { ?body zhitu:hasFigure ?figure ; skos:prefLabel ?name . \
         ?figure zhitu:value ?value ; zhitu:factor ?factor ; zhitu:dimension \"area\" } ORDER BY (?value * ?factor)");
    let names: Vec<String> = answer.cells().into_iter().flatten().collect();
    assert_eq!(names, ["南坡林场", "北坡林场", "东坡林场"], "a million, 1.8 and two million square metres");
    let hectares = "ASK { organization:北坡林场 zhitu:hasFigure ?figure . ?figure zhitu:unitCode unit:HA }";
    assert_eq!(ask(hectares).boolean(), Some(true));
}
