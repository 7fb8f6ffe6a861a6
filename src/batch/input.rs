//! What there is to read: files, folders, globs, JSON lines, standard input.

use std::borrow::Cow;
use std::fs::{self, FileType};
use std::path::{Component, Path, PathBuf};

use rustc_hash::FxHashMap;

use super::Problem;
use super::seen::Mark;
use crate::error::{Error, Result};
use crate::store::cannot;

/// How documents stand in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The file is a document.
    Text,
    /// Each line is a JSON object with `id`, `text` and perhaps `date`.
    JsonLines,
    /// A web page, of which the main text is read.
    Html,
    /// A Word file.
    Docx,
    /// Each line is a document that was extracted already: a [`Bundle`](super::Bundle).
    Extracted,
}

impl Format {
    /// What the extension of a file says.
    fn of(extension: &str) -> Format {
        match extension {
            "jsonl" | "ndjson" => Format::JsonLines,
            "html" | "htm" | "xhtml" | "shtml" => Format::Html,
            "docx" => Format::Docx,
            _ => Format::Text,
        }
    }
}

/// One file, or standard input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// The file; `None` is standard input.
    pub path: Option<PathBuf>,
    /// The name of its document, where it is one.
    pub id: String,
    /// How documents stand in it.
    pub format: Format,
    /// Size in bytes, 0 where unknown.
    pub size: u64,
    /// What tells whether it is as it was; `None` where nothing does.
    pub mark: Option<Mark>,
}

/// All inputs, and what could not be looked at.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// In the order given; those of a folder or a glob sorted by name.
    pub found: Vec<Input>,
    /// Folders that could not be listed.
    pub problems: Vec<Problem>,
}

/// Names of files that are read when a folder is given.
const TEXTS: [&str; 11] = ["txt", "text", "md", "markdown", "jsonl", "ndjson", "html", "htm", "xhtml", "shtml", "docx"];

impl Input {
    /// Whether it holds documents that have names of their own.
    pub fn has_many(&self) -> bool {
        matches!(self.format, Format::JsonLines | Format::Extracted)
    }

    /// How messages call it.
    pub fn name(&self) -> String {
        self.path.as_ref().map_or_else(|| "standard input".to_owned(), |path| path.display().to_string())
    }
}

/// The inputs that `arguments` name: files, folders (all texts in them, however deep), globs, and `-` for
/// standard input. `format` overrides what the names of the files say.
///
/// # Errors
/// Where a folder or a glob holds no text. A file that is not there is a problem of the run.
pub fn find(arguments: &[String], format: Option<Format>) -> Result<Inputs> {
    let mut problems = Vec::new();
    let mut files: Vec<(PathBuf, PathBuf)> = Vec::new();
    for argument in arguments {
        let before = (files.len(), problems.len());
        expand(argument, &mut files, &mut problems)?;
        if before == (files.len(), problems.len()) {
            return Err(Error::new(format!("no texts in {argument}")).with_help(format!(
                "of a folder the files that end in .{} are read, packed (.gz, .zst) or not",
                TEXTS.join(", .")
            )));
        }
    }
    let ids = ids(&files);
    let input = |((path, _), id): ((PathBuf, PathBuf), String)| {
        if path == Path::new(STDIN) {
            let format = format.unwrap_or(Format::Text);
            return Input { path: None, id: "stdin".to_owned(), format, size: 0, mark: None };
        }
        let format = format.unwrap_or_else(|| Format::of(&extension(&path)));
        let data = fs::metadata(&path).ok();
        let size = data.as_ref().map_or(0, fs::Metadata::len);
        Input { path: Some(path), id, format, size, mark: data.as_ref().and_then(Mark::of) }
    };
    Ok(Inputs { found: files.into_iter().zip(ids).map(input).collect(), problems })
}

/// The argument that stands for standard input.
const STDIN: &str = "-";

/// The files that an argument names, each with the folder from which its place is told.
fn expand(argument: &str, files: &mut Vec<(PathBuf, PathBuf)>, problems: &mut Vec<Problem>) -> Result<()> {
    let path = Path::new(argument);
    if path.is_dir() {
        // The folder that was asked for must open; those below may fail.
        fs::read_dir(path).map_err(|error| cannot("read the folder", path, &error))?;
        walk(path, path, files, problems);
        return Ok(());
    }
    if argument == STDIN {
        files.push((path.to_owned(), PathBuf::new()));
        return Ok(());
    }
    if fs::symlink_metadata(path).is_ok() || !argument.contains(['*', '?', '[']) {
        match fs::metadata(path) {
            Ok(_) => files.push((path.to_owned(), path.parent().map(Path::to_owned).unwrap_or_default())),
            Err(error) => problems.push(Problem::error(argument, format_args!("cannot read it: {error}"))),
        }
        return Ok(());
    }
    let matches = glob::glob(argument).map_err(|error| Error::new(format!("the glob {argument} is wrong: {error}")))?;
    let root = glob_root(path);
    for found in matches {
        match found {
            Ok(path) if path.is_dir() => {}
            Ok(path) => files.push((path, root.clone())),
            Err(error) => problems.push(Problem::error(error.path().display().to_string(), error.error())),
        }
    }
    Ok(())
}

