//! Facts as they are gathered: each said once, of the right kinds of things, in the order of the text.

use std::collections::{BTreeMap, BTreeSet};

use super::scene::Scene;
use crate::fact::{Fact, Term};
use crate::schema::{Predicate, Qualifier, Type};

/// The facts found so far.
pub struct Draft<'a> {
    scene: &'a Scene<'a>,
    facts: Vec<Fact>,
    /// By subject, predicate, object, body and role.
    seen: BTreeMap<(String, Predicate, String, String, String), usize>,
    /// How many facts name each mention as object or qualifier.
    uses: Vec<u32>,
}

impl<'a> Draft<'a> {
    /// None yet.
    pub fn new(scene: &'a Scene<'a>) -> Self {
        Draft { scene, facts: Vec::new(), seen: BTreeMap::new(), uses: vec![0; scene.mentions.len()] }
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
                self.count(known, false);
                let merged = &mut self.facts[known];
                if let (Some(definite), Some(vague)) = (definite, vague) {
                    merged.qualifiers[vague] = definite;
                }
                for (qualifier, term) in fact.qualifiers {
                    if !merged.qualifiers.iter().any(|(other, _)| *other == qualifier) {
                        merged.qualifiers.push((qualifier, term));
                    }
                }
                merged.qualifiers.sort_by_key(|(qualifier, _)| *qualifier);
                self.count(known, true);
            }
            None => {
                self.seen.insert(key, self.facts.len());
                self.facts.push(fact);
                self.count(self.facts.len() - 1, true);
            }
        }
    }

    /// Whether any fact names the mention as object or qualifier.
    pub fn used(&self, mention: usize) -> bool {
        self.uses.get(mention).is_some_and(|uses| *uses > 0)
    }

    /// Counts the mentions that a fact names as object or qualifier, in or out.
    fn count(&mut self, fact: usize, into: bool) {
        let fact = &self.facts[fact];
        for term in std::iter::once(&fact.object).chain(fact.qualifiers.iter().map(|(_, term)| term)) {
            if let Term::Mention(index) = term
                && let Some(uses) = self.uses.get_mut(*index)
            {
                *uses = if into { *uses + 1 } else { uses.saturating_sub(1) };
            }
        }
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

    /// The facts in the order of their evidence; a post without its body that is said elsewhere with one is left
    /// out.
    pub fn finish(mut self) -> Vec<Fact> {
        let mut facts = std::mem::take(&mut self.facts);
        let post = |fact: &&Fact| fact.predicate == Predicate::HoldsPosition;
        let org = |fact: &Fact| fact.qualifiers.iter().any(|(qualifier, _)| *qualifier == Qualifier::Org);
        let names = |fact: &Fact| (self.name(&fact.subject), self.name(&fact.object));
        let full: BTreeSet<(String, String)> = facts.iter().filter(post).filter(|fact| org(fact)).map(names).collect();
        facts.retain(|fact| !(post(&fact) && !org(fact) && full.contains(&names(fact))));
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
