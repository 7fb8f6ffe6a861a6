//! Slots: where a rule takes the subject, object or qualifier of a fact from.

use crate::schema::{Predicate, Qualifier, Type};

/// One place to take a term from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Take {
    /// The mentions that a capture read.
    Capture(String),
    /// The words that a capture read.
    Words(String),
    /// The nearest fitting mention that the text carries on: clause, sentence, paragraph.
    Carried(Vec<Type>),
    /// The mention of these types that opens the clause, or one before it in the sentence.
    Near(Vec<Type>),
    /// The body that the article speaks for.
    Body,
    /// The one person whom the article is about.
    Hero,
    /// How often: the figure with 次 before the match.
    Times,
    /// The nearest fitting mention on the left of the object, inside the match.
    Left,
    /// What the match directly before (only separators between) took here.
    Chain,
    /// The date of the clause.
    Clause,
    /// The date of the clause, else of the sentence.
    Sentence,
    /// The date of the clause, else of the sentence, else of the paragraph.
    Paragraph,
    /// The day of the document.
    Document,
    /// An open interval up to the nearest date of the article: `../2023-12-29`.
    Until,
    /// The figure beside the object, at most a few words away.
    Beside,
    /// As an object: the mention directly before the subject, which the same capture read.
    Previous,
    /// These words.
    Constant(String),
    /// The year that lies the captured number of years before the year of speaking.
    Anniversary(String),
    /// The first day of the captured period, where it is as long as a life.
    Birth(String),
    /// The last day of such a period.
    Death(String),
}

/// Places to take a term from; the first that gives one counts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Slot(pub Vec<Take>);

impl Slot {
    /// Reads `who else @person|organization else body`; the error is the part that is wrong.
    pub fn parse(text: &str) -> Result<Slot, String> {
        text.split(" else ").map(|part| Self::take(part.trim())).collect::<Result<_, _>>().map(Slot)
    }

    fn take(part: &str) -> Result<Take, String> {
        if let Some(types) = part.strip_prefix('@') {
            let types: Option<Vec<Type>> = types.split('|').map(Type::from_name).collect();
            return types.map(Take::Carried).ok_or_else(|| part.to_owned());
        }
        if let Some(types) = part.strip_prefix("near:") {
            let types: Option<Vec<Type>> = types.split('|').map(Type::from_name).collect();
            return types.map(Take::Near).ok_or_else(|| part.to_owned());
        }
        if let Some(name) = part.strip_prefix("words:") {
            return Ok(Take::Words(name.to_owned()));
        }
        if let Some(name) = part.strip_prefix("anniversary:") {
            return Ok(Take::Anniversary(name.to_owned()));
        }
        if let Some(name) = part.strip_prefix("birth:") {
            return Ok(Take::Birth(name.to_owned()));
        }
        if let Some(name) = part.strip_prefix("death:") {
            return Ok(Take::Death(name.to_owned()));
        }
        if let Some(words) = part.strip_prefix('=') {
            return Ok(Take::Constant(words.to_owned()));
        }
        let name = !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        match part {
            "times" => Ok(Take::Times),
            "body" => Ok(Take::Body),
            "hero" => Ok(Take::Hero),
            "left" => Ok(Take::Left),
            "chain" => Ok(Take::Chain),
            "previous" => Ok(Take::Previous),
            "until" => Ok(Take::Until),
            "beside" => Ok(Take::Beside),
            "clause" => Ok(Take::Clause),
            "sentence" => Ok(Take::Sentence),
            "paragraph" => Ok(Take::Paragraph),
            "document" => Ok(Take::Document),
            _ if name => Ok(Take::Capture(part.to_owned())),
            _ => Err(part.to_owned()),
        }
    }

    /// The captures that the slot names.
    pub fn captures(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|take| match take {
            Take::Capture(name)
            | Take::Words(name)
            | Take::Anniversary(name)
            | Take::Birth(name)
            | Take::Death(name) => Some(name.as_str()),
            _ => None,
        })
    }
}

/// One fact that a rule makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactForm {
    /// Of whom.
    pub subject: Slot,
    /// What.
    pub predicate: Predicate,
    /// The other end.
    pub object: Slot,
    /// With what.
    pub qualifiers: Vec<(Qualifier, Slot)>,
    /// Subjects and objects are paired in order (分别) instead of each with each.
    pub paired: bool,
    /// A list of names that are no object of the fact.
    pub never: Option<String>,
}
