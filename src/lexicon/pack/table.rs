//! Tab-separated tables: a term, then features.
//!
//! ```text
//! # What the table holds, in words.
//! # source: where the facts come from; licence: under which terms
//! # columns: term shift
//! 今年<tab>0
//! 去年<tab>-1
//! ```

use crate::error::{Error, Result};

/// A table read from a TSV file. Lines that start with `#` are comments; empty lines are skipped.
#[derive(Debug, Clone, Copy)]
pub struct Table<'a> {
    name: &'a str,
    text: &'a str,
}

/// One row: its cells and where it stands.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    /// Line number from 1.
    pub line: usize,
    /// The first cell.
    pub term: &'a str,
    rest: &'a str,
}

impl<'a> Row<'a> {
    /// The row in one line of text.
    pub fn new(line: usize, text: &'a str) -> Row<'a> {
        let (term, rest) = text.split_once('\t').unwrap_or((text, ""));
        Row { line, term, rest }
    }

    /// The term and all other cells.
    pub fn cells(&self) -> impl Iterator<Item = &'a str> {
        std::iter::once(self.term).chain(self.rest.split('\t'))
    }

    /// The cell at `index` after the term; empty where the row is shorter.
    pub fn rest(&self, index: usize) -> &'a str {
        self.rest.split('\t').nth(index).unwrap_or("")
    }

    /// The cells after the term, in order.
    pub fn features(&self) -> impl Iterator<Item = &'a str> {
        let rest = self.rest;
        rest.split('\t').filter(move |_| !rest.is_empty())
    }

    /// The cell at `index` after the term; empty where the row is shorter.
    pub fn feature(&self, index: usize) -> &'a str {
        self.features().nth(index).unwrap_or("")
    }
}

impl<'a> Table<'a> {
    /// The table in `text`; `name` is used in errors.
    pub fn new(name: &'a str, text: &'a str) -> Self {
        Table { name, text }
    }

    /// What a header line `# key: value` says.
    pub fn header(&self, key: &str) -> Option<&'a str> {
        self.text
            .lines()
            .take_while(|line| line.starts_with('#'))
            .find_map(|line| line.trim_start_matches(['#', ' ']).strip_prefix(key)?.strip_prefix(':').map(str::trim))
    }

    /// The names in the header line `# columns: term a b`.
    pub fn columns(&self) -> impl Iterator<Item = &'a str> {
        self.header("columns")
            .into_iter()
            .flat_map(|names| names.split([' ', ',', '\t']).filter(|name| !name.is_empty()))
    }

    /// The index of a column after the term.
    pub fn column(&self, name: &str) -> Result<usize> {
        self.columns().position(|column| column == name).and_then(|at| at.checked_sub(1)).ok_or_else(|| {
            Error::new(format!("{}: no column `{name}`", self.name))
                .with_help("name the columns in a comment at the top: # columns: term …")
        })
    }

    /// The rows in file order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'a>> {
        self.text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')).map(
            |(at, line)| {
                let (term, rest) = line.split_once('\t').unwrap_or((line, ""));
                Row { line: at + 1, term, rest }
            },
        )
    }

    /// An error about one row: names the file and the line.
    pub fn error(&self, row: &Row<'_>, message: impl std::fmt::Display) -> Error {
        Error::new(format!("{}:{}: {message}", self.name, row.line))
    }

    /// The rows, or an error where a row has fewer than `cells` cells after the term.
    pub fn rows_with(&self, cells: usize) -> Result<Vec<Row<'a>>> {
        let rows: Vec<Row<'a>> = self.rows().collect();
        match rows.iter().find(|row| row.features().count() < cells) {
            Some(row) => Err(self.error(row, format_args!("wants {cells} cells after `{}`", row.term))),
            None => Ok(rows),
        }
    }
}
