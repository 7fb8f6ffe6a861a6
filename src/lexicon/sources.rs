//! The text of the rule files: the built-in ones, and those of a user's folder over them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::error::{Error, Result};

/// The files below `rules/`, compiled into the program, by name.
static BUILT_IN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// The text of every rule file, by its path below the rules folder (`lexicon/place.tsv`). Built-in text is
/// borrowed from the program, so that it can be told from what was added.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: BTreeMap<String, Cow<'static, str>>,
}

impl Sources {
    /// The files that the program was built with.
    pub fn built_in() -> Sources {
        Sources { files: BUILT_IN.iter().map(|(name, text)| ((*name).to_owned(), Cow::Borrowed(*text))).collect() }
    }

    /// No files.
    pub fn empty() -> Sources {
        Sources::default()
    }

    /// Adds a file, replacing one of that name. One that is the same as the built-in file of its name counts as
    /// built in.
    pub fn insert(&mut self, name: impl Into<String>, text: impl Into<String>) {
        let (name, text) = (name.into(), text.into());
        let built_in = BUILT_IN.iter().find(|(known, old)| *known == name && *old == text);
        self.files.insert(name, built_in.map_or(Cow::Owned(text), |(_, old)| Cow::Borrowed(*old)));
    }

    /// Adds the `.toml`, `.tsv` and `.rq` files below `folder`; a file of a known name replaces it.
    pub fn add_folder(&mut self, folder: &Path) -> Result<()> {
        self.add_below(folder, "")
    }

    fn add_below(&mut self, folder: &Path, prefix: &str) -> Result<()> {
        let entries = fs::read_dir(folder).map_err(|error| {
            Error::new(format!("cannot read the rules folder {}: {error}", folder.display()))
                .with_help("give --rules a folder that holds .toml, .tsv and .rq files")
        })?;
        let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let name = if prefix.is_empty() { name.into_owned() } else { format!("{prefix}/{name}") };
            if path.is_dir() {
                self.add_below(&path, &name)?;
            } else if path.extension().is_some_and(|e| e == "toml" || e == "tsv" || e == "rq") {
                let text = fs::read_to_string(&path).map_err(|error| {
                    Error::new(format!("cannot read {}: {error}", path.display()))
                        .with_help("rule files are UTF-8 text")
                })?;
                self.insert(name, text);
            }
        }
        Ok(())
    }

    /// The text of one file.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.files.get(name).map(|text| &**text)
    }

    /// The text of one file, to be kept: a built-in one is not copied.
    pub fn text(&self, name: &str) -> Option<Cow<'static, str>> {
        self.files.get(name).cloned()
    }

    /// The files whose name starts with `prefix`, in order.
    pub fn below<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.texts(prefix).map(|(name, text)| (name, &**text))
    }

    /// The same, with texts that may be kept.
    pub fn texts<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a Cow<'static, str>)> {
        self.files
            .range(prefix.to_owned()..)
            .take_while(move |(name, _)| name.starts_with(prefix))
            .map(|(name, text)| (name.as_str(), text))
    }

    /// Whether the files below `prefix` are those that the program was built with, all of them and no others.
    pub fn is_built_in(&self, prefix: &str) -> bool {
        let count = BUILT_IN.iter().filter(|(name, _)| name.starts_with(prefix)).count();
        self.texts(prefix).all(|(_, text)| matches!(text, Cow::Borrowed(_))) && self.texts(prefix).count() == count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_files_are_known_again() {
        let mut sources = Sources::built_in();
        let same = sources.get("lexicon/surname.tsv").unwrap().to_owned();
        sources.insert("lexicon/surname.tsv", same);
        assert!(sources.is_built_in("") && sources.is_built_in("lexicon/"));
        sources.insert("lexicon/surname.tsv", "# columns: term weight\n");
        assert!(!sources.is_built_in("lexicon/") && sources.is_built_in("fact/"));
        assert!(!Sources::empty().is_built_in("lexicon/"));
    }
}
