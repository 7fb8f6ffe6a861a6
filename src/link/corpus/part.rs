//! Linking again only what a change of some documents concerns.
//!
//! Linking compares things of one key, joins bodies with their short forms, and numbers namesakes. So the things of a
//! corpus fall into groups that know nothing of one another, and those of which no member changed are what they were.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet;

use super::groups::Groups;
use super::reprint::{self, Print};
use super::set::Set;
use super::sheet::{Implied, View, family};
use super::work::{Doc, Persons, Sets, Work};
use super::{Corpus, link};
use crate::rule::linking::Linker;
use crate::schema::Type;

/// The documents of a corpus by name, before and after a change.
#[derive(Clone, Copy)]
pub struct Change<'v, 'a> {
    /// As they were.
    pub before: &'v [View<'a>],
    /// As they are.
    pub after: &'v [View<'a>],
    /// Those that are new, gone or another.
    pub documents: &'v BTreeSet<&'a str>,
}

/// The things that a change concerns, and they alone: all of their members are there. Of the decisions about them only
/// those that differ.
#[derive(Default)]
pub struct Relinked {
    /// As they were.
    pub before: Corpus,
    /// As they are.
    pub after: Corpus,
    /// What only facts name in the documents as they were, by document.
    pub implied_before: BTreeMap<String, Vec<Implied>>,
    /// The same as they are.
    pub implied_after: BTreeMap<String, Vec<Implied>>,
}

/// The document of that name.
pub fn find<'v, 'a>(views: &'v [View<'a>], doc: &str) -> Option<&'v View<'a>> {
    views.binary_search_by(|view| view.doc.cmp(doc)).ok().map(|at| &views[at])
}

/// Keys and families of ids that a change concerns.
#[derive(Default)]
struct Concerned {
    keys: FxHashSet<u64>,
    families: FxHashSet<u64>,
}

impl Concerned {
    fn size(&self) -> usize {
        self.keys.len() + self.families.len()
    }

