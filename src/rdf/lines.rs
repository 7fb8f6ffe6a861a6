//! N-Quads lines in canonical form (RDF Dataset Canonicalization, W3C 2024, section 5).

use std::fmt::Write as _;
use std::hash::Hasher;

use rustc_hash::FxHasher;

/// Collects lines; [`Lines::sorted`] yields them in order, each once.
#[derive(Debug, Default)]
pub(super) struct Lines {
    lines: Vec<String>,
    /// The hash of each line of the default graph, in the order in which they came.
    pub(super) hashes: Vec<u64>,
}

/// Writes an IRI in angle brackets.
pub(super) fn iri(iri: &str) -> String {
    format!("<{iri}>")
}

/// A plain literal.
pub(super) fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            // Writing to a string cannot fail.
            '\0'..='\u{1f}' | '\u{7f}' => _ = write!(out, "\\u{:04X}", c as u32),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A literal in Chinese.
pub(super) fn chinese(text: &str) -> String {
    string(text) + "@zh"
}

/// A literal of an XML Schema datatype.
pub(super) fn typed(text: &str, datatype: &str) -> String {
    format!("{}^^<http://www.w3.org/2001/XMLSchema#{datatype}>", string(text))
}

impl Lines {
    /// Adds a quad of terms that are written already; an empty `graph` is the default graph.
    pub(super) fn put(&mut self, subject: &str, predicate: &str, object: &str, graph: &str) {
        let blank = if graph.is_empty() { "" } else { " " };
        let line = format!("{subject} {predicate} {object}{blank}{graph} .\n");
        if graph.is_empty() {
            self.hashes.push(line_hash(&line));
        }
        self.lines.push(line);
    }

    /// The lines as they came.
    pub(super) fn unsorted(self) -> Vec<String> {
        self.lines
    }

    /// The lines in order of their code points, each once.
    pub(super) fn sorted(mut self) -> Vec<String> {
        self.lines.sort_unstable();
        self.lines.dedup();
        self.lines
    }
}

/// The hash by which lines of the default graph are counted.
pub(crate) fn line_hash(line: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(line.as_bytes());
    hasher.finish()
}

/// Subject, predicate, object and graph of a canonical line.
pub(super) fn terms(line: &str) -> Option<(&str, &str, &str, &str)> {
    let body = line.strip_suffix(" .\n")?;
    let (subject, rest) = body.split_once(' ')?;
    let (predicate, rest) = rest.split_once(' ')?;
    let end = if rest.starts_with('"') {
        // The last quote closes the literal: graph names hold none.
        let close = rest.rfind('"')?;
        rest[close..].find(" <").map_or(rest.len(), |at| close + at)
    } else {
        rest.find(' ').unwrap_or(rest.len())
    };
    Some((subject, predicate, &rest[..end], rest[end..].trim_start()))
}

/// The named graph of a canonical line, in angle brackets; empty for the default graph.
pub(crate) fn graph_of(line: &str) -> &str {
    terms(line).map_or("", |(_, _, _, graph)| graph)
}

/// The words of the literal that is the object of a canonical line, and the line's named graph.
#[cfg(any(feature = "disk", test))]
pub(crate) fn literal_of(line: &str) -> Option<(String, &str)> {
    let (_, rest) = line.split_once(" \"")?;
    let close = rest.rfind('"')?;
    let (escaped, tail) = (rest.get(..close)?, rest.get(close + 1..)?);
    let graph = tail.find(" <").map_or("", |at| tail[at + 1..].trim_end_matches(['\n', '.', ' ']));
    let mut words = String::with_capacity(escaped.len());
    let mut chars = escaped.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            words.push(c);
            continue;
        }
        words.push(match chars.next()? {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'u' => char::from_u32(u32::from_str_radix(&chars.by_ref().take(4).collect::<String>(), 16).ok()?)?,
            c => c,
        });
    }
    Some((words, graph))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_read_as_written() {
        let text = "“甲”\"乙\"\\\n\u{1}";
        let mut lines = Lines::default();
        lines.put("<a:a>", "<a:p>", &chinese(text), "");
        lines.put("<a:b>", "<a:p>", &typed(text, "string"), "<a:g>");
        lines.put("<a:c>", "<a:p>", "<a:d>", "");
        let read: Vec<_> = lines.lines.iter().map(|line| literal_of(line)).collect();
        assert_eq!(read, [Some((text.to_owned(), "")), Some((text.to_owned(), "<a:g>")), None]);
    }

    #[test]
    fn literals_are_escaped() {
        assert_eq!(chinese("“甲”\"乙\"\\\n\u{1}"), "\"“甲”\\\"乙\\\"\\\\\\n\\u0001\"@zh");
        assert_eq!(typed("1", "integer"), "\"1\"^^<http://www.w3.org/2001/XMLSchema#integer>");
    }
}
