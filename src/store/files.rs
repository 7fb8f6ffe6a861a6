//! Files that are replaced as a whole: written aside, brought to disk, then renamed, so that whoever reads
//! them, and whatever interrupts, finds either the old one or the new one.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// What the name of a file written aside ends with.
pub(super) const ASIDE: &str = ".new";

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
        let aside = aside(&target);
        let file = File::create(&aside).map_err(|error| cannot("write", &aside, &error))?;
        Ok(Replacement { target, aside, out: Some(BufWriter::with_capacity(1 << 18, file)) })
    }

    /// Copies a part of another file, in the kernel where that can be.
    pub(super) fn copy(&mut self, from: &File, begin: u64, length: u64) -> io::Result<()> {
        let Some(out) = self.out.as_mut() else { return Ok(()) };
        out.flush()?;
        let mut from = from;
        from.seek(SeekFrom::Start(begin))?;
        let copied = io::copy(&mut from.take(length), out.get_mut())?;
        if copied == length { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }

    /// Puts the finished file in the place of the old one.
    pub fn finish(self) -> Result<()> {
        let (aside, target) = self.complete()?;
        fs::rename(&aside, &target).map_err(|error| cannot("replace", &target, &error))?;
        to_disk(target.parent());
        Ok(())
    }

    /// Brings everything to disk and leaves the file aside; gives its path and that of its target.
    pub(super) fn complete(mut self) -> Result<(PathBuf, PathBuf)> {
        let result = match self.out.take() {
            Some(out) => out.into_inner().map_err(io::IntoInnerError::into_error).and_then(|file| file.sync_all()),
            None => Ok(()),
        };
        if let Err(error) = result {
            _ = fs::remove_file(&self.aside);
            return Err(cannot("write", &self.target, &error));
        }
        Ok((self.aside.clone(), self.target.clone()))
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
        if let Some(out) = self.out.take() {
            // What is still in the buffer is not wanted: on a full disk writing it would only fail again.
            drop(out.into_parts());
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

/// Where a file is written before it takes its place.
pub(super) fn aside(target: &Path) -> PathBuf {
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(ASIDE);
    target.with_file_name(name)
}

/// Brings the names in a folder to disk. Systems that cannot do so keep them in order by themselves.
pub(super) fn to_disk(folder: Option<&Path>) {
    let folder = folder.filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    _ = File::open(folder).and_then(|folder| folder.sync_all());
}

/// An error about a file, with what was tried and what can be done.
pub fn cannot(what: &str, path: &Path, error: &io::Error) -> Error {
    match what {
        "read" => Error::new(format!("cannot read {}: {error}", path.display())),
        what => Error::io(format_args!("{what} {}", path.display()), error),
    }
}
