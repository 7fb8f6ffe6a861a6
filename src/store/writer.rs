//! The folder of a build, as its one writer sees it.

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::files::{ASIDE, Replacement, aside, cannot, to_disk};
use super::folder::{FORMAT, NEXT, STATE, Stamp, State, WORK};
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
        let out = Replacement::begin(&target)?;
        Ok(Staged { name: name.to_owned(), target, out, sha: Sha256::new(), bytes: 0 })
    }

    /// Stages a finished file.
    pub fn put(&mut self, file: Staged) -> Result<()> {
        let Staged { name, out, sha, bytes, .. } = file;
        out.complete()?;
        self.staged.insert(name, Stamp { bytes, sha256: hex(sha) });
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
        let state = State { format: FORMAT, files: std::mem::take(&mut self.staged) };
        to_disk(Some(&self.folder));
        to_disk(Some(&self.folder.join(WORK)));
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
        to_disk(Some(&self.folder));
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

    /// What an interrupted writer left in the working folder; nothing else writes there.
    fn leftovers(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.folder.join(WORK)).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).filter(|path| path.to_string_lossy().ends_with(ASIDE)).collect()
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

/// A file of the new build, being written.
#[derive(Debug)]
pub struct Staged {
    name: String,
    target: PathBuf,
    out: Replacement,
    sha: Sha256,
    bytes: u64,
}

impl Write for Staged {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        self.sha.update(&bytes[..count]);
        self.bytes += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Size and hash of a file as it is; `path` is for messages.
pub fn stamp(mut file: impl Read, path: &Path) -> Result<Stamp> {
    let failed = |error: io::Error| cannot("read", path, &error);
    let (mut sha, mut bytes, mut part) = (Sha256::new(), 0, vec![0; 1 << 18]);
    loop {
        let count = file.read(&mut part).map_err(failed)?;
        if count == 0 {
            return Ok(Stamp { bytes, sha256: hex(sha) });
        }
        sha.update(&part[..count]);
        bytes += count as u64;
    }
}

fn hex(sha: Sha256) -> String {
    sha.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn taken(folder: &Path, lock: &mut File) -> Error {
    let mut holder = String::new();
    // Without the number the message says less and is still true.
    _ = lock.rewind().and_then(|()| lock.read_to_string(&mut holder));
    let holder = Some(holder.trim()).filter(|h| !h.is_empty()).map(|h| format!(" (process {h})")).unwrap_or_default();
    Error::new(format!("another zhitu{holder} is writing to {}", folder.display()))
        .with_help("wait until it has ended, or write to another folder with -o; reading goes on all the while")
}
