//! What several documents say together of one person, and how far two such pictures look like one.

use super::brief::{Member, Traits, rare};
use super::set::{Numbers, Set};
use super::work::{Doc, Persons};
use crate::rule::linking::Linker;

/// Evidence from which two are one.
pub(super) const ENOUGH: f64 = 1.5;

/// Bodies of millions: to belong to one tells nobody apart.
const BROAD: [&str; 5] =
    ["中国共产党", "中国人民解放军", "中国共产主义青年团", "全国人民代表大会", "中国人民政治协商会议"];

/// What is known of one person so far; words by their numbers.
#[derive(Default)]
pub(super) struct Profile {
    /// The first of the members, which are sorted by document.
    pub first: usize,
    pub bodies: Set<u32>,
    now: Set<u32>,
    pub offices: Set<u32>,
    pub above: Set<u32>,
    pub posts: Set<u32>,
    pub awards: Set<u32>,
    pub birth: Set<i32>,
    pub company: Set<u32>,
    pub origins: Set<u32>,
    pub districts: Set<u32>,
    pub provinces: Set<u32>,
    years: Set<i32>,
}

impl Profile {
    /// Takes over all that another says.
    pub fn absorb(&mut self, other: Profile) {
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

/// How far two persons of one name look like one, and why: what they share, by its number.
#[derive(Default)]
pub(super) struct Verdict {
    pub score: f64,
    origin: Option<u32>,
    body: Option<u32>,
    unit: Option<u32>,
    office: Option<u32>,
    post: Option<u32>,
    award: Option<u32>,
    friends: [Option<u32>; 3],
    place: Option<(&'static str, u32)>,
    birth: bool,
    against: Against,
}

/// Why two persons of one name cannot be one.
#[derive(Default, Clone, Copy)]
struct Against {
    birth: bool,
    /// Other bodies, `true` where at one time.
    bodies: Option<bool>,
    regions: bool,
}

impl Against {
    fn count(self) -> usize {
        usize::from(self.birth) + usize::from(self.bodies.is_some()) + usize::from(self.regions)
    }
}

impl Verdict {
    /// How much speaks against it.
    pub fn against(&self) -> usize {
        self.against.count()
    }
}

/// What the documents that name one name may say of its bearers: the words that profiles hold as numbers.
pub(super) struct Words<'w> {
    linker: &'w Linker,
    docs: &'w [Doc],
    persons: &'w Persons,
    /// The name among the persons.
    name: Option<u32>,
    /// Whether the name is rare.
    pub rare: bool,
    words: Numbers<&'w str>,
    awards: Numbers<(&'w str, &'w str)>,
}

/// The awards of a person that tell anybody apart.
fn awards(traits: &Traits) -> impl Iterator<Item = (&str, &str)> {
    let told = traits.awards.iter().filter(|(award, year)| !year.is_empty() && award.chars().count() > 3);
    told.map(|(award, year)| (award.as_str(), year.as_str()))
}

impl<'w> Words<'w> {
    /// Those of the members of one name.
    pub fn of(
        linker: &'w Linker,
        docs: &'w [Doc],
        persons: &'w Persons,
        name: &str,
        members: impl Iterator<Item = &'w Member> + Clone,
    ) -> Words<'w> {
        let words = members.clone().flat_map(|member| {
            let traits = member.traits();
            let bodies = traits.bodies.iter().chain(&traits.now).chain(&traits.offices).chain(&traits.above);
            bodies.chain(traits.posts.iter().map(|post| &post.0)).map(String::as_str)
        });
        let awards = members.flat_map(|member| awards(member.traits()));
        Words {
            linker,
            docs,
            persons,
            name: persons.number(name),
            rare: rare(linker, name),
            words: Numbers::of(words),
            awards: Numbers::of(awards),
        }
    }

    /// What one document says; `at` is the number of the member.
    pub fn profile(&self, at: usize, member: &'w Member) -> Profile {
        let traits = member.traits();
        let doc = &self.docs[member.doc];
        let number = |word: &'w String| self.words.number(word);
        let narrow = |word: &&String| !BROAD.contains(&word.as_str());
        Profile {
            first: at,
            bodies: Set::of(traits.bodies.iter().filter(narrow).filter_map(number)),
            now: Set::of(traits.now.iter().filter(narrow).filter_map(number)),
            offices: Set::of(traits.offices.iter().filter_map(number)),
            above: Set::of(traits.above.iter().filter_map(number)),
            posts: Set::of(traits.posts.iter().filter_map(|post| number(&post.0))),
            awards: Set::of(awards(traits).filter_map(|award| self.awards.number(award))),
            birth: Set::of(traits.birth.iter().copied()),
            company: Set::of(doc.persons.iter().filter(|person| Some(*person) != self.name)),
            origins: Set::of(doc.origin.map(|doc| doc as u32)),
            districts: Set::of(doc.scope.district.map(|unit| unit as u32)),
            provinces: Set::of(doc.scope.province.map(|unit| unit as u32)),
            years: Set::of(traits.year),
        }
    }

    /// By the number of an award what awards have in common that may be one.
    pub fn alike_awards(&self) -> Vec<u32> {
        let key = |(award, year): &(&'w str, &'w str)| (*award, year.parse().unwrap_or(0_i64));
        let keys = Numbers::of(self.awards.keys().iter().map(key));
        self.awards.keys().iter().filter_map(|award| keys.number(key(award))).collect()
    }

    /// The body that both are of, else the one that units of both belong to.
    fn body(a: &Profile, b: &Profile) -> (Option<u32>, Option<u32>) {
        let common = |a: &Set<u32>, b: &Set<u32>| a.common(b).next();
        let shared = common(&a.bodies, &b.bodies);
        let unit = || {
            let one = common(&a.above, &b.bodies).or_else(|| common(&b.above, &a.bodies));
            one.or_else(|| common(&a.above, &b.above))
        };
        (shared, shared.map_or_else(unit, |_| None))
    }

    /// How much speaks against the two being one.
    pub fn against(&self, a: &Profile, b: &Profile) -> usize {
        let (shared, unit) = Words::body(a, b);
        Words::opposed(a, b, shared.is_some() || unit.is_some()).count()
    }

    fn opposed(a: &Profile, b: &Profile, same_body: bool) -> Against {
        let mut out = Against { birth: a.birth.apart(&b.birth).is_some_and(|years| years > 1), ..Against::default() };
        if same_body {
            return out;
        }
        if a.now.len() > 0 && b.now.len() > 0 {
            // Who is told through many bodies has moved from one to the next.
            let career = a.now.len().max(b.now.len()) > 2;
            out.bodies = Some(!career && a.years.apart(&b.years).is_some_and(|years| years <= 1));
        }
        out.regions =
            a.provinces.len() > 0 && b.provinces.len() > 0 && a.provinces.common(&b.provinces).next().is_none();
        out
    }

    /// Compares two persons of the name.
    pub fn judge(&self, a: &Profile, b: &Profile) -> Verdict {
        let (body, unit) = Words::body(a, b);
        let same_body = body.is_some() || unit.is_some();
        let against = Words::opposed(a, b, same_body);
        let mut out = Verdict { body, unit, against, ..Verdict::default() };
        out.origin = a.origins.common(&b.origins).next();
        if out.origin.is_some() {
            out.score += 2.5;
        }
        match (body, unit) {
            (Some(_), _) => out.score += 2.0,
            (None, Some(_)) => out.score += 1.6,
            (None, None) => {}
        }
        out.office = a.offices.common(&b.offices).next().filter(|_| !same_body);
        if out.office.is_some() {
            out.score += 1.0;
        } else {
            out.post = a.posts.common(&b.posts).next();
            out.score += if out.post.is_some() { 0.5 } else { 0.0 };
        }
        out.award = a.awards.common(&b.awards).next();
        if out.award.is_some() {
            out.score += 1.5;
        }
        let mut known = a.company.common(&b.company).filter(|person| !self.persons.holds(*person));
        out.friends = [(); 3].map(|()| known.next());
        // Three names together in two texts are hardly three chances.
        out.score += 0.75 * out.friends.iter().flatten().count() as f64;
        if let Some(unit) = a.districts.common(&b.districts).next() {
            out.place = Some(("region", unit));
            out.score += 0.6;
        } else if let Some(unit) = a.provinces.common(&b.provinces).next() {
            out.place = Some(("province", unit));
            out.score += 0.3;
        }
        if self.rare {
            out.score += 1.2;
        }
        out.birth = !against.birth && a.birth.len() > 0 && b.birth.len() > 0;
        if out.birth {
            out.score += 1.0;
        } else if against.birth {
            out.score -= 1.6;
        }
        match against.bodies {
            Some(true) => out.score -= 1.2,
            Some(false) => out.score -= 0.6,
            None => {}
        }
        if against.regions {
            out.score -= 0.8;
        }
        out
    }

    fn place(&self, unit: u32) -> &str {
        &self.linker.places.place(unit as usize).name
    }

    /// What speaks for the two being one, in words.
    pub fn reasons(&self, verdict: &Verdict) -> Vec<String> {
        let word = |what: &str, number: Option<u32>| number.map(|number| format!("{what}: {}", self.words.key(number)));
        let origin = |doc: u32| format!("one text printed more than once (with {})", self.docs[doc as usize].name);
        let award = |number: u32| {
            let (award, year) = self.awards.key(number);
            format!("the same award: {award} {year}")
        };
        let friends: Vec<&str> = verdict.friends.iter().flatten().map(|person| self.persons.name(*person)).collect();
        let friends = (!friends.is_empty()).then(|| format!("named with the same people: {}", friends.join("、")));
        let all = [
            verdict.origin.map(origin),
            word("the same body", verdict.body),
            word("units of one body", verdict.unit),
            word("the same office", verdict.office),
            word("the same post", verdict.post),
            verdict.award.map(award),
            friends,
            verdict.place.map(|(height, unit)| format!("the same {height}: {}", self.place(unit))),
            self.rare.then(|| "a rare name".to_owned()),
            verdict.birth.then(|| "the same year of birth".to_owned()),
        ];
        all.into_iter().flatten().collect()
    }

    /// What speaks against it, in words.
    pub fn objections(&self, verdict: &Verdict, a: &Profile, b: &Profile) -> Vec<String> {
        let years = |set: &Set<i32>| set.iter().map(|year| year.to_string()).collect::<Vec<_>>().join("/");
        let first = |set: &Set<u32>| set.first().map_or("", |word| self.words.key(word));
        let region = |set: &Set<u32>| set.first().map_or("", |unit| self.place(unit));
        let against = verdict.against;
        let birth = || format!("different years of birth: {}, {}", years(&a.birth), years(&b.birth));
        let bodies = |together: bool| {
            let when = if together { " at one time" } else { "" };
            format!("different bodies{when}: {}, {}", first(&a.now), first(&b.now))
        };
        let regions = || format!("different regions: {}, {}", region(&a.provinces), region(&b.provinces));
        let all = [against.birth.then(birth), against.bodies.map(bodies), against.regions.then(regions)];
        all.into_iter().flatten().collect()
    }
}
