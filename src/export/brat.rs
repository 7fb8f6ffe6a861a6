//! Standoff annotation, as brat and INCEpTION read it beside the text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::record::{FactRecord, MentionRecord, Record};
use crate::schema::{Form, Status};

/// The marks and facts of one document in brat's standoff format: a text-bound mark for each mention, a
/// relation for each fact whose ends both stand in the text, notes for norms, qualifiers and status.
/// Offsets are code points of `text`, the source; a mark that runs over line ends is cut at them.
pub fn brat(record: &Record, text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::new();
    let (mut numbers, mut notes) = (BTreeMap::new(), 0);
    let mentions = record.mentions.iter().filter(|m| !m.inner && m.start < m.end && m.end <= chars.len());
    for (at, mention) in mentions.enumerate() {
        let number = at + 1;
        numbers.insert(mention.id, number);
        let pieces = pieces(&chars, mention.start, mention.end);
        let spans: Vec<String> = pieces.iter().map(|(start, end)| format!("{start} {end}")).collect();
        let words: Vec<String> = pieces.iter().map(|&(start, end)| chars[start..end].iter().collect()).collect();
        let _ = writeln!(out, "T{number}\t{} {}\t{}", label(mention), spans.join(";"), words.join(" "));
        if let Some(norm) = &mention.norm {
            note(&mut out, &mut notes, &format!("T{number}"), norm);
        }
    }
    let mut relation = 0;
    for fact in &record.facts {
        let ends = (end(record, fact, true, &numbers), end(record, fact, false, &numbers));
        let (Some(subject), Some(object)) = ends else { continue };
        relation += 1;
        let _ = writeln!(out, "R{relation}\t{} Arg1:T{subject} Arg2:T{object}", fact.predicate);
        let mut words: Vec<String> = fact.qualifiers.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if fact.status != Status::Stated {
            words.push(format!("status={}", fact.status));
        }
        if !words.is_empty() {
            note(&mut out, &mut notes, &format!("R{relation}"), &words.join(" | "));
        }
    }
    out
}

/// `person`, or `person_title` for a title that stands for a person.
fn label(mention: &MentionRecord) -> String {
    match mention.form {
        Form::Name => mention.kind.name().to_owned(),
        Form::Title => format!("{}_title", mention.kind),
    }
}

/// A span cut at line ends.
fn pieces(chars: &[char], start: usize, end: usize) -> Vec<(usize, usize)> {
    let mut pieces = Vec::new();
    let mut from = start;
    let breaks = (start..end).filter(|&at| matches!(chars[at], '\n' | '\r'));
    for at in breaks.chain([end]) {
        if from < at {
            pieces.push((from, at));
        }
        from = at + 1;
    }
    pieces
}

/// The number of the mention that an end of a fact stands for: the nearest to the evidence.
fn end(record: &Record, fact: &FactRecord, subject: bool, numbers: &BTreeMap<usize, usize>) -> Option<usize> {
    let (id, name) = if subject { (&fact.subject_id, &fact.subject) } else { (&fact.object_id, &fact.object) };
    let stands = |m: &&MentionRecord| match (id, &m.entity) {
        (Some(id), Some(entity)) => id == entity,
        _ => m.norm.as_deref().unwrap_or(&m.text) == name,
    };
    let evidence = fact.evidence;
    let away = |m: &MentionRecord| m.start.saturating_sub(evidence.end).max(evidence.start.saturating_sub(m.end));
    let nearest = record.mentions.iter().filter(|m| numbers.contains_key(&m.id)).filter(stands);
    nearest.min_by_key(|m| (away(m), m.start)).and_then(|m| numbers.get(&m.id).copied())
}

fn note(out: &mut String, notes: &mut usize, of: &str, words: &str) {
    *notes += 1;
    let words: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let _ = writeln!(out, "#{notes}\tAnnotatorNotes {of}\t{words}");
}
