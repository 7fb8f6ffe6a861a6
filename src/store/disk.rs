//! The store on disk (cargo feature `disk`): RocksDB below `store/`, one folder for each graph file, named after
//! its hash.
//!
//! A store belongs to exactly one graph file and is never changed once it stands: readers open it read-only, as
//! many as want. A build makes the next one beside it, either loaded from the graph file or copied (by links)
//! and changed by what differs, and renames it into place before its files take theirs. A store that is
//! missing costs time, never data: readers load the graph file instead.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::NamedNode;
use oxigraph::store as oxi;
use serde::{Deserialize, Serialize};

use super::delta::Delta;
use super::files::{aside, cannot, to_disk, write};
use super::folder::State;
use super::parts::Joined;
use super::writer::Writer;
use super::{GRAPH_FILE, INDEX, base_of, failed, load, text_lines, texts};
use crate::document::hash;
use crate::error::{Error, Result};
use crate::rdf;

const DATA: &str = "data";
const ABOUT: &str = "about.json";
const JOURNAL: &str = "journal";
/// What the names of RocksDB's tables end with.
const TABLE: &str = ".sst";
/// A change of more lines than this share of the graph is loaded anew: transactions are slower by line.
const SHARE: u64 = 8;

/// What a store was made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct About {
    /// Layout; a program opens its own only.
    format: u32,
    /// SHA-256 of the graph file.
    graph: String,
    /// SHA-256 of the vocabulary loaded beside it.
    ontology: String,
    /// Size and CRC-32 of each file, by its place below the store.
    files: BTreeMap<String, (u64, u32)>,
}

const FORMAT: u32 = 2;

fn of(folder: &Path, graph: &str) -> PathBuf {
    folder.join(INDEX).join(graph.get(..16).unwrap_or(graph))
}

/// Opens the store of a build for reading, and gives its folder; `None` where there is none that fits.
pub fn open(folder: &Path, state: &State) -> Option<(oxi::Store, PathBuf)> {
    let graph = state.hash(GRAPH_FILE)?;
    let place = of(folder, &graph);
    about(&place).filter(|about| about.format == FORMAT && about.graph == graph)?;
    oxi::Store::open_read_only(place.join(DATA)).ok().map(|store| (store, place))
}

/// Makes the store of the graph file that `writer` has staged, or of the one that stands.
///
/// # Errors
/// Where it cannot be written.
pub fn make(writer: &Writer, delta: Option<&Delta>, fresh: bool) -> Result<()> {
    let folder = writer.folder();
    let no_build = || Error::new(format!("no build in {}", folder.display()));
    let (graph, source) = writer.content(GRAPH_FILE).ok_or_else(no_build)?;
    let place = of(folder, &graph);
    let old = writer.before().and_then(|before| before.hash(GRAPH_FILE));
    clear(folder, &[&graph, old.as_deref().unwrap_or("")]);
    if !fresh && about(&place).is_some_and(|about| about.format == FORMAT) {
        return Ok(());
    }
    let work = aside(&place);
    let made = match old.filter(|old| !fresh && *old != graph) {
        Some(old) => follow(writer, &old, &source, &graph, &work, delta)?,
        None => false,
    };
    if !made {
        load(&source, &graph, &work, fresh)?;
    }
    if place.exists() {
        let gone = place.with_extension("old");
        fs::rename(&place, &gone).map_err(|error| cannot("replace", &place, &error))?;
        _ = fs::remove_dir_all(&gone);
    }
    fs::rename(&work, &place).map_err(|error| cannot("replace", &place, &error))?;
    to_disk(place.parent());
    Ok(())
}

/// Loads a graph file into a new store at `work`; where asked, writes all tables of an order as one.
fn load(source: &[PathBuf], graph: &str, work: &Path, whole: bool) -> Result<()> {
    _ = fs::remove_dir_all(work);
    fs::create_dir_all(work).map_err(|error| cannot("make the folder", work, &error))?;
    let store = oxi::Store::open(work.join(DATA)).map_err(failed)?;
    let ontology = std::thread::scope(|scope| {
        let texts = scope.spawn(|| text_lines::write(lines(source)?, work));
        let ontology = load::graph(&store, source);
        let written = texts.join().unwrap_or_else(|_| Err(io::Error::other("the text index failed")));
        written.map_err(|error| cannot("write", work, &error)).and(ontology)
    })?;
    if whole {
        store.optimize().map_err(failed)?;
    }
    store.flush().map_err(failed)?;
    drop(store);
    finish(work, About { format: FORMAT, graph: graph.to_owned(), ontology, files: BTreeMap::new() }, None)
}

