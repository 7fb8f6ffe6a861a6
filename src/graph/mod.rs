//! The corpus graph: what the records of all documents say, joined, over petgraph.
//!
//! A [`Builder`] takes records in any order and yields the same [`Graph`]: documents by name, entities
//! by id, statements by document and place, facts by subject, predicate and object. Every statement of
//! every document is kept; a [`Fact`] is what several statements say together.

mod analytics;
mod build;
mod conflict;
pub mod edtf;
mod filter;
mod part;
mod quotes;
pub mod signature;

use std::collections::BTreeMap;

use petgraph::graph::{DiGraph, NodeIndex};

use crate::link::{Decision, Unit};
use crate::schema::{Predicate, Qualifier, Status, Type};

pub use analytics::{Analytics, Communities};
pub use build::Builder;
pub use conflict::Conflict;
pub use filter::Filter;
pub use part::{Claim, mix, things};
pub use quotes::Quotes;

/// The corpus graph. Nodes are entities; edges are the stated facts between entities.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    pub(crate) sources: Vec<Source>,
    pub(crate) entities: Vec<Entity>,
    pub(crate) statements: Vec<Statement>,
    pub(crate) facts: Vec<Fact>,
    pub(crate) units: BTreeMap<String, Unit>,
    pub(crate) decisions: Vec<Decision>,
    pub(crate) shape: DiGraph<(), usize>,
}

/// One document.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// Its name.
    pub doc: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Length in code points.
    pub length: usize,
    /// Its day as EDTF.
    pub date: Option<String>,
    /// Where the day was taken from.
    pub date_source: Option<String>,
    /// Headlines of its articles, in order.
    pub titles: Vec<String>,
    /// Authors as printed, in order.
    pub byline: Vec<String>,
    /// The first document (by name) of the group that repeats the same text; itself where it is alone.
    pub origin: usize,
    /// Its mentions in order, nested ones included; only where [`Builder::with_marks`] was asked for.
    pub marks: Vec<Mark>,
}

/// A mention as the graph knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// First code point.
    pub begin: usize,
    /// One past the last.
    pub end: usize,
    /// What it names.
    pub kind: Type,
    /// The words of the source.
    pub text: String,
    /// Normal form of a date or figure.
    pub norm: Option<String>,
    /// The entity it refers to, by index.
    pub entity: Option<usize>,
}

/// One thing that the corpus speaks of.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// `type/名称`.
    pub id: String,
    /// What it is.
    pub kind: Type,
    /// Its name.
    pub name: String,
    /// Its other names, sorted.
    pub aliases: Vec<String>,
    /// Ids of the administrative units from the province down: of a place to itself, of a body those in its name.
    pub chain: Vec<String>,
    /// The documents that speak of it, by index, in order.
    pub sources: Vec<usize>,
    /// How many mentions it has.
    pub mentions: usize,
}

/// The other end of a statement.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Object {
    /// The entity at that index.
    Entity(usize),
    /// EDTF.
    Date(String),
    /// `[~<>]value unit`.
    Figure(String),
    /// A quotation's beginning, or a name.
    Text(String),
}

/// What qualifies a statement: its words, and the entity they name where one is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Qualified {
    /// Canonical name, EDTF or figure.
    pub text: String,
    /// The entity of that name.
    pub entity: Option<usize>,
}

/// When something was so: the expression, its days and its words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Period {
    /// EDTF.
    pub edtf: String,
    /// First day, `YYYY-MM-DD`; open where `None`.
    pub first: Option<String>,
    /// Last day, `YYYY-MM-DD`; open where `None`.
    pub last: Option<String>,
    /// The words of the source.
    pub words: Option<String>,
}

