//! Which persons of one name are one: only with positive evidence.

use std::collections::{BTreeMap, BTreeSet};

use super::brief::{Traits, rare};
use super::profile::{ENOUGH, Profile, judge};
use super::work::{Doc, Sets, Work};
use crate::rule::linking::Linker;

/// A trait that more persons of one name share is compared along a line, not each with each.
const CROWD: usize = 40;

/// Joins the members of one name; `list` holds indices into the work's members, sorted by document.
pub(super) fn resolve(work: &mut Work<'_>, list: &[usize]) {
    if list.len() < 2 {
        return;
    }
    public_figure(work, list);
    let Work { linker, docs, members, sets, .. } = work;
    let mut name = Name { linker, docs, name: &members[list[0]].key, profiles: Vec::new() };
    let mut place: BTreeMap<usize, usize> = BTreeMap::new();
    for &member in list {
        let profile = Profile::of(member, &members[member], &docs[members[member].doc]);
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
    linker: &'w Linker,
    docs: &'w [Doc],
    name: &'w str,
    /// `None` where one was joined to another.
    profiles: Vec<Option<Profile<'w>>>,
}

impl Name<'_> {
    fn round(&mut self, sets: &mut Sets, along: bool, limit: f64) {
        let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
        for sharing in self.index().into_values().filter(|sharing| sharing.len() > 1) {
            if along || sharing.len() > CROWD {
                pairs.extend(sharing.windows(2).map(|two| (two[0], two[1])));
                pairs.extend(sharing.iter().skip(2).map(|other| (sharing[0], *other)));
                continue;
            }
            for (nth, a) in sharing.iter().enumerate() {
                pairs.extend(sharing[nth + 1..].iter().map(|b| (*a, *b)));
            }
        }
        let mut judged = Vec::new();
        for (a, b) in pairs {
            if let (Some(one), Some(two)) = (&self.profiles[a], &self.profiles[b]) {
                let verdict = judge(self.linker, self.docs, self.name, one, two);
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
            let whole = judge(self.linker, self.docs, self.name, first, second);
            if whole.against.len() > verdict.against.len() && whole.score < ENOUGH {
                continue;
            }
            if sets.join(first.first, second.first, &verdict.reasons.join("; ")) {
                let taken = self.profiles[two].take();
                if let (Some(first), Some(taken)) = (&mut self.profiles[one], taken) {
                    first.absorb(taken);
                }
                now[two] = one;
            }
        }
    }

    /// The bearers by what they could share.
    fn index(&self) -> BTreeMap<(&'static str, &str, i64), Vec<usize>> {
        let mut out: BTreeMap<(&'static str, &str, i64), Vec<usize>> = BTreeMap::new();
        for (at, profile) in self.profiles.iter().enumerate() {
            let Some(profile) = profile else { continue };
            let mut add = |kind: &'static str, key, number: i64| {
                let list = out.entry((kind, key, number)).or_default();
                if list.last() != Some(&at) {
                    list.push(at);
                }
            };
            // A body may be that of the one and stand above that of the other.
            profile.bodies.iter().chain(&profile.above).for_each(|body| add("body", body, 0));
            profile.posts.iter().for_each(|post| add("post", post, 0));
            profile.offices.iter().for_each(|office| add("office", office, 0));
            profile.awards.iter().for_each(|(award, year)| add("award", award, year.parse().unwrap_or(0)));
            profile.birth.iter().for_each(|year| add("birth", "", i64::from(*year)));
            profile.company.iter().for_each(|person| add("company", person, 0));
            profile.origins.iter().for_each(|origin| add("origin", "", *origin as i64));
            if rare(self.linker, self.name) {
                profile.provinces.iter().for_each(|province| add("province", "", *province as i64));
            }
        }
        out
    }

    /// Says of each two persons of one name why they are two.
    fn refusals(&self, sets: &mut Sets) {
        let left: Vec<&Profile<'_>> = self.profiles.iter().flatten().collect();
        for (nth, one) in left.iter().enumerate() {
            // Of many namesakes each is told apart from the first only.
            let rest = if left.len() > 8 && nth > 0 { &[][..] } else { &left[nth + 1..] };
            for two in rest {
                let verdict = judge(self.linker, self.docs, self.name, one, two);
                let reason = match verdict.against.is_empty() {
                    true if verdict.reasons.is_empty() => "nothing but the name in common".to_owned(),
                    true => format!("too little in common: {}", verdict.reasons.join("; ")),
                    false => verdict.against.join("; "),
                };
                sets.refuse(one.first, two.first, reason);
            }
        }
    }
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
    let Work { linker, docs, members, sets, public } = work;
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
            || figure.is_none_or(|f| f.leader) && docs[members[m].doc].persons.iter().filter(|p| leader(p)).count() > 1
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
