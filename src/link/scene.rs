//! What linking sees of one document: its words, its script and how it writes names.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::name::joined;
use crate::document::{Document, ParagraphKind};
use crate::mention::Mention;
use crate::rule::linking::Linker;
use crate::schema::{Form, RuleId, Type};
use crate::text::Span;

/// One document under work.
pub(super) struct Scene<'a> {
    pub doc: &'a Document,
    pub linker: &'a Linker,
    /// Simplified character to the traditional one that this text writes; empty in a simplified text.
    script: FxHashMap<char, char>,
    traditional: bool,
}

impl<'a> Scene<'a> {
    pub fn new(doc: &'a Document, linker: &'a Linker) -> Scene<'a> {
        let (text, folded) = (doc.view.text(), doc.view.folded());
        let mut script = FxHashMap::default();
        if text != folded {
            for at in differences(text, folded) {
                let (long, short) = (text[at..].chars().next(), folded[at..].chars().next());
                if let Some((long, short)) = long.zip(short) {
                    script.entry(short).or_insert(long);
                }
            }
        }
        // A few variant characters do not make a text a traditional one.
        let traditional = script.len() * 8 > folded.chars().take(400).count().max(40);
        Scene { doc, linker, script, traditional }
    }

    /// The words of a span as the text writes them.
    pub fn text(&self, span: Span) -> &'a str {
        self.doc.view.text().get(span.range()).unwrap_or("")
    }

    /// The words of a span in simplified characters.
    pub fn folded(&self, span: Span) -> &'a str {
        self.doc.view.folded().get(span.range()).unwrap_or("")
    }

    /// The whole text in simplified characters.
    pub fn whole(&self) -> &'a str {
        self.doc.view.folded()
    }

    /// The name of a mention as written, joined.
    pub fn name(&self, mention: &Mention) -> Cow<'a, str> {
        joined(self.text(mention.span))
    }

    /// The same in simplified characters.
    pub fn fold(&self, mention: &Mention) -> Cow<'a, str> {
        joined(self.folded(mention.span))
    }

    /// The canonical name of a mention as far as it is known.
    pub fn canonical(&self, mention: &Mention) -> String {
        mention.norm.clone().unwrap_or_else(|| self.name(mention).into_owned())
    }

    /// Any name in simplified characters.
    pub fn simple<'n>(&self, name: &'n str) -> Cow<'n, str> {
        if !self.traditional {
            return Cow::Borrowed(name);
        }
        Cow::Owned(self.linker.simple(name))
    }

    /// A name of the tables in the script of the text.
    pub fn write(&self, simple: &str) -> String {
        if !self.traditional {
            return simple.to_owned();
        }
        let write = |c: char| self.script.get(&c).or_else(|| self.linker.traditional.get(&c)).copied().unwrap_or(c);
        simple.chars().map(write).collect()
    }

    /// What stands before a byte of the text, blanks left out of account.
    pub fn before(&self, at: usize) -> &'a str {
        self.whole().get(..at).unwrap_or("").trim_end_matches([' ', '\u{3000}'])
    }

    /// What stands from a byte of the text on.
    pub fn after(&self, at: usize) -> &'a str {
        self.whole().get(at..).unwrap_or("")
    }

    /// Index of the paragraph that holds a byte.
    pub fn paragraph(&self, at: usize) -> Option<usize> {
        let after = self.doc.paragraphs.partition_point(|p| p.span.start <= at);
        after.checked_sub(1)
    }

    /// The sentence that holds a byte, else the byte alone.
    pub fn sentence(&self, at: usize) -> Span {
        let after = self.doc.sentences.partition_point(|s| s.span.start <= at);
        after.checked_sub(1).map_or(Span::new(at, at), |i| self.doc.sentences[i].span)
    }

    /// Whether a byte stands in a headline or a heading.
    pub fn heading(&self, at: usize) -> bool {
        self.paragraph(at).is_some_and(|p| self.doc.paragraphs[p].kind == ParagraphKind::Heading)
    }
}

/// Where two texts of the same length, character by character, have different characters.
fn differences<'t>(one: &'t str, other: &'t str) -> impl Iterator<Item = usize> + 't {
    /// Bytes that are compared at once.
    const STRETCH: usize = 64;
    let (a, b) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let end = (at + STRETCH).min(a.len());
            let (here, there) = (a.get(at..end)?, b.get(at..end)?);
            if here == there {
                at = end;
                if at == a.len() {
                    return None;
                }
                continue;
            }
            let mut start = at + here.iter().zip(there).position(|(a, b)| a != b)?;
            while !one.is_char_boundary(start) {
                start -= 1;
            }
            at = start + one[start..].chars().next()?.len_utf8();
            return Some(start);
        }
    })
}

/// A title mention of a known person.
pub(super) fn title(span: Span, norm: String, rule: RuleId) -> Mention {
    Mention { span, kind: Type::Person, form: Form::Title, norm: Some(norm), days: None, inner: false, rule }
}

/// A name that the text gave a meaning before.
pub(super) fn name(span: Span, kind: Type, norm: String, rule: RuleId) -> Mention {
    Mention { span, kind, form: Form::Name, norm: Some(norm), days: None, inner: false, rule }
}

/// Names longer than this (in bytes) are not looked for around a place.
const REACH: usize = 600;

/// The mentions that may touch a span or stand a short way off; `mentions` are sorted by start.
pub(super) fn near(mentions: &[Mention], span: Span) -> &[Mention] {
    let from = mentions.partition_point(|m| m.span.start + REACH < span.start);
    let to = mentions.partition_point(|m| m.span.start <= span.end + REACH / 3);
    mentions.get(from..to).unwrap_or(&[])
}
