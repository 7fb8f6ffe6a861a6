//! The region that a text speaks of: what 我区, 全省 and 市政府 mean in it.

use std::collections::BTreeMap;

use super::scene::Scene;
use crate::lexicon::Unit;
use crate::mention::Mention;
use crate::rule::linking::{Linker, Use};
use crate::schema::Type;

/// One place named in the text.
struct Evidence {
    at: usize,
    place: usize,
    weight: f64,
}

/// The places that a document names, with their weight.
pub(super) struct Regions {
    evidence: Vec<Evidence>,
    articles: Vec<usize>,
    /// Areas that the gazetteer does not have: where, the name, its kind, the weight.
    unlisted: Vec<(usize, String, Unit, f64)>,
    /// How the text itself writes each place, and how often.
    surfaces: BTreeMap<usize, BTreeMap<String, usize>>,
}

/// A dateline says where a reporter sat, less than what the text is about; the capital says nothing.
const DATELINE: f64 = 0.5;
const TITLE: f64 = 2.0;
/// A place speaks for the units above it, too.
const ABOVE: f64 = 0.6;
/// A company is named after the place of its founders, or has business everywhere.
const TRADE: f64 = 0.4;
/// Evidence of the other articles of a file.
const ELSEWHERE: f64 = 0.1;
/// The place named last before the relative name, in its paragraph.
const NEAR: f64 = 1.5;
/// Places looked at on each side.
const WINDOW: usize = 600;

impl Regions {
    pub fn read(scene: &Scene<'_>, mentions: &[Mention]) -> Regions {
        let gazetteer = &scene.linker.places;
        let mut named: Vec<(usize, Vec<usize>, f64)> = Vec::new();
        let mut surfaces: Vec<(Vec<usize>, String)> = Vec::new();
        let mut see = |at: usize, text: &str, weight: f64, whole: Option<String>| {
            let (heads, _) = gazetteer.prefixes(text);
            if heads.is_empty() {
                let found = gazetteer.named_or_weak(text);
                if !found.is_empty() {
                    named.push((at, found.to_vec(), weight));
                    surfaces.extend(whole.map(|name| (found.to_vec(), name)));
                }
                return;
            }
            for (found, head) in heads {
                named.push((at, found.to_vec(), weight));
                if whole.is_some() && head == text {
                    surfaces.extend(whole.clone().map(|name| (found.to_vec(), name)));
                }
            }
        };
        let mut unlisted = Vec::new();
        for mention in mentions.iter().filter(|m| !m.inner) {
            let at = mention.span.start;
            let dateline = scene.doc.articles.iter().any(|a| a.dateline.is_some_and(|d| d.contains(mention.span)));
            let title = scene.heading(at);
            let weight = if dateline {
                DATELINE
            } else if title {
                TITLE
            } else {
                1.0
            };
            match mention.kind {
                Type::Place => {
                    let fold = scene.fold(mention);
                    // 本港, 齐鲁大地 speak of a region as its name does.
                    match scene.linker.alias.get(&(Type::Place, fold.clone().into_owned())) {
                        Some(name) => see(at, name, weight, None),
                        None => match new_area(scene, &fold) {
                            Some(unit) => unlisted.push((at, scene.name(mention).into_owned(), unit, weight)),
                            None => see(at, &fold, weight, Some(scene.name(mention).into_owned())),
                        },
                    }
                }
                Type::Organization => {
                    let name = scene.fold(mention);
                    see(at, &name, if is_trade(scene.linker, &name) { weight * TRADE } else { weight }, None);
                }
                Type::Event | Type::Award => see(at, &scene.fold(mention), weight, None),
                _ => {}
            }
        }
        for article in &scene.doc.articles {
            if let Some(line) = article.dateline {
                // 本报拉萨5月1日讯: the name stands behind the paper's.
                let text = scene.folded(line);
                for (at, _) in text.char_indices() {
                    if let Some((found, _)) = gazetteer.prefix(&text[at..]) {
                        named.push((line.start + at, found.to_vec(), DATELINE));
                        break;
                    }
                }
            }
        }
        let mut sure: Vec<usize> = named.iter().filter(|n| n.1.len() == 1).map(|n| n.1[0]).collect();
        sure.sort_unstable();
        sure.dedup();
        let mut picked: BTreeMap<Vec<usize>, Option<usize>> = BTreeMap::new();
        let mut pick = |found: &Vec<usize>| match found.as_slice() {
            [only] => Some(*only),
            _ => *picked.entry(found.clone()).or_insert_with(|| gazetteer.pick(found, &sure)),
        };
        let mut evidence: Vec<Evidence> = named
            .into_iter()
            .filter_map(|(at, found, weight)| pick(&found).map(|place| Evidence { at, place, weight }))
            .collect();
        evidence.sort_by_key(|e| (e.at, e.place));
        let mut written: BTreeMap<usize, BTreeMap<String, usize>> = BTreeMap::new();
        for (found, name) in surfaces {
            if let Some(place) = pick(&found) {
                *written.entry(place).or_default().entry(name).or_default() += 1;
            }
        }
        let articles = scene.doc.articles.iter().map(|a| a.span.start).collect();
        Regions { evidence, articles, unlisted, surfaces: written }
    }

