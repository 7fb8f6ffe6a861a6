//! Keeping a build: copies of it, and clearing up.

use std::fs;
use std::io;
use std::path::Path;

use super::files::cannot;
use super::folder::{self, State, WORK};
use super::writer::Writer;
use crate::error::{Error, Result};

/// Copies the build of one folder to another, in one step: the copy is there as a whole or not at all, and
/// every byte of it was compared with the hashes of the build. A build may run meanwhile; the copy is then
/// the build before it. This makes a backup, and the other way round restores one.
///
/// # Errors
/// Where there is no build, a file of it is damaged, or the other folder cannot be written.
pub fn copy(from: &Path, to: &Path) -> Result<State> {
    if same(from, to) {
        return Err(Error::new("the copy would stand on its original").with_help("name another folder"));
    }
    let known = State::read(from)?.ok_or_else(|| unknown(from))?;
    let names: Vec<&str> = known.files.keys().map(String::as_str).collect();
    let (state, files) = folder::open(from, &names)?;
    let state = state.filter(|state| state.files.keys().eq(known.files.keys())).ok_or_else(|| {
        Error::new(format!("{} was changed by a build meanwhile", from.display())).with_help("do it again")
    })?;
    let mut writer = Writer::open(to)?;
    for ((name, stamp), file) in state.files.iter().zip(files) {
        let path = from.join(name);
        let mut file = file.ok_or_else(|| damaged(from, name, "is not there"))?;
        let mut out = writer.begin(name)?;
        io::copy(&mut file, &mut out).map_err(|error| cannot("copy", &path, &error))?;
        writer.put(out)?;
        if writer.staged(name) != Some(stamp) {
            return Err(damaged(from, name, "is not what the build wrote"));
        }
    }
    let state = writer.commit()?;
    refresh(to, false)?;
    Ok(state)
}

/// Makes the store on disk that belongs to the build, where the folder has stores and this program can make them.
fn refresh(path: &Path, fresh: bool) -> Result<()> {
    if super::CAN_INDEX && super::has_index(path) {
        super::index(&Writer::open(path)?, None, fresh)?;
    }
    Ok(())
}

/// Clears away what interrupted runs left, loads the store on disk anew, and gives the bytes won.
///
/// # Errors
/// Where the folder holds no build, or another process writes there.
pub fn compact(path: &Path) -> Result<u64> {
    if State::read(path)?.is_none() {
        return Err(unknown(path));
    }
    let before = size(path);
    // Opening it for writing finishes what was begun.
    let writer = Writer::open(path)?;
    for name in ["records.part", "records.resumed"] {
        let path = path.join(WORK).join(name);
        match fs::remove_file(&path) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(cannot("remove", &path, &error)),
        }
    }
    drop(writer);
    refresh(path, true)?;
    Ok(before.saturating_sub(size(path)))
}

/// Bytes of all files below a folder.
pub fn size(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let bytes = entries.map(|entry| match entry.metadata() {
        Ok(data) if data.is_dir() => size(&entry.path()),
        Ok(data) => data.len(),
        Err(_) => 0,
    });
    bytes.sum()
}

fn same(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

fn unknown(folder: &Path) -> Error {
    Error::new(format!("no build in {}", folder.display()))
        .with_help("make one with `zhitu build`, or name its folder with --store; one of an older zhitu is built again")
}

fn damaged(folder: &Path, name: &str, what: &str) -> Error {
    Error::new(format!("{} {what}", folder.join(name).display()))
        .with_help("`zhitu store check` tells what is damaged; restore another backup, or build again with --fresh")
}
