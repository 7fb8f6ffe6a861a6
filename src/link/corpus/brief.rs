//! What linking across documents keeps of one record: names and what tells their bearers apart, no texts.

use std::collections::{BTreeMap, BTreeSet};

use super::super::abbreviation::units;
use super::super::entity::key;
use super::super::relative;
use super::reprint;
use crate::record::{EntityRecord, FactRecord, Record};
use crate::rule::linking::Linker;
use crate::schema::{Form, Predicate, Qualifier, Type};

/// Documents with more persons are lists: who stands in one list knows one another no better than its readers do.
const LIST: usize = 80;

/// What is kept of one record.
pub(super) struct Brief {
    pub doc: String,
    pub sha256: String,
    pub date: Option<String>,
    pub scope: Scope,
    /// The persons of the document in simplified characters, sorted; none of a list.
    pub persons: Vec<String>,
    pub print: reprint::Print,
    pub members: Vec<Member>,
}

/// One entity of one document.
pub(super) struct Member {
    /// Index of the document in the sorted list.
    pub doc: usize,
    /// Its id in the record.
    pub id: String,
    pub kind: Type,
    pub name: String,
    pub aliases: Vec<String>,
    pub mentions: usize,
    /// What names of one thing have in common.
    pub key: String,
    /// The administrative unit that it is, or of a body that its name begins with.
    pub unit: Option<usize>,
    /// Of a person: everything else that tells who it is.
    pub person: Option<Box<Traits>>,
}

/// What a document says of a person.
pub(super) struct Traits {
    /// Posts and the keys of their bodies, with the time.
    pub posts: BTreeSet<(String, Option<String>, Option<String>)>,
    /// Keys of bodies.
    pub bodies: BTreeSet<String>,
    /// Of those, the ones that the person is in when the document speaks.
    pub now: BTreeSet<String>,
    /// Offices of one holder without their place: 县委书记, 副市长.
    pub offices: BTreeSet<String>,
    /// Keys of the bodies that those are units of.
    pub above: BTreeSet<String>,
    /// Years of birth that are stated, or follow from an age.
    pub birth: BTreeSet<i32>,
    /// Award and year.
    pub awards: BTreeSet<(String, String)>,
    /// Titles that stand for the person.
    pub titles: BTreeSet<String>,
    /// Year of the document.
    pub year: Option<i32>,
}

/// The places of a document: the units its names stand in.
#[derive(Default, Clone)]
pub(super) struct Scope {
    /// The unit that the document names most, at each height of the chain that is clear.
    pub province: Option<usize>,
    pub district: Option<usize>,
    /// Every unit that it names for sure.
    pub named: Vec<usize>,
}

impl Scope {
    pub fn of(record: &Record, linker: &Linker) -> Scope {
        let gazetteer = &linker.places;
        let mut found: Vec<(Vec<usize>, usize)> = Vec::new();
        for entity in &record.entities {
            if matches!(entity.kind, Type::Place | Type::Organization) {
                let simple = linker.simple(&entity.name);
                let (heads, _) = gazetteer.prefixes(&simple);
                found.extend(heads.into_iter().map(|(units, _)| (units.to_vec(), entity.mentions.len())));
            }
        }
        // Words of the whole country, and other countries, say that a text is of no one province.
        let whole = |e: &&EntityRecord| {
            let name = linker.simple(&e.name);
            e.kind == Type::Place && (name == "中国" || linker.known().thing(Type::Place, &name).is_some())
                || e.kind == Type::Organization
                    && ["国务院", "中共中央", "中国共产党", "全国人民代表大会"].contains(&name.as_str())
        };
        let abroad: usize = record.entities.iter().filter(whole).map(|e| e.mentions.len()).sum();
        let sure: Vec<usize> = found.iter().filter(|f| f.0.len() == 1).map(|f| f.0[0]).collect();
        let (mut provinces, mut districts): (BTreeMap<usize, usize>, BTreeMap<usize, usize>) = Default::default();
        let mut named = BTreeSet::new();
        for (units, count) in &found {
            let Some(unit) = gazetteer.pick(units, &sure) else { continue };
            named.insert(unit);
            let chain = gazetteer.chain(unit);
            if let Some(province) = chain.last() {
                *provinces.entry(*province).or_default() += count;
            }
            if chain.len() > 1 {
                *districts.entry(chain[chain.len() - 2]).or_default() += count;
            }
        }
        let most = |counts: &BTreeMap<usize, usize>| {
            let mut ranked: Vec<(usize, usize)> = counts.iter().map(|(unit, count)| (*count, *unit)).collect();
            ranked.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
            match ranked.as_slice() {
                [only] => Some(only.1),
                [first, second, ..] if first.0 > second.0 => Some(first.1),
                _ => None,
            }
        };
        // A province is that of the text where most of what it names lies there.
        let all: usize = provinces.values().sum::<usize>() + abroad;
        let province = most(&provinces).filter(|unit| provinces[unit] * 2 > all);
        let district = most(&districts).filter(|unit| {
            province.is_some_and(|province| gazetteer.within(*unit, province)) && districts[unit] * 2 > all
        });
        Scope { province, district, named: named.into_iter().collect() }
    }
}

