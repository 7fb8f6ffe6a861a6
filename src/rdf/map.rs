//! From the graph to quads.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use sha2::{Digest, Sha256};

use super::lines::{Lines, chinese, iri, string, terms, typed};
use super::{Options, figure, iri as names, nif};
use crate::graph::{Graph, Object, Period, Source, Statement, edtf};
use crate::lexicon::Table;
use crate::link::{DecisionKind, Unit};
use crate::schema::{Predicate, Qualifier, Status};
use crate::text::hex;
use crate::value::Units;

/// How many quads were written, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// All of them.
    pub quads: usize,
    /// Those in the default graph.
    pub default_graph: usize,
    /// The statements they carry.
    pub statements: usize,
}

/// The built-in units; the default table has none, and figures then carry their unit's name alone.
static UNITS: LazyLock<Units> = LazyLock::new(|| {
    Units::load(Table::new("unit/unit.tsv", include_str!("../../rules/unit/unit.tsv"))).unwrap_or_default()
});

/// The canonical lines of a graph. What statements say in the default graph is there once however many say it:
/// its hashes are told as often as it is said.
pub(super) fn quads(graph: &Graph, options: &Options) -> (Vec<String>, Counts, Vec<u64>) {
    let mut mapping = Mapping::new(graph, options);
    mapping.entities();
    mapping.units();
    mapping.lines.hashes.clear();
    mapping.documents();
    let said = std::mem::take(&mut mapping.lines.hashes);
    mapping.review();
    mapping.identities();
    mapping.run();
    let lines = mapping.lines.sorted();
    let default_graph =
        lines.iter().filter(|line| terms(line).is_some_and(|(_, _, _, graph)| graph.is_empty())).count();
    let counts = Counts { quads: lines.len(), default_graph, statements: graph.statements().len() };
    (lines, counts, said)
}

pub(super) struct Mapping<'a> {
    pub(super) graph: &'a Graph,
    pub(super) options: &'a Options,
    pub(super) lines: Lines,
    /// IRIs of the entities, by index.
    entities: Vec<String>,
}

pub(super) const TYPE: &str = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>";

pub(super) fn standard(prefix: &str, name: &str) -> String {
    let space = names::STANDARD.iter().find(|(known, _)| *known == prefix).map_or("", |(_, iri)| iri);
    format!("<{space}{name}>")
}

/// `Person` for `person`.
pub(super) fn class_name(kind: &str) -> String {
    let mut chars = kind.chars();
    chars.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(chars).collect()
}

