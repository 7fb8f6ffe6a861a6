//! Statements that cannot be true together. Nothing is thrown away: they are listed.

use std::collections::BTreeSet;

use super::{Fact, Graph, Object};
use crate::schema::Predicate;

impl Graph {
    /// Pairs of facts, by index, that cannot both be so: two dates of birth, death or founding without a
    /// day in common, or two places of birth or death of which neither lies in the other.
    pub fn conflicts(&self) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        let once = |fact: &Fact| {
            use Predicate as P;
            matches!(fact.predicate, P::BornOn | P::DiedOn | P::Founded | P::BornIn | P::DiedIn)
        };
        for (at, fact) in self.facts.iter().enumerate().filter(|(_, fact)| once(fact)) {
            let others = self.facts[at + 1..].iter().enumerate();
            let same = |other: &Fact| other.subject == fact.subject && other.predicate == fact.predicate;
            for (step, other) in others.take_while(|(_, other)| same(other)) {
                if self.differ(fact, other) {
                    pairs.push((at, at + 1 + step));
                }
            }
        }
        pairs
    }

    fn differ(&self, one: &Fact, other: &Fact) -> bool {
        match (&one.object, &other.object) {
            (Object::Entity(a), Object::Entity(b)) => a != b && !self.lies_in(*a, *b) && !self.lies_in(*b, *a),
            (Object::Date(_), Object::Date(_)) => match (self.days_of(one), self.days_of(other)) {
                ((Some(first), Some(last)), (Some(from), Some(to))) => last < from || to < first,
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether a place lies in another one: by its facts, or because its name says so (湖南长沙).
    fn lies_in(&self, place: usize, region: usize) -> bool {
        let (inner, outer) = (&self.entities[place].name, &self.entities[region].name);
        if inner.contains(outer.as_str()) || outer.contains(inner.as_str()) {
            return true;
        }
        let (mut seen, mut todo) = (BTreeSet::from([place]), vec![place]);
        while let Some(at) = todo.pop() {
            for fact in &self.facts[self.facts_of(at)] {
                if let (Predicate::LocatedIn, Object::Entity(next)) = (fact.predicate, &fact.object)
                    && seen.insert(*next)
                {
                    todo.push(*next);
                }
            }
        }
        seen.contains(&region)
    }
}
