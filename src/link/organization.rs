//! Bodies: short names, relative names, departments, the body that a text speaks for.

use std::collections::{BTreeMap, BTreeSet};

use super::abbreviation::{abbreviates, units};
use super::learned::Learned;
use super::region::Regions;
use super::relative;
use super::scene::Scene;
use crate::lexicon::Unit;
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

/// Heads that stand for a body named before and may be followed by a unit of it (总社科教社团部, 公司工会).
const GENERIC: [&str; 17] = [
    "集团公司",
    "总公司",
    "总社",
    "总会",
    "总局",
    "总行",
    "总台",
    "总院",
    "总部",
    "总厂",
    "集团",
    "公司",
    "学校",
    "医院",
    "学院",
    "研究院",
    "研究所",
];

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
                None => self.direct(&fold, mentions[i].span.start),
            };
            match direct {
                Some(name) => known.push(self.known(&mentions[i], i, name, true)),
                None if self.waits(&fold) => {
                    open.push(known.len());
                    known.push(self.known(&mentions[i], i, String::new(), true));
                }
                None => known.push(self.known(&mentions[i], i, self.scene.name(&mentions[i]), false)),
            }
        }
        self.join_short(&mut known);
        // Names that lean on another: in the order of the text, so that one may lean on the one before.
        for at in open {
            let i = known[at].mention;
            let around = &known[at.saturating_sub(WINDOW)..(at + WINDOW).min(known.len())];
            let name = self.leaning(mentions, i, around).unwrap_or_else(|| self.scene.name(&mentions[i]));
            known[at] = self.known(&mentions[i], i, name, true);
        }
        // A definition may rest on a name that is short itself.
        let ends: BTreeMap<String, String> =
            known.iter().map(|k| (self.scene.name(&mentions[k.mention]), k.name.clone())).collect();
        for k in &mut known {
            if let Some(end) = ends.get(&k.name) {
                k.name.clone_from(end);
            }
        }
        for k in known {
            let mention = &mut mentions[k.mention];
            mention.norm = (k.name != self.scene.name(mention)).then_some(k.name);
        }
    }

    fn known(&self, mention: &Mention, at: usize, name: String, settled: bool) -> Known {
        Known { at: mention.span.start, mention: at, simple: self.scene.simple(&name), name, settled }
    }

    /// What a name means by itself, by a definition in the text, by the tables or by the region.
    fn direct(&self, fold: &str, at: usize) -> Option<String> {
        if let Some(norm) = self.learned.get(Type::Organization, fold, at) {
            return Some(norm.to_owned());
        }
        if let Some(norm) = self.scene.linker.alias.get(&(Type::Organization, fold.to_owned())) {
            return Some(self.scene.write(norm));
        }
        if let Some(norm) = congress(fold) {
            return Some(self.scene.write(&norm));
        }
        if let Some(body) = self.scene.linker.bodies.get(fold)
            && fold.chars().count() <= 6
            && (public(&body.kind, fold) || self.scene.whole().contains(&body.full))
            && !(organ(&body.kind) && self.scene.linker.places.prefix(fold.trim_start_matches("中共")).is_some())
        {
            // A ministry goes by its name without the state's: 国防部, 国家发展和改革委员会.
            let plain = body.full.strip_prefix("中华人民共和国").filter(|rest| rest.chars().count() > 2);
            return Some(self.scene.write(plain.unwrap_or(&body.full)));
        }
        if let Some((head, kinds, rest)) = relative::body(fold).filter(|_| !fold.contains('、'))
            && self.scene.linker.places.prefix(fold).is_none()
        {
            let place = self.regions.find(self.scene, kinds, at)?;
            let name = self.scene.linker.places.place(place).name.clone();
            // 省直机关 of a named province keeps its head: 山西省委, not 山西委.
            debug_assert!(!head.is_empty());
            let full = self.tail(&format!("{name}{rest}"));
            // Where the text has the body's name in full, that is the name.
            return Some(self.in_full(&full).unwrap_or_else(|| self.scene.write(&full)));
        }
        // The organs of a special region have names that need no head at home.
        if matches!(fold, "立法会" | "行政会议" | "特区政府" | "终审法院") {
            let place = self.regions.find(self.scene, &[Unit::Special], at)?;
            let name = &self.scene.linker.places.place(place).name;
            return Some(self.scene.write(&format!("{name}{}", fold.trim_start_matches("特区"))));
        }
        let written = self.written_out(fold);
        (written != fold).then(|| self.scene.write(&written))
    }

    /// The same body as the text names it in full (某县人民政府 for 某县政府).
    fn in_full(&self, full: &str) -> Option<String> {
        let long = self.scene.linker.tails.iter().find(|t| !t.norm && full.ends_with(&t.short) && t.short != t.full)?;
        let name = format!("{}{}", full.strip_suffix(&long.short)?, long.full);
        (!full.ends_with(&long.full) && self.scene.whole().contains(&name)).then(|| self.scene.write(&name))
    }

    /// A full name with its tail written out, without 原 in the middle and without places that the next
    /// one lies in.
    fn written_out(&self, fold: &str) -> String {
        let mut name = fold.to_owned();
        if let Some(at) = name.find('原').filter(|at| *at > 0) {
            let head = &name[..at];
            let body = self.scene.linker.full.contains_key(head)
                || self.scene.linker.alias.values().any(|full| full == head)
                || self.scene.linker.bodies.contains_key(head);
            if body {
                name.remove(at);
            }
        }
        let (places, rest) = self.scene.linker.places.prefixes(&name);
        if places.len() > 1
            && !rest.is_empty()
            && let Some((_, last)) = places.last()
        {
            let short = format!("{last}{rest}");
            // Only where the text says the shorter name as well.
            let alone = self
                .scene
                .whole()
                .match_indices(&short)
                .any(|(at, _)| !self.scene.before(at).ends_with(places[places.len() - 2].1));
            if alone {
                name = short;
            }
        }
        self.tail(&name)
    }

    /// Tails of public bodies behind a place (重庆市发改委).
    fn tail(&self, name: &str) -> String {
        let (places, rest) = self.scene.linker.places.prefixes(name);
        let known =
            self.scene.linker.tails.iter().find(|t| t.norm && rest.starts_with(&t.short) && !rest.starts_with(&t.full));
        match known {
            Some(t) if !places.is_empty() && !rest[t.short.len()..].starts_with(['会', '局', '员']) => {
                let head = &name[..name.len() - rest.len()];
                // 香港特区政府: the full head comes with the tail.
                format!("{head}{}{}", t.full, &rest[t.short.len()..])
            }
            _ if rest == "政府" && places.last().is_some_and(|p| p.1.ends_with("特区")) => {
                format!("{}特别行政区政府", name.trim_end_matches("特区政府"))
            }
            _ => name.to_owned(),
        }
    }

    /// Whether a name leans on another body: 我社, 总社科教社团部, 研究室.
    fn waits(&self, fold: &str) -> bool {
        let leans = own(fold).is_some() || self.generic(fold).is_some() || branch(fold).is_some();
        leans || self.department(fold).is_some() || self.school(fold)
    }

    /// A school of a university (医学院); an academy of a place is a body by itself.
    fn school(&self, fold: &str) -> bool {
        let linker = self.scene.linker;
        let bare =
            linker.places.prefix(fold).is_none() && !linker.full.contains_key(fold) && units(linker, fold).is_empty();
        bare && fold.ends_with("学院") && fold.chars().count() <= 9 && !fold.starts_with("中国")
    }

    fn generic<'f>(&self, fold: &'f str) -> Option<(&'static str, &'f str)> {
        let head = GENERIC.iter().find(|head| fold.starts_with(*head))?;
        Some((head, &fold[head.len()..]))
    }

    /// The rank of a department that is named without its body.
    fn department(&self, fold: &str) -> Option<u8> {
        let linker = self.scene.linker;
        let bare = fold.chars().count() <= 10
            && linker.places.prefix(fold).is_none()
            && !linker.full.contains_key(fold)
            && !fold.starts_with("中央")
            && !fold.starts_with("国家")
            && !fold.starts_with("国务院")
            && !fold.ends_with("公司")
            && !fold.contains('、')
            && units(linker, fold).is_empty();
        bare.then(|| self.rank(fold)).flatten()
    }

    /// The rank of the department that a name ends in.
    fn rank(&self, fold: &str) -> Option<u8> {
        let end = |(end, _): &&(String, u8)| fold.ends_with(end.as_str());
        self.scene.linker.departments.iter().find(end).map(|(_, rank)| *rank)
    }

    fn leaning(&self, mentions: &[Mention], i: usize, known: &[Known]) -> Option<String> {
        let mention = &mentions[i];
        let fold = self.scene.fold(mention);
        if let Some((class, rest)) = own(&fold) {
            return Some(format!(
                "{}{}",
                self.self_body(class, mention.span.start, known)?,
                self.tail_of(mention, rest)
            ));
        }
        if let Some((head, rest)) = self.generic(&fold) {
            let body = self.last_with(head, mention.span.start, known)?;
            return Some(format!("{body}{}", self.tail_of(mention, rest)));
        }
        if let Some(class) = branch(&fold) {
            let body = self.only(class, mention.span.start, known)?;
            return Some(format!("{body}{}", self.scene.name(mention)));
        }
        if self.school(&fold) {
            return Some(format!("{}{}", self.only(&["大学"], mention.span.start, known)?, self.scene.name(mention)));
        }
        let rank = self.department(&fold)?;
        let body = match self.parent(mention, rank, known) {
            Some(body) => body,
            // The sections of the one hospital that a text is about.
            None if fold.ends_with('科') && !known.iter().any(|k| own(&k.simple).is_some()) => {
                self.only(&["医院"], mention.span.start, known)?
            }
            None => return None,
        };
        Some(format!("{body}{}", self.scene.name(mention)))
    }

    /// The last part of a name as written, by its length in simplified characters.
    fn tail_of(&self, mention: &Mention, rest: &str) -> String {
        let name = self.scene.name(mention);
        let keep = rest.chars().count();
        let skip = name.chars().count().saturating_sub(keep);
        name.chars().skip(skip).collect()
    }

    /// The body named before whose name ends in `head`; where several do, none.
    fn last_with(&self, head: &str, at: usize, known: &[Known]) -> Option<String> {
        let named = |k: &&Known| !GENERIC.contains(&k.simple.as_str()) && own(&k.simple).is_none();
        let ends = |k: &&Known| k.simple.ends_with(head) && k.simple.len() > head.len() && named(k);
        let mut names: Vec<&Known> = known.iter().filter(ends).collect();
        names.sort_by(|a, b| a.simple.cmp(&b.simple).then(a.at.cmp(&b.at)));
        names.dedup_by(|a, b| a.simple == b.simple);
        match names.as_slice() {
            [only] => Some(only.name.clone()),
            [] => None,
            _ => {
                let sentence = self.scene.sentence(at);
                known.iter().rev().find(|k| k.at < at && k.at >= sentence.start && ends(k)).map(|k| k.name.clone())
            }
        }
    }

    /// The only body of a class that the text names before; of several none.
    fn only(&self, class: &[&str], at: usize, known: &[Known]) -> Option<String> {
        let fits =
            |k: &&Known| k.at < at && class.iter().any(|end| k.simple.ends_with(end)) && own(&k.simple).is_none();
        let names: BTreeMap<&str, &str> =
            known.iter().filter(fits).map(|k| (k.simple.as_str(), k.name.as_str())).collect();
        match names.into_iter().collect::<Vec<_>>().as_slice() {
            [(simple, name)] if !GENERIC.contains(simple) => Some((*name).to_owned()),
            _ => None,
        }
    }

    /// The body that the text speaks for: of those that end alike, the one of the smallest area.
    fn self_body(&self, class: &str, at: usize, known: &[Known]) -> Option<String> {
        let gazetteer = &self.scene.linker.places;
        let first = known.iter().filter(|k| own(&k.simple).is_some()).map(|k| k.at).min().unwrap_or(at).min(at);
        let named = self.regions.named();
        let mut counts: BTreeMap<&str, (usize, usize, &str)> = BTreeMap::new();
        for k in known.iter().filter(|k| k.simple.ends_with(class) && own(&k.simple).is_none()) {
            if relative::body(&k.simple).is_some() && gazetteer.prefix(&k.simple).is_none() {
                continue;
            }
            let depth = gazetteer
                .prefixes(&k.simple)
                .0
                .last()
                .and_then(|(found, _)| gazetteer.pick(found, &named))
                .map_or(0, |p| gazetteer.place(p).depth + 1);
            let entry = counts.entry(&k.simple).or_insert((depth, 0, &k.name));
            // A guest is named once, behind the first 我院; the host in the headline, first, or again.
            entry.1 += if self.scene.heading(k.at) || k.at < first { 2 } else { 1 };
        }
        counts.retain(|_, body| body.1 > 1);
        let mut ranked: Vec<_> = counts.into_iter().collect();
        ranked.sort_by(|a, b| (b.1.0, b.1.1).cmp(&(a.1.0, a.1.1)).then(a.0.cmp(b.0)));
        match ranked.as_slice() {
            [(_, only)] => Some(only.2.to_owned()),
            [(_, first), (_, second), ..] if (first.0, first.1) > (second.0, second.1) => Some(first.2.to_owned()),
            _ => None,
        }
    }

    /// The body of a department: the one named last before it in the sentence or the paragraph; beside a
    /// department of the same rank, the body of that one; else the body that the text speaks for.
    fn parent(&self, mention: &Mention, rank: u8, known: &[Known]) -> Option<String> {
        let at = mention.span.start;
        let paragraph = self.scene.paragraph(at);
        let last = known
            .iter()
            .rev()
            .skip_while(|k| k.at >= at || k.simple.is_empty())
            .find(|k| !k.simple.is_empty())
            .filter(|k| self.scene.paragraph(k.at) == paragraph)?;
        // Another sentence in between may speak of another body.
        let apart = self.scene.sentence(last.at) != self.scene.sentence(at);
        if apart && !last.settled || own(&last.simple).is_some() || GENERIC.contains(&last.simple.as_str()) {
            return None;
        }
        if last.simple == self.scene.fold(mention) {
            return None;
        }
        if last.simple.ends_with(&self.scene.fold(mention)) {
            return self.above(last).or_else(|| Some(last.name.clone()));
        }
        // 部 alone is a ministry as well as a department; the head of a state organ has ministries beside it.
        let common = self
            .scene
            .linker
            .departments
            .iter()
            .any(|(end, _)| end != "部" && self.scene.fold(mention).ends_with(end.as_str()));
        const HAS_SECTIONS: [&str; 8] = ["公司", "集团", "厂", "医院", "学院", "大学", "总社", "工会"];
        if !common && (apart || !HAS_SECTIONS.iter().any(|end| last.simple.ends_with(end))) {
            return None;
        }
        match self.rank(&last.simple) {
            Some(beside) if rank <= beside => self.above(last).or_else(|| {
                // A department by itself has no departments of its own rank.
                self.department(&last.simple).is_none().then(|| last.name.clone())
            }),
            _ => Some(last.name.clone()),
        }
    }

    /// The body one level above a name that holds both.
    fn above(&self, known: &Known) -> Option<String> {
        let head = units(self.scene.linker, &known.simple).first().map(|head| head.chars().count())?;
        Some(known.name.chars().take(head).collect())
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
        for k in known.iter_mut().filter(|k| !k.settled && !linker.full.contains_key(&k.simple)) {
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

/// 洛城分行, 北港分公司: the classes of the body that has such branches.
fn branch(fold: &str) -> Option<&'static [&'static str]> {
    const BANK: &[&str] = &["银行", "银行股份有限公司", "银行有限公司"];
    const COMPANY: &[&str] = &["公司", "集团"];
    let ends = |ends: [&str; 2]| ends.iter().any(|end| fold.ends_with(end));
    let short = fold.chars().count() <= 9 && !fold.contains("公司分") && !fold.contains("银行");
    match () {
        () if !short => None,
        () if ends(["分行", "支行"]) => Some(BANK),
        () if ends(["分公司", "支公司"]) => Some(COMPANY),
        () => None,
    }
}

/// 我社, 本公司: the class of the body that the text speaks for, and what follows.
fn own(fold: &str) -> Option<(&'static str, &str)> {
    const CLASSES: [&str; 24] = [
        "集团公司",
        "集团",
        "公司",
        "学校",
        "医院",
        "学院",
        "研究院",
        "中心",
        "社",
        "院",
        "校",
        "局",
        "会",
        "台",
        "馆",
        "行",
        "厂",
        "委",
        "办",
        "站",
        "所",
        "矿",
        "段",
        "厅",
    ];
    let rest = ["我", "本"].iter().find_map(|head| fold.strip_prefix(head))?;
    let class = CLASSES.iter().find(|class| rest.starts_with(*class))?;
    // 校 is a school of any kind.
    let end = match *class {
        "校" => "学",
        other => other,
    };
    Some((end, &rest[class.len()..]))
}

/// 十四届全国人大, 全国人大常委会 and the like.
fn congress(fold: &str) -> Option<String> {
    let (term, rest) = match fold.split_once('届') {
        Some((number, rest)) => {
            let number = number.trim_start_matches('第');
            let ok = !number.is_empty() && number.chars().all(|c| "一二三四五六七八九十".contains(c));
            (ok.then(|| format!("第{number}届"))?, rest)
        }
        None => (String::new(), fold),
    };
    let full = match rest {
        "全国人大" => "全国人民代表大会",
        "全国人大常委会" => "全国人民代表大会常务委员会",
        "全国政协" if !term.is_empty() => return Some(format!("中国人民政治协商会议{term}全国委员会")),
        _ => return None,
    };
    Some(format!("{term}{full}"))
}

/// Organs of a region keep the name they go by, with the region's in front: 湖北省委.
fn organ(kind: &str) -> bool {
    matches!(kind, "party" | "government" | "congress" | "mass" | "court" | "procuratorate")
}

/// Bodies whose short name everyone reads as the full one; a company keeps the name it goes by, and 欧盟 is as good
/// a name as 欧洲联盟.
fn public(kind: &str, fold: &str) -> bool {
    match kind {
        "company" => false,
        "international" => fold.chars().count() > 2,
        _ => true,
    }
}
