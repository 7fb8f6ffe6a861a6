//! The store: an index over the graph file that answers queries.
//!
//! The durable truth is `graph.nq`; the store is loaded from it and lives in memory. Nothing outside
//! `rdf`, `store` and `query` sees what the store is made of.

mod syntax;

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::path::Path;

use oxigraph::io::{RdfFormat, RdfParser, RdfSerializer};
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, Quad, Term};
use oxigraph::store as oxi;

use crate::error::{Error, Result};
use crate::rdf;

pub use syntax::Syntax;

/// Name of the graph file below an output folder.
pub const GRAPH_FILE: &str = "graph.nq";

/// The graph of a build, ready to be asked.
pub struct Store {
    pub(crate) inner: oxi::Store,
    base: String,
}

impl Store {
    /// The store of the build in `folder`: reads its graph file.
    pub fn load(folder: &Path) -> Result<Store> {
        let path = folder.join(GRAPH_FILE);
        let file = File::open(&path).map_err(|error| {
            Error::new(format!("cannot read {}: {error}", path.display()))
                .with_help("make a build first (`zhitu build`), or name its folder with --store")
        })?;
        Store::from_nquads(BufReader::new(file)).map_err(|error| error.context(path.display()))
    }

    /// The store of a graph written by [`rdf::write_nquads`]. The vocabulary is loaded beside it, in the
    /// graph `<base>ontology`.
    pub fn from_nquads(reader: impl Read) -> Result<Store> {
        let inner = oxi::Store::new().map_err(failed)?;
        let mut loader = inner.bulk_loader();
        let parser = RdfParser::from_format(RdfFormat::NQuads).lenient();
        loader.load_from_reader(parser, reader).map_err(|error| {
            Error::new(format!("the graph file is damaged: {error}")).with_help("build it again with `zhitu build`")
        })?;
        loader.commit().map_err(failed)?;
        let base = base_of(&inner)?;
        let ontology = rdf::ontology(&base);
        let graph = NamedNode::new(format!("{base}ontology")).map_err(failed)?;
        let parser = RdfParser::from_format(RdfFormat::Turtle).with_default_graph(graph);
        inner.load_from_slice(parser, ontology.as_bytes()).map_err(failed)?;
        Ok(Store { inner, base })
    }

    /// What the IRIs of the build begin with.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// How many quads there are, the vocabulary included.
    pub fn len(&self) -> Result<usize> {
        self.inner.len().map_err(failed)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> Result<bool> {
        self.inner.is_empty().map_err(failed)
    }

    /// Writes what the build said (the vocabulary apart). Statements are sorted, so that the same build
    /// gives the same bytes. Syntaxes without graphs carry the default graph.
    pub fn export(&self, syntax: Syntax, out: &mut impl Write) -> Result<()> {
        let quads = self.sorted(syntax.has_graphs())?;
        let cannot = |error: std::io::Error| Error::new(format!("cannot write {}: {error}", syntax.name()));
        let mut serializer = RdfSerializer::from_format(syntax.format());
        if syntax.has_prefixes() {
            for (prefix, space) in rdf::prefixes(&self.base) {
                serializer = serializer.with_prefix(prefix, space).map_err(failed)?;
            }
        }
        let mut writer = serializer.for_writer(out);
        for quad in &quads {
            writer.serialize_quad(quad).map_err(cannot)?;
        }
        writer.finish().and_then(|out| out.flush()).map_err(cannot)
    }

    /// The quads in order of their text, the default graph first.
    fn sorted(&self, graphs: bool) -> Result<Vec<Quad>> {
        let ontology = GraphName::from(NamedNode::new(format!("{}ontology", self.base)).map_err(failed)?);
        let mut quads = Vec::new();
        for quad in &self.inner {
            let quad = quad.map_err(failed)?;
            if quad.graph_name != ontology && (graphs || quad.graph_name.is_default_graph()) {
                quads.push(quad);
            }
        }
        quads.sort_by_cached_key(|quad| {
            let graph = if quad.graph_name.is_default_graph() { String::new() } else { quad.graph_name.to_string() };
            (graph, quad.subject.to_string(), quad.predicate.to_string(), quad.object.to_string())
        });
        Ok(quads)
    }

    /// The labels in Chinese of everything in the default graph, each with its IRI, sorted.
    pub(crate) fn labels(&self) -> Result<BTreeSet<(String, String)>> {
        let mut labels = BTreeSet::new();
        for name in ["prefLabel", "altLabel"] {
            let property = format!("http://www.w3.org/2004/02/skos/core#{name}");
            let property = NamedNodeRef::new(&property).map_err(failed)?;
            let graph = oxigraph::model::GraphNameRef::DefaultGraph;
            for quad in self.inner.quads_for_pattern(None, Some(property), None, Some(graph)) {
                let quad = quad.map_err(failed)?;
                if let (Term::Literal(label), oxigraph::model::NamedOrBlankNode::NamedNode(node)) =
                    (quad.object, quad.subject)
                {
                    labels.insert((label.value().to_owned(), node.into_string()));
                }
            }
        }
        Ok(labels)
    }
}

/// The base that the graph was written with: the program's own node in the run graph ends it.
fn base_of(store: &oxi::Store) -> Result<String> {
    let agent = NamedNodeRef::new("http://www.w3.org/ns/prov#SoftwareAgent").map_err(failed)?;
    let mut bases = BTreeSet::new();
    for quad in store.quads_for_pattern(None, None, Some(agent.into()), None) {
        let subject = quad.map_err(failed)?.subject.to_string();
        if let Some(base) = subject.strip_prefix('<').and_then(|s| s.strip_suffix("run/zhitu>")) {
            bases.insert(base.to_owned());
        }
    }
    Ok(bases.pop_first().unwrap_or_else(|| rdf::BASE.to_owned()))
}

pub(crate) fn failed(error: impl std::fmt::Display) -> Error {
    Error::new(format!("the store failed: {error}"))
}
