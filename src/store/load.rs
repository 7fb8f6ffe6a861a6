//! From a graph file to the tables of a store on disk.
//!
//! The bulk loader writes a table for each order of what it is given at once, and a question looks into every table that
//! may hold what it asks for. So quads are given in parts that share no key where a graph, or the subject of a direct
//! triple, is known: there each question looks into one of them. Names may stand in all, so that four parts answer slower than two.

use std::collections::BTreeSet;
use std::hash::Hasher;
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use oxigraph::io::{RdfFormat, RdfParseError, RdfParser};
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad};
use oxigraph::store as oxi;
use siphasher::sip128::{Hasher128, SipHasher24};

use super::files::cannot;
use super::{base_in, failed};
use crate::document::hash;
use crate::error::Result;
use crate::rdf;

/// Threads that parse, and then that load.
const THREADS: usize = 2;
/// Quads that a parser hands over at once.
const CHUNK: usize = 1 << 12;
/// Parts of the keys, as bits of their beginning.
const BITS: u32 = 1;
const PARTS: usize = 1 << BITS;
/// Most chunks of one part that are loaded at once.
const MOST: usize = (1 << 19) / CHUNK;
/// What the bulk loader takes for each of its threads, in thousands of quads: a part fits.
const MEMORY: usize = THREADS * (MOST * CHUNK / 1000 + 1);

/// Loads the quads of a graph file, in one or in parts, and the vocabulary, and gives the hash of that.
pub(super) fn graph(store: &oxi::Store, source: &[PathBuf]) -> Result<String> {
    let mut loader = store.bulk_loader().with_num_threads(THREADS).with_max_memory_size_in_megabytes(MEMORY);
    let mut load = |part: Vec<Vec<Quad>>| loader.load_quads(part.into_iter().flatten()).map_err(failed);
    let mut parts: [Vec<Vec<Quad>>; PARTS] = Default::default();
    let mut base = None;
    for source in source {
        let found = parse(source, &mut |at, quads| {
            let part = &mut parts[at];
            part.push(quads);
            if part.len() < MOST { Ok(()) } else { load(std::mem::take(part)) }
        })?;
        base = base.or(found);
    }
    let base = base.as_deref().unwrap_or(rdf::BASE);
    let ontology = rdf::ontology(base);
    let graph = NamedNode::new(format!("{base}ontology")).map_err(failed)?;
    let parser = RdfParser::from_format(RdfFormat::Turtle).with_default_graph(graph);
    for quad in parser.for_slice(ontology.as_bytes()) {
        let quad = quad.map_err(failed)?;
        parts[part(&quad)].push(vec![quad]);
    }
    parts.into_iter().try_for_each(load)?;
    loader.commit().map_err(failed)?;
    Ok(hash(ontology.as_bytes()))
}

/// Parses the pieces of a graph file beside each other and hands over the quads of each part of the keys, some at a
/// time, in no certain order. Gives what the IRIs begin with, where a quad tells it.
fn parse(source: &Path, put: &mut dyn FnMut(usize, Vec<Quad>) -> Result<()>) -> Result<Option<String>> {
    let parser = RdfParser::from_format(RdfFormat::NQuads).lenient();
    let pieces = parser.split_file_for_parallel_parsing(source, THREADS);
    let pieces = pieces.map_err(|error| cannot("read", source, &error))?;
    std::thread::scope(|scope| {
        let (sender, receiver) = mpsc::sync_channel(2 * THREADS);
        let mut threads = Vec::new();
        for piece in pieces {
            let sender = sender.clone();
            threads.push(scope.spawn(move || parse_piece(piece, &sender)));
        }
        drop(sender);
        for (part, quads) in receiver {
            put(part, quads)?;
        }
        let mut bases = BTreeSet::new();
        for thread in threads {
            bases.extend(thread.join().unwrap_or_else(|_| Err(failed("the graph file could not be parsed")))?);
        }
        Ok(bases.pop_first())
    })
}

fn parse_piece(
    piece: impl Iterator<Item = std::result::Result<Quad, RdfParseError>>,
    to: &mpsc::SyncSender<(usize, Vec<Quad>)>,
) -> Result<BTreeSet<String>> {
    let (mut parts, mut bases): ([Vec<Quad>; PARTS], BTreeSet<String>) = Default::default();
    for quad in piece {
        let quad = quad.map_err(failed)?;
        bases.extend(base_in(&quad));
        let at = part(&quad);
        parts[at].push(quad);
        if parts[at].len() == CHUNK {
            let full = std::mem::replace(&mut parts[at], Vec::with_capacity(CHUNK));
            // Nobody listens any more where loading has failed, which is told there.
            if to.send((at, full)).is_err() {
                return Ok(bases);
            }
        }
    }
    for rest in parts.into_iter().enumerate() {
        _ = to.send(rest);
    }
    Ok(bases)
}

/// Which part of the keys a quad belongs to. Keys begin with the hash of an IRI that oxigraph makes; where it made
/// another, tables would overlap and questions take longer.
fn part(quad: &Quad) -> usize {
    let mut hasher = SipHasher24::new();
    let name = match (&quad.graph_name, &quad.subject) {
        (GraphName::NamedNode(name), _) | (GraphName::DefaultGraph, NamedOrBlankNode::NamedNode(name)) => name.as_str(),
        _ => "",
    };
    hasher.write(name.as_bytes());
    (u128::from(hasher.finish128()) >> (128 - BITS)) as usize
}
