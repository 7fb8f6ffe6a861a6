//! The store: an index over the graph file that answers queries.
//!
//! The durable truth is `graph.nq`; the store is loaded from it and lives in memory. Nothing outside
//! `rdf`, `store` and `query` sees what the store is made of.

mod delta;
mod digest;
#[cfg(feature = "disk")]
mod disk;
mod files;
pub mod folder;
mod keep;
#[cfg(feature = "disk")]
mod load;
mod parts;
mod segment;
mod splice;
mod syntax;
mod text;
#[cfg(any(feature = "disk", test))]
mod text_files;
#[cfg(any(feature = "disk", test))]
mod text_lines;
mod texts;
mod writer;

use std::collections::BTreeSet;
use std::io::{BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use oxigraph::io::{RdfFormat, RdfParser, RdfSerializer};
use oxigraph::model::{GraphName, GraphNameRef, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use oxigraph::store as oxi;

use crate::error::{Error, Result};
use crate::rdf;

pub use delta::Delta;
pub use digest::{Sum, stamp};
pub use files::{Replacement, cannot, write};
pub use keep::{compact, copy, size};
pub use parts::{Joined, Pages, bits};
pub use splice::{Damaged, Lines, Splice};
pub use syntax::Syntax;
pub(crate) use texts::Texts;
pub use writer::{Staged, Writer};

/// Name of the graph file below an output folder.
pub const GRAPH_FILE: &str = "graph.nq";

/// The graph of a build, ready to be asked.
pub struct Store {
    pub(crate) inner: oxi::Store,
    base: String,
    pub(crate) texts: Arc<Texts>,
}

impl Store {
    /// The store of the build in `folder`: the one on disk where there is one and this program can open it
    /// (see [`index`]), else its graph file is read into memory.
    pub fn load(folder: &Path) -> Result<Store> {
        let (state, file) = folder::open_file(folder, GRAPH_FILE)?;
        if let Some(inner) = state.and_then(|state| on_disk(folder, &state)) {
            let base = base_of(&inner.0)?;
            let (inner, place) = inner;
            // Damaged indexes are made again in memory; `zhitu store check` tells.
            let texts = Texts::open(inner.clone(), &base, &place);
            let texts = texts.unwrap_or_else(|_| Texts::new(inner.clone(), &base));
            return Ok(Store { inner, base, texts: Arc::new(texts) });
        }
        Store::from_nquads(BufReader::new(file)).map_err(|error| error.context(folder.join(GRAPH_FILE).display()))
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
        let texts = Arc::new(Texts::new(inner.clone(), &base));
        Ok(Store { inner, base, texts })
    }

    /// Changes the store of one graph file into that of another by what differs.
    pub fn follow(&mut self, delta: &Delta) -> Result<()> {
        self.texts = Arc::new(Texts::new(self.inner.clone(), &self.base));
        delta.apply(&self.inner, 0, &mut |_| Ok(()))
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

    /// The IRIs that have exactly this name or alias.
    pub(crate) fn called(&self, name: &str) -> Result<BTreeSet<String>> {
        let mut found = BTreeSet::new();
        let label = Term::from(Literal::new_language_tagged_literal_unchecked(name, "zh"));
        let graph = GraphNameRef::DefaultGraph;
        for quad in self.inner.quads_for_pattern(None, None, Some(label.as_ref()), Some(graph)) {
            let quad = quad.map_err(failed)?;
            if let (NamedOrBlankNode::NamedNode(node), true) =
                (quad.subject, quad.predicate.as_str().ends_with("Label"))
            {
                found.insert(node.into_string());
            }
        }
        Ok(found)
    }

    /// The IRI itself, where the default graph speaks of it.
    pub(crate) fn described(&self, iri: &str) -> Result<Option<String>> {
        let Ok(node) = NamedNodeRef::new(iri) else { return Ok(None) };
        let graph = Some(GraphNameRef::DefaultGraph);
        let first = self.inner.quads_for_pattern(Some(node.into()), None, None, graph).next();
        Ok(first.transpose().map_err(failed)?.map(|_| iri.to_owned()))
    }
}

/// Folder of the stores on disk below that of a build.
pub const INDEX: &str = "store";

/// Whether a build has a store on disk, which the next build is to follow.
pub fn has_index(folder: &Path) -> bool {
    folder.join(INDEX).is_dir()
}

/// Whether this program can make and open stores on disk: it was built with the feature `disk`.
pub const CAN_INDEX: bool = cfg!(feature = "disk");

/// Makes the store on disk of the graph that `writer` has staged, else of the one that stands: from the store of
/// the build before and what differs (`delta`, where it is known), or anew where `fresh` or much differs.
///
/// # Errors
/// Where it cannot be written, or this program was built without stores on disk.
pub fn index(writer: &Writer, delta: Option<&Delta>, fresh: bool) -> Result<()> {
    #[cfg(feature = "disk")]
    return disk::make(writer, delta, fresh);
    #[cfg(not(feature = "disk"))]
    {
        _ = (delta, fresh);
        let message = format!("{}: this zhitu was built without the store on disk", writer.folder().display());
        Err(Error::new(message)
            .with_help("build it with `cargo build --release --features disk`; the store in memory needs nothing"))
    }
}

/// What is wrong with the store on disk; `None` where there is none, or none that this program can open.
pub fn check_index(folder: &Path, state: &folder::State) -> Option<Vec<String>> {
    #[cfg(feature = "disk")]
    return disk::check(folder, state);
    #[cfg(not(feature = "disk"))]
    {
        _ = (folder, state);
        None
    }
}

fn on_disk(folder: &Path, state: &folder::State) -> Option<(oxi::Store, PathBuf)> {
    #[cfg(feature = "disk")]
    return disk::open(folder, state);
    #[cfg(not(feature = "disk"))]
    {
        _ = (folder, state);
        None
    }
}

/// What the program's own node in the run graph is.
const AGENT: &str = "http://www.w3.org/ns/prov#SoftwareAgent";

/// The base that the graph was written with.
fn base_of(store: &oxi::Store) -> Result<String> {
    let agent = NamedNodeRef::new(AGENT).map_err(failed)?;
    let mut bases = BTreeSet::new();
    for quad in store.quads_for_pattern(None, None, Some(agent.into()), None) {
        bases.extend(base_in(&quad.map_err(failed)?));
    }
    Ok(bases.pop_first().unwrap_or_else(|| rdf::BASE.to_owned()))
}

/// The base, where a quad tells it: the program's own node in the run graph ends it.
fn base_in(quad: &Quad) -> Option<String> {
    match (&quad.subject, &quad.object) {
        (NamedOrBlankNode::NamedNode(node), Term::NamedNode(kind)) if kind.as_str() == AGENT => {
            node.as_str().strip_suffix("run/zhitu").map(str::to_owned)
        }
        _ => None,
    }
}

pub(crate) fn failed(error: impl std::fmt::Display) -> Error {
    Error::new(format!("the store failed: {error}"))
}
