//! Bringing a build up to date by what differs: where few documents of many changed, the work is that of the
//! documents and of the things that they name. Every file is then what a fresh build writes, byte for byte.
//!
//! What was there is read or made again from what the last build kept, next to what takes its place, and the difference
//! of the two is what changes in the files. Where that which was there is not found in the files as it should be, or where
//! facts may contradict one another, all is joined anew.

mod documents;
mod files;

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use self::documents::{Both, Read};
use super::build::{Options, Report};
use super::cache::Records;
use super::counts::{Changes, More, Turned};
use super::gather::Found;
use super::identities::{self, IDENTITIES};
use super::ledger::{self, Figures, Ledger};
use super::manifest::Manifest;
use super::output;
use crate::error::Result;
use crate::graph::{self, Claim, mix};
use crate::link::{self, Change, Corpus, DecisionKind, Relinked, View};
use crate::rdf;
use crate::rule::RuleSet;
use crate::store::{Delta, Lines, Writer};

/// One document in so many may change; where more did, joining all of them anew is not much slower.
const SHARE: usize = 50;

/// What a build is made from.
pub struct Task<'t> {
    pub found: &'t Found,
    pub old: &'t Manifest,
    pub rules: &'t RuleSet,
    pub options: &'t Options,
}

/// Stages the files of the build where that can be done by what differs; tells what of the graph does. `None` where
/// all is to be joined anew; then nothing is staged.
pub fn follow(
    task: &Task<'_>,
    records: &mut Records,
    writer: &mut Writer,
    report: &mut Report,
) -> Result<Option<Delta>> {
    let Task { found, old, options, .. } = task;
    let alike = old.base == options.base && old.rules == options.rules && old.program == options.program;
    let plain = !old.full && !options.full && old.decisions.is_empty() && options.decisions.digest().is_empty();
    let changed = changed(found, old);
    let few = options.follow == 0 || found.len() >= options.follow && changed.len() <= found.len() / SHARE;
    if !(alike && plain && few && output::is_whole(writer)) {
        return Ok(None);
    }
    let Some(ledger) = writer.before().and_then(|state| Ledger::read(writer.folder(), state)) else {
        return Ok(None);
    };
    let Some(step) = step(task, &changed, &ledger, records, writer) else { return Ok(None) };
    files::write(task, &step, &ledger, records, writer, report)
}

/// The documents that are new, gone or another.
fn changed<'t>(found: &'t Found, old: &'t Manifest) -> BTreeSet<&'t str> {
    let mut changed = BTreeSet::new();
    let (mut now, mut then) = (found.iter().peekable(), old.documents.iter().peekable());
    loop {
        let order = match (now.peek(), then.peek()) {
            (None, None) => return changed,
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some((one, _)), Some((other, _))) => one.cmp(other),
        };
        let one = if order.is_le() { now.next() } else { None };
        let other = if order.is_ge() { then.next() } else { None };
        match (one, other) {
            (Some((id, (key, _))), Some((_, entry))) if *key != entry.key => _ = changed.insert(id.as_str()),
            (Some((id, _)), None) | (None, Some((id, _))) => _ = changed.insert(id.as_str()),
            _ => {}
        }
    }
}

/// What differs between the last build and this one.
struct Step<'l> {
    /// Sheets that are new or another, by document.
    sheets: BTreeMap<String, Vec<u8>>,
    /// Claims of documents that are read again.
    claims: BTreeMap<String, Vec<u8>>,
    /// The things concerned.
    linked: Relinked,
    /// Groups of reprints, where they are others.
    groups: Option<Vec<Vec<String>>>,
    /// Administrative units that things lie in, which came and went.
    units: Both<Vec<String>>,
    /// Lines of the graph file, sorted.
    lines: Both<Vec<String>>,
    counts: More,
    figures: Figures,
    views: Vec<View<'l>>,
}

