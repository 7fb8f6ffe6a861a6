//! The files that a build leaves, records apart: graph, vocabulary, drawing, summary.

use std::fs;
use std::path::Path;

use super::build::{Options, Report};
use super::cache::RECORDS;
use super::files::{self, Replacement};
use crate::error::Result;
use crate::export::{self, DotOptions, Image};
use crate::graph::Graph;
use crate::rdf;
use crate::store::GRAPH_FILE;

const ONTOLOGY: &str = "ontology.ttl";
const DOT: &str = "graph.dot";
const SVG: &str = "graph.svg";
const SUMMARY: &str = "summary.md";

/// Whether the files that every build leaves are there.
pub fn is_whole(folder: &Path) -> bool {
    [RECORDS, GRAPH_FILE, ONTOLOGY, DOT, SUMMARY].iter().all(|name| folder.join(name).is_file())
}

/// Writes them, and counts what is in them. The drawing is made where the `dot` program is installed.
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
    files::write(&folder.join(SUMMARY), export::summary(graph).as_bytes())?;
    let dot = export::dot(graph, &DotOptions::default());
    files::write(&folder.join(DOT), dot.as_bytes())?;
    report.files = [RECORDS, GRAPH_FILE, ONTOLOGY, DOT, SUMMARY].map(str::to_owned).to_vec();
    match export::render(&dot, Image::Svg) {
        Ok(svg) => {
            files::write(&folder.join(SVG), &svg)?;
            report.files.push(SVG.to_owned());
        }
        Err(error) => {
            // A drawing of an earlier graph would mislead.
            _ = fs::remove_file(folder.join(SVG));
            report.notes.push(format!("no {SVG}: {error}"));
        }
    }
    Ok(())
}
