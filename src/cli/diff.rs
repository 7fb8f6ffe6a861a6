//! `zhitu diff`: what an edit changed in the records.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use super::Outcome;
use super::output::Output;
use crate::error::{Error, Result};
use crate::record::Record;

/// Compare two builds, or two files of records: mentions and facts that came or went
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  zhitu diff output-before output           what an edited rule changed
  zhitu diff old.jsonl new.jsonl --facts    facts only

Lines start with + for what is new and - for what is gone. Exit status: 0 without differences, 1 with.")]
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

/// What a record says, as lines with how often each is said.
type Lines = BTreeMap<String, usize>;

pub fn run(args: &Args) -> Result<Outcome> {
    let before = read(&args.before, args.facts)?;
    let after = read(&args.after, args.facts)?;
    let mut out = Output::new();
    let (nothing, mut come, mut gone) = (Lines::new(), 0, 0);
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort();
    names.dedup();
    for name in names {
        let (old, new) = (before.get(name).unwrap_or(&nothing), after.get(name).unwrap_or(&nothing));
        let changed = changes(old, new);
        for (sign, line) in &changed {
            match sign {
                '+' => come += 1,
                _ => gone += 1,
            }
            out.write(&format!("{sign} {name}: {line}\n"))?;
        }
    }
    out.write(&format!("{come} new, {gone} gone\n"))?;
    out.finish()?;
    Ok(if come + gone == 0 { Outcome::Done } else { Outcome::Findings })
}

/// Lines that one side has more often, in order.
fn changes<'a>(old: &'a Lines, new: &'a Lines) -> Vec<(char, &'a str)> {
    let mut lines: Vec<&String> = old.keys().chain(new.keys()).collect();
    lines.sort();
    lines.dedup();
    let times = |side: &Lines, line: &String| side.get(line).copied().unwrap_or(0);
    let mut changes = Vec::new();
    for line in lines {
        let (was, is) = (times(old, line), times(new, line));
        changes.extend(std::iter::repeat_n(('-', line.as_str()), was.saturating_sub(is)));
        changes.extend(std::iter::repeat_n(('+', line.as_str()), is.saturating_sub(was)));
    }
    changes
}

fn read(path: &Path, facts_only: bool) -> Result<BTreeMap<String, Lines>> {
    let path = if path.is_dir() { path.join("records.jsonl") } else { path.to_owned() };
    let name = path.display();
    let file = File::open(&path).map_err(|error| Error::new(format!("cannot read {name}: {error}")))?;
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
            *lines.entry(line).or_default() += 1;
        }
        for fact in &record.facts {
            let qualifiers: String = fact.qualifiers.iter().map(|(name, value)| format!(" | {name}={value}")).collect();
            let line = format!("{} | {} | {}{qualifiers}", fact.subject, fact.predicate, fact.object);
            *lines.entry(line).or_default() += 1;
        }
        records.insert(record.doc, lines);
    }
    Ok(records)
}
