//! Persons: partial names, and titles that stand alone for a known person.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::learned::Learned;
use super::name::length;
use super::scene::{self, Scene};
use crate::mention::Mention;
use crate::rule::linking::Use;
use crate::schema::{Form, RuleId, Type};
use crate::text::Span;

/// One person named in the text.
struct Person {
    name: String,
    fold: String,
    surname: String,
    /// Posts that touch the name somewhere, in simplified characters.
    posts: BTreeSet<String>,
    /// First byte of each mention of the name.
    at: Vec<usize>,
}

/// The marks between the parts of a transliterated name.
const DOTS: [char; 3] = ['·', '•', '・'];

/// Gives partial names their full form.
pub(super) fn resolve(scene: &Scene<'_>, learned: &Learned, mentions: &mut [Mention]) {
    let full: BTreeSet<Cow<'_, str>> = mentions
        .iter()
        .filter(|m| m.kind == Type::Person && m.form == Form::Name && !m.inner)
        .map(|m| scene.name(m))
        .filter(|name| name.contains(DOTS))
        .collect();
    for mention in mentions.iter_mut() {
        if mention.kind != Type::Person || mention.form == Form::Title || mention.inner || mention.norm.is_some() {
            continue;
        }
        let name = scene.name(mention);
        let known = learned.get(Type::Person, &scene.fold(mention), mention.span.start).map(str::to_owned);
        // 特朗普 for 唐纳德·特朗普, 艾力 for 艾力·买买提: a part that one name alone begins or ends with. Of a part that
        // begins one name and ends another, the first is his own name and the other his father's.
        let part = || {
            let pick = |part: fn(&str) -> Option<&str>| {
                let mut found = full.iter().filter(|f| part(f) == Some(&*name) && **f != name);
                found.next().filter(|_| found.next().is_none()).map(|f| f.clone().into_owned())
            };
            pick(|f| f.split(DOTS).next()).or_else(|| pick(|f| f.rsplit(DOTS).next()))
        };
        mention.norm = known.or_else(part).filter(|norm| *norm != name);
    }
}

/// Adds the titles that stand for a known person.
pub(super) fn titles(scene: &Scene<'_>, mentions: &mut Vec<Mention>) {
    let persons = read(scene, mentions);
    let mut found = Vec::new();
    holders(scene, mentions, &persons, &mut found);
    behind_surname(scene, mentions, &persons, &mut found);
    familiar(scene, mentions, &persons, &mut found);
    epithets(scene, mentions, &persons, &mut found);
    given(scene, mentions, &persons, &mut found);
    bare(scene, mentions, &persons, &mut found);
    found.sort_by(|a, b| (a.span.start, b.span.end).cmp(&(b.span.start, a.span.end)));
    let (mut end, mut kept) = (0, Vec::<Mention>::new());
    for title in found {
        if title.span.start < end {
            continue;
        }
        end = title.span.end;
        kept.push(title);
    }
    // A post that stands alone for its holder is no post of somebody.
    mentions.retain(|m| {
        let next = kept.partition_point(|t| t.span.end <= m.span.start);
        let covered = kept.get(next).is_some_and(|t| t.span.overlaps(m.span));
        !(m.kind == Type::Position && !m.inner && covered)
    });
    mentions.extend(kept);
}

