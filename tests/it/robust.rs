//! Broken input: a clear message and the right exit status, never a panic.

use crate::support::program::Folder;

const GOOD: &str = "李明是青川县水利局的工程师。\n";

#[test]
fn empty_and_odd_texts_give_records() {
    let folder = Folder::new("odd");
    folder.write("empty.txt", "");
    folder.write("blank.txt", "\n\n　　\r\n");
    folder.write("marks.txt", "。，！？“”《》（）……——、；：\n".repeat(500));
    folder.write("private.txt", "\u{e000}\u{e001}李明\u{f8ff}\u{10fffd}\u{0}".repeat(3).replace('\u{0}', "\u{200b}"));
    folder.write("openers.txt", "“《（".repeat(5000));
    // A heading whose area stands behind the figure.
    folder.write("heading.txt", "$0$0概况]o潭");
    folder.write("digits.txt", "1234567890".repeat(2000) + "年" + &"一二三".repeat(2000) + "万亿亿亿元");
    let ran = folder.run(&["extract", "."]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert_eq!(ran.out.lines().count(), 7);
    for line in ran.out.lines() {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        let length = record["length"].as_u64().unwrap();
        for mention in record["mentions"].as_array().unwrap() {
            assert!(mention["start"].as_u64() < mention["end"].as_u64() && mention["end"].as_u64().unwrap() <= length);
        }
    }
}

#[test]
fn encodings_are_read_and_binary_files_left_out() {
    let folder = Folder::new("bytes");
    let gb18030 = encoding_rs::GB18030.encode(GOOD).0.into_owned();
    folder.write("gb.txt", &gb18030);
    folder.write("binary.txt", b"\x00\x01\x02\xff\xfe\x00binary\x00");
    folder.write("pdf.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj");
    let ran = folder.run(&["extract", "gb.txt", "binary.txt", "pdf.txt"]);
    assert_eq!(ran.status, 1);
    assert!(ran.err.contains("binary.txt: ") && ran.err.contains("looks like binary data"), "{}", ran.err);
    assert!(ran.err.contains("looks like a PDF"), "{}", ran.err);
    assert_eq!(ran.out.lines().count(), 1);
    let record: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(record["length"], GOOD.chars().count());
    let mut damaged = encoding_rs::GB18030.encode(&GOOD.repeat(30)).0.into_owned();
    damaged[301] = 0xff;
    folder.write("damaged.txt", &damaged);
    let ran = folder.run(&["extract", "damaged.txt"]);
    assert!(ran.status == 0 && ran.err.contains("gb18030"), "{}", ran.err);
}

#[test]
fn a_line_of_ten_megabytes_is_read() {
    let folder = Folder::new("long");
    folder.write("long.txt", "春天的河谷里开满了花，".repeat(10_000_000 / 33));
    let ran = folder.run(&["extract", "long.txt"]);
    assert_eq!((ran.status, ran.out.lines().count()), (0, 1), "{}", ran.err);
}

#[test]
fn bad_lines_are_told_and_the_others_read() {
    let folder = Folder::new("lines");
    let lines = format!(
        "{{\"id\":\"a\",\"text\":{0:?}}}\n{{\"id\":\"lone\",\"text\":\"x\\ud800y\"}}\nno json\n[1]\n{{\"id\":\"b\"}}\n\n\
         {{\"id\":\"day\",\"text\":\"x\",\"date\":\"May\"}}\n{{\"id\":7,\"text\":{0:?}}}\n",
        GOOD.trim()
    );
    folder.write("docs.jsonl", [lines.as_bytes(), b"{\"id\":\"c\",\"text\":\"\xff\"}\n"].concat());
    let ran = folder.run(&["extract", "docs.jsonl"]);
    assert_eq!((ran.status, ran.out.lines().count()), (1, 3), "{}", ran.err);
    for line in [2, 3, 4, 5, 7, 9] {
        assert!(ran.err.contains(&format!("docs.jsonl:{line}: ")), "line {line}: {}", ran.err);
    }
    assert!(ran.err.contains("lone") || ran.err.contains("hex escape"), "{}", ran.err);
    assert!(ran.out.contains("\"doc\":\"7\""), "{}", ran.out);
}

#[test]
fn folders_and_files_that_cannot_be_read() {
    let folder = Folder::new("folders");
    folder.write("empty/picture.png", b"\x89PNG");
    let ran = folder.run(&["build", "empty"]);
    assert!(ran.status == 2 && ran.err.contains("no texts in empty"), "{}", ran.err);
    assert!(!folder.path("output").exists());
    let ran = folder.run(&["build"]);
    assert!(ran.status != 0 && ran.err.contains("corpus"), "{}", ran.err);
    folder.write("texts/good.txt", GOOD);
    let ran = folder.run(&["build", "texts", "missing.txt"]);
    assert!(ran.status == 1 && ran.err.contains("missing.txt: cannot read it"), "{}", ran.err);
    let report: serde_json::Value = serde_json::from_slice(&folder.read("output/report.json")).unwrap();
    assert_eq!((report["documents"].as_u64(), report["failed"].as_u64()), (Some(1), Some(1)));
    let before = folder.read("output/records.jsonl");
    let ran = folder.run(&["build", "missing.txt"]);
    assert!(ran.status == 2 && ran.err.contains("nothing was written"), "{}", ran.err);
    assert_eq!(folder.read("output/records.jsonl"), before);
}

#[test]
fn packed_files_are_read_and_large_ones_left_out() {
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;
    let folder = Folder::new("sizes");
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(GOOD.as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    folder.write("in/2025-05-01.txt.gz", &packed);
    folder.write("in/broken.txt.gz", &packed[..packed.len() / 2]);
    folder.write("in/large.txt", "长".repeat(400_000));
    folder.write(
        "in/lines.jsonl",
        format!("{{\"id\":\"x\",\"text\":\"{}\"}}\n{{\"id\":\"y\",\"text\":\"短\"}}\n", "长".repeat(400_000)),
    );
    let ran = folder.run(&["extract", "in", "--max-size", "1"]);
    assert_eq!((ran.status, ran.out.lines().count()), (1, 2), "{}", ran.err);
    assert!(ran.out.starts_with("{\"doc\":\"2025-05-01\""), "{}", ran.out);
    for part in ["large.txt: larger than 1 MB", "lines.jsonl:1: larger than 1 MB", "broken.txt.gz: cannot read it"] {
        assert!(ran.err.contains(part), "{part}: {}", ran.err);
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_told() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new("unreadable");
    folder.write("texts/good.txt", GOOD);
    // A link round in a circle cannot be opened by anyone, whoever runs the test.
    symlink("circle.txt", folder.path("texts/circle.txt")).unwrap();
    let ran = folder.run(&["extract", "texts"]);
    assert_eq!((ran.status, ran.out.lines().count()), (1, 1), "{}", ran.err);
    assert!(ran.err.contains("circle.txt: cannot read it"), "{}", ran.err);
}

#[test]
fn bad_rules_are_told_with_their_place() {
    let folder = Folder::new("badrules");
    folder.write("a.txt", GOOD);
    folder.write("mine/fact/mine.toml", "stage = \"fact\"\n[[rule]]\nid = \"fact.mine.one\"\npatern = 'x'\n");
    for args in [&["extract", "a.txt", "--rules", "mine"][..], &["build", "a.txt", "--rules", "mine"]] {
        let ran = folder.run(args);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{}", ran.err);
        assert!(ran.err.contains("fact/mine.toml:3:6") && ran.err.contains("R008"), "{}", ran.err);
    }
    assert!(!folder.path("output").exists());
    assert_eq!(folder.run(&["rules", "check", "--rules", "mine"]).status, 1);
    let ran = folder.run(&["extract", "a.txt", "--rules", "nowhere"]);
    assert!(ran.status == 2 && ran.err.contains("nowhere"), "{}", ran.err);
}

#[test]
fn bad_queries_are_told() {
    let folder = Folder::new("badquery");
    folder.write("corpus/a.txt", GOOD);
    assert_eq!(folder.run(&["query", "ASK { ?a ?b ?c }"]).status, 2, "there is no build yet");
    assert_eq!(folder.run(&["build"]).status, 0);
    for (query, part) in [
        ("SELECT ?x { ?x a }", "error"),
        ("SELECT ?x { ?x a unknown:Thing }", "unknown"),
        ("winers", "no question is called winers"),
        ("", "error"),
    ] {
        let ran = folder.run(&["query", query]);
        assert!(ran.status == 2 && ran.out.is_empty() && ran.err.contains(part), "{query}: {} {}", ran.status, ran.err);
    }
    assert_eq!(folder.run(&["query"]).status, 2);
    assert_eq!(folder.run(&["extract", "corpus", "--date", "May"]).status, 2);
    assert_eq!(folder.run(&["export", "nothing"]).status, 2);
    assert_eq!(folder.run(&["export", "dot", "--ego", "没有这个人"]).status, 2);
}
