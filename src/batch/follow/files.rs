//! Writing what differs into the files of the build.

use std::collections::BTreeSet;

use super::super::amend::Documents;
use super::super::build::Report;
use super::super::cache::{QUOTES, RECORDS, Records};
use super::super::identities::{self, IDENTITIES};
use super::super::manifest::{Entry, Manifest};
use super::super::output;
use super::{Ledger, Step, Task};
use crate::error::{Error, Result};
use crate::link::Corpus;
use crate::store::{Damaged, Delta, GRAPH_FILE, Lines, Splice, Writer, bits};

/// Stages all files; `None`, and nothing staged, where the files of the last build have not the lines that go.
pub fn write(
    task: &Task<'_>,
    step: &Step<'_>,
    last: &Ledger,
    records: &mut Records,
    writer: &mut Writer,
    report: &mut Report,
) -> Result<Option<Delta>> {
    // Parts have other bounds once there is twice as much.
    let graph_bits = bits(step.figures.quads);
    let record_bits = bits(task.found.len());
    if graph_bits != bits(last.figures.quads) || record_bits != bits(task.old.documents.len()) {
        return Ok(None);
    }
    let (Ok(graph), Ok(names)) = (graph(step, writer), names(step, writer)) else { return Ok(None) };
    if !last.write(&step.figures, sheets(task, step, last), &step.counts, writer)? {
        return Ok(None);
    }
    let (manifest, texts, quotes) = documents(task, records)?;
    for (name, splice, bits) in [(GRAPH_FILE, graph, graph_bits), (RECORDS, texts, record_bits)] {
        writer.splice_parts(name, &splice, bits)?;
    }
    for (name, splice) in [(IDENTITIES, names), (QUOTES, quotes)] {
        if splice.is_empty() { writer.keep(name)? } else { writer.splice(name, &splice)? }
    }
    writer.keep(output::ONTOLOGY)?;
    manifest.write(writer)?;
    step.figures.clone().tell(report);
    report.files = output::told(&[RECORDS, IDENTITIES, GRAPH_FILE, output::ONTOLOGY], true);
    Ok(Some(Delta::of(&step.lines[0], &step.lines[1])))
}

/// Sheet and claims of the documents that are concerned, `None` for those that are gone.
fn sheets<'s>(task: &Task<'_>, step: &'s Step<'_>, last: &'s Ledger) -> Documents<'s> {
    let mut sheets = Documents::new();
    for (at, view) in step.views.iter().enumerate() {
        if !task.found.contains_key(view.doc) {
            sheets.insert(view.doc, None);
        } else if step.sheets.contains_key(view.doc) || step.claims.contains_key(view.doc) {
            sheets.insert(view.doc, Some((view.bytes, last.claims(at))));
        }
    }
    for (doc, sheet) in &step.sheets {
        sheets.entry(doc).or_default().get_or_insert((sheet, &[])).0 = sheet;
    }
    for (doc, claims) in &step.claims {
        if let Some(Some(entry)) = sheets.get_mut(doc.as_str()) {
            entry.1 = claims;
        }
    }
    sheets
}

fn lines_of(writer: &Writer, name: &str) -> std::result::Result<Lines, Damaged> {
    Ok(Lines::of(writer.joined(name)?))
}

fn graph(step: &Step<'_>, writer: &Writer) -> std::result::Result<Splice, Damaged> {
    let mut lines = lines_of(writer, GRAPH_FILE)?;
    let [gone, come] =
        step.lines.each_ref().map(|lines| lines.iter().map(|line| line.clone().into_bytes()).collect::<Vec<_>>());
    let whole = 0..lines.size();
    lines.change(whole, &gone, &come, <[u8]>::to_vec)
}

