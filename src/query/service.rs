//! Text search inside a query: `SERVICE zhitu:search { ?it rdfs:label "words" }`.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use oxigraph::model::{NamedNode, Variable};
use oxigraph::sparql::{QuerySolutionIter, ServiceHandler};
use oxiri::Iri;
use spargebra::algebra::GraphPattern;
use spargebra::term::{NamedNodePattern, TermPattern};

use crate::error::Error;
use crate::store::{Texts, failed};

/// Answers patterns of one triple: `?it rdfs:label "words"` finds entities whose name or alias holds the
/// words, `?fact zhitu:sentence "words"` statements whose sentence does.
pub(super) struct Search {
    /// What is searched.
    pub(super) texts: Arc<Texts>,
}

/// Why the search does not answer.
#[derive(Debug)]
pub(super) enum Refused {
    /// A pattern that it does not understand.
    NotUnderstood,
    /// The index cannot be read.
    Unreadable(Error),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::NotUnderstood => f.write_str(
                "SERVICE zhitu:search takes one pattern: { ?it rdfs:label \"words\" } or { ?fact zhitu:sentence \"words\" }",
            ),
            Refused::Unreadable(error) => write!(f, "the index of the text search cannot be read: {error}"),
        }
    }
}

impl std::error::Error for Refused {}

impl ServiceHandler for Search {
    type Error = Refused;

    fn handle(&self, pattern: &GraphPattern, _: Option<&Iri<String>>) -> Result<QuerySolutionIter<'static>, Refused> {
        let (subject, predicate, words) = understand(pattern).ok_or(Refused::NotUnderstood)?;
        let index = if predicate == self.texts.sentence() {
            self.texts.sentences()
        } else if predicate == "http://www.w3.org/2000/01/rdf-schema#label" {
            self.texts.labels()
        } else {
            return Err(Refused::NotUnderstood);
        };
        let found = index.and_then(|index| index.holding(&words).map_err(failed)).map_err(Refused::Unreadable)?;
        let mut seen = BTreeSet::new();
        let found = found.into_iter().map(|(_, iri)| iri).filter(|iri| seen.insert(iri.clone()));
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
