//! The text of the rule files: the built-in ones, and those of a user's folder over them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::error::{Error, Result};

/// The files below `rules/`, compiled into the program.
static BUILT_IN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// The text of every rule file, by its path below the rules folder (`lexicon/place.tsv`).
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: BTreeMap<String, String>,
}

impl Sources {
    /// The files that the program was built with.
    pub fn built_in() -> Sources {
        Sources { files: BUILT_IN.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect() }
    }

    /// No files.
    pub fn empty() -> Sources {
        Sources::default()
    }

    /// Adds a file, replacing one of that name.
    pub fn insert(&mut self, name: impl Into<String>, text: impl Into<String>) {
        self.files.insert(name.into(), text.into());
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
                self.files.insert(name, text);
            }
        }
        Ok(())
    }

    /// The text of one file.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.files.get(name).map(String::as_str)
    }

    /// The files whose name starts with `prefix`, in order.
    pub fn below<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files
            .range(prefix.to_owned()..)
            .take_while(move |(name, _)| name.starts_with(prefix))
            .map(|(name, text)| (name.as_str(), text.as_str()))
    }
}
