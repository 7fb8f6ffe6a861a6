//! Files that are replaced as a whole: written aside, then renamed, so that whoever reads them, and an
//! interrupted run, finds either the old one or the new one.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// A file being written beside the one that it will replace.
#[derive(Debug)]
pub struct Replacement {
    target: PathBuf,
    aside: PathBuf,
    out: Option<BufWriter<File>>,
}

impl Replacement {
    /// Begins the file that will stand at `target`.
    pub fn begin(target: impl Into<PathBuf>) -> Result<Replacement> {
        let target = target.into();
        let mut name = target.file_name().unwrap_or_default().to_owned();
        name.push(".new");
        let aside = target.with_file_name(name);
        let file = File::create(&aside).map_err(|error| cannot("write", &aside, &error))?;
        Ok(Replacement { target, aside, out: Some(BufWriter::with_capacity(1 << 18, file)) })
    }

    /// Puts the finished file in the place of the old one.
    pub fn finish(mut self) -> Result<()> {
        if let Some(out) = self.out.take() {
            out.into_inner().map_err(|error| cannot("write", &self.aside, error.error()))?;
        }
        fs::rename(&self.aside, &self.target).map_err(|error| cannot("replace", &self.target, &error))
    }

    /// The file so far, for reading what was written: everything is on disk after this.
    pub fn written(&mut self) -> Result<&Path> {
        self.flush().map_err(|error| cannot("write", &self.aside, &error))?;
        Ok(&self.aside)
    }
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.as_mut().map_or(Ok(0), |out| out.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for Replacement {
    /// An unfinished file leaves nothing behind.
    fn drop(&mut self) {
        if self.out.take().is_some() {
            _ = fs::remove_file(&self.aside);
        }
    }
}

/// Replaces the file at `target`; a file that already holds these bytes is left alone.
pub fn write(target: &Path, bytes: &[u8]) -> Result<()> {
    if fs::read(target).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    let mut file = Replacement::begin(target)?;
    file.write_all(bytes).map_err(|error| cannot("write", target, &error))?;
    file.finish()
}

/// An error about a file, with what was tried.
pub(super) fn cannot(what: &str, path: &Path, error: &io::Error) -> Error {
    Error::new(format!("cannot {what} {}: {error}", path.display()))
}
