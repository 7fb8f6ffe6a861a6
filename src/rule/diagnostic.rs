//! What is wrong in a rule file: code, place, and what to do about it.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::lexicon::Sources;

/// One problem, tied to a place in a file below `rules/`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Path below the rules folder.
    pub file: String,
    /// Bytes of the file.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// `R014` and the like; listed in `rules/README.md`.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What stands under the carets.
    pub label: String,
    /// A sentence that says what to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A problem at `place` of `file`.
    pub fn new(code: &'static str, file: &str, place: Range<usize>, message: impl Into<String>) -> Self {
        let (start, end) = (place.start, place.end.max(place.start));
        Diagnostic { file: file.into(), start, end, code, message: message.into(), label: String::new(), help: None }
    }

    /// Says what stands under the carets.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Suggests the known name that `wrong` was probably meant to be, if one is near.
    #[must_use]
    pub fn suggest<'a>(self, wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(wrong, known) {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self,
        }
    }

    /// Line and column, both from 1; the column counts characters.
    pub fn position(&self, sources: &Sources) -> (usize, usize) {
        let text = sources.get(&self.file).unwrap_or("");
        let before = text.get(..self.start).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        (line, column)
    }

    /// The problem with its line of source and carets under the place. `color` adds terminal colours.
    pub fn render(&self, sources: &Sources, color: bool) -> String {
        let path = format!("rules/{}", self.file);
        let text = sources.get(&self.file).unwrap_or("");
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        let start = floor(text, self.start);
        let end = floor(text, self.end).max(start);
        let annotation = AnnotationKind::Primary.span(start..end).label(self.label.as_str());
        let snippet = Snippet::source(text).path(path.as_str()).annotation(annotation);
        let mut group = Level::ERROR.primary_title(self.message.as_str()).id(self.code).element(snippet);
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        renderer.render(&[group])
    }
}

/// The nearest character border at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// The known name within a third of the letters of `wrong`, the nearest first.
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (wrong.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|name| (distance(wrong, name), name))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, name)| name)
}

/// Edits (insert, delete, replace, swap of neighbours) from one word to the other.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<_>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let cost = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (rows[i - 1][j] + 1).min(row[j - 1] + 1).min(rows[i - 1][j - 1] + cost);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_name_is_suggested_and_a_far_one_is_not() {
        assert_eq!(nearest("org_sufix", ["org_suffix", "title"]), Some("org_suffix"));
        assert_eq!(nearest("persno", ["person", "place"]), Some("person"));
        assert_eq!(nearest("weather", ["person", "place"]), None);
    }

    #[test]
    fn place_and_carets_are_shown_under_han_characters() {
        let mut sources = Sources::empty();
        sources.insert("fact/a.toml", "doc = '年'\npattern = '\"年\" <verp>'\n");
        let at = "doc = '年'\npattern = '\"年\" ".len();
        let found = Diagnostic::new("R014", "fact/a.toml", at..at + 6, "unknown lexicon `verp`")
            .label("no file fact/verp.tsv")
            .help("did you mean `verb`?");
        assert_eq!(found.position(&sources), (2, 16));
        let shown = found.render(&sources, false);
        for part in ["error[R014]", "rules/fact/a.toml:2:16", "^^^^^^", "did you mean `verb`?"] {
            assert!(shown.contains(part), "{part} in\n{shown}");
        }
    }
}
