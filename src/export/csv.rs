//! Tables for spreadsheets (RFC 4180).

use std::collections::BTreeMap;

use super::table::{EDGE, NODE, documents, edge_cells, edges, node_cells, sentence, words};
use crate::graph::{Graph, Object};
use crate::rdf::chinese_name;

/// The entities with their measures. `bom` puts a byte order mark in front, which some spreadsheets need
/// to read UTF-8.
pub fn nodes_csv(graph: &Graph, bom: bool) -> String {
    let analytics = graph.analytics();
    let mut out = begin(bom, ["Id", "Label"].into_iter().chain(NODE.iter().map(|(name, _)| *name)));
    for (at, entity) in graph.entities().iter().enumerate() {
        let cells = node_cells(graph, &analytics, at);
        row(&mut out, [entity.id.as_str(), &entity.name].into_iter().chain(cells.iter().map(String::as_str)));
    }
    out
}

/// The facts between entities: what graph programs read beside [`nodes_csv`].
pub fn edges_csv(graph: &Graph, bom: bool) -> String {
    let (first, others) = EDGE.split_at(1);
    let head = ["Source", "Target", "Type", "Id", "Label"].into_iter().chain(first.iter().map(|(name, _)| *name));
    let mut out = begin(bom, head.chain(["Weight"]).chain(others.iter().map(|(name, _)| *name)));
    for edge in edges(graph) {
        let (number, weight, cells) = (edge.at.to_string(), edge.fact.origins.to_string(), edge_cells(&edge));
        let (predicate, others) = cells.split_at(1);
        let ends = [&*graph.entities()[edge.from].id, &*graph.entities()[edge.to].id];
        let label = chinese_name(edge.fact.predicate.name());
        let front = ends.into_iter().chain(["Directed", &number, label, &predicate[0], &weight]);
        row(&mut out, front.chain(others.iter().map(|cell| &**cell)));
    }
    out
}

/// Which entities stand in the same texts: each pair that at least `least` texts speak of, the most frequent first.
pub fn together_csv(graph: &Graph, least: usize, bom: bool) -> String {
    let head = ["Source", "Target", "Type", "Weight", "source_name", "source_type", "target_name", "target_type"];
    let mut out = begin(bom, head);
    let mut pairs: Vec<_> = graph.cooccurrence(least).into_iter().collect();
    pairs.sort_by_key(|(pair, count)| (usize::MAX - count, *pair));
    for ((one, other), count) in pairs {
        let (one, other, weight) = (&graph.entities()[one], &graph.entities()[other], count.to_string());
        let ends = [&*one.id, &*other.id, "Undirected", &weight];
        row(&mut out, ends.into_iter().chain([&*one.name, one.kind.name(), &*other.name, other.kind.name()]));
    }
    out
}

/// The communities of more than one entity, the largest first, each with its names, the highest ranked first.
pub fn communities_csv(graph: &Graph, bom: bool) -> String {
    let analytics = graph.analytics();
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, community) in analytics.community.iter().enumerate() {
        groups.entry(*community).or_default().push(at);
    }
    let mut out = begin(bom, ["community", "component", "size", "names"]);
    for (community, mut members) in groups.into_iter().filter(|(_, members)| members.len() > 1) {
        members.sort_by(|a, b| analytics.rank[*b].total_cmp(&analytics.rank[*a]).then(a.cmp(b)));
        let names: Vec<&str> = members.iter().map(|at| graph.entities()[*at].name.as_str()).collect();
        let numbers = [community, analytics.component[members[0]], names.len()].map(|number| number.to_string());
        row(&mut out, numbers.iter().map(String::as_str).chain([names.join("、").as_str()]));
    }
    out
}

/// Every stated fact, those about dates, figures and quotations too, by name, with its sentence.
pub fn facts_csv(graph: &Graph, bom: bool) -> String {
    let mut out = begin(
        bom,
        [
            "subject",
            "subject_type",
            "predicate",
            "谓词",
            "object",
            "object_type",
            "org",
            "role",
            "first",
            "last",
            "origins",
            "sentence",
            "documents",
        ],
    );
    for fact in graph.facts() {
        let subject = &graph.entities()[fact.subject];
        let kind = match &fact.object {
            Object::Entity(at) => graph.entities()[*at].kind.name(),
            Object::Date(_) => "date",
            Object::Figure(_) => "figure",
            Object::Text(_) => "text",
        };
        let days = graph.days_of(fact);
        row(
            &mut out,
            [
                &*subject.name,
                subject.kind.name(),
                fact.predicate.name(),
                chinese_name(fact.predicate.name()),
                graph.label(&fact.object),
                kind,
                words(fact.org.as_ref()),
                words(fact.role.as_ref()),
                days.0.unwrap_or(""),
                days.1.unwrap_or(""),
                &fact.origins.to_string(),
                sentence(graph, fact),
                &documents(graph, fact).join("；"),
            ],
        );
    }
    out
}

fn begin<'a>(bom: bool, columns: impl IntoIterator<Item = &'a str>) -> String {
    let mut out = String::from(if bom { "\u{feff}" } else { "" });
    row(&mut out, columns);
    out
}

fn row<'a>(out: &mut String, cells: impl IntoIterator<Item = &'a str>) {
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        if cell.contains([',', '"', '\n', '\r']) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(cell);
        }
    }
    out.push_str("\r\n");
}
