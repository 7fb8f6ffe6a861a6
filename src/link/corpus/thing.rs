//! Which bodies, places and works of one name are one.

use std::collections::BTreeMap;

use super::super::abbreviation::core;
use super::super::name::{length, plain};
use super::super::relative;
use super::brief::Member;
use super::work::Work;
use crate::rule::linking::{Linker, Use};
use crate::schema::Type;

/// How much a name tells.
enum Weight {
    /// It names one thing wherever it stands.
    Full(&'static str),
    /// It names one thing in a region.
    Local,
    /// It names a thing only inside its text.
    Bare(&'static str),
}

/// Joins the members of one key; `list` is sorted by document.
pub(super) fn resolve(work: &mut Work<'_>, list: &[usize]) {
    if list.len() < 2 {
        return;
    }
    match weigh(work, list[0]) {
        Weight::Full(reason) => {
            for &member in &list[1..] {
                let reason = renamed(work, list[0], member).unwrap_or_else(|| reason.to_owned());
                work.sets.join(list[0], member, &reason);
            }
        }
        Weight::Local => local(work, list),
        Weight::Bare(reason) => bare(work, list, reason),
    }
}

fn weigh(work: &Work<'_>, member: usize) -> Weight {
    let member = &work.members[member];
    let name = work.linker.simple(&member.name);
    let gazetteer = &work.linker.places;
    match member.kind {
        Type::Organization => {
            let known = work.linker.full.contains(&name) || work.linker.bodies.contains_key(&name);
            let full = ["有限公司", "有限责任公司", "大学", "总公司"].iter().any(|end| name.contains(end));
            if known || work.linker.alias.values().any(|full| *full == name) {
                Weight::Full("a body that the lexicon knows")
            } else if !gazetteer.prefixes(&name).0.is_empty() {
                Weight::Full("the same full name with its region")
            } else if relative::body(work.linker, &name).is_some()
                || relative_word(&name)
                || generic_body(work.linker, &name)
            {
                Weight::Bare("a name that says no region")
            } else if full || name.starts_with("中国") || name.starts_with("中华") || name.starts_with("中共") {
                Weight::Full("the same full name")
            } else {
                Weight::Local
            }
        }
        Type::Place | Type::Event if member.is_known() => Weight::Full("a name that the lexicon knows"),
        Type::Place if member.is_unit() => Weight::Full("the same administrative unit"),
        Type::Place if !gazetteer.named(&name).is_empty() => Weight::Bare("a name that several units bear"),
        Type::Place if relative::place(&name).is_some() => Weight::Bare("a name that says no region"),
        Type::Place if length(&name) >= 7 => Weight::Full("the same full name"),
        Type::Place => Weight::Local,
        Type::Award if rank(&name) => Weight::Bare("a prize named by its rank alone"),
        Type::Document if length(&plain(&name)) < 4 => Weight::Bare("a title that many documents bear"),
        Type::Event if dated(&name) || length(&name) >= 12 => Weight::Full("the same name with its number or year"),
        Type::Event => Weight::Local,
        _ => Weight::Full("the same name"),
    }
}

/// Members whose document lies in one province are one; those whose place is not known join where only one is known.
fn local(work: &mut Work<'_>, list: &[usize]) {
    let event = work.members[list[0]].kind == Type::Event;
    let mut by_place: BTreeMap<(Option<usize>, Option<i32>), Vec<usize>> = BTreeMap::new();
    for &m in list {
        let doc = work.doc(m);
        let year = event.then(|| doc.date.as_deref().and_then(super::brief::year)).flatten();
        by_place.entry((doc.scope.province, year)).or_default().push(m);
    }
    let mut firsts: Vec<(Option<usize>, usize)> = Vec::new();
    for ((place, _), members) in &by_place {
        let reason = match place {
            Some(place) => format!("the same name in {}", work.linker.places.place(*place).name),
            None => "the same name, and no text says another region".to_owned(),
        };
        for &m in &members[1..] {
            work.sets.join(members[0], m, &reason);
        }
        firsts.push((*place, members[0]));
    }
    let known = firsts.iter().filter(|f| f.0.is_some()).count();
    if !event && known == 1 && firsts.len() == 2 {
        work.sets.join(firsts[0].1, firsts[1].1, "the same name, and only one region is spoken of");
        return;
    }
    // Of many each is told apart from the first only.
    let told = if firsts.len() > 5 { 1 } else { firsts.len() };
    for (nth, one) in firsts.iter().enumerate().take(told) {
        for two in &firsts[nth + 1..] {
            let name =
                |place: Option<usize>| place.map_or("?".to_owned(), |p| work.linker.places.place(p).name.clone());
            let reason = match one.0 == two.0 {
                true => "the same name in another year".to_owned(),
                false => format!("the same name in different regions: {}, {}", name(one.0), name(two.0)),
            };
            work.sets.refuse(one.1, two.1, reason);
        }
    }
}

/// Each text has its own, save for reprints.
fn bare(work: &mut Work<'_>, list: &[usize], reason: &str) {
    let mut firsts: BTreeMap<usize, usize> = BTreeMap::new();
    for &m in list {
        let origin = work.doc(m).origin.unwrap_or(work.members[m].doc);
        match firsts.get(&origin) {
            Some(&first) => _ = work.sets.join(first, m, "one text printed more than once"),
            None => {
                firsts.insert(origin, m);
            }
        }
    }
    let firsts: Vec<usize> = firsts.into_values().collect();
    for &other in firsts.iter().skip(1).take(8) {
        work.sets.refuse(firsts[0], other, reason.to_owned());
    }
}

/// The words that may stand for a body elsewhere, with `true` where its document defines them: its short forms, and its
/// name without its legal form.
pub(super) fn short_forms(linker: &Linker, member: &Member) -> Vec<(String, bool)> {
    if member.kind != Type::Organization {
        return Vec::new();
    }
    let mut words = Vec::new();
    for alias in &member.aliases {
        let alias = linker.simple(alias);
        let firm = length(&alias) > 2
            && !generic_body(linker, &alias)
            && relative::body(linker, &alias).is_none()
            && !relative_word(&alias);
        if firm && plain(&alias) != member.key {
            words.push((plain(&alias), true));
        }
    }
    let group = super::group(&member.key).filter(|group| group.len() < member.key.len());
    let cores = core(linker, &member.key).into_iter().chain(group).filter(|short| length(short) > 3);
    words.extend(cores.map(|short| (short.to_owned(), false)));
    words
}

/// Short forms across documents: one that a text defines, or a name without its legal form.
pub(super) fn join_short(work: &mut Work<'_>) {
    let linker = work.linker;
    // By the words that may be short: the full names that have them, each with a member.
    let mut full: BTreeMap<String, BTreeMap<String, (usize, String)>> = BTreeMap::new();
    for (at, member) in work.members.iter().enumerate().filter(|(_, m)| m.kind == Type::Organization) {
        for (word, defined) in short_forms(linker, member) {
            let reason = || match defined {
                true => format!("a short form that {} defines", work.docs[member.doc].name),
                false => "the same name without its legal form".to_owned(),
            };
            full.entry(word).or_default().entry(member.key.clone()).or_insert_with(|| (at, reason()));
        }
    }
    for at in 0..work.members.len() {
        let member = &work.members[at];
        if member.kind != Type::Organization {
            continue;
        }
        let Some(found) = full.get(&member.key) else { continue };
        let others: Vec<&(usize, String)> =
            found.iter().filter(|(key, _)| **key != member.key).map(|(_, v)| v).collect();
        let [(other, reason)] = others.as_slice() else {
            if let [first, ..] = others.as_slice() {
                work.sets.refuse(first.0, at, "a short form of more than one body".to_owned());
            }
            continue;
        };
        let place = |m: usize| work.doc(m).scope.province;
        if let (Some(a), Some(b)) = (place(at), place(*other))
            && a != b
        {
            let name = |p: usize| linker.places.place(p).name.clone();
            let reason = format!("a short form in another region: {}, {}", name(b), name(a));
            work.sets.refuse(*other, at, reason);
            continue;
        }
        let (other, reason) = (*other, reason.clone());
        work.sets.join(other, at, &reason);
    }
}

/// Why two members of one key have different names, where a renamed unit is the cause.
fn renamed(work: &Work<'_>, one: usize, two: usize) -> Option<String> {
    let gazetteer = &work.linker.places;
    for member in [one, two] {
        let member = &work.members[member];
        if member.kind != Type::Place {
            continue;
        }
        let name = work.linker.simple(&member.name);
        if gazetteer.named(&name).is_empty()
            && let Some((now, until)) = gazetteer.renamed(&name)
        {
            let when = if until.is_empty() { String::new() } else { format!(" (until {until})") };
            return Some(format!("{name} is the former name{when} of {now}"));
        }
    }
    None
}

/// Bodies that every place has.
fn generic_body(linker: &Linker, name: &str) -> bool {
    let numbered = name.starts_with('第') && length(name) <= 6;
    linker.list(Use::Everywhere).holds(name) || numbered || length(name) < 3
}

fn relative_word(name: &str) -> bool {
    name.starts_with(['我', '本', '该']) && length(name) <= 6
}

/// 一等奖, 金奖, 第二名.
fn rank(name: &str) -> bool {
    let name = plain(name);
    let count = length(&name);
    let prize = ["等奖", "金奖", "银奖", "铜奖", "优秀奖", "优胜奖", "冠军", "亚军", "季军", "特别奖", "入围奖"]
        .iter()
        .any(|end| name.ends_with(end));
    prize && count <= 5 || name.starts_with('第') && name.ends_with('名')
}

/// Whether the name of an event holds a number, a year or an ordinal.
fn dated(name: &str) -> bool {
    name.contains('届')
        || name.contains("大会") && name.contains('第')
        || name.chars().any(|c| c.is_ascii_digit())
        || ["一大", "二大", "三大", "四大", "五大", "六大", "七大", "八大", "九大", "十大", "中全会"]
            .iter()
            .any(|w| name.contains(w))
}
