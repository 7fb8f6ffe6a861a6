//! Document in, record out: the one function that runs every stage.

use std::borrow::Cow;

use crate::document::{DateSource, Document};
use crate::extract;
use crate::fact::Term;
use crate::link;
use crate::mention::Mention;
use crate::record::{ArticleRecord, EvidenceRecord, FactRecord, MentionRecord, Record};
use crate::rule::{RuleSet, Stage};
use crate::schema::{Form, Predicate, RuleId, Type};
use crate::text::hex;
use crate::value::Clock;
use sha2::{Digest, Sha256};

/// Reads one document. Pure and total: no I/O, no clock, no randomness, no panic on any text.
pub fn extract(doc: &Document, rules: &RuleSet) -> Record {
    extract_while(doc, rules, &|| true).unwrap_or_default()
}

/// Reads one document as long as `go_on` says so, which is asked for every paragraph and sentence; `None` where it
/// said no. So a caller with a clock bounds the time that a document may take.
pub fn extract_while(doc: &Document, rules: &RuleSet, go_on: &dyn Fn() -> bool) -> Option<Record> {
    let values = values_while(doc, rules, go_on)?;
    let mut mentions = extract::name::names_while(doc, &values, &rules.names, go_on)?;
    extract::name::relative::places(doc, rules, &mut mentions);
    link::resolve(doc, &mut mentions, &rules.linker);
    let mut linked = link::entities(doc, &mentions, &rules.linker);
    if !go_on() {
        return None;
    }
    let facts = facts(doc, &mentions, &linked, rules);
    let entities = std::mem::take(&mut linked.of).into_iter();
    let mention_record = |((id, mention), entity): ((usize, &Mention), Option<String>)| MentionRecord {
        entity,
        ..mention_record(doc, id, mention)
    };
    Some(Record {
        doc: doc.id.clone(),
        sha256: doc.sha256.clone(),
        length: doc.view.source().chars().count(),
        date: doc.date.clone(),
        date_source: doc.date_source.map(|source| source_name(source).to_owned()),
        articles: articles(doc),
        mentions: mentions.iter().enumerate().zip(entities).map(mention_record).collect(),
        entities: linked.entities,
        facts,
    })
}

/// Of the readings that [`extract`] does not keep, the rule that made each and the rule whose reading stands in
/// its place: mentions that another covers, facts that another rule states of the same two.
pub fn contests(doc: &Document, rules: &RuleSet) -> Vec<(RuleId, RuleId)> {
    let values = values(doc, rules);
    let mut lost = extract::name::contests(doc, &values, &rules.names);
    let mut mentions = extract::name::names(doc, &values, &rules.names);
    extract::name::relative::places(doc, rules, &mut mentions);
    link::resolve(doc, &mut mentions, &rules.linker);
    let kept = extract::fact::facts(doc, &mentions, rules);
    for rule in rules.of_stage(Stage::Fact) {
        for fact in extract::fact::facts_by(doc, &mentions, rules, Some(rule.id)) {
            let same = |other: &&crate::fact::Fact| {
                (&other.subject, other.predicate, &other.object) == (&fact.subject, fact.predicate, &fact.object)
            };
            let mut others = kept.iter().filter(same);
            let stays = kept.iter().filter(same).any(|other| other.rule == rule.id);
            if let Some(winner) = others.next().filter(|_| !stays) {
                lost.push((rule.id, winner.rule));
            }
        }
    }
    lost
}

/// The facts, by evidence, then subject, predicate and object.
fn facts(doc: &Document, mentions: &[Mention], linked: &link::Linked, rules: &RuleSet) -> Vec<FactRecord> {
    let name = |term: &Term| match term {
        Term::Text(text) => text.clone(),
        Term::Mention(index) => linked.names.get(*index).cloned().unwrap_or_default(),
    };
    let entity = |term: &Term, types: &[Type]| match term {
        Term::Mention(index) => linked.of.get(*index).cloned().flatten(),
        Term::Text(text) => {
            let known = linked.entities.iter().find(|known| types.contains(&known.kind) && known.name == *text);
            known.map(|known| known.id.clone())
        }
    };
    let mut records: Vec<FactRecord> = extract::fact::facts(doc, mentions, rules)
        .iter()
        .map(|fact| {
            let (start, end) = doc.view.to_code_points(fact.evidence);
            let mut record = FactRecord {
                id: String::new(),
                subject: name(&fact.subject),
                predicate: fact.predicate,
                object: name(&fact.object),
                subject_id: entity(&fact.subject, extract::fact::domain(fact.predicate)),
                object_id: entity(&fact.object, extract::fact::range(fact.predicate)),
                qualifiers: fact.qualifiers.iter().map(|(qualifier, term)| (*qualifier, name(term))).collect(),
                status: fact.status,
                rule: fact.rule.as_str().to_owned(),
                evidence: EvidenceRecord { start, end },
            };
            record.id = fact_id(doc, &record);
            record
        })
        .collect();
    records.sort_by(|a, b| {
        fn key(fact: &FactRecord) -> (usize, usize, &str, Predicate) {
            (fact.evidence.start, fact.evidence.end, &fact.subject, fact.predicate)
        }
        key(a).cmp(&key(b)).then_with(|| a.object.cmp(&b.object)).then_with(|| a.id.cmp(&b.id))
    });
    records
}

