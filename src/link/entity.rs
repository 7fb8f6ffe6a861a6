//! The things that a document speaks of, each with its names and its mentions.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::abbreviation::{tail, units};
use super::name::{entity_id, plain};
use super::scene::Scene;
use crate::document::Document;
use crate::mention::Mention;
use crate::record::EntityRecord;
use crate::rule::linking::{Linker, Use};
use crate::schema::{Form, RuleId, Type};
use crate::text::Span;

/// What [`entities`] finds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Linked {
    /// The entity of each mention; `None` for dates and figures.
    pub of: Vec<Option<String>>,
    /// Canonical name of each mention; the normal form of a date or figure.
    pub names: Vec<String>,
    /// The entities, by id.
    pub entities: Vec<EntityRecord>,
}

/// Adds, as inner mentions, the bodies that the name of a body begins with
/// (某公司某分公司某部: 某公司某分公司 and 某公司).
pub(super) fn add_units(scene: &Scene<'_>, mentions: &mut Vec<Mention>) {
    const RULE: RuleId = RuleId::new("link.unit");
    let mut more = Vec::new();
    for mention in mentions.iter().filter(|m| m.kind == Type::Organization && !m.inner) {
        let canonical = scene.canonical(mention);
        let simple = scene.simple(&canonical);
        let surface = scene.fold(mention);
        for head in units(scene.linker, &simple) {
            let Some(rest) = simple.strip_prefix(head) else { continue };
            // The words of the unit stand at the end of the surface: what is left of it is the body.
            let Some(left) = surface.strip_suffix(rest).filter(|left| !left.is_empty()) else { continue };
            let Some(end) = cut(scene.folded(mention.span), left) else { continue };
            let span = Span::new(mention.span.start, mention.span.start + end);
            let name: String = canonical.chars().take(head.chars().count()).collect();
            if mentions.iter().any(|m| m.span == span && m.kind == Type::Organization) {
                continue;
            }
            let norm = (super::name::joined(scene.text(span)) != name).then_some(name);
            more.push(Mention {
                span,
                kind: Type::Organization,
                form: Form::Name,
                norm,
                days: None,
                inner: true,
                rule: RULE,
            });
        }
    }
    mentions.extend(more);
}

/// The bytes of `surface` that hold the characters of `name`, blanks and line ends not counted.
fn cut(surface: &str, name: &str) -> Option<usize> {
    let mut rest = name.chars().peekable();
    for (at, c) in surface.char_indices() {
        if rest.peek().is_none() {
            return Some(at);
        }
        if !c.is_whitespace() && rest.next() != Some(c) {
            return None;
        }
    }
    rest.peek().is_none().then_some(surface.len())
}

/// Groups the mentions of a document into entities. Ids are `type/名称` by canonical name; the order of the
/// mentions decides nothing but the order of their numbers.
pub fn entities(doc: &Document, mentions: &[Mention], linker: &Linker) -> Linked {
    let scene = Scene::new(doc, linker);
    let names: Vec<String> = mentions.iter().map(|mention| scene.canonical(mention)).collect();
    let mut of = vec![None; mentions.len()];
    let mut entities = Vec::new();
    for Group { kind, name, id, members, .. } in groups(&scene, mentions, &names) {
        let mut aliases: BTreeSet<String> = BTreeSet::new();
        for &i in &members {
            let written = mentions[i].norm.is_some().then(|| scene.name(&mentions[i]));
            aliases.extend(written.filter(|written| *written != name).map(Cow::into_owned));
            aliases.extend(Some(&names[i]).filter(|known| **known != name).cloned());
        }
        // 全国, 首都 and 党 are words for a thing, not its names.
        aliases.retain(|alias| {
            let word = kind == Type::Place && linker.alias.contains_key(&(kind, scene.simple(alias).into_owned()));
            !word && !relative_words(alias) && alias.chars().count() > 1
        });
        for &i in &members {
            of[i] = Some(id.clone());
        }
        entities.push(EntityRecord { id, kind, name, aliases: aliases.into_iter().collect(), mentions: members });
    }
    Linked { of, names, entities }
}

/// The mentions of one thing.
struct Group {
    kind: Type,
    /// What its names have in common.
    key: String,
    name: String,
    id: String,
    members: Vec<usize>,
}

