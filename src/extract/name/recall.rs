//! What was surely named once in a document is found wherever it stands again.

use std::collections::{BTreeMap, BTreeSet};

use super::memory::Memory;
use crate::document::Document;
use crate::mention::Mention;
use crate::rule::name::Knowledge;
use crate::schema::{Form, RuleId, Type};
use crate::text::Span;

/// A name read because it was surely read elsewhere in the document.
const PERSON: RuleId = RuleId::new("name.person.remembered");
/// A body read because its whole name was read elsewhere in the document.
const BODY: RuleId = RuleId::new("name.organization.remembered");
/// A township or village read because its name was read elsewhere in the document.
const DIVISION: RuleId = RuleId::new("name.place.remembered");
/// A quotation that is an undertaking by its verb alone; too weak to be recalled.
const QUOTE: RuleId = RuleId::new("name.quote.program");
/// An undertaking read because its name was read with its kind elsewhere.
const PROGRAM: RuleId = RuleId::new("name.program.remembered");
/// A short form that is a word as well, read because the text has the whole name.
const SHORT: RuleId = RuleId::new("name.short");

/// Short names of companies.
const BRAND: RuleId = RuleId::new("name.organization.brand");
/// Rules whose names are recalled, and as what.
const RECALLED: [(RuleId, RuleId); 3] = [
    (RuleId::new("name.organization.head"), BODY),
    (RuleId::new("name.organization.brand"), BODY),
    (RuleId::new("name.place.division"), DIVISION),
];

/// Shorter names stand for other things too often.
const FEWEST_CHARACTERS: usize = 3;

/// A short form that counts where its whole name stands in the same document.
#[derive(Debug)]
pub(super) struct Short {
    /// Where.
    pub span: Span,
    /// What it names.
    pub kind: Type,
    /// The whole names that it may stand for.
    pub full: Vec<String>,
}

/// The mentions that the rest of the document gives.
pub(super) fn everywhere(
    doc: &Document,
    found: &[Mention],
    persons: &Memory,
    shorts: &[Short],
    knowledge: &Knowledge,
) -> Vec<Mention> {
    let text = doc.view.folded();
    let mut names: BTreeMap<&str, (Type, RuleId)> = BTreeMap::new();
    for mention in found {
        let name = mention.span.of(text);
        if let Some((_, rule)) = RECALLED.iter().find(|(source, _)| *source == mention.rule)
            && name.chars().count() >= FEWEST_CHARACTERS
        {
            names.insert(name, (mention.kind, *rule));
            // 苏州鼎泽微 is 鼎泽微 as well
            if mention.rule == BRAND
                && let Some(rest) = past_place(name, knowledge).filter(|rest| rest.chars().count() >= FEWEST_CHARACTERS)
            {
                names.entry(rest).or_insert((mention.kind, *rule));
            }
        }
    }
    names.extend(persons.known().map(|name| (name, (Type::Person, PERSON))));
    let taken = Taken::new(found);
    let mention =
        |span, (kind, rule)| Mention { span, kind, form: Form::Name, norm: None, days: None, inner: false, rule };
    let words: Vec<&str> = names.keys().copied().collect();
    let meanings: Vec<(Type, RuleId)> = names.values().copied().collect();
    let mut more = Vec::new();
    for (which, start) in doc.view.separate_occurrences(&words) {
        let span = Span::new(start, start + words[which].len());
        if !taken.overlaps(span, meanings[which].0) {
            more.push(mention(span, meanings[which]));
        }
    }
    let whole: BTreeSet<&str> = if shorts.is_empty() {
        BTreeSet::new()
    } else {
        found.iter().filter(|m| matches!(m.kind, Type::Place | Type::Organization)).map(|m| m.span.of(text)).collect()
    };
    for short in shorts.iter().filter(|short| short.full.iter().any(|full| whole.contains(full.as_str()))) {
        if !taken.overlaps(short.span, short.kind) {
            more.push(mention(short.span, (short.kind, SHORT)));
        }
    }
    more
}

/// The name behind the listed place that it begins with.
fn past_place<'a>(name: &'a str, knowledge: &Knowledge) -> Option<&'a str> {
    let ends = name.char_indices().map(|(at, _)| at).skip(2).take(2);
    let place = |at: &usize| {
        let entry = knowledge.lexicon.find(&name[..*at]).map(|entry| knowledge.lexicon.entry(entry));
        entry.is_some_and(|entry| entry.classes.any(knowledge.place))
    };
    ends.filter(place).last().map(|at| &name[at..])
}

/// The places of quoted names that begin an undertaking elsewhere in the document: “草原书屋” where
/// “草原书屋”工程 was read.
pub(super) fn undertakings(doc: &Document, found: &[Mention]) -> Vec<Mention> {
    let text = doc.view.folded();
    let quoted = |m: &Mention| {
        let name = m.span.of(text);
        let end = name.find('”')? + '”'.len_utf8();
        let whole = name.starts_with('“') && (4..=12).contains(&name[..end].chars().count());
        whole.then(|| name[..end].to_owned())
    };
    let programs = found.iter().filter(|m| m.kind == Type::Program && m.rule != QUOTE);
    let names: BTreeSet<String> = programs.filter_map(quoted).collect();
    if names.is_empty() {
        return Vec::new();
    }
    let words: Vec<&str> = names.iter().map(String::as_str).collect();
    let taken = Taken::new(found);
    doc.view
        .separate_occurrences(&words)
        .into_iter()
        .map(|(which, start)| Span::new(start, start + words[which].len()))
        .filter(|&span| Type::ALL.iter().all(|&kind| !taken.overlaps(span, kind)))
        .map(|span| Mention {
            span,
            kind: Type::Program,
            form: Form::Name,
            norm: None,
            days: None,
            inner: false,
            rule: PROGRAM,
        })
        .collect()
}

/// The places of what was found, by type.
pub(super) struct Taken([Vec<Span>; Type::ALL.len()]);

impl Taken {
    pub(super) fn new(found: &[Mention]) -> Taken {
        let mut spans: [Vec<Span>; Type::ALL.len()] = Default::default();
        for mention in found {
            spans[mention.kind as usize].push(mention.span);
        }
        for list in &mut spans {
            list.sort_unstable();
            // with the furthest end so far, the last one that starts before a place says whether any reaches it
            let mut reach = 0;
            for span in list {
                reach = reach.max(span.end);
                span.end = reach;
            }
        }
        Taken(spans)
    }

    /// Whether a mention of that type shares characters with the span.
    pub(super) fn overlaps(&self, span: Span, kind: Type) -> bool {
        let list = &self.0[kind as usize];
        let next = list.partition_point(|other| other.start < span.end);
        next.checked_sub(1).is_some_and(|last| list[last].end > span.start)
    }
}
