//! Facts: typed statements between mentions, with qualifiers and evidence.

use crate::schema::{Predicate, Qualifier, RuleId, Status};
use crate::text::Span;

/// One end of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// The mention at that index.
    Mention(usize),
    /// Words that no mention carries: a quotation, or a name that follows from the text.
    Text(String),
}

/// A typed statement. Offsets are bytes of the reading view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Of whom or what.
    pub subject: Term,
    /// What is said.
    pub predicate: Predicate,
    /// The other end.
    pub object: Term,
    /// Sorted by qualifier; each at most once. A mention stands for its norm.
    pub qualifiers: Vec<(Qualifier, Term)>,
    /// How the text puts it.
    pub status: Status,
    /// The rule that made it.
    pub rule: RuleId,
    /// The words it stands on.
    pub evidence: Span,
}
