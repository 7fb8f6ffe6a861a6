//! Names and numbers of the things of a corpus, and the decisions about them.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet;

use super::super::name::entity_id;
use super::brief::Member;
use super::work::Work;
use super::{Corpus, Decision, DecisionKind, EVIDENCE, Entity, Unit};
use crate::schema::Type;

/// What decides the number of a namesake: an administrative unit or a leader first, then the earliest day, first document
/// and its local id.
type Rank = (bool, String, String, String);

/// Names the sets, numbers namesakes, and turns findings into decisions.
pub(super) fn named(work: &mut Work<'_>) -> Corpus {
    // The first member stands for a set, so each is there before its others come.
    let (mut sets, mut places): (Vec<(usize, Vec<usize>)>, _) = (Vec::new(), vec![0; work.members.len()]);
    for at in 0..work.members.len() {
        let root = work.sets.groups.find(at);
        if root == at {
            places[at] = sets.len();
            sets.push((at, Vec::new()));
        }
        sets[places[root]].1.push(at);
    }
    let mut out = Corpus::default();
    let mut drafts: Vec<(Entity, Rank, usize)> = Vec::new();
    for (root, list) in sets {
        let entity = describe(work, &list, &mut out.units);
        let date = |m: &usize| work.doc(*m).date.as_deref().unwrap_or("9999");
        let earliest = list.iter().map(date).min().unwrap_or_default().to_owned();
        let first = list.iter().any(|m| work.public.contains(m) || work.members[*m].is_unit());
        let (doc, local) = entity.members.first().cloned().unwrap_or_default();
        drafts.push((entity, (!first, earliest, doc, local), root));
    }
    drafts.sort_by(|a, b| a.0.id.cmp(&b.0.id).then_with(|| a.1.cmp(&b.1)));
    let mut id_of: BTreeMap<usize, String> = BTreeMap::new();
    let mut used: BTreeSet<String> = drafts.iter().map(|d| d.0.id.clone()).collect();
    let mut last: Option<String> = None;
    let mut number = 2;
    for (mut entity, _, root) in drafts {
        if last.as_deref() == Some(entity.id.as_str()) {
            let base = entity.id.clone();
            while !used.insert(format!("{base}_{number}")) {
                number += 1;
            }
            entity.id = format!("{base}_{number}");
        } else {
            last = Some(entity.id.clone());
            number = 2;
        }
        id_of.insert(root, entity.id.clone());
        out.entities.push(entity);
    }
    out.entities.sort_by(|a, b| a.id.cmp(&b.id));
    out.decisions = decided(work, &id_of);
    out
}

fn describe(work: &Work<'_>, list: &[usize], units: &mut BTreeMap<String, Unit>) -> Entity {
    let members: Vec<&Member> = list.iter().map(|&m| &work.members[m]).collect();
    let kind = members[0].kind;
    let whole = members.iter().find(|m| m.is_unit()).and_then(|m| m.unit);
    let name = match whole {
        Some(unit) => work.unit_name(unit),
        None => common_name(work, kind, &members),
    };
    let lies = whole.or_else(|| members.iter().find_map(|m| m.unit));
    let chain = lies.map_or(Vec::new(), |unit| chain(work, unit, units));
    let mut aliases: FxHashSet<&str> = FxHashSet::default();
    for member in &members {
        aliases.insert(&member.name);
        aliases.extend(member.aliases.iter().map(String::as_str));
    }
    let mut aliases: BTreeSet<&str> = aliases.into_iter().collect();
    aliases.remove(name.as_str());
    let aliases = aliases.into_iter().map(str::to_owned).collect();
    let mut pairs: Vec<(String, String)> =
        list.iter().map(|&m| (work.doc(m).name.clone(), work.members[m].id.clone())).collect();
    pairs.sort();
    Entity { id: entity_id(kind, &name), kind, name, aliases, chain, members: pairs }
}

/// The ids of the units from the province down, each noted with its name and the unit above it.
fn chain(work: &Work<'_>, unit: usize, units: &mut BTreeMap<String, Unit>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for at in work.linker.places.chain(unit).into_iter().rev() {
        let name = work.unit_name(at);
        let id = entity_id(Type::Place, &name);
        units.entry(id.clone()).or_insert_with(|| Unit { name, within: out.last().cloned() });
        out.push(id);
    }
    out
}

/// The name that most mentions bear; of a body the fullest one.
fn common_name(work: &Work<'_>, kind: Type, members: &[&Member]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for member in members {
        *counts.entry(&member.name).or_default() += member.mentions.max(1);
    }
    let most = counts.iter().max_by(|a, b| (a.1, a.0.len()).cmp(&(b.1, b.0.len())).then_with(|| b.0.cmp(a.0)));
    let known = counts.keys().filter(|name| work.linker.full.contains(**name)).max_by_key(|name| name.len());
    let longest = || counts.keys().max_by_key(|name| (name.chars().count(), std::cmp::Reverse(**name)));
    let name = match kind {
        Type::Organization => known.or_else(longest),
        _ => most.map(|(name, _)| name),
    };
    name.map_or(String::new(), |name| (*name).to_owned())
}

fn decided(work: &mut Work<'_>, id_of: &BTreeMap<usize, String>) -> Vec<Decision> {
    // Joins of one thing for one reason are one decision.
    let mut joined: BTreeMap<(Vec<&str>, DecisionKind, String), BTreeSet<usize>> = BTreeMap::new();
    for finding in std::mem::take(&mut work.sets.findings) {
        let mut ids: Vec<&str> = Vec::with_capacity(finding.members.len());
        for &member in &finding.members {
            let root = work.sets.groups.find(member);
            ids.extend(id_of.get(&root).map(String::as_str));
        }
        ids.sort_unstable();
        ids.dedup();
        // What was refused and later joined by another reason is no refusal.
        if ids.len() < 2 && matches!(finding.kind, DecisionKind::Refused | DecisionKind::Forbidden) {
            continue;
        }
        let docs = finding.members.iter().map(|&m| work.members[m].doc);
        joined.entry((ids, finding.kind, finding.reason)).or_default().extend(docs);
    }
    joined
        .into_iter()
        .map(|((entities, kind, reason), docs)| Decision {
            entities: entities.into_iter().map(str::to_owned).collect(),
            kind,
            reason,
            evidence: docs.into_iter().take(EVIDENCE).map(|doc| work.docs[doc].name.clone()).collect(),
        })
        .collect()
}
