//! GraphML: for yEd, Gephi, Cytoscape, networkx.

use std::fmt::Write as _;

use super::markup::xml;
use super::table::{edges, properties, rank, words};
use crate::graph::Graph;
use crate::rdf::chinese_name;

/// Attributes: where, name, type.
const KEYS: &[(&str, &str, &str)] = &[
    ("node", "label", "string"),
    ("node", "type", "string"),
    ("node", "aliases", "string"),
    ("node", "properties", "string"),
    ("node", "documents", "int"),
    ("node", "mentions", "int"),
    ("node", "degree", "int"),
    ("node", "pagerank", "double"),
    ("node", "component", "int"),
    ("node", "community", "int"),
    ("edge", "predicate", "string"),
    ("edge", "label", "string"),
    ("edge", "weight", "double"),
    ("edge", "statements", "int"),
    ("edge", "first", "string"),
    ("edge", "last", "string"),
    ("edge", "org", "string"),
    ("edge", "role", "string"),
    ("edge", "sentence", "string"),
    ("edge", "documents", "string"),
];

/// The graph in GraphML 1.0. The weight of an edge is the number of independent origins.
pub fn graphml(graph: &Graph) -> String {
    let analytics = graph.analytics();
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n",
    );
    for (place, name, kind) in KEYS {
        let _ =
            writeln!(out, "  <key id=\"{place}_{name}\" for=\"{place}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>");
    }
    out.push_str("  <graph id=\"zhitu\" edgedefault=\"directed\">\n");
    for (at, entity) in graph.entities().iter().enumerate() {
        let _ = writeln!(out, "    <node id=\"{}\">", xml(&entity.id));
        data(
            &mut out,
            "node",
            &[
                ("label", &entity.name),
                ("type", entity.kind.name()),
                ("aliases", &entity.aliases.join("；")),
                ("properties", &properties(graph, at)),
                ("documents", &entity.sources.len().to_string()),
                ("mentions", &entity.mentions.to_string()),
                ("degree", &analytics.degree[at].to_string()),
                ("pagerank", &rank(&analytics, at)),
                ("component", &analytics.component[at].to_string()),
                ("community", &analytics.community[at].to_string()),
            ],
        );
        out.push_str("    </node>\n");
    }
    for edge in edges(graph) {
        let (from, to) = (&graph.entities()[edge.from].id, &graph.entities()[edge.to].id);
        let _ = writeln!(out, "    <edge id=\"e{}\" source=\"{}\" target=\"{}\">", edge.at, xml(from), xml(to));
        data(
            &mut out,
            "edge",
            &[
                ("predicate", edge.fact.predicate.name()),
                ("label", chinese_name(edge.fact.predicate.name())),
                ("weight", &edge.fact.origins.to_string()),
                ("statements", &edge.fact.statements.len().to_string()),
                ("first", edge.days.0.unwrap_or("")),
                ("last", edge.days.1.unwrap_or("")),
                ("org", words(edge.fact.org.as_ref())),
                ("role", words(edge.fact.role.as_ref())),
                ("sentence", edge.sentence),
                ("documents", &edge.documents.join("；")),
            ],
        );
        out.push_str("    </edge>\n");
    }
    out.push_str("  </graph>\n</graphml>\n");
    out
}

/// Data elements; empty ones are left out.
fn data(out: &mut String, place: &str, pairs: &[(&str, &str)]) {
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        let _ = writeln!(out, "      <data key=\"{place}_{name}\">{}</data>", xml(value));
    }
}
