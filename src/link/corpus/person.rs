//! Which persons of one name are one: only with positive evidence.

use std::collections::{BTreeMap, BTreeSet};

use super::brief::Traits;
use super::profile::{ENOUGH, Profile, Verdict, Words};
use super::work::{Sets, Work};

/// A trait that more persons of one name share is compared along a line, not each with each.
const CROWD: usize = 40;

/// Joins the members of one name; `list` holds indices into the work's members, sorted by document.
pub(super) fn resolve(work: &mut Work<'_>, list: &[usize]) {
    if list.len() < 2 {
        return;
    }
    public_figure(work, list);
    let Work { linker, docs, members, persons, sets, .. } = work;
    let all = list.iter().map(|&member| &members[member]);
    let mut name = Name { words: Words::of(linker, docs, persons, &members[list[0]].key, all), profiles: Vec::new() };
    let mut place: BTreeMap<usize, usize> = BTreeMap::new();
    for &member in list {
        let profile = name.words.profile(member, &members[member]);
        let root = sets.groups.find(member);
        match place.get(&root).and_then(|at: &usize| name.profiles[*at].as_mut()) {
            Some(first) => first.absorb(profile),
            None => {
                place.insert(root, name.profiles.len());
                name.profiles.push(Some(profile));
            }
        }
    }
    // Neighbours that share much first, then each with each, then with all that was learned.
    name.round(sets, true, ENOUGH + 0.4);
    name.round(sets, false, ENOUGH + 0.4);
    name.round(sets, false, ENOUGH);
    name.refusals(sets);
}

/// The bearers of one name.
struct Name<'w> {
    words: Words<'w>,
    /// `None` where one was joined to another.
    profiles: Vec<Option<Profile>>,
}

