//! IRIs of entities, documents and statements, and the prefixes they are written with.

use std::fmt::Write as _;

use unicode_normalization::UnicodeNormalization;

use crate::schema::Type;

/// The base of IRIs where none is given.
pub const BASE: &str = "https://zhitu.example/";

/// Namespaces of other vocabularies that queries may use without declaring them.
pub const STANDARD: &[(&str, &str)] = &[
    ("dcterms", "http://purl.org/dc/terms/"),
    ("itsrdf", "http://www.w3.org/2005/11/its/rdf#"),
    ("nif", "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"),
    ("org", "http://www.w3.org/ns/org#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("qudt", "http://qudt.org/schema/qudt/"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("schema", "https://schema.org/"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("time", "http://www.w3.org/2006/time#"),
    ("unit", "http://qudt.org/vocab/unit/"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// Local name spaces below the base, besides the entity types.
const LOCAL: &[&str] = &["doc", "fact", "rule", "run"];

/// All prefixes: the vocabulary `zhitu:`, one for each entity type, `doc:`, `fact:`, `rule:`, `run:`, and
/// the standard ones; sorted.
pub fn prefixes(base: &str) -> Vec<(String, String)> {
    let below = |name: &str| (name.to_owned(), format!("{base}{name}/"));
    let mut all: Vec<(String, String)> = Type::ALL.iter().map(|kind| below(kind.name())).collect();
    all.extend(LOCAL.iter().map(|name| below(name)));
    all.push(("zhitu".to_owned(), vocabulary(base)));
    all.extend(STANDARD.iter().map(|(name, iri)| ((*name).to_owned(), (*iri).to_owned())));
    all.sort();
    all
}

/// The namespace of the program's own terms.
pub fn vocabulary(base: &str) -> String {
    format!("{base}ontology#")
}

/// The IRI of an entity id (`type/名称`), such as `https://zhitu.example/person/杨立勇`.
pub fn entity(base: &str, id: &str) -> String {
    match id.split_once('/') {
        Some((kind, name)) => below(base, kind, name),
        None => below(base, "entity", id),
    }
}

/// The IRI of a name in one of the local name spaces.
///
/// The name is put in NFC; blanks, curly quotes and dashes are dropped, so that the name can stand in a
/// prefixed name; what an IRI cannot hold is percent-encoded.
pub fn below(base: &str, space: &str, name: &str) -> String {
    let mut iri = format!("{base}{space}/");
    let start = iri.len();
    for c in name.nfc().filter(|c| !dropped(*c)) {
        push(&mut iri, c);
    }
    if iri.len() == start {
        name.nfc().for_each(|c| push_encoded(&mut iri, c));
    }
    iri
}

/// The IRI of a document, or of what is made of it. Nothing is dropped from the name, since names of files
/// may differ in a blank alone.
pub fn exactly(base: &str, space: &str, name: &str) -> String {
    let mut iri = format!("{base}{space}/");
    for c in name.nfc() {
        if dropped(c) { push_encoded(&mut iri, c) } else { push(&mut iri, c) }
    }
    iri
}

fn dropped(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{2010}'..='\u{2015}' | '‘'..='‟')
}

fn push(iri: &mut String, c: char) {
    let kept = match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '.' | '_' | '~' | '!' | '$' | '&' | '\'' => true,
        '(' | ')' | '*' | '+' | ',' | ';' | '=' | ':' | '@' => true,
        '\u{a0}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{ffef}' => true,
        '\u{10000}'..='\u{effff}' => (c as u32) & 0xfffe != 0xfffe && !('\u{e0000}'..='\u{e0fff}').contains(&c),
        _ => false,
    };
    if kept { iri.push(c) } else { push_encoded(iri, c) }
}

fn push_encoded(iri: &mut String, c: char) {
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        // Writing to a string cannot fail.
        let _ = write!(iri, "%{byte:02X}");
    }
}

/// A base that IRIs can be made from: absolute, ending in `/` or `#`, without characters IRIs cannot hold.
pub fn check_base(base: &str) -> crate::error::Result<String> {
    let wrong = |why: &str| {
        Err(crate::error::Error::new(format!("the base {base} {why}"))
            .with_help("give --base an absolute IRI such as https://kg.example.org/"))
    };
    let Some((scheme, rest)) = base.split_once(':') else { return wrong("is not absolute") };
    let scheme_fits = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    if !scheme_fits || rest.is_empty() {
        return wrong("is not absolute");
    }
    if base.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c)) {
        return wrong("has characters that no IRI can hold");
    }
    Ok(if base.ends_with(['/', '#']) { base.to_owned() } else { format!("{base}/") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_readable_iris() {
        let cases = [
            ("person/杨立勇", "person/杨立勇"),
            ("program/“十大强基固本”工程", "program/十大强基固本工程"),
            ("person/央宗·卓玛", "person/央宗·卓玛"),
            ("document/《关于A/B的通知》", "document/《关于A%2FB的通知》"),
            ("event/2019—2020年 展会", "event/20192020年展会"),
            ("place/—", "place/%E2%80%94"),
            ("award/a<b>\"", "award/a%3Cb%3E%22"),
            // A compatibility ideograph and its NFC form are one.
            ("person/\u{f90a}", "person/金"),
        ];
        for (id, iri) in cases {
            assert_eq!(entity(BASE, id), format!("{BASE}{iri}"), "{id}");
        }
    }

    #[test]
    fn names_of_documents_stay_apart() {
        assert_eq!(exactly(BASE, "doc", "a b"), format!("{BASE}doc/a%20b"));
        assert_eq!(exactly(BASE, "doc", "a—b"), format!("{BASE}doc/a%E2%80%94b"));
        assert_eq!(exactly(BASE, "doc", "年报/2024-05"), format!("{BASE}doc/年报%2F2024-05"));
    }

    #[test]
    fn bases_are_checked() {
        assert_eq!(check_base("https://kg.example.org").unwrap(), "https://kg.example.org/");
        assert_eq!(check_base("urn:kg#").unwrap(), "urn:kg#");
        for bad in ["", "kg", "https://a b/", "1:x", "a:"] {
            assert!(check_base(bad).is_err(), "{bad}");
        }
    }
}
