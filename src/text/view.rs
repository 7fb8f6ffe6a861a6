//! The reading view: repaired text for the rules, with a map back to the source.

use std::sync::OnceLock;

use super::find::Places;
use super::points::Points;
use super::repair::{Segment, repair};
use super::tables::{KEPT, SIMPLIFIED};
use super::{Sieve, Span};

/// A text as the rules read it, and as it was.
///
/// `text` is the source with hard-wrapped lines joined, stray blanks removed, look-alike glyphs and
/// full-width letters and digits replaced, half-width commas after Chinese characters made full-width.
/// `folded` is `text` with traditional characters replaced by simplified ones; the two have the same
/// byte offsets, so that a span found in one is good in the other. Rules match on `folded`; names are
/// taken from `text`. Neither holds private-use characters.
#[derive(Debug, Clone)]
pub struct View {
    source: String,
    /// `None` where the source needed no repair.
    repaired: Option<(String, Vec<Segment>)>,
    /// `None` where the text holds nothing traditional.
    folded: Option<String>,
    points: OnceLock<Points>,
    places: OnceLock<Places>,
}

impl View {
    /// The view of a decoded source text.
    pub fn new(source: impl Into<String>) -> View {
        let source = source.into();
        let repaired = repair(&source);
        let folded = fold(repaired.as_ref().map_or(&source, |(text, _)| text));
        View { source, repaired, folded, points: OnceLock::new(), places: OnceLock::new() }
    }

    /// The decoded source, otherwise untouched.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The repaired text.
    pub fn text(&self) -> &str {
        self.repaired.as_ref().map_or(&self.source, |(text, _)| text)
    }

    /// The repaired text with simplified characters; same byte offsets as [`View::text`].
    pub fn folded(&self) -> &str {
        self.folded.as_deref().unwrap_or_else(|| self.text())
    }

    /// The bytes of the source that a span of the view stands for. What was removed at either end is not
    /// in it; what was removed inside is.
    pub fn to_source(&self, span: Span) -> Span {
        let Some((_, segments)) = &self.repaired else { return span };
        let start = place(segments, span.start, segments.partition_point(|s| s.view <= span.start));
        if span.is_empty() {
            return Span::new(start, start);
        }
        Span::new(start, place(segments, span.end, segments.partition_point(|s| s.view < span.end)))
    }

    /// The same in Unicode code points of the source: what every output gives.
    pub fn to_code_points(&self, span: Span) -> (usize, usize) {
        let source = self.to_source(span);
        let points = self.points();
        (points.count(&self.source, source.start), points.count(&self.source, source.end))
    }

    /// The words of the source that a span of the view stands for.
    pub fn source_of(&self, span: Span) -> &str {
        self.to_source(span).of(&self.source)
    }

    /// Where code point number `point` of the source stands in the view: the byte of its character, or of
    /// the next one that was not removed.
    pub fn from_code_point(&self, point: usize) -> usize {
        let byte = self.points().byte(&self.source, point);
        let Some((text, segments)) = &self.repaired else { return byte };
        let at = segments.partition_point(|s| s.source <= byte);
        let Some(segment) = at.checked_sub(1).map(|at| segments[at]) else { return 0 };
        let end = segments.get(at).map_or(text.len(), |next| next.view);
        (segment.view + (byte - segment.source) / segment.source_step * segment.view_step).min(end)
    }

    /// Where each of `words` stands in the folded text: index of the word and first byte, overlapping ones too, by
    /// their ends, the longest first.
    pub fn occurrences(&self, words: &[&str]) -> Vec<(usize, usize)> {
        self.places().occurrences(self.folded(), words)
    }

    /// The same without those that overlap an earlier place of the same word.
    pub fn separate_occurrences(&self, words: &[&str]) -> Vec<(usize, usize)> {
        self.places().separate_occurrences(self.folded(), words)
    }

    /// Whether a word stands in the folded text.
    pub fn holds(&self, word: &str) -> bool {
        self.places().all(self.folded(), word).next().is_some()
    }

    fn places(&self) -> &Places {
        self.places.get_or_init(|| Places::new(self.folded()))
    }

    fn points(&self) -> &Points {
        self.points.get_or_init(|| Points::new(&self.source))
    }
}