/// The first four digits of a day.
pub(super) fn year(day: &str) -> Option<i32> {
    let digits = day.get(..4)?;
    digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

impl Brief {
    pub fn of(record: &Record, linker: &Linker) -> Brief {
        let scope = Scope::of(record, linker);
        let mut persons: Vec<String> =
            record.entities.iter().filter(|e| e.kind == Type::Person).map(|e| linker.simple(&e.name)).collect();
        persons.sort_unstable();
        persons.dedup();
        if persons.len() > LIST {
            persons.clear();
        }
        let said = Said::of(record);
        let member = |entity: &EntityRecord| {
            let mut member = Member::new(entity, &scope, linker);
            if entity.kind == Type::Person {
                member.person = Some(Box::new(Traits::of(record, entity, &said, linker)));
            }
            member
        };
        let members = record.entities.iter().map(member).collect();
        Brief {
            doc: record.doc.clone(),
            sha256: record.sha256.clone(),
            date: record.date.clone(),
            scope,
            persons,
            print: reprint::Print::of(record),
            members,
        }
    }
}

impl Member {
    fn new(entity: &EntityRecord, scope: &Scope, linker: &Linker) -> Member {
        let simple = linker.simple(&entity.name);
        let gazetteer = &linker.places;
        let inside = || gazetteer.prefixes(&simple).0.last().and_then(|(found, _)| gazetteer.pick(found, &scope.named));
        let known = || linker.known().thing(entity.kind, &simple).map(|name| format!("={name}"));
        let whole = || super::unit(linker, &simple, &scope.named);
        let (key, unit) = match entity.kind {
            Type::Place => match whole() {
                Some(unit) => (format!("#{unit:05}"), Some(unit)),
                None => (known().unwrap_or_else(|| key(linker, entity.kind, &simple)), inside()),
            },
            Type::Event => (known().unwrap_or_else(|| key(linker, entity.kind, &simple)), None),
            Type::Organization => (key(linker, entity.kind, &simple), inside()),
            _ => (key(linker, entity.kind, &simple), None),
        };
        Member {
            doc: 0,
            id: entity.id.clone(),
            kind: entity.kind,
            name: entity.name.clone(),
            aliases: entity.aliases.clone(),
            mentions: entity.mentions.len(),
            key,
            unit,
            person: None,
        }
    }

    /// What the document says of the person; nothing of what is none.
    pub fn traits(&self) -> &Traits {
        static NONE: Traits = Traits::new();
        self.person.as_deref().unwrap_or(&NONE)
    }

    /// Whether the lexicons of known things have it.
    pub fn is_known(&self) -> bool {
        self.key.starts_with('=')
    }

    /// Whether it is an administrative unit.
    pub fn is_unit(&self) -> bool {
        self.key.starts_with('#')
    }
}

/// The facts of a record by their subject.
struct Said<'r> {
    by_id: BTreeMap<&'r str, Vec<&'r FactRecord>>,
    by_name: BTreeMap<&'r str, Vec<&'r FactRecord>>,
}

impl<'r> Said<'r> {
    fn of(record: &'r Record) -> Said<'r> {
        let mut out = Said { by_id: BTreeMap::new(), by_name: BTreeMap::new() };
        for fact in &record.facts {
            match &fact.subject_id {
                Some(id) => out.by_id.entry(id).or_default().push(fact),
                None => out.by_name.entry(&fact.subject).or_default().push(fact),
            }
        }
        out
    }

    fn about(&self, entity: &EntityRecord) -> impl Iterator<Item = &'r FactRecord> {
        let by_id = self.by_id.get(entity.id.as_str()).into_iter().flatten();
        by_id.chain(self.by_name.get(entity.name.as_str()).into_iter().flatten()).copied()
    }
}

impl Traits {
    const fn new() -> Traits {
        Traits {
            posts: BTreeSet::new(),
            bodies: BTreeSet::new(),
            now: BTreeSet::new(),
            offices: BTreeSet::new(),
            above: BTreeSet::new(),
            birth: BTreeSet::new(),
            awards: BTreeSet::new(),
            titles: BTreeSet::new(),
            year: None,
        }
    }

    fn of(record: &Record, entity: &EntityRecord, said: &Said<'_>, linker: &Linker) -> Traits {
        let mut out = Traits { year: record.date.as_deref().and_then(year), ..Traits::new() };
        for fact in said.about(entity) {
            out.add(fact, linker);
        }
        for &mention in &entity.mentions {
            if let Some(m) = record.mentions.get(mention)
                && m.form == Form::Title
            {
                out.titles.insert(linker.simple(&m.text));
            }
        }
        out
    }

