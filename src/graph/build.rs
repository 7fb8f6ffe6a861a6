//! Folding records into the graph.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::signature::{self, Range};
use super::{Entity, Fact, Graph, Mark, Object, Period, Qualified, Quotes, Source, Statement, edtf};
use crate::link::{Corpus, Implied, entity_id};
use crate::record::{FactRecord, MentionRecord, Record};
use crate::schema::{Qualifier, Status, Type};
use crate::text::hex;

/// Takes records in any order; [`Builder::finish`] yields the same graph for every order.
#[derive(Debug, Default)]
pub struct Builder {
    parts: BTreeMap<String, Part>,
    marks: bool,
}

/// What one document adds, with entities by their id in the record.
#[derive(Debug)]
struct Part {
    source: Source,
    entities: BTreeMap<String, Named>,
    statements: Vec<Draft>,
    /// Mentions, each with the id of its entity.
    marks: Vec<(Mark, Option<String>)>,
}

/// An entity as one document knows it.
#[derive(Debug)]
struct Named {
    kind: Type,
    name: String,
    aliases: BTreeSet<String>,
    mentions: usize,
}

/// A statement whose ends are still ids.
#[derive(Debug)]
struct Draft {
    subject: String,
    object: DraftObject,
    qualifiers: BTreeMap<Qualifier, (String, Option<String>)>,
    statement: Statement,
}

#[derive(Debug)]
enum DraftObject {
    Entity(String),
    Value(Object),
}

impl Builder {
    /// A builder without records.
    pub fn new() -> Builder {
        Builder::default()
    }

    /// Whether the graph is to carry the mentions of the texts, too.
    #[must_use]
    pub fn with_marks(self, marks: bool) -> Builder {
        Builder { marks, ..self }
    }

    /// Adds one record with the sentences of its facts. A record of a document that is there already
    /// takes its place.
    pub fn add(&mut self, record: &Record, quotes: &Quotes) {
        let mut part = Reader { record, entities: BTreeMap::new() }.read(quotes);
        if self.marks {
            part.marks = record.mentions.iter().map(mark).collect();
            part.marks.sort_by_key(|(mark, _)| (mark.begin, mark.end, mark.kind));
        }
        self.parts.insert(record.doc.clone(), part);
    }

    /// What only the facts of a record that was added name.
    pub fn implied(&self, record: &Record) -> Vec<Implied> {
        let listed: BTreeSet<&str> = record.entities.iter().map(|entity| entity.id.as_str()).collect();
        let entities = self.parts.get(&record.doc).into_iter().flat_map(|part| &part.entities);
        entities
            .filter(|(id, _)| !listed.contains(id.as_str()))
            .map(|(id, named)| (id.clone(), named.kind, named.name.clone()))
            .collect()
    }

    /// Takes a document out again.
    pub fn remove(&mut self, doc: &str) -> bool {
        self.parts.remove(doc).is_some()
    }

    /// The graph of all records added, with one entity for one thing of the corpus. Documents and entities that
    /// the corpus does not know stand for themselves.
    pub fn finish(self, corpus: &Corpus) -> Graph {
        let mut graph = Graph { units: corpus.units.clone(), decisions: corpus.decisions.clone(), ..Graph::default() };
        let index = join_entities(&self.parts, corpus, &mut graph);
        let places: BTreeMap<String, usize> = self.parts.keys().cloned().zip(0..).collect();
        let mut origins: Vec<usize> = (0..places.len()).collect();
        for group in &corpus.reprints {
            let mut group = group.iter().filter_map(|doc| places.get(doc).copied());
            if let Some(first) = group.next() {
                group.for_each(|doc| origins[doc] = first);
            }
        }
        for (at, part) in self.parts.into_values().enumerate() {
            let index = &index[at];
            let entity = |id: Option<String>| id.and_then(|id| index.get(&id).copied());
            let marks = part.marks.into_iter().map(|(mark, id)| Mark { entity: entity(id), ..mark }).collect();
            graph.sources.push(Source { origin: origins[at], marks, ..part.source });
            for draft in part.statements {
                let mut statement = draft.statement;
                statement.source = at;
                statement.subject = index[&draft.subject];
                statement.object = match draft.object {
                    DraftObject::Entity(id) => Object::Entity(index[&id]),
                    DraftObject::Value(value) => value,
                };
                statement.qualifiers = draft
                    .qualifiers
                    .into_iter()
                    .map(|(name, (text, id))| (name, Qualified { text, entity: id.map(|id| index[&id]) }))
                    .collect();
                graph.statements.push(statement);
            }
        }
        graph.facts = join_facts(&graph);
        graph.connect();
        graph
    }
}

fn mark(mention: &MentionRecord) -> (Mark, Option<String>) {
    let mark = Mark {
        begin: mention.start,
        end: mention.end,
        kind: mention.kind,
        text: mention.text.clone(),
        norm: mention.norm.clone().filter(|_| matches!(mention.kind, Type::Date | Type::Figure)),
        entity: None,
    };
    (mark, mention.entity.clone())
}

/// Reads one record.
struct Reader<'a> {
    record: &'a Record,
    entities: BTreeMap<String, Named>,
}

