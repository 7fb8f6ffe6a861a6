//! What graph files say of nodes and edges, gathered once for all of them.

use std::borrow::Cow;

use crate::graph::{Analytics, Fact, Graph, Object, Qualified};
use crate::rdf::chinese_name;
use crate::schema::Predicate;

/// An edge with everything that graph files say of it.
pub(super) struct Edge<'a> {
    /// Number of the edge, from 0.
    pub(super) at: usize,
    /// Index of the entity it comes from.
    pub(super) from: usize,
    /// Index of the entity it leads to.
    pub(super) to: usize,
    /// The fact.
    pub(super) fact: &'a Fact,
    /// First and last day, where dated.
    pub(super) days: (Option<&'a str>, Option<&'a str>),
    /// The first sentence that says it.
    pub(super) sentence: &'a str,
    /// The documents that say it.
    pub(super) documents: Vec<&'a str>,
}

/// What every form says of an entity besides its id and name, with the type of each cell.
pub(super) const NODE: [(&str, &str); 9] = [
    ("type", "string"),
    ("aliases", "string"),
    ("properties", "string"),
    ("documents", "int"),
    ("mentions", "int"),
    ("degree", "int"),
    ("pagerank", "double"),
    ("component", "int"),
    ("community", "int"),
];

/// What every form says of an edge besides its ends, label and weight.
pub(super) const EDGE: [(&str, &str); 8] = [
    ("predicate", "string"),
    ("statements", "int"),
    ("first", "string"),
    ("last", "string"),
    ("org", "string"),
    ("role", "string"),
    ("sentence", "string"),
    ("documents", "string"),
];

/// The cells of [`NODE`] for an entity.
pub(super) fn node_cells(graph: &Graph, analytics: &Analytics, at: usize) -> [String; 9] {
    let entity = &graph.entities()[at];
    [
        entity.kind.name().to_owned(),
        entity.aliases.join("；"),
        properties(graph, at),
        entity.sources.len().to_string(),
        entity.mentions.to_string(),
        analytics.degree[at].to_string(),
        format!("{:.6}", analytics.rank[at]),
        analytics.component[at].to_string(),
        analytics.community[at].to_string(),
    ]
}

/// The cells of [`EDGE`] for an edge.
pub(super) fn edge_cells<'a>(edge: &'a Edge<'a>) -> [Cow<'a, str>; 8] {
    [
        edge.fact.predicate.name().into(),
        edge.fact.statements.len().to_string().into(),
        edge.days.0.unwrap_or("").into(),
        edge.days.1.unwrap_or("").into(),
        words(edge.fact.org.as_ref()).into(),
        words(edge.fact.role.as_ref()).into(),
        edge.sentence.into(),
        edge.documents.join("；").into(),
    ]
}

/// The facts between entities, in order.
pub(super) fn edges(graph: &Graph) -> impl Iterator<Item = Edge<'_>> {
    let between = graph.facts().iter().filter_map(|fact| match fact.object {
        Object::Entity(to) => Some((fact, to)),
        _ => None,
    });
    between.enumerate().map(|(at, (fact, to))| Edge {
        at,
        from: fact.subject,
        to,
        fact,
        days: graph.days_of(fact),
        sentence: sentence(graph, fact),
        documents: documents(graph, fact),
    })
}

/// The first sentence that says a fact; empty where none is known.
pub(super) fn sentence<'a>(graph: &'a Graph, fact: &Fact) -> &'a str {
    fact.statements.iter().find_map(|&at| graph.statements()[at].sentence.as_deref()).unwrap_or("")
}

/// The documents that say a fact, each once, in order.
pub(super) fn documents<'a>(graph: &'a Graph, fact: &Fact) -> Vec<&'a str> {
    let mut all: Vec<&str> =
        fact.statements.iter().map(|&at| graph.sources()[graph.statements()[at].source].doc.as_str()).collect();
    all.dedup();
    all
}

/// The words of a qualifier, or nothing.
pub(super) fn words(qualified: Option<&Qualified>) -> &str {
    qualified.map_or("", |q| &q.text)
}

/// A time as people write it: `至 2025-06-27`, `2021 起`, `2021—2024`, `2024-11-12 06:40`.
pub(super) fn when(edtf: &str) -> String {
    let point = |text: &str| text.replacen('T', " ", 1);
    match edtf.split_once('/') {
        None => point(edtf),
        Some(("" | "..", to)) => format!("至 {}", point(to)),
        Some((from, "" | "..")) => format!("{} 起", point(from)),
        Some((from, to)) => format!("{}—{}", point(from), point(to)),
    }
}

/// What is known of an entity besides its links: `成立时间 1958；职工 1260 人`.
pub(super) fn properties(graph: &Graph, entity: usize) -> String {
    let mut parts: Vec<String> = Vec::new();
    for fact in &graph.facts()[graph.facts_of(entity)] {
        if let Some(text) = property(graph, fact)
            && !parts.contains(&text)
        {
            parts.push(text);
        }
    }
    parts.join("；")
}

/// A fact about a value in short; `None` for links between entities.
pub(super) fn property(graph: &Graph, fact: &Fact) -> Option<String> {
    let value = match &fact.object {
        Object::Entity(_) => return None,
        Object::Text(text) if fact.predicate == Predicate::Said => format!("“{text}…”"),
        Object::Date(text) => when(text),
        value => graph.label(value).to_owned(),
    };
    let role = fact.role.as_ref().map(|role| role.text.as_str());
    let name = role.filter(|_| fact.predicate == Predicate::HasFigure).unwrap_or(chinese_name(fact.predicate.name()));
    Some(format!("{name} {value}"))
}

#[cfg(test)]
mod tests {
    use super::when;

    #[test]
    fn times_are_written_for_people() {
        let cases = [
            ("2025", "2025"),
            ("../2025-06-27", "至 2025-06-27"),
            ("2021/..", "2021 起"),
            ("2021/2024", "2021—2024"),
            ("2024-11-12T06:40", "2024-11-12 06:40"),
        ];
        for (edtf, words) in cases {
            assert_eq!(when(edtf), words);
        }
    }
}
