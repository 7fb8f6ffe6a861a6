//! Scoring: records against gold.
//!
//! Mentions count by exact span and row (type and form); beside it, softly, where any overlap of the
//! same row counts. Facts count by subject, predicate and object under the names that gold knows.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::gold::{Gold, GoldFact, GoldMention, row};
use super::plain::{figure, plain, trim};
use crate::record::Record;
use crate::schema::{Predicate, Type};

/// What is scored of a record: any JSON object that has these keys will do.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Found {
    /// The document's name; a path counts by its stem.
    pub doc: String,
    /// Mentions of unknown types are not scored.
    #[serde(default)]
    pub mentions: Vec<FoundMention>,
    /// Facts of unknown predicates are not scored.
    #[serde(default)]
    pub facts: Vec<FoundFact>,
}

/// One mention of a record. Offsets are code points of the source.
#[derive(Debug, Clone, Deserialize)]
pub struct FoundMention {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The name of a type.
    #[serde(rename = "type", default)]
    pub kind: String,
    /// `name` or `title`.
    #[serde(default)]
    pub form: Option<String>,
    /// Its words.
    #[serde(default, deserialize_with = "words")]
    pub text: String,
    /// Normal form.
    #[serde(default)]
    pub norm: Option<String>,
    /// Nested in a longer one: not scored.
    #[serde(default)]
    pub inner: bool,
}

/// One fact of a record.
#[derive(Debug, Clone, Deserialize)]
pub struct FoundFact {
    /// Canonical name.
    #[serde(default, deserialize_with = "words")]
    pub subject: String,
    /// The name of a predicate.
    #[serde(default)]
    pub predicate: String,
    /// Canonical name, normal form, or the beginning of a quotation.
    #[serde(default, deserialize_with = "words")]
    pub object: String,
    /// Qualifiers by name.
    #[serde(default, deserialize_with = "qualifiers")]
    pub qualifiers: BTreeMap<String, String>,
}

fn words<'de, D: Deserializer<'de>>(input: D) -> Result<String, D::Error> {
    Ok(as_words(Value::deserialize(input)?))
}

fn qualifiers<'de, D: Deserializer<'de>>(input: D) -> Result<BTreeMap<String, String>, D::Error> {
    let given: Option<BTreeMap<String, Value>> = Deserialize::deserialize(input)?;
    Ok(given.unwrap_or_default().into_iter().map(|(key, value)| (key, as_words(value))).collect())
}

fn as_words(value: Value) -> String {
    match value {
        Value::String(text) => text,
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

impl From<&Record> for Found {
    fn from(record: &Record) -> Found {
        let mentions = record.mentions.iter().map(|m| FoundMention {
            start: m.start,
            end: m.end,
            kind: m.kind.name().to_owned(),
            form: Some(m.form.name().to_owned()),
            text: m.text.clone(),
            norm: m.norm.clone(),
            inner: m.inner,
        });
        let facts = record.facts.iter().map(|f| FoundFact {
            subject: f.subject.clone(),
            predicate: f.predicate.name().to_owned(),
            object: f.object.clone(),
            qualifiers: f.qualifiers.iter().map(|(key, value)| (key.name().to_owned(), value.clone())).collect(),
        });
        Found { doc: record.doc.clone(), mentions: mentions.collect(), facts: facts.collect() }
    }
}

/// Counts of one row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Found and wanted.
    pub hit: usize,
    /// Found.
    pub found: usize,
    /// Wanted.
    pub wanted: usize,
    /// Found that overlap something wanted of the row.
    pub soft_found: usize,
    /// Wanted that something found of the row overlaps.
    pub soft_wanted: usize,
    /// Normal forms, or qualifiers, that are right.
    pub norm_right: usize,
    /// Those that were asked for.
    pub norm_asked: usize,
}

impl std::ops::AddAssign<&Tally> for Tally {
    fn add_assign(&mut self, other: &Tally) {
        self.hit += other.hit;
        self.found += other.found;
        self.wanted += other.wanted;
        self.soft_found += other.soft_found;
        self.soft_wanted += other.soft_wanted;
        self.norm_right += other.norm_right;
        self.norm_asked += other.norm_asked;
    }
}

/// Counts over all documents scored so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scores {
    /// By row: `person`, `person@title`.
    pub mentions: BTreeMap<String, Tally>,
    /// By predicate.
    pub facts: BTreeMap<String, Tally>,
    /// Every miss, false hit, wrong norm and wrong qualifier, in words.
    pub errors: Vec<String>,
}

