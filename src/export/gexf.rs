//! GEXF: for Gephi.

use std::fmt::Write as _;

use super::markup::xml;
use super::style::fill;
use super::table::{EDGE, NODE, edge_cells, edges, node_cells};
use crate::graph::Graph;
use crate::rdf::chinese_name;

/// The graph in GEXF 1.3. It is static on purpose: dates are attributes, since a timeline makes viewers
/// hide everything undated.
pub fn gexf(graph: &Graph) -> String {
    let analytics = graph.analytics();
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" version=\"1.3\">\n  \
         <meta><creator>zhitu</creator><description>知图</description></meta>\n  \
         <graph defaultedgetype=\"directed\" mode=\"static\">\n",
    );
    for (class, keys) in [("node", NODE.as_slice()), ("edge", &EDGE)] {
        let _ = writeln!(out, "    <attributes class=\"{class}\">");
        for (at, (name, kind)) in keys.iter().enumerate() {
            let kind = if *kind == "int" { "integer" } else { kind };
            let _ = writeln!(out, "      <attribute id=\"{at}\" title=\"{name}\" type=\"{kind}\"/>");
        }
        out.push_str("    </attributes>\n");
    }
    out.push_str("    <nodes>\n");
    let largest = analytics.degree.iter().copied().max().unwrap_or(0).max(1) as f64;
    for (at, entity) in graph.entities().iter().enumerate() {
        let _ = write!(out, "      <node id=\"{}\" label=\"{}\"><attvalues>", xml(&entity.id), xml(&entity.name));
        values(&mut out, node_cells(graph, &analytics, at).iter().map(String::as_str));
        let (r, g, b) = rgb(fill(entity.kind));
        let size = 6.0 + 24.0 * (analytics.degree[at] as f64 / largest).sqrt();
        let _ = writeln!(
            out,
            "</attvalues><viz:size value=\"{size:.1}\"/><viz:color r=\"{r}\" g=\"{g}\" b=\"{b}\"/></node>"
        );
    }
    out.push_str("    </nodes>\n    <edges>\n");
    for edge in edges(graph) {
        let (from, to) = (&graph.entities()[edge.from].id, &graph.entities()[edge.to].id);
        let _ = write!(
            out,
            "      <edge id=\"{}\" source=\"{}\" target=\"{}\" kind=\"{}\" label=\"{}\" weight=\"{}\"><attvalues>",
            edge.at,
            xml(from),
            xml(to),
            edge.fact.predicate.name(),
            xml(chinese_name(edge.fact.predicate.name())),
            edge.fact.origins
        );
        values(&mut out, edge_cells(&edge).iter().map(|cell| &**cell));
        out.push_str("</attvalues></edge>\n");
    }
    out.push_str("    </edges>\n  </graph>\n</gexf>\n");
    out
}

fn values<'a>(out: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (at, cell) in cells.enumerate().filter(|(_, cell)| !cell.is_empty()) {
        let _ = write!(out, "<attvalue for=\"{at}\" value=\"{}\"/>", xml(cell));
    }
}

/// The parts of `#rrggbb`.
fn rgb(color: &str) -> (u8, u8, u8) {
    let part = |at: usize| color.get(at..at + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok()).unwrap_or(200);
    (part(1), part(3), part(5))
}
