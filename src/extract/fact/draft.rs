//! Facts as they are gathered: each said once, of the right kinds of things, in the order of the text.

use std::collections::BTreeMap;

use super::scene::Scene;
use crate::fact::{Fact, Term};
use crate::schema::{Predicate, Qualifier, Type};

/// The facts found so far.
pub struct Draft<'a> {
    scene: &'a Scene<'a>,
    facts: Vec<Fact>,
    /// By subject, predicate, object, body and role.
    seen: BTreeMap<(String, Predicate, String, String, String), usize>,
}

impl<'a> Draft<'a> {
    /// None yet.
    pub fn new(scene: &'a Scene<'a>) -> Self {
        Draft { scene, facts: Vec::new(), seen: BTreeMap::new() }
    }

    /// The name of a term.
    pub fn name(&self, term: &Term) -> String {
        match term {
            Term::Mention(index) => self.scene.name(*index),
            Term::Text(text) => text.clone(),
        }
    }

    /// Adds a fact unless it is known; qualifiers that a known one lacks are added to it.
    pub fn add(&mut self, mut fact: Fact) {
        let (subject, object) = (self.name(&fact.subject), self.name(&fact.object));
        if subject == object || subject.is_empty() || object.is_empty() || !self.fits(&fact) {
            return;
        }
        fact.qualifiers.sort_by_key(|(qualifier, _)| *qualifier);
        fact.qualifiers.dedup_by_key(|(qualifier, _)| *qualifier);
        let cell = |fact: &Fact, wanted: Qualifier| {
            let found = fact.qualifiers.iter().find(|(qualifier, _)| *qualifier == wanted);
            found.map(|(_, term)| self.name(term)).unwrap_or_default()
        };
        let key = (subject, fact.predicate, object, cell(&fact, Qualifier::Org), cell(&fact, Qualifier::Role));
        match self.seen.get(&key) {
            Some(&known) => {
                let open = |draft: &Self, term: &Term| draft.name(term).ends_with("/..");
                let definite =
                    fact.qualifiers.iter().find(|(q, term)| *q == Qualifier::Time && !open(self, term)).cloned();
                let vague =
                    self.facts[known].qualifiers.iter().position(|(q, term)| *q == Qualifier::Time && open(self, term));
                let known = &mut self.facts[known];
                if let (Some(definite), Some(vague)) = (definite, vague) {
                    known.qualifiers[vague] = definite;
                }
                for (qualifier, term) in fact.qualifiers {
                    if !known.qualifiers.iter().any(|(other, _)| *other == qualifier) {
                        known.qualifiers.push((qualifier, term));
                    }
                }
                known.qualifiers.sort_by_key(|(qualifier, _)| *qualifier);
            }
            None => {
                self.seen.insert(key, self.facts.len());
                self.facts.push(fact);
            }
        }
    }

    /// Whether any fact names the mention as object or qualifier.
    pub fn used(&self, mention: usize) -> bool {
        let term = Term::Mention(mention);
        self.facts.iter().any(|fact| fact.object == term || fact.qualifiers.iter().any(|(_, other)| *other == term))
    }

    fn fits(&self, fact: &Fact) -> bool {
        let kind = |term: &Term| match term {
            Term::Mention(index) => self.scene.mentions.get(*index).map(|mention| mention.kind),
            Term::Text(_) => None,
        };
        let age = fact.predicate != Predicate::AgeOf || self.name(&fact.object).ends_with('岁');
        // Lines run along places, nothing lies in them.
        let line = fact.predicate == Predicate::LocatedIn
            && self.name(&fact.object).ends_with(['线', '路', '江', '河', '桥', '铁']);
        age && !line
            && kind(&fact.subject).is_none_or(|kind| domain(fact.predicate).contains(&kind))
            && kind(&fact.object).is_none_or(|kind| range(fact.predicate).contains(&kind))
    }

    /// Whether the fact is a post without its body that is said elsewhere with one.
    fn is_weaker(&self, fact: &Fact) -> bool {
        let org = |fact: &Fact| fact.qualifiers.iter().any(|(qualifier, _)| *qualifier == Qualifier::Org);
        fact.predicate == Predicate::HoldsPosition
            && !org(fact)
            && self.facts.iter().any(|other| {
                other.predicate == Predicate::HoldsPosition
                    && org(other)
                    && self.name(&other.subject) == self.name(&fact.subject)
                    && self.name(&other.object) == self.name(&fact.object)
            })
    }

    /// The facts in the order of their evidence.
    pub fn finish(self) -> Vec<Fact> {
        let mut facts = self.facts.clone();
        facts.retain(|fact| !self.is_weaker(fact));
        facts.sort_by_key(|fact| (fact.evidence.start, fact.evidence.end));
        facts
    }
}

/// The types that a predicate is said of.
pub fn domain(predicate: Predicate) -> &'static [Type] {
    use Predicate as P;
    use Type::{Document, Event, Organization, Person, Place, Program};
    match predicate {
        P::ReceivedAward => &[Person, Organization, Program],
        P::ConfersAward => &[Organization, Event],
        P::AlsoKnownAs => &[Person, Organization, Place],
        P::Said => &[Person, Organization],
        P::PartOf | P::Founded | P::Issued => &[Organization],
        P::Runs => &[Organization, Place],
        P::LocatedIn => &[Organization, Place],
        P::HeldOn | P::HeldAt | P::OrganizedBy => &[Event],
        P::HasFigure => &[Person, Organization, Place, Program, Event, Document],
        _ => &[Person],
    }
}

/// The types that stand at the other end.
pub fn range(predicate: Predicate) -> &'static [Type] {
    use Predicate as P;
    use Type::{Award, Date, Document, Event, Figure, Formulation, Organization, Person, Place, Position, Program};
    match predicate {
        P::HoldsPosition => &[Position],
        P::MemberOf | P::PartOf | P::OrganizedBy => &[Organization],
        P::ReceivedAward | P::ConfersAward => &[Award],
        P::AlsoKnownAs => &[Person, Organization, Place, Document, Program, Event, Award, Formulation],
        P::Visited => &[Place, Organization],
        P::Attended => &[Event],
        P::Met => &[Person, Organization],
        P::Said => &[],
        P::RelatedTo => &[Person],
        P::BornIn | P::DiedIn | P::LocatedIn | P::HeldAt => &[Place],
        P::BornOn | P::DiedOn | P::Founded | P::HeldOn => &[Date],
        P::AgeOf | P::HasFigure => &[Figure],
        P::Issued => &[Document],
        P::Runs => &[Program],
    }
}
