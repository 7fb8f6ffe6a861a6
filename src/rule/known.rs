//! Things that the lexicons know by name: countries and features of nature, persons of public life, events.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::lexicon::{Sources, Table};
use crate::schema::Type;

/// Files of names that mean one thing wherever they stand, with their type and the column of short forms.
const FILES: [(&str, Type, usize); 6] = [
    ("lexicon/country.tsv", Type::Place, 1),
    ("lexicon/world_place.tsv", Type::Place, 1),
    ("lexicon/nature.tsv", Type::Place, 1),
    ("lexicon/site.tsv", Type::Place, 1),
    ("lexicon/region.tsv", Type::Place, 0),
    ("lexicon/event.tsv", Type::Event, 0),
];

/// A person of public life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Figure {
    /// One of the leaders of the Party and the state.
    pub leader: bool,
    /// Others bear the name as well: the name alone proves nothing.
    pub common: bool,
}

/// Names of known things, by type and any of their names, with the name they go by.
#[derive(Debug, Default)]
pub(crate) struct Known {
    things: FxHashMap<(Type, String), String>,
    figures: FxHashMap<String, Figure>,
}

/// The texts of the files, kept until somebody asks.
#[derive(Debug, Default, Clone)]
pub(crate) struct Texts(Vec<(&'static str, Type, usize, String)>, String);

impl Texts {
    pub fn take(sources: &Sources) -> Texts {
        let text = |name: &str| sources.get(name).unwrap_or("").to_owned();
        Texts(
            FILES.iter().map(|(name, kind, short)| (*name, *kind, *short, text(name))).collect(),
            text("lexicon/person.tsv"),
        )
    }

    pub fn read(&self) -> Known {
        let mut out = Known::default();
        let mut twice: FxHashSet<(Type, String)> = FxHashSet::default();
        for (name, kind, short, text) in &self.0 {
            for row in Table::new(name, text).rows() {
                let shorts = row.features().nth(*short).unwrap_or("");
                for word in std::iter::once(row.term).chain(shorts.split(';')).filter(|word| !word.is_empty()) {
                    let key = (*kind, word.to_owned());
                    match out.things.get(&key) {
                        Some(other) if other != row.term && word != row.term => _ = twice.insert(key),
                        _ => _ = out.things.insert(key, row.term.to_owned()),
                    }
                }
            }
        }
        // A short form of two things is neither.
        twice.iter().for_each(|key| _ = out.things.remove(key));
        for row in Table::new("lexicon/person.tsv", &self.1).rows() {
            let figure =
                Figure { leader: row.feature(0).starts_with("leader"), common: row.features().any(|f| f == "common") };
            out.figures.insert(row.term.to_owned(), figure);
        }
        out
    }
}

impl Known {
    /// The name that a known thing goes by.
    pub fn thing(&self, kind: Type, name: &str) -> Option<&str> {
        self.things.get(&(kind, name.to_owned())).map(String::as_str)
    }

    /// The person of public life of that name.
    pub fn figure(&self, name: &str) -> Option<Figure> {
        self.figures.get(name).copied()
    }
}