/// The mentions of a document by what they name, by id.
fn groups(scene: &Scene<'_>, mentions: &[Mention], names: &[String]) -> Vec<Group> {
    let mut by_name: FxHashMap<(Type, &str), usize> = FxHashMap::default();
    let mut by_key: FxHashMap<(Type, String), usize> = FxHashMap::default();
    by_name.reserve(names.len());
    by_key.reserve(names.len());
    let mut groups: Vec<Group> = Vec::new();
    for (i, (mention, name)) in mentions.iter().zip(names).enumerate() {
        let kind = mention.kind;
        if matches!(kind, Type::Date | Type::Figure) || name.is_empty() {
            continue;
        }
        let number = *by_name.entry((kind, name)).or_insert_with(|| {
            let key = key(scene.linker, kind, &scene.simple(name));
            *by_key.entry((kind, key.clone())).or_insert_with(|| {
                groups.push(Group { kind, key, name: String::new(), id: String::new(), members: Vec::new() });
                groups.len() - 1
            })
        });
        groups[number].members.push(i);
    }
    for group in &mut groups {
        group.name = head_name(names, &group.members);
        group.id = entity_id(group.kind, &group.name);
    }
    groups.sort_unstable_by(|a, b| (&a.id, &a.key).cmp(&(&b.id, &b.key)));
    if groups.windows(2).any(|pair| pair[0].id == pair[1].id) {
        groups.sort_unstable_by(|a, b| (a.kind, &a.key).cmp(&(b.kind, &b.key)));
        let mut used = BTreeSet::new();
        groups.iter_mut().for_each(|group| group.id = unused(&mut used, std::mem::take(&mut group.id)));
        groups.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    }
    groups
}

/// The name that most mentions bear; of two, the longer.
fn head_name(names: &[String], members: &[usize]) -> String {
    if let [only] = members {
        return names[*only].clone();
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for &i in members {
        *counts.entry(&names[i]).or_default() += 1;
    }
    let best = counts.into_iter().max_by(|a, b| (a.1, a.0.len()).cmp(&(b.1, b.0.len())).then_with(|| b.0.cmp(a.0)));
    best.map(|(name, _)| name.to_owned()).unwrap_or_default()
}

/// Two names that differ only in marks may come to one id.
fn unused(used: &mut BTreeSet<String>, id: String) -> String {
    let mut candidate = id.clone();
    let mut number = 2;
    while !used.insert(candidate.clone()) {
        candidate = format!("{id}_{number}");
        number += 1;
    }
    candidate
}

/// 我社, 全市 are names of a thing only in one text.
fn relative_words(alias: &str) -> bool {
    alias.starts_with(['我', '本']) && alias.chars().count() <= 3 || super::relative::place(alias).is_some()
}

/// What two names of one thing have in common: full name of a place, tail of a body written out, no marks.
pub(super) fn key(linker: &Linker, kind: Type, simple: &str) -> String {
    match kind {
        Type::Place => match linker.places.named(simple) {
            [place] => linker.places.place(*place).name.clone(),
            _ => plain(simple),
        },
        Type::Organization => body_key(linker, simple),
        Type::Person => simple.to_owned(),
        _ => plain(simple),
    }
}

fn body_key(linker: &Linker, simple: &str) -> String {
    let full = linker.bodies.get(simple).map_or(simple, |body| body.full.as_str());
    let bare = linker
        .list(Use::Bare)
        .starting(full)
        .next()
        .map(|lead| &full[lead.len()..])
        .filter(|rest| rest.chars().count() > 2);
    let name = bare.unwrap_or(full);
    let (places, rest) = linker.places.prefixes(name);
    if rest.is_empty() {
        return plain(full);
    }
    let mut head = String::new();
    for (found, word) in &places {
        match found {
            [only] => head.push_str(&linker.places.place(*only).name),
            _ => head.push_str(word),
        }
    }
    // 环县县委 is 环县委: the level is said twice.
    let level = places.last().and_then(|(_, word)| word.chars().next_back());
    let once = level.filter(|c| "省市县区州旗盟".contains(*c)).and_then(|c| rest.strip_prefix(c));
    let rest = once.filter(|once| once.starts_with(['委', '政', '人', '纪'])).unwrap_or(rest);
    head += &if rest == "委" { Cow::Borrowed("委员会") } else { tail(linker, rest) };
    plain(&head)
}
