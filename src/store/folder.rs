//! The folder of a build, as readers see it: always one whole build.
//!
//! `.cache/state.json` names the files of the build with their sizes and hashes. A writer puts new files
//! aside and then `.cache/next.json`: from that moment the files aside *are* the build, and taking their
//! places is only tidying, which whoever writes next finishes where it was interrupted.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::files::{aside, cannot};
use super::parts::Joined;
use crate::error::{Error, Result};

/// Folder of working files below the folder of a build.
pub const WORK: &str = ".cache";
/// The layout of the folder; a program reads those up to its own.
pub const FORMAT: u32 = 3;

pub(super) const STATE: &str = ".cache/state.json";
pub(super) const NEXT: &str = ".cache/next.json";

/// How often a reader begins again because a writer came in between.
const TRIES: usize = 1000;

/// The files of one build.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// The layout of the folder.
    pub format: u32,
    /// By name below the folder.
    pub files: BTreeMap<String, Stamp>,
}

/// What tells one file from another of the same name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of its bytes; empty where its lines are summed up, and where it has a checksum of its own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sha256: String,
    /// Of a file of lines the sum of the SHA-256 of its lines; files of older builds have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<String>,
}

impl Stamp {
    /// What names its content.
    pub fn hash(&self) -> &str {
        self.lines.as_deref().unwrap_or(&self.sha256)
    }
}

impl State {
    /// The state of a folder; `None` where no build wrote one.
    ///
    /// # Errors
    /// Where a newer program wrote it, or it is damaged.
    pub fn read(folder: &Path) -> Result<Option<State>> {
        Ok(raw(folder)?.map(|(state, _)| state))
    }

    fn parse(path: &Path, text: &str) -> Result<State> {
        let state: State = serde_json::from_str(text).map_err(|error| {
            Error::new(format!("{} is damaged: {error}", path.display()))
                .with_help("restore a backup with `zhitu store restore`, or remove the file and build again")
        })?;
        if state.format > FORMAT {
            let message = format!(
                "{} was written by a newer zhitu (format {}; this one knows formats up to {FORMAT})",
                path.parent().and_then(Path::parent).unwrap_or(path).display(),
                state.format
            );
            return Err(Error::new(message).with_help("use the newer program, or another folder with -o"));
        }
        Ok(state)
    }
}

/// The state that holds, and whether its files may still stand aside.
fn raw(folder: &Path) -> Result<Option<(State, bool)>> {
    // Between the two looks the one may become the other: then look again.
    for _ in 0..3 {
        for (name, pending) in [(NEXT, true), (STATE, false)] {
            let path = folder.join(name);
            match fs::read_to_string(&path) {
                Ok(text) => return State::parse(&path, &text).map(|state| Some((state, pending))),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) if error.kind() == io::ErrorKind::NotADirectory => {}
                Err(error) => return Err(cannot("read", &path, &error)),
            }
        }
    }
    Ok(None)
}

/// Which file holds the state, wherever it stands: taking its place keeps it the same, and another build
/// writes another one, even where it ends like the build before.
fn last(folder: &Path) -> Option<(u64, SystemTime)> {
    let found = [NEXT, STATE, NEXT, STATE].iter().find_map(|name| fs::metadata(folder.join(name)).ok())?;
    #[cfg(unix)]
    let number = std::os::unix::fs::MetadataExt::ino(&found);
    #[cfg(not(unix))]
    let number = found.len();
    Some((number, found.modified().ok()?))
}

/// Opens files of one and the same build, in the order of `names`; `None` for one that is not there. One that stands in
/// parts is read as one.
///
/// # Errors
/// Where a file cannot be read, or writers never pause.
pub fn open(folder: &Path, names: &[&str]) -> Result<(Option<State>, Vec<Option<Joined>>)> {
    for _ in 0..TRIES {
        let written = last(folder);
        let before = raw(folder)?;
        let pending = before.as_ref().is_some_and(|(_, pending)| *pending);
        let mut files = Vec::with_capacity(names.len());
        for name in names {
            let parts = before.as_ref().map(|(state, _)| state.names(name)).filter(|parts| !parts.is_empty());
            let open = |part: &str| open_one(&folder.join(part), pending);
            let parts: Result<Option<Vec<File>>> = parts.unwrap_or_else(|| vec![name]).into_iter().map(open).collect();
            let joined = parts?.map(Joined::of).transpose();
            files.push(joined.map_err(|error| cannot("read", &folder.join(name), &error))?);
        }
        // Tidying between the looks changes nothing: each file was found in one of its two places. Once it is done,
        // what stands aside may be of a build that has only begun.
        let tidied = pending && !folder.join(NEXT).exists();
        if !tidied && written == last(folder) {
            return Ok((before.map(|(state, _)| state), files));
        }
    }
    Err(Error::new(format!("{} is written all the time", folder.display())).with_help("try again in a moment"))
}

fn open_one(path: &Path, pending: bool) -> Result<Option<File>> {
    let places: Vec<PathBuf> = if pending { vec![aside(path), path.to_owned()] } else { vec![path.to_owned()] };
    for place in places {
        match File::open(&place) {
            Ok(file) => return Ok(Some(file)),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {}
            Err(error) => return Err(cannot("read", &place, &error)),
        }
    }
    Ok(None)
}

/// Opens one file of the build that must be there.
pub fn open_file(folder: &Path, name: &str) -> Result<(Option<State>, Joined)> {
    let (state, mut files) = open(folder, &[name])?;
    let file = files.pop().flatten().ok_or_else(|| no_build(folder, name))?;
    Ok((state, file))
}

fn no_build(folder: &Path, name: &str) -> Error {
    Error::new(format!("cannot read {}: there is no such file", folder.join(name).display()))
        .with_help("make a build first (`zhitu build`), or name its folder with --store")
}
