//! Parts of the graph that stand for themselves: things without their documents, and what statements are counted by.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::{Entity, Graph, Object, Qualified, Statement, conflict};
use crate::link::{Corpus, Implied};
use crate::schema::{Predicate, Qualifier, Status};

/// The things of a corpus, or of a part of one that linking can tell from the rest, without documents; `implied` is
/// what only the facts of each document name.
pub fn things(corpus: &Corpus, implied: &BTreeMap<String, Vec<Implied>>) -> Graph {
    let mut entities: BTreeMap<String, Entity> = BTreeMap::new();
    for thing in &corpus.entities {
        let entity = Entity {
            id: thing.id.clone(),
            kind: thing.kind,
            name: thing.name.clone(),
            aliases: thing.aliases.iter().filter(|alias| !alias.is_empty()).cloned().collect(),
            chain: thing.chain.clone(),
            sources: Vec::new(),
            mentions: 1,
        };
        entities.insert(thing.id.clone(), entity);
    }
    // Of things that no record lists the names are counted: see `Builder::finish`.
    let mut counts: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for (id, kind, name) in implied.values().flatten() {
        let new = || Entity {
            id: id.clone(),
            kind: *kind,
            name: String::new(),
            aliases: Vec::new(),
            chain: Vec::new(),
            sources: Vec::new(),
            mentions: 0,
        };
        entities.entry(id.clone()).or_insert_with(new).aliases.push(name.clone());
        *counts.entry(id).or_default().entry(name).or_default() += 1;
    }
    for entity in entities.values_mut() {
        if let Some(names) = counts.get(entity.id.as_str()).filter(|_| entity.mentions == 0) {
            let best =
                names.iter().max_by_key(|(name, count)| (**count, name.chars().count(), std::cmp::Reverse(**name)));
            entity.name = best.map(|(name, _)| (*name).to_owned()).unwrap_or_default();
        }
        entity.aliases.sort();
        entity.aliases.dedup();
        entity.aliases.retain(|alias| *alias != entity.name);
    }
    let entities = entities.into_values().collect();
    Graph { entities, units: corpus.units.clone(), decisions: corpus.decisions.clone(), ..Graph::default() }
}

/// The hash of a few parts, the same on every machine.
pub fn mix(parts: &[&str]) -> u64 {
    let mut hasher = FxHasher::default();
    parts.hash(&mut hasher);
    hasher.finish()
}

impl Graph {
    /// What tells the fact that a stated statement says from all others.
    pub fn fact_hash(&self, statement: &Statement) -> Option<u64> {
        if statement.status != Status::Stated {
            return None;
        }
        let id = |at: usize| self.entities[at].id.as_str();
        let (sort, object) = match &statement.object {
            Object::Entity(at) => ("entity", id(*at)),
            Object::Date(text) => ("date", text.as_str()),
            Object::Figure(text) => ("figure", text.as_str()),
            Object::Text(text) => ("text", text.as_str()),
        };
        let mut parts = vec!["fact", id(statement.subject), statement.predicate.name(), sort, object];
        for name in [Qualifier::Org, Qualifier::Role] {
            if let Some(Qualified { text, entity }) = statement.qualifiers.get(&name) {
                parts.extend([name.name(), text, entity.map_or("", id)]);
            }
        }
        Some(mix(&parts))
    }

    /// Of a statement that may contradict others: what it is about, and what it says of that. Statements that
    /// contradict one another are about one thing and say different things; not all that do contradict one another.
    pub fn claim(&self, statement: &Statement) -> Option<(Claim, u64, u64)> {
        use Predicate as P;
        if statement.status != Status::Stated {
            return None;
        }
        let id = |at: usize| self.entities[at].id.as_str();
        let (subject, name) = (id(statement.subject), statement.predicate.name());
        let said = match &statement.object {
            Object::Entity(at) => id(*at),
            Object::Date(text) | Object::Figure(text) | Object::Text(text) => text,
        };
        match statement.predicate {
            P::BornOn | P::DiedOn | P::Founded => Some((Claim::Day, mix(&[name, subject]), mix(&[said]))),
            P::BornIn | P::DiedIn => Some((Claim::Place, mix(&[name, subject]), mix(&[said]))),
            P::LocatedIn => Some((Claim::Region, mix(&[name, subject]), mix(&[said]))),
            P::HoldsPosition => {
                let body = statement.qualifiers.get(&Qualifier::Org)?.entity?;
                let post = conflict::sole_post(said)?;
                self.held(statement).map(|_| (Claim::Post, mix(&[name, id(body), &post]), mix(&[subject])))
            }
            _ => None,
        }
    }

    /// The same with all that decides whether it does contradict another: the sort of claim, what it is about, the fact
    /// and the time of which it is said.
    pub fn claim_in_full(&self, statement: &Statement) -> Option<(Claim, u64, u64, u64)> {
        let (sort, subject, _) = self.claim(statement)?;
        let time = statement.period.as_ref().map_or("", |period| period.edtf.as_str());
        Some((sort, subject, self.fact_hash(statement)?, mix(&[time])))
    }
}

/// What a statement that may contradict others tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Claim {
    /// A date of birth, death or founding.
    Day,
    /// A place of birth or death.
    Place,
    /// Where a place lies.
    Region,
    /// Who holds a post that one person holds at a time.
    Post,
}
