//! Lexicons: word lists with features, compiled in from `rules/` or read from a folder.

mod sources;
mod table;

pub use sources::Sources;
pub use table::{Row, Table};
