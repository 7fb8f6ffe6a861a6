//! The documents that are read again.

use std::collections::{BTreeMap, BTreeSet};

use super::super::cache::{Place, Records};
use super::Task;
use crate::graph::{Builder, Graph, Quotes};
use crate::link::{self, Corpus, Entity, View};
use crate::record::Record;
use crate::schema::Type;

/// Something before the change, and after it.
pub type Both<T> = [T; 2];

/// Reads documents as they were and as they are.
pub struct Read<'t> {
    task: &'t Task<'t>,
    records: &'t mut Records,
    /// Code points and mentions of the documents that changed, before and after.
    pub figures: Both<(usize, usize)>,
}

impl<'t> Read<'t> {
    pub fn new(task: &'t Task<'t>, records: &'t mut Records) -> Read<'t> {
        Read { task, records, figures: Default::default() }
    }

    fn document(&mut self, doc: &str, side: usize) -> Option<(Record, Quotes)> {
        let place = match side {
            0 => Place::built(self.task.old.documents.get(doc)?),
            _ => self.task.found.get(doc)?.1,
        };
        let (record, quotes) = self.records.get(&place).ok()?;
        Some((serde_json::from_str(&record).ok()?, serde_json::from_str(&quotes).ok()?))
    }

    /// The sheets of documents that changed and are there. Members that are what they were keep their ids.
    pub fn sheets(&mut self, changed: &BTreeSet<&str>, before: &[View<'_>]) -> Option<BTreeMap<String, Vec<u8>>> {
        let mut sheets = BTreeMap::new();
        for doc in changed {
            for side in [0, 1] {
                let there = if side == 0 {
                    self.task.old.documents.contains_key(*doc)
                } else {
                    self.task.found.contains_key(*doc)
                };
                if !there {
                    continue;
                }
                let (record, quotes) = self.document(doc, side)?;
                self.figures[side].0 += record.length;
                self.figures[side].1 += record.mentions.iter().filter(|mention| !mention.inner).count();
                if side == 0 {
                    continue;
                }
                let mut builder = Builder::new();
                builder.add(&record, &quotes);
                let sheet = link::sheet(&record, &builder.implied(&record), &self.task.rules.linker);
                let mut known = BTreeMap::new();
                let old = link::find(before, doc);
                for each in old.into_iter().flat_map(View::ids) {
                    let (local, id) = each?;
                    known.insert(local, id);
                }
                let own = record.entities.iter().map(|entity| entity.id.as_str());
                let ids: Vec<&str> = own.map(|id| known.get(id).copied().unwrap_or(id)).collect();
                let origin = old.map_or("", |view| view.origin);
                sheets.insert((*doc).to_owned(), link::seal(&sheet, origin, ids.into_iter())?);
            }
        }
        Some(sheets)
    }

    /// The graphs of some documents alone, as they were and as they are. Their things have their ids and nothing else.
    pub fn graphs(
        &mut self,
        documents: &BTreeSet<String>,
        before: &[View<'_>],
        after: &[View<'_>],
    ) -> Option<Both<Graph>> {
        let mut graphs = [Graph::default(), Graph::default()];
        for (side, views) in [(0, before), (1, after)] {
            let mut builder = Builder::new();
            let mut members: BTreeMap<&str, Vec<(String, String)>> = BTreeMap::new();
            for view in documents.iter().filter_map(|doc| link::find(views, doc)) {
                let (record, quotes) = self.document(view.doc, side)?;
                builder.add(&record, &quotes);
                for each in view.ids() {
                    let (local, id) = each?;
                    members.entry(id).or_default().push((view.doc.to_owned(), local.to_owned()));
                }
            }
            let entity = |(id, members): (&str, Vec<(String, String)>)| {
                let (kind, name) = id.split_once('/').unwrap_or(("", id));
                Entity {
                    id: id.to_owned(),
                    kind: Type::from_name(kind).unwrap_or(Type::Organization),
                    name: name.to_owned(),
                    aliases: Vec::new(),
                    chain: Vec::new(),
                    members,
                }
            };
            let entities = members.into_iter().map(entity).collect();
            graphs[side] = builder.finish(&Corpus { entities, ..Corpus::default() });
        }
        Some(graphs)
    }
}
