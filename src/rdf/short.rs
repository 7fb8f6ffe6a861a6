//! Prefixed names in place of IRIs where the grammar allows them.

use std::collections::BTreeMap;

use super::iri;

/// Shortens IRIs with the prefixes of a base.
#[derive(Debug, Clone)]
pub(crate) struct Shortener {
    /// Prefix and namespace, longest namespace first.
    prefixes: Vec<(String, String)>,
}

impl Shortener {
    /// For IRIs of that base.
    pub(crate) fn new(base: &str) -> Shortener {
        let mut prefixes = iri::prefixes(base);
        prefixes.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then_with(|| a.0.cmp(&b.0)));
        Shortener { prefixes }
    }

    /// `prefix:name` where the name is legal there (SPARQL 1.1, `PN_LOCAL`, without escapes).
    pub(crate) fn short(&self, iri: &str) -> Option<String> {
        let (prefix, space) = self.prefixes.iter().find(|(_, space)| iri.starts_with(space.as_str()))?;
        let name = &iri[space.len()..];
        legal(name).then(|| format!("{prefix}:{name}"))
    }

    /// The prefixes that some of the IRIs begin with, sorted.
    pub(crate) fn used(&self, iris: impl Iterator<Item = String>) -> BTreeMap<String, String> {
        iris.filter_map(|iri| self.prefixes.iter().find(|(_, space)| iri.starts_with(space.as_str())))
            .cloned()
            .collect()
    }

    /// `prefix:name`, else the IRI in angle brackets.
    pub(crate) fn term(&self, iri: &str) -> String {
        self.short(iri).unwrap_or_else(|| format!("<{iri}>"))
    }
}

fn legal(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|c| begins(c) || c.is_ascii_digit() || c == ':')
        && chars.all(|c| {
            begins(c) || c.is_ascii_digit() || matches!(c, '-' | '.' | ':' | '·' | '\u{300}'..='\u{36f}' | '‿' | '⁀')
        })
        && !name.ends_with('.')
}

fn begins(c: char) -> bool {
    matches!(c,
        'a'..='z' | 'A'..='Z' | '_' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}'
        | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}' | '\u{200c}'..='\u{200d}' | '\u{2070}'..='\u{218f}'
        | '\u{2c00}'..='\u{2fef}' | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}'
        | '\u{10000}'..='\u{effff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_where_legal() {
        let short = Shortener::new(iri::BASE);
        let cases = [
            ("https://zhitu.example/person/杨立勇", "person:杨立勇"),
            ("https://zhitu.example/document/《工会法》", "document:《工会法》"),
            ("https://zhitu.example/ontology#runs", "zhitu:runs"),
            ("https://zhitu.example/place/A(B)", "<https://zhitu.example/place/A(B)>"),
            ("https://zhitu.example/run", "<https://zhitu.example/run>"),
            ("https://else.example/x", "<https://else.example/x>"),
            ("http://www.w3.org/2004/02/skos/core#prefLabel", "skos:prefLabel"),
        ];
        for (iri, written) in cases {
            assert_eq!(short.term(iri), written);
        }
    }
}
