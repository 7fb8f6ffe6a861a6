//! Parts of the graph: by type, predicate, neighbourhood, path, support, time and document.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{Fact, Graph, Object, Statement, build, edtf};
use crate::error::{Error, Result};
use crate::schema::{Predicate, Status, Type};

/// Which part of a graph to keep. What is left empty keeps everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Keep entities of these types.
    pub types: Vec<Type>,
    /// Keep facts of these predicates.
    pub predicates: Vec<Predicate>,
    /// Keep what lies within [`Filter::depth`] steps of the entity with this name or id.
    pub ego: Option<String>,
    /// How many steps an ego network goes; 1 where not given.
    pub depth: Option<usize>,
    /// Keep the shortest paths between two names or ids.
    pub between: Option<(String, String)>,
    /// Keep entities with at least that many facts.
    pub min_degree: usize,
    /// Keep facts that at least that many independent documents state.
    pub min_support: usize,
    /// Keep facts whose time reaches to this day or later (EDTF); facts without time are left out.
    pub since: Option<String>,
    /// Keep facts whose time begins on this day or before (EDTF); facts without time are left out.
    pub until: Option<String>,
    /// Keep what was so on this day (EDTF), as far as the texts say; see [`Filter::apply`].
    pub as_of: Option<String>,
    /// Keep what these documents say.
    pub documents: Vec<String>,
    /// Keep entities without facts.
    pub lone: bool,
}

impl Filter {
    /// The part of `graph` that passes, with statements and documents to match. Entities without facts
    /// stay only where nothing is asked for, or with [`Filter::lone`].
    ///
    /// As of a day, a statement passes where its time had begun; one without a time where its text was published by
    /// then or bears no date. Posts, memberships and other states of which the texts say that they ended before do
    /// not pass.
    pub fn apply(&self, graph: &Graph) -> Result<Graph> {
        if *self == Filter::default() {
            return Ok(graph.clone());
        }
        let (documents, day) = (self.documents(graph)?, self.as_of.as_deref().map(day).transpose()?);
        if documents.is_none() && day.is_none() {
            return self.shape(graph);
        }
        // What is left out is gone before support is counted.
        let mut part = graph.clone();
        part.statements.retain(|statement| {
            documents.as_ref().is_none_or(|kept| kept.contains(&statement.source))
                && day.as_ref().is_none_or(|(first, last)| was_so(graph, statement, first, last))
        });
        part.facts = build::join_facts(&part);
        if let Some(kept) = documents {
            for entity in &mut part.entities {
                entity.sources.retain(|source| kept.contains(source));
            }
        }
        part.connect();
        self.shape(&part)
    }

    fn shape(&self, graph: &Graph) -> Result<Graph> {
        let (since, until) = (self.since()?, self.until()?);
        let type_fits = |at: usize| self.types.is_empty() || self.types.contains(&graph.entities[at].kind);
        let passes = |fact: &Fact| {
            (self.predicates.is_empty() || self.predicates.contains(&fact.predicate))
                && fact.origins >= self.min_support
                && type_fits(fact.subject)
                && !matches!(fact.object, Object::Entity(object) if !type_fits(object))
                && in_time(graph, fact, since.as_deref(), until.as_deref())
        };
        let mut facts: BTreeSet<usize> = (0..graph.facts.len()).filter(|&at| passes(&graph.facts[at])).collect();
        if let Some(ego) = &self.ego {
            let near = within(graph, &facts, &one(graph, ego)?, self.depth.unwrap_or(1));
            facts.retain(|&at| ends(&graph.facts[at]).all(|end| near.contains(&end)));
        }
        if let Some((from, to)) = &self.between {
            facts = paths(graph, &facts, &one(graph, from)?, &one(graph, to)?);
            if facts.is_empty() {
                return Err(Error::new(format!("no facts connect {from} and {to}"))
                    .with_help("ask without other filters, or look at each with an ego network"));
            }
        }
        if self.min_degree > 0 {
            let mut degree = vec![0; graph.entities.len()];
            facts.iter().flat_map(|&at| ends(&graph.facts[at])).for_each(|end| degree[end] += 1);
            facts.retain(|&at| ends(&graph.facts[at]).all(|end| degree[end] >= self.min_degree));
        }
        let mut entities: BTreeSet<usize> = facts.iter().flat_map(|&at| ends(&graph.facts[at])).collect();
        if let Some(ego) = &self.ego {
            entities.extend(one(graph, ego)?);
        }
        if self.lone || *self == (Filter { documents: self.documents.clone(), ..Filter::default() }) {
            let spoken = |at: &usize| type_fits(*at) && !graph.entities[*at].sources.is_empty();
            entities.extend((0..graph.entities.len()).filter(spoken));
        }
        // What is planned, denied or only reported is no fact; it stays where both of its ends do.
        let unstated = graph.statements.iter().enumerate().filter(|(_, statement)| {
            let object = if let Object::Entity(object) = statement.object { object } else { statement.subject };
            statement.status != Status::Stated
                && self.min_support < 2
                && self.between.is_none()
                && (self.predicates.is_empty() || self.predicates.contains(&statement.predicate))
                && [statement.subject, object].iter().all(|end| entities.contains(end) && type_fits(*end))
                && said_in_time(statement, since.as_deref(), until.as_deref())
        });
        let unstated = unstated.map(|(at, _)| at).collect();
        Ok(graph.part(&entities, &facts, &unstated))
    }

