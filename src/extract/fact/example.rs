//! Runs the examples of the fact rules: each rule alone, on marked text.

use std::collections::{BTreeMap, BTreeSet};

use super::facts_by;
use crate::document::{DateSource, Document};
use crate::fact::{Fact, Term};
use crate::mention::Mention;
use crate::rule::{Example, Rule, RuleSet, Stage, marked};
use crate::schema::{RuleId, Status};
use crate::text::Span;

/// How an example fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Should have matched.
    Missing,
    /// Should not have matched.
    Noisy,
    /// Matched otherwise.
    Wrong,
    /// The example itself cannot be read, or a `todo` passes.
    Broken,
}

/// A failed example.
#[derive(Debug, Clone)]
pub struct Failure {
    /// Of which rule.
    pub rule: RuleId,
    /// In which file.
    pub file: String,
    /// How.
    pub kind: Kind,
    /// The example with what was expected and what was found.
    pub detail: String,
}

/// Runs the examples of all fact rules, or of those whose id starts with `prefix`.
pub fn failures(rules: &RuleSet, prefix: &str) -> Vec<Failure> {
    rules
        .of_stage(Stage::Fact)
        .filter(|rule| rule.id.as_str().starts_with(prefix))
        .flat_map(|rule| rule.examples.iter().filter_map(|example| failure(rules, rule, example)))
        .collect()
}

fn failure(rules: &RuleSet, rule: &Rule, example: &Example) -> Option<Failure> {
    let fail = |kind, detail: String| {
        Some(Failure { rule: rule.id, file: rule.file.clone(), kind, detail: format!("{}\n{detail}", example.text) })
    };
    let found = match read(rules, rule, example) {
        Ok(found) => found,
        Err(message) => return fail(Kind::Broken, message),
    };
    let wanted: BTreeSet<String> = example.expect.iter().filter_map(|fact| fact.as_str()).map(tidy).collect();
    let kind = if found == wanted {
        None
    } else if wanted.is_empty() {
        Some(Kind::Noisy)
    } else if found.is_empty() {
        Some(Kind::Missing)
    } else {
        Some(Kind::Wrong)
    };
    let list = |facts: &BTreeSet<String>| facts.iter().map(|fact| format!("    {fact}\n")).collect::<String>();
    match (kind, &example.todo) {
        (Some(kind), None) => fail(kind, format!("  expected:\n{}  found:\n{}", list(&wanted), list(&found))),
        (None, Some(_)) => fail(Kind::Broken, "  passes now: take `todo` away".into()),
        _ => None,
    }
}

/// The facts that a rule makes of its example, as written in `expect`.
fn read(rules: &RuleSet, rule: &Rule, example: &Example) -> Result<BTreeSet<String>, String> {
    let (text, marks) = marked::read(&example.text)?;
    let date = example.published.as_deref().map(|day| (day, DateSource::Option));
    let points = |at: usize| text[..at].chars().count();
    let spans: Vec<(usize, usize)> =
        marks.iter().map(|mark| (points(mark.span.start), points(mark.span.end))).collect();
    let doc = Document::new("example", text, date);
    let mentions: Vec<Mention> = marks.iter().zip(spans).map(|(mark, span)| given(&doc, mark, span)).collect();
    let facts = facts_by(&doc, &mentions, rules, Some(rule.id));
    Ok(facts.iter().map(|fact| tidy(&shown(&doc, &mentions, fact))).collect())
}

/// A mention as an earlier stage would give it.
fn given(doc: &Document, mark: &marked::Mark, span: (usize, usize)) -> Mention {
    Mention {
        span: Span::new(doc.view.from_code_point(span.0), doc.view.from_code_point(span.1)),
        kind: mark.kind,
        form: mark.form,
        norm: mark.norm.clone(),
        days: None,
        inner: false,
        rule: RuleId::new("example"),
    }
}

/// A fact as the gold texts write it: `subject | predicate | object | qualifier=value`.
pub fn shown(doc: &Document, mentions: &[Mention], fact: &Fact) -> String {
    let name = |term: &Term| match term {
        Term::Text(text) => text.clone(),
        Term::Mention(index) => mentions.get(*index).map_or(String::new(), |mention| match &mention.norm {
            Some(norm) => norm.clone(),
            None => doc.view.text()[mention.span.range()].split_whitespace().collect(),
        }),
    };
    let mut out = format!("{} | {} | {}", name(&fact.subject), fact.predicate, name(&fact.object));
    let qualifiers: BTreeMap<&str, String> = fact.qualifiers.iter().map(|(q, term)| (q.name(), name(term))).collect();
    for (qualifier, value) in qualifiers {
        out.push_str(&format!(" | {qualifier}={value}"));
    }
    if fact.status != Status::Stated {
        out.push_str(&format!(" | status={}", fact.status));
    }
    out
}

/// One blank round the bars; qualifiers in order.
fn tidy(line: &str) -> String {
    let mut cells: Vec<&str> = line.split('|').map(str::trim).collect();
    if cells.len() > 3 {
        cells[3..].sort_unstable();
    }
    cells.join(" | ")
}
