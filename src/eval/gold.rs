//! Gold documents: real or written text, marked by hand.
//!
//! A file has three blocks between lines of `---`: headers (`# key: value`), the text with its marks
//! `⟦surface¦type⟧` or `⟦surface¦type¦norm⟧`, and one fact a line, `subject | predicate | object |
//! qualifier=value`. A question mark after a type or a predicate makes it optional.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

use super::plain::{lines, trim};
use crate::error::{Error, Result};
use crate::schema::{Predicate, Qualifier, Type};

/// One gold document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gold {
    /// The stem of its file name.
    pub doc: String,
    /// Day of publication, where the header gives one.
    pub date: Option<String>,
    /// Where the text was published.
    pub source: Option<String>,
    /// What kind of text it is.
    pub genre: Option<String>,
    /// The text without its marks.
    pub text: String,
    /// In text order.
    pub mentions: Vec<GoldMention>,
    /// In file order.
    pub facts: Vec<GoldFact>,
}

/// One marked mention. Offsets are Unicode code points of [`Gold::text`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldMention {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The name of its [`Type`].
    pub kind: Type,
    /// `name` or `title`, as written after `@`.
    pub form: String,
    /// Its words.
    pub text: String,
    /// Normal form, where one is given.
    pub norm: Option<String>,
    /// Finding it is neither rewarded nor punished.
    pub optional: bool,
}

impl GoldMention {
    /// The row of the score table that it counts in: `person`, `person@title`.
    pub fn row(&self) -> String {
        row(self.kind.name(), &self.form)
    }
}

/// The row of the score table for a type and a form.
pub(super) fn row(kind: &str, form: &str) -> String {
    if form == "name" { kind.to_owned() } else { format!("{kind}@{form}") }
}

/// One fact line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldFact {
    /// Canonical name of the subject.
    pub subject: String,
    /// What is said.
    pub predicate: Predicate,
    /// Canonical name, normal form, or the beginning of a quotation.
    pub object: String,
    /// Qualifiers by name.
    pub qualifiers: BTreeMap<String, String>,
    /// Finding it is neither rewarded nor punished.
    pub optional: bool,
}

static MARK: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"⟦([^⟦⟧¦]+)¦([a-z@]+\??)(?:¦([^⟦⟧¦]*))?⟧").expect("a constant pattern"));

impl Gold {
    /// Reads one file; the error names the file and what is wrong in it.
    pub fn read(path: &Path) -> Result<Gold> {
        let name = path.display().to_string();
        let whole = fs::read_to_string(path)
            .map_err(|error| Error::new(format!("cannot read {name}: {error}")).with_help("gold files are UTF-8"))?;
        let doc = path.file_stem().unwrap_or_default().to_string_lossy();
        Gold::parse(&doc, &whole).map_err(|error| error.context(name))
    }

    /// The document in `whole`. Line ends of the file are read as `\n`.
    pub fn parse(doc: &str, whole: &str) -> Result<Gold> {
        let whole = whole.replace("\r\n", "\n").replace('\r', "\n");
        let parts: Vec<&str> = whole.split("\n---\n").collect();
        let [head, marked, facts] = parts[..] else {
            return Err(Error::new(format!("wants three blocks between lines of ---, has {}", parts.len())));
        };
        let mut headers = BTreeMap::new();
        for line in lines(head).filter(|line| line.starts_with('#')) {
            if let Some((key, value)) = line[1..].split_once(':') {
                headers.insert(trim(key), trim(value).to_owned());
            }
        }
        let (text, mentions) = unmark(marked)?;
        let facts = lines(facts).filter(|line| !trim(line).is_empty()).map(fact).collect::<Result<_>>()?;
        let date = headers.remove("date").filter(|date| !date.is_empty());
        let (source, genre) = (headers.remove("source"), headers.remove("genre"));
        Ok(Gold { doc: doc.to_owned(), date, source, genre, text, mentions, facts })
    }

    /// The file that [`Gold::parse`] reads.
    pub fn write(&self) -> String {
        let mut out = String::new();
        for (key, value) in [("source", &self.source), ("date", &self.date), ("genre", &self.genre)] {
            if let Some(value) = value {
                out += &format!("# {key}: {value}\n");
            }
        }
        if out.is_empty() {
            out += "#\n";
        }
        out += "---\n";
        let chars: Vec<char> = self.text.chars().collect();
        let mut at = 0;
        for mention in &self.mentions {
            out.extend(&chars[at.min(mention.start)..mention.start]);
            let form = if mention.form == "name" { String::new() } else { format!("@{}", mention.form) };
            let optional = if mention.optional { "?" } else { "" };
            let norm = mention.norm.as_ref().map(|norm| format!("¦{norm}")).unwrap_or_default();
            out += &format!("⟦{}¦{}{form}{optional}{norm}⟧", mention.text, mention.kind);
            at = mention.end;
        }
        out.extend(&chars[at..]);
        out += "\n---\n";
        for fact in &self.facts {
            let optional = if fact.optional { "?" } else { "" };
            let cells: String = fact.qualifiers.iter().map(|(key, value)| format!(" | {key}={value}")).collect();
            out += &format!("{} | {}{optional} | {}{cells}\n", fact.subject, fact.predicate, fact.object);
        }
        out
    }
}