/// The byte of the source for byte `at` of the view, which lies in or at the end of the segment before
/// `after`.
fn place(segments: &[Segment], at: usize, after: usize) -> usize {
    let Some(segment) = after.checked_sub(1).map(|index| segments[index]) else { return 0 };
    segment.source + (at - segment.view) / segment.view_step * segment.source_step
}

/// The text with simplified characters, if it holds any others.
fn fold(text: &str) -> Option<String> {
    let table = &*SIMPLIFIED;
    let first = table.find(text)?;
    let mut folded = String::with_capacity(text.len());
    folded.push_str(&text[..first]);
    let mut traditional = Sieve::default();
    for c in text[first..].chars() {
        let simplified = table.get(c);
        if simplified.is_some() {
            traditional.add(c);
        }
        folded.push(simplified.unwrap_or(c));
    }
    for &(term, inside, kept) in KEPT.iter().filter(|(_, _, kept)| traditional.may_hold(*kept)) {
        for (at, _) in text.match_indices(kept) {
            let Some(start) = at.checked_sub(inside) else { continue };
            let stays = folded.get(start..start + term.len()).is_some_and(|found| {
                let mut pairs = found.char_indices().zip(term.chars());
                pairs.all(|((place, found), wanted)| {
                    found == wanted || SIMPLIFIED.get(wanted).unwrap_or(wanted) == found && place == inside
                })
            });
            if stays {
                folded.replace_range(at..at + kept.len_utf8(), kept.encode_utf8(&mut [0; 4]));
            }
        }
    }
    Some(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repairs_are_seen_in_the_view_and_spans_refer_to_the_source() {
        let view = View::new("\u{feff}２０２５年，深化\r\n\r\n改革，幵展约翰・史密斯式工作\u{e001}。");
        assert_eq!(view.text(), "2025年，深化改革，开展约翰·史密斯式工作\u{fffd}。");
        let of = |part: &str| {
            let start = view.text().find(part).unwrap();
            view.source_of(Span::new(start, start + part.len()))
        };
        assert_eq!(of("2025年"), "２０２５年");
        assert_eq!(of("深化改革"), "深化\r\n\r\n改革");
        assert_eq!(of("化"), "化");
        assert_eq!(of("改"), "改");
        assert_eq!(of("开展"), "幵展");
        assert_eq!(of("约翰·史"), "约翰・史");
    }

    #[test]
    fn traditional_text_is_folded_beside_the_text() {
        let view = View::new("「國務院」在乾隆年間沒有，乾杯。");
        assert_eq!(view.text(), "「國務院」在乾隆年間沒有，乾杯。");
        assert_eq!(view.folded(), "“国务院”在乾隆年间没有，干杯。");
    }

    #[test]
    fn code_points_count_the_source() {
        let source = "甲\u{1f600}乙\n".repeat(400);
        let view = View::new(source.clone());
        let at = source.rfind('乙').unwrap();
        assert_eq!(view.to_code_points(Span::new(at, at + 3)), (1598, 1599));
        assert_eq!(view.from_code_point(1598), at);
        assert_eq!(view.from_code_point(9999), source.len());
    }

    proptest::proptest! {
        #[test]
        fn spans_of_any_text_have_their_place_in_the_source(source in "([一-三国國乾隆开幵，。“”（）、0-9０-９a-c ・\u{3000}\r\n\u{200b}\u{e000}\u{f0000}𠀀]|\\PC){0,60}") {
            let view = View::new(source.as_str());
            proptest::prop_assert_eq!(view.text().len(), view.folded().len());
            let mut last = 0;
            for (at, c) in view.text().char_indices() {
                let span = Span::new(at, at + c.len_utf8());
                proptest::prop_assert!(view.folded().is_char_boundary(at));
                let found = view.to_source(span);
                proptest::prop_assert!(found.start >= last);
                proptest::prop_assert_eq!(found.of(&source).chars().count(), 1, "{:?} at {}", found, at);
                last = found.end;
                let (start, end) = view.to_code_points(span);
                proptest::prop_assert_eq!(start, source[..found.start].chars().count());
                proptest::prop_assert_eq!(end, start + 1);
                proptest::prop_assert_eq!(view.from_code_point(start), at);
            }
        }
    }
}