/// The lines of identities.
fn names(step: &Step<'_>, writer: &Writer) -> std::result::Result<Splice, Damaged> {
    let mut lines = lines_of(writer, IDENTITIES)?;
    // Units stand there as long as anything lies in them.
    let of = |corpus: &Corpus, units: &[String]| {
        let steady = |line: &[u8]| {
            let (sort, id, _) = identities::order(line);
            sort == 1 && units.binary_search(&id).is_err()
        };
        let mut lines = BTreeSet::new();
        for line in identities::lines(corpus) {
            lines.extend(
                Some(line.map_err(|_| Damaged)?).filter(|line| !line.starts_with(b"{\"unit\"") || !steady(line)),
            );
        }
        Ok::<_, Damaged>(lines)
    };
    let (gone, come) = (of(&step.linked.before, &step.units[0])?, of(&step.linked.after, &step.units[1])?);
    let (gone, come): (Vec<_>, Vec<_>) =
        (gone.difference(&come).cloned().collect(), come.difference(&gone).cloned().collect());
    // Groups of reprints are the last lines.
    let whole = 0..lines.size();
    let reprints = lines.first(whole.clone(), |line| identities::order(line).cmp(&identities::REPRINTS))?;
    let mut splice = lines.change(0..reprints, &gone, &come, identities::order)?;
    if let Some(groups) = &step.groups {
        let groups = Corpus { reprints: groups.clone(), ..Corpus::default() };
        let groups: Vec<Vec<u8>> = identities::lines(&groups).collect::<Result<_>>().map_err(|_| Damaged)?;
        let groups = groups.concat();
        // Where they are the same nothing changes.
        let same = (whole.end - reprints) as usize == groups.len() && lines.part(reprints..whole.end)? == groups;
        if !same {
            splice.replace(reprints..whole.end, groups);
        }
    }
    Ok(splice)
}

/// The manifest, and what changes in the files of records and quotations.
fn documents(task: &Task<'_>, records: &mut Records) -> Result<(Manifest, Splice, Splice)> {
    let Task { found, old, options, .. } = task;
    let (mut texts, mut quotes) = (Splice::default(), Splice::default());
    for (id, entry) in &old.documents {
        if found.get(id).is_none_or(|(key, _)| *key != entry.key) {
            texts.replace(entry.record.0..entry.record.0 + entry.record.1 as u64 + 1, Vec::new());
            quotes.replace(entry.quotes.0..entry.quotes.0 + entry.quotes.1 as u64 + 1, Vec::new());
        }
    }
    let mut documents = Vec::with_capacity(found.len());
    // Where the next old line stands, and where the next new one.
    let (mut there, mut here) = ((0, 0), (0, 0));
    let mut before = old.documents.iter().peekable();
    for (id, (key, place)) in *found {
        let mut kept = None;
        while let Some((other, entry)) = before.next_if(|(other, _)| *other <= id) {
            there = (entry.record.0 + entry.record.1 as u64 + 1, entry.quotes.0 + entry.quotes.1 as u64 + 1);
            kept = Some(entry).filter(|entry| other == id && entry.key == *key);
        }
        let (record, quotation) = match kept {
            Some(entry) => (entry.record.1, entry.quotes.1),
            None => {
                let (record, quotation) = records.get(place)?;
                texts.replace(there.0..there.0, record.clone() + "\n");
                quotes.replace(there.1..there.1, quotation.clone() + "\n");
                (record.len(), quotation.len())
            }
        };
        let entry = Entry { key: key.clone(), record: (here.0, record), quotes: (here.1, quotation) };
        here = (here.0 + record as u64 + 1, here.1 + quotation as u64 + 1);
        documents.push((id.clone(), entry));
    }
    // In their order, which makes a map at one go.
    let documents = documents.into_iter().collect();
    let manifest = Manifest {
        program: old.program.clone(),
        rules: old.rules.clone(),
        inputs: options.arguments.clone(),
        base: old.base.clone(),
        full: old.full,
        footprint: old.footprint.clone(),
        decisions: old.decisions.clone(),
        documents,
    };
    if manifest.documents.is_empty() {
        return Err(Error::new("no text could be read: nothing was written"));
    }
    Ok((manifest, texts, quotes))
}
