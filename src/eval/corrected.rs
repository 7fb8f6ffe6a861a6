//! Marks that people corrected in brat or INCEpTION, as gold.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::gold::{Gold, GoldFact, GoldMention};
use crate::error::{Error, Result};
use crate::schema::{Predicate, Qualifier, Type};

/// A mark with its label and its note. Offsets are code points.
struct Mark {
    start: usize,
    end: usize,
    label: String,
    note: Option<String>,
}

/// A relation between marks, by their names in the file.
struct Relation {
    label: String,
    from: String,
    to: String,
    note: Option<String>,
}

/// The gold text of a file in brat's standoff format and the text it belongs to.
///
/// # Errors
/// Where a line cannot be read, a label is no type or predicate, or a mark lies outside the text.
pub fn from_brat(doc: &str, standoff: &str, text: &str) -> Result<Gold> {
    let (mut marks, mut relations, mut notes) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (at, line) in standoff.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let wrong = || Error::new(format!("line {}: cannot read `{line}`", at + 1));
        let mut cells = line.split('\t');
        let (name, body) = (cells.next().ok_or_else(wrong)?, cells.next().ok_or_else(wrong)?);
        match name.chars().next() {
            Some('T') => {
                let (label, places) = body.split_once(' ').ok_or_else(wrong)?;
                // A mark in pieces goes from the first to the last.
                let ends: Vec<usize> =
                    places.split([' ', ';']).map(|n| n.parse().map_err(|_| wrong())).collect::<Result<_>>()?;
                let (start, end) = ends.first().zip(ends.last()).ok_or_else(wrong)?;
                marks.insert(name.to_owned(), Mark { start: *start, end: *end, label: label.to_owned(), note: None });
            }
            Some('R') => {
                let mut words = body.split(' ');
                let label = words.next().ok_or_else(wrong)?.to_owned();
                let mut end = || words.next().and_then(|w| Some(w.split_once(':')?.1.to_owned())).ok_or_else(wrong);
                let (from, to) = (end()?, end()?);
                relations.insert(name.to_owned(), Relation { label, from, to, note: None });
            }
            Some('#') => {
                let (_, of) = body.split_once(' ').ok_or_else(wrong)?;
                notes.insert(of.to_owned(), cells.next().unwrap_or("").to_owned());
            }
            // Events, attributes and equivalences say nothing about gold.
            _ => {}
        }
    }
    for (name, note) in notes {
        if let Some(mark) = marks.get_mut(&name) {
            mark.note = Some(note);
        } else if let Some(relation) = relations.get_mut(&name) {
            relation.note = Some(note);
        }
    }
    gold(doc, text, &marks, relations.into_values())
}

/// The gold text of a UIMA CAS as XMI, with the layers `custom.Span` and `custom.Relation`.
///
/// # Errors
/// Where it is no XMI, a label is no type or predicate, or a mark lies outside the text.
pub fn from_xmi(doc: &str, xmi: &str) -> Result<Gold> {
    let (mut marks, mut relations, mut text) = (BTreeMap::new(), Vec::new(), None);
    let mut reader = Reader::from_str(xmi);
    loop {
        let event = reader.read_event().map_err(|error| Error::new(format!("no XML: {error}")))?;
        let element = match event {
            Event::Eof => break,
            Event::Start(element) | Event::Empty(element) => element,
            _ => continue,
        };
        let name = element.local_name().as_ref().to_owned();
        let values = attributes(&element)?;
        let get = |key: &str| {
            values
                .get(key)
                .cloned()
                .ok_or_else(|| Error::new(format!("{} without {key}", String::from_utf8_lossy(&name))))
        };
        match name.as_slice() {
            b"Sofa" => text = Some(get("sofaString")?),
            b"Span" => {
                let number = |key: &str| get(key)?.parse().map_err(|_| Error::new(format!("{key} is no number")));
                let mark = Mark {
                    start: number("begin")?,
                    end: number("end")?,
                    label: get("label")?,
                    note: values.get("note").cloned(),
                };
                marks.insert(get("id")?, mark);
            }
            b"Relation" => relations.push(Relation {
                label: get("label")?,
                from: get("Governor")?,
                to: get("Dependent")?,
                note: values.get("note").cloned(),
            }),
            _ => {}
        }
    }
    let text = text.ok_or_else(|| Error::new("no text in it").with_help("export UIMA CAS XMI 1.0 from INCEpTION"))?;
    // UIMA counts UTF-16 code units.
    let mut points = Vec::with_capacity(text.len());
    for (at, c) in text.chars().enumerate() {
        points.extend(std::iter::repeat_n(at, c.len_utf16()));
    }
    points.push(text.chars().count());
    for mark in marks.values_mut() {
        let point = |unit: usize| points.get(unit).copied().unwrap_or(usize::MAX);
        (mark.start, mark.end) = (point(mark.start), point(mark.end));
    }
    gold(doc, &text, &marks, relations.into_iter())
}

