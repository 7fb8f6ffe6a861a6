//! The `full` profile: every mention of every text, as NIF 2.0 Core.
//!
//! A text is a `nif:Context` `<doc#char=0,LENGTH>`; a mention is a `nif:Phrase` `<doc#char=BEGIN,END>` (fragments of
//! RFC 5147, in code points) with its words, what it is and the entity it refers to. Both stand in the graph of the
//! document. The words of the text itself are not copied: `nif:sourceUrl` leads to the document and its hash.

use super::lines::{Lines, chinese, iri, string, typed};
use super::map::{TYPE, class_name, standard};
use crate::graph::Source;

/// Adds the mentions of one document, whose node is `document`; `entities` are the IRIs of the graph's entities.
pub(super) fn put(
    lines: &mut Lines,
    source: &Source,
    document: &str,
    entities: &[String],
    own: impl Fn(&str) -> String,
) {
    if source.marks.is_empty() {
        return;
    }
    let node = |begin: usize, end: usize| iri(&format!("{}#char={begin},{end}", document.trim_matches(['<', '>'])));
    let nif = |name: &str| standard("nif", name);
    let number = |number: usize| typed(&number.to_string(), "nonNegativeInteger");
    let context = node(0, source.length);
    for (property, object) in [
        (TYPE.to_owned(), nif("Context")),
        (TYPE.to_owned(), nif("RFC5147String")),
        (nif("beginIndex"), number(0)),
        (nif("endIndex"), number(source.length)),
        (nif("sourceUrl"), document.to_owned()),
    ] {
        lines.put(&context, &property, &object, document);
    }
    for mark in &source.marks {
        let phrase = node(mark.begin, mark.end);
        let mut pairs = vec![
            (TYPE.to_owned(), nif("Phrase")),
            (TYPE.to_owned(), nif("RFC5147String")),
            (nif("referenceContext"), context.clone()),
            (nif("beginIndex"), number(mark.begin)),
            (nif("endIndex"), number(mark.end)),
            (nif("anchorOf"), chinese(&mark.text)),
            (standard("itsrdf", "taClassRef"), own(&class_name(mark.kind.name()))),
        ];
        if let Some(entity) = mark.entity.and_then(|at| entities.get(at)) {
            pairs.push((standard("itsrdf", "taIdentRef"), entity.clone()));
        }
        if let Some(norm) = &mark.norm {
            pairs.push((own("norm"), string(norm)));
        }
        for (property, object) in pairs {
            lines.put(&phrase, &property, &object, document);
        }
    }
}