    fn add(&mut self, fact: &FactRecord, linker: &Linker) {
        let time = fact.qualifiers.get(&Qualifier::Time).cloned();
        let body = |name: &str| {
            let key = key(linker, Type::Organization, &linker.simple(name));
            super::group(&key).map(str::to_owned).unwrap_or(key)
        };
        // 县委 of a text that names no county, 集团 and 研究院 may be those of any.
        let somewhere = |name: &&String| {
            let simple = linker.simple(name);
            let short = simple.chars().count() < 4 && !linker.bodies.contains_key(&simple);
            (short || relative::body(linker, &simple).is_some()) && linker.places.prefix(&simple).is_none()
        };
        let past = time.as_deref().is_some_and(|time| is_past(time, self.year));
        let mut above = |name: &str| {
            let simple = linker.simple(name);
            self.above.extend(units(linker, &simple).into_iter().map(|unit| key(linker, Type::Organization, unit)));
        };
        match fact.predicate {
            Predicate::HoldsPosition => {
                let org = fact.qualifiers.get(&Qualifier::Org).filter(|org| !somewhere(org));
                org.into_iter().for_each(|org| above(org));
            }
            Predicate::MemberOf if !somewhere(&&fact.object) => above(&fact.object),
            _ => {}
        }
        match fact.predicate {
            Predicate::HoldsPosition => {
                let org = fact.qualifiers.get(&Qualifier::Org);
                self.offices.extend(office(linker, &linker.simple(&fact.object), org.map(|org| linker.simple(org))));
                let org = org.filter(|org| !somewhere(org)).map(|org| body(org));
                self.bodies.extend(org.clone());
                self.now.extend(org.clone().filter(|_| !past));
                self.posts.insert((linker.simple(&fact.object), org, time));
            }
            Predicate::MemberOf if !somewhere(&&fact.object) => {
                self.bodies.insert(body(&fact.object));
                if !past {
                    self.now.insert(body(&fact.object));
                }
            }
            Predicate::ReceivedAward => {
                let year = time.as_deref().and_then(|t| t.get(..4)).unwrap_or("").to_owned();
                self.awards.insert((super::super::name::plain(&linker.simple(&fact.object)), year));
            }
            Predicate::BornOn => self.birth.extend(year(&fact.object)),
            Predicate::AgeOf => {
                let age: Option<i32> = fact.object.split(' ').next().and_then(|n| n.parse().ok());
                let at = time.as_deref().and_then(year).or(self.year);
                // 岁 counted the one way or the other: the later of two years.
                self.birth.extend(age.zip(at).map(|(age, at)| at - age));
            }
            _ => {}
        }
    }
}

/// Whether a time ended before the year in which the document speaks: 1992, 2008/2015, ../2020.
fn is_past(time: &str, speaking: Option<i32>) -> bool {
    let last = time.rsplit('/').next().unwrap_or(time);
    time.starts_with("../") || last != ".." && year(last).zip(speaking).is_some_and(|(last, now)| last + 1 < now)
}

/// The office that a post at the head of a public body is, without its place: 环县县委 and 书记 give 县委书记, as 县委 and
/// 书记 do; 副市长 is one by itself.
fn office(linker: &Linker, post: &str, body: Option<String>) -> Option<String> {
    const LEVELS: [char; 7] = ['省', '市', '县', '区', '州', '旗', '盟'];
    const HEADS: [&str; 13] =
        ["书记", "主任", "主席", "局长", "厅长", "院长", "检察长", "部长", "秘书长", "校长", "会长", "专员", "政委"];
    let bare = post.trim_start_matches("常务").trim_start_matches(['副', '代']);
    if bare.strip_suffix('长').is_some_and(|stem| stem.chars().count() == 1 && stem.starts_with(LEVELS)) {
        return Some(post.to_owned());
    }
    let body = body.filter(|_| HEADS.iter().any(|head| post.ends_with(head)))?;
    if relative::body(linker, &body).is_some() && linker.places.prefix(&body).is_none() {
        return Some(format!("{body}{post}"));
    }
    let (places, rest) = linker.places.prefixes(&body);
    let (units, word) = places.last()?;
    let level = match units {
        [only] => linker.places.place(*only).name.chars().next_back()?,
        _ => word.chars().next_back()?,
    };
    (LEVELS.contains(&level) && !rest.is_empty())
        .then(|| format!("{level}{}{post}", rest.strip_prefix(level).unwrap_or(rest)))
}

/// Whether a name is rare enough that two bearers in one province are hardly two: parts joined by ·, a surname of two
/// characters, or four characters and more.
pub(super) fn rare(linker: &Linker, name: &str) -> bool {
    name.contains(['·', '•', '・']) || name.chars().count() >= 4 || linker.surname(name).chars().count() == 2
}
