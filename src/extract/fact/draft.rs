//! Facts as they are gathered: each said once, of the right kinds of things, in the order of the text.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::scene::Scene;
use super::trace::Trace;
use crate::fact::{Fact, Term};
use crate::schema::{Predicate, Qualifier, Type};

/// The facts found so far.
pub struct Draft<'a> {
    scene: &'a Scene<'a>,
    facts: Vec<Fact>,
    /// For each fact, how it was found.
    traces: Vec<Trace>,
    /// By subject, predicate, object, body and role.
    seen: FxHashMap<(String, Predicate, String, String, String), usize>,
    /// How many facts name each mention as object or qualifier.
    uses: Vec<u32>,
}

impl<'a> Draft<'a> {
    /// None yet.
    pub fn new(scene: &'a Scene<'a>) -> Self {
        let uses = vec![0; scene.mentions.len()];
        Draft { scene, facts: Vec::new(), traces: Vec::new(), seen: FxHashMap::default(), uses }
    }

    /// The name of a term.
    pub fn name<'t>(&'t self, term: &'t Term) -> &'t str {
        match term {
            Term::Mention(index) => self.scene.name(*index),
            Term::Text(text) => text,
        }
    }

    /// The names of subject and object.
    fn names<'t>(&'t self, fact: &'t Fact) -> (&'t str, &'t str) {
        (self.name(&fact.subject), self.name(&fact.object))
    }

    /// Adds a fact unless it is known; qualifiers that a known one lacks are added to it.
    pub fn add(&mut self, mut fact: Fact, trace: Trace) {
        let (subject, object) = (self.name(&fact.subject), self.name(&fact.object));
        if subject == object || subject.is_empty() || object.is_empty() || !self.fits(&fact) {
            return;
        }
        fact.qualifiers.sort_by_key(|(qualifier, _)| *qualifier);
        fact.qualifiers.dedup_by_key(|(qualifier, _)| *qualifier);
        let cell = |fact: &Fact, wanted: Qualifier| {
            let found = fact.qualifiers.iter().find(|(qualifier, _)| *qualifier == wanted);
            found.map(|(_, term)| self.name(term)).unwrap_or_default().to_owned()
        };
        let (org, role) = (cell(&fact, Qualifier::Org), cell(&fact, Qualifier::Role));
        let key = (subject.to_owned(), fact.predicate, object.to_owned(), org, role);
        match self.seen.get(&key) {
            Some(&known) => {
                let open = |draft: &Self, term: &Term| draft.name(term).ends_with("/..");
                let definite =
                    fact.qualifiers.iter().find(|(q, term)| *q == Qualifier::Time && !open(self, term)).cloned();
                let vague =
                    self.facts[known].qualifiers.iter().position(|(q, term)| *q == Qualifier::Time && open(self, term));
                self.count(known, false);
                let kept = &mut self.traces[known];
                let merged = &mut self.facts[known];
                if merged.rule != fact.rule && !kept.also.contains(&fact.rule) {
                    kept.also.push(fact.rule);
                }
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
                self.traces.push(trace);
                self.count(self.facts.len() - 1, true);
            }
        }
    }

    /// Whether any fact names the mention as object or qualifier.
    pub fn used(&self, mention: usize) -> bool {
        self.uses.get(mention).is_some_and(|uses| *uses > 0)
    }

    /// Counts the mentions that a fact names as object or qualifier, in or out. How many of an honour somebody
    /// won is a figure of theirs, too (36枚金牌), how often is none (二等功1次).
    fn count(&mut self, fact: usize, into: bool) {
        let fact = &self.facts[fact];
        let won = fact.predicate == Predicate::ReceivedAward;
        let scene = self.scene;
        let times = |term: &Term| matches!(term, Term::Mention(index) if scene.name(*index).ends_with(" 次"));
        let counts = |(qualifier, term): &&(Qualifier, Term)| !(won && *qualifier == Qualifier::Count && !times(term));
        let qualifiers = fact.qualifiers.iter().filter(counts);
        for term in std::iter::once(&fact.object).chain(qualifiers.map(|(_, term)| term)) {
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

    /// The facts in the order of their evidence, each with how it was found. A post without its body that is said
    /// elsewhere with one is left out, and a day that is said elsewhere more closely (founded 1925, and 1925-05).
    pub fn finish(mut self) -> Vec<(Fact, Trace)> {
        let facts: Vec<(Fact, Trace)> =
            std::mem::take(&mut self.facts).into_iter().zip(std::mem::take(&mut self.traces)).collect();
        let post = |fact: &Fact| fact.predicate == Predicate::HoldsPosition;
        let org = |fact: &Fact| fact.qualifiers.iter().any(|(qualifier, _)| *qualifier == Qualifier::Org);
        let once = |fact: &Fact| matches!(fact.predicate, Predicate::Founded | Predicate::BornOn | Predicate::DiedOn);
        let all = || facts.iter().map(|(fact, _)| fact);
        let full: BTreeSet<(&str, &str)> =
            all().filter(|fact| post(fact) && org(fact)).map(|fact| self.names(fact)).collect();
        let mut closer: BTreeSet<(&str, Predicate, &str)> = BTreeSet::new();
        for fact in all().filter(|fact| once(fact)) {
            let (subject, day) = self.names(fact);
            for (at, _) in day.match_indices('-') {
                closer.insert((subject, fact.predicate, &day[..at]));
            }
        }
        let weaker = |fact: &Fact| {
            let (subject, object) = self.names(fact);
            post(fact) && !org(fact) && full.contains(&(subject, object))
                || once(fact) && closer.contains(&(subject, fact.predicate, object))
        };
        let keep: Vec<bool> = facts.iter().map(|(fact, _)| !weaker(fact)).collect();
        let kept = facts.into_iter().zip(keep).filter(|(_, keep)| *keep);
        let mut facts: Vec<(Fact, Trace)> = kept.map(|(pair, _)| pair).collect();
        facts.sort_by_key(|(fact, _)| (fact.evidence.start, fact.evidence.end));
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
