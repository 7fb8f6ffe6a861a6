//! The folder of a build, as its one writer sees it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::digest::Digest;
use super::digest::Sum;
use super::files::{ASIDE, Replacement, aside, cannot, to_disk};
use super::folder::{FORMAT, NEXT, STATE, Stamp, State, WORK};
use super::parts;
use super::splice::Splice;
use crate::error::{Error, Result};

const LOCK: &str = ".cache/lock";

/// The one writer of a folder. New files are staged and take their places together, with
/// [`Writer::commit`]; until then readers see the build before, and so does everybody where the writer
/// ends in the middle. The lock goes with the process, however it ends.
#[derive(Debug)]
pub struct Writer {
    folder: PathBuf,
    lock: File,
    before: Option<State>,
    staged: BTreeMap<String, Stamp>,
}

impl Writer {
    /// Takes the folder, which is made where there is none, and finishes or clears away what an interrupted
    /// writer left.
    ///
    /// # Errors
    /// Where another process writes there, a newer program wrote there, or it cannot be written.
    pub fn open(folder: &Path) -> Result<Writer> {
        let work = folder.join(WORK);
        fs::create_dir_all(&work).map_err(|error| cannot("make the folder", &work, &error))?;
        let path = folder.join(LOCK);
        let mut lock = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|error| cannot("write", &path, &error))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(taken(folder, &mut lock)),
            // A file system that knows no locks: one writer is then up to its users.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(cannot("lock", &path, &error)),
        }
        // Who holds it, for the message to the other; the lock holds without it.
        _ = lock.set_len(0).and_then(|()| lock.write_all(std::process::id().to_string().as_bytes()));
        let before = State::read(folder)?;
        let writer = Writer { folder: folder.to_owned(), lock, before, staged: BTreeMap::new() };
        writer.tidy()?;
        Ok(writer)
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The files of the last build; `None` where there was none.
    pub fn before(&self) -> Option<&State> {
        self.before.as_ref()
    }

    /// What has been staged under that name.
    pub fn staged(&self, name: &str) -> Option<&Stamp> {
        self.staged.get(name)
    }

    /// Begins a file of the new build; hand it back to [`Writer::put`].
    pub fn begin(&self, name: &str) -> Result<Staged> {
        let target = self.folder.join(name);
        if let Some(parent) = Path::new(name).parent().filter(|parent| !parent.as_os_str().is_empty()) {
            let parent = self.folder.join(parent);
            fs::create_dir_all(&parent).map_err(|error| cannot("make the folder", &parent, &error))?;
        }
        let out = Replacement::begin(&target)?;
        Ok(Staged { name: name.to_owned(), target, out, digest: Digest::of(name), bytes: 0 })
    }

    /// Stages a finished file.
    pub fn put(&mut self, file: Staged) -> Result<()> {
        let Staged { name, out, digest, bytes, .. } = file;
        out.complete()?;
        self.staged.insert(name, digest.stamp(bytes));
        Ok(())
    }

    /// Takes a file of the last build over as it is.
    ///
    /// # Errors
    /// Where the last build has no such file.
    pub fn keep(&mut self, name: &str) -> Result<()> {
        let stamp = self.before.as_ref().and_then(|before| before.files.get(name));
        let stamp = stamp.ok_or_else(|| Error::new(format!("the last build has no {name}")))?;
        self.staged.insert(name.to_owned(), stamp.clone());
        Ok(())
    }

    /// Takes a file of the last build over as it is under a name that may be another.
    pub(super) fn take_over(&mut self, old: &str, name: &str, stamp: &Stamp) -> Result<()> {
        if old != name {
            let (from, to) = (self.folder.join(old), aside(&self.folder.join(name)));
            // Where there are no links a copy will do.
            let linked = fs::hard_link(&from, &to).is_ok();
            if !linked {
                let copied = fs::copy(&from, &to).and_then(|_| File::open(&to)?.sync_all());
                copied.map_err(|error| cannot("write", &to, &error))?;
            }
        }
        self.staged.insert(name.to_owned(), stamp.clone());
        Ok(())
    }

    /// The state that the staged files make.
    fn next(&self) -> State {
        let parts = self.staged.keys().any(|name| parts::is_part(name));
        State { format: if parts { FORMAT } else { FORMAT - 1 }, files: self.staged.clone() }
    }

    /// The hash of a file of lines, in one or in parts, as it is staged, else as it stands, and the paths that hold it.
    #[cfg(feature = "disk")]
    pub(super) fn content(&self, name: &str) -> Option<(String, Vec<PathBuf>)> {
        let next = self.next();
        let state = if next.has(name) { &next } else { self.before.as_ref()? };
        let path = |name: &str| {
            let (target, staged) = (self.folder.join(name), self.staged.contains_key(name));
            Some(aside(&target)).filter(|aside| staged && aside.exists()).unwrap_or(target)
        };
        Some((state.hash(name)?, state.names(name).into_iter().map(path).collect()))
    }

    /// Stages a file of lines of the last build with some of them changed.
    ///
    /// # Errors
    /// Where the last build has no such file, or it cannot be written.
    pub fn splice(&mut self, name: &str, change: &Splice) -> Result<()> {
        self.splice_as(name, name, change)
    }

    /// The same under a name that may be another.
    pub(super) fn splice_as(&mut self, old: &str, name: &str, change: &Splice) -> Result<()> {
        let before = self.before.as_ref().and_then(|before| before.files.get(old));
        let unknown = || Error::new(format!("the last build has no lines of {old}"));
        let before = before.ok_or_else(unknown)?;
        let sum = before.lines.as_deref().and_then(Sum::read).ok_or_else(unknown)?;
        let target = self.folder.join(name);
        let failed = |error: io::Error| cannot("write", &target, &error);
        let source = self.folder.join(old);
        let file = File::open(&source).map_err(|error| cannot("read", &source, &error))?;
        let mut out = Replacement::begin(&target)?;
        let (bytes, sum) = change.write(&file, before.bytes, sum, &mut out).map_err(failed)?;
        out.complete()?;
        self.staged.insert(name.to_owned(), Stamp { bytes, sha256: String::new(), lines: Some(sum.text()) });
        Ok(())
    }

    /// Stages a file with these bytes.
    pub fn write(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let mut file = self.begin(name)?;
        file.write_all(bytes).map_err(|error| cannot("write", &file.target, &error))?;
        self.put(file)
    }

    /// The staged files become the build, all at once; files of the build before that were not staged again
    /// go away. Brought to disk before it returns.
    pub fn commit(mut self) -> Result<State> {
        let state = self.next();
        self.staged.clear();
        to_disk(Some(&self.folder));
        folders(&state).for_each(|folder| to_disk(Some(&self.folder.join(folder))));
        let json = serde_json::to_vec_pretty(&state).map_err(|error| Error::new(error.to_string()))?;
        let mut next = Replacement::begin(self.folder.join(NEXT))?;
        next.write_all(&json).map_err(|error| cannot("write", &self.folder.join(NEXT), &error))?;
        if let Err(error) = next.finish() {
            self.staged = state.files;
            return Err(error);
        }
        // From here on the new files are the build.
        self.settle(&state)?;
        Ok(state)
    }

    /// Renames the files of the build to their places, takes away those that it no longer has, the state last.
    fn settle(&self, state: &State) -> Result<()> {
        for name in state.files.keys() {
            let target = self.folder.join(name);
            match fs::rename(aside(&target), &target) {
                Ok(()) => {}
                // Done before an interruption.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(cannot("replace", &target, &error)),
            }
        }
        let old = fs::read_to_string(self.folder.join(STATE)).ok();
        let old = old.and_then(|text| serde_json::from_str::<State>(&text).ok()).unwrap_or_default();
        for name in old.files.keys().filter(|name| !state.files.contains_key(*name)) {
            _ = fs::remove_file(self.folder.join(name));
        }
        for folder in folders(&old).filter(|folder| *folder != Path::new(WORK)) {
            // One that is not empty stays.
            _ = fs::remove_dir(self.folder.join(folder));
        }
        to_disk(Some(&self.folder));
        folders(state).for_each(|folder| to_disk(Some(&self.folder.join(folder))));
        let (next, now) = (self.folder.join(NEXT), self.folder.join(STATE));
        fs::rename(&next, &now).map_err(|error| cannot("replace", &now, &error))?;
        to_disk(now.parent());
        Ok(())
    }

    /// Finishes a commit that was interrupted; else takes away what was left aside.
    fn tidy(&self) -> Result<()> {
        if let Some(state) = self.before.as_ref().filter(|_| self.folder.join(NEXT).exists()) {
            self.settle(state)?;
        }
        for name in self.before.iter().flat_map(|before| before.files.keys()) {
            _ = fs::remove_file(aside(&self.folder.join(name)));
        }
        for leftover in self.leftovers() {
            _ = fs::remove_file(leftover);
        }
        Ok(())
    }

    /// What an interrupted writer left in the working folder, where nothing else writes, and of parts of files.
    fn leftovers(&self) -> Vec<PathBuf> {
        let list = |folder: &Path| fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let aside = |path: &PathBuf| path.to_string_lossy().ends_with(ASIDE);
        let mut found: Vec<PathBuf> = list(&self.folder.join(WORK)).filter(aside).collect();
        for folder in self.before.iter().flat_map(folders).map(|folder| self.folder.join(folder)) {
            let part = |path: &PathBuf| {
                let name = path.strip_prefix(&self.folder).unwrap_or(path).to_string_lossy();
                name.strip_suffix(ASIDE).is_some_and(parts::is_part)
            };
            found.extend(list(&folder).filter(part));
        }
        found
    }
}

