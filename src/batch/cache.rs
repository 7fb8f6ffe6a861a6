//! Records on the way: those of the last build, those of an interrupted run, and those made now.
//!
//! While a run goes on, each record is added to one file as a line `key TAB record TAB quotations`. A run
//! that was interrupted leaves that file; the next takes from it what still holds.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

use super::identities::{self, IDENTITIES};
use super::manifest::{Entry, Manifest};
use crate::error::{Error, Result};
use crate::graph::{Builder, Graph, Quotes};
use crate::record::Record;
use crate::store::{Joined, Writer, cannot, folder};

/// The records of the last build, sorted by document.
pub const RECORDS: &str = "records.jsonl";
/// Their quotations, line by line.
pub const QUOTES: &str = ".cache/quotes.jsonl";
const PART: &str = "records.part";
const RESUMED: &str = "records.resumed";

/// Where a record and its quotations stand.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    from: From,
    record: (u64, usize),
    quotes: (u64, usize),
}

impl Place {
    /// The place of a record of the last build.
    pub fn built(entry: &Entry) -> Place {
        Place { from: From::Built, record: entry.record, quotes: entry.quotes }
    }

    /// Whether it is a record of the last build, made by the rules of then.
    pub fn is_built(&self) -> bool {
        self.from == From::Built
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum From {
    Built,
    Resumed,
    Part,
}

/// The records that need not be made again, by key.
pub struct Known(FxHashMap<String, Place>);

impl Known {
    /// Where the record of that key stands, if there is one.
    pub fn find(&self, key: &str) -> Option<Place> {
        self.0.get(key).copied()
    }
}

/// The files of records of one output folder.
pub struct Cache {
    folder: PathBuf,
    part: BufWriter<File>,
    at: u64,
}

impl Cache {
    /// Opens the cache of an output folder. What the last build and an interrupted run left is used again
    /// where `old` says that it still holds; `stamp` marks the run's own file.
    pub fn open(output: &Path, old: Option<&Manifest>, stamp: &str) -> Result<(Known, Cache)> {
        let folder = output.join(folder::WORK);
        fs::create_dir_all(&folder).map_err(|error| cannot("make the folder", &folder, &error))?;
        let mut known = FxHashMap::default();
        for entry in old.iter().flat_map(|old| old.documents.values()) {
            known.insert(entry.key.clone(), Place::built(entry));
        }
        let path = folder.join(PART);
        if resume(&path, stamp, &mut known) {
            let resumed = folder.join(RESUMED);
            fs::rename(&path, &resumed).map_err(|error| cannot("keep", &resumed, &error))?;
        }
        let mut part = BufWriter::new(File::create(&path).map_err(|error| cannot("write", &path, &error))?);
        let head = format!("{stamp}\n");
        part.write_all(head.as_bytes()).map_err(|error| cannot("write", &path, &error))?;
        Ok((Known(known), Cache { folder, part, at: head.len() as u64 }))
    }

    /// Adds a record made now.
    pub fn add(&mut self, key: &str, record: &str, quotes: &str) -> Result<Place> {
        let line = format!("{key}\t{record}\t{quotes}\n");
        self.part.write_all(line.as_bytes()).map_err(|error| cannot("write", &self.folder.join(PART), &error))?;
        let place = in_line(From::Part, self.at, key.len(), record.len(), quotes.len());
        self.at += line.len() as u64;
        Ok(place)
    }

    /// A reader of the records, those of the last build too, once all are added.
    pub fn reader(&mut self, last: &Writer) -> Result<Records> {
        self.part.flush().map_err(|error| cannot("write", &self.folder.join(PART), &error))?;
        let open = |name: &str| Joined::of(vec![File::open(self.folder.join(name)).ok()?]).ok().map(BufReader::new);
        let built = |name: &str| last.joined(name).ok().map(BufReader::new);
        Ok(Records { part: open(PART), resumed: open(RESUMED), built: built(RECORDS), quotes: built(QUOTES) })
    }

    /// Takes the working files away once the build is whole.
    pub fn finish(self) {
        drop(self.part);
        // What cannot be removed is written over by the next run.
        _ = fs::remove_file(self.folder.join(PART));
        _ = fs::remove_file(self.folder.join(RESUMED));
    }
}

fn in_line(from: From, start: u64, key: usize, record: usize, quotes: usize) -> Place {
    let record_at = start + key as u64 + 1;
    Place { from, record: (record_at, record), quotes: (record_at + record as u64 + 1, quotes) }
}

/// Reads what an interrupted run with the same stamp left; a last line that was cut is left out.
fn resume(path: &Path, stamp: &str, known: &mut FxHashMap<String, Place>) -> bool {
    let Ok(file) = File::open(path) else { return false };
    let mut file = BufReader::with_capacity(1 << 18, file);
    let mut line = String::new();
    if file.read_line(&mut line).is_err() || line.trim_end() != stamp {
        return false;
    }
    let mut at = line.len() as u64;
    loop {
        line.clear();
        match file.read_line(&mut line) {
            Ok(length) if length > 0 && line.ends_with('\n') => {}
            _ => return true,
        }
        let mut cells = line.trim_end_matches('\n').split('\t');
        if let (Some(key), Some(record), Some(quotes)) = (cells.next(), cells.next(), cells.next()) {
            known.insert(key.to_owned(), in_line(From::Resumed, at, key.len(), record.len(), quotes.len()));
        }
        at += line.len() as u64;
    }
}

/// Reads records and quotations by their place.
pub struct Records {
    part: Option<BufReader<Joined>>,
    resumed: Option<BufReader<Joined>>,
    built: Option<BufReader<Joined>>,
    quotes: Option<BufReader<Joined>>,
}

impl Records {
    /// The record and the quotations at a place, as JSON.
    pub fn get(&mut self, place: &Place) -> Result<(String, String)> {
        let Records { part, resumed, built, quotes } = self;
        match place.from {
            From::Part => Ok((read(part, place.record)?, read(part, place.quotes)?)),
            From::Resumed => Ok((read(resumed, place.record)?, read(resumed, place.quotes)?)),
            From::Built => Ok((read(built, place.record)?, read(quotes, place.quotes)?)),
        }
    }
}

fn read(file: &mut Option<BufReader<Joined>>, (start, length): (u64, usize)) -> Result<String> {
    let lost = |_| {
        Error::new("the files of the last build in the output folder have changed").with_help("build once with --fresh")
    };
    let file = file.as_mut().ok_or_else(|| lost(()))?;
    // Seeking by the difference keeps what is buffered.
    let here = file.stream_position().map_err(|_| lost(()))?;
    let offset = i64::try_from(start).unwrap_or(i64::MAX) - i64::try_from(here).unwrap_or(0);
    file.seek_relative(offset).map_err(|_| lost(()))?;
    let mut bytes = vec![0; length];
    file.read_exact(&mut bytes).map_err(|_| lost(()))?;
    String::from_utf8(bytes).map_err(|_| lost(()))
}

/// Gives each record of a build with its quotations to `take`, in the order of the documents.
///
/// # Errors
/// Where there is no build, or its files are damaged; and what `take` returns.
pub fn each_record(output: &Path, take: impl FnMut(Record, Quotes) -> Result<()>) -> Result<()> {
    let (_, mut files) = folder::open(output, &[RECORDS, QUOTES])?;
    let quotes = files.pop().flatten();
    let path = output.join(RECORDS);
    each(files.pop().flatten().ok_or_else(|| missing(&path))?, quotes, &path, take)
}

fn missing(path: &Path) -> Error {
    Error::new(format!("cannot read {}: there is no such file", path.display()))
        .with_help("make a build first (`zhitu build`), or name its folder with --store")
}

fn each(
    records: Joined,
    quotes: Option<Joined>,
    path: &Path,
    mut take: impl FnMut(Record, Quotes) -> Result<()>,
) -> Result<()> {
    let damaged = |error: &dyn std::fmt::Display| Error::new(format!("{}: {error}", path.display()));
    let mut quotes = quotes.map(|file| BufReader::new(file).lines());
    for line in BufReader::new(records).lines() {
        let record: Record =
            serde_json::from_str(&line.map_err(|error| damaged(&error))?).map_err(|error| damaged(&error))?;
        // Without the file of quotations the sentences are unknown, and all else holds.
        let line = quotes.as_mut().and_then(|lines| lines.next()?.ok());
        let quotes = line.and_then(|line| serde_json::from_str(&line).ok()).unwrap_or_else(|| Quotes::none(&record));
        take(record, quotes)?;
    }
    Ok(())
}

/// The graph of a build, from its records and what linking found.
pub fn graph(output: &Path) -> Result<Graph> {
    // All of one build, even where another is being written.
    let (_, mut files) = folder::open(output, &[RECORDS, QUOTES, IDENTITIES])?;
    let identities = output.join(IDENTITIES);
    let corpus = identities::read(files.pop().flatten().ok_or_else(|| missing(&identities))?, &identities)?;
    let quotes = files.pop().flatten();
    let path = output.join(RECORDS);
    let records = files.pop().flatten().ok_or_else(|| missing(&path))?;
    let full = Manifest::read(output).is_some_and(|manifest| manifest.full);
    let mut builder = Builder::new().with_marks(full);
    each(records, quotes, &path, |record, quotes| {
        builder.add(&record, &quotes);
        Ok(())
    })?;
    Ok(builder.finish(&corpus))
}
