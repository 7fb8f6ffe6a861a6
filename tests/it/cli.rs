//! The command line: what each command gives, its streams and its exit status.

use crate::support::program::Folder;

const AWARD: &str = "本报青川5月1日讯（记者 王小河）李明是青川县水利局的工程师，2025年被授予全国劳动模范称号。\n";
const VISIT: &str = "2024年9月3日，县长赵大山到青川县第一中学调研。青川县教育局成立于1958年。\n";

/// A folder with two texts, built into `output`.
fn built(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("corpus/2025-05-01-award.txt", AWARD);
    folder.write("corpus/2024-09-03-visit.txt", VISIT);
    let ran = folder.run(&["build"]);
    assert_eq!((ran.status, ran.out.as_str()), (0, ""), "{}", ran.err);
    assert!(ran.err.starts_with("2 documents: "), "{}", ran.err);
    folder
}

#[test]
fn a_build_leaves_its_files_and_a_second_one_makes_nothing_again() {
    let folder = built("build");
    for name in ["records.jsonl", "graph.nq", "ontology.ttl", "graph.dot", "summary.md", "report.json", "manifest.json"]
    {
        assert!(!folder.read(&format!("output/{name}")).is_empty(), "{name}");
    }
    let report: serde_json::Value = serde_json::from_slice(&folder.read("output/report.json")).unwrap();
    assert_eq!((report["documents"].as_u64(), report["extracted"].as_u64()), (Some(2), Some(2)));
    let again = folder.run(&["build"]);
    assert!(again.err.contains("nothing changed since the last build"), "{}", again.err);
    assert_eq!(folder.run(&["status"]).status, 0);
}

#[test]
fn a_changed_corpus_gives_what_a_fresh_build_gives() {
    let folder = built("incremental");
    folder.write("corpus/2025-05-01-award.txt", AWARD.replace("李明", "孙小海"));
    folder.write("corpus/new.txt", "青川县总工会开展“暖心行动”。");
    std::fs::remove_file(folder.path("corpus/2024-09-03-visit.txt")).unwrap();
    let status = folder.run(&["status"]);
    assert_eq!(status.status, 1);
    assert_eq!(status.out, "changed  2025-05-01-award\nnew      new\ngone     2024-09-03-visit\n");
    assert_eq!(folder.run(&["build"]).status, 0);
    let ran = folder.run(&["build", "--fresh", "-o", "fresh"]);
    assert_eq!(ran.status, 0);
    for name in ["records.jsonl", "graph.nq", "ontology.ttl", "graph.dot", "summary.md"] {
        assert!(folder.read(&format!("output/{name}")) == folder.read(&format!("fresh/{name}")), "{name} differs");
    }
}

#[test]
fn an_interrupted_build_goes_on_where_it_stopped() {
    let folder = built("resume");
    let records = String::from_utf8(folder.read("output/records.jsonl")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&folder.read("output/manifest.json")).unwrap();
    // What a run leaves that stopped after the first text, inside the line of the second.
    let (id, record) = ("2024-09-03-visit", records.lines().next().unwrap());
    let head = format!("{} {}", manifest["program"].as_str().unwrap(), manifest["rules"].as_str().unwrap());
    let key = manifest["documents"][id]["key"].as_str().unwrap();
    folder.write("other/.cache/records.part", format!("{head}\n{key}\t{record}\t[]\nabc\t{{\"doc"));
    assert_eq!(folder.run(&["build", "-o", "other"]).status, 0);
    let report: serde_json::Value = serde_json::from_slice(&folder.read("other/report.json")).unwrap();
    assert_eq!((report["kept"].as_u64(), report["extracted"].as_u64()), (Some(1), Some(1)));
    assert_eq!(String::from_utf8(folder.read("other/records.jsonl")).unwrap(), records);
    assert!(!folder.path("other/.cache/records.part").exists());
}

