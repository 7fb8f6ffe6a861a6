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
        let Some((subject, object)) = ends(record, fact, &numbers) else { continue };
        let (Some(subject), Some(object)) = (numbers.get(&subject), numbers.get(&object)) else { continue };
        relation += 1;
        let _ = writeln!(out, "R{relation}\t{} Arg1:T{subject} Arg2:T{object}", fact.predicate);
        if let Some(words) = notes_of(fact) {
            note(&mut out, &mut notes, &format!("R{relation}"), &words);
        }
    }
    out
}

/// Qualifiers and status of a fact in one line: `time=2025 | org=甲公司`.
pub(super) fn notes_of(fact: &FactRecord) -> Option<String> {
    let mut words: Vec<String> = fact.qualifiers.iter().map(|(name, value)| format!("{name}={value}")).collect();
    if fact.status != Status::Stated {
        words.push(format!("status={}", fact.status));
    }
    (!words.is_empty()).then(|| words.join(" | "))
}

/// `person`, or `person_title` for a title that stands for a person.
pub(super) fn label(mention: &MentionRecord) -> String {
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

/// The mentions that subject and object of a fact stand for: of those that were numbered, the nearest to the
/// evidence.
pub(super) fn ends(record: &Record, fact: &FactRecord, numbers: &BTreeMap<usize, usize>) -> Option<(usize, usize)> {
    let nearest = |id: &Option<String>, name: &str| {
        let stands = |m: &&MentionRecord| match (id, &m.entity) {
            (Some(id), Some(entity)) => id == entity,
            _ => m.norm.as_deref().unwrap_or(&m.text) == name,
        };
        let evidence = fact.evidence;
        let away = |m: &MentionRecord| m.start.saturating_sub(evidence.end).max(evidence.start.saturating_sub(m.end));
        let known = record.mentions.iter().filter(|m| numbers.contains_key(&m.id)).filter(stands);
        known.min_by_key(|m| (away(m), m.start)).map(|m| m.id)
    };
    Some((nearest(&fact.subject_id, &fact.subject)?, nearest(&fact.object_id, &fact.object)?))
}

fn note(out: &mut String, notes: &mut usize, of: &str, words: &str) {
    *notes += 1;
    let words: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let _ = writeln!(out, "#{notes}\tAnnotatorNotes {of}\t{words}");
}