/// A mention's place and row.
type Key = (usize, usize, String);

/// The first mention at each key, in order of appearance.
fn by_key<T>(items: impl Iterator<Item = (Key, T)>, keep_last: bool) -> Vec<(Key, T)> {
    let mut index: HashMap<Key, usize> = HashMap::new();
    let mut out: Vec<(Key, T)> = Vec::new();
    for (key, item) in items {
        match index.get(&key) {
            Some(&at) if keep_last => out[at].1 = item,
            Some(_) => {}
            None => {
                index.insert(key.clone(), out.len());
                out.push((key, item));
            }
        }
    }
    out
}

fn overlap(a: &Key, b: &Key) -> bool {
    a.0 < b.1 && b.0 < a.1
}

impl Scores {
    /// Adds one document; without a record it counts as empty.
    pub fn add(&mut self, gold: &Gold, found: Option<&Found>) {
        let nothing = Found::default();
        let found = found.unwrap_or(&nothing);
        self.add_mentions(gold, found);
        self.add_facts(gold, found);
    }

    fn error(&mut self, gold: &Gold, message: impl std::fmt::Display) {
        self.errors.push(format!("{}: {message}", gold.doc));
    }

    fn add_mentions(&mut self, gold: &Gold, record: &Found) {
        let key = |m: &GoldMention| (m.start, m.end, m.row());
        let wanted = by_key(gold.mentions.iter().filter(|m| !m.optional).map(|m| (key(m), m)), true);
        let spared: Vec<Key> = gold.mentions.iter().filter(|m| m.optional).map(key).collect();
        let scored = record.mentions.iter().filter(|m| Type::from_name(&m.kind).is_some() && !m.inner);
        let place = |m: &FoundMention| (m.start, m.end, row(&m.kind, m.form.as_deref().unwrap_or("name")));
        let found = by_key(scored.map(|m| (place(m), m)), false);
        let at: HashMap<&Key, &GoldMention> = wanted.iter().map(|(key, m)| (key, *m)).collect();
        let near = |a: &Key, b: &Key| a.2 == b.2 && overlap(a, b);
        for (key, mention) in &found {
            let want = at.get(key);
            let soft = want.is_some() || wanted.iter().any(|(other, _)| near(key, other));
            if !soft && spared.iter().any(|other| overlap(key, other)) {
                continue;
            }
            let tally = self.mentions.entry(key.2.clone()).or_default();
            tally.found += 1;
            tally.soft_found += usize::from(soft);
            let Some(want) = want else {
                let what = if soft { "boundary" } else { "spurious" };
                self.error(gold, format_args!("{what} {}: {}", key.2, mention.text));
                continue;
            };
            tally.hit += 1;
            if matches!(want.kind, Type::Date | Type::Figure) {
                tally.norm_asked += 1;
                if same_norm(want.kind, mention.norm.as_deref(), want.norm.as_deref()) {
                    tally.norm_right += 1;
                } else {
                    let (got, wish) = (show(mention.norm.as_deref()), show(want.norm.as_deref()));
                    self.error(gold, format_args!("norm of {}: {got} for {wish}", mention.text));
                }
            }
        }
        for (key, mention) in &wanted {
            let soft = found.iter().any(|(other, _)| near(key, other));
            let tally = self.mentions.entry(key.2.clone()).or_default();
            tally.wanted += 1;
            tally.soft_wanted += usize::from(soft);
            if !soft {
                self.error(gold, format_args!("missed {}: {}", key.2, mention.text));
            }
        }
    }

