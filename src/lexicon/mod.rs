//! Lexicons: word lists with features, compiled in from `rules/` or read from a folder.
//!
//! [`Sources`] holds the text of every rule file, [`Table`] reads one list, and [`Lexicon`] joins all
//! lists below `lexicon/` into one automaton that finds every term of every list in one pass.

mod gazetteer;
mod sources;
mod table;
mod tag;
mod words;

pub use gazetteer::{Gazetteer, Place, Unit};
pub use sources::Sources;
pub use table::{Row, Table};
pub use tag::{Tag, TagSet};
pub use words::{Classes, Entry, Lexicon, Match, Sense};
