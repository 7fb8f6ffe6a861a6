//! Finding entities by what they are called.

use std::collections::BTreeSet;

use crate::error::{Error, Result};
use crate::rdf::iri;
use crate::store::{Store, failed};

/// Most entities that one part of a name may stand for.
const MOST: usize = 50;

/// The IRIs of the entities of those types (all, where none is given) that bear a name or alias; where
/// none bears it whole, those whose name contains it. Quotes, dashes and blanks are not compared.
pub(super) fn entities(store: &Store, name: &str, kinds: &[String]) -> Result<Vec<String>> {
    let of_kind = |iri: &str| {
        let Some(rest) = iri.strip_prefix(store.base()) else { return false };
        kinds.is_empty() || rest.split_once('/').is_some_and(|(kind, _)| kinds.iter().any(|k| k == kind))
    };
    // An exact name needs no index.
    let mut found: BTreeSet<String> = store.called(name)?;
    if name.contains('/') {
        found.extend(store.described(&iri::entity(store.base(), name))?);
    }
    found.retain(|iri| of_kind(iri));
    if !found.is_empty() {
        return Ok(found.into_iter().collect());
    }
    let labels = store.texts.labels()?;
    found = labels.exact(name).map_err(failed)?.into_iter().filter(|iri| of_kind(iri)).collect();
    if found.is_empty() {
        let holding = labels.holding(name).map_err(failed)?;
        found = holding.into_iter().map(|(_, iri)| iri).filter(|iri| of_kind(iri)).collect();
    }
    match found.len() {
        0 => Err(unknown(name, &labels.near(name, 3).map_err(failed)?)),
        1..=MOST => Ok(found.into_iter().collect()),
        count => Err(Error::new(format!("{count} names contain {name}")).with_help("give more of the name")),
    }
}

fn unknown(name: &str, near: &[String]) -> Error {
    let error = Error::new(format!("nothing in the graph is called {name}"));
    if near.is_empty() { error } else { error.with_help(format!("did you mean {}?", near.join(", "))) }
}