impl Reader<'_> {
    fn read(mut self, quotes: &Quotes) -> Part {
        let record = self.record;
        for entity in &record.entities {
            if matches!(entity.kind, Type::Date | Type::Figure) || entity.name.is_empty() {
                continue;
            }
            let named = self.entities.entry(entity.id.clone()).or_insert_with(|| Named {
                kind: entity.kind,
                name: entity.name.clone(),
                aliases: BTreeSet::new(),
                mentions: 0,
            });
            named.aliases.extend(entity.aliases.iter().filter(|a| !a.is_empty()).cloned());
            named.aliases.insert(entity.name.clone());
            named.mentions += entity.mentions.len();
        }
        let mut seen = BTreeSet::new();
        let mut statements = Vec::with_capacity(record.facts.len());
        for (at, fact) in record.facts.iter().enumerate() {
            if fact.subject.is_empty() || fact.object.is_empty() {
                continue;
            }
            let draft = self.draft(fact, quotes.get(at));
            if seen.insert(draft.statement.id.clone()) {
                statements.push(draft);
            }
        }
        statements.sort_by(|a, b| {
            let key = |d: &Draft| (d.statement.begin, d.statement.end, d.statement.predicate);
            key(a).cmp(&key(b)).then_with(|| a.statement.id.cmp(&b.statement.id))
        });
        let source = Source {
            doc: record.doc.clone(),
            sha256: record.sha256.clone(),
            length: record.length,
            date: record.date.clone(),
            date_source: record.date_source.clone(),
            titles: record.articles.iter().filter_map(|a| a.title.clone()).collect(),
            byline: record.articles.iter().flat_map(|a| a.byline.iter().cloned()).collect(),
            origin: 0,
            marks: Vec::new(),
        };
        Part { source, entities: self.entities, statements, marks: Vec::new() }
    }

    /// The entity of an end of a fact: the one the record names, else one of that name, else a new one.
    fn end(&mut self, id: Option<&str>, name: &str, kinds: &[Type]) -> String {
        if let Some(id) = id.filter(|id| self.entities.contains_key(*id)) {
            return id.to_owned();
        }
        if let Some(id) = self.find(name, kinds) {
            return id;
        }
        let kind = id.and_then(|id| Type::from_name(id.split('/').next()?)).unwrap_or(kinds[0]);
        let id = id.map_or_else(|| entity_id(kind, name), str::to_owned);
        let named = Named { kind, name: name.to_owned(), aliases: BTreeSet::from([name.to_owned()]), mentions: 0 };
        self.entities.insert(id.clone(), named);
        id
    }

    fn find(&self, name: &str, kinds: &[Type]) -> Option<String> {
        let fits = |named: &Named| kinds.contains(&named.kind);
        let exact = self.entities.iter().find(|(_, named)| fits(named) && named.name == name);
        exact
            .or_else(|| self.entities.iter().find(|(_, named)| fits(named) && named.aliases.contains(name)))
            .map(|(id, _)| id.clone())
    }

    fn draft(&mut self, fact: &FactRecord, sentence: Option<&str>) -> Draft {
        let subject = self.end(fact.subject_id.as_deref(), &fact.subject, signature::domain(fact.predicate));
        let object = match signature::range(fact.predicate) {
            Range::Entity(kinds) => DraftObject::Entity(self.end(fact.object_id.as_deref(), &fact.object, kinds)),
            Range::Date => DraftObject::Value(Object::Date(fact.object.clone())),
            Range::Figure => DraftObject::Value(Object::Figure(fact.object.clone())),
            Range::Text => DraftObject::Value(Object::Text(fact.object.clone())),
        };
        let mut qualifiers = BTreeMap::new();
        for (&name, text) in &fact.qualifiers {
            let id = match name {
                Qualifier::Time => continue,
                Qualifier::Org => self.find(text, &[Type::Organization]),
                Qualifier::Place => self.find(text, &[Type::Place, Type::Organization]),
                Qualifier::Role | Qualifier::Count => None,
            };
            qualifiers.insert(name, (text.clone(), id));
        }
        let time = fact.qualifiers.get(&Qualifier::Time).or(match &object {
            DraftObject::Value(Object::Date(text)) => Some(text),
            _ => None,
        });
        let statement = Statement {
            id: hash(&self.record.doc, fact, &subject, &object),
            source: 0,
            subject: 0,
            predicate: fact.predicate,
            object: Object::Text(String::new()),
            qualifiers: BTreeMap::new(),
            period: time.map(|edtf| self.period(edtf, fact)),
            status: fact.status,
            rule: fact.rule.clone(),
            begin: fact.evidence.start,
            end: fact.evidence.end,
            sentence: sentence.map(str::to_owned),
        };
        Draft { subject, object, qualifiers, statement }
    }

    /// The days and words of a time: from the nearest mention with that norm, else computed.
    fn period(&self, expression: &str, fact: &FactRecord) -> Period {
        let distance = |m: &MentionRecord| {
            m.start.saturating_sub(fact.evidence.end).max(fact.evidence.start.saturating_sub(m.end))
        };
        let mention = self
            .record
            .mentions
            .iter()
            .filter(|m| m.kind == Type::Date && m.norm.as_deref() == Some(expression))
            .min_by_key(|m| (distance(m), m.start));
        let (first, last) = match mention {
            Some(m) if m.first.is_some() || m.last.is_some() => (m.first.clone(), m.last.clone()),
            _ => edtf::days(expression).unwrap_or_default(),
        };
        let words = mention.map(|m| m.text.split_whitespace().collect::<String>());
        Period { edtf: expression.to_owned(), first, last, words }
    }
}

