//! Values: dates and quantities of Chinese text, read and computed.

use crate::error::Result;
use crate::lexicon::Sources;
use crate::schema::{RuleId, Type};
use crate::text::Span;

/// The readers with their tables.
#[derive(Debug, Default)]
pub struct Values {}

/// What relative dates count from.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    /// Day of the document as EDTF.
    pub published: Option<String>,
}

/// One value found in a text. Offsets are bytes of the text given.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Where it stands.
    pub span: Span,
    /// [`Type::Date`] or [`Type::Figure`].
    pub kind: Type,
    /// EDTF, or `[~<>]value unit`; `None` for a vague date (近年来).
    pub norm: Option<String>,
    /// First and last day (ISO) of a date; `None` at an open end.
    pub days: Option<(Option<String>, Option<String>)>,
    /// The reader.
    pub rule: RuleId,
}

impl Values {
    /// The readers over the tables of `sources`.
    pub fn load(_sources: &Sources) -> Result<Values> {
        Ok(Values {})
    }

    /// The values of one paragraph, in order, none overlapping. The clock is carried from paragraph to
    /// paragraph of an article: relative dates count from it and named dates move it.
    pub fn read(&self, _text: &str, _clock: &mut Clock) -> Vec<Reading> {
        Vec::new()
    }
}