    fn documents(&self, graph: &Graph) -> Result<Option<BTreeSet<usize>>> {
        if self.documents.is_empty() {
            return Ok(None);
        }
        let find = |name: &String| {
            let at = graph.sources.binary_search_by(|source| source.doc.as_str().cmp(name));
            at.map_err(|_| {
                Error::new(format!("no document is called {name}")).with_help("names are those of the records (`doc`)")
            })
        };
        self.documents.iter().map(find).collect::<Result<BTreeSet<usize>>>().map(Some)
    }

    fn since(&self) -> Result<Option<String>> {
        self.since.as_ref().map(|text| day(text).map(|(first, _)| first)).transpose()
    }

    fn until(&self) -> Result<Option<String>> {
        self.until.as_ref().map(|text| day(text).map(|(_, last)| last)).transpose()
    }
}

fn day(text: &str) -> Result<(String, String)> {
    match edtf::days(text) {
        Some((Some(first), Some(last))) => Ok((first, last)),
        _ => Err(Error::new(format!("{text} is no date")).with_help("write 2024, 2024-10 or 2024-10-01")),
    }
}

/// What goes on until it ends, and is not done once it was begun.
const STATES: [Predicate; 6] = [
    Predicate::HoldsPosition,
    Predicate::MemberOf,
    Predicate::PartOf,
    Predicate::LocatedIn,
    Predicate::Runs,
    Predicate::RelatedTo,
];

/// Whether a statement was so on a day, from its first to its last moment, as far as is known.
fn was_so(graph: &Graph, statement: &Statement, first: &str, last: &str) -> bool {
    let period = statement.period.as_ref().filter(|period| period.first.is_some() || period.last.is_some());
    let begun = match period {
        Some(period) => period.first.clone(),
        None => graph.sources[statement.source].date.as_deref().and_then(edtf::days).and_then(|(from, _)| from),
    };
    // A single time is when somebody was seen in a post; from one time to another he was in it.
    let ended = period.filter(|period| STATES.contains(&statement.predicate) && period.edtf.contains('/'));
    begun.is_none_or(|begun| begun.as_str() <= last)
        && ended.and_then(|period| period.last.as_deref()).is_none_or(|end| end >= first)
}

fn in_time(graph: &Graph, fact: &Fact, since: Option<&str>, until: Option<&str>) -> bool {
    fact.statements.iter().any(|&at| said_in_time(&graph.statements[at], since, until))
}

fn said_in_time(statement: &Statement, since: Option<&str>, until: Option<&str>) -> bool {
    if since.is_none() && until.is_none() {
        return true;
    }
    statement.period.as_ref().filter(|period| period.first.is_some() || period.last.is_some()).is_some_and(|period| {
        since.is_none_or(|since| period.last.as_deref().is_none_or(|last| last >= since))
            && until.is_none_or(|until| period.first.as_deref().is_none_or(|first| first <= until))
    })
}

fn one(graph: &Graph, name: &str) -> Result<Vec<usize>> {
    let found = graph.named(name);
    if found.is_empty() {
        let near: Vec<&str> =
            graph.entities.iter().filter(|e| e.name.contains(name)).map(|e| e.id.as_str()).take(5).collect();
        let help = if near.is_empty() {
            "names and ids stand in nodes.csv and in the summary".to_owned()
        } else {
            format!("did you mean {}?", near.join(", "))
        };
        return Err(Error::new(format!("nothing is called {name}")).with_help(help));
    }
    Ok(found)
}

fn ends(fact: &Fact) -> impl Iterator<Item = usize> + use<> {
    let object = match fact.object {
        Object::Entity(object) if object != fact.subject => Some(object),
        _ => None,
    };
    std::iter::once(fact.subject).chain(object)
}

/// Neighbours by allowed facts, in order.
fn neighbours(graph: &Graph, facts: &BTreeSet<usize>) -> BTreeMap<usize, Vec<(usize, usize)>> {
    let mut near: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
    for &at in facts {
        if let Fact { subject, object: Object::Entity(object), .. } = graph.facts[at] {
            near.entry(subject).or_default().push((object, at));
            near.entry(object).or_default().push((subject, at));
        }
    }
    near
}