/// Attributes by their local names.
fn attributes(element: &BytesStart<'_>) -> Result<BTreeMap<String, String>> {
    let wrong = |error: &dyn std::fmt::Display| Error::new(format!("no XML: {error}"));
    let mut values = BTreeMap::new();
    for attribute in element.attributes() {
        let attribute = attribute.map_err(|error| wrong(&error))?;
        let key = String::from_utf8_lossy(attribute.key.local_name().as_ref()).into_owned();
        let value = attribute.unescape_value().map_err(|error| wrong(&error))?.into_owned();
        values.insert(key, value);
    }
    Ok(values)
}

fn gold(
    doc: &str,
    text: &str,
    marks: &BTreeMap<String, Mark>,
    relations: impl Iterator<Item = Relation>,
) -> Result<Gold> {
    let chars: Vec<char> = text.chars().collect();
    let (mut mentions, mut called) = (Vec::new(), BTreeMap::new());
    for (name, mark) in marks {
        let (kind, form) = match mark.label.strip_suffix("_title") {
            Some(kind) => (kind, "title"),
            None => (mark.label.as_str(), "name"),
        };
        let kind = Type::from_name(kind).ok_or_else(|| Error::new(format!("{name}: `{kind}` is no type")))?;
        let words = chars.get(mark.start..mark.end).filter(|words| !words.is_empty());
        let words: String = words.ok_or_else(|| Error::new(format!("{name}: outside the text")))?.iter().collect();
        let norm =
            mark.note.as_ref().map(|note| note.trim().to_owned()).filter(|note| !note.is_empty() && *note != words);
        called.insert(name, norm.clone().unwrap_or_else(|| words.clone()));
        mentions.push(GoldMention {
            start: mark.start,
            end: mark.end,
            kind,
            form: form.to_owned(),
            text: words,
            norm,
            optional: false,
        });
    }
    mentions.sort_by_key(|mention| (mention.start, mention.end));
    if let Some(pair) = mentions.windows(2).find(|pair| pair[1].start < pair[0].end) {
        let message = format!("{} and {} overlap at {}", pair[0].text, pair[1].text, pair[1].start);
        return Err(Error::new(message).with_help("marks of gold texts do not nest: keep the longer one"));
    }
    let mut facts = Vec::new();
    for relation in relations {
        let label = &relation.label;
        let predicate = Predicate::from_name(label).ok_or_else(|| Error::new(format!("`{label}` is no predicate")))?;
        let name = |end: &String| {
            called.get(end).cloned().ok_or_else(|| Error::new(format!("{label}: there is no mark {end}")))
        };
        let (subject, object) = (name(&relation.from)?, name(&relation.to)?);
        let mut qualifiers = BTreeMap::new();
        let mut stated = true;
        for part in relation.note.iter().flat_map(|note| note.split('|')).map(str::trim).filter(|part| !part.is_empty())
        {
            match part.split_once('=') {
                Some(("status", _)) => stated = false,
                Some((key, value)) if Qualifier::from_name(key).is_some() && !value.is_empty() => {
                    qualifiers.insert(key.to_owned(), value.to_owned());
                }
                _ => return Err(Error::new(format!("bad qualifier `{part}` of {subject} {label} {object}"))),
            }
        }
        // Gold holds what the text states.
        if stated {
            facts.push(GoldFact { subject, predicate, object, qualifiers, optional: false });
        }
    }
    Ok(Gold { doc: doc.to_owned(), date: None, source: None, genre: None, text: text.to_owned(), mentions, facts })
}