    /// Every place that the text names for sure.
    pub fn named(&self) -> Vec<usize> {
        let mut places: Vec<usize> = self.evidence.iter().map(|e| e.place).collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The unit of one of these kinds that is meant at a byte of the text.
    pub fn find(&self, scene: &Scene<'_>, units: &[Unit], at: usize) -> Option<usize> {
        self.ranked(scene, units, at).map(|(place, _)| place)
    }

    /// An area of one of these kinds that the gazetteer does not have (a new district) and that the article names
    /// more than any unit that could be meant.
    pub fn unlisted(&self, scene: &Scene<'_>, units: &[Unit], at: usize) -> Option<&str> {
        let article = |at: usize| self.articles.partition_point(|&a| a <= at);
        let mut scores: BTreeMap<&str, f64> = BTreeMap::new();
        let mut near = None;
        for (seen, name, _, weight) in self.unlisted.iter().filter(|entry| units.contains(&entry.2)) {
            if article(*seen) == article(at) {
                *scores.entry(name).or_default() += weight;
            }
            if *seen < at && scene.paragraph(*seen) == scene.paragraph(at) {
                near = Some(name.as_str());
            }
        }
        if let Some(score) = near.and_then(|name| scores.get_mut(name)) {
            *score += NEAR;
        }
        // Of two alike the first in the alphabet, so that the choice does not hang on order.
        let best = scores.into_iter().fold(None, |best: Option<(&str, f64)>, one| match best {
            Some(known) if known.1 >= one.1 => Some(known),
            _ => Some(one),
        })?;
        let listed = self.ranked(scene, units, at).map_or(0.0, |(_, score)| score);
        (best.1 > listed).then_some(best.0)
    }

    fn ranked(&self, scene: &Scene<'_>, units: &[Unit], at: usize) -> Option<(usize, f64)> {
        let gazetteer = &scene.linker.places;
        let article = |at: usize| self.articles.partition_point(|&a| a <= at);
        let here = article(at);
        let mut scores: BTreeMap<usize, (f64, usize)> = BTreeMap::new();
        let mut add = |place: usize, weight: f64, seen: usize| {
            for (step, above) in gazetteer.chain(place).into_iter().enumerate() {
                if gazetteer.place(above).unit.is_some_and(|u| units.contains(&u)) {
                    let entry = scores.entry(above).or_insert((0.0, seen));
                    entry.0 += if step == 0 { weight } else { weight * ABOVE };
                }
            }
        };
        // The nearest places decide; more would only cost time.
        let middle = self.evidence.partition_point(|e| e.at < at);
        let around = &self.evidence[middle.saturating_sub(WINDOW)..(middle + WINDOW).min(self.evidence.len())];
        for e in around {
            // A word of the capital in a national text does not make 全市 the capital.
            let capital = gazetteer.place(e.place).name == "北京市" && e.weight < 1.0;
            let weight = if capital { e.weight * 0.3 } else { e.weight };
            add(e.place, if article(e.at) == here { weight } else { weight * ELSEWHERE }, e.at);
        }
        let paragraph = scene.paragraph(at);
        let fits = |place: usize| {
            gazetteer.chain(place).iter().any(|&p| gazetteer.place(p).unit.is_some_and(|u| units.contains(&u)))
        };
        let near = around
            .iter()
            .rev()
            .find(|e| e.at < at && e.weight > TRADE && scene.paragraph(e.at) == paragraph && fits(e.place));
        if let Some(e) = near {
            add(e.place, NEAR, e.at);
        }
        let mut ranked: Vec<(usize, f64, usize)> = scores.into_iter().map(|(p, (s, seen))| (p, s, seen)).collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.2.cmp(&b.2)).then(a.0.cmp(&b.0)));
        match ranked.as_slice() {
            [] => None,
            // 县委书记到长兴农商行调研: the county of one company is not surely that of the committee.
            [only, ..]
                if only.1 <= 2.0 * TRADE && units.iter().any(|unit| matches!(unit, Unit::County | Unit::District)) =>
            {
                None
            }
            [only] => Some((only.0, only.1)),
            [first, second, ..] => {
                let kin = gazetteer.within(first.0, second.0) || gazetteer.within(second.0, first.0);
                (kin || first.1 >= second.1 * 1.2).then_some((first.0, first.1))
            }
        }
    }

    /// How the text itself writes a place, else its full name.
    pub fn written(&self, scene: &Scene<'_>, place: usize) -> String {
        let most = self.surfaces.get(&place).and_then(|names| {
            names.iter().max_by(|a, b| a.1.cmp(b.1).then(a.0.len().cmp(&b.0.len())).then(b.0.cmp(a.0)))
        });
        match most {
            Some((name, _)) => name.clone(),
            None => scene.write(&scene.linker.places.place(place).name),
        }
    }

    /// The full name of a place in the script of the text.
    pub fn full(&self, scene: &Scene<'_>, place: usize) -> String {
        scene.write(&scene.linker.places.place(place).name)
    }
}

