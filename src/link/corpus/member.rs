//! One entity of one document with what the document says of it.

use std::collections::{BTreeMap, BTreeSet};

use super::super::abbreviation::units;
use super::super::entity::key;
use super::super::person::surname;
use crate::record::{EntityRecord, FactRecord, Record};
use crate::rule::linking::Linker;
use crate::schema::{Form, Predicate, Qualifier, Type};

/// One entity of one document.
pub(super) struct Member<'r> {
    /// Index of the document in the sorted list.
    pub doc: usize,
    pub entity: &'r EntityRecord,
    /// What names of one thing have in common.
    pub key: String,
    /// Of a person: everything else that tells who it is.
    pub person: Traits,
}

/// What a document says of a person.
#[derive(Default)]
pub(super) struct Traits {
    /// Posts and the keys of their bodies, with the time.
    pub posts: BTreeSet<(String, Option<String>, Option<String>)>,
    /// Keys of bodies.
    pub bodies: BTreeSet<String>,
    /// Keys of the bodies that those are units of.
    pub above: BTreeSet<String>,
    /// Years of birth that are stated, or follow from an age.
    pub birth: BTreeSet<i32>,
    /// Award and year.
    pub awards: BTreeSet<(String, String)>,
    /// Keys of the others named in the document.
    pub company: BTreeSet<String>,
    /// Titles that stand for the person.
    pub titles: BTreeSet<String>,
    /// Year of the document.
    pub year: Option<i32>,
}

/// The places of a document: the units its names stand in.
#[derive(Default, Clone)]
pub(super) struct Scope {
    /// The unit that the document names most, at each height of the chain that is clear.
    pub province: Option<usize>,
    pub district: Option<usize>,
    /// Every unit that it names for sure.
    pub named: Vec<usize>,
}

impl Scope {
    pub fn of(record: &Record, linker: &Linker) -> Scope {
        let gazetteer = &linker.places;
        let mut found: Vec<(Vec<usize>, usize)> = Vec::new();
        for entity in &record.entities {
            if matches!(entity.kind, Type::Place | Type::Organization) {
                let simple = linker.simple(&entity.name);
                let (heads, _) = gazetteer.prefixes(&simple);
                found.extend(heads.into_iter().map(|(units, _)| (units.to_vec(), entity.mentions.len())));
            }
        }
        let sure: Vec<usize> = found.iter().filter(|f| f.0.len() == 1).map(|f| f.0[0]).collect();
        let (mut provinces, mut districts): (BTreeMap<usize, usize>, BTreeMap<usize, usize>) = Default::default();
        let mut named = BTreeSet::new();
        for (units, count) in &found {
            let Some(unit) = gazetteer.pick(units, &sure) else { continue };
            named.insert(unit);
            let chain = gazetteer.chain(unit);
            if let Some(province) = chain.last() {
                *provinces.entry(*province).or_default() += count;
            }
            if chain.len() > 1 {
                *districts.entry(chain[chain.len() - 2]).or_default() += count;
            }
        }
        let most = |counts: BTreeMap<usize, usize>| {
            let mut ranked: Vec<(usize, usize)> = counts.into_iter().map(|(unit, count)| (count, unit)).collect();
            ranked.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
            match ranked.as_slice() {
                [only] => Some(only.1),
                [first, second, ..] if first.0 > second.0 => Some(first.1),
                _ => None,
            }
        };
        Scope { province: most(provinces), district: most(districts), named: named.into_iter().collect() }
    }
}

/// The first four digits of a day.
pub(super) fn year(day: &str) -> Option<i32> {
    let digits = day.get(..4)?;
    digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

impl<'r> Member<'r> {
    pub fn new(doc: usize, record: &'r Record, entity: &'r EntityRecord, linker: &Linker) -> Member<'r> {
        let person = match entity.kind {
            Type::Person => Traits::of(record, entity, linker),
            _ => Traits::default(),
        };
        Member { doc, entity, key: key(linker, entity.kind, &linker.simple(&entity.name)), person }
    }
}

impl Traits {
    fn of(record: &Record, entity: &EntityRecord, linker: &Linker) -> Traits {
        let mut out = Traits { year: record.date.as_deref().and_then(year), ..Traits::default() };
        let is = |id: &Option<String>, name: &str| match id {
            Some(id) => *id == entity.id,
            None => name == entity.name,
        };
        for fact in &record.facts {
            if is(&fact.subject_id, &fact.subject) {
                out.add(fact, linker);
            }
        }
        for &mention in &entity.mentions {
            if let Some(m) = record.mentions.get(mention)
                && m.form == Form::Title
            {
                out.titles.insert(linker.simple(&m.text));
            }
        }
        let others = record.entities.iter().filter(|e| e.kind == Type::Person && e.id != entity.id);
        out.company = others.map(|e| linker.simple(&e.name)).collect();
        out
    }

    fn add(&mut self, fact: &FactRecord, linker: &Linker) {
        let time = fact.qualifiers.get(&Qualifier::Time).cloned();
        let body = |name: &str| key(linker, Type::Organization, &linker.simple(name));
        let mut above = |name: &str| {
            let simple = linker.simple(name);
            self.above.extend(units(linker, &simple).into_iter().map(|unit| key(linker, Type::Organization, unit)));
        };
        match fact.predicate {
            Predicate::HoldsPosition => fact.qualifiers.get(&Qualifier::Org).into_iter().for_each(|org| above(org)),
            Predicate::MemberOf => above(&fact.object),
            _ => {}
        }
        match fact.predicate {
            Predicate::HoldsPosition => {
                let org = fact.qualifiers.get(&Qualifier::Org).map(|org| body(org));
                self.bodies.extend(org.clone());
                self.posts.insert((linker.simple(&fact.object), org, time));
            }
            Predicate::MemberOf => {
                self.bodies.insert(body(&fact.object));
            }
            Predicate::ReceivedAward => {
                let year = time.as_deref().and_then(|t| t.get(..4)).unwrap_or("").to_owned();
                self.awards.insert((super::super::name::plain(&linker.simple(&fact.object)), year));
            }
            Predicate::BornOn => self.birth.extend(year(&fact.object)),
            Predicate::AgeOf => {
                let age: Option<i32> = fact.object.split(' ').next().and_then(|n| n.parse().ok());
                let at = time.as_deref().and_then(year).or(self.year);
                // 岁 counted the one way or the other: the later of two years.
                self.birth.extend(age.zip(at).map(|(age, at)| at - age));
            }
            _ => {}
        }
    }
}

/// Whether a name is rare enough that two bearers in one province are hardly two: parts joined by ·, a surname of two
/// characters, or four characters and more.
pub(super) fn rare(name: &str) -> bool {
    name.contains(['·', '•', '・']) || name.chars().count() >= 4 || surname(name).chars().count() == 2
}
