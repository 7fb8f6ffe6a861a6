//! Entities across documents: which entities of which records are one thing, and why.
//!
//! Pure: the result depends on the records, the tables and the user's decisions alone, not on the order in
//! which the records come. Things of one key (see `entity::key`) are compared: persons are one only with
//! positive evidence, bodies and places by full name with their region, the rest by name. Every join and
//! every refusal is kept with its reason.

mod conflict;
mod decisions;
mod groups;
mod member;
mod person;
mod reprint;
mod thing;

use std::collections::{BTreeMap, BTreeSet};

pub use decisions::Decisions;

use self::groups::Groups;
use self::member::{Member, Scope};
use super::name::entity_id;
use crate::error::{Error, Result};
use crate::record::Record;
use crate::rule::linking::Linker;
use crate::schema::{Predicate, Type};

/// One thing of the corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// `type/名称`; namesakes are numbered `_2`, `_3`.
    pub id: String,
    /// What it is.
    pub kind: Type,
    /// Its name: of a place or body in full.
    pub name: String,
    /// Its other names, sorted.
    pub aliases: Vec<String>,
    /// Document and local id of each, sorted.
    pub members: Vec<(String, String)>,
    /// Of a place, the administrative units from the province down to itself; of a body, those in its name.
    pub chain: Vec<String>,
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DecisionKind {
    /// Entities of several documents were joined.
    Merged,
    /// Entities of one name were kept apart.
    Refused,
    /// The user's file joined them.
    Forced,
    /// The user's file kept them apart.
    Forbidden,
}

impl DecisionKind {
    /// The name used in outputs.
    pub const fn name(self) -> &'static str {
        match self {
            DecisionKind::Merged => "merged",
            DecisionKind::Refused => "refused",
            DecisionKind::Forced => "forced",
            DecisionKind::Forbidden => "forbidden",
        }
    }
}

/// One join or refusal with its reason.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decision {
    /// Corpus ids concerned: one of a join, two of a refusal.
    pub entities: Vec<String>,
    /// What was done.
    pub kind: DecisionKind,
    /// Why, in words.
    pub reason: String,
    /// The documents that it rests on, sorted; at most [`EVIDENCE`].
    pub evidence: Vec<String>,
}

/// Most documents named in one decision.
pub const EVIDENCE: usize = 20;

/// What documents say of one thing and cannot both be true.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conflict {
    /// The thing.
    pub entity: String,
    /// What is said of it.
    pub predicate: Predicate,
    /// Of a post: which, and on which day.
    pub detail: Option<String>,
    /// Each value with the documents that give it.
    pub values: Vec<(String, Vec<String>)>,
}

/// The things of a corpus.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Corpus {
    /// By id.
    pub entities: Vec<Entity>,
    /// Corpus id of each local entity: document, then local id.
    pub of: BTreeMap<String, BTreeMap<String, String>>,
    /// Sorted.
    pub decisions: Vec<Decision>,
    /// Sorted.
    pub conflicts: Vec<Conflict>,
    /// Groups of documents that print one text, each sorted; support counts a group once.
    pub reprints: Vec<Vec<String>>,
    /// Entries of the decisions file that name nothing in the corpus, with their place.
    pub unused: Vec<String>,
}

impl Corpus {
    /// The corpus id of an entity of one document.
    pub fn entity(&self, doc: &str, local: &str) -> Option<&str> {
        self.of.get(doc)?.get(local).map(String::as_str)
    }

    /// The document that stands for the origin of `doc`: itself, or the first of those that print the same text.
    pub fn origin<'c>(&'c self, doc: &'c str) -> &'c str {
        let group = self.reprints.iter().find(|group| group.iter().any(|d| d == doc));
        group.and_then(|group| group.first()).map_or(doc, String::as_str)
    }
}

/// A join or refusal by index of members.
struct Finding {
    kind: DecisionKind,
    members: Vec<usize>,
    reason: String,
}

/// Everything under work.
struct Work<'r> {
    linker: &'r Linker,
    /// By document name.
    records: Vec<&'r Record>,
    scopes: Vec<Scope>,
    /// First document of the group of reprints that holds each.
    origin: Vec<Option<usize>>,
    members: Vec<Member<'r>>,
    groups: Groups,
    findings: Vec<Finding>,
    /// Leaders of the country: they take the name without a number.
    public: BTreeSet<usize>,
    file: String,
}

