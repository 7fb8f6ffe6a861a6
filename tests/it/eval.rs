//! The scorer gives the figures, and the errors, of the reference scorer to the last digit.
//!
//! `tests/scorer/expected.txt` is what the reference scorer (`score.py --errors`) printed for the records
//! and the gold files beside it. The records are the gold with every kind of mistake put in.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use zhitu::eval::{Found, Gold, Scores};

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scorer"))
}

#[test]
fn figures_agree_with_the_reference_scorer() {
    let records = fs::read_to_string(folder().join("records.jsonl")).unwrap();
    let records: Vec<Found> = records.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut scores = Scores::default();
    for name in ["bridge", "medal"] {
        let gold = Gold::read(&folder().join(name).with_extension("gold")).unwrap();
        scores.add(&gold, records.iter().find(|found| found.doc.contains(name)));
    }
    let expected = fs::read_to_string(folder().join("expected.txt")).unwrap();
    let (mention_table, rest) = expected.split_once("\n\n").unwrap();
    let (fact_table, errors) = rest.split_once("\n\n").unwrap();
    assert_eq!(scores.report().to_string(), format!("{mention_table}\n\n{fact_table}\n"));
    let expected: BTreeSet<&str> = errors.lines().collect();
    assert_eq!(scores.errors.iter().map(String::as_str).collect::<BTreeSet<_>>(), expected);
}