/// The first sixteen hexadecimal digits of the SHA-256 of what the fact says and where.
fn fact_id(doc: &Document, fact: &FactRecord) -> String {
    let mut hash = Sha256::new();
    let (subject, object) =
        (fact.subject_id.as_ref().unwrap_or(&fact.subject), fact.object_id.as_ref().unwrap_or(&fact.object));
    for cell in [doc.id.as_str(), subject, fact.predicate.name(), object, fact.status.name()] {
        hash.update(cell.as_bytes());
        hash.update([0]);
    }
    for (qualifier, value) in &fact.qualifiers {
        hash.update(qualifier.name().as_bytes());
        hash.update([1]);
        hash.update(value.as_bytes());
        hash.update([0]);
    }
    hash.update(itoa::Buffer::new().format(fact.evidence.start));
    hash.update("-");
    hash.update(itoa::Buffer::new().format(fact.evidence.end));
    hex(&hash.finalize()[..8])
}

/// The dates and figures of a document.
fn values(doc: &Document, rules: &RuleSet) -> Vec<Mention> {
    values_while(doc, rules, &|| true).unwrap_or_default()
}

fn values_while(doc: &Document, rules: &RuleSet, go_on: &dyn Fn() -> bool) -> Option<Vec<Mention>> {
    let mut clock = Clock { published: doc.date.clone(), ..Clock::default() };
    let mut found = Vec::new();
    let mut article = None;
    for paragraph in &doc.paragraphs {
        if !go_on() {
            return None;
        }
        let text = paragraph.span.of(doc.view.folded());
        if article.replace(paragraph.article) != Some(paragraph.article) {
            clock.begin_article();
        }
        rules.values.heading(text, &mut clock);
        for reading in rules.values.read(text, &mut clock) {
            found.push(Mention {
                span: reading.span.shifted(paragraph.span.start),
                kind: reading.kind,
                form: Form::Name,
                norm: reading.norm,
                days: reading.days,
                inner: false,
                rule: reading.rule,
            });
        }
    }
    Some(found)
}

fn articles(doc: &Document) -> Vec<ArticleRecord> {
    let text = |span: crate::text::Span| span.of(doc.view.text()).to_owned();
    doc.articles
        .iter()
        .map(|article| {
            let (start, end) = doc.view.to_code_points(article.span);
            ArticleRecord {
                start,
                end,
                title: article.title.map(text),
                byline: article.byline.iter().copied().map(text).collect(),
                dateline: article.dateline.map(text),
            }
        })
        .collect()
}

fn mention_record(doc: &Document, id: usize, mention: &Mention) -> MentionRecord {
    let (start, end) = doc.view.to_code_points(mention.span);
    let text = doc.view.to_source(mention.span).of(doc.view.source());
    // A name broken by a line end, padded with blanks or with a look-alike glyph takes the repaired form.
    let joined = || link::joined(mention.span.of(doc.view.text()));
    let value = matches!(mention.kind, Type::Date | Type::Figure);
    let repaired = || (!value).then(joined).filter(|name| name != text).map(Cow::into_owned);
    let (first, last) = mention.days.clone().unwrap_or_default();
    MentionRecord {
        id,
        start,
        end,
        kind: mention.kind,
        form: mention.form,
        text: text.to_owned(),
        norm: mention.norm.clone().or_else(repaired),
        first,
        last,
        inner: mention.inner,
        entity: None,
        rule: mention.rule.as_str().to_owned(),
    }
}

fn source_name(source: DateSource) -> &'static str {
    match source {
        DateSource::Option => "option",
        DateSource::Metadata => "metadata",
        DateSource::Name => "name",
        DateSource::Dateline => "dateline",
        DateSource::Text => "text",
    }
}
