//! Mentions: spans of the reading view that name something.

use crate::schema::{Form, RuleId, Type};
use crate::text::Span;

/// A span that names something. Offsets are bytes of the reading view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Where, in bytes of the reading view.
    pub span: Span,
    /// What kind of thing it names.
    pub kind: Type,
    /// Name or title.
    pub form: Form,
    /// EDTF of a date, `value unit` of a figure, the canonical name of anything else; `None` where
    /// the surface (joined over line ends, blanks removed) is already canonical or nothing is known.
    pub norm: Option<String>,
    /// First and last day (ISO `YYYY-MM-DD`) of a date; `None` at an open end.
    pub days: Option<(Option<String>, Option<String>)>,
    /// Nested inside a longer mention: kept for linking, not scored.
    pub inner: bool,
    /// The rule that made it.
    pub rule: RuleId,
}
