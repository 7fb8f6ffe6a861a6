//! What a build keeps for the next one, so that this one need not join all records anew: of each document what
//! linking knows of it and what it says that others may contradict, how often everything is said, and figures.
//!
//! ```text
//! magic, bytes of the figures, documents, counts (u64 each)
//! figures         JSON
//! documents       for each: bytes of its sheet, number of its claims (u64 each)
//! sheets, claims  of each document in order; a claim is three numbers (u64)
//! counts          hashes (u64), then numbers (u32)
//! checksum
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hasher;
use std::ops::Range;
use std::path::Path;

use rustc_hash::FxHasher;
use serde::{Deserialize, Serialize};

use super::amend::{self, AMENDMENTS, Amended, Documents, Place};
use super::build::Report;
use super::counts::{Counts, Kept, More, count};
use crate::error::{Error, Result};
use crate::graph::{Claim, Graph, mix};
use crate::link::{self, Corpus, View};
use crate::store::Writer;
use crate::store::folder::State;

/// Name of the file in an output folder.
pub const LEDGER: &str = ".cache/ledger.bin";
const MAGIC: &[u8; 8] = b"zhituLG2";
/// Amendments that are more than this share of a ledger are too many.
const SHARE: usize = 8;

/// Figures of a build that follow from its records.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Code points of all documents.
    pub characters: usize,
    /// Mentions, those nested in longer ones apart.
    pub mentions: usize,
    /// Statements of all documents.
    pub statements: usize,
    /// Entities of the graph.
    pub entities: usize,
    /// Distinct facts of the graph.
    pub facts: usize,
    /// Entities that several documents speak of.
    pub joined: usize,
    /// Pairs of one name that were kept apart.
    pub apart: usize,
    /// Documents that print the text of another.
    pub reprints: usize,
    /// Pairs of facts that cannot be true together.
    pub conflicts: usize,
    /// Statements of RDF.
    pub quads: usize,
}

impl Figures {
    /// Those of a report.
    pub fn of(report: &Report) -> Figures {
        let Report { characters, mentions, statements, entities, facts, .. } = *report;
        let Report { joined, apart, reprints, conflicts, quads, .. } = *report;
        Figures { characters, mentions, statements, entities, facts, joined, apart, reprints, conflicts, quads }
    }

    /// Tells them in a report.
    pub fn tell(self, report: &mut Report) {
        let Figures { characters, mentions, statements, entities, facts, .. } = self;
        let Figures { joined, apart, reprints, conflicts, quads, .. } = self;
        (report.characters, report.mentions, report.statements) = (characters, mentions, statements);
        (report.entities, report.facts, report.joined, report.apart) = (entities, facts, joined, apart);
        (report.reprints, report.conflicts, report.quads) = (reprints, conflicts, quads);
    }
}

/// A claim of a document: what sort it is, what it is about, what it says of that.
pub type Stake = (Claim, u64, u64);

const SORTS: [Claim; 4] = [Claim::Day, Claim::Place, Claim::Region, Claim::Post];

/// The number of eight bytes at a place.
pub fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let eight = bytes.get(at..at.checked_add(8)?)?;
    usize::try_from(u64::from_le_bytes(eight.try_into().ok()?)).ok()
}

/// A checksum: what follows from damaged bytes must not be taken for what was written.
pub fn sum(bytes: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(bytes);
    hasher.finish()
}

/// What the last build kept.
pub struct Ledger {
    bytes: Vec<u8>,
    sum: u64,
    /// Its figures.
    pub figures: Figures,
    /// Where the sheet and the claims of each document stand, `true` for those that are amended.
    places: Vec<(bool, Place)>,
    /// Where the counts begin, and how many there are.
    counts: (usize, usize),
    amended: Amended,
}

impl Ledger {
    /// The ledger of the last build; `None` where there is none, or it is not what was written.
    pub fn read(folder: &Path, State { files, .. }: &State) -> Option<Ledger> {
        let read = |name: &str| {
            let written = files.get(name)?;
            let bytes = std::fs::read(folder.join(name)).ok()?;
            (bytes.len() as u64 == written.bytes).then_some(bytes)
        };
        let ledger = Ledger::parse(read(LEDGER)?)?;
        if files.contains_key(AMENDMENTS) { ledger.amend(read(AMENDMENTS)?) } else { Some(ledger) }
    }

