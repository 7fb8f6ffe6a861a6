//! What can be read: packed files, web pages, Word files, encodings, and records that other processes made.

use std::io::{Cursor, Write as _};

use crate::support::program::Folder;

const AWARD: &str = "本报青川5月1日讯（记者 王小河）李明是青川县水利局的工程师，2025年被授予全国劳动模范称号。\n";
const VISIT: &str = "2024年9月3日，县长赵大山到青川县第一中学调研。青川县教育局成立于1958年。\n";

fn word_file(paragraph: &str) -> Vec<u8> {
    let xml =
        format!("<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>{paragraph}</w:t></w:r></w:p></w:body></w:document>");
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(xml.as_bytes()).unwrap();
    archive.finish().unwrap().into_inner()
}

#[test]
fn files_of_every_kind_are_read_and_reported() {
    let folder = Folder::new("kinds");
    folder.write("in/a.txt.zst", zstd::encode_all(AWARD.as_bytes(), 3).unwrap());
    folder.write("in/b.docx", word_file(AWARD.trim()));
    folder.write("in/c.html", format!("<html><body><p>{}</p></body></html>", AWARD.trim()));
    folder.write("in/d.txt", &*encoding_rs::GB18030.encode(AWARD).0);
    folder.write("in/e.docx", "PK\u{3}\u{4} broken");
    let ran = folder.run(&["extract", "in", "--report", "run.json"]);
    assert_eq!(ran.status, 1, "{}", ran.err);
    assert!(ran.err.contains("e.docx"), "{}", ran.err);
    let records: Vec<serde_json::Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let ids: Vec<&str> = records.iter().map(|record| record["doc"].as_str().unwrap()).collect();
    assert_eq!(ids, ["a", "b", "c", "d"]);
    for record in &records {
        let facts = record["facts"].as_array().unwrap();
        assert!(facts.iter().any(|fact| fact["predicate"] == "holdsPosition"), "{record}");
    }
    let report: serde_json::Value = serde_json::from_slice(&folder.read("run.json")).unwrap();
    assert_eq!((report["documents"].as_u64(), report["failed"].as_u64()), (Some(4), Some(1)));
    assert_eq!((report["encodings"]["UTF-8"].as_u64(), report["encodings"]["gb18030"].as_u64()), (Some(3), Some(1)));
}

#[test]
fn a_build_reports_encodings() {
    let folder = Folder::new("encodings");
    folder.write("corpus/a.txt", &*encoding_rs::GB18030.encode(AWARD).0);
    assert_eq!(folder.run(&["build"]).status, 0);
    let report: serde_json::Value = serde_json::from_slice(&folder.read("output/report.json")).unwrap();
    assert_eq!(report["encodings"]["gb18030"].as_u64(), Some(1));
}

#[test]
fn parts_that_other_processes_extracted_give_the_graph_of_a_single_run() {
    let folder = Folder::new("parts");
    folder.write("corpus/2025-05-01-award.txt", AWARD);
    folder.write("corpus/2024-09-03-visit.txt", VISIT);
    assert_eq!(folder.run(&["build"]).status, 0);
    for name in ["2025-05-01-award", "2024-09-03-visit"] {
        let part = folder.run(&["extract", "--for-build", &format!("corpus/{name}.txt")]);
        assert_eq!(part.status, 0, "{}", part.err);
        folder.write(&format!("parts/{name}.jsonl"), part.out);
    }
    let ran = folder.run(&["build", "--input-format", "extracted", "parts", "-o", "folded"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    for name in ["records.jsonl", "graph.nq", "ontology.ttl", "graph.dot", "summary.md"] {
        assert!(folder.read(&format!("output/{name}")) == folder.read(&format!("folded/{name}")), "{name} differs");
    }
    // Records of other rules do not go into the same graph, and there is nothing left to extract in them.
    let part = String::from_utf8(folder.read("parts/2025-05-01-award.jsonl")).unwrap();
    folder.write("other/a.jsonl", part.replacen("\"maker\":\"", "\"maker\":\"9.", 1));
    let ran = folder.run(&["build", "--input-format", "extracted", "other", "-o", "mixed"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("one graph wants one program and rules"), "{}", ran.err);
    assert_eq!(folder.run(&["extract", "--input-format", "extracted", "parts"]).status, 1);
}

#[test]
fn a_document_that_takes_too_long_is_told_and_the_run_goes_on() {
    let folder = Folder::new("patience");
    folder.write("in/a.txt", AWARD);
    folder.write("in/b.txt", VISIT);
    let ran = folder.run(&["extract", "in", "--max-seconds", "0"]);
    assert_eq!((ran.status, ran.out.lines().count()), (1, 0), "{}", ran.err);
    assert_eq!(ran.err.matches("took longer than 0 s: give it in parts, or raise --max-seconds").count(), 2);
    assert_eq!(folder.run(&["extract", "in", "--max-seconds", "60"]).out.lines().count(), 2);
}