impl Work<'_> {
    /// Joins two members, or notes who forbids it.
    fn join(&mut self, a: usize, b: usize, reason: &str) {
        let (kind, reason) = match self.groups.join(a, b) {
            Ok(false) => return,
            Ok(true) => (DecisionKind::Merged, reason.to_owned()),
            Err(line) => (DecisionKind::Forbidden, format!("{}:{line}", self.file)),
        };
        self.findings.push(Finding { kind, members: vec![a, b], reason });
    }
}

/// Finds which entities of which records are one thing. The records may come in any order. An error names
/// a line of the decisions file that another contradicts.
pub fn corpus(records: &[Record], linker: &Linker, decisions: &Decisions) -> Result<Corpus> {
    let mut sorted: Vec<&Record> = records.iter().collect();
    sorted.sort_by(|a, b| a.doc.cmp(&b.doc).then_with(|| a.sha256.cmp(&b.sha256)));
    let reprints = reprint::groups(&sorted);
    let mut work = gather(sorted, linker, &reprints);
    work.file.clone_from(&decisions.file);
    let unused = obey(&mut work, decisions)?;
    let mut by_key: BTreeMap<(Type, String), Vec<usize>> = BTreeMap::new();
    for (at, member) in work.members.iter().enumerate() {
        by_key.entry((member.entity.kind, member.key.clone())).or_default().push(at);
    }
    for ((kind, _), list) in by_key {
        match kind {
            Type::Person => person::resolve(&mut work, &list),
            _ => thing::resolve(&mut work, &list),
        }
    }
    thing::join_short(&mut work);
    let mut out = named(&mut work);
    out.unused = unused;
    let docs = |group: Vec<usize>| group.into_iter().map(|d| work.records[d].doc.clone()).collect();
    out.reprints = reprints.into_iter().map(docs).collect();
    out.conflicts = conflict::find(&work.records, &out);
    Ok(out)
}

fn gather<'r>(records: Vec<&'r Record>, linker: &'r Linker, reprints: &[Vec<usize>]) -> Work<'r> {
    let scopes: Vec<Scope> = records.iter().map(|record| Scope::of(record, linker)).collect();
    let mut origin = vec![None; records.len()];
    for group in reprints {
        for &doc in group {
            origin[doc] = group.first().copied();
        }
    }
    let mut members = Vec::new();
    for (doc, record) in records.iter().enumerate() {
        for entity in &record.entities {
            let mut member = Member::new(doc, record, entity, linker);
            if entity.kind == Type::Place
                && let Some(unit) = unit(linker, &linker.simple(&entity.name), &scopes[doc].named)
            {
                member.key = format!("#{unit:05}");
            }
            members.push(member);
        }
    }
    let groups = Groups::new(members.len());
    Work {
        linker,
        records,
        scopes,
        origin,
        members,
        groups,
        findings: Vec::new(),
        public: BTreeSet::new(),
        file: String::new(),
    }
}

/// The administrative unit that a name means in a document that names the units `hints`; of a former name, the unit of today.
fn unit(linker: &Linker, name: &str, hints: &[usize]) -> Option<usize> {
    let gazetteer = &linker.places;
    let found = match gazetteer.named(name) {
        [] => gazetteer.named(gazetteer.renamed(name)?.0),
        found => found,
    };
    gazetteer.pick(found, hints)
}

