//! The rdf module.