/// The content hash of a statement: document, place, rule, terms and qualifiers.
fn hash(doc: &str, fact: &FactRecord, subject: &str, object: &DraftObject) -> String {
    let mut sha = Sha256::new();
    let mut put = |text: &str| {
        sha.update(text.as_bytes());
        sha.update([0]);
    };
    put(doc);
    put(subject);
    put(fact.predicate.name());
    match object {
        DraftObject::Entity(id) => put(id),
        DraftObject::Value(_) => put(&fact.object),
    }
    for (name, text) in &fact.qualifiers {
        put(name.name());
        put(text);
    }
    put(fact.status.name());
    put(&fact.rule);
    put(&fact.evidence.start.to_string());
    put(&fact.evidence.end.to_string());
    hex(&sha.finalize()[..8])
}

/// Joins the entities of all parts; yields for each part the index of each of its ids.
fn join_entities(parts: &BTreeMap<String, Part>, corpus: &Corpus, graph: &mut Graph) -> Vec<BTreeMap<String, usize>> {
    #[derive(Default)]
    struct Joined<'a> {
        kind: Option<Type>,
        /// The canonical name, where the corpus has one.
        name: Option<&'a str>,
        names: BTreeMap<&'a str, usize>,
        aliases: BTreeSet<&'a str>,
        chain: &'a [String],
        sources: Vec<usize>,
        mentions: usize,
    }
    let known = corpus.index();
    let of = |doc: &str, local: &str| known.get(doc).and_then(|ids| ids.get(local)).map(|at| &corpus.entities[*at]);
    let mut joined: BTreeMap<&str, Joined<'_>> = BTreeMap::new();
    for (at, (doc, part)) in parts.iter().enumerate() {
        for (id, named) in &part.entities {
            let thing = of(doc, id);
            let entry = joined.entry(thing.map_or(id, |thing| &thing.id)).or_default();
            if let Some(thing) = thing {
                entry.name = Some(&thing.name);
                entry.chain = &thing.chain;
            }
            entry.kind.get_or_insert(named.kind);
            *entry.names.entry(&named.name).or_default() += 1;
            entry.aliases.extend(named.aliases.iter().map(String::as_str));
            if entry.sources.last() != Some(&at) {
                entry.sources.push(at);
            }
            entry.mentions += named.mentions;
        }
    }
    let mut index: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, (id, entry)) in joined.into_iter().enumerate() {
        // Of equally frequent names the longest, then the first in text order.
        let best = || {
            entry.names.iter().max_by_key(|(name, count)| (**count, name.chars().count(), std::cmp::Reverse(**name)))
        };
        let name = entry.name.or_else(|| best().map(|(name, _)| *name)).unwrap_or(id);
        graph.entities.push(Entity {
            id: id.to_owned(),
            kind: entry.kind.unwrap_or(Type::Organization),
            name: name.to_owned(),
            aliases: entry.aliases.iter().filter(|a| **a != name).map(|a| (*a).to_owned()).collect(),
            chain: entry.chain.to_vec(),
            sources: entry.sources,
            mentions: entry.mentions,
        });
        index.insert(id, at);
    }
    let number = |doc: &str, id: &str| index[of(doc, id).map_or(id, |thing| thing.id.as_str())];
    parts.iter().map(|(doc, part)| part.entities.keys().map(|id| (id.clone(), number(doc, id))).collect()).collect()
}

/// The distinct stated facts.
pub(super) fn join_facts(graph: &Graph) -> Vec<Fact> {
    type Key<'a> = (usize, crate::schema::Predicate, &'a Object, Option<&'a Qualified>, Option<&'a Qualified>);
    let mut facts: BTreeMap<Key<'_>, Vec<usize>> = BTreeMap::new();
    for (at, statement) in graph.statements.iter().enumerate() {
        if statement.status == Status::Stated {
            let org = statement.qualifiers.get(&Qualifier::Org);
            let role = statement.qualifiers.get(&Qualifier::Role);
            let key = (statement.subject, statement.predicate, &statement.object, org, role);
            facts.entry(key).or_default().push(at);
        }
    }
    facts
        .into_iter()
        .map(|((subject, predicate, object, org, role), statements)| {
            let origins: BTreeSet<usize> =
                statements.iter().map(|&at| graph.sources[graph.statements[at].source].origin).collect();
            Fact {
                subject,
                predicate,
                object: object.clone(),
                org: org.cloned(),
                role: role.cloned(),
                statements,
                origins: origins.len(),
            }
        })
        .collect()
}