    fn parse(bytes: Vec<u8>) -> Option<Ledger> {
        let number = |at: usize| number(&bytes, at);
        let end = bytes.len().checked_sub(8)?;
        let sum = sum(&bytes[..end]);
        if bytes.get(..8)? != MAGIC || number(end)? as u64 != sum {
            return None;
        }
        let (json, documents, said) = (number(8)?, number(16)?, number(24)?);
        let figures = serde_json::from_slice(bytes.get(32..32usize.checked_add(json)?)?).ok()?;
        let lengths = 32 + json;
        let mut at = lengths.checked_add(documents.checked_mul(16)?)?;
        let mut places = Vec::with_capacity(documents);
        for document in 0..documents {
            let (sheet, claims) = (number(lengths + document * 16)?, number(lengths + document * 16 + 8)?);
            let middle = at.checked_add(sheet)?;
            let end = middle.checked_add(claims.checked_mul(24)?)?;
            places.push((false, (at..middle, middle..end)));
            at = end;
        }
        bytes.get(at..at.checked_add(said.checked_mul(12)?)?)?;
        Some(Ledger { sum, figures, places, counts: (at, said), bytes, amended: Amended::default() })
    }

    /// The ledger with what changed since.
    fn amend(mut self, bytes: Vec<u8>) -> Option<Ledger> {
        let amended = Amended::parse(bytes, self.sum)?;
        let mut places = Vec::with_capacity(self.places.len() + amended.documents.len());
        let mut next = 0;
        let mut before = |name: Option<&str>, places: &mut Vec<(bool, Place)>| {
            while let Some(place) = self.places.get(next) {
                let doc = View::of(self.bytes.get(place.1.0.clone())?)?.doc;
                if name.is_some_and(|name| doc > name) {
                    break;
                }
                next += 1;
                if name != Some(doc) {
                    places.push(place.clone());
                }
            }
            Some(())
        };
        for (at, (_, place)) in amended.documents.iter().enumerate() {
            before(Some(amended.name(at)), &mut places)?;
            places.extend(place.clone().map(|place| (true, place)));
        }
        before(None, &mut places)?;
        (self.places, self.figures, self.amended) = (places, amended.figures.clone(), amended);
        Some(self)
    }

    fn bytes(&self, amended: bool, part: &Range<usize>) -> Option<&[u8]> {
        let bytes = if amended { &self.amended.bytes } else { &self.bytes };
        bytes.get(part.clone())
    }

    /// The sheets of all documents, by name; `None` where they are damaged.
    pub fn views(&self) -> Option<Vec<View<'_>>> {
        self.places.iter().map(|(amended, (sheet, _))| View::of(self.bytes(*amended, sheet)?)).collect()
    }

    /// The claims of the document of that number, in their bytes.
    pub fn claims(&self, document: usize) -> &[u8] {
        let place = self.places.get(document);
        place.and_then(|(amended, (_, claims))| self.bytes(*amended, claims)).unwrap_or_default()
    }

    /// How often everything is said, and what is another since the ledger was written.
    pub fn counts(&self) -> (Kept<'_>, &More) {
        let (at, said) = self.counts;
        let part = |from: usize, bytes: usize| self.bytes.get(from..from + bytes).unwrap_or_default();
        (Kept { hashes: part(at, said * 8), numbers: part(at + said * 8, said * 4) }, &self.amended.counts)
    }

    /// Stages the ledger with amendments: by document its sheet and its claims, `None` for one that is gone. `false`
    /// where there are so many by now that all is better written anew.
    pub fn write<'l>(
        &'l self,
        figures: &Figures,
        mut documents: Documents<'l>,
        counts: &More,
        writer: &mut Writer,
    ) -> Result<bool> {
        for (at, (_, place)) in self.amended.documents.iter().enumerate() {
            let part = |range: &Range<usize>| self.bytes(true, range).unwrap_or_default();
            let now = place.as_ref().map(|(sheet, claims)| (part(sheet), part(claims)));
            documents.entry(self.amended.name(at)).or_insert(now);
        }
        let bytes = amend::encode(self.sum, figures, &documents, counts)?;
        if bytes.len() > self.bytes.len() / SHARE && bytes.len() > 1 << 16 {
            return Ok(false);
        }
        writer.keep(LEDGER)?;
        writer.write(AMENDMENTS, &bytes)?;
        Ok(true)
    }
}

