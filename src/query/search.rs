//! Finding entities by what they are called.

use std::collections::BTreeSet;

use crate::error::{Error, Result};
use crate::rdf::iri;
use crate::store::Store;

/// Most entities that one part of a name may stand for.
const MOST: usize = 50;

/// The IRIs of the entities of those types (all, where none is given) that bear a name or alias; where
/// none bears it whole, those whose name contains it. Quotes, dashes and blanks are not compared.
pub(super) fn entities(store: &Store, name: &str, kinds: &[String]) -> Result<Vec<String>> {
    let of_kind = |iri: &str| {
        kinds.is_empty()
            || kinds
                .iter()
                .any(|kind| iri.strip_prefix(store.base()).is_some_and(|r| r.starts_with(&format!("{kind}/"))))
    };
    let wanted = plain(name);
    let labels: Vec<(String, String)> = store
        .labels()?
        .into_iter()
        .filter(|(_, iri)| of_kind(iri) && !iri.starts_with(&format!("{}figure/", store.base())))
        .map(|(label, iri)| (plain(&label), iri))
        .collect();
    let id = name.split_once('/').map(|_| iri::entity(store.base(), name));
    let exact: BTreeSet<&String> =
        labels.iter().filter(|(label, iri)| *label == wanted || Some(iri) == id.as_ref()).map(|(_, iri)| iri).collect();
    if !exact.is_empty() {
        return Ok(exact.into_iter().cloned().collect());
    }
    let part: BTreeSet<&String> =
        labels.iter().filter(|(label, _)| !wanted.is_empty() && label.contains(&wanted)).map(|(_, iri)| iri).collect();
    match part.len() {
        0 => Err(unknown(name, &wanted, &labels)),
        1..=MOST => Ok(part.into_iter().cloned().collect()),
        count => Err(Error::new(format!("{count} names contain {name}")).with_help("give more of the name")),
    }
}

/// What names are compared by.
fn plain(name: &str) -> String {
    let dropped = |c: char| c.is_whitespace() || matches!(c, '\u{2010}'..='\u{201f}' | '"' | '《' | '》' | '「' | '」');
    name.chars().filter(|c| !dropped(*c)).collect()
}

fn unknown(name: &str, wanted: &str, labels: &[(String, String)]) -> Error {
    let chars: BTreeSet<char> = wanted.chars().collect();
    let mut near: Vec<(usize, usize, &str)> = labels
        .iter()
        .map(|(label, _)| {
            let shared = chars.iter().filter(|c| label.contains(**c)).count();
            (usize::MAX - shared, label.chars().count(), label.as_str())
        })
        .filter(|(rest, _, _)| (usize::MAX - rest) * 2 >= chars.len().max(2))
        .collect();
    near.sort_unstable();
    near.dedup();
    let near: Vec<&str> = near.into_iter().map(|(_, _, label)| label).take(3).collect();
    let error = Error::new(format!("nothing in the graph is called {name}"));
    if near.is_empty() { error } else { error.with_help(format!("did you mean {}?", near.join(", "))) }
}
