//! `zhitu explain`: which rules read this, and what they made of it.

use std::path::{Path, PathBuf};

use super::Outcome;
use super::output::Output;
use super::shared::Shared;
use crate::batch::{self, Format, Input, Reader};
use crate::document::{Document, is_edtf_day};
use crate::error::{Error, Result};
use crate::extract::fact::explain::{Derivation, derivations};
use crate::mention::Mention;
use crate::record::{MentionRecord, Record};
use crate::rule::RuleSet;
use crate::schema::RuleId;
use crate::text::Span;

/// Show, sentence by sentence, what was read and by which rule, and how each fact was found
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  zhitu explain news.txt                       every sentence
  zhitu explain news.txt:120                   the sentence at code point 120
  echo '张明荣获全国劳动模范称号。' | zhitu explain -   a sentence of your own
  zhitu explain news.txt --date 2025-05-01     relative dates count from that day")]
pub struct Args {
    /// A file, with the offset of a place in it (in code points, as records give them), or `-`
    #[arg(value_name = "FILE[:OFFSET]")]
    place: String,
    /// The day of publication
    #[arg(long, value_name = "DAY")]
    date: Option<String>,
}

pub fn run(args: &Args, shared: &Shared) -> Result<Outcome> {
    if let Some(day) = args.date.as_ref().filter(|day| !is_edtf_day(day)) {
        return Err(Error::new(format!("--date {day} is no date")).with_help("write 2025-05-01, 2025-05 or 2025"));
    }
    let (path, offset) = place(&args.place);
    let rules = shared.rule_set()?;
    let id = path.as_ref().and_then(|path| path.file_stem()).unwrap_or_default().to_string_lossy().into_owned();
    let input = Input { path, id, format: Format::Text, size: 0, mark: None };
    let raw = Reader::new([input], args.date.clone()).next().transpose()?;
    let Some(raw) = raw else { return Err(Error::new("nothing to read")) };
    let extracted = batch::extract(raw, &rules, batch::PATIENCE)?;
    let (doc, record) = (&extracted.document, &extracted.record);
    let wanted = match offset {
        Some(offset) => {
            let at = doc.view.from_code_point(offset);
            let next = doc.sentences.partition_point(|sentence| sentence.span.end <= at);
            if next >= doc.sentences.len() {
                return Err(Error::new(format!("the text ends before code point {offset}"))
                    .with_help(format!("it has {} code points", record.length)));
            }
            next..next + 1
        }
        None => 0..doc.sentences.len(),
    };
    let mentions: Vec<Mention> = record.mentions.iter().map(|mention| read(doc, mention)).collect();
    let found = derivations(doc, &mentions, &rules);
    let mut out = Output::new();
    out.write(&head(record))?;
    for index in wanted {
        if !out.write(&sentence(doc, record, &rules, &found, doc.sentences[index].span))? {
            break;
        }
    }
    out.finish()?;
    Ok(Outcome::Done)
}

/// The file and the offset of `FILE:OFFSET`; no file for standard input.
fn place(argument: &str) -> (Option<PathBuf>, Option<usize>) {
    if let Some((file, offset)) = argument.rsplit_once(':')
        && let (Ok(offset), false) = (offset.parse(), Path::new(argument).exists())
    {
        return ((file != "-").then(|| PathBuf::from(file)), Some(offset));
    }
    ((argument != "-").then(|| PathBuf::from(argument)), None)
}

fn head(record: &Record) -> String {
    match (&record.date, &record.date_source) {
        (Some(date), Some(source)) => format!("{}: {date} (from the {source})\n", record.doc),
        _ => format!("{}: no date; relative dates stay open\n", record.doc),
    }
}

/// A mention of a record as extraction had it.
fn read(doc: &Document, mention: &MentionRecord) -> Mention {
    Mention {
        span: Span::new(doc.view.from_code_point(mention.start), doc.view.from_code_point(mention.end)),
        kind: mention.kind,
        form: mention.form,
        norm: mention.norm.clone(),
        days: None,
        inner: mention.inner,
        rule: RuleId::intern(&mention.rule),
    }
}

/// One sentence with its mentions and facts.
fn sentence(doc: &Document, record: &Record, rules: &RuleSet, found: &[Derivation], span: Span) -> String {
    let (start, end) = doc.view.to_code_points(span);
    let file = |id: &str| rules.rule(id).map(|rule| format!("  rules/{}", rule.file)).unwrap_or_default();
    let mut text = format!("\n{start}..{end}  {}\n", span.of(doc.view.text()).replace('\n', " "));
    for mention in record.mentions.iter().filter(|m| m.start >= start && m.end <= end) {
        let form = if mention.form.name() == "name" { String::new() } else { format!("@{}", mention.form) };
        let inner = if mention.inner { " (inside a longer one)" } else { "" };
        let norm = mention.norm.as_ref().map(|norm| format!(" = {norm}")).unwrap_or_default();
        let words: String = mention.text.split_whitespace().collect();
        text += &format!(
            "  {}..{} {}{form} {words}{norm}{inner}\n      {}{}\n",
            mention.start,
            mention.end,
            mention.kind,
            mention.rule,
            file(&mention.rule)
        );
    }
    for fact in record.facts.iter().filter(|f| f.evidence.start < end && f.evidence.end > start) {
        let qualifiers: String = fact.qualifiers.iter().map(|(name, value)| format!(" | {name}={value}")).collect();
        text += &format!(
            "  fact {} | {} | {}{qualifiers} ({})\n      {}{}\n",
            fact.subject,
            fact.predicate,
            fact.object,
            fact.status,
            fact.rule,
            file(&fact.rule)
        );
        let (predicate, rule) = (fact.predicate.name(), fact.rule.as_str());
        let same = |one: &&Derivation| {
            let argument = |part: &str, name: &str| {
                one.arguments.iter().any(|argument| argument.part == part && argument.name == name)
            };
            one.fact.predicate.name() == predicate
                && one.fact.rule.as_str() == rule
                && argument("subject", &fact.subject)
                && argument("object", &fact.object)
        };
        if let Some(one) = found.iter().find(same) {
            text += &derivation(doc, one);
        }
    }
    text
}

/// How a fact was found.
fn derivation(doc: &Document, one: &Derivation) -> String {
    let words: String = one.read.of(doc.view.text()).split_whitespace().collect();
    let mut text = match &one.trigger {
        Some(trigger) => format!("      read: {words} (called by {trigger})\n"),
        None if words.is_empty() => String::new(),
        None => format!("      read: {words}\n"),
    };
    for argument in &one.arguments {
        text += &format!("      {} {}: {}\n", argument.part, argument.name, argument.how);
    }
    if let Some(word) = &one.status_word {
        text += &format!("      {}: because of {word}\n", one.fact.status);
    }
    for other in &one.passed {
        text += &format!("      not {}: {}\n", other.name, other.why);
    }
    for rule in &one.also {
        text += &format!("      also read by {rule}\n");
    }
    text
}
