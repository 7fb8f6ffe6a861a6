//! zhitu 知图 turns Chinese official text into a knowledge graph that people can trust.
//!
//! Documents are repaired and cut into sentences; rules run over them in stages and leave mentions,
//! then facts; linking turns mentions into entities; the corpus graph joins them; the graph goes as
//! RDF into a store that answers SPARQL. Modules stand in a total order: each uses only those before
//! it in the list below (a test enforces it).

pub mod batch;
pub mod cli;
pub mod document;
pub mod error;
pub mod eval;
pub mod export;
pub mod extract;
pub mod fact;
pub mod graph;
pub mod lexicon;
pub mod link;
pub mod mention;
pub mod pipeline;
pub mod query;
pub mod rdf;
pub mod record;
pub mod rule;
pub mod schema;
pub mod serve;
pub mod store;
pub mod text;
pub mod value;