/// The lines of a graph file.
fn lines(paths: &[PathBuf]) -> io::Result<BufReader<Joined>> {
    let files = Joined::of(paths.iter().map(File::open).collect::<io::Result<_>>()?)?;
    Ok(BufReader::with_capacity(1 << 18, files))
}

/// Makes the next store from the one before it and what differs. A journal tells which transactions are done:
/// an interrupted run goes on behind them. `false` where loading anew is better.
fn follow(
    writer: &Writer,
    old: &str,
    source: &[PathBuf],
    graph: &str,
    work: &Path,
    delta: Option<&Delta>,
) -> Result<bool> {
    let folder = writer.folder();
    let (from, file) = (of(folder, old), folder.join(GRAPH_FILE));
    let Some(about) = about(&from).filter(|about| about.format == FORMAT && about.graph == old) else {
        return Ok(false);
    };
    let compared;
    let delta = match delta {
        Some(delta) => delta,
        None => {
            let (Ok(one), Ok(other)) = (writer.joined(GRAPH_FILE), lines(source)) else { return Ok(false) };
            let one = BufReader::with_capacity(1 << 18, one);
            compared = Delta::between(one, other).map_err(|error| cannot("compare", &file, &error))?;
            &compared
        }
    };
    let size: u64 = source.iter().map(|part| fs::metadata(part).map_or(0, |data| data.len())).sum();
    // A line has about 160 bytes.
    if delta.len() as u64 > (size / 160 / SHARE).max(1000) {
        return Ok(false);
    }
    let journal = work.join(JOURNAL);
    let head = format!("{old} {graph}");
    let done = match fs::read_to_string(&journal) {
        Ok(text) if text.lines().next() == Some(&head) => text.lines().count() - 1,
        _ => {
            copy(&from, work)?;
            let kept = text_lines::change(work, delta.lines()).map_err(|error| cannot("write", work, &error))?;
            if !kept {
                let lines = lines(source).map_err(|error| cannot("read", &file, &error))?;
                text_lines::write(lines, work).map_err(|error| cannot("write", work, &error))?;
            }
            write(&journal, format!("{head}\n").as_bytes())?;
            0
        }
    };
    let store = oxi::Store::open(work.join(DATA)).map_err(failed)?;
    let base = base_of(&store)?;
    if hash(rdf::ontology(&base).as_bytes()) != about.ontology {
        return Ok(false);
    }
    let mut lines = File::options().append(true).open(&journal).map_err(|error| cannot("write", &journal, &error))?;
    delta.apply(&store, done, &mut |count| {
        let line = format!("{count}\n");
        lines.write_all(line.as_bytes()).map_err(|error| cannot("write", &journal, &error))
    })?;
    store.flush().map_err(failed)?;
    drop(store);
    finish(work, About { graph: graph.to_owned(), ..about }, Some(&from))?;
    Ok(true)
}

/// Says what the store is. The sums that `about` knows of tables and of files linked to those of the store `from` are
/// kept: these never change.
fn finish(work: &Path, mut about: About, from: Option<&Path>) -> Result<()> {
    _ = fs::remove_file(work.join(JOURNAL));
    let known = std::mem::take(&mut about.files);
    for (name, path) in files(work).map_err(|error| cannot("read", work, &error))? {
        let size = fs::metadata(&path).map_err(|error| cannot("read", &path, &error))?.len();
        let linked = || from.is_some_and(|from| is_one(&path, &from.join(name.trim_start_matches('/'))));
        let same = known.get(&name).filter(|(bytes, _)| *bytes == size && (name.ends_with(TABLE) || linked()));
        let sum = match same {
            Some((_, sum)) => *sum,
            None => sum(&path).map_err(|error| cannot("read", &path, &error))?,
        };
        about.files.insert(name, (size, sum));
    }
    let json = serde_json::to_vec(&about).map_err(|error| Error::new(error.to_string()))?;
    write(&work.join(ABOUT), &json)
}

/// Whether two paths are links to one file.
fn is_one(path: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let of = |path: &Path| fs::metadata(path).ok().map(|data| (data.dev(), data.ino()));
        of(path).is_some_and(|file| Some(file) == of(other))
    }
    #[cfg(not(unix))]
    {
        _ = (path, other);
        false
    }
}

/// The files of a store that its answers depend on, by name.
fn files(place: &Path) -> io::Result<BTreeMap<String, PathBuf>> {
    let mut files = BTreeMap::new();
    for part in ["", DATA] {
        for entry in fs::read_dir(place.join(part))? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let aside = ["LOCK", "LOG", "OPTIONS", ABOUT].iter().any(|begin| name.starts_with(begin));
            if !path.is_dir() && !aside {
                files.insert(format!("{part}/{name}"), path);
            }
        }
    }
    Ok(files)
}

