//! The fact stage alone: reads gold files, takes their mentions as given, prints records to score.
//!
//! `cargo run --example facts_from_gold -- DIR/*.gold > records.jsonl`
//!
//! A folder among the arguments holds rules that replace or extend the built-in ones.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use zhitu::document::{DateSource, Document};
use zhitu::eval::Gold;
use zhitu::extract::fact::{example, facts};
use zhitu::lexicon::Sources;
use zhitu::mention::Mention;
use zhitu::rule::RuleSet;
use zhitu::schema::{Form, RuleId};
use zhitu::text::Span;

fn main() -> Result<(), Box<dyn Error>> {
    let mut sources = Sources::built_in();
    let (folders, files): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|path| Path::new(path).is_dir());
    for folder in &folders {
        sources.add_folder(Path::new(folder))?;
    }
    let rules = RuleSet::load(&sources)?;
    for path in &files {
        let gold = Gold::read(Path::new(path))?;
        let doc = Document::new(&gold.doc, &gold.text, gold.date.as_deref().map(|day| (day, DateSource::Metadata)));
        let at = |point| doc.view.from_code_point(point);
        let mentions: Vec<Mention> = gold
            .mentions
            .iter()
            .map(|mention| Mention {
                span: Span::new(at(mention.start), at(mention.end)),
                kind: mention.kind,
                form: if mention.form == "title" { Form::Title } else { Form::Name },
                norm: mention.norm.clone(),
                days: None,
                inner: false,
                rule: RuleId::new("gold"),
            })
            .collect();
        let mut rows = Vec::new();
        for fact in facts(&doc, &mentions, &rules) {
            let line = example::shown(&doc, &mentions, &fact);
            let mut cells = line.split(" | ");
            let (subject, predicate, object) = (cells.next(), cells.next(), cells.next());
            let qualifiers: BTreeMap<&str, &str> = cells.filter_map(|cell| cell.split_once('=')).collect();
            rows.push(serde_json::json!({
                "subject": subject, "predicate": predicate, "object": object, "qualifiers": qualifiers,
                "rule": fact.rule.as_str(), "evidence": fact.evidence.of(doc.view.text()),
            }));
        }
        println!("{}", serde_json::json!({"doc": gold.doc, "mentions": [], "facts": rows}));
    }
    Ok(())
}
