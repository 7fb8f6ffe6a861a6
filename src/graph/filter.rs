//! Parts of the graph: by type, predicate, neighbourhood, path, support, time and document.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{Fact, Graph, Object, build, edtf};
use crate::error::{Error, Result};
use crate::schema::{Predicate, Type};

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
    /// Keep what these documents say.
    pub documents: Vec<String>,
    /// Keep entities without facts.
    pub lone: bool,
}

impl Filter {
    /// The part of `graph` that passes, with statements and documents to match. Entities without facts
    /// stay only where nothing is asked for, or with [`Filter::lone`].
    pub fn apply(&self, graph: &Graph) -> Result<Graph> {
        let Some(kept) = self.documents(graph)? else {
            return self.shape(graph);
        };
        // Facts of the other documents are gone before support is counted.
        let mut part = graph.clone();
        part.statements.retain(|statement| kept.contains(&statement.source));
        part.facts = build::join_facts(&part);
        for entity in &mut part.entities {
            entity.sources.retain(|source| kept.contains(source));
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
        Ok(graph.part(&entities, &facts))
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

fn in_time(graph: &Graph, fact: &Fact, since: Option<&str>, until: Option<&str>) -> bool {
    if since.is_none() && until.is_none() {
        return true;
    }
    let fits = |period: &super::Period| {
        since.is_none_or(|since| period.last.as_deref().is_none_or(|last| last >= since))
            && until.is_none_or(|until| period.first.as_deref().is_none_or(|first| first <= until))
    };
    fact.statements
        .iter()
        .filter_map(|&at| graph.statements[at].period.as_ref())
        .filter(|period| period.first.is_some() || period.last.is_some())
        .any(fits)
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
    /// The graph of some entities and facts; facts with an end outside are left out. Documents are kept
    /// where a kept statement stands in them or a kept entity is spoken of.
    pub(crate) fn part(&self, entities: &BTreeSet<usize>, facts: &BTreeSet<usize>) -> Graph {
        let number = |set: &BTreeSet<usize>| -> BTreeMap<usize, usize> {
            set.iter().enumerate().map(|(new, &old)| (old, new)).collect()
        };
        let entity_numbers = number(entities);
        let facts: Vec<&Fact> = facts
            .iter()
            .map(|&at| &self.facts[at])
            .filter(|fact| ends(fact).all(|end| entities.contains(&end)))
            .collect();
        let statements: BTreeSet<usize> = facts.iter().flat_map(|fact| fact.statements.iter().copied()).collect();
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
            let source = self.sources[old].clone();
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
