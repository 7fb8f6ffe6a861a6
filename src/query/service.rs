//! Text search inside a query: `SERVICE zhitu:search { ?it rdfs:label "words" }`.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use oxigraph::model::{NamedNode, Variable};
use oxigraph::sparql::{QuerySolutionIter, ServiceHandler};
use oxiri::Iri;
use spargebra::algebra::GraphPattern;
use spargebra::term::{NamedNodePattern, TermPattern};

use crate::store::TextIndex;

/// Answers patterns of one triple: `?it rdfs:label "words"` finds entities whose name or alias holds the
/// words, `?fact zhitu:sentence "words"` statements whose sentence does.
pub(super) struct Search {
    /// Names and aliases.
    pub(super) labels: Arc<TextIndex>,
    /// Sentences of statements.
    pub(super) sentences: Arc<TextIndex>,
    /// IRI of `zhitu:sentence`.
    pub(super) sentence: String,
}

/// A pattern that the search does not understand.
#[derive(Debug)]
pub(super) struct NotUnderstood;

impl fmt::Display for NotUnderstood {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SERVICE zhitu:search takes one pattern: { ?it rdfs:label \"words\" } or { ?fact zhitu:sentence \"words\" }")
    }
}

impl std::error::Error for NotUnderstood {}

impl ServiceHandler for Search {
    type Error = NotUnderstood;

    fn handle(
        &self,
        pattern: &GraphPattern,
        _: Option<&Iri<String>>,
    ) -> Result<QuerySolutionIter<'static>, NotUnderstood> {
        let (subject, predicate, words) = understand(pattern).ok_or(NotUnderstood)?;
        let index = if predicate == self.sentence {
            Arc::clone(&self.sentences)
        } else if predicate == "http://www.w3.org/2000/01/rdf-schema#label" {
            Arc::clone(&self.labels)
        } else {
            return Err(NotUnderstood);
        };
        let mut seen = BTreeSet::new();
        let found = index.holding(&words).into_iter().map(|(_, iri)| iri).filter(|iri| seen.insert(*iri));
        let rows: Vec<_> = found.map(|iri| Ok(vec![Some(NamedNode::new_unchecked(iri).into())])).collect();
        Ok(QuerySolutionIter::from_tuples([subject].into(), rows))
    }
}

fn understand(pattern: &GraphPattern) -> Option<(Variable, &str, String)> {
    let GraphPattern::Bgp { patterns } = pattern else { return None };
    let [triple] = patterns.as_slice() else { return None };
    match (&triple.subject, &triple.predicate, &triple.object) {
        (TermPattern::Variable(it), NamedNodePattern::NamedNode(by), TermPattern::Literal(words)) => {
            Some((it.clone(), by.as_str(), words.value().to_owned()))
        }
        _ => None,
    }
}
