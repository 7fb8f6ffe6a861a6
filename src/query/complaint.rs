//! Syntax errors that point into the query.

use spargebra::{Query, SparqlParser};

use super::list;
use crate::error::{Error, Result};
use crate::rdf;
use crate::store::failed;

/// What the parser said of a query, with the line it stands in, a mark below the place, and a hint.
pub(super) fn of(sparql: &str, said: &str) -> Error {
    let Some((line, column, what)) = place(said) else {
        return with_hint(Error::new(format!("the query is wrong: {said}")), sparql, said, "");
    };
    let (offset, what) = blame(sparql, offset(sparql, line, column), what);
    let before: String = sparql.chars().take(offset).collect();
    let rest: String = sparql.chars().skip(offset).collect();
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let column = before[start..].chars().count() + 1;
    let text = sparql.lines().nth(line - 1).unwrap_or("");
    let blank = " ".repeat(line.to_string().len());
    let indent = " ".repeat(unicode_width::UnicodeWidthStr::width(&before[start..]));
    let message = format!(
        "the query is wrong at line {line}, column {column}\n {blank} |\n {line} | {text}\n {blank} | {indent}^ {what}"
    );
    with_hint(Error::new(message), sparql, said, &rest)
}

/// Code points before a line and column (both from 1).
fn offset(sparql: &str, line: usize, column: usize) -> usize {
    let before: usize = sparql.split_inclusive('\n').take(line - 1).map(|l| l.chars().count()).sum();
    before + column.saturating_sub(1)
}

/// The place that is really meant, and what to say of it. The parser compares a keyword by as many
/// characters as it has, and so points past the place by the length of the shortest one it wanted.
fn blame(sparql: &str, offset: usize, what: &str) -> (usize, String) {
    let list = what.strip_prefix("expected one of ").or_else(|| what.strip_prefix("expected ")).unwrap_or(what);
    if list.contains("Prefix not found") {
        let before: Vec<char> = sparql.chars().take(offset).collect();
        let name = before.iter().rev().take_while(|c| !c.is_whitespace() && !"{(;,.".contains(**c)).count();
        return (offset - name, "this prefix is not declared".to_owned());
    }
    let wanted: Vec<&str> = list.split(", ").collect();
    let keyword = |word: &&&str| word.len() > 1 && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if wanted.iter().all(|word| keyword(&word) || *word == "[_]") {
        let shortest = wanted.iter().filter(keyword).map(|word| word.len()).min().unwrap_or(0);
        return (offset.saturating_sub(shortest), "this cannot stand here".to_owned());
    }
    let mut marks: Vec<&str> = wanted
        .iter()
        .filter_map(|word| word.strip_prefix('"')?.strip_suffix('"'))
        .filter(|mark| matches!(*mark, "{" | "}" | "(" | ")" | "." | ";" | "," | ">" | "]"))
        .collect();
    marks.dedup();
    if list.starts_with("\"\\\"\"") {
        (offset, "the quoted words do not end".to_owned())
    } else if marks.is_empty() {
        (offset, "this cannot stand here".to_owned())
    } else {
        (offset, format!("one of these was expected: {}", marks.join(" ")))
    }
}

/// Reads a query. Prefixes of a build with that base and the usual ones need no declaration.
pub(super) fn parsed(base: &str, sparql: &str) -> Result<Query> {
    let mut parser = SparqlParser::new().with_custom_aggregate_function(list::name(base)?);
    for (prefix, space) in rdf::prefixes(base) {
        parser = parser.with_prefix(prefix, space).map_err(failed)?;
    }
    parser.parse_query(sparql).map_err(|error| of(sparql, &error.to_string()))
}

/// Checks a question's template with harmless values in its places.
pub(super) fn template(file: &str, body: &str) -> Result<()> {
    let mut filled = String::new();
    let mut rest = body;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, tail)) = after.split_once("}}") else {
            return Err(Error::new(format!("{file}: a {{{{ has no }}}}")));
        };
        filled += before;
        filled += match name.rsplit_once('.').map(|(_, part)| part) {
            Some("given") => "true",
            Some(_) => "\"2000-01-01\"^^xsd:date",
            None if name == "path" => "(1 <urn:a> <urn:b> <urn:c>)",
            None => "\"x\"",
        };
        rest = tail;
    }
    filled += rest;
    parsed(rdf::BASE, &filled).map(drop).map_err(|error| error.context(file))
}

/// Line, column and expectation in `error at 1:10: expected …`.
fn place(said: &str) -> Option<(usize, usize, &str)> {
    let at = said.find("error at ")? + "error at ".len();
    let (place, what) = said[at..].split_once(": ")?;
    let (line, column) = place.split_once(':')?;
    Some((line.parse().ok().filter(|line| *line > 0)?, column.parse().ok()?, what))
}

fn with_hint(error: Error, sparql: &str, said: &str, rest: &str) -> Error {
    let first = rest.chars().next();
    // The first word of what follows that is neither variable nor prefixed.
    let bare = rest.split_whitespace().find(|word| !word.starts_with('?')).and_then(|word| word.chars().next());
    let before = sparql.strip_suffix(rest).unwrap_or(sparql).trim_end().to_ascii_uppercase();
    let hint = match first {
        _ if said.contains("refix") => {
            "the known prefixes are listed by `zhitu query --prefixes`; declare others with PREFIX"
        }
        Some('“' | '”' | '‘' | '’' | '—') => {
            "curly quotes and dashes are dropped from names: leave them out, or write \"…\"@zh for words"
        }
        Some('（' | '）' | '｛' | '｝' | '？' | '，' | '；' | '。') => {
            "this is a full-width mark: SPARQL takes ( ) { } ? , ; ."
        }
        _ if bare.is_some_and(|c| c.is_alphabetic() && !c.is_ascii()) => {
            "names stand behind a prefix: person:杨立勇, zhitu:receivedAward; words stand in quotes: \"工匠\"@zh"
        }
        _ if before.ends_with("ORDER") || before.ends_with("GROUP") => "ORDER and GROUP are followed by BY",
        Some('(' | ')' | '/' | '&' | '+') => {
            "write names with such marks as an IRI in < >, or put a backslash before the mark"
        }
        None if sparql.matches('{').count() > sparql.matches('}').count() => "a } is missing",
        _ if sparql.matches('"').count() % 2 == 1 => "a closing \" is missing",
        _ if !sparql.contains('{') => "a query has its pattern in braces: SELECT ?谁 { ?谁 zhitu:receivedAward ?奖 }",
        _ => "`zhitu query --list` shows questions that need no SPARQL",
    };
    error.with_help(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_found() {
        assert_eq!(place("error at 2:7: expected one of x"), Some((2, 7, "expected one of x")));
        assert_eq!(place("no place"), None);
    }
}
