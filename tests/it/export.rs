//! Exports: drawings, graph files, tables, the report, and the filters in front of them.

use zhitu::export::{self, Cluster, DotOptions, Filter, Page};
use zhitu::graph::Graph;
use zhitu::schema::{Predicate, Type};

fn graph() -> Graph {
    crate::support::graph_of(&crate::support::sample())
}

fn names(graph: &Graph) -> Vec<&str> {
    graph.entities().iter().map(|e| e.name.as_str()).collect()
}

#[test]
fn drawings_name_fonts_colours_and_edges() {
    let text = export::dot(&graph(), &DotOptions::default());
    assert!(text.contains("Noto Sans CJK SC") && text.contains("Microsoft YaHei") && text.contains("PingFang SC"));
    assert!(text.contains("荣获 2024-04-29") && text.contains("关系人（师父）") && text.contains("成立时间 1958"));
    assert!(text.contains("legend") && text.contains("人物 person"));
    assert_eq!(text, export::dot(&graph(), &DotOptions::default()), "drawn the same each time");
    for cluster in [Cluster::Type, Cluster::Community] {
        let boxed = export::dot(&graph(), &DotOptions { cluster, ..DotOptions::default() });
        assert!(boxed.contains("subgraph cluster_1"));
    }
}

#[test]
fn the_first_view_is_capped_and_joined() {
    let graph = graph();
    let few = export::most_important(&graph, 6);
    assert!(few.entities().len() <= 6 && few.entities().len() >= 4);
    let linked: std::collections::BTreeSet<usize> = few
        .facts()
        .iter()
        .filter_map(|f| match f.object {
            zhitu::graph::Object::Entity(object) => Some([f.subject, object]),
            _ => None,
        })
        .flatten()
        .collect();
    assert_eq!(linked.len(), few.entities().len(), "nothing shown stands alone");
    let text = export::dot(&graph, &DotOptions { nodes: Some(6), ..DotOptions::default() });
    assert!(text.contains(" entities, the most connected ones"));
}

#[test]
fn filters_by_type_predicate_and_neighbourhood() {
    let graph = graph();
    let apply = |filter: Filter| filter.apply(&graph).expect("applied");
    let people = apply(Filter { types: vec![Type::Person], ..Filter::default() });
    assert_eq!(names(&people), ["周小满", "罗桂英", "贺兰舟", "陈立业"]);
    let awards = apply(Filter { predicates: vec![Predicate::ReceivedAward], ..Filter::default() });
    assert_eq!(names(&awards), ["云岭工匠", "周小满", "陈立业"]);
    let near = apply(Filter { ego: Some("周小满".into()), ..Filter::default() });
    assert_eq!(names(&near), ["云岭工匠", "周小满", "陈立业"]);
    let wider = apply(Filter { ego: Some("person/周小满".into()), depth: Some(2), ..Filter::default() });
    assert_eq!(names(&wider), ["云岭工匠", "云岭省总工会", "青禾县机械厂", "周小满", "贺兰舟", "陈立业", "一车间班长"]);
}

#[test]
fn filters_by_path_support_time_and_document() {
    let graph = graph();
    let apply = |filter: Filter| filter.apply(&graph).expect("applied");
    let path = apply(Filter { between: Some(("周小满".into(), "青禾实业集团".into())), ..Filter::default() });
    assert_eq!(names(&path), ["青禾县机械厂", "青禾实业集团", "周小满", "陈立业"]);
    let twice = apply(Filter { min_support: 2, ..Filter::default() });
    assert_eq!(names(&twice), ["青禾县机械厂", "贺兰舟"]);
    let october = apply(Filter { since: Some("2024-10".into()), until: Some("2024-10".into()), ..Filter::default() });
    assert!(names(&october).contains(&"《技能提升办法》") && !names(&october).contains(&"周小满"));
    let one = apply(Filter { documents: vec!["qinghe-visit".into()], ..Filter::default() });
    assert_eq!((one.sources().len(), one.facts().len()), (1, 3));
    assert!(one.facts().iter().all(|f| f.origins == 1));
    let programs = apply(Filter { documents: vec!["yunling-programs".into()], ..Filter::default() });
    assert!(programs.statements().iter().any(|s| s.status == zhitu::schema::Status::Planned), "plans stay statements");
    let busy = apply(Filter { min_degree: 3, ..Filter::default() });
    assert!(busy.entities().len() < graph.entities().len());
    assert_eq!(apply(Filter::default()).entities(), graph.entities());
}