/// The text without its marks, and what was marked.
fn unmark(marked: &str) -> Result<(String, Vec<GoldMention>)> {
    let (mut text, mut mentions, mut at, mut length) = (String::new(), Vec::new(), 0, 0);
    for mark in MARK.captures_iter(marked) {
        let whole = mark.get(0).expect("group 0 always takes part");
        length += push(&mut text, &marked[at..whole.start()])?;
        let surface = &mark[1];
        let kind = mark[2].trim_end_matches('?');
        let (kind, form) = kind.split_once('@').unwrap_or((kind, ""));
        let Some(kind) = Type::from_name(kind) else {
            return Err(Error::new(format!("unknown type `{kind}` on `{surface}`")));
        };
        let end = length + surface.chars().count();
        mentions.push(GoldMention {
            start: length,
            end,
            kind,
            form: if form.is_empty() { "name" } else { form }.to_owned(),
            text: surface.to_owned(),
            norm: mark.get(3).map(|norm| norm.as_str().to_owned()).filter(|norm| !norm.is_empty()),
            optional: mark[2].ends_with('?'),
        });
        text.push_str(surface);
        length = end;
        at = whole.end();
    }
    push(&mut text, &marked[at..])?;
    Ok((text, mentions))
}

/// Adds unmarked text and gives its length in code points.
fn push(text: &mut String, plain: &str) -> Result<usize> {
    if let Some(at) = plain.find(['⟦', '⟧', '¦']) {
        let near: String = plain[at..].chars().take(30).collect();
        return Err(Error::new(format!("stray mark near `{near}`"))
            .with_help("a mark is ⟦surface¦type⟧ or ⟦surface¦type¦norm⟧; marks do not nest"));
    }
    text.push_str(plain);
    Ok(plain.chars().count())
}

fn fact(line: &str) -> Result<GoldFact> {
    let cells: Vec<&str> = line.split(" | ").map(trim).collect();
    let [subject, predicate, object, rest @ ..] = &cells[..] else {
        return Err(Error::new(format!("a fact needs three cells: `{line}`")));
    };
    let name = predicate.trim_end_matches('?');
    let Some(known) = Predicate::from_name(name) else {
        return Err(Error::new(format!("unknown predicate `{name}`")));
    };
    let mut qualifiers = BTreeMap::new();
    for cell in rest {
        match cell.split_once('=') {
            Some((key, value)) if Qualifier::from_name(key).is_some() && !value.is_empty() => {
                qualifiers.insert(key.to_owned(), value.to_owned());
            }
            _ => return Err(Error::new(format!("bad qualifier `{cell}` in `{line}`"))),
        }
    }
    Ok(GoldFact {
        subject: (*subject).to_owned(),
        predicate: known,
        object: (*object).to_owned(),
        qualifiers,
        optional: predicate.ends_with('?'),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# source: own\n# date: 2025-04-30\n---\n⟦张三¦person⟧在⟦我市¦place?¦甲市⟧，⟦书记¦person@title¦张三⟧说。\n---\n张三 | said? | 好 | time=2025\n";

    #[test]
    fn reads_marks_headers_and_facts() {
        let gold = Gold::parse("a", TEXT).unwrap();
        assert_eq!(gold.text, "张三在我市，书记说。");
        assert_eq!(gold.date.as_deref(), Some("2025-04-30"));
        let rows: Vec<_> = gold.mentions.iter().map(|m| (m.start, m.end, m.row(), m.optional)).collect();
        assert_eq!(
            rows,
            [(0, 2, "person".into(), false), (3, 5, "place".into(), true), (6, 8, "person@title".into(), false)]
        );
        assert_eq!(gold.mentions[1].norm.as_deref(), Some("甲市"));
        assert!(gold.facts[0].optional);
        assert_eq!(gold.facts[0].qualifiers["time"], "2025");
    }

    #[test]
    fn errors_say_what_is_wrong() {
        for (text, part) in [
            ("一\n---\n二", "three blocks"),
            ("#\n---\n⟦张三¦human⟧\n---\n", "unknown type `human`"),
            ("#\n---\n⟦张三¦person\n---\n", "stray mark"),
            ("#\n---\n文\n---\n甲 | 乙", "three cells"),
            ("#\n---\n文\n---\n甲 | likes | 乙", "unknown predicate `likes`"),
            ("#\n---\n文\n---\n甲 | met | 乙 | when=1", "bad qualifier"),
        ] {
            let error = Gold::parse("a", text).unwrap_err().to_string();
            assert!(error.contains(part), "{error}");
        }
    }
}
