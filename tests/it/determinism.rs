//! The same texts give the same bytes, on any number of threads and in any order of files.

use std::fs;
use std::path::Path;

use crate::support::program::Folder;

/// The texts of the project, by name.
fn texts() -> Vec<String> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut texts: Vec<String> = fs::read_dir(corpus)
        .expect("the corpus")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .map(|path| path.display().to_string())
        .collect();
    texts.sort();
    assert!(texts.len() >= 10, "the corpus has {} texts", texts.len());
    texts
}

#[test]
fn threads_and_order_change_nothing() {
    let folder = Folder::new("determinism");
    let mut texts = texts();
    let build = |texts: &[String], threads: &str, output: &str| {
        let mut args = vec!["build", "--threads", threads, "-o", output];
        args.extend(texts.iter().map(String::as_str));
        let ran = folder.run(&args);
        assert_eq!(ran.status, 0, "{}", ran.err);
    };
    build(&texts, "1", "one");
    build(&texts, "2", "two");
    texts.reverse();
    build(&texts, "2", "reversed");
    for name in ["records.jsonl", "graph.nq", "ontology.ttl", "graph.dot", "summary.md"] {
        let one = folder.read(&format!("one/{name}"));
        assert!(!one.is_empty(), "{name} is empty");
        for other in ["two", "reversed"] {
            assert!(one == folder.read(&format!("{other}/{name}")), "{name} differs in {other}");
        }
    }
}

#[test]
fn texts_of_the_same_name_are_one_whatever_their_order() {
    let folder = Folder::new("twins");
    let line = |text: &str| format!("{{\"id\":\"twin\",\"text\":\"{text}\"}}\n");
    let (a, b) = (line("李明是青川县水利局的工程师。"), line("王小河是青川县教育局的干事。"));
    for (name, lines) in [("ab", format!("{a}{b}")), ("ba", format!("{b}{a}"))] {
        let ran = folder.run_with(&["build", "--input-format", "jsonl", "-o", name, "-"], lines.as_bytes());
        assert!(ran.status == 1 && ran.err.contains("2 different texts have this name"), "{}", ran.err);
    }
    assert_eq!(folder.read("ab/records.jsonl"), folder.read("ba/records.jsonl"));
}
