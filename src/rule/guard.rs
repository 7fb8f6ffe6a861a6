//! Rules with one guard taken out, to see whether an example needs it.

use super::pattern::{self, Node, NodeForm};
use crate::error::{Error, Result};
use crate::lexicon::Sources;

/// The keys of each mechanism that keep something out. The rest says what is read.
const GUARDS: &[(&str, &[&str])] = &[
    ("head", &["not_heads", "stops", "vague", "yields", "never"]),
    ("brand", &["never"]),
    ("division", &["never"]),
    ("undertaking", &["outside", "against", "vague"]),
    ("quote", &["behind", "not_behind", "before", "ends", "not_kinds", "never", "alone", "content"]),
    ("quotation", &["anonymous"]),
    ("figure", &["after", "stops"]),
    ("part", &["never"]),
    ("stop", &["never"]),
];

/// One guard of one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guard {
    /// The id of the rule.
    pub rule: String,
    /// What is taken out, as written.
    pub what: String,
    /// The file below `rules/`.
    pub file: String,
    /// The file without it.
    pub without: String,
}

/// Every guard of the rule files: `unless` patterns and `!x` of patterns, and the keys by which mechanisms keep
/// something out.
pub fn guards(sources: &Sources) -> Result<Vec<Guard>> {
    let mut found = Vec::new();
    for folder in ["name/", "fact/"] {
        for (file, text) in sources.below(folder).filter(|(file, _)| file.ends_with(".toml")) {
            let table: toml::Table =
                text.parse().map_err(|error: toml::de::Error| Error::new(format!("{file}: {}", error.message())))?;
            let rules = table.get("rule").and_then(toml::Value::as_array).map_or(0, Vec::len);
            for at in 0..rules {
                of_rule(file, &table, at, &mut found)?;
            }
        }
    }
    Ok(found)
}

fn of_rule(file: &str, table: &toml::Table, at: usize, found: &mut Vec<Guard>) -> Result<()> {
    let Some(rule) = table.get("rule").and_then(|rules| rules.get(at)).and_then(toml::Value::as_table) else {
        return Ok(());
    };
    let text = |key: &str| rule.get(key).and_then(toml::Value::as_str).unwrap_or_default();
    let mut add = |what: String, key: &str, value: Option<toml::Value>| -> Result<()> {
        let mut table = table.clone();
        let changed = table.get_mut("rule").and_then(|rules| rules.get_mut(at)).and_then(toml::Value::as_table_mut);
        if let Some(rule) = changed {
            match value {
                Some(value) => _ = rule.insert(key.to_owned(), value),
                None => _ = rule.remove(key),
            }
        }
        let mut without = toml::to_string(&table).map_err(|error| Error::new(format!("{file}: {error}")))?;
        // the lists that only this guard uses count as used
        let lists: Vec<String> = rule.values().filter_map(toml::Value::as_str).map(str::to_owned).collect();
        let unless: Vec<String> = rule.get("unless").map(toml::Value::to_string).into_iter().collect();
        for line in lists.iter().chain(&unless).flat_map(|text| text.lines()) {
            without.push_str(&format!("# {line}\n"));
        }
        found.push(Guard { rule: text("id").to_owned(), what, file: file.to_owned(), without });
        Ok(())
    };
    for (position, unless) in rule.get("unless").and_then(toml::Value::as_array).into_iter().flatten().enumerate() {
        let mut rest = rule.get("unless").and_then(toml::Value::as_array).cloned().unwrap_or_default();
        rest.remove(position);
        add(format!("unless {unless}"), "unless", Some(rest.into()))?;
    }
    let pattern = text("pattern");
    if let Ok(node) = pattern::parse(pattern) {
        let mut ranges = Vec::new();
        exclusions(&node, &mut ranges);
        for (start, end) in ranges {
            let without = format!("{}{}", &pattern[..start], &pattern[end..]);
            add(pattern[start..end].to_owned(), "pattern", Some(without.into()))?;
        }
    }
    let keys = GUARDS.iter().find(|(name, _)| *name == text("mechanism")).map_or(&[][..], |(_, keys)| keys);
    for key in keys.iter().filter(|key| rule.contains_key(**key)) {
        add((*key).to_owned(), key, None)?;
    }
    Ok(())
}

/// The bytes of the `!x` of a pattern.
fn exclusions(node: &Node, found: &mut Vec<(usize, usize)>) {
    match &node.form {
        NodeForm::Guard(_) => found.push((node.start, node.end)),
        NodeForm::Sequence(parts) | NodeForm::Choice(parts) => parts.iter().for_each(|part| exclusions(part, found)),
        NodeForm::Repeat { what, .. } | NodeForm::Capture(_, what) => exclusions(what, found),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_guard_is_taken_out_once() {
        let mut sources = Sources::empty();
        sources.insert(
            "fact/a.toml",
            "stage = 'fact'\n[[rule]]\nid = 'fact.a.b'\npattern = '\"x\" ( !\"y\" any ){0,3} @person'\nunless = ['\"p\"', '\"q\"']\n",
        );
        let found = guards(&sources).unwrap();
        let what: Vec<&str> = found.iter().map(|guard| guard.what.as_str()).collect();
        assert_eq!(what, ["unless '\"p\"'", "unless '\"q\"'", "!\"y\""]);
        assert!(found[0].without.contains("unless = ['\"q\"']"), "{}", found[0].without);
        assert!(found[2].without.contains("( any ){0,3}") || found[2].without.contains("(  any ){0,3}"));
    }
}