fn read(scene: &Scene<'_>, mentions: &[Mention]) -> Vec<Person> {
    let mut persons: BTreeMap<String, Person> = BTreeMap::new();
    for mention in mentions.iter().filter(|m| m.kind == Type::Person && m.form == Form::Name && !m.inner) {
        let name = scene.canonical(mention);
        let fold = scene.simple(&name).into_owned();
        let person = persons.entry(name.clone()).or_insert_with(|| Person {
            surname: scene.linker.surname(&fold).to_owned(),
            fold,
            name,
            posts: BTreeSet::new(),
            at: Vec::new(),
        });
        person.at.push(mention.span.start);
        let touching = |m: &&Mention| m.kind == Type::Position && !m.inner;
        let near = scene::near(mentions, mention.span);
        for post in near.iter().filter(touching) {
            let gap = match post.span.end <= mention.span.start {
                true => scene.whole().get(post.span.end..mention.span.start),
                false => scene.whole().get(mention.span.end..post.span.start),
            };
            // 局长、党组书记李明: the earlier posts of a chain are his as well.
            if gap.is_some_and(|gap| gap.trim().is_empty() || chain(scene, mentions, post, mention)) {
                person.posts.insert(scene.fold(post).into_owned());
            }
        }
        // 王伟任局长, 选举王伟为主席.
        let rest = scene.after(mention.span.end);
        for word in ["任", "为", "担任", "出任"] {
            if let Some(next) = rest.strip_prefix(word) {
                let at = mention.span.end + rest.len() - next.len();
                let post = near.iter().filter(touching).find(|m| m.span.start >= at && m.span.start < at + 60);
                person.posts.extend(post.map(|m| scene.fold(m).into_owned()));
            }
        }
    }
    persons.into_values().collect()
}

/// Whether a post leads to a name over 、 and other posts or bodies alone.
fn chain(scene: &Scene<'_>, mentions: &[Mention], post: &Mention, person: &Mention) -> bool {
    if post.span.end > person.span.start || person.span.start - post.span.end > 120 {
        return false;
    }
    let mut at = post.span.end;
    while at < person.span.start {
        let covered = scene::near(mentions, Span::new(at, at)).iter().find(|m| {
            !m.inner && m.span.start <= at && at < m.span.end && matches!(m.kind, Type::Position | Type::Organization)
        });
        match (covered, scene.after(at).chars().next()) {
            (Some(m), _) => at = m.span.end,
            (None, Some(c)) if c == '、' || c.is_whitespace() => at += c.len_utf8(),
            _ => return false,
        }
    }
    true
}

/// Whether a span touches the name of a person or stands in a name of another kind.
fn taken(mentions: &[Mention], span: Span) -> bool {
    scene::near(mentions, span).iter().filter(|m| !m.inner).any(|m| match m.kind {
        Type::Person => m.span.start <= span.end && span.start <= m.span.end,
        Type::Position => m.span.overlaps(span) && !span.contains(m.span),
        _ => m.span.overlaps(span),
    })
}

/// 总书记 alone: the holder named in the text, else the one of the day.
fn holders(scene: &Scene<'_>, mentions: &[Mention], persons: &[Person], found: &mut Vec<Mention>) {
    const RULE: RuleId = RuleId::new("link.title.holder");
    let day = day(scene, mentions);
    let titles: Vec<&str> = scene.linker.held.iter().map(String::as_str).collect();
    // The day decides who a post of many holders is; it wants a person of the text, save for 总书记.
    for (which, at) in scene.doc.view.separate_occurrences(&titles) {
        let title = titles[which];
        let span = Span::new(at, at + title.len());
        if taken(mentions, span) || !stands_alone(scene, mentions, span) {
            continue;
        }
        let rows = || scene.linker.holders.iter().filter(|h| h.title == title);
        let of_text = persons.iter().filter(|p| p.posts.iter().any(|post| post.ends_with(title)));
        let of_text = of_text.filter(|p| rows().any(|h| h.person == p.fold));
        let named = of_text.min_by_key(|p| p.at.iter().map(|&a| if a < at { at - a } else { a - at + 100_000 }).min());
        let surnamed = rows().any(|h| h.title.starts_with(scene.linker.surname(&h.person)) || h.from.is_empty());
        let holder = match named {
            Some(person) => Some(person.name.clone()),
            None => rows()
                .find(|h| day.as_ref().map_or(h.to.is_empty(), |d| *d >= h.from && (h.to.is_empty() || *d <= h.to)))
                .filter(|h| surnamed || title == "总书记" || persons.iter().any(|p| p.fold == h.person))
                .map(|h| scene.write(&h.person)),
        };
        found.extend(holder.map(|name| scene::title(span, name, RULE)));
    }
}

