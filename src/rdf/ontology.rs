//! The vocabulary as an ontology, in Turtle.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::iri;
use crate::lexicon::Table;
use crate::schema::Type;

const TABLE: &str = include_str!("../../rules/rdf/vocabulary.tsv");

/// One term of the vocabulary.
#[derive(Debug, Clone)]
pub(crate) struct Term {
    /// Its local name.
    pub(crate) name: &'static str,
    /// `class`, `property`, `status` or `service`.
    pub(crate) kind: &'static str,
    /// Its name in Chinese.
    pub(crate) chinese: &'static str,
    /// Its name in English.
    pub(crate) english: &'static str,
    parents: &'static str,
    domain: &'static str,
    range: &'static str,
    comments: [&'static str; 2],
}

/// The terms, in the order of the table.
pub(crate) fn terms() -> Vec<Term> {
    Table::new("rdf/vocabulary.tsv", TABLE)
        .rows()
        .map(|row| Term {
            name: row.term,
            kind: row.feature(0),
            chinese: row.feature(1),
            english: row.feature(2),
            parents: row.feature(3),
            domain: row.feature(4),
            range: row.feature(5),
            comments: [row.feature(6), row.feature(7)],
        })
        .collect()
}

/// What a class, property or status is called in Chinese; its own name where the table does not have it.
pub fn chinese_name(term: &str) -> &str {
    static NAMES: LazyLock<BTreeMap<&str, &str>> =
        LazyLock::new(|| terms().into_iter().map(|term| (term.name, term.chinese)).collect());
    NAMES.get(term).copied().unwrap_or(term)
}

/// What a type of entity is called in Chinese.
pub fn chinese_type(kind: Type) -> &'static str {
    terms_by_type().get(&kind).copied().unwrap_or(kind.name())
}

fn terms_by_type() -> &'static BTreeMap<Type, &'static str> {
    static NAMES: LazyLock<BTreeMap<Type, &'static str>> = LazyLock::new(|| {
        let all = terms();
        let name = |kind: &Type| all.iter().find(|t| t.kind == "class" && t.name.eq_ignore_ascii_case(kind.name()));
        Type::ALL.iter().filter_map(|kind| Some((*kind, name(kind)?.chinese))).collect()
    });
    &NAMES
}

/// `ontology.ttl`: every class and property with labels and comments in Chinese and English, domains,
/// ranges, and what they specialise in schema.org, W3C ORG, SKOS, PROV-O and OWL-Time.
pub fn ontology(base: &str) -> String {
    let mut out = String::new();
    for (prefix, space) in iri::prefixes(base) {
        out += &format!("@prefix {prefix}: <{space}> .\n");
    }
    out +=
        &format!("\n<{base}ontology> a owl:Ontology ;\n    rdfs:label \"知图词汇\"@zh , \"zhitu vocabulary\"@en ;\n");
    out += &format!("    owl:versionInfo \"{}\" .\n", env!("CARGO_PKG_VERSION"));
    for term in terms() {
        out += &term.turtle(base);
    }
    out
}

impl Term {
    fn turtle(&self, base: &str) -> String {
        let resource = self.resource();
        let (kind, parent) = match self.kind {
            "class" => ("owl:Class", "rdfs:subClassOf"),
            "status" => ("zhitu:Status", "skos:broader"),
            "service" => ("owl:NamedIndividual", "rdfs:seeAlso"),
            _ if resource => ("owl:ObjectProperty", "rdfs:subPropertyOf"),
            _ if self.range.contains(' ') => ("rdf:Property", "rdfs:subPropertyOf"),
            _ => ("owl:DatatypeProperty", "rdfs:subPropertyOf"),
        };
        let mut out =
            format!("\nzhitu:{} a {kind} ;\n    rdfs:label {} , {} ;\n", self.name, zh(self.chinese), en(self.english));
        if !self.parents.is_empty() {
            out += &format!("    {parent} {} ;\n", self.parents.split(' ').collect::<Vec<_>>().join(" , "));
        }
        if !self.domain.is_empty() {
            out += &format!("    rdfs:domain {} ;\n", union(self.domain));
        }
        if !self.range.is_empty() && (resource || !self.range.contains(' ')) {
            out += &format!("    rdfs:range {} ;\n", union(self.range));
        }
        out += &format!("    rdfs:comment {} , {} ;\n", zh(self.comments[0]), en(self.comments[1]));
        out + &format!("    rdfs:isDefinedBy <{base}ontology> .\n")
    }

    /// Whether the values of a property are resources only.
    fn resource(&self) -> bool {
        !self.range.is_empty()
            && !self.range.split(' ').any(|range| range.starts_with("xsd:") || range == "rdf:langString")
    }
}

fn zh(text: &str) -> String {
    format!("\"{}\"@zh", text.replace('"', "\\\""))
}

fn en(text: &str) -> String {
    format!("\"{}\"@en", text.replace('"', "\\\""))
}

/// One class, or the union of several.
fn union(classes: &str) -> String {
    if classes.contains(' ') { format!("[ a owl:Class ; owl:unionOf ( {classes} ) ]") } else { classes.to_owned() }
}