/// Applies the user's file: first what is kept apart, then what is joined.
fn obey(work: &mut Work<'_>, decisions: &Decisions) -> Result<Vec<String>> {
    let mut unused = Vec::new();
    let mut sets: Vec<Vec<Vec<usize>>> = Vec::new();
    for rule in &decisions.rules {
        let mut set = Vec::new();
        for named in &rule.entities {
            let doc = |m: &Member<'_>| named.doc.as_ref().is_none_or(|doc| work.records[m.doc].doc == *doc);
            let is = |m: &Member<'_>| m.entity.id == named.id || entity_id(m.entity.kind, &m.entity.name) == named.id;
            let found: Vec<usize> =
                (0..work.members.len()).filter(|&m| is(&work.members[m]) && doc(&work.members[m])).collect();
            if found.is_empty() {
                let at = named.doc.as_ref().map_or(String::new(), |doc| format!(" @ {doc}"));
                unused.push(format!("{}:{}: no document has `{}{at}`", decisions.file, named.line, named.id));
            }
            set.push(found);
        }
        sets.push(set);
    }
    for (rule, set) in decisions.rules.iter().zip(&sets).filter(|(rule, _)| !rule.same) {
        for (nth, one) in set.iter().enumerate() {
            for two in set[nth + 1..].iter().flatten() {
                for a in one.iter().filter(|a| *a != two) {
                    work.groups.keep_apart(*a, *two, rule.line);
                }
            }
        }
    }
    for (rule, set) in decisions.rules.iter().zip(&sets).filter(|(rule, _)| rule.same) {
        let all: Vec<usize> = set.iter().flatten().copied().collect();
        for pair in all.windows(2) {
            if let Err(line) = work.groups.join(pair[0], pair[1]) {
                return Err(Error::new(format!(
                    "{}:{}: this entry joins what line {line} keeps apart",
                    decisions.file, rule.line
                ))
                .with_help("take one of the two entries out"));
            }
        }
        if let [first, .., last] = all.as_slice() {
            let why = if rule.reason.is_empty() { String::new() } else { format!(": {}", rule.reason) };
            let reason = format!("{}:{}{why}", decisions.file, rule.line);
            work.findings.push(Finding { kind: DecisionKind::Forced, members: vec![*first, *last], reason });
        }
    }
    for (rule, set) in decisions.rules.iter().zip(&sets).filter(|(rule, _)| !rule.same) {
        let firsts: Vec<usize> = set.iter().filter_map(|s| s.first().copied()).collect();
        if let [a, b, ..] = firsts.as_slice() {
            let why = if rule.reason.is_empty() { String::new() } else { format!(": {}", rule.reason) };
            let reason = format!("{}:{}{why}", decisions.file, rule.line);
            work.findings.push(Finding { kind: DecisionKind::Forbidden, members: vec![*a, *b], reason });
        }
    }
    Ok(unused)
}

/// What decides the number of a namesake: not a leader, earliest day, first document and its local id.
type Rank = (bool, String, String, String);

/// Names the sets, numbers namesakes, and turns findings into decisions.
fn named(work: &mut Work<'_>) -> Corpus {
    let mut sets: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..work.members.len() {
        sets.entry(work.groups.find(at)).or_default().push(at);
    }
    let mut drafts: Vec<(Entity, Rank, usize)> = Vec::new();
    for (root, list) in sets {
        let entity = describe(work, &list);
        // The number of a namesake: leaders first, then by the earliest document.
        let date = |m: &usize| work.records[work.members[*m].doc].date.clone().unwrap_or_else(|| "9999".to_owned());
        let earliest = list.iter().map(date).min().unwrap_or_default();
        let public = list.iter().any(|m| work.public.contains(m));
        let (doc, local) = entity.members.first().cloned().unwrap_or_default();
        drafts.push((entity, (!public, earliest, doc, local), root));
    }
    drafts.sort_by(|a, b| a.0.id.cmp(&b.0.id).then_with(|| a.1.cmp(&b.1)));
    let mut out = Corpus::default();
    let mut id_of: BTreeMap<usize, String> = BTreeMap::new();
    let mut used: BTreeSet<String> = drafts.iter().map(|d| d.0.id.clone()).collect();
    let mut last: Option<String> = None;
    for (mut entity, _, root) in drafts {
        if last.as_deref() == Some(entity.id.as_str()) {
            let base = entity.id.clone();
            let mut number = 2;
            while !used.insert(format!("{base}_{number}")) {
                number += 1;
            }
            entity.id = format!("{base}_{number}");
        } else {
            last = Some(entity.id.clone());
        }
        for (doc, local) in &entity.members {
            out.of.entry(doc.clone()).or_default().insert(local.clone(), entity.id.clone());
        }
        id_of.insert(root, entity.id.clone());
        out.entities.push(entity);
    }
    out.entities.sort_by(|a, b| a.id.cmp(&b.id));
    out.decisions = decided(work, &id_of);
    out
}

