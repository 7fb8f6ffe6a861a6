//! What several documents say together of one person, and how far two such pictures look like one.

use std::collections::BTreeSet;

use super::brief::{Member, rare};
use super::work::Doc;
use crate::rule::linking::Linker;

/// Evidence from which two are one.
pub(super) const ENOUGH: f64 = 1.5;

/// Bodies of millions: to belong to one tells nobody apart.
const BROAD: [&str; 5] =
    ["中国共产党", "中国人民解放军", "中国共产主义青年团", "全国人民代表大会", "中国人民政治协商会议"];

/// What is known of one person so far.
#[derive(Default)]
pub(super) struct Profile<'w> {
    /// The first of the members, which are sorted by document.
    pub first: usize,
    pub bodies: BTreeSet<&'w str>,
    now: BTreeSet<&'w str>,
    pub offices: BTreeSet<&'w str>,
    pub above: BTreeSet<&'w str>,
    pub posts: BTreeSet<&'w str>,
    pub awards: BTreeSet<(&'w str, &'w str)>,
    pub birth: BTreeSet<i32>,
    pub company: BTreeSet<&'w str>,
    pub origins: BTreeSet<usize>,
    pub districts: BTreeSet<usize>,
    pub provinces: BTreeSet<usize>,
    years: BTreeSet<i32>,
}

/// How far two persons of one name look like one, and why.
pub(super) struct Verdict {
    pub score: f64,
    pub reasons: Vec<String>,
    /// Why they cannot be one.
    pub against: Vec<String>,
}

impl<'w> Profile<'w> {
    /// What one document says.
    pub fn of(at: usize, member: &'w Member, doc: &'w Doc) -> Profile<'w> {
        let traits = member.traits();
        Profile {
            first: at,
            bodies: traits.bodies.iter().map(String::as_str).filter(|b| !BROAD.contains(b)).collect(),
            now: traits.now.iter().map(String::as_str).filter(|b| !BROAD.contains(b)).collect(),
            offices: traits.offices.iter().map(String::as_str).collect(),
            above: traits.above.iter().map(String::as_str).collect(),
            posts: traits.posts.iter().map(|post| post.0.as_str()).collect(),
            awards: traits
                .awards
                .iter()
                .filter(|(award, year)| !year.is_empty() && award.chars().count() > 3)
                .map(|(award, year)| (award.as_str(), year.as_str()))
                .collect(),
            birth: traits.birth.clone(),
            company: doc.persons.iter().map(String::as_str).filter(|name| *name != member.key).collect(),
            origins: doc.origin.into_iter().collect(),
            districts: doc.scope.district.into_iter().collect(),
            provinces: doc.scope.province.into_iter().collect(),
            years: traits.year.into_iter().collect(),
        }
    }

    /// Takes over all that another says.
    pub fn absorb(&mut self, other: Profile<'w>) {
        self.first = self.first.min(other.first);
        self.bodies.extend(other.bodies);
        self.now.extend(other.now);
        self.offices.extend(other.offices);
        self.above.extend(other.above);
        self.posts.extend(other.posts);
        self.awards.extend(other.awards);
        self.birth.extend(other.birth);
        self.company.extend(other.company);
        self.origins.extend(other.origins);
        self.districts.extend(other.districts);
        self.provinces.extend(other.provinces);
        self.years.extend(other.years);
    }
}

/// The first member that two sets have in common; the smaller is walked through.
fn common<'s, T: Ord>(a: &'s BTreeSet<T>, b: &'s BTreeSet<T>) -> Option<&'s T> {
    let (small, large) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    small.iter().find(|x| large.contains(*x))
}

/// The least difference between a member of the one and one of the other.
fn apart(a: &BTreeSet<i32>, b: &BTreeSet<i32>) -> Option<i32> {
    a.iter()
        .filter_map(|x| {
            let below = b.range(..=x).next_back().map(|y| x - y);
            let above = b.range(x..).next().map(|y| y - x);
            below.into_iter().chain(above).min()
        })
        .min()
}

/// Compares two persons of the name `name`; `docs` are named in reasons.
pub(super) fn judge(linker: &Linker, docs: &[Doc], name: &str, a: &Profile<'_>, b: &Profile<'_>) -> Verdict {
    let mut out = Verdict { score: 0.0, reasons: Vec::new(), against: Vec::new() };
    let mut add = |score: f64, reason: String| {
        out.score += score;
        out.reasons.push(reason);
    };
    if let Some(origin) = common(&a.origins, &b.origins) {
        add(2.5, format!("one text printed more than once (with {})", docs[*origin].name));
    }
    let shared = common(&a.bodies, &b.bodies);
    let unit =
        || common(&a.above, &b.bodies).or_else(|| common(&b.above, &a.bodies)).or_else(|| common(&a.above, &b.above));
    let unit = shared.map_or_else(unit, |_| None);
    match (shared, unit) {
        (Some(body), _) => add(2.0, format!("the same body: {body}")),
        (None, Some(body)) => add(1.6, format!("units of one body: {body}")),
        (None, None) => {}
    }
    let same_body = shared.is_some() || unit.is_some();
    if let Some(office) = common(&a.offices, &b.offices).filter(|_| !same_body) {
        add(1.0, format!("the same office: {office}"));
    } else if let Some(post) = common(&a.posts, &b.posts) {
        add(0.5, format!("the same post: {post}"));
    }
    if let Some((award, year)) = common(&a.awards, &b.awards) {
        add(1.5, format!("the same award: {award} {year}"));
    }
    let (few, many) =
        if a.company.len() <= b.company.len() { (&a.company, &b.company) } else { (&b.company, &a.company) };
    let known = |person: &&&str| !linker.holders.iter().any(|h| h.person == **person);
    let friends: Vec<&str> = few.iter().filter(|p| many.contains(*p)).filter(known).take(3).copied().collect();
    if !friends.is_empty() {
        // Three names together in two texts are hardly three chances.
        add(0.75 * friends.len() as f64, format!("named with the same people: {}", friends.join("、")));
    }
    let place = |unit: &usize| linker.places.place(*unit).name.clone();
    if let Some(unit) = common(&a.districts, &b.districts) {
        add(0.6, format!("the same region: {}", place(unit)));
    } else if let Some(unit) = common(&a.provinces, &b.provinces) {
        add(0.3, format!("the same province: {}", place(unit)));
    }
    if rare(linker, name) {
        add(1.2, "a rare name".to_owned());
    }
    match apart(&a.birth, &b.birth) {
        Some(0 | 1) => add(1.0, "the same year of birth".to_owned()),
        Some(_) => {
            let years = |set: &BTreeSet<i32>| set.iter().map(i32::to_string).collect::<Vec<_>>().join("/");
            out.score -= 1.6;
            out.against.push(format!("different years of birth: {}, {}", years(&a.birth), years(&b.birth)));
        }
        None => {}
    }
    if let (false, Some(x), Some(y)) = (same_body, a.now.first(), b.now.first()) {
        // Who is told through many bodies has moved from one to the next.
        let career = a.now.len().max(b.now.len()) > 2;
        let together = !career && apart(&a.years, &b.years).is_some_and(|years| years <= 1);
        out.score -= if together { 1.2 } else { 0.6 };
        out.against.push(format!("different bodies{}: {x}, {y}", if together { " at one time" } else { "" }));
    }
    if let (false, None, Some(x), Some(y)) =
        (same_body, common(&a.provinces, &b.provinces), a.provinces.first(), b.provinces.first())
    {
        out.score -= 0.8;
        out.against.push(format!("different regions: {}, {}", place(x), place(y)));
    }
    out
}