#[test]
fn filters_by_what_was_so_on_a_day() {
    let of = |id: &str, date: &str, source: &str, dates: &[(&str, &str)], time: &str| {
        let held = [("org", "青禾县水利局"), ("time", time)];
        let held = if time.is_empty() { &held[..1] } else { &held[..] };
        let (person, rest) = source.split_at(source.find(['任', '参']).expect("a verb"));
        let person = format!("person/{}", person.trim_end_matches("2021年6月"));
        let fact = crate::support::Said(&person, "holdsPosition", "position/局长", held, "stated", rest);
        crate::support::text(id, date, source, dates, &[fact])
    };
    let graph = crate::support::graph_of(&[
        of("a", "2024-01-01", "陈立业任局长（2015年至2019年）。", &[("2015年至2019年", "2015/2019")], "2015/2019"),
        of("b", "2020-03-02", "周小满任局长。", &[], ""),
        of("c", "2021-07-01", "贺兰舟2021年6月参加会议，是局长。", &[("2021年6月", "2021-06")], "2021-06"),
    ]);
    let on = |day: &str| {
        let filter = Filter { as_of: Some(day.into()), types: vec![Type::Person, Type::Position], ..Filter::default() };
        let part = filter.apply(&graph).expect("applied");
        names(&part).into_iter().filter(|name| *name != "局长").map(str::to_owned).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(on("2014-12-31"), "");
    assert_eq!(on("2017"), "陈立业");
    assert_eq!(on("2020-03-01"), "");
    assert_eq!(on("2020-03-02"), "周小满", "an undated post is as old as its text");
    assert_eq!(on("2025-01-01"), "周小满 贺兰舟", "a time in which somebody was seen in a post does not end it");
    let event = Filter { as_of: Some("2024-10-17".into()), lone: true, ..Filter::default() };
    let part = event.apply(&self::graph()).expect("applied");
    assert!(part.facts().iter().all(|fact| fact.predicate != Predicate::Visited), "the visit was a day later");
    assert!(part.facts().iter().any(|fact| fact.predicate == Predicate::Founded) && names(&part).contains(&"贺兰舟"));
    let wrong = Filter { as_of: Some("昨天".into()), ..Filter::default() };
    assert!(wrong.apply(&graph).expect_err("refused").to_string().contains("no date"));
}

#[test]
fn filters_complain_well() {
    let graph = graph();
    let fails = |filter: Filter| filter.apply(&graph).expect_err("refused").to_string();
    assert!(
        fails(Filter { ego: Some("机械".into()), ..Filter::default() })
            .contains("did you mean organization/青禾县机械厂")
    );
    assert!(fails(Filter { since: Some("去年".into()), ..Filter::default() }).contains("no date"));
    assert!(fails(Filter { documents: vec!["x".into()], ..Filter::default() }).contains("no document"));
    let apart = Filter { between: Some(("罗桂英".into(), "周小满".into())), ..Filter::default() };
    assert!(fails(apart).contains("no facts connect"));
}

#[test]
fn graph_files_carry_types_labels_weights_and_dates() {
    let graph = graph();
    let graphml = export::graphml(&graph);
    assert!(graphml.contains("<node id=\"award/云岭工匠\">") && graphml.contains("<data key=\"edge_weight\">2</data>"));
    assert!(graphml.contains("<data key=\"edge_first\">2024-04-29</data>"));
    let gexf = export::gexf(&graph);
    assert!(gexf.contains("label=\"“暖流”行动\"") && gexf.contains("kind=\"runs\" label=\"实施\" weight=\"1\""));
    assert_eq!(graphml.matches("<edge ").count(), gexf.matches("<edge ").count());
}

#[test]
fn tables_have_a_byte_order_mark_on_request() {
    let graph = graph();
    assert!(export::nodes_csv(&graph, true).starts_with('\u{feff}'));
    let nodes = export::nodes_csv(&graph, false);
    assert_eq!(nodes.lines().count(), graph.entities().len() + 1);
    let facts = export::facts_csv(&graph, false);
    assert_eq!(facts.lines().count(), graph.facts().len() + 1);
    assert!(facts.contains("青禾县机械厂,organization,hasFigure,数据,1260 人,figure,,职工,"));
    assert!(export::edges_csv(&graph, false).contains("person/贺兰舟,organization/青禾县机械厂,Directed,"));
}

#[test]
fn tables_of_what_stands_together() {
    let graph = graph();
    let pairs = export::together_csv(&graph, 2, false);
    let lines: Vec<&str> = pairs.lines().collect();
    assert_eq!(lines[0], "Source,Target,Type,Weight,source_name,source_type,target_name,target_type");
    let pair = "organization/青禾县机械厂,person/贺兰舟,Undirected,2,青禾县机械厂,organization,贺兰舟,person";
    assert!(lines.contains(&pair), "{pairs}");
    assert!(export::together_csv(&graph, 1, false).lines().count() > lines.len());
    let communities = export::communities_csv(&graph, false);
    assert!(
        communities.starts_with("community,component,size,names\r\n0,0,")
            || communities.starts_with("community,component,size,names\n0,0,")
    );
    let groups: usize =
        communities.lines().skip(1).map(|line| line.split(',').nth(2).unwrap().parse::<usize>().unwrap()).sum();
    assert!(groups <= graph.entities().len() && communities.contains('、'), "{communities}");
}

#[test]
fn the_report_highlights_every_fact_and_needs_no_network() {
    let texts = crate::support::sample();
    let graph = crate::support::graph_of(&texts);
    let page = |doc: &str| {
        let (record, document) = texts.iter().find(|(record, _)| record.doc == doc)?;
        Some(Page { text: document.view.source().to_owned(), mentions: record.mentions.clone() })
    };
    let write = |page: &dyn Fn(&str) -> Option<Page>| {
        let mut out = Vec::new();
        export::report(&graph, "青禾 <1>", Some("<?xml?><svg id=\"drawing\"></svg>"), page, &mut out).expect("written");
        String::from_utf8(out).expect("UTF-8")
    };
    let html = write(&page);
    assert!(html.contains("<title>青禾 &lt;1&gt;</title>") && html.contains("<svg id=\"drawing\">"));
    assert!(!html.contains("http://") && !html.contains("https://") && !html.contains("src="));
    assert_eq!(html.matches("class=\"fact\"").count(), graph.statements().len());
    let marked: std::collections::BTreeSet<&str> = html
        .split("data-f=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .flat_map(|ids| ids.split(' '))
        .collect();
    assert_eq!(marked.len(), 10, "each of the ten facts of the longest text is marked");
    assert!(html.contains("<span class=\"m award\" title=\"荣誉 云岭工匠\">云岭工匠</span>"));
    let bare = write(&|_| None);
    assert!(bare.contains("周小满也获得了云岭工匠称号。"), "sentences stand in for the text");
}

#[test]
fn the_summary_counts_and_quotes() {
    let text = export::summary(&graph());
    assert!(text.contains("3 texts (3 after joining reprints)"));
    assert!(text.contains("| person | 人物 | 4 |"));
    assert!(text.contains("## visited 到访 (1)") && text.contains("(2 texts)"));
    assert!(text.contains("1 statements are planned (计划)"));
}

#[test]
fn names_that_break_formats_do_not() {
    let hostile = "“甲”&<乙>\"]]>\\n丙";
    let text = format!("{hostile}公司成立于1958年。\n");
    let subject = format!("organization/{hostile}公司");
    let said = [
        crate::support::Said(&subject, "founded", "1958", &[], "stated", "成立于"),
        crate::support::Said(&subject, "locatedIn", "place/丁", &[], "stated", "公司成立"),
    ];
    let graph =
        crate::support::graph_of(&[crate::support::text("hostile", "2024", &text, &[("1958年", "1958")], &said)]);
    let dot = export::dot(&graph, &DotOptions::default());
    assert!(dot.contains("&amp;&lt;乙&gt;&quot;]]&gt;"));
    assert!(export::graphml(&graph).contains("id=\"organization/“甲”&amp;&lt;乙&gt;&quot;]]&gt;"));
    let mut out = Vec::new();
    zhitu::rdf::write_nquads(&graph, &zhitu::rdf::Options::default(), &mut out).expect("written");
    zhitu::store::Store::from_nquads(&out[..]).expect("legal N-Quads");
}

#[test]
fn an_empty_graph_leaves_as_empty_files() {
    let graph = zhitu::graph::Builder::new().finish(&zhitu::link::Corpus::default());
    assert!(export::dot(&graph, &DotOptions::default()).ends_with("}\n"));
    assert_eq!(export::nodes_csv(&graph, false).lines().count(), 1);
    assert!(export::graphml(&graph).contains("</graphml>") && export::gexf(&graph).contains("</gexf>"));
    assert!(export::summary(&graph).contains("0 texts"));
    export::report(&graph, "x", None, &|_| None, &mut Vec::new()).expect("written");
}

#[test]
fn standoff_marks_point_at_their_words() {
    let texts = crate::support::sample();
    for (record, document) in &texts {
        let source = document.view.source();
        let ann = export::brat(record, source);
        let chars: Vec<char> = source.chars().collect();
        let mut marks = 0;
        for line in ann.lines().filter(|line| line.starts_with('T')) {
            let cells: Vec<&str> = line.split('\t').collect();
            let span: Vec<usize> = cells[1].split(' ').skip(1).map(|n| n.parse().expect("a number")).collect();
            assert_eq!(chars[span[0]..span[1]].iter().collect::<String>(), cells[2]);
            marks += 1;
        }
        assert_eq!(marks, record.mentions.len());
    }
    let ann = export::brat(&texts[0].0, texts[0].1.view.source());
    assert!(ann.contains("receivedAward Arg1:T") && ann.contains("time=2024-04-29"));
    let planned = export::brat(&texts[1].0, texts[1].1.view.source());
    assert!(!planned.contains("hasFigure"), "a fact whose figure is no mention has no relation");
    let (mut broken, _) = crate::support::text("b", "2024", "云岭省总\n工会在此。", &[], &[]);
    broken.mentions = texts[0].0.mentions[..1].to_vec();
    (broken.mentions[0].start, broken.mentions[0].end) = (0, 7);
    assert!(export::brat(&broken, "云岭省总\n工会在此。").starts_with("T1\tdate 0 4;5 7\t云岭省总 工会\n"));
}

#[test]
fn corrected_marks_come_back_as_gold() {
    for (record, document) in &crate::support::sample() {
        let source = document.view.source();
        let standoff = zhitu::eval::from_brat(&record.doc, &export::brat(record, source), source).expect("brat");
        let cas = zhitu::eval::from_xmi(&record.doc, &export::xmi(record, source)).expect("XMI");
        assert_eq!(standoff, cas);
        assert_eq!(standoff.mentions.len(), record.mentions.len());
        assert!(standoff.facts.iter().all(|gold| record.facts.iter().any(|fact| {
            let qualifiers = fact.qualifiers.iter().map(|(name, value)| (name.to_string(), value.clone())).collect();
            (&gold.subject, gold.predicate, &gold.object, &gold.qualifiers)
                == (&fact.subject, fact.predicate, &fact.object, &qualifiers)
        })));
        let again = zhitu::eval::Gold::parse(&record.doc, &standoff.write()).expect("gold");
        assert_eq!(again, standoff, "what is written is what was read");
    }
    let (record, document) = &crate::support::sample()[0];
    let source = document.view.source();
    // A mark made longer, a relation taken out, a note changed.
    let marks = export::brat(record, source);
    let from = marks.lines().find(|line| line.ends_with("\t云岭工匠")).expect("a mark");
    let cells: Vec<&str> = from.split([' ', '\t']).collect();
    let end: usize = cells[3].parse().expect("a number");
    let to = format!("{}\t{} {} {}\t云岭工匠称号", cells[0], cells[1], cells[2], end + 2);
    let corrected: String = marks
        .replace(from, &to)
        .lines()
        .filter(|line| !line.contains("\tmemberOf "))
        .map(|line| line.replace("time=2024-04-29", "time=2024-04-30") + "\n")
        .collect();
    let gold = zhitu::eval::from_brat("a", &corrected, source).expect("brat");
    assert!(gold.mentions.iter().any(|mention| mention.text == "云岭工匠称号"));
    assert!(gold.facts.iter().all(|fact| fact.predicate != Predicate::MemberOf));
    assert!(gold.facts.iter().any(|fact| fact.qualifiers.get("time").is_some_and(|time| time == "2024-04-30")));
    for (standoff, part) in [
        ("T1\tperson 0 99999\tx", "outside the text"),
        ("T1\thero 0 1\tx", "no type"),
        ("T1\tperson 0 3\tx\nT2\tperson 1 4\tx", "overlap"),
        ("T1\tperson 0 1\tx\nR1\tmet Arg1:T1 Arg2:T9", "no mark T9"),
        ("T1 person", "line 1"),
    ] {
        let error = zhitu::eval::from_brat("a", standoff, source).expect_err(standoff);
        assert!(error.to_string().contains(part), "{standoff}: {error}");
    }
    assert!(zhitu::eval::from_xmi("a", "<a><b></a>").is_err() && zhitu::eval::from_xmi("a", "<a/>").is_err());
}

#[test]
fn offsets_of_xmi_are_utf_16() {
    let (record, document) = crate::support::text("rare", "2024", "𠮷田在青禾县。\u{1}\n李明来了。", &[], &[]);
    let mut record = record;
    let (samples, _) = &crate::support::sample()[0];
    let mut mention = samples.mentions[0].clone();
    (mention.start, mention.end, mention.norm, mention.text) = (9, 11, None, "李明".to_owned());
    mention.kind = Type::Person;
    record.mentions = vec![mention];
    let xmi = export::xmi(&record, document.view.source());
    assert!(xmi.contains("begin=\"10\" end=\"12\" label=\"person\"") && xmi.contains("青禾县。 &#10;李明"), "{xmi}");
    let gold = zhitu::eval::from_xmi("rare", &xmi).expect("XMI");
    assert_eq!((gold.mentions[0].start, gold.mentions[0].text.as_str()), (9, "李明"));
}
