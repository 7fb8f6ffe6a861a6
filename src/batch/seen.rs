//! Files that a build read before and that nobody wrote to since: they are known by size and times, and need not be
//! opened.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::Metadata;
use std::path::Path;
use std::time::{Duration, SystemTime};

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::input::Input;
use crate::error::{Error, Result};
use crate::store::{folder, write};

/// Name of the file in the working folder of a build.
const FILE: &str = "inputs.json";
/// A file written so shortly before it was read may be written again without another time: clocks of file
/// systems are coarse.
const FRESH: Duration = Duration::from_secs(2);

/// What tells that a file is as it was: size, time of its last change, and what else the system knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark(u64, u64, u64, u64);

impl Mark {
    /// The mark of a file; `None` where the system does not tell its times.
    pub fn of(data: &Metadata) -> Option<Mark> {
        let nanoseconds =
            |time: SystemTime| time.duration_since(SystemTime::UNIX_EPOCH).ok().map(|d| d.as_nanos() as u64);
        let written = nanoseconds(data.modified().ok()?)?;
        // A tool that sets the time of writing back cannot set back that of the entry.
        #[cfg(unix)]
        let (entry, number) = {
            use std::os::unix::fs::MetadataExt;
            ((data.ctime() as u64).wrapping_mul(1_000_000_000).wrapping_add(data.ctime_nsec() as u64), data.ino())
        };
        #[cfg(not(unix))]
        let (entry, number) = (written, 0);
        Some(Mark(data.len(), written, entry, number))
    }

    /// Whether the file was written long enough before `time` that a later change has another time.
    fn is_before(&self, time: SystemTime) -> bool {
        let limit = time.checked_sub(FRESH).and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
        limit.is_some_and(|limit| u128::from(self.1.max(self.2)) < limit.as_nanos())
    }
}

/// What the inputs held when they were read last.
#[derive(Debug, Default)]
pub struct Seen {
    /// What the keys of documents depend on beside the file.
    head: String,
    /// By path.
    files: FxHashMap<String, File>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct File {
    mark: Mark,
    /// Name and key of each document.
    documents: Vec<(String, String)>,
    bytes: usize,
}

impl Seen {
    /// What builds in that folder saw; `head` names all that keys depend on beside the files.
    pub fn read(output: &Path, head: String) -> Seen {
        let text = std::fs::read(output.join(folder::WORK).join(FILE)).unwrap_or_default();
        let seen = serde_json::from_slice::<(String, FxHashMap<String, File>)>(&text).ok();
        let files = seen.filter(|(before, _)| *before == head).map(|(_, files)| files).unwrap_or_default();
        Seen { head, files }
    }

    /// Name and key of each document of an input that is as it was, and its bytes.
    pub fn find(&self, input: &Input) -> Option<(&[(String, String)], usize)> {
        let file = self.files.get(input.path.as_ref()?.to_str()?)?;
        let named = input.has_many() || matches!(&file.documents[..], [(id, _)] if *id == input.id);
        (Some(file.mark) == input.mark && named).then_some((&file.documents, file.bytes))
    }

    /// What this run saw, once all is read.
    pub fn now(self, begun: SystemTime) -> Now {
        Now { before: self, begun, kept: FxHashSet::default(), files: BTreeMap::new() }
    }
}

/// What a run sees.
pub struct Now {
    before: Seen,
    begun: SystemTime,
    kept: FxHashSet<String>,
    files: BTreeMap<String, File>,
}

impl Now {
    /// The input is as it was.
    pub fn keep(&mut self, input: &Input) {
        self.kept.extend(input.path.as_ref().and_then(|path| path.to_str()).map(str::to_owned));
    }

    /// A document was read from the input.
    pub fn add(&mut self, input: &Input, id: &str, key: &str, bytes: usize) {
        let mark = input.mark.filter(|mark| mark.is_before(self.begun));
        if let Some((path, mark)) = input.path.as_ref().and_then(|path| path.to_str()).zip(mark) {
            let file = self.files.entry(path.to_owned()).or_insert(File { mark, documents: Vec::new(), bytes: 0 });
            file.documents.push((id.to_owned(), key.to_owned()));
            file.bytes += bytes;
        }
    }

    /// Keeps it for the next run, those inputs apart of which a part could not be read.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn write(mut self, output: &Path, failed: &BTreeSet<String>) -> Result<()> {
        self.files.retain(|path, _| !failed.contains(path));
        if self.files.is_empty() && self.kept.len() == self.before.files.len() {
            return Ok(());
        }
        self.before.files.retain(|path, _| self.kept.contains(path));
        self.files.extend(self.before.files);
        let seen = (self.before.head, self.files);
        let json = serde_json::to_vec(&seen).map_err(|error| Error::new(error.to_string()))?;
        write(&output.join(folder::WORK).join(FILE), &json)
    }
}

#[cfg(test)]
mod tests {
    use super::super::input::find;
    use super::*;

    #[test]
    fn a_file_is_known_until_somebody_writes_to_it() {
        let output = std::env::temp_dir().join(format!("zhitu-seen-{}", std::process::id()));
        std::fs::create_dir_all(output.join(folder::WORK)).expect("a folder");
        let path = output.join("a.txt");
        std::fs::write(&path, "甲").expect("written");
        let input = || find(&[path.display().to_string()], None).expect("found").found.remove(0);
        let run = |begun: SystemTime| {
            let mut now = Seen::read(&output, "head".to_owned()).now(begun);
            now.add(&input(), "a", "key", 3);
            now.write(&output, &BTreeSet::new()).expect("written");
            Seen::read(&output, "head".to_owned())
        };
        assert_eq!(run(SystemTime::now()).find(&input()), None, "it may be written again at the same time");
        let seen = run(SystemTime::now() + FRESH * 2);
        assert_eq!(seen.find(&input()), Some((&[("a".to_owned(), "key".to_owned())][..], 3)));
        assert_eq!(Seen::read(&output, "another".to_owned()).find(&input()), None);
        let mut other = input();
        other.id = "x/a".to_owned();
        assert_eq!(seen.find(&other), None, "another name is another document");
        let written = path.metadata().and_then(|data| data.modified()).expect("a time");
        std::fs::write(&path, "乙").expect("written");
        std::fs::File::options().write(true).open(&path).and_then(|file| file.set_modified(written)).expect("set back");
        #[cfg(unix)]
        assert_eq!(seen.find(&input()), None, "the time was set back");
        std::fs::remove_dir_all(&output).expect("removed");
    }
}