fn sum(path: &Path) -> io::Result<u32> {
    let (mut file, mut crc, mut part) = (File::open(path)?, flate2::Crc::new(), vec![0; 1 << 18]);
    loop {
        match file.read(&mut part)? {
            0 => return Ok(crc.sum()),
            count => crc.update(&part[..count]),
        }
    }
}

fn about(place: &Path) -> Option<About> {
    serde_json::from_str(&fs::read_to_string(place.join(ABOUT)).ok()?).ok()
}

/// Copies a closed store. Tables of RocksDB and indexes of texts never change, so that links to them are enough.
fn copy(from: &Path, work: &Path) -> Result<()> {
    _ = fs::remove_dir_all(work);
    fs::create_dir_all(work.join(DATA)).map_err(|error| cannot("make the folder", work, &error))?;
    for part in [Path::new(""), Path::new(DATA)] {
        let (from, to) = (from.join(part), work.join(part));
        let failed = |error: io::Error| cannot("copy", &from, &error);
        for entry in fs::read_dir(&from).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let name = path.file_name().unwrap_or_default().to_owned();
            if path.is_dir() || name == ABOUT || name == "LOCK" || name.to_string_lossy().starts_with("LOG") {
                continue;
            }
            let fixed = path.to_string_lossy().ends_with(TABLE) || path.extension().is_some_and(|end| end == "index");
            if !(fixed && fs::hard_link(&path, to.join(&name)).is_ok()) {
                fs::copy(&path, to.join(&name)).map_err(failed)?;
            }
        }
    }
    Ok(())
}

/// Takes away stores that belong to none of these graph files, unfinished ones of others too. The store of the
/// build before stays until the next build: somebody may still read it.
fn clear(folder: &Path, graphs: &[&str]) {
    let kept: Vec<PathBuf> = graphs.iter().filter(|graph| !graph.is_empty()).map(|graph| of(folder, graph)).collect();
    for entry in fs::read_dir(folder.join(INDEX)).into_iter().flatten().flatten() {
        let path = entry.path();
        if !kept.iter().any(|kept| path == *kept || path == aside(kept)) {
            _ = fs::remove_dir_all(&path);
        }
    }
}

/// Whether the store of a build holds what the graph file says; `None` where there is no store.
pub fn check(folder: &Path, state: &State) -> Option<Vec<String>> {
    let graph = state.hash(GRAPH_FILE)?;
    let place = of(folder, &graph);
    if !place.exists() {
        return None;
    }
    let wrong = |what: String| Some(vec![format!("{}: {what}: `zhitu store compact` makes it anew", place.display())]);
    let Some(about) = about(&place) else { return wrong(format!("{ABOUT} cannot be read")) };
    // RocksDB sees damage where it reads only, and so may our queries.
    for (name, (size, wanted)) in &about.files {
        let path = place.join(name.trim_start_matches('/'));
        if !fs::metadata(&path).is_ok_and(|data| data.len() == *size) || sum(&path).ok() != Some(*wanted) {
            return wrong(format!("{} is not what was written", name.trim_start_matches('/')));
        }
    }
    let Some((store, _)) = open(folder, state) else { return wrong("cannot be opened".to_owned()) };
    if let Err(error) = store.validate() {
        return wrong(error.to_string());
    }
    if let Err(error) = texts::Texts::open(store.clone(), rdf::BASE, &place) {
        return wrong(error.to_string());
    }
    let paths: Vec<PathBuf> = state.names(GRAPH_FILE).into_iter().map(|name| folder.join(name)).collect();
    let Ok(lines) = lines(&paths) else { return Some(Vec::new()) };
    let mut count = 0;
    for quad in RdfParser::from_format(RdfFormat::NQuads).lenient().for_reader(lines) {
        let Ok(quad) = quad else { return Some(Vec::new()) };
        count += 1;
        if !store.contains(&quad).unwrap_or(false) {
            return wrong(format!("line {count} of {GRAPH_FILE} is not in it"));
        }
    }
    let base = base_of(&store).unwrap_or_default();
    let vocabulary = NamedNode::new(format!("{base}ontology"))
        .map(|graph| store.quads_for_pattern(None, None, None, Some(graph.as_ref().into())));
    // An error that is not heeded comes again for ever.
    let vocabulary = vocabulary.map(|quads| quads.take_while(std::result::Result::is_ok).count());
    let here = store.len().unwrap_or(0).saturating_sub(vocabulary.unwrap_or(0));
    if here == count { Some(Vec::new()) } else { wrong(format!("{here} quads, but {GRAPH_FILE} has {count}")) }
}
