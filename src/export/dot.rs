//! Drawings in the language of GraphViz.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use unicode_width::UnicodeWidthChar;

use super::markup::xml;
use super::style::{FONTS, fill, line};
use super::table;
use super::view::most_important;
use crate::graph::{Fact, Graph, Object};
use crate::rdf::{chinese_name, chinese_type};
use crate::schema::{Predicate, Type};

/// How entities are put together in boxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cluster {
    /// Not at all.
    #[default]
    None,
    /// By type.
    Type,
    /// By community.
    Community,
}

/// How a graph is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DotOptions {
    /// Most entities shown; `None` shows all.
    pub nodes: Option<usize>,
    /// Boxes round entities that belong together.
    pub cluster: Cluster,
    /// Dates and figures inside the boxes of entities.
    pub properties: bool,
    /// A line of title above the drawing.
    pub title: Option<String>,
}

impl Default for DotOptions {
    fn default() -> Self {
        DotOptions { nodes: Some(60), cluster: Cluster::None, properties: true, title: None }
    }
}

/// Entities beyond which layers become too wide and forces are used instead.
const LAYERED: usize = 24;
/// Entities beyond which the multilevel layout is used.
const MANY: usize = 150;
/// Entities in boxes beyond which the cheap layout of boxes is used.
const CLUSTERED: usize = 80;
/// Dates and figures shown of one entity.
const PROPERTIES: usize = 3;

/// The graph in the DOT language. The layout program, the fonts and the legend are written into it, so
/// that `dot -Tsvg` draws it as meant.
pub fn dot(graph: &Graph, options: &DotOptions) -> String {
    let shown = options.nodes.map(|most| most_important(graph, most));
    let part = shown.as_ref().unwrap_or(graph);
    let mut out = String::from("digraph zhitu {\n");
    head(&mut out, part, graph, options);
    let groups = groups(part, options.cluster);
    let boxed = groups.len() > 1;
    for (number, (name, members)) in groups.iter().enumerate() {
        if boxed {
            let _ = writeln!(
                out,
                "  subgraph cluster_{number} {{\n    label={} color=\"#b8b8b8\" style=\"rounded,dashed\" fontcolor=\"#555555\" fontsize=12",
                quoted(name)
            );
        }
        for &at in members {
            node(&mut out, part, at, options.properties);
        }
        if boxed {
            out.push_str("  }\n");
        }
    }
    edges(&mut out, part);
    legend(&mut out, part);
    out.push_str("}\n");
    out
}

fn head(out: &mut String, part: &Graph, whole: &Graph, options: &DotOptions) {
    let count = part.entities().len();
    let (layout, more) = match count {
        0..=LAYERED => ("dot", "rankdir=LR nodesep=0.25 ranksep=\"0.9 equally\" splines=true"),
        // Boxes of many entities: removing overlaps anew after each step takes minutes and a sheet of metres.
        _ if options.cluster != Cluster::None && count > CLUSTERED => {
            ("fdp", "K=0.5 overlap=prism splines=line sep=\"+8\"")
        }
        _ if options.cluster != Cluster::None => ("fdp", "K=1.5 overlap=false splines=true sep=\"+12\""),
        _ if count <= MANY => ("neato", "overlap=prism overlap_scaling=-1.6 splines=true sep=\"+14\" esep=\"+6\""),
        _ => (
            "sfdp",
            "K=1.6 repulsiveforce=1.6 overlap=prism overlap_scaling=-3 splines=line sep=\"+6\" outputorder=edgesfirst",
        ),
    };
    let _ = writeln!(out, "  graph [layout={layout} {more} start=1 charset=\"UTF-8\" bgcolor=\"white\" pad=0.3");
    let left = whole.entities().len() - count;
    let mut title = options.title.clone().unwrap_or_default();
    if left > 0 && options.nodes.is_some() {
        let note = format!("{count} of {} entities, the most connected ones", whole.entities().len());
        title = if title.is_empty() { note } else { format!("{title} · {note}") };
    }
    if !title.is_empty() {
        let _ = writeln!(out, "    label={} labelloc=t fontsize=16", quoted(&title));
    }
    let _ = writeln!(out, "    fontname=\"{FONTS}\"]");
    let _ = writeln!(
        out,
        "  node [shape=box style=\"rounded,filled\" fontname=\"{FONTS}\" fontsize=12 margin=\"0.09,0.03\" height=0.3 penwidth=1.2]"
    );
    let _ = writeln!(
        out,
        "  edge [len=1.5 fontname=\"{FONTS}\" fontsize=9 arrowsize=0.6 color=\"#8a8a8a\" fontcolor=\"#444444\"]"
    );
}

/// Entities by group, named; one group where nothing is to be boxed.
fn groups(graph: &Graph, cluster: Cluster) -> Vec<(String, Vec<usize>)> {
    let all = 0..graph.entities().len();
    match cluster {
        Cluster::None => vec![(String::new(), all.collect())],
        Cluster::Type => {
            let of = |kind: Type| all.clone().filter(|&at| graph.entities()[at].kind == kind).collect::<Vec<_>>();
            Type::ALL
                .iter()
                .map(|&kind| (chinese_type(kind).to_owned(), of(kind)))
                .filter(|(_, m)| !m.is_empty())
                .collect()
        }
        Cluster::Community => {
            let analytics = graph.analytics();
            let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            for at in all {
                groups.entry(analytics.community[at]).or_default().push(at);
            }
            let leader = |members: &[usize]| {
                let first =
                    |a: &&usize, b: &&usize| analytics.rank[**a].total_cmp(&analytics.rank[**b]).then_with(|| b.cmp(a));
                members.iter().max_by(first).map_or("", |&at| &graph.entities()[at].name)
            };
            groups.into_values().map(|members| (leader(&members).to_owned(), members)).collect()
        }
    }
}

