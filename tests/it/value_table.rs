//! The table of expressions (`data/values.tsv`): each reads as its value, and `docs/values.md` shows it.
//!
//! `UPDATE=1 cargo test value_table` writes the page anew.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use zhitu::lexicon::Sources;
use zhitu::value::{Clock, Values, days};

/// Group, day of the document, text, norm, what the value was checked against.
fn rows() -> Vec<[&'static str; 5]> {
    include_str!("../data/values.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let mut cells = line.split('\t');
            std::array::from_fn(|_| cells.next().unwrap_or_default())
        })
        .collect()
}

/// What is read in a frame of official prose where the expression stands.
fn read(values: &Values, published: &str, text: &str) -> Vec<(String, String)> {
    let frame = format!("本报讯，{text}，总工会开展活动。");
    let mut clock = Clock::new((!published.is_empty()).then_some(published));
    let found = values.read(&frame, &mut clock);
    found.into_iter().map(|r| (r.span.of(&frame).to_owned(), r.norm.unwrap_or_default())).collect()
}

#[test]
fn every_expression_has_its_value() {
    let values = Values::load(&Sources::built_in()).expect("the built-in rules load");
    let rows = rows();
    assert!(rows.len() >= 150, "only {} expressions", rows.len());
    let mut wrong = Vec::new();
    for [_, published, text, norm, _] in &rows {
        let found = read(&values, published, text);
        if found != [((*text).to_owned(), (*norm).to_owned())] {
            wrong.push(format!("{text}: {found:?}, not {norm}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} are wrong\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

#[test]
fn the_page_shows_the_table() {
    let mut page = String::from(
        "# Dates and figures\n\nExpressions of official prose and the values that zhitu reads in them. The table is made \
         and checked by `tests/it/value_table.rs`; `published` is the day of the document. A range of clock times covers \
         its last minute, as a range of days covers its last day.\n",
    );
    let mut group = "";
    for [name, published, text, norm, check] in rows() {
        if name != group {
            group = name;
            let day = if published.is_empty() { String::new() } else { format!(" (published {published})") };
            let source = if check.is_empty() { String::new() } else { format!("\n\nChecked against: {check}.") };
            write!(
                page,
                "\n## {name}{day}{source}\n\n| text | value | first day | last day |\n| --- | --- | --- | --- |\n"
            )
            .expect("to a string");
        }
        let (first, last) = days(norm).unwrap_or_default();
        let cell = |day: Option<String>| day.unwrap_or_default();
        let norm = if norm.is_empty() { "–".to_owned() } else { format!("`{norm}`") };
        writeln!(page, "| {text} | {norm} | {} | {} |", cell(first), cell(last)).expect("to a string");
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/values.md");
    if env::var_os("UPDATE").is_some() {
        fs::write(&path, &page).expect("the page can be written");
    }
    assert_eq!(fs::read_to_string(&path).expect("docs/values.md"), page, "run UPDATE=1 cargo test value_table");
}
