//! What is written in a rule file, with places: the TOML before it is checked against anything else.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::diagnostic::Diagnostic;

/// A string and its bytes in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The string.
    pub text: String,
    /// Where it stands, quotes included.
    pub place: Range<usize>,
    /// Where its first character stands, if every byte of the file stands for itself.
    inside: Option<usize>,
}

impl Text {
    /// The bytes of the file that a range of the string stands for.
    pub fn at(&self, range: Range<usize>) -> Range<usize> {
        match self.inside {
            Some(start) => start + range.start..start + range.end,
            None => self.place.clone(),
        }
    }
}

/// One table of the file, read key by key; what is left over was not known.
pub struct Reader<'a> {
    file: &'a str,
    source: &'a str,
    table: &'a DeTable<'a>,
    /// The whole table.
    pub place: Range<usize>,
    known: Vec<&'static str>,
}

impl<'a> Reader<'a> {
    /// A reader of one table.
    pub fn new(file: &'a str, source: &'a str, table: &'a DeTable<'a>, place: Range<usize>) -> Self {
        Reader { file, source, table, place, known: Vec::new() }
    }

    fn get(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.known.push(key);
        self.table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
    }

    fn wrong(&self, key: &str, value: &Spanned<DeValue<'_>>, wanted: &str) -> Diagnostic {
        Diagnostic::new("R001", self.file, value.span(), format!("`{key}` is {wanted}")).label("not that")
    }

    fn string(&self, value: &Spanned<DeValue<'_>>) -> Option<Text> {
        let DeValue::String(text) = value.get_ref() else { return None };
        let place = value.span();
        let raw = self.source.get(place.clone()).unwrap_or("");
        let inside = raw.find(text.as_ref()).filter(|_| !text.is_empty()).map(|at| place.start + at);
        Some(Text { text: text.to_string(), place, inside })
    }

    /// A string.
    pub fn text(&mut self, key: &'static str, problems: &mut Vec<Diagnostic>) -> Option<Text> {
        let value = self.get(key)?;
        let text = self.string(value);
        if text.is_none() {
            problems.push(self.wrong(key, value, "a string"));
        }
        text
    }

    /// A list of strings; a single string is a list of one.
    pub fn texts(&mut self, key: &'static str, problems: &mut Vec<Diagnostic>) -> Vec<Text> {
        let Some(value) = self.get(key) else { return Vec::new() };
        if let Some(text) = self.string(value) {
            return vec![text];
        }
        let DeValue::Array(items) = value.get_ref() else {
            problems.push(self.wrong(key, value, "a list of strings"));
            return Vec::new();
        };
        let texts: Vec<Text> = items.iter().filter_map(|item| self.string(item)).collect();
        if texts.len() < items.len() {
            problems.push(self.wrong(key, value, "a list of strings"));
        }
        texts
    }

    /// The tables of a list.
    pub fn tables(&mut self, key: &'static str, problems: &mut Vec<Diagnostic>) -> Vec<Reader<'a>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            problems.push(self.wrong(key, value, "a list of tables"));
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::Table(table) => tables.push(Reader::new(self.file, self.source, table, item.span())),
                _ => problems.push(self.wrong(key, item, "a list of tables")),
            }
        }
        tables
    }

    /// Every key with a string for a value.
    pub fn all_texts(&mut self, problems: &mut Vec<Diagnostic>) -> Vec<(Text, Text)> {
        let mut all = Vec::new();
        for (key, value) in self.table {
            let name = Text { text: key.get_ref().to_string(), place: key.span(), inside: None };
            match self.string(value) {
                Some(text) => all.push((name, text)),
                None => problems.push(self.wrong(&name.text, value, "a string")),
            }
        }
        all.sort_by_key(|(key, _)| key.place.start);
        all
    }

    /// The values of a list of any kind, as plain TOML.
    pub fn values(&mut self, key: &'static str) -> Vec<toml::Value> {
        match self.get(key).map(|value| (value, value.get_ref())) {
            Some((_, DeValue::Array(items))) => items.iter().map(|item| plain(item.get_ref())).collect(),
            Some((value, _)) => vec![plain(value.get_ref())],
            None => Vec::new(),
        }
    }

    /// Reports the keys that nobody asked for.
    pub fn finish(&self, problems: &mut Vec<Diagnostic>) {
        for (key, _) in self.table {
            if !self.known.contains(&key.get_ref().as_ref()) {
                problems.push(
                    Diagnostic::new("R001", self.file, key.span(), format!("unknown key `{}`", key.get_ref()))
                        .label(format!("known: {}", self.known.join(", ")))
                        .suggest(key.get_ref(), self.known.iter().copied()),
                );
            }
        }
    }

    /// The keys that nobody asked for, as plain TOML: details for the stage that reads them.
    pub fn rest(&self) -> toml::Table {
        self.table
            .iter()
            .filter(|(key, _)| !self.known.contains(&key.get_ref().as_ref()))
            .map(|(key, value)| (key.get_ref().to_string(), plain(value.get_ref())))
            .collect()
    }

    /// Where the strings of the rest stand.
    pub fn rest_texts(&self) -> Vec<Text> {
        self.table
            .iter()
            .filter(|(key, _)| !self.known.contains(&key.get_ref().as_ref()))
            .filter_map(|(_, value)| self.string(value))
            .collect()
    }
}

fn plain(value: &DeValue<'_>) -> toml::Value {
    match value {
        DeValue::String(text) => toml::Value::String(text.to_string()),
        DeValue::Integer(number) => {
            i64::from_str_radix(&number.as_str().replace('_', ""), number.radix()).unwrap_or_default().into()
        }
        DeValue::Float(number) => number.as_str().parse::<f64>().unwrap_or_default().into(),
        DeValue::Boolean(flag) => (*flag).into(),
        DeValue::Datetime(time) => toml::Value::Datetime(*time),
        DeValue::Array(items) => toml::Value::Array(items.iter().map(|item| plain(item.get_ref())).collect()),
        DeValue::Table(table) => toml::Value::Table(
            table.iter().map(|(key, value)| (key.get_ref().to_string(), plain(value.get_ref()))).collect(),
        ),
    }
}

/// Parses a file; syntax errors become diagnostics.
pub fn parse<'a>(file: &str, source: &'a str, problems: &mut Vec<Diagnostic>) -> Spanned<DeTable<'a>> {
    let (table, errors) = DeTable::parse_recoverable(source);
    for error in errors {
        let place = error.span().unwrap_or(0..0);
        let message: Cow<'_, str> = error.message().into();
        problems.push(Diagnostic::new("R000", file, place, message).label("here"));
    }
    table
}
