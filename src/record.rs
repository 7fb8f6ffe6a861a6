//! The extraction record of one document: what `zhitu extract` prints, one JSON object a line.
//!
//! Offsets are Unicode code points of the source text, half open.

mod json;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::schema::{Form, Predicate, Qualifier, Status, Type};

/// Everything read in one document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The document's name.
    pub doc: String,
    /// SHA-256 of the source bytes as lower-case hexadecimal.
    pub sha256: String,
    /// Length of the source text in code points.
    pub length: usize,
    /// Day of the document as EDTF.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub date: Option<String>,
    /// Where the day was taken from: `option`, `metadata`, `name`, `dateline` or `text`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub date_source: Option<String>,
    /// The articles in the document, in order.
    #[serde(default)]
    pub articles: Vec<ArticleRecord>,
    /// The mentions, by start, then longest first.
    #[serde(default)]
    pub mentions: Vec<MentionRecord>,
    /// The entities, by id.
    #[serde(default)]
    pub entities: Vec<EntityRecord>,
    /// The facts, by evidence, then subject, predicate and object.
    #[serde(default)]
    pub facts: Vec<FactRecord>,
}

/// One article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ArticleRecord {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The headline.
    pub title: Option<String>,
    /// The authors as printed.
    #[serde(default)]
    pub byline: Vec<String>,
    /// The dateline as printed.
    pub dateline: Option<String>,
}

/// One mention.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MentionRecord {
    /// Its number in the record.
    pub id: usize,
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// What it names.
    #[serde(rename = "type")]
    pub kind: Type,
    /// Name or title.
    pub form: Form,
    /// The words of the source.
    pub text: String,
    /// Normal form.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub norm: Option<String>,
    /// First day of a date.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub first: Option<String>,
    /// Last day of a date.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub last: Option<String>,
    /// Nested in a longer mention.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub inner: bool,
    /// The entity it refers to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub entity: Option<String>,
    /// The rule that made it.
    pub rule: String,
}

/// One thing that the document speaks of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EntityRecord {
    /// `type/名称`.
    pub id: String,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: Type,
    /// Canonical name.
    pub name: String,
    /// The other names used here.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Its mentions.
    pub mentions: Vec<usize>,
}

/// One fact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FactRecord {
    /// Content hash.
    pub id: String,
    /// Canonical name.
    pub subject: String,
    /// What is said.
    pub predicate: Predicate,
    /// Canonical name, normal form of a date or figure, or the beginning of a quotation.
    pub object: String,
    /// Entity of the subject.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub subject_id: Option<String>,
    /// Entity of the object, where it is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub object_id: Option<String>,
    /// Qualifiers by name.
    #[serde(default)]
    pub qualifiers: BTreeMap<Qualifier, String>,
    /// How the text puts it.
    pub status: Status,
    /// The rule that made it.
    pub rule: String,
    /// The words it stands on.
    pub evidence: EvidenceRecord,
}

/// A place in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceRecord {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}
