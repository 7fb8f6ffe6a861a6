//! Graph, RDF and store: the same bytes for any order, the layout of the quads, syntaxes.

use zhitu::rdf::{self, Options};
use zhitu::schema::{Predicate, Qualifier, Status, Type};
use zhitu::store::{Store, Syntax};

fn nquads(graph: &zhitu::graph::Graph) -> String {
    let mut out = Vec::new();
    rdf::write_nquads(graph, &Options::default(), &mut out).expect("written");
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn any_order_gives_the_same_bytes() {
    let mut texts = crate::support::sample();
    let forward = nquads(&crate::support::graph_of(&texts));
    texts.reverse();
    assert_eq!(forward, nquads(&crate::support::graph_of(&texts)));
    texts.swap(0, 1);
    assert_eq!(forward, nquads(&crate::support::graph_of(&texts)));
    let lines: Vec<&str> = forward.lines().collect();
    assert!(lines.is_sorted() && lines.len() > 100);
}

#[test]
fn facts_join_and_keep_their_support() {
    let graph = crate::support::graph_of(&crate::support::sample());
    let visits: Vec<_> = graph.facts().iter().filter(|f| f.predicate == Predicate::Visited).collect();
    assert_eq!(visits.len(), 1);
    assert_eq!((visits[0].statements.len(), visits[0].origins), (2, 2));
    assert_eq!(graph.days_of(visits[0]), (Some("2024-10-18"), Some("2024-10-18")));
    // A planned figure is a statement and no fact.
    let planned: Vec<_> = graph.statements().iter().filter(|s| s.status == Status::Planned).collect();
    assert_eq!(planned.len(), 1);
    assert!(graph.facts().iter().all(|f| graph.label(&f.object) != ">200 个"));
}

#[test]
fn the_default_graph_is_direct_and_documents_hold_statements() {
    let text = nquads(&crate::support::graph_of(&crate::support::sample()));
    let base = "https://zhitu.example/";
    let direct = format!("<{base}person/陈立业> <{base}ontology#receivedAward> <{base}award/云岭工匠> .\n");
    assert_eq!(text.matches(&direct).count(), 1);
    assert!(text.contains(&format!(
        "<{base}program/暖流行动> <http://www.w3.org/2004/02/skos/core#prefLabel> \"“暖流”行动\"@zh .\n"
    )));
    assert!(
        text.contains(&format!(
            "<{base}ontology#sentence> \"2024年4月29日，云岭省总工会授予电焊工陈立业云岭工匠称号。"
        ))
    );
    assert!(text.contains(&format!("<{base}ontology#status> <{base}ontology#planned> <{base}doc/yunling-programs> .")));
    assert!(!text.lines().any(|line| line.contains("200 个\"@zh .")), "planned figures stay out of the default graph");
}

#[test]
fn statements_are_lean() {
    let graph = crate::support::graph_of(&crate::support::sample());
    let text = nquads(&graph);
    let quads = text.lines().filter(|line| line.starts_with("<https://zhitu.example/fact/")).count();
    assert!(quads <= graph.statements().len() * 9, "{quads} quads for {} statements", graph.statements().len());
}

#[test]
fn the_full_profile_has_every_mention_in_its_text() {
    let texts = crate::support::sample();
    let graph = |full: bool| {
        let mut builder = zhitu::graph::Builder::new().with_marks(full);
        for (record, document) in &texts {
            builder.add(record, &zhitu::graph::Quotes::read(record, document));
        }
        builder.finish(&zhitu::link::Corpus::default())
    };
    let (lean, full) = (nquads(&graph(false)), nquads(&graph(true)));
    assert_eq!(lean, nquads(&crate::support::graph_of(&texts)));
    let full: std::collections::BTreeSet<&str> = full.lines().collect();
    assert!(lean.lines().all(|line| full.contains(line)), "the lean graph is part of it");
    let phrases = full.iter().filter(|line| line.contains("nif-core#Phrase> <")).count();
    assert_eq!(phrases, texts.iter().map(|(record, _)| record.mentions.len()).sum::<usize>());
    let (record, document) = &texts[0];
    let mention = record.mentions.iter().find(|m| m.text == "云岭工匠").expect("a mention");
    let doc = format!("https://zhitu.example/doc/{}", record.doc);
    let node = format!("<{doc}#char={},{}>", mention.start, mention.end);
    let nif = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#";
    for line in [
        format!("{node} <{nif}anchorOf> \"云岭工匠\"@zh <{doc}> ."),
        format!("{node} <{nif}referenceContext> <{doc}#char=0,{}> <{doc}> .", document.view.source().chars().count()),
        format!(
            "{node} <http://www.w3.org/2005/11/its/rdf#taIdentRef> <https://zhitu.example/award/云岭工匠> <{doc}> ."
        ),
        format!(
            "{node} <http://www.w3.org/2005/11/its/rdf#taClassRef> <https://zhitu.example/ontology#Award> <{doc}> ."
        ),
    ] {
        assert!(full.contains(line.as_str()), "{line}");
    }
    assert!(full.iter().any(|line| line.contains("ontology#norm> \"2024-04-29\" <")));
    let part = zhitu::graph::Filter { types: vec![Type::Award], lone: true, ..Default::default() };
    let part = nquads(&part.apply(&graph(true)).expect("applied"));
    assert!(part.contains("taIdentRef") && !part.contains("person/陈立业"));
}

#[test]
fn removing_a_document_is_building_without_it() {
    let texts = crate::support::sample();
    let mut builder = zhitu::graph::Builder::new();
    for (record, document) in &texts {
        builder.add(record, &zhitu::graph::Quotes::read(record, document));
    }
    assert!(builder.remove("qinghe-visit") && !builder.remove("nowhere"));
    assert_eq!(
        nquads(&builder.finish(&zhitu::link::Corpus::default())),
        nquads(&crate::support::graph_of(&texts[..2]))
    );
}

#[test]
fn the_vocabulary_says_what_the_schema_says() {
    use zhitu::graph::signature::{Range, domain, range};
    let table = include_str!("../../rules/rdf/vocabulary.tsv");
    let row = |name: &str| -> Vec<String> {
        let found = table.lines().find(|line| line.split('\t').next() == Some(name));
        found.unwrap_or_else(|| panic!("no line for {name}")).split('\t').map(str::to_owned).collect()
    };
    let class = |kind: &Type| {
        let name = kind.name();
        format!("zhitu:{}{}", name[..1].to_uppercase(), &name[1..])
    };
    let list = |kinds: &[Type]| kinds.iter().map(class).collect::<Vec<_>>().join(" ");
    for kind in Type::ALL {
        assert_eq!(row(class(kind).trim_start_matches("zhitu:"))[1], "class");
    }
    for predicate in Predicate::ALL {
        let cells = row(predicate.name());
        assert_eq!(cells[1], "property", "{predicate}");
        assert_eq!(cells[5], list(domain(*predicate)), "domain of {predicate}");
        let wanted = match range(*predicate) {
            Range::Entity(kinds) => list(kinds),
            Range::Date => "zhitu:Date".to_owned(),
            Range::Figure => "zhitu:Figure".to_owned(),
            Range::Text => "rdf:langString".to_owned(),
        };
        assert_eq!(cells[6], wanted, "range of {predicate}");
    }
    for status in Status::ALL {
        assert_eq!(row(status.name())[1], "status");
    }
    for qualifier in Qualifier::ALL {
        assert_eq!(row(qualifier.name())[1], "property");
    }
    let used: Vec<&str> = table.lines().filter(|l| !l.starts_with('#')).collect();
    assert!(used.iter().all(|line| line.split('\t').count() == 9), "every line has nine cells");
}

#[test]
fn every_term_of_the_graph_is_in_the_vocabulary() {
    let graph = crate::support::graph_of(&crate::support::sample());
    let (text, ontology) = (nquads(&graph), rdf::ontology(rdf::BASE));
    for part in text.split("<https://zhitu.example/ontology#").skip(1) {
        let name = part.split('>').next().expect("an end");
        assert!(ontology.contains(&format!("\nzhitu:{name} a ")), "{name} is not described");
    }
}

#[test]
fn stores_load_and_write_every_syntax() {
    let graph = crate::support::graph_of(&crate::support::sample());
    let text = nquads(&graph);
    let store = Store::from_nquads(text.as_bytes()).expect("loaded");
    assert_eq!(store.base(), rdf::BASE);
    for syntax in Syntax::ALL {
        let mut out = Vec::new();
        store.export(*syntax, &mut out).unwrap_or_else(|error| panic!("{}: {error}", syntax.name()));
        let out = String::from_utf8(out).expect("UTF-8");
        assert!(out.contains("陈立业") && out.contains("云岭工匠"), "{}", syntax.name());
        assert_eq!(
            out.contains("技能提升办法") && out.contains("印发《技能"),
            syntax.has_graphs(),
            "{}",
            syntax.name()
        );
    }
    let mut again = Vec::new();
    store.export(Syntax::NQuads, &mut again).expect("written");
    let (mut ours, mut theirs): (Vec<&str>, String) =
        (text.lines().collect(), String::from_utf8(again).expect("UTF-8"));
    theirs.truncate(theirs.trim_end().len());
    let mut theirs: Vec<&str> = theirs.lines().collect();
    ours.sort_unstable();
    theirs.sort_unstable();
    let lost: Vec<&&str> = ours.iter().filter(|line| !theirs.contains(line)).collect();
    assert!(lost.is_empty() && ours.len() == theirs.len(), "what is loaded is what was written: {lost:?}");
}

#[test]
fn another_base_and_a_damaged_file() {
    let graph = crate::support::graph_of(&crate::support::sample());
    let options = Options { base: "https://kg.example.org/x/".to_owned(), ..Options::default() };
    let mut out = Vec::new();
    rdf::write_nquads(&graph, &options, &mut out).expect("written");
    assert_eq!(Store::from_nquads(&out[..]).expect("loaded").base(), "https://kg.example.org/x/");
    let Err(error) = Store::from_nquads(&b"<a> <b>"[..]) else { panic!("accepted") };
    assert!(error.to_string().contains("damaged") && error.help().is_some());
}

#[test]
fn annotations_are_rdf_12() {
    let graph = crate::support::graph_of(&crate::support::sample());
    let mut out = Vec::new();
    rdf::write_annotated(&graph, &Options::default(), &mut out).expect("written");
    let text = String::from_utf8(out).expect("UTF-8");
    assert!(text.contains("person:陈立业 zhitu:receivedAward award:云岭工匠\n    ~ fact:"));
    assert!(text.contains("{| ") && text.contains("prov:wasDerivedFrom doc:qinghe-honours"));
    let parser = oxigraph::io::RdfParser::from_format(oxigraph::io::RdfFormat::Turtle);
    let triples = parser.for_slice(text.as_bytes()).collect::<Result<Vec<_>, _>>().expect("parsed back");
    assert!(triples.iter().any(|t| t.predicate.as_str().ends_with("#reifies")));
}