/// The day of the text, with `-99` for the parts that are not known: as late as it can be.
fn day(scene: &Scene<'_>, mentions: &[Mention]) -> Option<String> {
    let latest = || mentions.iter().filter_map(|m| m.days.as_ref()?.1.clone()).max();
    let day = scene.doc.date.clone().or_else(latest)?;
    Some(match day.len() {
        4 => format!("{day}-99-99"),
        7 => format!("{day}-99"),
        _ => day,
    })
}

/// Whether a title is not part of a row of posts or the office of a body in front.
fn stands_alone(scene: &Scene<'_>, mentions: &[Mention], span: Span) -> bool {
    let before = scene.before(span.start);
    let after = scene.after(span.end);
    let near = scene::near(mentions, span);
    let touches = |m: &Mention| {
        !m.inner && m.span.end == span.start && matches!(m.kind, Type::Organization | Type::Position | Type::Place)
    };
    let office = ["中央", "副", "任", "为", "名誉", "前", "原", "党", "届", "国", "院", "各", "女", "总"]
        .iter()
        .any(|w| before.ends_with(w));
    let row = after.starts_with('、')
        && near.iter().any(|m| !m.inner && m.kind == Type::Position && m.span.start == span.end + '、'.len_utf8());
    let longer = [
        "处",
        "办公室",
        "职务",
        "人选",
        "候选人",
        "助理",
        "令",
        "负责制",
        "会议",
        "办公会",
        "一职",
        "级",
        "基金",
        "号",
    ]
    .iter()
    .any(|w| after.starts_with(w));
    !near.iter().any(touches) && !office && !row && !longer
}

/// Whether what follows may stand behind a name: a mark, a verb, a particle.
fn boundary(after: &str) -> bool {
    const NEXT: &str =
        "说告道在和与及的对把被将向给带也都就是又还还来去走到问指表强介认希要让叫看听笑同握从为有已曾正先接";
    after.chars().next().is_none_or(|c| !c.is_alphanumeric() || NEXT.contains(c))
}

/// 张主席, 徐副总: the one person of that surname whose posts allow it.
fn behind_surname(scene: &Scene<'_>, mentions: &[Mention], persons: &[Person], found: &mut Vec<Mention>) {
    const RULE: RuleId = RuleId::new("link.title.surname");
    let mut families: BTreeMap<&str, Vec<&Person>> = BTreeMap::new();
    for person in persons {
        families.entry(&person.surname).or_default().push(person);
    }
    let surnames: Vec<&str> = families.keys().copied().collect();
    for (which, at) in scene.doc.view.occurrences(&surnames) {
        let surname = surnames[which];
        let rest = scene.after(at + surname.len());
        if !rest.chars().next().is_some_and(|c| scene.linker.title_starts.contains(&c)) {
            continue;
        }
        let Some((title, posts)) = scene.linker.titles.iter().find(|t| rest.starts_with(&t.0)) else { continue };
        let span = Span::new(at, at + surname.len() + title.len());
        let short = length(title) == 1;
        if !exactly(mentions, span) && taken(mentions, span) || short && !boundary(scene.after(span.end)) {
            continue;
        }
        // 习近平总书记 was read; 主席张主席 cannot be.
        let fitting: Vec<&Person> =
            families[surname].iter().copied().filter(|p| p.fold != scene.folded(span)).collect();
        let fits = |p: &&&Person| posts.iter().any(|post| p.posts.iter().any(|own| own.contains(post.as_str())));
        let silent = |p: &&&Person| p.posts.is_empty() || posts.is_empty();
        let mut right: Vec<&&Person> = fitting.iter().filter(fits).collect();
        if right.is_empty() {
            right = fitting.iter().filter(silent).collect();
        }
        if right.is_empty() && length(title) <= 2 && fitting.len() == 1 && lenient(title) {
            right = fitting.iter().collect();
        }
        if let [person] = right.as_slice() {
            found.push(scene::title(span, person.name.clone(), RULE));
        }
    }
}