/// One fact as one place of one document puts it.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Content hash: 16 hexadecimal digits.
    pub id: String,
    /// The document, by index.
    pub source: usize,
    /// The subject, by index.
    pub subject: usize,
    /// What is said.
    pub predicate: Predicate,
    /// Of what.
    pub object: Object,
    /// Qualifiers, the time apart.
    pub qualifiers: BTreeMap<Qualifier, Qualified>,
    /// The time, from the qualifier or from an object that is a date.
    pub period: Option<Period>,
    /// How the text puts it.
    pub status: Status,
    /// The rule that made it.
    pub rule: String,
    /// First code point of the evidence.
    pub begin: usize,
    /// One past the last.
    pub end: usize,
    /// The sentence that says it.
    pub sentence: Option<String>,
}

/// A stated fact with all that supports it. Two facts of the same three terms are different ones where
/// the body or the role differs.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// The subject, by index.
    pub subject: usize,
    /// What is said.
    pub predicate: Predicate,
    /// Of what.
    pub object: Object,
    /// The body in which a post is held.
    pub org: Option<Qualified>,
    /// What is counted, or what the object is to the subject.
    pub role: Option<Qualified>,
    /// The statements that say it, by index, in order; never empty.
    pub statements: Vec<usize>,
    /// How many documents say it of their own: reprints of one text count once.
    pub origins: usize,
}

impl Graph {
    /// The documents, by name.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The entities, by id.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// Every statement, by document, then by place.
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }

    /// The distinct stated facts, by subject, predicate and object.
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// The administrative units that chains of entities name, by id.
    pub fn units(&self) -> &BTreeMap<String, Unit> {
        &self.units
    }

    /// Which entities of documents were joined and which kept apart, with reasons.
    pub fn decisions(&self) -> &[Decision] {
        &self.decisions
    }

    /// The index of the entity with that id.
    pub fn entity(&self, id: &str) -> Option<usize> {
        self.entities.binary_search_by(|e| e.id.as_str().cmp(id)).ok()
    }

    /// The entities that bear that id, name or alias: an id alone, else names, else aliases.
    pub fn named(&self, name: &str) -> Vec<usize> {
        if let Some(one) = self.entity(name) {
            return vec![one];
        }
        let by = |test: &dyn Fn(&Entity) -> bool| -> Vec<usize> {
            (0..self.entities.len()).filter(|&at| test(&self.entities[at])).collect()
        };
        let named = by(&|e| e.name == name);
        if named.is_empty() { by(&|e| e.aliases.iter().any(|a| a == name)) } else { named }
    }

    /// What an object is called.
    pub fn label<'a>(&'a self, object: &'a Object) -> &'a str {
        match object {
            Object::Entity(at) => &self.entities[*at].name,
            Object::Date(text) | Object::Figure(text) | Object::Text(text) => text,
        }
    }

    /// The stated facts of which an entity is the subject, by index into [`Graph::facts`].
    pub fn facts_of(&self, entity: usize) -> std::ops::Range<usize> {
        let start = self.facts.partition_point(|f| f.subject < entity);
        start..start + self.facts[start..].partition_point(|f| f.subject == entity)
    }

    /// First and last day that the statements of a fact speak of; `None` where none is dated.
    pub fn days_of(&self, fact: &Fact) -> (Option<&str>, Option<&str>) {
        let periods = || fact.statements.iter().filter_map(|&at| self.statements[at].period.as_ref());
        (periods().filter_map(|p| p.first.as_deref()).min(), periods().filter_map(|p| p.last.as_deref()).max())
    }

    /// The petgraph node of an entity.
    pub(crate) fn node(entity: usize) -> NodeIndex {
        NodeIndex::new(entity)
    }

    /// Draws the edges anew: one for each fact between entities, in order.
    pub(crate) fn connect(&mut self) {
        let mut shape = DiGraph::with_capacity(self.entities.len(), self.facts.len());
        for _ in &self.entities {
            shape.add_node(());
        }
        for (at, fact) in self.facts.iter().enumerate() {
            if let Object::Entity(object) = fact.object {
                shape.add_edge(Self::node(fact.subject), Self::node(object), at);
            }
        }
        self.shape = shape;
    }
}