fn step<'l>(
    task: &Task<'_>,
    changed: &BTreeSet<&str>,
    ledger: &'l Ledger,
    records: &mut Records,
    last: &Writer,
) -> Option<Step<'l>> {
    let linker = &task.rules.linker;
    let before = ledger.views()?;
    if !before.iter().map(|view| view.doc).eq(task.old.documents.keys().map(String::as_str)) {
        return None;
    }
    let mut read = Read::new(task, records);
    let mut sheets = read.sheets(changed, &before)?;
    let mut concerned: BTreeSet<String> = changed.iter().map(|doc| (*doc).to_owned()).collect();
    let groups = regroup(&before, task, changed, &mut sheets, &mut concerned)?;
    let (linked, renamed) = {
        let after = after(&before, task, changed, &sheets)?;
        let documents = concerned.iter().map(String::as_str).collect();
        let change = Change { before: &before, after: &after, documents: &documents };
        let known = |ids: &BTreeSet<&str>| identities::some(&mut Lines::of(last.joined(IDENTITIES).ok()?), ids);
        let linked = link::relink(change, linker, known)?;
        let renamed = rename(&after, &linked.after, &mut concerned)?;
        (linked, renamed)
    };
    as_told_before(&before, &linked.before)?;
    sheets.extend(renamed);
    let after = after(&before, task, changed, &sheets)?;

    let mut said = Said::default();
    let graphs = read.graphs(&concerned, &before, &after)?;
    let options = output::rdf_options(task.old);
    let mut lines: Both<BTreeSet<String>> = Both::default();
    for (side, views, by) in [(0, &before, -1), (1, &after, 1)] {
        let graph = &graphs[side];
        for line in rdf::document_lines(graph, &options) {
            match rdf::graph_of(&line) {
                "" => said.line(line, by),
                _ => _ = lines[side].insert(line),
            }
        }
        let repeats = concerned.iter().filter_map(|doc| link::find(views, doc));
        for view in repeats.filter(|view| !view.origin.is_empty() && view.origin != view.doc) {
            lines[side].insert(rdf::repeats_line(view.doc, view.origin, &options));
        }
        for statement in graph.statements() {
            said.changes.add(said.rule(&statement.rule), by);
            if let Some(fact) = graph.fact_hash(statement) {
                said.facts.insert(fact);
                said.changes.add(fact, by);
            }
        }
    }
    let Relinked { before: one, after: other, implied_before, implied_after } = &linked;
    let things = [graph::things(one, implied_before), graph::things(other, implied_after)];
    for (side, by) in [(0, -1), (1, 1)] {
        lines[side].extend(rdf::thing_lines(&things[side], &options));
        for entity in things[side].entities() {
            said.changes.add(mix(&["entity", &entity.id]), by);
            entity.chain.iter().for_each(|unit| said.changes.add(mix(&["unit", unit]), by));
        }
    }
    let (kept, more) = ledger.counts();
    let (counts, turned) = said.changes.apply(kept, more)?;
    let units = units(&linked, [&|hash| kept.of(hash, more), &|hash| kept.of(hash, &counts)], &options, &mut lines);
    said.turn(&turned, &options, &mut lines);

    let claims = claims(&graphs[1], &concerned);
    let places = places_differ(&things);
    if !stay_true(&before, ledger, &after, &claims, &claimed_anew(&graphs), places) {
        return None;
    }
    let [gone, come] = lines;
    let lines: Both<Vec<String>> =
        [gone.difference(&come).cloned().collect(), come.difference(&gone).cloned().collect()];
    let mut figures = ledger.figures.clone();
    let shift = |figure: &mut usize, less: usize, more: usize| *figure = (*figure + more).saturating_sub(less);
    shift(&mut figures.quads, lines[0].len(), lines[1].len());
    shift(&mut figures.statements, graphs[0].statements().len(), graphs[1].statements().len());
    shift(&mut figures.entities, things[0].entities().len(), things[1].entities().len());
    let facts = |hashes: &[u64]| hashes.iter().filter(|hash| said.facts.contains(*hash)).count();
    shift(&mut figures.facts, facts(&turned.gone), facts(&turned.come));
    shift(&mut figures.joined, joined(one), joined(other));
    shift(&mut figures.apart, apart(one), apart(other));
    shift(&mut figures.characters, read.figures[0].0, read.figures[1].0);
    shift(&mut figures.mentions, read.figures[0].1, read.figures[1].1);
    if let Some(groups) = &groups {
        figures.reprints = groups.iter().map(|group| group.len().saturating_sub(1)).sum();
    }
    Some(Step { sheets, claims, linked, groups, units, lines, counts, figures, views: before })
}

/// The sheets of all documents as they are, by name: `sheets` are those of documents that are new or another.
fn after<'v>(
    before: &[View<'v>],
    task: &Task<'_>,
    changed: &BTreeSet<&str>,
    sheets: &'v BTreeMap<String, Vec<u8>>,
) -> Option<Vec<View<'v>>> {
    let gone = changed.iter().filter(|doc| !task.found.contains_key(**doc));
    let mut turned: BTreeMap<&str, Option<View<'v>>> = gone.map(|doc| (*doc, None)).collect();
    for (doc, sheet) in sheets {
        turned.insert(doc, Some(View::of(sheet)?));
    }
    let mut after = Vec::with_capacity(before.len() + sheets.len());
    let mut rest = before;
    for (doc, view) in turned {
        let (steady, behind) = rest.split_at(rest.partition_point(|view| view.doc < doc));
        after.extend_from_slice(steady);
        rest = if behind.first().is_some_and(|view| view.doc == doc) { &behind[1..] } else { behind };
        after.extend(view);
    }
    after.extend_from_slice(rest);
    Some(after)
}

