//! What documents say of one thing and cannot both be true: listed, never thrown away.

use std::collections::{BTreeMap, BTreeSet};

use super::super::name::plain;
use super::{Conflict, Corpus};
use crate::record::Record;
use crate::schema::{Predicate, Qualifier, Status, Type};

/// Posts of which a body has one holder at a time.
const SOLE: [&str; 26] = [
    "书记",
    "主席",
    "局长",
    "厅长",
    "部长",
    "市长",
    "省长",
    "县长",
    "区长",
    "州长",
    "镇长",
    "乡长",
    "董事长",
    "总经理",
    "总裁",
    "院长",
    "校长",
    "所长",
    "处长",
    "科长",
    "司令员",
    "主任",
    "总理",
    "委员长",
    "会长",
    "社长",
];
/// Words in a post that several may hold.
const SHARED: [&str; 8] = ["副", "名誉", "联席", "助理", "委员", "成员", "车间", "班主任"];

pub(super) fn find(records: &[&Record], corpus: &Corpus) -> Vec<Conflict> {
    let mut out = single(records, corpus);
    out.extend(holders(records, corpus));
    out.sort();
    out
}

/// The corpus entity of one end of a fact.
fn entity<'c>(corpus: &'c Corpus, record: &Record, id: &Option<String>, name: &str) -> Option<&'c str> {
    let local = match id {
        Some(id) => Some(id),
        None => record.entities.iter().find(|e| e.name == name).map(|e| &e.id),
    };
    corpus.entity(&record.doc, local?)
}

/// Two values of what a thing has once: birth, death, founding, the day of an event.
fn single(records: &[&Record], corpus: &Corpus) -> Vec<Conflict> {
    let mut said: BTreeMap<(String, Predicate), BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for record in records {
        for fact in record.facts.iter().filter(|f| f.status == Status::Stated) {
            let once = [Predicate::BornOn, Predicate::DiedOn, Predicate::Founded, Predicate::BornIn, Predicate::DiedIn];
            if !once.contains(&fact.predicate) {
                continue;
            }
            let Some(subject) = entity(corpus, record, &fact.subject_id, &fact.subject) else { continue };
            let place = matches!(fact.predicate, Predicate::BornIn | Predicate::DiedIn);
            // Two names of one place are no conflict, nor is a place in another.
            let value = match place {
                true => entity(corpus, record, &fact.object_id, &fact.object).unwrap_or(&fact.object).to_owned(),
                false => fact.object.clone(),
            };
            let entry = said.entry((subject.to_owned(), fact.predicate)).or_default();
            entry.entry(value).or_default().insert(record.doc.clone());
        }
    }
    let mut out = Vec::new();
    for ((subject, predicate), values) in said {
        let list: Vec<&String> = values.keys().collect();
        let differ = list.iter().enumerate().any(|(nth, a)| list[nth + 1..].iter().any(|b| !agree(corpus, a, b)));
        if differ {
            let values = values.iter().map(|(v, docs)| (v.clone(), docs.iter().cloned().collect())).collect();
            out.push(Conflict { entity: subject, predicate, detail: None, values });
        }
    }
    out
}

/// Whether two values can both be true: a day in its month, a town in its district.
fn agree(corpus: &Corpus, a: &str, b: &str) -> bool {
    let (x, y) = (a.trim_end_matches(['~', '?']), b.trim_end_matches(['~', '?']));
    if x.starts_with(y) || y.starts_with(x) || a.contains('/') || b.contains('/') {
        return true;
    }
    let chain = |id: &str| corpus.entities.iter().find(|e| e.id == id).map(|e| e.chain.clone()).unwrap_or_default();
    let (p, q) = (chain(a), chain(b));
    !p.is_empty() && !q.is_empty() && (p.starts_with(&q) || q.starts_with(&p))
}

/// Two holders of one post on one day.
fn holders(records: &[&Record], corpus: &Corpus) -> Vec<Conflict> {
    // Body and post, then the time, then the person with the documents that say so.
    type Posts = BTreeMap<(String, String), BTreeMap<String, BTreeMap<String, BTreeSet<String>>>>;
    let mut posts: Posts = BTreeMap::new();
    for record in records {
        for fact in
            record.facts.iter().filter(|f| f.predicate == Predicate::HoldsPosition && f.status == Status::Stated)
        {
            let post = plain(&fact.object);
            let sole = SOLE.iter().any(|end| post.ends_with(end)) && !SHARED.iter().any(|word| post.contains(word));
            let Some(org) = fact.qualifiers.get(&Qualifier::Org).filter(|_| sole) else { continue };
            let Some(person) = entity(corpus, record, &fact.subject_id, &fact.subject) else { continue };
            let body = record
                .entities
                .iter()
                .find(|e| e.kind == Type::Organization && (e.name == *org || e.aliases.contains(org)));
            let Some(body) = body.and_then(|e| corpus.entity(&record.doc, &e.id)) else { continue };
            let time = fact.qualifiers.get(&Qualifier::Time).or(record.date.as_ref());
            // `../2023-12-29` ends a tenure, it does not say who holds it.
            let Some(time) = time.filter(|t| t.len() == 10 && !t.contains('/')) else { continue };
            let entry = posts.entry((body.to_owned(), post)).or_default();
            entry.entry(time.clone()).or_default().entry(person.to_owned()).or_default().insert(record.doc.clone());
        }
    }
    let mut out = Vec::new();
    for ((body, post), times) in posts {
        for (time, persons) in times.into_iter().filter(|(_, persons)| persons.len() > 1) {
            let values = persons.into_iter().map(|(p, docs)| (p, docs.into_iter().collect())).collect();
            let detail = Some(format!("{post} {time}"));
            out.push(Conflict { entity: body.clone(), predicate: Predicate::HoldsPosition, detail, values });
        }
    }
    out
}