/// Titles of courtesy, given to people of any post.
fn lenient(title: &str) -> bool {
    ["总", "老总", "工", "总工", "老", "董"].contains(&title)
}

fn exactly(mentions: &[Mention], span: Span) -> bool {
    scene::near(mentions, span).iter().any(|m| !m.inner && m.kind == Type::Position && m.span == span)
}

/// 老王, 小李: the one person of that surname.
fn familiar(scene: &Scene<'_>, mentions: &[Mention], persons: &[Person], found: &mut Vec<Mention>) {
    const RULE: RuleId = RuleId::new("link.title.familiar");
    let first = |p: &Person| p.at.iter().min().copied().unwrap_or(usize::MAX);
    let mut families: BTreeMap<&str, Vec<&Person>> = BTreeMap::new();
    for person in persons.iter().filter(|p| length(&p.fold) <= 4) {
        families.entry(&person.surname).or_default().push(person);
    }
    let mut calls_of: Vec<(String, &Person, usize)> = Vec::new();
    for family in families.values_mut() {
        family.sort_by_key(|p| first(p));
        let next = family.get(1).map_or(usize::MAX, |p| first(p));
        let calls = ["老", "小", "阿"].iter().map(|head| format!("{head}{}", family[0].surname));
        calls_of.extend(
            calls.filter(|call| !scene.linker.list(Use::NoCall).holds(call)).map(|call| (call, family[0], next)),
        );
    }
    let patterns: Vec<&str> = calls_of.iter().map(|c| c.0.as_str()).collect();
    let mut places: Vec<Vec<usize>> = vec![Vec::new(); patterns.len()];
    for (which, at) in scene.doc.view.occurrences(&patterns) {
        places[which].push(at);
    }
    for ((call, person, next), places) in calls_of.iter().zip(places) {
        // Of several of a surname, the one who was named alone before.
        let sole = places.iter().any(|&at| first(person) < at && at < *next);
        if *next < usize::MAX && !sole {
            continue;
        }

        for at in places {
            let span = Span::new(at, at + call.len());
            let before = scene.before(at).chars().next_back();
            // 大小王庄, 中小张, 古老的: a character that makes another word in front.
            let joined = before.is_some_and(|c| "大中古长元养衰弱微细缩狭幼从".contains(c));
            let named = person.at.iter().any(|&a| a < at) || scene.heading(at) && sole;
            if !taken(mentions, span) && !joined && named && calls(scene, &person.surname, span) {
                found.push(scene::title(span, person.name.clone(), RULE));
            }
        }
    }
}

/// Whether 老马 goes on as a call, not as 老马路.
fn calls(scene: &Scene<'_>, surname: &str, span: Span) -> bool {
    let after = scene.after(span.end);
    let Some(next) = after.chars().next() else { return true };
    boundary(after)
        || "家头心手拿坐站掏一两不没这那".contains(next)
        || !scene.linker.is_word(&format!("{surname}{next}"))
}

/// “铁人”王进喜: the epithet in quotes before a name, and the same in quotes alone.
fn epithets(scene: &Scene<'_>, mentions: &[Mention], persons: &[Person], found: &mut Vec<Mention>) {
    const BESIDE: RuleId = RuleId::new("link.title.epithet");
    const ALONE: RuleId = RuleId::new("link.title.epithet.alone");
    let text = scene.whole();
    let mut known: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for mention in mentions.iter().filter(|m| m.kind == Type::Person && m.form == Form::Name && !m.inner) {
        let before = text.get(..mention.span.start).unwrap_or("");
        let Some(close) = before.chars().next_back().filter(|c| "”’」』".contains(*c)) else { continue };
        let body = &before[..before.len() - close.len_utf8()];
        let open = match close {
            '”' => '“',
            '’' => '‘',
            '」' => '「',
            _ => '『',
        };
        let Some(start) = body.rfind(open).map(|at| at + open.len_utf8()) else { continue };
        let words = &body[start..];
        let span = Span::new(start, body.len());
        let plain = words.chars().all(char::is_alphanumeric) && (2..=12).contains(&length(words));
        let other = ["奖", "章", "称号", "先进个人", "工程", "活动", "行动", "计划", "项目", "大赛", "号", "杯", "会"]
            .iter()
            .any(|end| words.ends_with(end));
        if plain && !other && !taken_by_name(mentions, span) {
            let name = scene.canonical(mention);
            if let Some(person) = persons.iter().find(|p| p.name == name) {
                known.entry(words).or_default().insert(&person.name);
                found.push(scene::title(span, name, BESIDE));
            }
        }
    }
    for (words, names) in known {
        let [name] = names.iter().collect::<Vec<_>>()[..] else { continue };
        for (at, _) in text.match_indices(words) {
            let span = Span::new(at, at + words.len());
            let quoted =
                scene.before(at).ends_with(['“', '‘', '「']) && scene.after(span.end).starts_with(['”', '’', '」']);
            if quoted && !taken(mentions, span) && !found.iter().any(|f| f.span.overlaps(span)) {
                found.push(scene::title(span, (*name).to_owned(), ALONE));
            }
        }
    }
}