impl Name<'_> {
    fn round(&mut self, sets: &mut Sets, along: bool, limit: f64) {
        let mut judged: Vec<(usize, usize, Verdict)> = Vec::new();
        for (a, b) in self.pairs(along).into_iter().map(|(a, b)| (a as usize, b as usize)) {
            if let (Some(one), Some(two)) = (&self.profiles[a], &self.profiles[b]) {
                let verdict = self.words.judge(one, two);
                if verdict.score >= limit {
                    judged.push((a, b, verdict));
                }
            }
        }
        judged.sort_by(|x, y| y.2.score.total_cmp(&x.2.score).then((x.0, x.1).cmp(&(y.0, y.1))));
        let mut now: Vec<usize> = (0..self.profiles.len()).collect();
        for (a, b, verdict) in judged {
            let (one, two) = (follow(&now, a), follow(&now, b));
            let (one, two) = (one.min(two), one.max(two));
            let (Some(first), Some(second)) = (&self.profiles[one], &self.profiles[two]) else { continue };
            if one == two {
                continue;
            }
            // A join must not pass over what speaks against it since others were joined.
            let more = self.words.against(first, second) > verdict.against();
            if more && self.words.judge(first, second).score < ENOUGH {
                continue;
            }
            if sets.join(first.first, second.first, &self.words.reasons(&verdict).join("; ")) {
                let taken = self.profiles[two].take();
                if let (Some(first), Some(taken)) = (&mut self.profiles[one], taken) {
                    first.absorb(taken);
                }
                now[two] = one;
            }
        }
    }

    /// The bearers that are compared: those who could share anything.
    fn pairs(&self, along: bool) -> Vec<(u32, u32)> {
        let mut pairs = Vec::new();
        let index = self.index();
        for sharing in index.chunk_by(|a, b| a.0 == b.0).filter(|sharing| sharing.len() > 1) {
            if along || sharing.len() > CROWD {
                pairs.extend(sharing.windows(2).map(|two| (two[0].1, two[1].1)));
                pairs.extend(sharing.iter().skip(2).map(|other| (sharing[0].1, other.1)));
                continue;
            }
            for (nth, a) in sharing.iter().enumerate() {
                pairs.extend(sharing[nth + 1..].iter().map(|b| (a.1, b.1)));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    /// What the bearers could share, each with who has it, sorted.
    fn index(&self) -> Vec<((Trait, u32), u32)> {
        let mut out = Vec::new();
        let awards = self.words.alike_awards();
        for (at, profile) in (0..).zip(&self.profiles) {
            let Some(profile) = profile else { continue };
            let mut add = |kind, number: u32| out.push(((kind, number), at));
            // A body may be that of the one and stand above that of the other.
            profile.bodies.iter().chain(profile.above.iter()).for_each(|body| add(Trait::Body, body));
            profile.posts.iter().for_each(|post| add(Trait::Post, post));
            profile.offices.iter().for_each(|office| add(Trait::Office, office));
            profile.awards.iter().for_each(|award| add(Trait::Award, awards[award as usize]));
            profile.birth.iter().for_each(|year| add(Trait::Birth, year as u32));
            profile.company.iter().for_each(|person| add(Trait::Company, person));
            profile.origins.iter().for_each(|origin| add(Trait::Origin, origin));
            if self.words.rare {
                profile.provinces.iter().for_each(|province| add(Trait::Province, province));
            }
        }
        out.sort_unstable();
        out.dedup();
        out
    }

    /// Says of each two persons of one name why they are two.
    fn refusals(&self, sets: &mut Sets) {
        let left: Vec<&Profile> = self.profiles.iter().flatten().collect();
        for (nth, one) in left.iter().enumerate() {
            // Of many namesakes each is told apart from the first only.
            let rest = if left.len() > 8 && nth > 0 { &[][..] } else { &left[nth + 1..] };
            for two in rest {
                let verdict = self.words.judge(one, two);
                let (reasons, against) = (self.words.reasons(&verdict), self.words.objections(&verdict, one, two));
                let reason = match against.is_empty() {
                    true if reasons.is_empty() => "nothing but the name in common".to_owned(),
                    true => format!("too little in common: {}", reasons.join("; ")),
                    false => against.join("; "),
                };
                sets.refuse(one.first, two.first, reason);
            }
        }
    }
}

/// What two bearers of a name may share.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Trait {
    Body,
    Post,
    Office,
    Award,
    Birth,
    Company,
    Origin,
    Province,
}

fn follow(now: &[usize], mut at: usize) -> usize {
    while now[at] != at {
        at = now[at];
    }
    at
}

/// A leader of the country: by a title that is his, among others of his rank, or named bare in a text beside texts that
/// name him with his post.
fn public_figure(work: &mut Work<'_>, list: &[usize]) {
    let Work { linker, docs, members, persons, sets, public } = work;
    let name = &members[list[0]].key;
    let titles: BTreeSet<&str> =
        linker.holders.iter().filter(|h| h.person == *name).map(|h| h.title.as_str()).collect();
    let figure = linker.known().figure(name);
    if titles.is_empty() && figure.is_none() {
        return;
    }
    let holds = |p: &str| linker.holders.iter().any(|h| h.person == p);
    let leader = |p: &str| p != name && (holds(p) || linker.known().figure(p).is_some_and(|f| f.leader));
    let known = |m: usize| {
        let traits: &Traits = members[m].traits();
        let post = traits.posts.iter().any(|p| titles.iter().any(|t| p.0.ends_with(t)) || p.0 == "国家主席");
        post || titles.iter().any(|t| traits.titles.contains(*t))
            || figure.is_none_or(|f| f.leader)
                && docs[members[m].doc].persons.iter().filter(|p| leader(persons.name(*p))).count() > 1
    };
    // Who works in a body of a region may be another of the name.
    let elsewhere = |m: usize| {
        let traits = members[m].traits();
        traits.bodies.iter().any(|body| !linker.places.prefixes(body).0.is_empty())
            || traits.bodies.is_empty() && !traits.posts.is_empty() && figure.is_none_or(|f| !f.leader)
    };
    let long = name.chars().count() > 2 && figure.is_none_or(|f| !f.common);
    let alone = long && figure.is_some();
    let sure: BTreeSet<usize> = list.iter().copied().filter(|&m| known(m) || alone && !elsewhere(m)).collect();
    let Some(&first) = sure.first() else { return };
    for &member in list {
        let traits = members[member].traits();
        let bare = traits.posts.is_empty() && traits.bodies.is_empty();
        if sure.contains(&member) {
            public.insert(member);
            let country = figure.is_none_or(|f| f.leader);
            let why = match (known(member), country) {
                (true, _) => "a leader of the country, named with his post or among his peers",
                (false, true) => "a leader of the country, and nothing in the text speaks of another",
                (false, false) => "a widely known person, and nothing in the text speaks of another",
            };
            sets.join(first, member, why);
        } else if bare && long {
            public.insert(member);
            sets.join(first, member, "a leader of the country, and nothing in the text speaks of another");
        }
    }
}
