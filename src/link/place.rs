//! Places: relative ones, epithets of the country and its regions, roads that share a tail.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::learned::Learned;
use super::region::Regions;
use super::relative;
use super::scene::Scene;
use crate::lexicon::Unit;
use crate::mention::Mention;
use crate::rule::linking::Use;
use crate::schema::Type;

/// Gives each place its canonical name where that differs from its words.
pub(super) fn resolve(scene: &Scene<'_>, regions: &Regions, learned: &Learned, mentions: &mut [Mention]) {
    let list: Vec<usize> =
        (0..mentions.len()).filter(|&i| mentions[i].kind == Type::Place && !mentions[i].inner).collect();
    let lines = Lines::of(scene, mentions, &list);
    for (nth, &i) in list.iter().enumerate() {
        if mentions[i].norm.is_some() {
            continue;
        }
        let fold = scene.fold(&mentions[i]);
        let bare = fold.trim_matches(['“', '”', '"']);
        let at = mentions[i].span.start;
        let norm = learned
            .get(Type::Place, &fold, at)
            .map(str::to_owned)
            .or_else(|| relative(scene, regions, bare, at))
            .or_else(|| alias(scene, regions, bare))
            .or_else(|| list.get(nth + 1).and_then(|&next| shared_tail(scene, &mentions[i], &mentions[next])))
            .or_else(|| lines.usual(&fold).map(|usual| scene.name(&mentions[usual]).into_owned()));
        mentions[i].norm = norm.filter(|norm| *norm != scene.name(&mentions[i]));
    }
}

fn relative(scene: &Scene<'_>, regions: &Regions, fold: &str, at: usize) -> Option<String> {
    let units = relative::place(fold).or_else(|| relative::alone(fold))?;
    if let Some(name) = regions.unlisted(scene, units, at) {
        return Some(name.to_owned());
    }
    let place = match (regions.find(scene, units, at), units) {
        (Some(place), _) => place,
        // 本市, 全市 in a district's text may mean the unit that the text is about.
        (None, [Unit::City]) => regions.find(scene, &[Unit::City, Unit::Prefecture], at)?,
        _ => return None,
    };
    // 全省, 我市 say what kind of unit it is; 西藏 goes for its 自治区 everywhere.
    Some(match scene.linker.places.place(place).unit {
        Some(Unit::Region | Unit::Special) => regions.written(scene, place),
        _ => regions.full(scene, place),
    })
}

/// 神州大地, 首都: as the text writes the place that is meant, where it is an administrative unit.
fn alias(scene: &Scene<'_>, regions: &Regions, fold: &str) -> Option<String> {
    let norm = scene.linker.alias.get(&(Type::Place, fold.to_owned()))?;
    match scene.linker.places.named(norm) {
        [place] => {
            let written = regions.written(scene, *place);
            let full = regions.full(scene, *place);
            // The full name only where the text has it.
            Some(if written == full && !scene.doc.view.text().contains(&full) { scene.write(norm) } else { written })
        }
        _ => Some(scene.write(norm)),
    }
}

/// 川藏 beside 青藏公路.
fn shared_tail(scene: &Scene<'_>, one: &Mention, next: &Mention) -> Option<String> {
    let between = scene.doc.view.text().get(one.span.end..next.span.start)?;
    let (name, full) = (scene.fold(one), scene.fold(next));
    if !matches!(between.trim(), "" | "、" | "和" | "与") || name.chars().count() != 2 {
        return None;
    }
    let tail = scene.linker.list(Use::Road).ending(&full).next()?;
    let same = full.chars().count() == 2 + tail.chars().count() && scene.linker.places.named(&name).is_empty();
    // 川藏 is made of two provinces; a town of two characters (上桥) beside a road is none.
    let pair = name.chars().zip(full.chars()).any(|(a, b)| a == b) || shares(&name, &full);
    (same && pair).then(|| format!("{}{}", scene.name(one), scene.write(tail)))
}

/// Whether the names of two roads share one of their ends.
fn shares(name: &str, full: &str) -> bool {
    name.chars().nth(1) == full.chars().nth(1)
}

/// Lines that the text names twice or more: the name, how often, and the first mention, in the order of these.
struct Lines(Vec<(String, usize, usize)>);

impl Lines {
    fn of(scene: &Scene<'_>, mentions: &[Mention], places: &[usize]) -> Lines {
        let mut known: BTreeMap<Cow<'_, str>, (usize, usize)> = BTreeMap::new();
        for &place in places {
            let name = scene.fold(&mentions[place]);
            if is_line(&name) && name.chars().count() >= 4 {
                known.entry(name).or_insert((0, place)).0 += 1;
            }
        }
        let often = known.into_iter().filter(|(_, (count, _))| *count > 1);
        let mut lines: Vec<_> = often.map(|(name, (count, first))| (name.into_owned(), count, first)).collect();
        lines.sort_by_key(|line| line.2);
        Lines(lines)
    }

    /// The first mention of a line by the name that the text mostly uses, for a longer name of it
    /// (岭海客运高速铁路专线).
    fn usual(&self, name: &str) -> Option<usize> {
        if !is_line(name) || name.chars().count() < 6 {
            return None;
        }
        let (head, end): (String, _) = (name.chars().take(2).collect(), name.chars().next_back()?);
        let mut best: Option<(usize, usize)> = None;
        for (short, count, first) in &self.0 {
            let holds = short.len() < name.len()
                && short.ends_with(end)
                && short.starts_with(&head)
                && subsequence(short, name);
            if holds && best.is_none_or(|(most, _)| most < *count) {
                best = Some((*count, *first));
            }
        }
        best.map(|(_, first)| first)
    }
}

fn is_line(name: &str) -> bool {
    name.ends_with(['线', '路'])
}

fn subsequence(short: &str, full: &str) -> bool {
    let mut rest = full.chars();
    short.chars().all(|c| rest.any(|f| f == c))
}
