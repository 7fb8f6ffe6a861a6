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
    let of_kind = |iri: &str| kinds.is_empty() || kind(store, iri).is_some_and(|kind| kinds.iter().any(|k| k == kind));
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
        0 => {
            let other: BTreeSet<String> = labels.exact(name).map_err(failed)?.into_iter().collect();
            let other: BTreeSet<&str> = other.iter().filter_map(|iri| kind(store, iri)).collect();
            Err(match other.is_empty() {
                true => unknown(name, &labels.near(name, 3).map_err(failed)?),
                false => of_another_kind(name, &other, kinds),
            })
        }
        1..=MOST => Ok(found.into_iter().collect()),
        count => Err(Error::new(format!("{count} names contain {name}")).with_help("give more of the name")),
    }
}

/// The type that the IRI of an entity names.
fn kind<'i>(store: &Store, iri: &'i str) -> Option<&'i str> {
    Some(iri.strip_prefix(store.base())?.split_once('/')?.0)
}

fn of_another_kind(name: &str, kinds: &BTreeSet<&str>, wanted: &[String]) -> Error {
    let kinds: Vec<&str> = kinds.iter().copied().collect();
    let wanted = wanted.join(" or ");
    Error::new(format!("{name} stands in the graph as {}, not as {wanted}", kinds.join(" and ")))
        .with_help(format!("give the name, or a part of the name, of a {wanted}"))
}

fn unknown(name: &str, near: &[String]) -> Error {
    let error = Error::new(format!("nothing in the graph is called {name}"));
    if near.is_empty() { error } else { error.with_help(format!("did you mean {}?", near.join(", "))) }
}
