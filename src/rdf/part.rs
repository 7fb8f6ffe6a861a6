//! The lines of parts of a graph, for builds that change a graph file instead of writing it anew.

use super::Options;
use super::map::Mapping;
use crate::graph::Graph;
use crate::link::Unit;

/// What is said of the things of a graph, and why they are one thing or several.
pub fn thing_lines(graph: &Graph, options: &Options) -> Vec<String> {
    let mut mapping = Mapping::new(graph, options);
    mapping.entities();
    mapping.identities();
    mapping.lines.unsorted()
}

/// What the documents of a graph are and say, each line as often as it is said, and how they were read. The things
/// they name are described elsewhere.
pub fn document_lines(graph: &Graph, options: &Options) -> Vec<String> {
    let mut mapping = Mapping::new(graph, options);
    mapping.entities();
    mapping.lines = Default::default();
    mapping.documents();
    graph.sources().iter().for_each(|source| mapping.activity(source));
    mapping.lines.unsorted()
}

/// That one document prints the text of another.
pub fn repeats_line(doc: &str, origin: &str, options: &Options) -> String {
    let graph = Graph::default();
    let mut mapping = Mapping::new(&graph, options);
    let (doc, origin) = (mapping.document(doc), mapping.document(origin));
    let property = mapping.own("repeats");
    mapping.lines.put(&doc, &property, &origin, &doc);
    mapping.lines.unsorted().concat()
}

/// What is said of an administrative unit; of one that texts name themselves less.
pub fn unit_lines(id: &str, unit: &Unit, named: bool, options: &Options) -> Vec<String> {
    let graph = Graph::default();
    let mut mapping = Mapping::new(&graph, options);
    mapping.unit(id, unit, named);
    mapping.lines.unsorted()
}

/// What is said of a rule that made statements.
pub fn rule_lines(id: &str, options: &Options) -> Vec<String> {
    let graph = Graph::default();
    let mut mapping = Mapping::new(&graph, options);
    mapping.applied(id);
    mapping.lines.unsorted()
}
