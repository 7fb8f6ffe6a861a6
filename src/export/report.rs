//! One page of HTML in which every fact is highlighted in its text. It needs no network and no server.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write;

use super::markup::xml;
use super::style::fill;
use super::table;
use crate::error::{Error, Result};
use crate::graph::{Graph, Object, Source, Statement};
use crate::rdf::{chinese_name, chinese_type};
use crate::record::MentionRecord;
use crate::schema::{Qualifier, Status, Type};

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// Names listed in the table of names.
const NAMES: usize = 300;

/// A text of the report.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The source text.
    pub text: String,
    /// Its mentions, in code points of the text.
    pub mentions: Vec<MentionRecord>,
}

/// Writes the report: counts, a drawing where one is given (SVG), the names, and each text with its facts.
/// `page` yields the text of a document; where it has none, the sentences of the facts are shown.
pub fn report(
    graph: &Graph,
    title: &str,
    drawing: Option<&str>,
    page: &dyn Fn(&str) -> Option<Page>,
    out: &mut impl Write,
) -> Result<()> {
    let failed = |error: std::io::Error| Error::new(format!("cannot write the report: {error}"));
    let mut put = |text: &str| out.write_all(text.as_bytes()).map_err(failed);
    put(&head(graph, title))?;
    if let Some(svg) = drawing.and_then(|svg| svg.find("<svg").map(|at| &svg[at..])) {
        put(&format!("<h2>图谱 Graph</h2>\n<div class=\"drawing\">{svg}</div>\n"))?;
    }
    put("<h2>原文 Texts</h2>\n")?;
    let mut from = 0;
    for (at, source) in graph.sources().iter().enumerate() {
        let to = from + graph.statements()[from..].partition_point(|s| s.source <= at);
        let statements = &graph.statements()[from..to];
        from = to;
        put(&document(graph, source, statements, page(&source.doc), graph.sources().len() <= 3))?;
    }
    put(&names(graph))?;
    put(&format!("</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n"))
}

fn head(graph: &Graph, title: &str) -> String {
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"zh\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{0}</title>\n<style>{STYLE}",
        xml(title)
    );
    for kind in Type::ALL {
        let _ = writeln!(out, ".{kind} {{ background: {}; }}", fill(*kind));
    }
    let kinds: BTreeSet<Type> = graph.entities().iter().map(|e| e.kind).collect();
    let legend: String =
        kinds.iter().map(|k| format!("<span class=\"{k}\">{} {k}</span>", xml(chinese_type(*k)))).collect();
    let _ = write!(
        out,
        "</style>\n</head>\n<body>\n<header><h1>{}</h1>\n<p class=\"lead\">{} 篇原文 texts · {} 个名称 names · {} 件事实 facts · {} 处陈述 statements</p>\n\
         <p class=\"legend\">{legend}</p>\n<input id=\"find\" type=\"search\" placeholder=\"查找 Find\" aria-label=\"Find\"></header>\n<main>\n",
        xml(title),
        graph.sources().len(),
        graph.entities().len(),
        graph.facts().len(),
        graph.statements().len()
    );
    out
}

fn document(graph: &Graph, source: &Source, statements: &[Statement], page: Option<Page>, open: bool) -> String {
    let name = source.titles.first().map_or(source.doc.as_str(), |title| title.trim());
    let mut out = format!(
        "<details class=\"doc\"{}><summary><b>{}</b><small>{} · {} · {} 处陈述 statements</small></summary>\n<div class=\"cols\"><div class=\"text\">",
        if open { " open" } else { "" },
        xml(name),
        xml(&source.doc),
        xml(source.date.as_deref().unwrap_or("—")),
        statements.len()
    );
    match page {
        Some(page) => text(&mut out, &page, statements),
        None => sentences(&mut out, statements),
    }
    out.push_str("</div>\n<div class=\"list\">\n");
    for (at, statement) in statements.iter().enumerate() {
        fact(&mut out, graph, at, statement);
    }
    out.push_str("</div></div></details>\n");
    out
}

