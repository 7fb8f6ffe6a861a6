//! Text: spans, decoding, and the reading view with its map back to the source.

mod blanks;
mod chars;
mod decode;
mod find;
mod hex;
mod index;
mod lines;
mod marks;
mod points;
mod repair;
mod span;
mod tables;
mod view;
mod words;

pub use chars::{is_blank, is_clause_end, is_closer, is_han, is_opener};
pub use decode::{Decoded, decode, decode_labelled};
pub use hex::hex;
pub use index::{Index, Pairs, Sieve};
pub use marks::marks;
pub use span::Span;
pub use view::View;
pub use words::Words;
