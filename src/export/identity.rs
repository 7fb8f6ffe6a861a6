//! Who is who, for the summary: namesakes kept apart, contradictions, reprints.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::summary::cell;
use crate::graph::{Conflict, Graph, Object};
use crate::link::DecisionKind;
use crate::rdf::chinese_name;

/// Lines shown in each list.
const SHOWN: usize = 10;

/// What was joined, what was kept apart, what cannot be true together, what is printed twice.
pub fn identities(out: &mut String, graph: &Graph) {
    kept_apart(out, graph);
    conflicts(out, graph);
    reprints(out, graph);
}

fn list(out: &mut String, title: &str, lines: Vec<String>, all: &str) {
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n## {title} ({})\n", lines.len());
    for line in lines.iter().take(SHOWN) {
        let _ = writeln!(out, "- {line}");
    }
    if lines.len() > SHOWN {
        let _ = writeln!(out, "- … {} more: {all}", lines.len() - SHOWN);
    }
}

fn kept_apart(out: &mut String, graph: &Graph) {
    let apart = |kind| matches!(kind, DecisionKind::Refused | DecisionKind::Forbidden);
    let lines = graph.decisions().iter().filter(|decision| apart(decision.kind));
    let lines = lines.map(|decision| {
        let names: Vec<String> = decision.entities.iter().map(|id| cell(id)).collect();
        format!("{}: {}", names.join(" ≠ "), cell(&decision.reason))
    });
    list(out, "Namesakes kept apart", lines.collect(), "`zhitu query identity NAME`");
}

fn conflicts(out: &mut String, graph: &Graph) {
    let lines = graph.conflicts().iter().map(|conflict| conflicting(graph, conflict)).collect();
    list(out, "What cannot be true together", lines, "`zhitu query conflicts`");
}

/// One contradiction: the thing, then each value with its documents.
fn conflicting(graph: &Graph, conflict: &Conflict) -> String {
    let mut values: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for at in conflict.facts() {
        let fact = &graph.facts()[at];
        let value = match (&conflict.detail, &fact.object) {
            (Some(_), _) => &graph.entities()[fact.subject].name,
            (None, Object::Entity(at)) => &graph.entities()[*at].name,
            (None, other) => graph.label(other),
        };
        let docs = fact.statements.iter().map(|&at| graph.sources()[graph.statements()[at].source].doc.as_str());
        values.entry(value).or_default().extend(docs);
    }
    let values: Vec<String> = values
        .into_iter()
        .map(|(value, mut docs)| {
            docs.dedup();
            let more = if docs.len() > 3 { format!(" and {} more", docs.len() - 3) } else { String::new() };
            docs.truncate(3);
            format!("{} ({}{more})", cell(value), cell(&docs.join(", ")))
        })
        .collect();
    let what = chinese_name(conflict.predicate.name());
    let detail = conflict.detail.as_ref().map(|detail| format!(" {}", cell(detail))).unwrap_or_default();
    format!("**{}** {what}{detail}: {}", cell(&graph.entities()[conflict.entity].name), values.join("; "))
}

fn reprints(out: &mut String, graph: &Graph) {
    let mut groups: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for source in graph.sources() {
        groups.entry(source.origin).or_default().push(&source.doc);
    }
    let lines = groups.into_values().filter(|docs| docs.len() > 1).map(|docs| {
        let more = if docs.len() > 5 { format!(" and {} more", docs.len() - 5) } else { String::new() };
        let names: Vec<String> = docs.iter().take(5).map(|doc| cell(doc)).collect();
        format!("{}{more}", names.join(", "))
    });
    list(out, "Texts printed more than once", lines.collect(), "`output/identities.jsonl`");
}
