//! What the text search looks in: the names of things and the sentences of statements.
//!
//! Beside a store on disk the indexes stand as files, made when it is loaded and changed with it; those of a
//! store in memory are made when they are first asked for.

use std::io;
use std::path::Path;
use std::sync::OnceLock;

use oxigraph::model::{GraphNameRef, NamedNodeRef, NamedOrBlankNode, Term};
use oxigraph::store as oxi;

use super::failed;
use super::text::TextIndex;
use crate::error::Result;
use crate::rdf;

pub(super) const LABEL: [&str; 2] =
    ["http://www.w3.org/2004/02/skos/core#prefLabel", "http://www.w3.org/2004/02/skos/core#altLabel"];
/// The files of the two indexes.
pub(super) const FILES: [&str; 2] = ["labels", "sentences"];

/// The indexes of one store.
pub(crate) struct Texts {
    store: oxi::Store,
    vocabulary: String,
    labels: OnceLock<TextIndex>,
    sentences: OnceLock<TextIndex>,
}

impl Texts {
    /// Of a store in memory.
    pub(super) fn new(store: oxi::Store, base: &str) -> Texts {
        let vocabulary = rdf::iri::vocabulary(base);
        Texts { store, vocabulary, labels: OnceLock::new(), sentences: OnceLock::new() }
    }

    /// Of a store on disk, from the files in `place`.
    pub(super) fn open(store: oxi::Store, base: &str, place: &Path) -> io::Result<Texts> {
        let texts = Texts::new(store, base);
        for (name, index) in FILES.into_iter().zip([&texts.labels, &texts.sentences]) {
            if let Some(found) = TextIndex::open(&place.join(name))? {
                index.get_or_init(|| found);
            }
        }
        Ok(texts)
    }

    /// Names and aliases of everything in the default graph, figures apart.
    pub(crate) fn labels(&self) -> Result<&TextIndex> {
        indexed(&self.labels, || {
            let mut texts = self.read(LABEL[0], true)?;
            texts.extend(self.read(LABEL[1], true)?);
            texts.retain(|(_, iri)| !is_figure(iri));
            Ok(texts)
        })
    }

    /// The sentences of all statements.
    pub(crate) fn sentences(&self) -> Result<&TextIndex> {
        indexed(&self.sentences, || self.read(&self.sentence(), false))
    }

    /// The IRI of the property that leads from a statement to its sentence.
    pub(crate) fn sentence(&self) -> String {
        format!("{}sentence", self.vocabulary)
    }

    /// The words of a property, each with its subject.
    fn read(&self, property: &str, default_graph: bool) -> Result<Vec<(String, String)>> {
        let property = NamedNodeRef::new(property).map_err(failed)?;
        let graph = default_graph.then_some(GraphNameRef::DefaultGraph);
        let mut texts = Vec::new();
        for quad in self.store.quads_for_pattern(None, Some(property), None, graph) {
            let quad = quad.map_err(failed)?;
            if let (Term::Literal(text), NamedOrBlankNode::NamedNode(node)) = (quad.object, quad.subject) {
                texts.push((text.value().to_owned(), node.into_string()));
            }
        }
        Ok(texts)
    }
}

/// The index in `place`, made where there is none yet.
fn indexed(place: &OnceLock<TextIndex>, texts: impl FnOnce() -> Result<Vec<(String, String)>>) -> Result<&TextIndex> {
    if let Some(index) = place.get() {
        return Ok(index);
    }
    let index = TextIndex::new(texts()?).map_err(failed)?;
    Ok(place.get_or_init(|| index))
}

/// Whether an IRI is that of a figure, whose label nobody searches.
pub(super) fn is_figure(iri: &str) -> bool {
    iri.rsplit_once('/').is_some_and(|(front, _)| front.ends_with("/figure"))
}