    fn add_facts(&mut self, gold: &Gold, record: &Found) {
        let names = names_of(gold);
        let mut seen = BTreeSet::new();
        let known = record.facts.iter().filter(|f| Predicate::from_name(&f.predicate).is_some());
        let mut left: Vec<&FoundFact> = known
            .filter(|f| {
                let part = |key: &str| plain(f.qualifiers.get(key).map_or("", String::as_str));
                seen.insert((plain(&f.subject), &f.predicate, plain(&f.object), part("org"), part("role")))
            })
            .collect();
        let (optional, required): (Vec<_>, Vec<_>) = gold.facts.iter().partition(|f| f.optional);
        for want in required.into_iter().chain(optional) {
            let best = best_match(&names, &left, want);
            let tally = self.facts.entry(want.predicate.name().to_owned()).or_default();
            let line = format!("{} | {} | {}", want.subject, want.predicate, want.object);
            if want.optional {
                best.map(|at| left.remove(at));
                continue;
            }
            tally.wanted += 1;
            let Some(at) = best else {
                self.error(gold, format_args!("missed fact {line}"));
                continue;
            };
            let got = left.remove(at);
            tally.hit += 1;
            tally.found += 1;
            tally.norm_asked += want.qualifiers.len();
            let mut wrong = Vec::new();
            for (key, value) in &want.qualifiers {
                let mine = got.qualifiers.get(key);
                if agrees(&names, mine, value) {
                    tally.norm_right += 1;
                } else {
                    let mine = show(mine.map(String::as_str));
                    wrong.push(format!("qualifier {key} of {line}: {mine} for {value}"));
                }
            }
            wrong.iter().for_each(|message| self.error(gold, message));
        }
        for fact in left {
            self.facts.entry(fact.predicate.clone()).or_default().found += 1;
            self.error(gold, format_args!("spurious fact {} | {} | {}", fact.subject, fact.predicate, fact.object));
        }
    }
}

/// A value in an error message, absent ones as Python shows them.
fn show(value: Option<&str>) -> &str {
    value.unwrap_or("None")
}

fn same_norm(kind: Type, got: Option<&str>, want: Option<&str>) -> bool {
    match (got, want) {
        (Some(got), Some(want)) if kind == Type::Figure => figure(got) == figure(want),
        (Some(got), Some(want)) => trim(got) == trim(want),
        (got, want) => got == want,
    }
}

/// For each canonical name, every surface that gold gives it; all as [`plain`] makes them.
type Names = BTreeMap<String, BTreeSet<String>>;

fn names_of(gold: &Gold) -> Names {
    let mut names = Names::new();
    for mention in &gold.mentions {
        let surface = plain(&mention.text);
        let value = matches!(mention.kind, Type::Date | Type::Figure);
        let canonical = mention.norm.as_deref().filter(|_| !value).map_or_else(|| surface.clone(), plain);
        names.entry(canonical.clone()).or_default().extend([canonical, surface.clone()]);
        if let Some(norm) = &mention.norm {
            names.entry(plain(norm)).or_default().insert(surface);
        }
    }
    names
}

fn same_name(names: &Names, got: &str, want: &str, quotation: bool) -> bool {
    let (got, want) = (plain(got), plain(want));
    if quotation {
        return got.chars().take(6).eq(want.chars().take(6));
    }
    got == want || names.get(&want).is_some_and(|known| known.contains(&got))
}

fn agrees(names: &Names, got: Option<&String>, want: &str) -> bool {
    let (got, want) = (plain(got.map_or("", String::as_str)), plain(want));
    got == want || names.get(&want).is_some_and(|known| known.contains(&got))
}

/// Of the facts left, the one that says what `want` says with most of its qualifiers; the first of equals.
fn best_match(names: &Names, left: &[&FoundFact], want: &GoldFact) -> Option<usize> {
    let mut best: Option<(usize, usize)> = None;
    for (at, fact) in left.iter().enumerate() {
        if fact.predicate == want.predicate.name()
            && same_name(names, &fact.subject, &want.subject, false)
            && same_name(names, &fact.object, &want.object, want.predicate == Predicate::Said)
        {
            let agreement =
                want.qualifiers.iter().filter(|(key, value)| agrees(names, fact.qualifiers.get(*key), value)).count();
            if best.is_none_or(|(_, most)| agreement > most) {
                best = Some((at, agreement));
            }
        }
    }
    best.map(|(at, _)| at)
}
