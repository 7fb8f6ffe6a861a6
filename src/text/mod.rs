//! Text: spans, decoding, and the reading view with its map back to the source.

mod span;
mod view;

pub use span::Span;
pub use view::View;