fn node(out: &mut String, graph: &Graph, at: usize, properties: bool) {
    let entity = &graph.entities()[at];
    let mut label = String::from("<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"1\">");
    for part in wrap(&entity.name, 20) {
        let _ = write!(label, "<TR><TD>{}</TD></TR>", xml(&part));
    }
    if properties {
        let dated = graph.facts()[graph.facts_of(at)].iter().filter(|fact| fact.predicate != Predicate::Said);
        let mut lines: Vec<String> = dated.filter_map(|fact| table::property(graph, fact)).collect();
        lines.dedup();
        let more = lines.len().saturating_sub(PROPERTIES);
        lines.truncate(PROPERTIES);
        if more > 0 {
            lines.push(format!("… {more}"));
        }
        for text in lines.iter().flat_map(|text| wrap(text, 26)) {
            let _ = write!(label, "<TR><TD><FONT POINT-SIZE=\"9\" COLOR=\"#444444\">{}</FONT></TD></TR>", xml(&text));
        }
    }
    label.push_str("</TABLE>");
    let documents = entity.sources.len();
    let tip = format!("{} · {} · {documents}", chinese_type(entity.kind), entity.name);
    let _ = writeln!(
        out,
        "  n{at} [label=<{label}> fillcolor=\"{}\" color=\"{}\" tooltip={} id={}]",
        fill(entity.kind),
        line(entity.kind),
        quoted(&tip),
        quoted(&entity.id)
    );
}

/// One edge for each pair and direction, with the names of all its facts.
fn edges(out: &mut String, graph: &Graph) {
    let mut pairs: BTreeMap<(usize, usize), Vec<&Fact>> = BTreeMap::new();
    for fact in graph.facts() {
        if let Object::Entity(object) = fact.object {
            pairs.entry((fact.subject, object)).or_default().push(fact);
        }
    }
    for ((from, to), facts) in pairs {
        let mut names: Vec<String> = facts.iter().map(|fact| label(graph, fact)).collect();
        names.dedup();
        let mut seen = BTreeSet::new();
        names.retain(|name| seen.insert(name.clone()));
        if names.len() > 3 {
            let more = names.len() - 2;
            names.truncate(2);
            names.push(format!("… {more}"));
        }
        let support = facts.iter().map(|fact| fact.origins).max().unwrap_or(1);
        let width = 0.8 + 0.5 * (support.min(6) - 1) as f64;
        let text: Vec<String> = names.iter().map(|name| name.replace('\\', "\\\\").replace('"', "\\\"")).collect();
        let tip = facts.first().map(|fact| table::sentence(graph, fact)).filter(|s| !s.is_empty());
        let color = line(graph.entities()[from].kind);
        let _ =
            write!(out, "  n{from} -> n{to} [label=\"{}\" penwidth={width:.1} color=\"{color}80\"", text.join("\\n"));
        if let Some(tip) = tip {
            let _ = write!(out, " edgetooltip={0} labeltooltip={0}", quoted(tip));
        }
        out.push_str("]\n");
    }
}

/// `担任 2023`, `关系人（师父）`.
fn label(graph: &Graph, fact: &Fact) -> String {
    let mut text = chinese_name(fact.predicate.name()).to_owned();
    if let Some(role) = &fact.role {
        let _ = write!(text, "（{}）", role.text);
    }
    let first =
        fact.statements.iter().filter_map(|&at| graph.statements()[at].period.as_ref()).map(|p| p.edtf.as_str()).min();
    if let Some(time) = first {
        let _ = write!(text, " {}", table::when(time));
    }
    text
}

/// The colours of the types that are shown.
fn legend(out: &mut String, graph: &Graph) {
    let kinds: BTreeSet<Type> = graph.entities().iter().map(|e| e.kind).collect();
    if kinds.is_empty() {
        return;
    }
    let mut rows = String::new();
    for kind in kinds {
        let _ = write!(
            rows,
            "<TR><TD BGCOLOR=\"{}\" COLOR=\"{}\" BORDER=\"1\" WIDTH=\"16\"></TD><TD ALIGN=\"LEFT\" BORDER=\"0\">{} {}</TD></TR>",
            fill(kind),
            line(kind),
            xml(chinese_type(kind)),
            kind
        );
    }
    let _ = writeln!(
        out,
        "  legend [shape=plaintext style=\"\" fontsize=10 label=<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"3\">{rows}</TABLE>>]"
    );
}

/// Lines no wider than `widest` terminal columns, broken between Chinese characters but neither inside
/// a number or a Latin word nor before a closing mark.
fn wrap(text: &str, widest: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    let mut before = ' ';
    for c in text.chars().filter(|c| !c.is_control()) {
        let width = c.width().unwrap_or(0);
        let inside = before.is_ascii_graphic() && c.is_ascii_graphic();
        if used + width > widest && !inside && !"，。；：、）》”’！？".contains(c) {
            lines.push(String::new());
            used = 0;
        }
        used += width;
        before = c;
        if let Some(last) = lines.last_mut() {
            last.push(c);
        }
    }
    lines
}

/// A quoted string of DOT; backslashes would begin an escape.
fn quoted(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
