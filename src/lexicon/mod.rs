//! Lexicons: word lists with features, compiled in from `rules/` or read from a folder.
//!
//! [`Sources`] holds the text of every rule file, [`Table`] reads one list, and [`Lexicon`] joins all
//! lists below `lexicon/` into one automaton that finds every term of every list in one pass.

mod gazetteer;
mod pack;
mod sources;
mod words;

pub use gazetteer::{Gazetteer, Place, Unit};
pub use pack::{Classes, Entry, Row, Sense, Table, Tag, TagSet, Walk};
pub use sources::Sources;
pub use words::Lexicon;
