//! Which types a predicate joins: its domain and its range.

use crate::schema::{Predicate, Type};

/// What stands at the object's end of a predicate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Range {
    /// An entity of one of these types; the first is taken where the record does not say.
    Entity(&'static [Type]),
    /// A date.
    Date,
    /// A figure.
    Figure,
    /// Words: a quotation or a name.
    Text,
}

/// The types of subject that a predicate takes; the first is taken where the record does not say.
pub const fn domain(predicate: Predicate) -> &'static [Type] {
    use Predicate as P;
    use Type as T;
    match predicate {
        P::HoldsPosition | P::MemberOf | P::Visited | P::Attended | P::Met | P::RelatedTo => &[T::Person],
        P::BornIn | P::BornOn | P::DiedIn | P::DiedOn | P::AgeOf => &[T::Person],
        P::ReceivedAward | P::AlsoKnownAs | P::Said => &[T::Person, T::Organization],
        P::ConfersAward => &[T::Organization, T::Event],
        P::PartOf | P::Founded | P::Issued | P::Runs => &[T::Organization],
        P::LocatedIn => &[T::Organization, T::Place],
        P::HeldOn | P::HeldAt | P::OrganizedBy => &[T::Event],
        P::HasFigure => &[T::Organization, T::Place, T::Person, T::Program, T::Event],
    }
}

/// What a predicate leads to.
pub const fn range(predicate: Predicate) -> Range {
    use Predicate as P;
    use Type as T;
    match predicate {
        P::HoldsPosition => Range::Entity(&[T::Position]),
        P::MemberOf | P::PartOf | P::OrganizedBy => Range::Entity(&[T::Organization]),
        P::ReceivedAward | P::ConfersAward => Range::Entity(&[T::Award]),
        P::Visited => Range::Entity(&[T::Place, T::Organization]),
        P::Attended => Range::Entity(&[T::Event]),
        P::Met => Range::Entity(&[T::Person, T::Organization]),
        P::RelatedTo => Range::Entity(&[T::Person]),
        P::BornIn | P::DiedIn | P::LocatedIn | P::HeldAt => Range::Entity(&[T::Place]),
        P::Issued => Range::Entity(&[T::Document]),
        P::Runs => Range::Entity(&[T::Program]),
        P::BornOn | P::DiedOn | P::Founded | P::HeldOn => Range::Date,
        P::AgeOf | P::HasFigure => Range::Figure,
        P::AlsoKnownAs | P::Said => Range::Text,
    }
}
