//! Tables for spreadsheets (RFC 4180).

use super::table::{documents, edges, properties, rank, sentence, words};
use crate::graph::{Graph, Object};
use crate::rdf::chinese_name;

/// The entities with their measures. `bom` puts a byte order mark in front, which some spreadsheets need
/// to read UTF-8.
pub fn nodes_csv(graph: &Graph, bom: bool) -> String {
    let analytics = graph.analytics();
    let mut out = begin(
        bom,
        &[
            "Id",
            "Label",
            "type",
            "aliases",
            "properties",
            "documents",
            "mentions",
            "degree",
            "pagerank",
            "component",
            "community",
        ],
    );
    for (at, entity) in graph.entities().iter().enumerate() {
        row(
            &mut out,
            &[
                &entity.id,
                &entity.name,
                entity.kind.name(),
                &entity.aliases.join("；"),
                &properties(graph, at),
                &entity.sources.len().to_string(),
                &entity.mentions.to_string(),
                &analytics.degree[at].to_string(),
                &rank(&analytics, at),
                &analytics.component[at].to_string(),
                &analytics.community[at].to_string(),
            ],
        );
    }
    out
}

/// The facts between entities: what graph programs read beside [`nodes_csv`].
pub fn edges_csv(graph: &Graph, bom: bool) -> String {
    let mut out = begin(
        bom,
        &[
            "Source",
            "Target",
            "Type",
            "Id",
            "Label",
            "predicate",
            "Weight",
            "statements",
            "first",
            "last",
            "org",
            "role",
            "sentence",
            "documents",
        ],
    );
    for edge in edges(graph) {
        row(
            &mut out,
            &[
                &graph.entities()[edge.from].id,
                &graph.entities()[edge.to].id,
                "Directed",
                &edge.at.to_string(),
                chinese_name(edge.fact.predicate.name()),
                edge.fact.predicate.name(),
                &edge.fact.origins.to_string(),
                &edge.fact.statements.len().to_string(),
                edge.days.0.unwrap_or(""),
                edge.days.1.unwrap_or(""),
                words(edge.fact.org.as_ref()),
                words(edge.fact.role.as_ref()),
                edge.sentence,
                &edge.documents.join("；"),
            ],
        );
    }
    out
}

/// Every stated fact, those about dates, figures and quotations too, by name, with its sentence.
pub fn facts_csv(graph: &Graph, bom: bool) -> String {
    let mut out = begin(
        bom,
        &[
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
            &[
                &subject.name,
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

fn begin(bom: bool, columns: &[&str]) -> String {
    let mut out = String::from(if bom { "\u{feff}" } else { "" });
    row(&mut out, columns);
    out
}

fn row(out: &mut String, cells: &[&str]) {
    for (at, cell) in cells.iter().enumerate() {
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
