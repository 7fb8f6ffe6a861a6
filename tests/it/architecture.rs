//! The shape of the code: the order of modules, where the types of big libraries may stand, who prints,
//! who reads files.

use std::fs;
use std::path::{Path, PathBuf};

/// Modules in order: each uses only those before it (and itself).
const ORDER: [&str; 22] = [
    "error", "text", "schema", "document", "lexicon", "value", "rule", "mention", "fact", "extract", "record", "link",
    "pipeline", "graph", "rdf", "store", "query", "export", "eval", "batch", "serve", "cli",
];

/// One source file: its module, its path, and its code without comments and tests.
struct Source {
    module: String,
    path: String,
    code: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    let source = |path: PathBuf| {
        let below = path.strip_prefix(&root).expect("below src");
        let first = below.components().next().expect("not empty").as_os_str().to_string_lossy();
        let text = fs::read_to_string(&path).expect("readable");
        let code = text.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or("");
        let code: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        Source {
            module: first.trim_end_matches(".rs").to_owned(),
            path: below.display().to_string(),
            code: code.join("\n"),
        }
    };
    files.into_iter().map(source).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).expect("a folder").flatten().map(|e| e.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

/// The modules of this crate that a file names: `crate::x`, and those in `use crate::{x, y}`.
fn used(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let Some(group) = rest.strip_prefix('{') else {
            found.push(word(rest));
            continue;
        };
        let mut depth = 0;
        let mut start = true;
        for (at, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => start = true,
                c if start && depth == 0 && !c.is_whitespace() => {
                    found.push(word(&group[at..]));
                    start = false;
                }
                _ => {}
            }
        }
    }
    found
}

fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
}

/// Asserts that no file outside `allowed` modules holds any of `words`.
fn only_in(allowed: &[&str], words: &[&str]) {
    let wrong: Vec<String> = sources()
        .iter()
        .filter(|source| !allowed.contains(&source.module.as_str()))
        .flat_map(|source| {
            let hit = |word: &&&str| source.code.contains(**word);
            words.iter().filter(hit).map(|word| format!("{}: {word}", source.path)).collect::<Vec<_>>()
        })
        .collect();
    assert!(wrong.is_empty(), "only in {allowed:?}:\n{}", wrong.join("\n"));
}

#[test]
fn modules_use_only_those_before_them() {
    let place = |name: &str| ORDER.iter().position(|module| *module == name);
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| !["lib", "main"].contains(&source.module.as_str())) {
        let own = place(&source.module).unwrap_or_else(|| panic!("{} has no place in the order", source.module));
        for other in used(&source.code) {
            if place(&other).is_some_and(|other| other > own) {
                wrong.push(format!("{} uses {other}, which comes after {}", source.path, source.module));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn types_of_big_libraries_stay_where_they_belong() {
    only_in(&["rdf", "store", "query"], &["oxigraph::"]);
    only_in(&["graph", "export"], &["petgraph::"]);
    only_in(&["cli", "main"], &["clap::", "indicatif::"]);
}

#[test]
fn only_the_command_line_prints() {
    only_in(&["cli"], &["println!(", "print!(", "eprintln!(", "eprint!(", "dbg!("]);
}

#[test]
fn the_core_reads_no_files_no_clock_and_no_environment() {
    let edges = ["lexicon", "store", "export", "eval", "batch", "serve", "cli", "main"];
    only_in(&edges, &["std::fs", "std::env", "std::net", "std::process", "File::open"]);
    let clocks = ["Instant::now", "SystemTime::now", "Zoned::now", "Timestamp::now"];
    only_in(&["batch", "serve", "cli", "query"], &clocks);
}

#[test]
fn main_only_starts() {
    let main = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/main.rs")).expect("readable");
    assert!(main.lines().count() < 20, "main.rs has {} lines", main.lines().count());
}

#[test]
fn nothing_names_a_machine() {
    let homes = ["home", "root", "work", "tmp"].map(|name| format!("\"/{name}/"));
    let homes: Vec<&str> = homes.iter().map(String::as_str).collect();
    only_in(&[], &homes);
}