impl Drop for Writer {
    /// What was staged and not committed goes away.
    fn drop(&mut self) {
        for name in self.staged.keys() {
            _ = fs::remove_file(aside(&self.folder.join(name)));
        }
        _ = self.lock.set_len(0);
        _ = self.lock.unlock();
    }
}

/// The folders below that of a build in which files of it stand.
fn folders(state: &State) -> impl Iterator<Item = &Path> {
    let folders: BTreeSet<&Path> = state.files.keys().filter_map(|name| Path::new(name).parent()).collect();
    folders.into_iter().filter(|folder| !folder.as_os_str().is_empty())
}

/// A file of the new build, being written.
#[derive(Debug)]
pub struct Staged {
    name: String,
    target: PathBuf,
    out: Replacement,
    digest: Digest,
    bytes: u64,
}

impl Staged {
    /// Writes a whole line of which the SHA-256 is known.
    pub(super) fn line(&mut self, line: &[u8], hash: &[u8]) -> io::Result<()> {
        self.out.write_all(line)?;
        self.digest.line(line, hash);
        self.bytes += line.len() as u64;
        Ok(())
    }
}

impl Write for Staged {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        self.digest.update(&bytes[..count]);
        self.bytes += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn taken(folder: &Path, lock: &mut File) -> Error {
    let mut holder = String::new();
    // Without the number the message says less and is still true.
    _ = lock.rewind().and_then(|()| lock.read_to_string(&mut holder));
    let holder = Some(holder.trim()).filter(|h| !h.is_empty()).map(|h| format!(" (process {h})")).unwrap_or_default();
    Error::new(format!("another zhitu{holder} is writing to {}", folder.display()))
        .with_help("wait until it has ended, or write to another folder with -o; reading goes on all the while")
}