    /// What differs between two states of one document.
    fn differing(&mut self, one: Option<&View<'_>>, other: Option<&View<'_>>) -> Option<()> {
        let head = |view: Option<&View<'_>>| {
            let head = view?.head()?;
            Some((head.date.clone(), head.scope.province, head.scope.district, view?.origin.to_owned()))
        };
        let same_head = head(one).is_some_and(|mine| head(other) == Some(mine));
        let both = one.zip(other).and_then(|(one, other)| Some((one.head()?.persons()?, other.head()?.persons()?)));
        let same_persons = same_head && both.is_some_and(|(mine, theirs)| mine == theirs);
        let mut bytes: [BTreeMap<&[u8], (u64, u64)>; 2] = Default::default();
        for (view, bytes) in [one, other].into_iter().zip(&mut bytes) {
            for (each, hashes) in view.into_iter().flat_map(|view| view.each().zip(view.hashes())) {
                bytes.insert(each?, hashes);
            }
        }
        for (mine, theirs) in [(&bytes[0], &bytes[1]), (&bytes[1], &bytes[0])] {
            for (bytes, (key, family)) in mine {
                let steady = if View::member(bytes)?.kind == Type::Person { same_persons } else { same_head };
                if !(steady && theirs.contains_key(bytes)) {
                    self.keys.insert(*key);
                    self.families.insert(*family);
                }
            }
        }
        let implied = |view: Option<&View<'_>>| view.map(|view| view.implied().collect()).unwrap_or_default();
        let (one, other): (FxHashSet<u64>, FxHashSet<u64>) = (implied(one), implied(other));
        self.families.extend(one.symmetric_difference(&other));
        Some(())
    }

    /// Adds all that is linked with what is there already.
    fn close(&mut self, views: &[&View<'_>]) {
        loop {
            let size = self.size();
            for view in views {
                for (key, family) in view.hashes() {
                    if self.keys.contains(&key) {
                        self.families.insert(family);
                    } else if self.families.contains(&family) {
                        self.keys.insert(key);
                    }
                }
                for (word, key) in view.words() {
                    if self.keys.contains(&key) {
                        self.keys.insert(word);
                    } else if self.keys.contains(&word) {
                        self.keys.insert(key);
                    }
                }
            }
            if self.size() == size {
                return;
            }
        }
    }

    /// The ids that the members of the keys have, and how many members there are.
    fn ids<'a>(&self, views: &[View<'a>]) -> Option<(BTreeSet<&'a str>, usize)> {
        let (mut ids, mut members) = (FxHashSet::default(), 0);
        for view in views.iter().filter(|view| view.hashes().any(|(key, _)| self.keys.contains(&key))) {
            for (each, (key, _)) in view.raw_ids().zip(view.hashes()) {
                let (_, id) = each?;
                if self.keys.contains(&key) {
                    ids.insert(id);
                    members += 1;
                }
            }
        }
        let ids = ids.into_iter().map(|id| std::str::from_utf8(id).ok()).collect::<Option<_>>()?;
        Some((ids, members))
    }

    /// Links the members of the keys.
    fn link(&self, views: &[View<'_>], linker: &Linker) -> Option<Corpus> {
        let concerned = |view: &View<'_>| view.hashes().any(|(key, _)| self.keys.contains(&key));
        let mut chosen: BTreeSet<usize> = (0..views.len()).filter(|&at| concerned(&views[at])).collect();
        let place =
            |doc: &str| if doc.is_empty() { None } else { views.binary_search_by(|view| view.doc.cmp(doc)).ok() };
        let origins: Vec<usize> = chosen.iter().filter_map(|&at| place(views[at].origin)).collect();
        chosen.extend(origins);
        let numbers: BTreeMap<usize, usize> = chosen.iter().copied().zip(0..).collect();
        let (mut docs, mut names, mut members) = (Vec::new(), Vec::new(), Vec::new());
        for (&at, &doc) in &numbers {
            let view = &views[at];
            let head = view.head()?;
            let origin = place(view.origin).and_then(|origin| numbers.get(&origin).copied());
            let mut some_person = false;
            for (each, (key, _)) in view.each().zip(view.hashes()) {
                if self.keys.contains(&key) {
                    let mut member = View::member(each?)?;
                    member.doc = doc;
                    some_person |= member.kind == Type::Person;
                    members.push(member);
                }
            }
            names.push(if some_person { head.persons()? } else { Vec::new() });
            let persons = Set::default();
            docs.push(Doc { name: view.doc.to_owned(), date: head.date, scope: head.scope, persons, origin });
        }
        let (persons, of_each) = Persons::of(linker, &names);
        docs.iter_mut().zip(of_each).for_each(|(doc, persons)| doc.persons = persons);
        let sets = Sets { groups: Groups::new(members.len()), findings: Vec::new(), file: String::new() };
        Some(link(&mut Work { linker, docs, members, persons, sets, public: BTreeSet::new() }))
    }

    /// What only facts name, of the families concerned.
    fn implied(&self, views: &[View<'_>]) -> Option<BTreeMap<String, Vec<Implied>>> {
        let mut found = BTreeMap::new();
        for view in views.iter().filter(|view| view.implied().any(|family| self.families.contains(&family))) {
            let mut implied = view.head()?.implied()?;
            implied.retain(|(id, _, _)| self.families.contains(&family(id)));
            found.insert(view.doc.to_owned(), implied);
        }
        Some(found)
    }
}

/// Links what the change concerns; `known` gives the things of some ids as they were. `None` where bytes are damaged or
/// what was known of documents and of things does not go together.
pub fn relink(
    change: Change<'_, '_>,
    linker: &Linker,
    known: impl FnOnce(&BTreeSet<&str>) -> Option<Corpus>,
) -> Option<Relinked> {
    let Change { before, after, documents } = change;
    let mut concerned = Concerned::default();
    for doc in documents {
        concerned.differing(find(before, doc), find(after, doc))?;
    }
    let changed = documents.iter().filter_map(|doc| find(after, doc));
    let all: Vec<&View<'_>> = before.iter().chain(changed).collect();
    loop {
        concerned.close(&all);
        let mut other = concerned.link(after, linker)?;
        let size = concerned.keys.len();
        concerned.families.extend(other.entities.iter().map(|entity| family(&entity.id)));
        concerned.close(&all);
        if concerned.keys.len() == size {
            let (ids, members) = concerned.ids(before)?;
            let mut one = known(&ids)?;
            if one.entities.iter().map(|entity| entity.members.len()).sum::<usize>() != members {
                return None;
            }
            let (implied_before, implied_after) = (concerned.implied(before)?, concerned.implied(after)?);
            [one.decisions, other.decisions] = differing(one.decisions, other.decisions);
            return Some(Relinked { before: one, after: other, implied_before, implied_after });
        }
    }
}

/// Of two sorted lists what is not in both.
fn differing<T: Ord>(one: Vec<T>, other: Vec<T>) -> [Vec<T>; 2] {
    let mut out = [Vec::new(), Vec::new()];
    let (mut one, mut other) = (one.into_iter().peekable(), other.into_iter().peekable());
    loop {
        let order = match (one.peek(), other.peek()) {
            (Some(mine), Some(theirs)) => mine.cmp(theirs),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return out,
        };
        let (mine, theirs) = (one.next_if(|_| order.is_le()), other.next_if(|_| order.is_ge()));
        if order.is_ne() {
            out[0].extend(mine);
            out[1].extend(theirs);
        }
    }
}

/// Of each document the one of which it is a reprint, empty where it stands alone, and the groups.
pub fn origins<'a>(views: &[View<'a>]) -> (Vec<&'a str>, Vec<Vec<String>>) {
    let prints: Vec<Print> =
        views.iter().map(|view| Print::new(view.long.iter().collect(), view.short.iter().collect())).collect();
    let prints: Vec<(&str, &Print)> = views.iter().map(|view| view.sha256).zip(&prints).collect();
    let groups = reprint::groups(&prints);
    let mut origins = vec![""; views.len()];
    for group in &groups {
        group.iter().for_each(|&doc| origins[doc] = views[group[0]].doc);
    }
    let named = |group: Vec<usize>| group.into_iter().map(|doc| views[doc].doc.to_owned()).collect();
    (origins, groups.into_iter().map(named).collect())
}

/// Whether the change surely leaves all groups of reprints as they are: no document changed that belongs to one, and
/// none that shares enough with another now.
pub fn stay_apart(change: Change<'_, '_>) -> bool {
    let Change { before, after, documents } = change;
    let old: Vec<&View<'_>> = documents.iter().filter_map(|doc| find(before, doc)).collect();
    let new: Vec<&View<'_>> = documents.iter().filter_map(|doc| find(after, doc)).collect();
    if old.iter().any(|view| !view.origin.is_empty()) {
        return false;
    }
    let print = |view: &View<'_>| Print::new(view.long.iter().collect(), view.short.iter().collect());
    let prints: Vec<(&str, Print)> = new.iter().map(|view| (view.sha256, print(view))).collect();
    let gone: Vec<Print> = old.iter().map(|view| print(view)).collect();
    let others = || after.iter().filter(|view| !documents.contains(view.doc));
    let single = documents.first().filter(|_| documents.len() == 1);
    let place = single.map(|doc| others().take_while(|view| view.doc < *doc).count());
    let others: Vec<reprint::Other<'_>> = others().map(|view| (view.sha256, view.long, view.short)).collect();
    reprint::alone(&prints, &gone, &others, place)
}
