//! The graph as RDF: IRIs, the vocabulary, and the mapping to quads.
//!
//! The default graph describes each entity once and holds one triple for each distinct stated fact. Each
//! document has a named graph with its metadata and one lean node for each statement; where the graph carries
//! the mentions of its texts ([`crate::graph::Builder::with_marks`]), they stand there too. The `run` graph
//! says with PROV which rules read which bytes; nothing in it depends on the clock.

mod annotated;
mod figure;
pub mod iri;
mod lines;
mod map;
mod nif;
mod ontology;
mod part;
mod short;

use std::collections::BTreeMap;
use std::io::Write;

use crate::error::{Error, Result};
use crate::graph::Graph;

pub use annotated::write_annotated;
pub use iri::{BASE, check_base, prefixes};
#[cfg(any(feature = "disk", test))]
pub(crate) use lines::literal_of;
pub(crate) use lines::{graph_of, line_hash};
pub use map::Counts;
pub use ontology::{chinese_name, chinese_type, ontology};
pub use part::{document_lines, repeats_line, rule_lines, thing_lines, unit_lines};
pub(crate) use short::Shortener;

/// How the graph is written.
#[derive(Debug, Clone)]
pub struct Options {
    /// What IRIs begin with; see [`check_base`].
    pub base: String,
    /// Hash of the rules that made the records; empty where unknown.
    pub rules: String,
    /// Versions of single rules by id, where known: hashes of what they say.
    pub rule_versions: BTreeMap<String, String>,
}

impl Default for Options {
    fn default() -> Self {
        Options { base: BASE.to_owned(), rules: String::new(), rule_versions: BTreeMap::new() }
    }
}

/// Writes the graph as canonical N-Quads: one statement a line, lines sorted, none twice. The same graph
/// and options give the same bytes.
pub fn write_nquads(graph: &Graph, options: &Options, out: &mut impl Write) -> Result<Counts> {
    let (lines, counts, _) = nquads(graph, options);
    let failed = |error: std::io::Error| Error::io("write the graph", &error);
    for line in lines {
        out.write_all(line.as_bytes()).map_err(failed)?;
    }
    out.flush().map_err(failed)?;
    Ok(counts)
}

/// The lines of canonical N-Quads, and the hash of each line of the default graph that comes from statements, as often
/// as it is said.
pub(crate) fn nquads(graph: &Graph, options: &Options) -> (Vec<String>, Counts, Vec<u64>) {
    map::quads(graph, options)
}