/// Steps from the nearest of `from`, for everything that can be reached.
fn distances(near: &BTreeMap<usize, Vec<(usize, usize)>>, from: &[usize], limit: usize) -> BTreeMap<usize, usize> {
    let mut distance: BTreeMap<usize, usize> = from.iter().map(|&at| (at, 0)).collect();
    let mut queue: VecDeque<usize> = from.iter().copied().collect();
    while let Some(at) = queue.pop_front() {
        let step = distance[&at] + 1;
        for &(next, _) in near.get(&at).into_iter().flatten().filter(|_| step <= limit) {
            distance.entry(next).or_insert_with(|| {
                queue.push_back(next);
                step
            });
        }
    }
    distance
}

fn within(graph: &Graph, facts: &BTreeSet<usize>, from: &[usize], depth: usize) -> BTreeSet<usize> {
    distances(&neighbours(graph, facts), from, depth).into_keys().collect()
}

/// The facts on any shortest path.
fn paths(graph: &Graph, facts: &BTreeSet<usize>, from: &[usize], to: &[usize]) -> BTreeSet<usize> {
    let near = neighbours(graph, facts);
    let (away, back) = (distances(&near, from, usize::MAX), distances(&near, to, usize::MAX));
    let Some(length) = to.iter().filter_map(|at| away.get(at)).min() else {
        return BTreeSet::new();
    };
    let on_path =
        |a: usize, b: usize| matches!((away.get(&a), back.get(&b)), (Some(x), Some(y)) if x + 1 + y == *length);
    facts
        .iter()
        .copied()
        .filter(|&at| match graph.facts[at] {
            Fact { subject, object: Object::Entity(object), .. } => {
                on_path(subject, object) || on_path(object, subject)
            }
            _ => false,
        })
        .collect()
}

impl Graph {
    /// The graph of some entities and facts, and of statements that make no facts; facts with an end outside are left out. Documents are kept
    /// where a kept statement stands in them or a kept entity is spoken of.
    pub(crate) fn part(
        &self,
        entities: &BTreeSet<usize>,
        facts: &BTreeSet<usize>,
        unstated: &BTreeSet<usize>,
    ) -> Graph {
        let number = |set: &BTreeSet<usize>| -> BTreeMap<usize, usize> {
            set.iter().enumerate().map(|(new, &old)| (old, new)).collect()
        };
        let entity_numbers = number(entities);
        let facts: Vec<&Fact> = facts
            .iter()
            .map(|&at| &self.facts[at])
            .filter(|fact| ends(fact).all(|end| entities.contains(&end)))
            .collect();
        let mut statements: BTreeSet<usize> = facts.iter().flat_map(|fact| fact.statements.iter().copied()).collect();
        statements.extend(unstated);
        let statement_numbers = number(&statements);
        let mut sources: BTreeSet<usize> = statements.iter().map(|&at| self.statements[at].source).collect();
        sources.extend(entities.iter().flat_map(|&at| self.entities[at].sources.iter().copied()));
        let source_numbers = number(&sources);
        let object = |object: &Object| match object {
            Object::Entity(at) => Object::Entity(entity_numbers[at]),
            value => value.clone(),
        };
        let qualified = |q: &super::Qualified| super::Qualified {
            text: q.text.clone(),
            entity: q.entity.and_then(|at| entity_numbers.get(&at).copied()),
        };
        let mut graph = Graph::default();
        for &old in &sources {
            let mut source = self.sources[old].clone();
            source.marks.retain(|mark| mark.entity.is_none_or(|at| entities.contains(&at)));
            for mark in &mut source.marks {
                mark.entity = mark.entity.and_then(|at| entity_numbers.get(&at).copied());
            }
            let origin = source_numbers.get(&source.origin).copied().unwrap_or(source_numbers[&old]);
            graph.sources.push(super::Source { origin, ..source });
        }
        for &old in entities {
            let mut entity = self.entities[old].clone();
            entity.sources = entity.sources.iter().map(|source| source_numbers[source]).collect();
            graph.entities.push(entity);
        }
        for &old in &statements {
            let mut statement = self.statements[old].clone();
            statement.source = source_numbers[&statement.source];
            statement.subject = entity_numbers[&statement.subject];
            statement.object = object(&statement.object);
            statement.qualifiers = statement.qualifiers.iter().map(|(&name, q)| (name, qualified(q))).collect();
            graph.statements.push(statement);
        }
        for fact in facts {
            graph.facts.push(Fact {
                subject: entity_numbers[&fact.subject],
                predicate: fact.predicate,
                object: object(&fact.object),
                org: fact.org.as_ref().map(qualified),
                role: fact.role.as_ref().map(qualified),
                statements: fact.statements.iter().map(|at| statement_numbers[at]).collect(),
                origins: fact.origins,
            });
        }
        for entity in &graph.entities {
            for id in &entity.chain {
                graph.units.extend(self.units.get(id).map(|unit| (id.clone(), unit.clone())));
            }
        }
        let stays = |id: &String| graph.entity(id).is_some();
        graph.decisions = self.decisions.iter().filter(|d| d.entities.iter().all(stays)).cloned().collect();
        graph.connect();
        graph
    }
}
