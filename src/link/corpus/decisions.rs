//! `zhitu.decisions.toml`: what the user says is one thing, and what is not.
//!
//! ```toml
//! [[same]]
//! entities = ["person/王伟 @ 2024-report", "person/王伟 @ 2025-report"]
//! reason = "told by the county office"
//!
//! [[different]]
//! entities = ["organization/宏达公司 @ a", "organization/宏达公司 @ b"]
//! ```
//!
//! An entity is named by type and name as a record has it; `@ DOC` limits it to one document. Linking is
//! computed from the records and this file alone: a line taken out is undone by the next run.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use crate::error::{Error, Result};
use crate::schema::Type;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    same: Vec<Spanned<Entry>>,
    #[serde(default)]
    different: Vec<Spanned<Entry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    entities: Vec<Spanned<String>>,
    #[serde(default)]
    reason: String,
}

/// One name in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub kind: Type,
    pub id: String,
    pub doc: Option<String>,
    pub line: usize,
}

/// One entry of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    pub same: bool,
    pub entities: Vec<Named>,
    pub reason: String,
    pub line: usize,
}

/// The decisions of the user, checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions {
    pub(super) rules: Vec<Rule>,
    pub(super) file: String,
    digest: String,
}

impl Decisions {
    /// Reads the text of a decisions file; `file` names it in errors. An unknown key or type, an entry with
    /// fewer than two entities, or one pair both `same` and `different` is an error with file and line.
    pub fn parse(file: &str, text: &str) -> Result<Decisions> {
        let written: Written = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(1, |span| line(text, &span));
            Error::new(format!("{file}:{at}: {}", error.message().trim())).with_help(
                "an entry is [[same]] or [[different]] with `entities = [\"type/name @ document\", …]` and a `reason`",
            )
        })?;
        let mut rules = Vec::new();
        for (same, entries) in [(true, written.same), (false, written.different)] {
            for entry in entries {
                let at = line(text, &entry.span());
                let entry = entry.into_inner();
                if entry.entities.len() < 2 {
                    return Err(Error::new(format!("{file}:{at}: an entry names at least two entities")));
                }
                let named = |e: &Spanned<String>| Named::parse(file, line(text, &e.span()), e.get_ref());
                let entities = entry.entities.iter().map(named).collect::<Result<Vec<_>>>()?;
                rules.push(Rule { same, entities, reason: entry.reason, line: at });
            }
        }
        let digest = crate::document::hash(text.as_bytes());
        let out = Decisions { rules, file: file.to_owned(), digest };
        out.check()?;
        Ok(out)
    }

    /// Hash of the file; empty where there is none.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    fn check(&self) -> Result<()> {
        for rule in &self.rules {
            if let Some(other) = rule.entities.iter().find(|e| e.kind != rule.entities[0].kind) {
                return Err(Error::new(format!(
                    "{}:{}: `{}` and `{}` are of different types",
                    self.file, other.line, rule.entities[0].id, other.id
                )));
            }
            for (nth, one) in rule.entities.iter().enumerate() {
                if let Some(twice) = rule.entities[..nth].iter().find(|e| e.id == one.id && e.doc == one.doc) {
                    return Err(Error::new(format!("{}:{}: `{}` stands twice", self.file, one.line, twice.id)));
                }
            }
        }
        let has = |rule: &Rule, one: &Named| rule.entities.iter().any(|e| e.id == one.id && e.doc == one.doc);
        for same in self.rules.iter().filter(|r| r.same) {
            for apart in self.rules.iter().filter(|r| !r.same) {
                let both: Vec<&Named> = same.entities.iter().filter(|e| has(apart, e)).collect();
                if let [one, two, ..] = both.as_slice() {
                    return Err(Error::new(format!(
                        "{}:{}: `{}` and `{}` are said to be the same here and different in line {}",
                        self.file, same.line, one.id, two.id, apart.line
                    )));
                }
            }
        }
        Ok(())
    }
}

impl Named {
    fn parse(file: &str, line: usize, text: &str) -> Result<Named> {
        let (id, doc) = match text.split_once('@') {
            Some((id, doc)) => (id.trim(), Some(doc.trim().to_owned())),
            None => (text.trim(), None),
        };
        let kind = id.split_once('/').filter(|(_, name)| !name.is_empty()).and_then(|(kind, _)| Type::from_name(kind));
        let Some(kind) = kind else {
            return Err(Error::new(format!("{file}:{line}: `{text}` is no entity"))
                .with_help("write type/name or type/name @ document, such as person/王伟 @ report-1"));
        };
        Ok(Named { kind, id: id.to_owned(), doc, line })
    }
}

fn line(text: &str, span: &Range<usize>) -> usize {
    text.get(..span.start).unwrap_or(text).matches('\n').count() + 1
}