/// A hash of what the last build of a folder kept, amended or not: that of a fresh build.
pub fn kept(folder: &Path) -> Option<String> {
    let state = State::read(folder).ok()??;
    let ledger = Ledger::read(folder, &state)?;
    let mut all = serde_json::to_vec(&ledger.figures).ok()?;
    for (at, view) in ledger.views()?.iter().enumerate() {
        all.extend_from_slice(view.bytes);
        all.extend_from_slice(ledger.claims(at));
    }
    let (kept, more) = ledger.counts();
    let hashes: BTreeSet<u64> = kept.all().chain(more.keys().copied()).collect();
    for (hash, count) in hashes.into_iter().map(|hash| (hash, kept.of(hash, more))).filter(|(_, count)| *count > 0) {
        all.extend_from_slice(&hash.to_le_bytes());
        all.extend_from_slice(&count.to_le_bytes());
    }
    Some(crate::document::hash(&all))
}

/// Claims as bytes.
pub fn put_claims(claims: impl Iterator<Item = Stake>) -> Vec<u8> {
    let mut out = Vec::new();
    for (sort, about, said) in claims {
        for number in [sort as u64, about, said] {
            out.extend_from_slice(&number.to_le_bytes());
        }
    }
    out
}

/// Claims from their bytes.
pub fn claims(bytes: &[u8]) -> impl Iterator<Item = Stake> + '_ {
    let number = |bytes: &[u8]| u64::from_le_bytes(bytes.try_into().unwrap_or_default());
    bytes.chunks_exact(24).filter_map(move |claim| {
        let sort = SORTS.get(usize::try_from(number(&claim[..8])).ok()?)?;
        Some((*sort, number(&claim[8..16]), number(&claim[16..])))
    })
}

/// Stages the ledger of a build: figures, sheet and claims of each document in order, counts.
fn write(figures: &Figures, documents: &[(&[u8], &[u8])], counts: &Counts, writer: &mut Writer) -> Result<()> {
    let json = serde_json::to_vec(figures).map_err(|error| Error::new(error.to_string()))?;
    let mut out = MAGIC.to_vec();
    let mut put = |bytes: &[u8]| out.extend_from_slice(bytes);
    for number in [json.len(), documents.len(), counts.len()] {
        put(&(number as u64).to_le_bytes());
    }
    put(&json);
    for (sheet, claims) in documents {
        put(&(sheet.len() as u64).to_le_bytes());
        put(&(claims.len() as u64 / 24).to_le_bytes());
    }
    for (sheet, claims) in documents {
        put(sheet);
        put(claims);
    }
    counts.iter().for_each(|(hash, _)| put(&hash.to_le_bytes()));
    counts.iter().for_each(|(_, number)| put(&number.to_le_bytes()));
    let sum = sum(&out);
    out.extend_from_slice(&sum.to_le_bytes());
    writer.write(LEDGER, &out)
}

/// Stages the ledger of a graph that was joined as a whole; `sheets` are those of its documents, `said` is what
/// statements say in the default graph.
pub fn keep(
    graph: &Graph,
    corpus: &Corpus,
    sheets: &[Vec<u8>],
    mut said: Vec<u64>,
    report: &Report,
    writer: &mut Writer,
) -> Result<()> {
    let ids = corpus.index();
    let mut origins: BTreeMap<&str, &str> = BTreeMap::new();
    for group in &corpus.reprints {
        origins.extend(group.iter().map(|doc| (doc.as_str(), group[0].as_str())));
    }
    let damaged = || Error::new("the sheets of documents are damaged: please report it");
    let none = BTreeMap::new();
    let mut sealed = Vec::with_capacity(sheets.len());
    for sheet in sheets {
        let (doc, members) = link::members(sheet).ok_or_else(damaged)?;
        let ids = ids.get(doc).unwrap_or(&none);
        let ids = members.into_iter().map(|id| ids.get(id).map_or(id, |at| corpus.entities[*at].id.as_str()));
        let origin = origins.get(doc).copied().unwrap_or_default();
        sealed.push(link::seal(sheet, origin, ids).ok_or_else(damaged)?);
    }
    let mut claimed: Vec<Vec<Stake>> = vec![Vec::new(); sheets.len()];
    for statement in graph.statements() {
        said.push(mix(&["rule", &statement.rule]));
        said.extend(graph.fact_hash(statement));
        claimed[statement.source].extend(graph.claim(statement));
    }
    for entity in graph.entities() {
        said.push(mix(&["entity", &entity.id]));
        said.extend(entity.chain.iter().map(|unit| mix(&["unit", unit])));
    }
    let claimed: Vec<Vec<u8>> = claimed.into_iter().map(|claims| put_claims(claims.into_iter())).collect();
    let documents: Vec<(&[u8], &[u8])> =
        sealed.iter().map(Vec::as_slice).zip(claimed.iter().map(Vec::as_slice)).collect();
    write(&Figures::of(report), &documents, &count(said), writer)
}
