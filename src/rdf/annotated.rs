//! Turtle with RDF 1.2 annotations: each stated fact as a triple that carries its statements.

use std::collections::BTreeMap;
use std::io::Write;

use super::lines::terms;
use super::{Options, Shortener, iri, map};
use crate::error::{Error, Result};
use crate::graph::Graph;

/// Writes the default graph as Turtle, with an annotation block (RDF 1.2) on each fact for every statement
/// that says it: document, evidence, rule, time, sentence.
pub fn write_annotated(graph: &Graph, options: &Options, out: &mut impl Write) -> Result<()> {
    let failed = |error: std::io::Error| Error::new(format!("cannot write Turtle: {error}"));
    let (lines, ..) = map::quads(graph, options);
    let short = Shortener::new(&options.base);
    let mut text = String::from("VERSION \"1.2\"\n");
    for (prefix, space) in iri::prefixes(&options.base) {
        text += &format!("PREFIX {prefix}: <{space}>\n");
    }
    let mut statements: BTreeMap<&str, Vec<(&str, &str)>> = Default::default();
    let mut plain: Vec<(&str, &str, &str)> = Vec::new();
    let facts = format!("<{}fact/", options.base);
    for line in &lines {
        let Some((subject, predicate, object, context)) = terms(line) else { continue };
        if subject.starts_with(&facts) {
            let entry = statements.entry(subject).or_default();
            entry.push((predicate, object));
            if predicate.ends_with("#subject>") {
                entry.push(("DOCUMENT", context));
            }
        } else if context.is_empty() {
            plain.push((subject, predicate, object));
        }
    }
    let mut annotated: BTreeMap<(&str, &str, &str), Vec<&str>> = Default::default();
    for (node, pairs) in &statements {
        let find = |end: &str| pairs.iter().find(|(p, _)| p.ends_with(end)).map_or("", |(_, o)| *o);
        let key = (find("#subject>"), find("#predicate>"), find("#object>"));
        annotated.entry(key).or_default().push(node);
    }
    let written = |term: &str| match term.strip_prefix('<').and_then(|t| t.strip_suffix('>')) {
        Some(iri) => short.term(iri),
        None => literal(term, &short),
    };
    for (subject, predicate, object) in plain {
        text += &format!("{} {} {}", written(subject), written(predicate), written(object));
        for node in annotated.get(&(subject, predicate, object)).into_iter().flatten() {
            let mut parts = Vec::new();
            for (predicate, object) in &statements[node] {
                match *predicate {
                    "DOCUMENT" => parts.push(format!("prov:wasDerivedFrom {}", written(object))),
                    p if ["#subject>", "#predicate>", "#object>"].iter().any(|end| p.ends_with(end)) => {}
                    p => parts.push(format!("{} {}", written(p), written(object))),
                }
            }
            text += &format!("\n    ~ {} {{| {} |}}", written(node), parts.join(" ; "));
        }
        text += " .\n";
    }
    out.write_all(text.as_bytes()).map_err(failed)
}

/// A literal with its datatype shortened.
fn literal(term: &str, short: &Shortener) -> String {
    match term.rsplit_once("^^<") {
        Some((text, datatype)) => format!("{text}^^{}", short.term(datatype.trim_end_matches('>'))),
        None => term.to_owned(),
    }
}
