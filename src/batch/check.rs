//! Whether a build is whole.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use super::cache::{self, RECORDS};
use super::manifest::{self, Manifest};
use super::output;
use crate::error::{Error, Result};
use crate::rdf;
use crate::store::{self, GRAPH_FILE, Store, folder};

/// What a check read and found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// Documents of the build.
    pub documents: usize,
    /// Lines of the graph file.
    pub quads: usize,
    /// What is wrong; empty where all is well.
    pub findings: Vec<String>,
}

/// Reads every file of a build: each is as long as it was written and has the same hash, every record can be
/// read, the graph is in canonical order and loads. A full check also joins the records anew: they give
/// the graph file, byte for byte.
///
/// # Errors
/// Where there is no build, or a newer program wrote it.
pub fn check(path: &Path, full: bool) -> Result<Checked> {
    let mut checked = Checked::default();
    let Some(state) = folder::State::read(path)? else {
        let manifest = Manifest::read(path).ok_or_else(|| {
            Error::new(format!("no build in {}", path.display()))
                .with_help("make one with `zhitu build`, or name its folder with --store")
        })?;
        checked.documents = manifest.documents.len();
        checked.findings.push("an older zhitu wrote this build and left no hashes: build again".to_owned());
        return Ok(checked);
    };
    for (name, written) in &state.files {
        match folder::open_file(path, name).and_then(|(_, file)| store::stamp(file, &path.join(name), written)) {
            Err(_) => checked.findings.push(format!("{name}: cannot be read")),
            Ok(now) if now.bytes != written.bytes => {
                checked.findings.push(format!("{name}: {} bytes, but {} were written", now.bytes, written.bytes));
            }
            Ok(now) if now != *written => {
                checked.findings.push(format!("{name}: not the bytes that were written"));
            }
            Ok(_) => {}
        }
    }
    checked.records(path);
    checked.graph(path);
    if let Some(findings) = store::check_index(path, &state).filter(|_| full) {
        checked.findings.extend(findings);
    }
    if full && checked.findings.is_empty() {
        checked.join(path)?;
    }
    Ok(checked)
}

impl Checked {
    fn records(&mut self, path: &Path) {
        let manifest = Manifest::read(path);
        let mut documents = Vec::new();
        let read = cache::each_record(path, |record, _| {
            documents.push(record.doc);
            Ok(())
        });
        if let Err(error) = read {
            self.findings.push(error.to_string());
        }
        self.documents = documents.len();
        match manifest {
            None => self.findings.push(format!("{}: cannot be read", manifest::FILE)),
            Some(manifest) if !manifest.documents.keys().eq(documents.iter()) => {
                self.findings.push(format!("{RECORDS}: not the documents of {}", manifest::FILE));
            }
            Some(_) => {}
        }
    }

    fn graph(&mut self, path: &Path) {
        let Ok((_, file)) = folder::open_file(path, GRAPH_FILE) else { return };
        let mut before = String::new();
        for (at, line) in BufReader::new(file).lines().enumerate() {
            let Ok(line) = line else {
                self.findings.push(format!("{GRAPH_FILE}:{}: cannot be read", at + 1));
                return;
            };
            if line <= before {
                self.findings.push(format!("{GRAPH_FILE}:{}: out of order", at + 1));
                return;
            }
            before = line;
            self.quads += 1;
        }
        if let Err(error) = Store::load(path) {
            self.findings.push(error.to_string());
        }
    }

    /// The graph that the records give is the one that stands there.
    fn join(&mut self, path: &Path) -> Result<()> {
        let manifest = Manifest::read(path).unwrap_or_default();
        let graph = cache::graph(path)?;
        let (_, file) = folder::open_file(path, GRAPH_FILE)?;
        let mut comparison = Comparison { file: BufReader::new(file), line: 0, differs: None };
        rdf::write_nquads(&graph, &output::rdf_options(&manifest), &mut comparison)?;
        let rest = comparison.file.fill_buf().is_ok_and(|rest| !rest.is_empty());
        if let Some(line) = comparison.differs.or_else(|| rest.then_some(comparison.line + 1)) {
            self.findings.push(format!("{GRAPH_FILE}:{line}: not what the records say"));
        }
        Ok(())
    }
}

/// Compares what is written to it with a file.
struct Comparison<R> {
    file: R,
    line: usize,
    differs: Option<usize>,
}

impl<R: BufRead> Write for Comparison<R> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut there = vec![0; bytes.len()];
        self.line += 1;
        if self.differs.is_none() && (self.file.read_exact(&mut there).is_err() || there != bytes) {
            self.differs = Some(self.line);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
