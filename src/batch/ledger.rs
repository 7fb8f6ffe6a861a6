//! What a build keeps for the next one, so that this one need not join all records anew: of each document what
//! linking knows of it and what it says that others may contradict, how often everything is said, and figures.
//!
//! ```text
//! magic, bytes of the figures, documents, counts (u64 each)
//! figures         JSON
//! documents       for each: bytes of its sheet, number of its claims (u64 each)
//! sheets, claims  of each document in order; a claim is three numbers (u64)
//! counts          hashes (u64), then numbers (u32)
//! ```

use std::collections::BTreeMap;
use std::io::{Read, Write};

use serde::{Deserialize, Serialize};

use super::build::Report;
use super::counts::{Counts, count};
use crate::error::{Error, Result};
use crate::graph::{Claim, Graph, mix};
use crate::link::{self, Corpus, View};
use crate::store::{Writer, cannot, stamp};

/// Name of the file in an output folder.
pub const LEDGER: &str = ".cache/ledger";
const MAGIC: &[u8; 8] = b"zhituLG1";

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

/// What the last build kept.
pub struct Ledger {
    bytes: Vec<u8>,
    /// Its figures.
    pub figures: Figures,
    /// Where the sheet and the claims of each document stand.
    places: Vec<(std::ops::Range<usize>, std::ops::Range<usize>)>,
    /// How often everything is said.
    pub counts: Counts,
}

impl Ledger {
    /// The ledger of the last build; `None` where there is none, or it is not what was written.
    pub fn read(writer: &Writer) -> Option<Ledger> {
        let path = writer.folder().join(LEDGER);
        let written = writer.before()?.files.get(LEDGER)?;
        let mut bytes = Vec::new();
        std::fs::File::open(&path).ok()?.read_to_end(&mut bytes).ok()?;
        if stamp(&bytes[..], &path, written).ok()? != *written {
            return None;
        }
        Ledger::parse(bytes)
    }

    fn parse(bytes: Vec<u8>) -> Option<Ledger> {
        let number = |at: usize| {
            let eight = bytes.get(at..at.checked_add(8)?)?;
            usize::try_from(u64::from_le_bytes(eight.try_into().ok()?)).ok()
        };
        if bytes.get(..8)? != MAGIC {
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
            places.push((at..middle, middle..end));
            at = end;
        }
        let (hashes, numbers) = (bytes.get(at..at + said * 8)?, bytes.get(at + said * 8..)?);
        let hashes = hashes.chunks_exact(8).map(|eight| u64::from_le_bytes(eight.try_into().unwrap_or_default()));
        let numbers = numbers.chunks_exact(4).map(|four| u32::from_le_bytes(four.try_into().unwrap_or_default()));
        let counts = hashes.zip(numbers).collect();
        Some(Ledger { figures, places, counts, bytes })
    }

    /// The sheets of all documents, by name; `None` where they are damaged.
    pub fn views(&self) -> Option<Vec<View<'_>>> {
        self.places.iter().map(|(sheet, _)| View::of(self.bytes.get(sheet.clone())?)).collect()
    }

    /// The claims of the document of that number, in their bytes.
    pub fn claims(&self, document: usize) -> &[u8] {
        self.places.get(document).and_then(|(_, claims)| self.bytes.get(claims.clone())).unwrap_or_default()
    }
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
pub fn write(figures: &Figures, documents: &[(&[u8], &[u8])], counts: &Counts, writer: &mut Writer) -> Result<()> {
    let json = serde_json::to_vec(figures).map_err(|error| Error::new(error.to_string()))?;
    let mut out = writer.begin(LEDGER)?;
    let mut put = |bytes: &[u8]| out.write_all(bytes);
    let mut all = || {
        put(MAGIC)?;
        for number in [json.len(), documents.len(), counts.len()] {
            put(&(number as u64).to_le_bytes())?;
        }
        put(&json)?;
        for (sheet, claims) in documents {
            put(&(sheet.len() as u64).to_le_bytes())?;
            put(&(claims.len() as u64 / 24).to_le_bytes())?;
        }
        for (sheet, claims) in documents {
            put(sheet)?;
            put(claims)?;
        }
        let hashes: Vec<u8> = counts.iter().flat_map(|(hash, _)| hash.to_le_bytes()).collect();
        put(&hashes)?;
        let numbers: Vec<u8> = counts.iter().flat_map(|(_, number)| number.to_le_bytes()).collect();
        put(&numbers)
    };
    all().map_err(|error| cannot("write", &writer.folder().join(LEDGER), &error))?;
    writer.put(out)
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
