//! UIMA CAS XMI: for INCEpTION, which reads and writes it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::brat::{ends, label, notes_of};
use super::markup::xml;
use crate::record::Record;

/// The type system that [`xmi`] uses: the layers `custom.Span` and `custom.Relation` of INCEpTION's basic
/// annotation projects, with a second feature each.
pub const TYPE_SYSTEM: &str = include_str!("typesystem.xml");

/// The marks and facts of one document as UIMA CAS XMI 1.0: a `custom.Span` for each mention (label: the type;
/// note: the norm), a `custom.Relation` from subject to object for each fact whose ends both stand in the
/// text (label: the predicate; note: qualifiers and status). Offsets are UTF-16 code units of `text`, as
/// UIMA counts.
pub fn xmi(record: &Record, text: &str) -> String {
    // Characters that XML cannot hold leave a blank in their place, so that offsets hold.
    let legal =
        |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    let chars: Vec<char> = text.chars().map(|c| if legal(c) { c } else { ' ' }).collect();
    let mut units = Vec::with_capacity(chars.len() + 1);
    units.push(0);
    for c in &chars {
        units.push(units.last().copied().unwrap_or(0) + c.len_utf16());
    }
    let source: String = chars.iter().collect();
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\" \
         xmlns:cas=\"http:///uima/cas.ecore\" xmlns:tcas=\"http:///uima/tcas.ecore\" \
         xmlns:custom=\"http:///custom.ecore\" xmi:version=\"2.0\">\n  <cas:NULL xmi:id=\"0\"/>\n  \
         <tcas:DocumentAnnotation xmi:id=\"2\" sofa=\"1\" begin=\"0\" end=\"{}\" language=\"zh\"/>\n",
        units.last().copied().unwrap_or(0)
    );
    let (mut numbers, mut members) = (BTreeMap::new(), vec![2]);
    let mentions = record.mentions.iter().filter(|m| !m.inner && m.start < m.end && m.end <= chars.len());
    for (mention, number) in mentions.zip(3..) {
        numbers.insert(mention.id, number);
        members.push(number);
        let _ = write!(
            out,
            "  <custom:Span xmi:id=\"{number}\" sofa=\"1\" begin=\"{}\" end=\"{}\" label=\"{}\"",
            units[mention.start],
            units[mention.end],
            label(mention)
        );
        if let Some(norm) = &mention.norm {
            let _ = write!(out, " note=\"{}\"", attribute(norm));
        }
        out.push_str("/>\n");
    }
    let mut number = members.last().copied().unwrap_or(2);
    let place: BTreeMap<usize, (usize, usize)> = record.mentions.iter().map(|m| (m.id, (m.start, m.end))).collect();
    for fact in &record.facts {
        let Some((subject, object)) = ends(record, fact, &numbers) else { continue };
        let (Some(from), Some(to)) = (numbers.get(&subject), numbers.get(&object)) else { continue };
        number += 1;
        members.push(number);
        let (begin, end) = place[&object];
        let _ = write!(
            out,
            "  <custom:Relation xmi:id=\"{number}\" sofa=\"1\" begin=\"{}\" end=\"{}\" Governor=\"{from}\" \
             Dependent=\"{to}\" label=\"{}\"",
            units[begin], units[end], fact.predicate
        );
        if let Some(words) = notes_of(fact) {
            let _ = write!(out, " note=\"{}\"", attribute(&words));
        }
        out.push_str("/>\n");
    }
    let members: Vec<String> = members.iter().map(ToString::to_string).collect();
    let _ = writeln!(
        out,
        "  <cas:Sofa xmi:id=\"1\" sofaNum=\"1\" sofaID=\"_InitialView\" mimeType=\"text/plain\" sofaString=\"{}\"/>\n  \
         <cas:View sofa=\"1\" members=\"{}\"/>\n</xmi:XMI>",
        attribute(&source),
        members.join(" ")
    );
    out
}

/// Line ends and tabs in an attribute would be read as blanks.
fn attribute(text: &str) -> String {
    xml(text).replace('\n', "&#10;").replace('\r', "&#13;").replace('\t', "&#9;")
}
