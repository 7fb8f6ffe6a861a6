//! The word lists below `rules/` are in canonical form: a header that names what the list is,
//! its source, its licence and its columns; rows sorted bytewise by term; no duplicates; no
//! stray blanks. `UPDATE=1 cargo test lexicons` rewrites them into that form.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Every `.tsv` file of the folders that hold lists sorted by term.
fn lists() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut files: Vec<PathBuf> = ["lexicon", "text"]
        .iter()
        .filter_map(|folder| fs::read_dir(root.join(folder)).ok())
        .flat_map(|entries| entries.flatten().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "tsv"))
        .collect();
    files.sort();
    files
}

/// The text in canonical form. Rows of one term keep the first.
fn canonical(text: &str) -> String {
    let mut out = String::new();
    let mut rows: BTreeMap<String, String> = BTreeMap::new();
    for line in text.lines() {
        let line = line.trim_end();
        if line.starts_with('#') {
            writeln!(out, "{line}").expect("to a string");
        } else if !line.trim().is_empty() {
            let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
            rows.entry(cells[0].to_owned()).or_insert_with(|| cells.join("\t").trim_end().to_owned());
        }
    }
    for row in rows.values() {
        writeln!(out, "{row}").expect("to a string");
    }
    out
}

/// What the header lacks, and rows with more cells than the header names columns.
fn faults(text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let header: Vec<&str> = text.lines().take_while(|line| line.starts_with('#')).collect();
    if header.first().is_none_or(|line| line.starts_with("# source:") || line.len() < 10) {
        faults.push("the first line does not say what the list is".to_owned());
    }
    if !header.iter().any(|line| line.starts_with("# source: ") && line.contains("; licence: ")) {
        faults.push("no line `# source: …; licence: …`".to_owned());
    }
    let columns = header.iter().find_map(|line| line.strip_prefix("# columns: "));
    let Some(columns) = columns.map(|names| names.split(' ').collect::<Vec<_>>()) else {
        faults.push("no line `# columns: term …`".to_owned());
        return faults;
    };
    if columns.first() != Some(&"term") {
        faults.push("the first column is not named `term`".to_owned());
    }
    for (at, line) in text.lines().enumerate().skip(header.len()) {
        let cells = line.split('\t').count();
        if cells > columns.len() {
            faults.push(format!("line {}: {cells} cells, {} columns", at + 1, columns.len()));
        }
        if line.starts_with('#') || line.is_empty() {
            faults.push(format!("line {}: a comment or an empty line among the rows", at + 1));
        }
    }
    faults
}

#[test]
fn lists_are_canonical() {
    let update = env::var_os("UPDATE").is_some();
    let mut found = Vec::new();
    let files = lists();
    assert!(!files.is_empty(), "no lists found");
    for path in files {
        let text = fs::read_to_string(&path).expect("a list is UTF-8 text");
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        found.extend(faults(&text).into_iter().map(|fault| format!("{name}: {fault}")));
        let wanted = canonical(&text);
        if text != wanted {
            if update {
                fs::write(&path, wanted).expect("the list can be written");
            } else {
                let line = text.lines().zip(wanted.lines()).take_while(|(a, b)| a == b).count() + 1;
                found.push(format!("{name}:{line}: not sorted, doubled or padded; run with UPDATE=1"));
            }
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn faults_are_seen() {
    let good = "# Words of the sea.\n# source: us; licence: MIT\n# columns: term kind\n岛\tland\n海\twater\n";
    assert!(faults(good).is_empty());
    assert_eq!(canonical(good), good);
    assert_eq!(faults("岛\n").len(), 3);
    assert_eq!(faults(&good.replace("land", "land\tmore")).len(), 1);
    assert_eq!(canonical(&good.replace("岛\tland", "海\twater \n岛\t land")), good);
}
