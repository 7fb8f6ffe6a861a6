//! How each argument of a fact was found: what `explain` tells.

use crate::rule::Take;
use crate::schema::{Qualifier, RuleId};

/// A place of a fact that something fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Of whom or what.
    Subject,
    /// The other end.
    Object,
    /// With what.
    Qualifier(Qualifier),
}

/// Where an argument comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// It stands in the words that the rule read.
    Read,
    /// The words themselves.
    Words,
    /// It touches the figure.
    Adjacent,
    /// The figure is part of its attribute (历时12天的运动会).
    Described,
    /// The figure counts those who take part in it.
    Attended,
    /// It is the subject of the clause.
    Clause,
    /// It is the subject of a clause before, in the sentence.
    Sentence,
    /// It is the nearest fitting subject: of the clause, of one before it, of a sentence before.
    Carried,
    /// It opens the clause, or one before it in the sentence.
    Opening,
    /// 他, 她 stand for it.
    Pronoun,
    /// A noun stands for it (该院, 水库).
    Noun,
    /// The title of the article names it.
    Heading,
    /// The article speaks for it.
    Body,
    /// The article is about this person and no other.
    Hero,
    /// It is the nearest on the left of the object.
    Left,
    /// The line above is a list's heading and names it.
    Listed,
    /// The list item before gave it.
    Chain,
    /// It stands beside the object.
    Beside,
    /// The level above in a name or a row of names.
    Level,
    /// A date: of the clause, else the sentence, else the paragraph, as far as the rule looks.
    Time,
    /// Counted back from the year of speaking.
    Counted,
    /// The rule says so.
    Rule,
    /// The speaker named before, behind or above the quotation.
    Speaker,
}

impl How {
    /// Where a place of a rule takes its terms from.
    pub fn of(take: &Take) -> How {
        match take {
            Take::Capture(_) => How::Read,
            Take::Words(_) => How::Words,
            Take::Carried(_) => How::Carried,
            Take::Near(_) => How::Opening,
            Take::Body => How::Body,
            Take::Hero => How::Hero,
            Take::Times | Take::Beside => How::Beside,
            Take::Left => How::Left,
            Take::Chain => How::Chain,
            Take::Clause | Take::Sentence | Take::Paragraph | Take::Document | Take::Until => How::Time,
            Take::Previous => How::Level,
            Take::Constant(_) => How::Rule,
            Take::Anniversary(_) => How::Counted,
            Take::Birth(_) | Take::Death(_) => How::Read,
        }
    }
}

/// An argument: which, whence, and its number among how many where it is one of a list.
#[derive(Debug, Clone, Copy)]
pub struct Argument {
    /// Which place it fills.
    pub part: Part,
    /// Whence.
    pub how: How,
    /// Number, from one, and length of the list.
    pub item: Option<(usize, usize)>,
}

/// Where a fact was read and how its arguments were found.
#[derive(Debug, Clone)]
pub struct Trace {
    /// The sentence.
    pub line: usize,
    /// What the rule read: bytes of the skeleton.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// In the order in which they were taken.
    pub arguments: Vec<Argument>,
    /// Other rules that read the same fact.
    pub also: Vec<RuleId>,
}

impl Trace {
    /// Of what stands between two bytes of a line's skeleton.
    pub fn of(line: usize, start: usize, end: usize) -> Trace {
        Trace { line, start, end, arguments: Vec::new(), also: Vec::new() }
    }

    /// With an argument.
    pub fn with(mut self, part: Part, how: How) -> Trace {
        self.arguments.push(Argument { part, how, item: None });
        self
    }

    /// With the subject.
    pub fn subject(self, how: How) -> Trace {
        self.with(Part::Subject, how)
    }
}