/// The part of a glob before its first wild card.
fn glob_root(path: &Path) -> PathBuf {
    let plain = |part: &Component<'_>| !part.as_os_str().to_string_lossy().contains(['*', '?', '[']);
    path.components().take_while(plain).collect()
}

/// The texts below `folder`, sorted by name. Hidden files, READMEs and licences are none.
fn walk(root: &Path, folder: &Path, files: &mut Vec<(PathBuf, PathBuf)>, problems: &mut Vec<Problem>) {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            problems
                .push(Problem::error(folder.display().to_string(), format_args!("cannot read the folder: {error}")));
            return;
        }
    };
    let mut paths: Vec<(PathBuf, Option<FileType>)> =
        entries.flatten().map(|entry| (entry.path(), entry.file_type().ok())).collect();
    paths.sort_by_cached_key(|(path, _)| path.file_name().map(ToOwned::to_owned));
    for (path, kind) in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with('.') {
            continue;
        }
        // A link to a folder may lead round in a circle.
        let is_link = kind.is_some_and(|kind| kind.is_symlink());
        if kind.is_some_and(|kind| kind.is_dir()) || is_link && path.is_dir() {
            if !is_link {
                walk(root, &path, files, problems);
            }
            continue;
        }
        let known = TEXTS.contains(&extension(&path).as_str());
        let about = ["README", "LICENSE", "LICENCE", "CHANGELOG"].iter().any(|start| name.starts_with(start));
        if known && !about {
            files.push((path, root.to_owned()));
        }
    }
}

/// The names of the documents: the stem of the file, its place below the root where stems collide, the path
/// as given where those collide, too.
fn ids(files: &[(PathBuf, PathBuf)]) -> Vec<String> {
    let stems: Vec<String> = files.iter().map(|(path, _)| stem(path)).collect();
    let below = |(path, root): &(PathBuf, PathBuf)| slashes(path.strip_prefix(root).unwrap_or(path));
    let known = count(stems.iter().map(String::as_str));
    // Names below the root are asked for only where stems collide.
    if known.len() == files.len() {
        return stems;
    }
    let known: FxHashMap<String, usize> = known.into_iter().map(|(stem, count)| (stem.to_owned(), count)).collect();
    let places = count(files.iter().map(below));
    let id = |(file, stem): (&(PathBuf, PathBuf), String)| {
        if known[&stem] == 1 {
            stem
        } else if places[&below(file)] == 1 {
            below(file)
        } else {
            slashes(&file.0)
        }
    };
    files.iter().zip(stems).map(id).collect()
}

/// The name of a file without its extension, and without `.gz` or `.zst` behind it.
pub(super) fn stem(path: &Path) -> String {
    unpacked(path).file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// The extension in small letters, without `.gz` or `.zst` behind it.
fn extension(path: &Path) -> String {
    unpacked(path).extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase()
}

fn unpacked(path: &Path) -> Cow<'_, Path> {
    let packed = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("gz") || e.eq_ignore_ascii_case("zst"));
    if packed { Cow::Owned(path.with_extension("")) } else { Cow::Borrowed(path) }
}

fn slashes(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn count<N: Eq + std::hash::Hash>(names: impl Iterator<Item = N>) -> FxHashMap<N, usize> {
    names.fold(FxHashMap::default(), |mut counts, name| {
        *counts.entry(name).or_default() += 1;
        counts
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_stems_unless_they_collide() {
        let file = |path: &str, root: &str| (PathBuf::from(path), PathBuf::from(root));
        let files = [
            file("in/a.txt", "in"),
            file("in/x/b.txt", "in"),
            file("in/y/b.txt", "in"),
            file("o/b.txt", "o"),
            file("p/b.txt", "p"),
        ];
        assert_eq!(ids(&files), ["a", "x/b.txt", "y/b.txt", "o/b.txt", "p/b.txt"]);
        assert_eq!(
            (stem(Path::new("n/2025.txt.gz")).as_str(), extension(Path::new("a.JSONL.gz")).as_str()),
            ("2025", "jsonl")
        );
        assert_eq!(Format::of(&extension(Path::new("a.JSONL.zst"))), Format::JsonLines);
        assert_eq!(glob_root(Path::new("news/**/*.txt")), Path::new("news"));
    }
}
