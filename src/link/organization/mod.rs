//! Bodies: short names, relative names, departments, the body that a text speaks for.

mod direct;
mod leaning;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::abbreviation::{abbreviates, units};
use super::learned::Learned;
use super::region::Regions;
use super::scene::Scene;
use crate::mention::Mention;
use crate::schema::Type;

/// One body as it was understood so far.
struct Known {
    at: usize,
    /// Index of the mention.
    mention: usize,
    /// In the script of the text, and in simplified characters.
    name: String,
    simple: String,
    /// Understood by a table, a region or a definition: not a short form itself.
    settled: bool,
}

pub(super) struct Organizations<'s, 'a> {
    scene: &'s Scene<'a>,
    regions: &'s Regions,
    learned: &'s Learned,
}

/// A name leans on one of so many bodies before or behind it: the time stays linear in the text.
const WINDOW: usize = 300;
/// A text of more different names than this has no short forms to be found by comparing each with each.
const NAMES: usize = 3000;

impl<'s, 'a> Organizations<'s, 'a> {
    pub fn new(scene: &'s Scene<'a>, regions: &'s Regions, learned: &'s Learned) -> Self {
        Organizations { scene, regions, learned }
    }

    /// Gives each organization its canonical name where that differs from its words.
    pub fn resolve(&self, mentions: &mut [Mention]) {
        let list: Vec<usize> =
            (0..mentions.len()).filter(|&i| mentions[i].kind == Type::Organization && !mentions[i].inner).collect();
        let mut known: Vec<Known> = Vec::new();
        // Places in `known` of the names that lean on another: left empty at first.
        let mut open: Vec<usize> = Vec::new();
        for &i in &list {
            let fold = self.scene.fold(&mentions[i]);
            let direct = match &mentions[i].norm {
                Some(norm) => Some(norm.clone()),
                None => self.of_place(mentions, i, &fold).or_else(|| self.direct(&fold, mentions[i].span.start)),
            };
            match direct {
                Some(name) => known.push(self.known(&mentions[i], i, name, true)),
                None if self.waits(&fold) => {
                    open.push(known.len());
                    known.push(self.known(&mentions[i], i, String::new(), true));
                }
                None => known.push(self.known(&mentions[i], i, self.scene.name(&mentions[i]).into_owned(), false)),
            }
        }
        self.join_short(&mut known);
        // Names that lean on another: in the order of the text, so that one may lean on the one before.
        for at in open {
            let i = known[at].mention;
            let around = &known[at.saturating_sub(WINDOW)..(at + WINDOW).min(known.len())];
            let name = self.leaning(mentions, i, around).unwrap_or_else(|| self.scene.name(&mentions[i]).into_owned());
            known[at] = self.known(&mentions[i], i, name, true);
        }
        // A definition may rest on a name that is short itself.
        let ends: FxHashMap<Cow<'_, str>, String> =
            known.iter().map(|k| (self.scene.name(&mentions[k.mention]), k.name.clone())).collect();
        for k in &mut known {
            if let Some(end) = ends.get(k.name.as_str()) {
                k.name.clone_from(end);
            }
        }
        for k in known {
            let mention = &mut mentions[k.mention];
            mention.norm = (k.name != self.scene.name(mention)).then_some(k.name);
        }
    }

    /// 某市十四届、十五届政协: the conference or congress of the place named before it, its number aside.
    fn of_place(&self, mentions: &[Mention], i: usize, fold: &str) -> Option<String> {
        if !matches!(fold, "政协" | "人大" | "人大常委会") {
            return None;
        }
        let at = mentions[i].span.start;
        let before = self.scene.before(at);
        let rest = before.trim_end_matches(|c| "第一二三四五六七八九十届、和".contains(c));
        let last = mentions[..i].iter().rev().take(4).find(|mention| mention.span.end == rest.len())?;
        (last.kind == Type::Place).then(|| format!("{}{fold}", self.scene.name(last)))
    }

    fn known(&self, mention: &Mention, at: usize, name: String, settled: bool) -> Known {
        Known { at: mention.span.start, mention: at, simple: self.scene.simple(&name).into_owned(), name, settled }
    }

    /// Short forms of a fuller name that the same text gives, before or after.
    fn join_short(&self, known: &mut [Known]) {
        let linker = self.scene.linker;
        let mut names: Vec<(String, String)> = known.iter().map(|k| (k.simple.clone(), k.name.clone())).collect();
        names.sort();
        names.dedup();
        let meant = |name: &str| self.direct(&self.scene.simple(name), 0).unwrap_or_else(|| name.to_owned());
        let defined: BTreeSet<String> = self.learned.defined(Type::Organization).map(meant).collect();
        if names.len() > NAMES {
            return;
        }
        let mut found: BTreeMap<String, Option<(String, String)>> = BTreeMap::new();
        for k in known.iter_mut().filter(|k| !k.settled && !linker.full.contains(&k.simple)) {
            let full = found.entry(k.simple.clone()).or_insert_with(|| self.full_of(&k.simple, &names, &defined));
            if let Some((simple, name)) = full {
                (k.simple, k.name) = (simple.clone(), name.clone());
                k.settled = true;
            }
        }
    }

    /// The one name of the text that a name is short for, in simplified characters and as written.
    fn full_of(&self, short: &str, names: &[(String, String)], defined: &BTreeSet<String>) -> Option<(String, String)> {
        let linker = self.scene.linker;
        let mut full: Vec<&(String, String)> =
            names.iter().filter(|(simple, _)| abbreviates(linker, short, simple)).collect();
        // What only adds a unit is another body.
        full.retain(|(simple, _)| !units(linker, simple).contains(&short));
        // Of a short form and its full form the full one is meant.
        let lesser: Vec<&str> = full
            .iter()
            .filter(|(a, _)| full.iter().any(|(b, _)| abbreviates(linker, a, b)))
            .map(|(a, _)| a.as_str())
            .collect();
        full.retain(|(simple, _)| !lesser.contains(&simple.as_str()));
        // The body for which the text defines a short form is the one that it speaks of.
        if full.len() > 1 && full.iter().any(|(_, name)| defined.contains(name)) {
            full.retain(|(_, name)| defined.contains(name));
        }
        match full.as_slice() {
            [only] => Some((*only).clone()),
            _ => None,
        }
    }
}
