//! Document in, record out: the one function that runs every stage.

use crate::document::Document;
use crate::record::Record;
use crate::rule::RuleSet;

/// Reads one document. Pure and total: no I/O, no clock, no randomness, no panic on any text.
pub fn extract(doc: &Document, _rules: &RuleSet) -> Record {
    Record {
        doc: doc.id.clone(),
        sha256: doc.sha256.clone(),
        length: doc.view.source().chars().count(),
        date: doc.date.clone(),
        date_source: None,
        articles: Vec::new(),
        mentions: Vec::new(),
        entities: Vec::new(),
        facts: Vec::new(),
    }
}
