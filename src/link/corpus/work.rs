//! Everything under work while a corpus is linked.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use super::DecisionKind;
use super::brief::{Brief, Member, Scope};
use super::groups::Groups;
use super::set::{Numbers, Set};
use crate::rule::linking::Linker;

/// A join or refusal by index of members.
pub(super) struct Finding {
    pub kind: DecisionKind,
    pub members: Vec<usize>,
    pub reason: String,
}

/// One document.
pub(super) struct Doc {
    pub name: String,
    pub date: Option<String>,
    pub scope: Scope,
    /// The persons that it names.
    pub persons: Set<u32>,
    /// First document of the group of reprints that holds it.
    pub origin: Option<usize>,
}

/// The persons that documents name, numbered in the order of their names.
pub(super) struct Persons {
    names: Vec<String>,
    /// Whether a holder of an office of the country bears the name.
    holders: Vec<bool>,
}

impl Persons {
    /// Numbers those of some documents; gives those of each.
    pub fn of(linker: &Linker, documents: &[Vec<&str>]) -> (Persons, Vec<Set<u32>>) {
        let numbers = Numbers::of(documents.iter().flatten().copied());
        let of_each = documents
            .iter()
            .map(|persons| Set::of(persons.iter().filter_map(|person| numbers.number(person))))
            .collect();
        let held: FxHashSet<&str> = linker.holders.iter().map(|holder| holder.person.as_str()).collect();
        let holders = numbers.keys().iter().map(|name| held.contains(name)).collect();
        let names = numbers.keys().iter().map(|name| (*name).to_owned()).collect();
        (Persons { names, holders }, of_each)
    }

    /// The name of one.
    pub fn name(&self, number: u32) -> &str {
        &self.names[number as usize]
    }

    /// The one of that name.
    pub fn number(&self, name: &str) -> Option<u32> {
        self.names.binary_search_by(|other| other.as_str().cmp(name)).ok().map(|at| at as u32)
    }

    /// Whether a holder of an office of the country bears the name.
    pub fn holds(&self, number: u32) -> bool {
        self.holders[number as usize]
    }
}

/// Which members are one, and why.
pub(super) struct Sets {
    pub groups: Groups,
    pub findings: Vec<Finding>,
    /// The name of the decisions file.
    pub file: String,
}

/// Documents by name, their members, and what is known of these so far.
pub(super) struct Work<'l> {
    pub linker: &'l Linker,
    pub docs: Vec<Doc>,
    pub members: Vec<Member>,
    pub persons: Persons,
    pub sets: Sets,
    /// Leaders of the country: they take the name without a number.
    pub public: BTreeSet<usize>,
}

impl Sets {
    /// Joins two members, or notes who forbids it; `false` where it is forbidden.
    pub fn join(&mut self, a: usize, b: usize, reason: &str) -> bool {
        let (kind, reason) = match self.groups.join(a, b) {
            Ok(false) => return true,
            Ok(true) => (DecisionKind::Merged, reason.to_owned()),
            Err(line) => (DecisionKind::Forbidden, format!("{}:{line}", self.file)),
        };
        self.findings.push(Finding { kind, members: vec![a, b], reason });
        kind == DecisionKind::Merged
    }

    /// Notes why two members are two.
    pub fn refuse(&mut self, a: usize, b: usize, reason: String) {
        self.findings.push(Finding { kind: DecisionKind::Refused, members: vec![a, b], reason });
    }
}

impl<'l> Work<'l> {
    /// Takes the documents in any order.
    pub fn new(mut briefs: Vec<Brief>, linker: &'l Linker) -> (Work<'l>, Vec<Vec<usize>>) {
        briefs.sort_by(|a, b| a.doc.cmp(&b.doc).then_with(|| a.sha256.cmp(&b.sha256)));
        let prints: Vec<(&str, &super::reprint::Print)> =
            briefs.iter().map(|brief| (brief.sha256.as_str(), &brief.print)).collect();
        let reprints = super::reprint::groups(&prints);
        let mut origin = vec![None; briefs.len()];
        for group in &reprints {
            for &doc in group {
                origin[doc] = group.first().copied();
            }
        }
        let names: Vec<Vec<&str>> =
            briefs.iter().map(|brief| brief.persons.iter().map(String::as_str).collect()).collect();
        let (persons, of_each) = Persons::of(linker, &names);
        let (mut docs, mut members) = (Vec::with_capacity(briefs.len()), Vec::new());
        for (at, ((brief, origin), persons)) in briefs.into_iter().zip(origin).zip(of_each).enumerate() {
            members.extend(brief.members.into_iter().map(|member| Member { doc: at, ..member }));
            let Brief { doc: name, date, scope, .. } = brief;
            docs.push(Doc { name, date, scope, persons, origin });
        }
        let sets = Sets { groups: Groups::new(members.len()), findings: Vec::new(), file: String::new() };
        (Work { linker, docs, members, persons, sets, public: BTreeSet::new() }, reprints)
    }

    /// The document of a member.
    pub fn doc(&self, member: usize) -> &Doc {
        &self.docs[self.members[member].doc]
    }

    /// The full name of a unit; with the unit above it where several bear the name (北京市朝阳区).
    pub fn unit_name(&self, unit: usize) -> String {
        let gazetteer = &self.linker.places;
        let name = gazetteer.place(unit).name.clone();
        if gazetteer.named(&name).len() < 2 {
            return name;
        }
        match gazetteer.chain(unit).get(1) {
            Some(above) => format!("{}{name}", gazetteer.place(*above).name),
            None => name,
        }
    }
}