fn taken_by_name(mentions: &[Mention], span: Span) -> bool {
    mentions
        .iter()
        .any(|m| !m.inner && m.span.overlaps(span) && m.kind != Type::Position && m.kind != Type::Formulation)
}

/// 立勇同志: the given name alone, of the one person who bears it.
fn given(scene: &Scene<'_>, mentions: &[Mention], persons: &[Person], found: &mut Vec<Mention>) {
    const RULE: RuleId = RuleId::new("link.title.given");
    let mut bearers: BTreeMap<&str, Vec<&Person>> = BTreeMap::new();
    for person in persons {
        if let Some(given) = person.fold.strip_prefix(&person.surname).filter(|g| length(g) == 2) {
            bearers.entry(given).or_default().push(person);
        }
    }
    bearers.retain(|_, persons| persons.len() == 1);
    let names: Vec<&str> = bearers.keys().copied().collect();
    for (which, at) in scene.doc.view.occurrences(&names) {
        let (given, person) = (names[which], bearers[names[which]][0]);

        let span = Span::new(at, at + given.len());
        let after = scene.after(span.end);
        let before = scene.before(at);
        let starts =
            before.chars().next_back().is_none_or(|c| !c.is_alphanumeric()) || scene.linker.list(Use::Kin).ends(before);
        if !starts {
            continue;
        }
        // A given name that is no word is a name wherever a clause begins with it.
        let name = || person.at.iter().any(|&a| a < at) && !scene.linker.is_word(given);
        let called = scene.linker.list(Use::Called).begins(after) || name();
        if called && !taken(mentions, span) {
            found.push(scene::title(span, person.name.clone(), RULE));
        }
    }
}

/// 局长表示: a post alone at the head of a clause, of its only holder in the text, before a verb of speech or deed.
fn bare(scene: &Scene<'_>, mentions: &[Mention], persons: &[Person], found: &mut Vec<Mention>) {
    const RULE: RuleId = RuleId::new("link.title.bare");
    for mention in mentions.iter().filter(|m| m.kind == Type::Position && !m.inner) {
        let post = scene.fold(mention);
        let mut holders = persons.iter().filter(|p| p.posts.contains(&*post));
        let (Some(person), None) = (holders.next(), holders.next()) else { continue };
        let span = mention.span;
        let before = scene.before(span.start).chars().next_back();
        let head = before.is_none_or(|c| c.is_whitespace() || "，。；！？“：".contains(c));
        let acts = scene.linker.list(Use::Deed).begins(scene.after(span.end));
        let earlier = person.at.iter().any(|&a| a < span.start);
        if head && acts && earlier && stands_alone(scene, mentions, span) && !touches_person(mentions, span) {
            found.push(scene::title(span, person.name.clone(), RULE));
        }
    }
}

fn touches_person(mentions: &[Mention], span: Span) -> bool {
    scene::near(mentions, span)
        .iter()
        .any(|m| m.kind == Type::Person && m.span.start <= span.end && span.start <= m.span.end)
}
