//! Entities across documents: which entities of which records are one thing, and why.
//!
//! Pure: the result depends on the records, the tables and the user's decisions alone, not on the order in
//! which the records come. Things of one key (see `entity::key`) are compared: persons are one only with
//! positive evidence, bodies and places by full name with their region, the rest by name. Every join and
//! every refusal is kept with its reason.

mod brief;
mod code;
mod decisions;
mod groups;
mod naming;
mod obey;
mod part;
mod person;
mod profile;
mod reprint;
mod set;
mod sheet;
mod thing;
mod work;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use decisions::Decisions;
pub use part::{Change, Relinked, find, origins, relink, stay_apart};
pub use sheet::{Implied, View, family, members, seal};

use self::brief::Brief;
use self::work::Work;
use crate::error::Result;
use crate::record::Record;
use crate::rule::linking::Linker;
use crate::schema::Type;

/// One thing of the corpus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// `type/名称`; namesakes are numbered `_2`, `_3`.
    pub id: String,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: Type,
    /// Its name: of a place or body in full.
    pub name: String,
    /// Its other names, sorted.
    pub aliases: Vec<String>,
    /// Ids of the administrative units from the province down: of a place to itself, of a body those in its name.
    pub chain: Vec<String>,
    /// Document and local id of each, sorted.
    pub members: Vec<(String, String)>,
}

/// An administrative unit that a chain names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Its full name; with the unit above it where several bear the name.
    pub name: String,
    /// The unit above it.
    pub within: Option<String>,
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DecisionKind {
    /// Entities of several documents were joined.
    Merged,
    /// Entities of one name were kept apart.
    Refused,
    /// The user's file joined them.
    Forced,
    /// The user's file kept them apart.
    Forbidden,
}

impl DecisionKind {
    /// All of them.
    pub const ALL: [DecisionKind; 4] =
        [DecisionKind::Merged, DecisionKind::Refused, DecisionKind::Forced, DecisionKind::Forbidden];

    /// The name used in outputs.
    pub const fn name(self) -> &'static str {
        match self {
            DecisionKind::Merged => "merged",
            DecisionKind::Refused => "refused",
            DecisionKind::Forced => "forced",
            DecisionKind::Forbidden => "forbidden",
        }
    }
}

/// One join or refusal with its reason.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Decision {
    /// Corpus ids concerned: one of a join, two of a refusal.
    pub entities: Vec<String>,
    /// What was done.
    pub kind: DecisionKind,
    /// Why, in words.
    pub reason: String,
    /// The documents that it rests on, sorted; at most [`EVIDENCE`].
    pub evidence: Vec<String>,
}

/// Most documents named in one decision.
pub const EVIDENCE: usize = 20;

/// The things of a corpus.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Corpus {
    /// By id.
    pub entities: Vec<Entity>,
    /// The administrative units that chains name, by id.
    pub units: BTreeMap<String, Unit>,
    /// Sorted.
    pub decisions: Vec<Decision>,
    /// Groups of documents that print one text, each sorted; support counts a group once.
    pub reprints: Vec<Vec<String>>,
    /// Entries of the decisions file that name nothing in the corpus, with their place.
    pub unused: Vec<String>,
}

impl Corpus {
    /// The corpus id of an entity of one document. For many questions take [`Corpus::index`].
    pub fn entity(&self, doc: &str, local: &str) -> Option<&str> {
        let is = |entity: &&Entity| entity.members.iter().any(|(d, id)| d == doc && id == local);
        self.entities.iter().find(is).map(|entity| entity.id.as_str())
    }

    /// By document, then local id: the index of the thing in [`Corpus::entities`].
    pub fn index(&self) -> BTreeMap<&str, BTreeMap<&str, usize>> {
        let mut out: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
        for (at, entity) in self.entities.iter().enumerate() {
            for (doc, local) in &entity.members {
                out.entry(doc).or_default().insert(local, at);
            }
        }
        out
    }

    /// The document that stands for the origin of `doc`: itself, or the first of those that print the same text.
    pub fn origin<'c>(&'c self, doc: &'c str) -> &'c str {
        let group = self.reprints.iter().find(|group| group.iter().any(|d| d == doc));
        group.and_then(|group| group.first()).map_or(doc, String::as_str)
    }
}

/// Takes records one by one and keeps of each what linking needs.
pub struct Joiner<'l> {
    linker: &'l Linker,
    briefs: Vec<Brief>,
}

impl<'l> Joiner<'l> {
    /// A joiner without records.
    pub fn new(linker: &'l Linker) -> Joiner<'l> {
        Joiner { linker, briefs: Vec::new() }
    }

    /// Adds a record. The order of records decides nothing.
    pub fn add(&mut self, record: &Record) {
        self.briefs.push(Brief::of(record, self.linker));
    }

    /// Adds a record, and gives its sheet: what a later run needs of it, without links (see [`seal`]). `implied` is
    /// what only its facts name.
    pub fn keep(&mut self, record: &Record, implied: &[Implied]) -> Vec<u8> {
        let brief = Brief::of(record, self.linker);
        let sheet = sheet::encode(&brief, implied, self.linker);
        self.briefs.push(brief);
        sheet
    }

    /// Finds which entities of which records are one thing. An error names a line of the decisions file that
    /// another contradicts.
    pub fn finish(self, decisions: &Decisions) -> Result<Corpus> {
        let (mut work, reprints) = Work::new(self.briefs, self.linker);
        let unused = obey::obey(&mut work, decisions)?;
        let mut out = link(&mut work);
        out.unused = unused;
        let docs = |group: Vec<usize>| group.into_iter().map(|d| work.docs[d].name.clone()).collect();
        out.reprints = reprints.into_iter().map(docs).collect();
        Ok(out)
    }
}

/// The sheet of one record: see [`Joiner::keep`].
pub fn sheet(record: &Record, implied: &[Implied], linker: &Linker) -> Vec<u8> {
    sheet::encode(&Brief::of(record, linker), implied, linker)
}

/// Joins the members that are one thing, and names them.
fn link(work: &mut Work<'_>) -> Corpus {
    let mut by_key: BTreeMap<(Type, &str), Vec<usize>> = BTreeMap::new();
    for (at, member) in work.members.iter().enumerate() {
        by_key.entry((member.kind, &member.key)).or_default().push(at);
    }
    let lists: Vec<(Type, Vec<usize>)> = by_key.into_iter().map(|((kind, _), list)| (kind, list)).collect();
    for (kind, list) in lists {
        match kind {
            Type::Person => person::resolve(work, &list),
            _ => thing::resolve(work, &list),
        }
    }
    thing::join_short(work);
    naming::named(work)
}

/// Finds which entities of which records are one thing, for records that are all at hand.
pub fn corpus(records: &[Record], linker: &Linker, decisions: &Decisions) -> Result<Corpus> {
    let mut joiner = Joiner::new(linker);
    records.iter().for_each(|record| joiner.add(record));
    joiner.finish(decisions)
}

/// The administrative unit that a name means in a document that names the units `hints`; of a former name, the unit of today.
fn unit(linker: &Linker, name: &str, hints: &[usize]) -> Option<usize> {
    let gazetteer = &linker.places;
    let found = match gazetteer.named(name) {
        [] => gazetteer.named(gazetteer.renamed(name)?.0),
        found => found,
    };
    gazetteer.pick(found, hints)
}

/// A group of companies without its legal form: 甲集团 for 甲集团有限公司.
fn group(key: &str) -> Option<&str> {
    let plain = ["有限公司", "有限责任公司"].iter().find_map(|form| key.strip_suffix(form));
    plain.filter(|plain| plain.ends_with("集团"))
}
