//! What a build found, for people: a page of Markdown.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::identity::identities;
use super::table::{property, sentence};
use crate::graph::{Fact, Graph, Object};
use crate::rdf::{chinese_name, chinese_type};
use crate::schema::{Predicate, Status, Type};

/// Facts shown of each predicate.
const SHOWN: usize = 5;

/// Counts, the most connected names, and some facts of each kind with their sentences.
pub fn summary(graph: &Graph) -> String {
    let mut out = String::from("# What the texts say\n\n");
    let origins = graph.sources().iter().enumerate().filter(|(at, source)| source.origin == *at).count();
    let _ = writeln!(
        out,
        "{} {} ({origins} after joining reprints), {} names, {} facts in {} statements.\n",
        graph.sources().len(),
        if graph.sources().len() == 1 { "text" } else { "texts" },
        graph.entities().len(),
        graph.facts().len(),
        graph.statements().len()
    );
    counts(&mut out, graph);
    names(&mut out, graph);
    identities(&mut out, graph);
    facts(&mut out, graph);
    out
}

fn counts(out: &mut String, graph: &Graph) {
    out.push_str("| type | 类型 | names |\n| --- | --- | ---: |\n");
    for kind in Type::ALL {
        let count = graph.entities().iter().filter(|e| e.kind == *kind).count();
        if count > 0 {
            let _ = writeln!(out, "| {kind} | {} | {count} |", chinese_type(*kind));
        }
    }
    let others = graph.statements().iter().filter(|s| s.status != Status::Stated);
    let mut status: BTreeMap<Status, usize> = BTreeMap::new();
    others.for_each(|s| *status.entry(s.status).or_default() += 1);
    for (status, count) in status {
        let _ = writeln!(
            out,
            "\n{count} statements are {status} ({}): they are kept, not counted as facts.",
            chinese_name(status.name())
        );
    }
}

fn names(out: &mut String, graph: &Graph) {
    let analytics = graph.analytics();
    let mut order: Vec<usize> = (0..graph.entities().len()).filter(|&at| analytics.degree[at] > 0).collect();
    order.sort_by(|a, b| analytics.degree[*b].cmp(&analytics.degree[*a]).then_with(|| a.cmp(b)));
    if order.is_empty() {
        return;
    }
    out.push_str(
        "\n## The most connected names\n\n| name | type | facts | texts | also |\n| --- | --- | ---: | ---: | --- |\n",
    );
    for at in order.into_iter().take(20) {
        let entity = &graph.entities()[at];
        let also = entity.aliases.iter().take(4).map(|alias| cell(alias)).collect::<Vec<_>>().join("、");
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {also} |",
            cell(&entity.name),
            entity.kind,
            analytics.degree[at],
            entity.sources.len()
        );
    }
}

fn facts(out: &mut String, graph: &Graph) {
    for predicate in Predicate::ALL {
        let all: Vec<&Fact> = graph.facts().iter().filter(|fact| fact.predicate == *predicate).collect();
        if all.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n## {predicate} {} ({})\n", chinese_name(predicate.name()), all.len());
        let mut order = all.clone();
        order.sort_by_key(|fact| std::cmp::Reverse(fact.origins));
        for fact in order.iter().take(SHOWN) {
            let object = match fact.object {
                Object::Entity(at) => graph.entities()[at].name.clone(),
                _ => property(graph, fact).unwrap_or_default(),
            };
            let sources = if fact.origins > 1 { format!(" ({} texts)", fact.origins) } else { String::new() };
            let _ = writeln!(out, "- **{}** → {}{sources}", cell(&graph.entities()[fact.subject].name), cell(&object));
            let said = sentence(graph, fact);
            if !said.is_empty() {
                let _ = writeln!(out, "  > {}", cell(said));
            }
        }
        if all.len() > SHOWN {
            let _ = writeln!(out, "- … {} more", all.len() - SHOWN);
        }
    }
}

/// Text that Markdown leaves alone inside a table.
pub(super) fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_control()) {
        if matches!(c, '|' | '*' | '_' | '`' | '<' | '[' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
