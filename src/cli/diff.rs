//! `zhitu diff`: what an edit changed in the records.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use super::Outcome;
use super::output::Output;
use crate::batch::RECORDS;
use crate::error::{Error, Result};
use crate::record::Record;
use crate::store::folder;

/// Compare two builds, or two files of records: mentions and facts that were gained, lost or moved
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  zhitu diff output-before output           what an edited rule changed
  zhitu diff old.jsonl new.jsonl --facts    facts only

Lines start with + for what is gained, - for what is lost and > for a fact that moved: it stands on other words of
the same text, or in another text. Exit status: 0 without differences, 1 with.")]
pub struct Args {
    /// A folder written by `zhitu build`, or a file of records
    #[arg(value_name = "A")]
    before: PathBuf,
    /// Another
    #[arg(value_name = "B")]
    after: PathBuf,
    /// Compare facts only
    #[arg(long)]
    facts: bool,
}

/// What a record says, as lines, each with the places of the words it stands on.
type Lines = BTreeMap<Line, Vec<(usize, usize)>>;

/// Facts and mentions; a mention is what it is by its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Line {
    Mention(String),
    Fact(String),
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Line::Mention(text) | Line::Fact(text)) = self;
        f.write_str(text)
    }
}

/// A line at a place of a document, that only one side has.
type Places<'a> = BTreeMap<&'a Line, Vec<(&'a str, (usize, usize))>>;

pub fn run(args: &Args) -> Result<Outcome> {
    let before = read(&args.before, args.facts)?;
    let after = read(&args.after, args.facts)?;
    let mut lost = alone(&before, &after);
    let gained = alone(&after, &before);
    let mut lines: Vec<(String, String)> = Vec::new();
    let (mut come, mut moved) = (0, 0);
    for (line, places) in gained {
        for (doc, place) in places {
            // A fact that went somewhere and came somewhere else has moved, within its text if it can.
            let went = match line {
                Line::Fact(_) => lost.get_mut(line),
                Line::Mention(_) => None,
            };
            let from = went.and_then(|went| {
                let at = went.iter().position(|(other, _)| *other == doc).or((!went.is_empty()).then_some(0))?;
                Some(went.remove(at))
            });
            match from {
                Some((other, old)) => {
                    moved += 1;
                    let old = if other == doc { told(old) } else { format!("{other} {}", told(old)) };
                    lines.push((doc.to_owned(), format!("> {doc}: {line} ({old} to {})", told(place))));
                }
                None => {
                    come += 1;
                    lines.push((doc.to_owned(), format!("+ {doc}: {line}")));
                }
            }
        }
    }
    let gone: usize = lost.values().map(Vec::len).sum();
    for (line, places) in &lost {
        lines.extend(places.iter().map(|(doc, _)| ((*doc).to_owned(), format!("- {doc}: {line}"))));
    }
    lines.sort_by(|a, b| (&a.0, &a.1[2..], &a.1).cmp(&(&b.0, &b.1[2..], &b.1)));
    let mut out = Output::new();
    for (_, line) in &lines {
        out.write(&format!("{line}\n"))?;
    }
    out.write(&format!("{come} new, {gone} gone, {moved} moved\n"))?;
    out.finish()?;
    Ok(if lines.is_empty() { Outcome::Done } else { Outcome::Findings })
}

fn told((start, end): (usize, usize)) -> String {
    format!("{start}..{end}")
}

/// What `one` says and `other` does not, line by line, with the places that are only in `one`.
fn alone<'a>(one: &'a BTreeMap<String, Lines>, other: &BTreeMap<String, Lines>) -> Places<'a> {
    let mut found = Places::new();
    for (doc, lines) in one {
        for (line, places) in lines {
            let mut there = other.get(doc).and_then(|lines| lines.get(line)).cloned().unwrap_or_default();
            for place in places {
                match there.iter().position(|p| p == place) {
                    Some(at) => _ = there.swap_remove(at),
                    None => found.entry(line).or_default().push((doc, *place)),
                }
            }
        }
    }
    found
}

fn read(path: &Path, facts_only: bool) -> Result<BTreeMap<String, Lines>> {
    let folder = path.is_dir();
    let file = if folder { path.join(RECORDS) } else { path.to_owned() };
    let name = file.display();
    let file: Box<dyn Read> = match folder {
        // The records of a large build stand in parts.
        true => Box::new(folder::open_file(path, RECORDS)?.1),
        false => Box::new(File::open(&file).map_err(|error| Error::new(format!("cannot read {name}: {error}")))?),
    };
    let mut records = BTreeMap::new();
    for (at, line) in BufReader::new(file).lines().enumerate() {
        let line = line.map_err(|error| Error::new(format!("cannot read {name}: {error}")))?;
        if line.trim().is_empty() {
            continue;
        }
        let record: Record = serde_json::from_str(&line).map_err(|error| {
            Error::new(format!("{name}:{}: {error}", at + 1))
                .with_help("records are made by `zhitu extract` or `build`")
        })?;
        let mut lines = Lines::new();
        for mention in record.mentions.iter().filter(|_| !facts_only) {
            let norm = mention.norm.as_ref().map(|norm| format!(" = {norm}")).unwrap_or_default();
            let line = format!("{}..{} {} {}{norm}", mention.start, mention.end, mention.kind, mention.text);
            lines.entry(Line::Mention(line)).or_default().push((mention.start, mention.end));
        }
        for fact in &record.facts {
            let qualifiers: String = fact.qualifiers.iter().map(|(name, value)| format!(" | {name}={value}")).collect();
            let line = format!("{} | {} | {}{qualifiers}", fact.subject, fact.predicate, fact.object);
            let place = (fact.evidence.start, fact.evidence.end);
            lines.entry(Line::Fact(line)).or_default().push(place);
        }
        records.insert(record.doc, lines);
    }
    Ok(records)
}