/// Finds the groups of reprints anew where the change may touch them; documents of another origin are concerned.
fn regroup(
    before: &[View<'_>],
    task: &Task<'_>,
    changed: &BTreeSet<&str>,
    sheets: &mut BTreeMap<String, Vec<u8>>,
    concerned: &mut BTreeSet<String>,
) -> Option<Option<Vec<Vec<String>>>> {
    let mut moved = Vec::new();
    let groups = {
        let after = after(before, task, changed, sheets)?;
        let documents = concerned.iter().map(String::as_str).collect();
        if link::stay_apart(Change { before, after: &after, documents: &documents }) {
            return Some(None);
        }
        let (origins, groups) = link::origins(&after);
        for (view, origin) in after.iter().zip(origins).filter(|(view, origin)| view.origin != *origin) {
            let ids: Vec<&str> = view.ids().map(|ids| ids.map(|(_, id)| id)).collect::<Option<_>>()?;
            moved.push((view.doc.to_owned(), link::seal(view.bytes, origin, ids.into_iter())?));
        }
        groups
    };
    concerned.extend(moved.iter().map(|(doc, _)| doc.clone()));
    sheets.extend(moved);
    Some(Some(groups))
}

/// By document, the ids in its record with those in the corpus.
fn ids(corpus: &Corpus) -> FxHashMap<&str, Vec<(&str, &str)>> {
    let mut ids: FxHashMap<&str, Vec<(&str, &str)>> = FxHashMap::default();
    for entity in &corpus.entities {
        for (doc, local) in &entity.members {
            ids.entry(doc).or_default().push((local, &entity.id));
        }
    }
    ids
}

/// What is known of documents and of things goes together; `None` where not, and then nothing that follows from it would
/// hold.
fn as_told_before(before: &[View<'_>], told: &Corpus) -> Option<()> {
    for (doc, told) in ids(told) {
        let members: Vec<(&[u8], &[u8])> = link::find(before, doc)?.raw_ids().collect::<Option<_>>()?;
        if !told.iter().all(|(local, id)| members.contains(&(local.as_bytes(), id.as_bytes()))) {
            return None;
        }
    }
    Some(())
}

/// Gives the members of documents their ids; documents of which one has another id are concerned.
fn rename(after: &[View<'_>], linked: &Corpus, concerned: &mut BTreeSet<String>) -> Option<BTreeMap<String, Vec<u8>>> {
    let mut renamed = BTreeMap::new();
    let ids = ids(linked);
    for view in after {
        let Some(now) = ids.get(view.doc) else { continue };
        if as_they_are(view, now)? {
            continue;
        }
        let mut new = Vec::new();
        for each in view.ids() {
            let (local, id) = each?;
            new.push(now.iter().find(|(other, _)| *other == local).map_or(id, |(_, now)| *now));
        }
        concerned.insert(view.doc.to_owned());
        renamed.insert(view.doc.to_owned(), link::seal(view.bytes, view.origin, new.into_iter())?);
    }
    Some(renamed)
}

/// Whether the members of a document have the ids that are told of some of them; `None` where its bytes are damaged.
fn as_they_are(view: &View<'_>, now: &[(&str, &str)]) -> Option<bool> {
    for each in view.raw_ids() {
        let (local, id) = each?;
        let told = now.iter().find(|(other, _)| other.as_bytes() == local);
        if told.is_some_and(|(_, now)| now.as_bytes() != id) {
            return Some(false);
        }
    }
    Some(true)
}

/// What is said, and how often more or less.
#[derive(Default)]
struct Said {
    changes: Changes,
    lines: BTreeMap<u64, String>,
    rules: std::cell::RefCell<BTreeMap<u64, String>>,
    facts: BTreeSet<u64>,
}

impl Said {
    fn line(&mut self, line: String, by: i64) {
        let hash = rdf::line_hash(&line);
        self.changes.add(hash, by);
        self.lines.entry(hash).or_insert(line);
    }

    fn rule(&self, id: &str) -> u64 {
        let hash = mix(&["rule", id]);
        self.rules.borrow_mut().entry(hash).or_insert_with(|| id.to_owned());
        hash
    }

    /// The lines of what nobody said before and of what nobody says any more.
    fn turn(&self, turned: &Turned, options: &rdf::Options, lines: &mut Both<BTreeSet<String>>) {
        let rules = self.rules.borrow();
        for (side, hashes) in [(0, &turned.gone), (1, &turned.come)] {
            for hash in hashes {
                lines[side].extend(self.lines.get(hash).cloned());
                lines[side].extend(rules.get(hash).into_iter().flat_map(|id| rdf::rule_lines(id, options)));
            }
        }
    }
}

/// The administrative units that nothing lay in before, and those that nothing lies in any more; adds the lines of all
/// that are concerned.
fn units(
    linked: &Relinked,
    counts: Both<&dyn Fn(u64) -> u32>,
    options: &rdf::Options,
    lines: &mut Both<BTreeSet<String>>,
) -> Both<Vec<String>> {
    let mut turned: Both<Vec<String>> = Both::default();
    for (id, unit) in linked.before.units.iter().chain(&linked.after.units) {
        let there = counts.map(|counts| counts(mix(&["unit", id])) > 0);
        let named = counts.map(|counts| counts(mix(&["entity", id])) > 0);
        for side in [0, 1] {
            if there[side] {
                lines[side].extend(rdf::unit_lines(id, unit, named[side], options));
            }
        }
        match (there[0], there[1]) {
            (true, false) => turned[0].push(id.clone()),
            (false, true) => turned[1].push(id.clone()),
            _ => {}
        }
    }
    turned.iter_mut().for_each(|ids| {
        ids.sort();
        ids.dedup();
    });
    turned
}

/// The claims of the documents of a graph, none for those that it has not.
fn claims(graph: &graph::Graph, documents: &BTreeSet<String>) -> BTreeMap<String, Vec<u8>> {
    let mut claims: BTreeMap<String, Vec<ledger::Stake>> =
        documents.iter().map(|doc| (doc.clone(), Vec::new())).collect();
    for statement in graph.statements() {
        if let Some(claim) = graph.claim(statement) {
            claims.entry(graph.sources()[statement.source].doc.clone()).or_default().push(claim);
        }
    }
    claims.into_iter().map(|(doc, claims)| (doc, ledger::put_claims(claims.into_iter()))).collect()
}

/// Whether places that were there and are there have other names or lie elsewhere.
fn places_differ([before, after]: &Both<graph::Graph>) -> bool {
    before.entities().iter().any(|one| {
        let other = after.entity(&one.id).map(|at| &after.entities()[at]);
        other.is_some_and(|other| one.name != other.name || one.chain != other.chain)
    })
}

/// Of what the texts concerned claim otherwise than before: the sort of claim and what it is about.
fn claimed_anew(graphs: &Both<graph::Graph>) -> BTreeSet<(Claim, u64)> {
    let [gone, come] = graphs.each_ref().map(|graph| {
        let claims = graph.statements().iter().filter_map(|statement| graph.claim_in_full(statement));
        claims.collect::<BTreeSet<_>>()
    });
    gone.symmetric_difference(&come).map(|&(sort, subject, ..)| (sort, subject)).collect()
}

/// Whether surely no fact contradicts another that did not before, and none ceases to. A text that newly tells anything,
/// or tells it no more, of which the texts tell several things makes this `false`.
fn stay_true(
    before: &[View<'_>],
    ledger: &Ledger,
    after: &[View<'_>],
    now: &BTreeMap<String, Vec<u8>>,
    anew: &BTreeSet<(Claim, u64)>,
    places: bool,
) -> bool {
    let regions = places || anew.iter().any(|(sort, _)| *sort == Claim::Region);
    let turned = anew.iter().filter(|(sort, _)| *sort != Claim::Region);
    let mut about: BTreeMap<u64, BTreeSet<u64>> = turned.map(|(_, subject)| (*subject, BTreeSet::new())).collect();
    let mut all_places: BTreeMap<u64, BTreeSet<u64>> = BTreeMap::new();
    if about.is_empty() && !regions {
        return true;
    }
    let gone = before.iter().enumerate().flat_map(|(at, _)| ledger::claims(ledger.claims(at)));
    let come = after.iter().filter_map(|view| now.get(view.doc)).flat_map(|claims| ledger::claims(claims));
    for (sort, subject, said) in gone.chain(come) {
        if let Some(all) = about.get_mut(&subject) {
            all.insert(said);
        }
        if regions && sort == Claim::Place {
            all_places.entry(subject).or_default().insert(said);
        }
    }
    about.values().chain(all_places.values()).all(|said| said.len() < 2)
}

fn joined(corpus: &Corpus) -> usize {
    let several = |members: &[(String, String)]| members.iter().any(|(doc, _)| *doc != members[0].0);
    corpus.entities.iter().filter(|entity| several(&entity.members)).count()
}

fn apart(corpus: &Corpus) -> usize {
    let kinds = [DecisionKind::Refused, DecisionKind::Forbidden];
    corpus.decisions.iter().filter(|decision| kinds.contains(&decision.kind)).count()
}
