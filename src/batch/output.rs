//! The files that a build leaves, records apart: graph, vocabulary, drawing, summary.

use std::path::Path;

use super::build::{Options, Report};
use super::files::{self, Replacement};
use crate::error::Result;
use crate::graph::Graph;
use crate::rdf;
use crate::store::GRAPH_FILE;

const ONTOLOGY: &str = "ontology.ttl";

/// Whether the files that every build leaves are there.
pub fn is_whole(folder: &Path) -> bool {
    [GRAPH_FILE, ONTOLOGY, super::cache::RECORDS].iter().all(|name| folder.join(name).is_file())
}

/// Writes them, and counts what is in them.
pub fn write(graph: &Graph, options: &Options, report: &mut Report) -> Result<()> {
    let folder = &options.output;
    report.entities = graph.entities().len();
    report.statements = graph.statements().len();
    report.facts = graph.facts().len();
    let rdf = rdf::Options { base: options.base.clone(), rules: options.rules.clone(), ..rdf::Options::default() };
    let mut out = Replacement::begin(folder.join(GRAPH_FILE))?;
    report.quads = rdf::write_nquads(graph, &rdf, &mut out)?.quads;
    out.finish()?;
    files::write(&folder.join(ONTOLOGY), rdf::ontology(&options.base).as_bytes())?;
    report.files = [super::cache::RECORDS, GRAPH_FILE, ONTOLOGY].map(str::to_owned).to_vec();
    Ok(())
}