impl<'a> Mapping<'a> {
    pub(super) fn new(graph: &'a Graph, options: &'a Options) -> Mapping<'a> {
        Mapping { graph, options, lines: Lines::default(), entities: Vec::new() }
    }

    /// What documents are and say. The IRIs of entities are known before.
    pub(super) fn documents(&mut self) {
        self.facts();
        for at in 0..self.graph.sources().len() {
            self.source(at);
        }
        for statement in self.graph.statements() {
            self.statement(statement);
        }
    }

    pub(super) fn own(&self, name: &str) -> String {
        format!("<{}ontology#{name}>", self.options.base)
    }

    fn below(&self, space: &str, name: &str) -> String {
        iri(&names::below(&self.options.base, space, name))
    }

    pub(super) fn entities(&mut self) {
        let (label, other) = (standard("skos", "prefLabel"), standard("skos", "altLabel"));
        // Names that differ in quotes or dashes alone share an IRI: the first gives the label.
        let mut labelled: BTreeSet<String> = BTreeSet::new();
        for entity in self.graph.entities() {
            let subject = iri(&names::entity(&self.options.base, &entity.id));
            let first = labelled.insert(subject.clone());
            if first {
                self.lines.put(&subject, TYPE, &self.own(&class_name(entity.kind.name())), "");
            }
            self.lines.put(&subject, if first { &label } else { &other }, &chinese(&entity.name), "");
            for alias in &entity.aliases {
                self.lines.put(&subject, &other, &chinese(alias), "");
            }
            // The last unit is the place itself, or the one that it lies in.
            if let Some(unit) = entity.chain.iter().rev().find(|unit| **unit != entity.id) {
                let unit = iri(&names::entity(&self.options.base, unit));
                self.lines.put(&subject, &self.own("within"), &unit, "");
            }
            self.entities.push(subject);
        }
    }

    /// The administrative units above places and bodies, those that no text names as well.
    fn units(&mut self) {
        for (id, unit) in self.graph.units() {
            self.unit(id, unit, self.graph.entity(id).is_some());
        }
    }

    /// One of them, and whether a text names it.
    pub(super) fn unit(&mut self, id: &str, unit: &Unit, named: bool) {
        let subject = iri(&names::entity(&self.options.base, id));
        if !named {
            self.lines.put(&subject, TYPE, &self.own("Place"), "");
            self.lines.put(&subject, &standard("skos", "prefLabel"), &chinese(&unit.name), "");
        }
        if let Some(above) = &unit.within {
            let above = iri(&names::entity(&self.options.base, above));
            self.lines.put(&subject, &self.own("within"), &above, "");
        }
    }

    fn facts(&mut self) {
        for fact in self.graph.facts() {
            let (subject, predicate) = (self.entities[fact.subject].clone(), self.own(fact.predicate.name()));
            for &at in &fact.statements {
                let object = self.object(&self.graph.statements()[at]);
                self.lines.put(&subject, &predicate, &object, "");
            }
        }
    }

    /// The term of a statement's object. Dates and figures are described in the default graph; figures of
    /// facts that are not stated in the document's graph alone.
    fn object(&mut self, statement: &Statement) -> String {
        match &statement.object {
            Object::Entity(at) => self.entities[*at].clone(),
            Object::Text(text) => chinese(text),
            Object::Date(text) => self.date(text, statement),
            Object::Figure(text) => self.figure(text, statement),
        }
    }

    fn context(&self, statement: &Statement) -> String {
        match statement.status {
            Status::Stated => String::new(),
            _ => self.document(&self.graph.sources()[statement.source].doc),
        }
    }

    fn date(&mut self, text: &str, statement: &Statement) -> String {
        let subject = self.below("date", text);
        self.lines.put(&subject, TYPE, &self.own("Date"), "");
        self.lines.put(&subject, &standard("skos", "prefLabel"), &string(text), "");
        let (first, last) = own_days(text, statement.period.as_ref());
        self.days(&subject, first.as_deref(), last.as_deref(), "");
        subject
    }

    fn days(&mut self, subject: &str, first: Option<&str>, last: Option<&str>, graph: &str) {
        for (name, day) in [("first", first), ("last", last)] {
            if let Some(day) = day {
                let property = self.own(name);
                self.lines.put(subject, &property, &typed(day, "date"), graph);
            }
        }
    }

    /// A node for one figure of one thing: what it counts and when are part of what it is.
    fn figure(&mut self, text: &str, statement: &Statement) -> String {
        let role = statement.qualifiers.get(&Qualifier::Role).map(|q| q.text.as_str());
        let indicator = role.or((statement.predicate == Predicate::AgeOf).then_some("年龄"));
        let period = statement.period.as_ref();
        let mut sha = Sha256::new();
        for part in [
            self.graph.entities()[statement.subject].id.as_str(),
            indicator.unwrap_or(""),
            text,
            period.map_or("", |p| p.edtf.as_str()),
        ] {
            sha.update(part.as_bytes());
            sha.update([0]);
        }
        let id = hex(&sha.finalize()[..8]);
        let (subject, graph) = (self.below("figure", &id), self.context(statement));
        let mut pairs = vec![(standard("skos", "prefLabel"), chinese(text))];
        if let Some(indicator) = indicator {
            pairs.push((self.own("indicator"), chinese(indicator)));
        }
        if let Some(period) = period {
            let (first, last) = own_days(&period.edtf, Some(period));
            self.days(&subject, first.as_deref(), last.as_deref(), &graph);
        }
        let figure = figure::read(text).unwrap_or_default();
        for (name, number) in [("value", &figure.value), ("minimum", &figure.minimum), ("maximum", &figure.maximum)] {
            if let Some(number) = number {
                pairs.push((self.own(name), typed(number, "decimal")));
            }
        }
        if let Some(unit) = &figure.unit {
            pairs.push((self.own("unit"), chinese(unit)));
            if let Some(unit) = UNITS.get(unit) {
                pairs.push((self.own("dimension"), string(&unit.dimension)));
                if let Some(factor) = unit.factor() {
                    pairs.push((self.own("factor"), typed(&factor.to_string(), "decimal")));
                }
                if let Some(code) = &unit.qudt {
                    pairs.push((self.own("unitCode"), iri(code)));
                }
            }
        }
        for (property, object) in pairs {
            self.lines.put(&subject, &property, &object, &graph);
        }
        subject
    }

    pub(super) fn document(&self, doc: &str) -> String {
        iri(&names::exactly(&self.options.base, "doc", doc))
    }

    fn source(&mut self, at: usize) {
        let source = &self.graph.sources()[at];
        let node = self.document(&source.doc);
        let mut pairs = vec![
            (TYPE.to_owned(), self.own("Text")),
            (standard("schema", "name"), string(&source.doc)),
            (self.own("length"), typed(&source.length.to_string(), "integer")),
        ];
        pairs.extend(source.titles.iter().map(|title| (standard("schema", "headline"), chinese(title))));
        pairs.extend(source.byline.iter().map(|author| (standard("schema", "author"), chinese(author))));
        if !source.sha256.is_empty() {
            pairs.push((self.own("sha256"), string(&source.sha256)));
        }
        if source.origin != at {
            pairs.push((self.own("repeats"), self.document(&self.graph.sources()[source.origin].doc)));
        }
        if let Some(date) = &source.date {
            pairs.push((standard("schema", "datePublished"), dated(date)));
            let (first, last) = edtf::days(date).unwrap_or_default();
            self.days(&node, first.as_deref(), last.as_deref(), &node);
        }
        for (property, object) in pairs {
            self.lines.put(&node, &property, &object, &node);
        }
        let base = &self.options.base;
        nif::put(&mut self.lines, source, &node, &self.entities, |name| format!("<{base}ontology#{name}>"));
    }

    fn statement(&mut self, statement: &Statement) {
        let graph = self.document(&self.graph.sources()[statement.source].doc);
        let node = self.below("fact", &statement.id);
        let object = self.object(statement);
        let mut pairs = vec![
            (standard("rdf", "subject"), self.entities[statement.subject].clone()),
            (standard("rdf", "predicate"), self.own(statement.predicate.name())),
            (standard("rdf", "object"), object),
            (self.own("begin"), typed(&statement.begin.to_string(), "integer")),
            (self.own("end"), typed(&statement.end.to_string(), "integer")),
            (self.own("rule"), self.rule(&statement.rule)),
        ];
        if let Some(sentence) = &statement.sentence {
            pairs.push((self.own("sentence"), chinese(sentence)));
        }
        if statement.status != Status::Stated {
            pairs.push((self.own("status"), self.own(statement.status.name())));
        }
        for (name, qualified) in &statement.qualifiers {
            // What a figure counts stands on the figure.
            if *name == Qualifier::Role && matches!(statement.object, Object::Figure(_)) {
                continue;
            }
            let value = qualified.entity.map_or_else(|| chinese(&qualified.text), |at| self.entities[at].clone());
            pairs.push((self.own(name.name()), value));
        }
        if let Some(period) = &statement.period {
            self.days(&node, period.first.as_deref(), period.last.as_deref(), &graph);
            pairs.push((self.own("time"), chinese(period.words.as_deref().unwrap_or(&period.edtf))));
        }
        for (property, object) in pairs {
            self.lines.put(&node, &property, &object, &graph);
        }
    }

    fn rule(&self, id: &str) -> String {
        self.below("rule", id)
    }

    /// Statements that cannot be true together, for people to look at.
    fn review(&mut self) {
        let graph = format!("<{}review>", self.options.base);
        let property = self.own("conflictsWith");
        for (one, other) in self.graph.conflicts().into_iter().flat_map(|conflict| conflict.pairs) {
            let facts = self.graph.facts();
            for (a, b) in facts[one].statements.iter().flat_map(|a| facts[other].statements.iter().map(move |b| (a, b)))
            {
                let of = |at: &usize| self.below("fact", &self.graph.statements()[*at].id);
                let (a, b) = (of(a), of(b));
                self.lines.put(&a, &property, &b, &graph);
            }
        }
    }

    /// Who was joined and who was kept apart, with the reason of each: a graph of its own.
    pub(super) fn identities(&mut self) {
        let graph = format!("<{}identities>", self.options.base);
        for decision in self.graph.decisions() {
            let mut sha = Sha256::new();
            for part in decision.entities.iter().map(String::as_str).chain([decision.kind.name(), &decision.reason]) {
                sha.update(part.as_bytes());
                sha.update([0]);
            }
            let id = hex(&sha.finalize()[..8]);
            let node = self.below("identity", &id);
            let mut pairs = vec![
                (TYPE.to_owned(), self.own("Identity")),
                (self.own("decision"), self.own(decision.kind.name())),
                (self.own("reason"), string(&decision.reason)),
            ];
            let concerns = decision.entities.iter().map(|id| iri(&names::entity(&self.options.base, id)));
            pairs.extend(concerns.map(|entity| (self.own("concerns"), entity)));
            // The documents of a join are those of the thing; of a refusal one of each side is named.
            if decision.kind != DecisionKind::Merged {
                let documents =
                    decision.evidence.iter().map(|doc| iri(&names::exactly(&self.options.base, "doc", doc)));
                pairs.extend(documents.map(|document| (standard("prov", "wasDerivedFrom"), document)));
            }
            for (property, object) in pairs {
                self.lines.put(&node, &property, &object, &graph);
            }
        }
    }

    /// What was run on what: no clock, no host, no path.
    fn run(&mut self) {
        let graph = format!("<{}run>", self.options.base);
        let agent = format!("<{}run/zhitu>", self.options.base);
        let rules = self.rule_set();
        let own_version = self.own("version");
        self.lines.put(&agent, TYPE, &standard("prov", "SoftwareAgent"), &graph);
        self.lines.put(&agent, &own_version, &string(env!("CARGO_PKG_VERSION")), &graph);
        self.lines.put(&rules, TYPE, &self.own("RuleSet"), &graph);
        if !self.options.rules.is_empty() {
            self.lines.put(&rules, &own_version, &string(&self.options.rules), &graph);
        }
        for source in self.graph.sources() {
            self.activity(source);
        }
        let ids: BTreeSet<&str> = self.graph.statements().iter().map(|s| s.rule.as_str()).collect();
        for id in ids {
            self.applied(id);
        }
    }

    /// The reading of one document.
    pub(super) fn activity(&mut self, source: &Source) {
        let graph = format!("<{}run>", self.options.base);
        let agent = format!("<{}run/zhitu>", self.options.base);
        let rules = self.rule_set();
        let document = self.document(&source.doc);
        let activity = iri(&names::exactly(&self.options.base, "run", &format!("of_{}", source.doc)));
        self.lines.put(&activity, TYPE, &standard("prov", "Activity"), &graph);
        self.lines.put(&activity, &standard("prov", "used"), &document, &graph);
        self.lines.put(&activity, &standard("prov", "used"), &rules, &graph);
        self.lines.put(&activity, &standard("prov", "wasAssociatedWith"), &agent, &graph);
    }

    /// A rule that made a statement.
    pub(super) fn applied(&mut self, id: &str) {
        let graph = format!("<{}run>", self.options.base);
        let rule = self.rule(id);
        self.lines.put(&rule, TYPE, &self.own("Rule"), &graph);
        self.lines.put(&rule, &standard("rdfs", "label"), &string(id), &graph);
        if let Some(version) = self.options.rule_versions.get(id) {
            let own_version = self.own("version");
            self.lines.put(&rule, &own_version, &string(version), &graph);
        }
    }

    fn rule_set(&self) -> String {
        self.below("run", &format!("rules_{}", self.options.rules.get(..16).unwrap_or(&self.options.rules)))
    }
}

/// The days of an expression itself, so that one date has one pair of days; those of the statement where
/// the expression cannot be read.
fn own_days(text: &str, period: Option<&Period>) -> (Option<String>, Option<String>) {
    edtf::days(text).or_else(|| period.map(|p| (p.first.clone(), p.last.clone()))).unwrap_or_default()
}

/// A date literal of the precision that the date has.
fn dated(edtf: &str) -> String {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    match edtf.len() {
        4 if digits(edtf) => typed(edtf, "gYear"),
        7 if digits(edtf) => typed(edtf, "gYearMonth"),
        10 if digits(edtf) => typed(edtf, "date"),
        _ => string(edtf),
    }
}
