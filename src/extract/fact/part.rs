//! Facts that stand in the names themselves: units of bodies, places inside places.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::Draft;
use super::scene::Scene;
use super::trace::{How, Part, Trace};
use crate::fact::{Fact, Term};
use crate::rule::Rule;
use crate::schema::{Predicate, Status, Type};

/// A body whose name holds the name of the body above it: 甲公司乙分公司丙部, one level at a time.
pub fn parts(scene: &Scene<'_>, rule: &Rule, draft: &mut Draft<'_>) {
    let (heads, units) = (scene.rules.detail_list(rule, "heads"), scene.rules.detail_list(rule, "units"));
    let never = scene.rules.detail_list(rule, "never");
    let known = names(scene, Type::Organization);
    for (name, &mention) in &known {
        let mut levels: BTreeSet<usize> = inner_levels(scene, mention, name);
        // A name that ends in no unit has none.
        let ends = if units.ends(name) { name.len() } else { 0 };
        for (at, _) in name.char_indices().skip(2).take_while(|(at, _)| *at < ends) {
            let (head, rest) = name.split_at(at);
            let short = scene.vocabulary.short_units.holds(rest);
            let unit = (short || rest.chars().count() >= 3) && units.ends(rest);
            let stop = never.begins(rest);
            let attached = ["附属", "直属", "下属"].iter().any(|word| unnumbered(rest).starts_with(word));
            // 公司工会: a kind of body names none
            let named = (known.contains_key(head) && !heads.holds(head))
                || heads.ending(head).any(|suffix| ends_as(head, suffix));
            // 甲银行城东中心｜支行
            let branch = rest == "支行" && head.ends_with("中心");
            if unit && !stop && !branch && !is_cut(head) && (named || attached) {
                levels.insert(at);
            }
        }
        levels.retain(|&at| !is_cut(&name[..at]));
        let mut below = name.as_str();
        for &at in levels.iter().rev() {
            let above = &name[..at];
            add(scene, rule, draft, Predicate::PartOf, mention, below, above, &known);
            below = above;
        }
    }
}

/// What follows a number at the start (第一附属医院).
fn unnumbered(rest: &str) -> &str {
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    rest.strip_prefix('第').map_or(rest, |numbered| numbered.trim_start_matches(number))
}

/// Whether a name cannot end here: 某大学第一|附属医院, 某县中心|医院, 某建设(集团|)有限公司.
fn is_cut(head: &str) -> bool {
    let brackets = |marks: [char; 2]| head.matches(marks).count();
    if brackets(['(', '（']) != brackets([')', '）']) {
        return true;
    }
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let centre =
        head.strip_suffix("中心").is_some_and(|area| area.ends_with(['省', '市', '县', '区', '州', '镇', '乡', '旗']));
    centre || head.trim_end_matches(number).len() < head.len() && head.trim_end_matches(number).ends_with('第')
}

/// Whether a name ends with a suffix and says more than the suffix.
fn ends_as(head: &str, suffix: &str) -> bool {
    head.strip_suffix(suffix).is_some_and(|stem| stem.chars().count() >= 2)
}

/// Ends of inner organization mentions that begin where the mention begins.
fn inner_levels(scene: &Scene<'_>, mention: usize, name: &str) -> BTreeSet<usize> {
    let outer = &scene.mentions[mention];
    let words = scene.words(mention);
    // Only where the name is its words: a norm that was expanded has other offsets.
    if words != name {
        return BTreeSet::new();
    }
    // All are sorted by their start.
    let first = scene.mentions.partition_point(|other| other.span.start < outer.span.start);
    let here = scene.mentions[first..].iter().take_while(|other| other.span.start == outer.span.start);
    let inner = here.filter(|other| other.inner && other.kind == Type::Organization && outer.span.contains(other.span));
    inner.map(|other| other.span.len()).filter(|&at| at < name.len()).collect()
}

/// A place whose name begins with the area or the building that holds it: 石桥县东湖公园, 人民大会堂金色大厅.
pub fn inside(scene: &Scene<'_>, rule: &Rule, draft: &mut Draft<'_>) {
    let (areas, halls) = (scene.rules.detail_list(rule, "areas"), scene.rules.detail_list(rule, "halls"));
    let known = names(scene, Type::Place);
    for (name, &mention) in &known {
        let mut best = None;
        for (at, _) in name.char_indices().skip(2) {
            let (head, rest) = name.split_at(at);
            let long = rest.chars().count();
            let area = !head.ends_with("城市")
                && long >= 3
                && areas.ending(head).any(|suffix| ends_as(head, suffix))
                && !areas.holds(rest);
            let hall = long >= 2 && halls.ending(head).any(|suffix| ends_as(head, suffix));
            let area = area && head.starts_with(char::is_alphanumeric);
            let nested = long <= 4 && areas.ends(rest);
            if (area || hall) && !nested {
                best = Some(head);
            }
        }
        if let Some(head) = best {
            add(scene, rule, draft, Predicate::LocatedIn, mention, name, head, &known);
        }
    }
}

/// The canonical names of one type with the first mention of each.
fn names(scene: &Scene<'_>, kind: Type) -> BTreeMap<String, usize> {
    let mut names = BTreeMap::new();
    for (index, mention) in scene.mentions.iter().enumerate() {
        if mention.kind == kind && !mention.inner {
            names.entry(scene.name(index).to_owned()).or_insert(index);
        }
    }
    names
}

#[allow(clippy::too_many_arguments)]
fn add(
    scene: &Scene<'_>,
    rule: &Rule,
    draft: &mut Draft<'_>,
    predicate: Predicate,
    mention: usize,
    below: &str,
    above: &str,
    known: &BTreeMap<String, usize>,
) {
    let term = |name: &str| known.get(name).map_or(Term::Text(name.to_owned()), |&index| Term::Mention(index));
    let evidence = scene.places[mention].map_or(scene.mentions[mention].span, |(line, _)| scene.lines[line].span);
    let (line, at) =
        scene.places[mention].map_or((0, 0), |(line, mark)| (line, scene.lines[line].skeleton.marks[mark].0));
    let fact = Fact {
        subject: term(below),
        predicate,
        object: term(above),
        qualifiers: Vec::new(),
        status: Status::Stated,
        rule: rule.id,
        evidence,
    };
    draft.add(fact, Trace::of(line, at, at + 3).subject(How::Read).with(Part::Object, How::Level));
}
