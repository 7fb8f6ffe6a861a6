//! `zhitu:list(?name)`: what a group holds as one cell. `GROUP_CONCAT` joins words in the order in which a store
//! happens to give them, which is another on disk than in memory.

use std::collections::BTreeSet;

use oxigraph::model::{Literal, NamedNode, Term};
use oxigraph::sparql::AggregateFunctionAccumulator;

use crate::error::Result;
use crate::rdf;
use crate::store::failed;

/// What stands between two of a list.
const BETWEEN: &str = "、";

/// The IRI of the function in a build with that base.
pub(super) fn name(base: &str) -> Result<NamedNode> {
    NamedNode::new(format!("{}list", rdf::iri::vocabulary(base))).map_err(failed)
}

/// The different words of a group, in order.
#[derive(Default)]
pub(super) struct List {
    words: BTreeSet<String>,
}

impl AggregateFunctionAccumulator for List {
    fn accumulate(&mut self, element: Term) {
        self.words.insert(match element {
            Term::Literal(words) => words.value().to_owned(),
            Term::NamedNode(node) => node.into_string(),
            other => other.to_string(),
        });
    }

    fn finish(&mut self) -> Option<Term> {
        let words: Vec<String> = std::mem::take(&mut self.words).into_iter().collect();
        Some(Literal::new_simple_literal(words.join(BETWEEN)).into())
    }
}