/// The text cut wherever evidence or a mention begins or ends.
fn text(out: &mut String, page: &Page, statements: &[Statement]) {
    let chars: Vec<char> = page.text.chars().collect();
    let mut cuts: BTreeSet<usize> = BTreeSet::from([0, chars.len()]);
    let mentions: Vec<&MentionRecord> = page.mentions.iter().filter(|m| !m.inner).collect();
    cuts.extend(statements.iter().flat_map(|s| [s.begin, s.end]).filter(|at| *at < chars.len()));
    cuts.extend(mentions.iter().flat_map(|m| [m.start, m.end]).filter(|at| *at < chars.len()));
    let cuts: Vec<usize> = cuts.into_iter().collect();
    for pair in cuts.windows(2) {
        let (start, end) = (pair[0], pair[1]);
        let facts: Vec<String> = statements
            .iter()
            .enumerate()
            .filter(|(_, s)| s.begin <= start && end <= s.end)
            .map(|(at, _)| at.to_string())
            .collect();
        let piece: String = chars[start..end].iter().collect();
        let mut inside = xml(&piece).into_owned();
        if let Some(m) = mentions.iter().find(|m| m.start <= start && end <= m.end) {
            let norm = m.norm.as_deref().unwrap_or(&m.text);
            let tip = format!("{} {norm}", chinese_type(m.kind));
            inside = format!("<span class=\"m {}\" title=\"{}\">{inside}</span>", m.kind, xml(&tip));
        }
        if facts.is_empty() {
            out.push_str(&inside);
        } else {
            let _ = write!(out, "<mark data-f=\"{}\">{inside}</mark>", facts.join(" "));
        }
    }
}

fn sentences(out: &mut String, statements: &[Statement]) {
    let mut last = "";
    for statement in statements {
        let sentence = statement.sentence.as_deref().unwrap_or("");
        if sentence != last {
            let all = statements.iter().enumerate().filter(|(_, s)| s.sentence.as_deref() == Some(sentence));
            let ids: Vec<String> = all.map(|(at, _)| at.to_string()).collect();
            let _ = writeln!(out, "<mark data-f=\"{}\">{}</mark>", ids.join(" "), xml(sentence));
            last = sentence;
        }
    }
}

fn fact(out: &mut String, graph: &Graph, at: usize, statement: &Statement) {
    let object = match &statement.object {
        Object::Text(text) => format!("“{text}”"),
        Object::Date(text) => table::when(text),
        other => graph.label(other).to_owned(),
    };
    let mut notes: Vec<String> = Vec::new();
    if statement.status != Status::Stated {
        notes.push(format!("<span class=\"status\">{}</span>", xml(chinese_name(statement.status.name()))));
    }
    if let Some(period) = &statement.period {
        let words = period.words.as_deref().map(|words| format!("（{}）", xml(words))).unwrap_or_default();
        notes.push(format!("{}{words}", xml(&table::when(&period.edtf))));
    }
    for (name, qualified) in &statement.qualifiers {
        let label = if *name == Qualifier::Role { "role" } else { name.name() };
        notes.push(format!("{} {}", xml(chinese_name(label)), xml(&qualified.text)));
    }
    notes.push(format!("<code>{}</code>", xml(&statement.rule)));
    let _ = writeln!(
        out,
        "<div class=\"fact\" data-id=\"{at}\" tabindex=\"0\"><b>{}</b><i>{}</i><b>{}</b><small>{}</small></div>",
        xml(&graph.entities()[statement.subject].name),
        xml(chinese_name(statement.predicate.name())),
        xml(&object),
        notes.join(" · ")
    );
}

fn names(graph: &Graph) -> String {
    let degree = graph.degrees();
    let mut order: Vec<usize> = (0..graph.entities().len()).collect();
    order.sort_by(|a, b| degree[*b].cmp(&degree[*a]).then_with(|| a.cmp(b)));
    let mut out = String::from(
        "<h2>名称 Names</h2>\n<table class=\"names\"><thead><tr><th>名称 name</th><th>类型 type</th><th>事实 facts</th><th>原文 texts</th><th>又名 also</th></tr></thead><tbody>\n",
    );
    for &at in order.iter().take(NAMES) {
        let entity = &graph.entities()[at];
        let _ = writeln!(
            out,
            "<tr><td><span class=\"m {0}\">{1}</span></td><td>{2}</td><td class=\"n\">{3}</td><td class=\"n\">{4}</td><td>{5}</td></tr>",
            entity.kind,
            xml(&entity.name),
            xml(chinese_type(entity.kind)),
            degree[at],
            entity.sources.len(),
            xml(&entity.aliases.join("、"))
        );
    }
    out.push_str("</tbody></table>\n");
    if order.len() > NAMES {
        let _ = writeln!(out, "<p class=\"lead\">{NAMES} / {}</p>", order.len());
    }
    out
}
