//! The shortest paths between entities, over the facts of the default graph.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{GraphNameRef, NamedNode, NamedOrBlankNode, Term};

use crate::error::{Error, Result};
use crate::store::{Store, failed};

/// Longest path looked for, in facts.
const LONGEST: usize = 6;

/// A fact between two entities.
type Step = (String, String, String);

/// Rows `(step subject predicate object)` for a `VALUES` block: the facts on the shortest paths from any
/// of `from` to any of `to`, with the number of the step.
pub(super) fn rows(store: &Store, from: &[String], to: &[String]) -> Result<String> {
    let goal: BTreeSet<&String> = to.iter().collect();
    let mut level: BTreeSet<String> = from.iter().cloned().collect();
    let mut seen: BTreeMap<String, usize> = level.iter().map(|iri| (iri.clone(), 0)).collect();
    let mut steps: Vec<Vec<(String, String, Step)>> = Vec::new();
    while !level.iter().any(|iri| goal.contains(iri)) {
        if level.is_empty() || steps.len() >= LONGEST {
            return Err(Error::new(format!("no facts connect the two within {LONGEST} steps"))
                .with_help("ask for each of them with `about`"));
        }
        let (mut taken, mut next) = (Vec::new(), BTreeSet::new());
        for here in &level {
            for (there, step) in neighbours(store, here)? {
                if *seen.entry(there.clone()).or_insert(steps.len() + 1) == steps.len() + 1 {
                    taken.push((here.clone(), there.clone(), step));
                    next.insert(there);
                }
            }
        }
        steps.push(taken);
        level = next;
    }
    // Back from the goal: only what leads there stays.
    let mut wanted: BTreeSet<String> = level.into_iter().filter(|iri| goal.contains(iri)).collect();
    let mut rows = BTreeSet::new();
    for (at, taken) in steps.into_iter().enumerate().rev() {
        let leading: Vec<_> = taken.into_iter().filter(|(_, there, _)| wanted.contains(there)).collect();
        wanted = leading.iter().map(|(here, _, _)| here.clone()).collect();
        for (_, _, (subject, predicate, object)) in leading {
            rows.insert(format!("({} <{subject}> <{predicate}> <{object}>)", at + 1));
        }
    }
    Ok(rows.into_iter().collect::<Vec<_>>().join(" "))
}

/// The entities one fact away, in order.
fn neighbours(store: &Store, iri: &str) -> Result<BTreeSet<(String, Step)>> {
    let node = NamedNode::new(iri).map_err(failed)?;
    let graph = Some(GraphNameRef::DefaultGraph);
    let vocabulary = crate::rdf::iri::vocabulary(store.base());
    // Where a place lies is no sentence of any text.
    let within = format!("{vocabulary}within");
    let mut found = BTreeSet::new();
    let out = store.inner.quads_for_pattern(Some(node.as_ref().into()), None, None, graph);
    let back = store.inner.quads_for_pattern(None, None, Some(node.as_ref().into()), graph);
    for quad in out.chain(back) {
        let quad = quad.map_err(failed)?;
        if let (NamedOrBlankNode::NamedNode(subject), Term::NamedNode(object)) = (quad.subject, quad.object)
            && quad.predicate.as_str().starts_with(&vocabulary)
            && quad.predicate.as_str() != within
        {
            let other = if subject == node { &object } else { &subject };
            let step = (subject.as_str().to_owned(), quad.predicate.into_string(), object.as_str().to_owned());
            found.insert((other.as_str().to_owned(), step));
        }
    }
    Ok(found)
}
