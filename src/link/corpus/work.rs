//! Everything under work while a corpus is linked.

use std::collections::BTreeSet;

use super::DecisionKind;
use super::brief::{Brief, Member, Scope};
use super::groups::Groups;
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
    /// The persons that it names, sorted.
    pub persons: Vec<String>,
    /// First document of the group of reprints that holds it.
    pub origin: Option<usize>,
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
        let (mut docs, mut members) = (Vec::with_capacity(briefs.len()), Vec::new());
        for (at, (brief, origin)) in briefs.into_iter().zip(origin).enumerate() {
            members.extend(brief.members.into_iter().map(|member| Member { doc: at, ..member }));
            let Brief { doc: name, date, scope, persons, .. } = brief;
            docs.push(Doc { name, date, scope, persons, origin });
        }
        let sets = Sets { groups: Groups::new(members.len()), findings: Vec::new(), file: String::new() };
        (Work { linker, docs, members, sets, public: BTreeSet::new() }, reprints)
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