fn describe(work: &Work<'_>, list: &[usize]) -> Entity {
    let members: Vec<&Member<'_>> = list.iter().map(|&m| &work.members[m]).collect();
    let kind = members[0].entity.kind;
    let gazetteer = &work.linker.places;
    let unit =
        members.iter().find_map(|m| m.key.strip_prefix('#')?.parse::<usize>().ok()).filter(|_| kind == Type::Place);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for member in &members {
        *counts.entry(&member.entity.name).or_default() += member.entity.mentions.len().max(1);
    }
    let most = counts.iter().max_by(|a, b| (a.1, a.0.len()).cmp(&(b.1, b.0.len())).then_with(|| b.0.cmp(a.0)));
    // A body or a place goes by its full name where a text has it.
    let full = counts
        .keys()
        .filter(|name| kind == Type::Organization && work.linker.full.contains_key(**name))
        .max_by_key(|n| n.len());
    let longest = counts
        .keys()
        .filter(|_| kind == Type::Organization)
        .max_by_key(|name| (name.chars().count(), std::cmp::Reverse(**name)));
    let name = match (unit, full.or(longest), most) {
        (Some(unit), _, _) => place_name(work, unit),
        (None, Some(full), _) => (*full).to_owned(),
        (None, None, Some((most, _))) => (*most).to_owned(),
        (None, None, None) => String::new(),
    };
    let chain = match unit {
        Some(unit) => gazetteer.chain_names(unit).into_iter().map(str::to_owned).collect(),
        None if kind == Type::Organization => {
            let simple = work.linker.simple(&name);
            let (heads, _) = gazetteer.prefixes(&simple);
            let hints = &work.scopes[members[0].doc].named;
            let unit = heads.last().and_then(|(found, _)| gazetteer.pick(found, hints));
            unit.map_or(Vec::new(), |unit| gazetteer.chain_names(unit).into_iter().map(str::to_owned).collect())
        }
        None => Vec::new(),
    };
    let mut aliases: BTreeSet<String> = BTreeSet::new();
    for member in &members {
        aliases.insert(member.entity.name.clone());
        aliases.extend(member.entity.aliases.iter().cloned());
    }
    aliases.remove(&name);
    let mut pairs: Vec<(String, String)> =
        members.iter().map(|m| (work.records[m.doc].doc.clone(), m.entity.id.clone())).collect();
    pairs.sort();
    Entity { id: entity_id(kind, &name), kind, name, aliases: aliases.into_iter().collect(), members: pairs, chain }
}

/// The full name of a unit; with the unit above it where several bear the name (北京市朝阳区).
fn place_name(work: &Work<'_>, unit: usize) -> String {
    let gazetteer = &work.linker.places;
    let name = gazetteer.place(unit).name.clone();
    if gazetteer.named(&name).len() < 2 {
        return name;
    }
    match gazetteer.chain(unit).get(1) {
        Some(above) => format!("{}{name}", gazetteer.place(*above).name),
        None => name,
    }
}

fn decided(work: &mut Work<'_>, id_of: &BTreeMap<usize, String>) -> Vec<Decision> {
    // Joins of one thing for one reason are one decision.
    let mut joined: BTreeMap<(Vec<String>, DecisionKind, String), BTreeSet<String>> = BTreeMap::new();
    for finding in std::mem::take(&mut work.findings) {
        let mut ids = Vec::new();
        for &member in &finding.members {
            let root = work.groups.find(member);
            ids.extend(id_of.get(&root).cloned());
        }
        ids.sort();
        ids.dedup();
        // What was refused and later joined by another reason is no refusal.
        if ids.len() < 2 && matches!(finding.kind, DecisionKind::Refused | DecisionKind::Forbidden) {
            continue;
        }
        let docs = finding.members.iter().map(|&m| work.records[work.members[m].doc].doc.clone());
        joined.entry((ids, finding.kind, finding.reason)).or_default().extend(docs);
    }
    joined
        .into_iter()
        .map(|((entities, kind, reason), docs)| Decision {
            entities,
            kind,
            reason,
            evidence: docs.into_iter().take(EVIDENCE).collect(),
        })
        .collect()
}