/// Whether a body is a company or a bank.
fn is_trade(linker: &Linker, fold: &str) -> bool {
    linker.list(Use::Trade).ends(fold)
}

/// The kind of an area that the gazetteer does not have: its name says what it is, and no unit goes by it. A name that
/// begins with that of a unit is that unit's (湖南长沙), unless nothing but the kind follows a short form (临泽市, where
/// the table has 临泽县).
fn new_area(scene: &Scene<'_>, fold: &str) -> Option<Unit> {
    let gazetteer = &scene.linker.places;
    let (head, unit) = AREAS.iter().find_map(|(end, unit)| Some((fold.strip_suffix(end)?, *unit)))?;
    let short = (2..=4).contains(&head.chars().count());
    let (heads, rest) = gazetteer.prefixes(fold);
    // 广安地区 is named after a town, 西部地区 is no unit.
    let own = heads.is_empty() && unit != Unit::Area || heads.len() == 1 && fold.len() - rest.len() == head.len();
    (short && own && gazetteer.named_or_weak(fold).is_empty()).then_some(unit)
}

/// How the names of areas end.
const AREAS: [(&str, Unit); 7] = [
    ("新区", Unit::District),
    ("开发区", Unit::District),
    ("高新区", Unit::District),
    ("地区", Unit::Area),
    ("省", Unit::Province),
    ("市", Unit::City),
    ("县", Unit::County),
];
