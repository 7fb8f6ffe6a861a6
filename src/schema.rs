//! The closed vocabulary: mention types, predicates, qualifiers, statuses, and rule ids.
//!
//! What each means is written in the annotation guide that the gold texts follow; the names here are
//! the names used in rule files, records, RDF and scores.

use std::collections::HashSet;
use std::fmt;
use std::sync::{LazyLock, Mutex};

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant,)* }

        impl $name {
            /// Every member, in declaration order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The name used in rule files, records and RDF.
            pub const fn name(self) -> &'static str {
                match self { $($name::$variant => $text,)* }
            }

            /// The member of that name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($text => Some($name::$variant),)* _ => None }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(self.name()) }
        }
    };
}

vocabulary! {
    /// What a mention names.
    Type {
        /// A named individual.
        Person = "person",
        /// A named body.
        Organization = "organization",
        /// A named place or facility.
        Place = "place",
        /// A point, period, era or festival on the calendar.
        Date = "date",
        /// A number with its unit or measure word.
        Figure = "figure",
        /// A named initiative that someone carries out.
        Program = "program",
        /// An honour, medal or prize.
        Award = "award",
        /// A named meeting, congress, competition, occasion, war or disaster.
        Event = "event",
        /// A titled work, law, plan or report.
        Document = "document",
        /// A post or job.
        Position = "position",
        /// A set policy phrase (提法).
        Formulation = "formulation",
    }
}

vocabulary! {
    /// Whether a mention is a name, or a title that stands for a known person.
    Form {
        /// A name.
        Name = "name",
        /// A title, epithet or partial reference.
        Title = "title",
    }
}

vocabulary! {
    /// What a fact says of its subject.
    Predicate {
        /// person → position.
        HoldsPosition = "holdsPosition",
        /// person → organization.
        MemberOf = "memberOf",
        /// person or organization → award.
        ReceivedAward = "receivedAward",
        /// organization or event → award.
        ConfersAward = "confersAward",
        /// person or organization → another name.
        AlsoKnownAs = "alsoKnownAs",
        /// person → place or organization.
        Visited = "visited",
        /// person → event.
        Attended = "attended",
        /// person → person or organization.
        Met = "met",
        /// person or organization → the quotation.
        Said = "said",
        /// person → person.
        RelatedTo = "relatedTo",
        /// person → place.
        BornIn = "bornIn",
        /// person → date.
        BornOn = "bornOn",
        /// person → place.
        DiedIn = "diedIn",
        /// person → date.
        DiedOn = "diedOn",
        /// person → figure.
        AgeOf = "ageOf",
        /// organization → parent organization.
        PartOf = "partOf",
        /// organization or place → place.
        LocatedIn = "locatedIn",
        /// organization → date.
        Founded = "founded",
        /// organization → document.
        Issued = "issued",
        /// organization → program.
        Runs = "runs",
        /// event → date.
        HeldOn = "heldOn",
        /// event → place.
        HeldAt = "heldAt",
        /// event → organization.
        OrganizedBy = "organizedBy",
        /// anything → figure.
        HasFigure = "hasFigure",
    }
}

vocabulary! {
    /// What qualifies a fact.
    Qualifier {
        /// EDTF.
        Time = "time",
        /// A place.
        Place = "place",
        /// The body in which a post is held.
        Org = "org",
        /// What is counted, or what the object is to the subject.
        Role = "role",
        /// How many, as a figure.
        Count = "count",
    }
}

vocabulary! {
    /// How the text puts a fact.
    Status {
        /// Said to be so.
        Stated = "stated",
        /// Intended (将, 拟, 力争).
        Planned = "planned",
        /// Denied (未, 不再).
        Negated = "negated",
        /// Told by another (据悉).
        Reported = "reported",
    }
}

/// The id of a rule, such as `value.date.year`. Cheap to copy and to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(&'static str);

impl RuleId {
    /// An id known at compile time.
    pub const fn new(id: &'static str) -> Self {
        RuleId(id)
    }

    /// The id of that text. Each distinct id is kept for the life of the process.
    pub fn intern(id: &str) -> Self {
        static IDS: LazyLock<Mutex<HashSet<&'static str>>> = LazyLock::new(Mutex::default);
        let mut ids = IDS.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(known) = ids.get(id) {
            return RuleId(known);
        }
        let kept: &'static str = Box::leak(id.to_owned().into_boxed_str());
        ids.insert(kept);
        RuleId(kept)
    }

    /// The text of the id.
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}