#[test]
fn extract_prints_a_record_for_each_document_in_order() {
    let folder = Folder::new("extract");
    let ran = folder.run_with(&["extract"], AWARD.as_bytes());
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let record: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(record["doc"], "stdin");
    assert_eq!(record["length"], AWARD.chars().count());
    assert_eq!(record["date"], "2025-05-01");
    let lines: String = ["z", "a", "m"]
        .map(|id| format!("{{\"id\":\"{id}\",\"text\":\"{}\",\"date\":\"2024\"}}\n", VISIT.trim()))
        .concat();
    for threads in ["1", "2"] {
        let ran = folder.run_with(&["extract", "--input-format", "jsonl", "--threads", threads, "-"], lines.as_bytes());
        let ids: Vec<String> = ran
            .out
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["doc"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(ids, ["z", "a", "m"]);
    }
}

#[test]
fn queries_answer_in_every_format() {
    let folder = built("query");
    let ran = folder.run(&["query", "--list"]);
    assert!(ran.status == 0 && ran.out.contains("winners"), "{}", ran.err);
    let select = "SELECT ?name { ?who a zhitu:Person ; skos:prefLabel ?name } ORDER BY ?name";
    for (format, begins) in [("csv", "name\r\n"), ("tsv", "?name\n"), ("json", "{\"head\""), ("xml", "<?xml")] {
        let ran = folder.run(&["query", select, "--format", format]);
        assert!(ran.status == 0 && ran.out.starts_with(begins), "{format}: {} {}", ran.out, ran.err);
        assert!(ran.out.contains("王小河"), "{format}: {}", ran.out);
    }
    let table = folder.run(&["query", select, "--format", "table"]);
    assert!(table.out.contains("王小河"), "{}", table.out);
    let ask = folder.run(&["query", "ASK { ?who a zhitu:Person }"]);
    assert!(ask.out.contains("true"), "{}", ask.out);
    let construct = folder.run(&["query", "CONSTRUCT WHERE { ?who skos:prefLabel ?name }"]);
    assert!(construct.out.contains("王小河"), "{}", construct.out);
}

#[test]
fn the_full_profile_and_what_was_so_on_a_day() {
    let folder = built("profile");
    let lean = folder.read("output/graph.nq");
    assert_eq!(folder.run(&["build", "--profile", "full"]).status, 0);
    let full = String::from_utf8(folder.read("output/graph.nq")).unwrap();
    assert!(full.contains("nif-core#anchorOf> \"赵大山\"@zh") && !String::from_utf8_lossy(&lean).contains("nif-core#"));
    assert_eq!(folder.run(&["store", "check"]).status, 0, "the records give the same graph again");
    let mentions = "SELECT ?words { GRAPH ?text { ?it itsrdf:taIdentRef person:赵大山 ; nif:anchorOf ?words } }";
    assert_eq!(folder.run(&["query", mentions, "--format", "csv"]).out, "words\r\n赵大山\r\n");
    assert_eq!(folder.run(&["build"]).status, 0);
    assert_eq!(folder.read("output/graph.nq"), lean, "and back");
    let visited = "ASK { ?who zhitu:visited ?what }";
    let on = |day: &str| folder.run(&["query", "--as-of", day, visited]).out.trim().to_owned();
    assert_eq!((on("2024-09-02").as_str(), on("2024-09-03").as_str()), ("false", "true"));
    let facts = |day: &str| folder.run(&["export", "csv", "--as-of", day]).out;
    let posts = |day: &str| (facts(day).contains("赵大山"), facts(day).contains("记者"));
    assert_eq!((posts("2024-12-31"), posts("2025-12-31")), ((true, false), (true, true)));
    assert!(facts("2000-01-01").contains("青川县教育局"), "founded in 1958");
    assert_eq!(folder.run(&["export", "csv", "--as-of", "昨天"]).status, 2);
}

#[test]
fn exports_come_in_every_form_that_needs_no_other_program() {
    let folder = built("export");
    for (format, part) in [
        ("dot", "digraph"),
        ("graphml", "<graphml"),
        ("gexf", "<gexf"),
        ("csv", ","),
        ("html", "<html"),
        ("summary", "# "),
        ("turtle", "@prefix"),
        ("trig", "@prefix"),
        ("nquads", "<https://zhitu.example/"),
        ("jsonld", "@id"),
    ] {
        let ran = folder.run(&["export", format]);
        assert!(ran.status == 0 && ran.out.contains(part), "{format}: {}", ran.err);
    }
    let ran = folder.run(&["export", "nquads"]);
    let same: std::collections::BTreeSet<&str> = ran.out.lines().collect();
    let graph = String::from_utf8(folder.read("output/graph.nq")).unwrap();
    assert_eq!(same, graph.lines().collect());
    let part = folder.run(&["export", "turtle", "--document", "2025-05-01-award", "--lone", "-o", "part.ttl"]);
    assert_eq!((part.status, part.out.as_str()), (0, ""), "{}", part.err);
    assert!(String::from_utf8(folder.read("part.ttl")).unwrap().contains("王小河"));
}

#[test]
fn explain_shows_the_rules_of_a_sentence() {
    let folder = built("explain");
    let ran = folder.run(&["explain", "corpus/2024-09-03-visit.txt:2"]);
    assert_eq!(ran.status, 0);
    assert!(ran.out.contains("2024-09-03 (from the name)") && ran.out.contains("value.date"), "{}", ran.out);
    assert!(!ran.out.contains("1958"), "{}", ran.out);
    let read = "read: 到青川县第一中学调研 (called by 调研)";
    assert!(ran.out.contains(read) && ran.out.contains("subject 赵大山: subject of the clause"), "{}", ran.out);
    let past = folder.run(&["explain", "corpus/2024-09-03-visit.txt:9999"]);
    assert!(past.status == 2 && past.err.contains("the text ends before"), "{}", past.err);
}

#[test]
fn rules_are_checked_listed_and_begun() {
    let folder = Folder::new("rules");
    let check = folder.run(&["rules", "check"]);
    assert!(check.status == 0 && check.out.contains("no problems"), "{}{}", check.out, check.err);
    let list = folder.run(&["rules", "list", "fact"]);
    assert!(list.status == 0 && list.out.lines().all(|line| line.starts_with("fact.")), "{}", list.out);
    let wrong = folder.run(&["rules", "list", "fcat"]);
    assert!(wrong.status == 2 && wrong.err.contains("help:"), "{}", wrong.err);
    let new = folder.run(&["rules", "new", "fact.award.revoked"]);
    assert!(new.status == 0 && new.out.contains("id      = \"fact.award.revoked\""), "{}", new.out);
    assert_eq!(folder.run(&["rules", "new", "revoked"]).status, 2);
    folder.write("corpus/a.txt", AWARD);
    let coverage = folder.run(&["rules", "coverage"]);
    assert!(coverage.status == 0 && coverage.out.contains("name.person.han"), "{}{}", coverage.out, coverage.err);
}

#[test]
fn diff_tells_what_came_and_went() {
    let folder = built("diff");
    let same = folder.run(&["diff", "output", "output"]);
    assert_eq!((same.status, same.out.as_str()), (0, "0 new, 0 gone, 0 moved\n"));
    folder.write(
        "new.jsonl",
        String::from_utf8(folder.read("output/records.jsonl")).unwrap().replace("王小河", "王大河"),
    );
    let ran = folder.run(&["diff", "output", "new.jsonl"]);
    assert_eq!(ran.status, 1);
    assert!(ran.out.contains("+ 2025-05-01-award:") && ran.out.contains("王大河"), "{}", ran.out);
    // The same words further down: the facts moved, in their text or to another.
    let lines = |name: &str, text: &str| format!("{{\"id\":\"{name}\",\"text\":\"{text}\"}}\n");
    let fact = "县长赵大山到青川县第一中学调研。";
    for (name, text) in [("a.jsonl", lines("x", fact)), ("b.jsonl", lines("x", &format!("天气晴好。{fact}")))] {
        let ran = folder.run_with(&["extract", "--input-format", "jsonl", "-"], text.as_bytes());
        folder.write(name, ran.out);
    }
    let ran = folder.run(&["diff", "a.jsonl", "b.jsonl", "--facts"]);
    assert_eq!(ran.status, 1);
    assert!(ran.out.starts_with("> x: 赵大山 | ") && ran.out.contains("(0.."), "{}", ran.out);
    assert!(ran.out.ends_with("0 new, 0 gone, 2 moved\n"), "{}", ran.out);
    let other = String::from_utf8(folder.read("a.jsonl")).unwrap().replace("\"doc\":\"x\"", "\"doc\":\"y\"");
    folder.write("c.jsonl", other);
    let ran = folder.run(&["diff", "a.jsonl", "c.jsonl", "--facts"]);
    assert!(ran.out.starts_with("> y: 赵大山 | ") && ran.out.contains("(x 0.."), "{}", ran.out);
}

#[test]
fn eval_scores_gold_texts_and_records() {
    let folder = Folder::new("eval");
    let gold = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scorer/bridge.gold");
    let records = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scorer/records.jsonl");
    let ran = folder.run(&["eval", gold]);
    assert!(ran.status == 0 && ran.out.starts_with("mention"), "{}", ran.err);
    let ran = folder.run(&["eval", gold, "--records", records, "--format", "json"]);
    let scores: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(scores["facts"]["said"]["f1"], 1.0);
}

#[test]
fn shells_and_man_are_served() {
    let folder = Folder::new("shell");
    assert!(folder.run(&["completions", "bash"]).out.contains("_zhitu"));
    assert!(folder.run(&["man"]).out.contains(".TH zhitu"));
    assert_eq!(folder.run(&["man", "--into", "man"]).status, 0);
    assert!(String::from_utf8(folder.read("man/zhitu-build.1")).unwrap().contains("zhitu build"));
}

#[test]
fn every_command_explains_itself_with_examples() {
    let folder = Folder::new("help");
    for command in [
        "build",
        "extract",
        "query",
        "export",
        "explain",
        "rules",
        "eval",
        "status",
        "diff",
        "serve",
        "completions",
        "man",
    ] {
        let ran = folder.run(&[command, "--help"]);
        assert!(ran.status == 0 && ran.out.contains("Examples:"), "{command}: {}", ran.out);
    }
    assert_eq!(folder.run(&[]).status, 2);
    assert_eq!(folder.run(&["bild"]).status, 2);
}

#[test]
fn quiet_says_nothing_but_errors() {
    let folder = Folder::new("quiet");
    folder.write("corpus/a.txt", AWARD);
    let ran = folder.run(&["build", "--quiet"]);
    assert_eq!((ran.status, ran.out.as_str(), ran.err.as_str()), (0, "", ""));
}

#[test]
fn corrected_marks_become_gold_texts() {
    let folder = built("gold");
    for form in ["brat", "xmi"] {
        let marks = folder.run(&["export", form, "--document", "2025-05-01-award"]);
        assert_eq!(marks.status, 0, "{}", marks.err);
        let name = format!("mine/2025-05-01-award.{}", if form == "brat" { "ann" } else { "xmi" });
        folder.write(&name, &marks.out);
        folder.write("mine/2025-05-01-award.txt", AWARD);
        let gold = folder.run(&["gold", &name, "--date", "2025-05-01", "-o", "award.gold"]);
        assert_eq!(gold.status, 0, "{}", gold.err);
        let text = String::from_utf8(folder.read("award.gold")).unwrap();
        assert!(text.starts_with("# date: 2025-05-01\n---\n") && text.contains("⟦王小河¦person⟧"), "{text}");
        assert!(text.contains("\n王小河 | holdsPosition | 记者"), "{text}");
        let eval = folder.run(&["eval", "award.gold"]);
        assert_eq!(eval.status, 0, "{}", eval.err);
    }
    assert!(folder.run(&["export", "typesystem"]).out.contains("custom.Relation"));
    let prefixes = folder.run(&["query", "--prefixes"]);
    assert!(prefixes.out.contains("PREFIX zhitu: <https://zhitu.example/ontology#>\n"), "{}", prefixes.out);
    assert!(folder.run(&["query", "--explain", "ASK { ?s ?p ?o }"]).out.starts_with('{'));
}

#[cfg(not(feature = "disk"))]
#[test]
fn without_the_store_on_disk_that_is_said() {
    let folder = built("no-disk");
    let ran = folder.run(&["build", "--disk", "--fresh"]);
    assert!(ran.status == 2 && ran.err.contains("--features disk"), "{}", ran.err);
    assert_eq!(folder.run(&["store", "check"]).status, 0, "the build before stands");
}
