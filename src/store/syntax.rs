//! The syntaxes of RDF that the store writes.

use oxigraph::io::{JsonLdProfileSet, RdfFormat};

/// A syntax of RDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// Turtle: the default graph.
    Turtle,
    /// N-Triples: the default graph.
    NTriples,
    /// RDF/XML: the default graph.
    RdfXml,
    /// TriG: all graphs.
    TriG,
    /// N-Quads: all graphs.
    NQuads,
    /// JSON-LD: all graphs.
    JsonLd,
}

impl Syntax {
    /// Every syntax.
    pub const ALL: &'static [Syntax] =
        &[Syntax::Turtle, Syntax::NTriples, Syntax::RdfXml, Syntax::TriG, Syntax::NQuads, Syntax::JsonLd];

    /// The name used on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Syntax::Turtle => "turtle",
            Syntax::NTriples => "ntriples",
            Syntax::RdfXml => "rdfxml",
            Syntax::TriG => "trig",
            Syntax::NQuads => "nquads",
            Syntax::JsonLd => "jsonld",
        }
    }

    /// The syntax of that name or file extension.
    pub fn from_name(name: &str) -> Option<Syntax> {
        let name = name.to_ascii_lowercase();
        Syntax::ALL.iter().copied().find(|s| s.name() == name || s.extension() == name)
    }

    /// The usual extension of files.
    pub const fn extension(self) -> &'static str {
        match self {
            Syntax::Turtle => "ttl",
            Syntax::NTriples => "nt",
            Syntax::RdfXml => "rdf",
            Syntax::TriG => "trig",
            Syntax::NQuads => "nq",
            Syntax::JsonLd => "jsonld",
        }
    }

    /// Whether it can name graphs.
    pub const fn has_graphs(self) -> bool {
        matches!(self, Syntax::TriG | Syntax::NQuads | Syntax::JsonLd)
    }

    pub(super) const fn has_prefixes(self) -> bool {
        !matches!(self, Syntax::NTriples | Syntax::NQuads)
    }

    pub(crate) fn format(self) -> RdfFormat {
        match self {
            Syntax::Turtle => RdfFormat::Turtle,
            Syntax::NTriples => RdfFormat::NTriples,
            Syntax::RdfXml => RdfFormat::RdfXml,
            Syntax::TriG => RdfFormat::TriG,
            Syntax::NQuads => RdfFormat::NQuads,
            Syntax::JsonLd => RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() },
        }
    }
}
