//! The files that a build leaves, records apart: graph, vocabulary, drawing, summary.

use std::io::Write;

use super::build::Report;
use super::cache::{QUOTES, RECORDS};
use super::identities::IDENTITIES;
use super::manifest::{self, Manifest};
use crate::error::{Error, Result};
use crate::export::{self, DotOptions, Image};
use crate::graph::Graph;
use crate::rdf;
use crate::store::folder::Stamp;
use crate::store::{self, GRAPH_FILE, Writer};

/// The vocabulary.
pub const ONTOLOGY: &str = "ontology.ttl";
pub const DOT: &str = "graph.dot";
pub const SVG: &str = "graph.svg";
pub const SUMMARY: &str = "summary.md";
/// What a run did.
pub const REPORT: &str = "report.json";

/// Whether the files of the last build are there, as long as they were written, and those that every build leaves
/// among them.
pub fn is_whole(writer: &Writer) -> bool {
    let Some(state) = writer.before() else { return false };
    let stands = |(name, written): (&String, &Stamp)| {
        writer.folder().join(name).metadata().is_ok_and(|now| now.len() == written.bytes)
    };
    let names = [RECORDS, QUOTES, IDENTITIES, GRAPH_FILE, ONTOLOGY, REPORT, manifest::FILE];
    names.into_iter().all(|name| state.has(name)) && state.files.iter().all(stands)
}

/// What a report calls files, of which those in parts are folders.
pub fn told(names: &[&str], large: bool) -> Vec<String> {
    let parts = |name: &&str| large && [RECORDS, GRAPH_FILE].contains(name);
    let folder = |name: &str| format!("{}/", name.rsplit_once('.').map_or(name, |(stem, _)| stem));
    names.iter().map(|name| if parts(name) { folder(name) } else { (*name).to_owned() }).collect()
}

/// How the graph of a build is written as RDF.
pub fn rdf_options(manifest: &Manifest) -> rdf::Options {
    rdf::Options {
        base: manifest.base.clone(),
        rules: manifest.rules.clone(),
        rule_versions: manifest.footprint.versions(),
    }
}

/// Stages them, and counts what is in them; gives what statements say in the default graph, in hashes. The drawing is
/// made where the `dot` program is installed; the graph of a large corpus stands in parts.
pub fn write(
    graph: &Graph,
    manifest: &Manifest,
    large: bool,
    writer: &mut Writer,
    report: &mut Report,
) -> Result<Vec<u64>> {
    report.entities = graph.entities().len();
    report.statements = graph.statements().len();
    report.facts = graph.facts().len();
    report.conflicts = graph.conflicts().len();
    let (lines, counts, said) = rdf::nquads(graph, &rdf_options(manifest));
    report.quads = counts.quads;
    let mut out = writer.lines(GRAPH_FILE, large.then(|| store::bits(counts.quads)))?;
    let mut lines = lines.into_iter();
    lines.try_for_each(|line| out.write_all(line.as_bytes())).map_err(|error| Error::io("write the graph", &error))?;
    out.finish()?;
    writer.write(ONTOLOGY, rdf::ontology(&manifest.base).as_bytes())?;
    writer.write(SUMMARY, export::summary(graph).as_bytes())?;
    let dot = export::dot(graph, &DotOptions::default());
    writer.write(DOT, dot.as_bytes())?;
    report.files = told(&[RECORDS, IDENTITIES, GRAPH_FILE, ONTOLOGY, DOT, SUMMARY], large);
    match export::render(&dot, Image::Svg) {
        Ok(svg) => {
            writer.write(SVG, &svg)?;
            report.files.push(SVG.to_owned());
        }
        // What is not staged again goes away: a drawing of an earlier graph would mislead.
        Err(error) => report.notes.push(format!("no {SVG}: {error}")),
    }
    Ok(said)
}
