//! GraphML: for yEd, Gephi, Cytoscape, networkx.

use std::fmt::Write as _;

use super::markup::xml;
use super::table::{EDGE, NODE, edge_cells, edges, node_cells};
use crate::graph::Graph;
use crate::rdf::chinese_name;

/// The graph in GraphML 1.0. The weight of an edge is the number of independent origins.
pub fn graphml(graph: &Graph) -> String {
    let analytics = graph.analytics();
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n",
    );
    let own = [("node", "label", "string"), ("edge", "label", "string"), ("edge", "weight", "double")];
    let nodes = NODE.iter().map(|(name, kind)| ("node", *name, *kind));
    let links = EDGE.iter().map(|(name, kind)| ("edge", *name, *kind));
    for (place, name, kind) in own.into_iter().chain(nodes).chain(links) {
        let _ =
            writeln!(out, "  <key id=\"{place}_{name}\" for=\"{place}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>");
    }
    out.push_str("  <graph id=\"zhitu\" edgedefault=\"directed\">\n");
    for (at, entity) in graph.entities().iter().enumerate() {
        let _ = writeln!(out, "    <node id=\"{}\">", xml(&entity.id));
        data(&mut out, "node", [("label", &*entity.name)]);
        let cells = node_cells(graph, &analytics, at);
        data(&mut out, "node", NODE.iter().map(|(name, _)| *name).zip(cells.iter().map(String::as_str)));
        out.push_str("    </node>\n");
    }
    for edge in edges(graph) {
        let (from, to) = (&graph.entities()[edge.from].id, &graph.entities()[edge.to].id);
        let _ = writeln!(out, "    <edge id=\"e{}\" source=\"{}\" target=\"{}\">", edge.at, xml(from), xml(to));
        let (label, weight) = (chinese_name(edge.fact.predicate.name()), edge.fact.origins.to_string());
        data(&mut out, "edge", [("label", label), ("weight", &weight)]);
        let cells = edge_cells(&edge);
        data(&mut out, "edge", EDGE.iter().map(|(name, _)| *name).zip(cells.iter().map(|cell| &**cell)));
        out.push_str("    </edge>\n");
    }
    out.push_str("  </graph>\n</graphml>\n");
    out
}

/// Data elements; empty ones are left out.
fn data<'a>(out: &mut String, place: &str, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) {
    for (name, value) in pairs.into_iter().filter(|(_, value)| !value.is_empty()) {
        let _ = writeln!(out, "      <data key=\"{place}_{name}\">{}</data>", xml(value));
    }
}
