//! Which persons of one name are one: only with positive evidence.

use std::collections::{BTreeMap, BTreeSet};

use super::member::{Member, Scope, Traits, rare};
use super::{DecisionKind, Finding, Work};

/// Evidence from which two are one.
const ENOUGH: f64 = 1.5;
/// A key that more members than this share says little.
const CROWD: usize = 200;

/// Bodies of millions: to belong to one tells nobody apart.
const BROAD: [&str; 5] =
    ["中国共产党", "中国人民解放军", "中国共产主义青年团", "全国人民代表大会", "中国人民政治协商会议"];

/// How far two persons of one name look like one, and why.
struct Verdict {
    score: f64,
    reasons: Vec<String>,
    /// Why they cannot be one.
    against: Vec<String>,
}

/// Joins the members of one name; `list` holds indices into the work's members, sorted by document.
pub(super) fn resolve(work: &mut Work<'_>, list: &[usize]) {
    if list.len() < 2 {
        return;
    }
    public_figure(work, list);
    // Members that share a body are compared first, then clusters with all that their members tell.
    for round in 0..2 {
        let clusters = clusters(work, list);
        let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
        for sharing in index(work, &clusters).into_values().filter(|c| c.len() > 1) {
            if sharing.len() > CROWD {
                // Too many to compare each with each: each with the first.
                pairs.extend(sharing.iter().skip(1).map(|b| (sharing[0], *b)));
                continue;
            }
            for (nth, a) in sharing.iter().enumerate() {
                pairs.extend(sharing[nth + 1..].iter().map(|b| (*a, *b)));
            }
        }
        let mut judged: Vec<(f64, usize, usize, Verdict)> = pairs
            .into_iter()
            .map(|(a, b)| {
                let verdict = judge(work, &clusters[a], &clusters[b]);
                (verdict.score, a, b, verdict)
            })
            .collect();
        judged.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
        for (score, a, b, verdict) in judged {
            let limit = if round == 0 { ENOUGH + 0.4 } else { ENOUGH };
            if score < limit {
                continue;
            }
            // A later join must not undo what speaks against it.
            let (one, two) = (cluster_of(work, list, clusters[a][0]), cluster_of(work, list, clusters[b][0]));
            if one != two && blocked(work, &one, &two, &verdict) {
                continue;
            }
            work.join(clusters[a][0], clusters[b][0], &verdict.reasons.join("; "));
        }
    }
    refusals(work, list);
}

/// Whether the grown clusters contradict each other although the two that are to be joined do not.
fn blocked(work: &Work<'_>, one: &[usize], two: &[usize], verdict: &Verdict) -> bool {
    let whole = judge(work, one, two);
    whole.against.len() > verdict.against.len() && whole.score < ENOUGH
}

fn clusters(work: &mut Work<'_>, list: &[usize]) -> Vec<Vec<usize>> {
    let mut out: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &member in list {
        out.entry(work.groups.find(member)).or_default().push(member);
    }
    out.into_values().collect()
}

fn cluster_of(work: &mut Work<'_>, list: &[usize], member: usize) -> Vec<usize> {
    let root = work.groups.find(member);
    list.iter().copied().filter(|&m| work.groups.find(m) == root).collect()
}

/// A leader of the country: by a title that is his, among others of his rank, or named bare in a text beside texts that
/// name him with his post.
fn public_figure(work: &mut Work<'_>, list: &[usize]) {
    let name = work.members[list[0]].key.clone();
    let linker = work.linker;
    let titles: BTreeSet<&str> = linker.holders.iter().filter(|h| h.person == name).map(|h| h.title.as_str()).collect();
    if titles.is_empty() {
        return;
    }
    let leader = |p: &str| p != name && linker.holders.iter().any(|h| h.person == p);
    let known = |traits: &Traits| {
        let post = traits.posts.iter().any(|p| titles.iter().any(|t| p.0.ends_with(t)) || p.0 == "国家主席");
        post || titles.iter().any(|t| traits.titles.contains(*t))
            || traits.company.iter().filter(|p| leader(p)).count() > 1
    };
    let sure: Vec<usize> = list.iter().copied().filter(|&m| known(&work.members[m].person)).collect();
    let Some(&first) = sure.first() else { return };
    let long = name.chars().count() > 2;
    for &member in list {
        let traits = &work.members[member].person;
        let bare = traits.posts.is_empty() && traits.bodies.is_empty();
        if sure.contains(&member) {
            work.public.insert(member);
            work.join(first, member, "a leader of the country, named with his post or among his peers");
        } else if bare && long {
            work.public.insert(member);
            work.join(first, member, "a leader of the country, and nothing in the text speaks of another");
        }
    }
}

/// Clusters by what they could share.
fn index(work: &Work<'_>, clusters: &[Vec<usize>]) -> BTreeMap<String, Vec<usize>> {
    let mut out: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut add = |key: String, at: usize| {
        let list = out.entry(key).or_default();
        if list.last() != Some(&at) {
            list.push(at);
        }
    };
    for (at, cluster) in clusters.iter().enumerate() {
        for &m in cluster {
            let member = &work.members[m];
            let traits = &member.person;
            for body in traits.bodies.iter().chain(&traits.above) {
                add(format!("body {body}"), at);
            }
            for (post, _, _) in &traits.posts {
                add(format!("post {post}"), at);
            }
            for (award, year) in &traits.awards {
                add(format!("award {award} {year}"), at);
            }
            for year in &traits.birth {
                add(format!("birth {year}"), at);
            }
            for other in &traits.company {
                add(format!("company {other}"), at);
            }
            if let Some(origin) = work.origin[member.doc] {
                add(format!("origin {origin}"), at);
            }
            if rare(&member.key)
                && let Some(province) = work.scopes[member.doc].province
            {
                add(format!("province {province}"), at);
            }
        }
    }
    out
}

fn judge(work: &Work<'_>, one: &[usize], two: &[usize]) -> Verdict {
    let mut out = Verdict { score: 0.0, reasons: Vec::new(), against: Vec::new() };
    let members = |list: &[usize]| list.iter().map(|&m| &work.members[m]).collect::<Vec<_>>();
    let (a, b) = (members(one), members(two));
    let both = |pick: fn(&Traits) -> BTreeSet<String>| -> (BTreeSet<String>, BTreeSet<String>) {
        (a.iter().flat_map(|m| pick(&m.person)).collect(), b.iter().flat_map(|m| pick(&m.person)).collect())
    };
    let mut add = |score: f64, reason: String| {
        out.score += score;
        out.reasons.push(reason);
    };
    if let Some(origin) =
        a.iter().find_map(|m| work.origin[m.doc]).filter(|o| b.iter().any(|m| work.origin[m.doc] == Some(*o)))
    {
        add(2.5, format!("one text printed more than once (with {})", work.records[origin].doc));
    }
    let narrow = |t: &Traits| t.bodies.iter().filter(|b| !BROAD.contains(&b.as_str())).cloned().collect();
    let (bodies_a, bodies_b) = both(narrow);
    let (above_a, above_b) = both(|t| t.above.clone());
    let shared = bodies_a.intersection(&bodies_b).next();
    let unit = above_a.iter().find(|x| bodies_b.contains(*x) || above_b.contains(*x));
    let unit = unit.or_else(|| above_b.intersection(&bodies_a).next());
    match (shared, unit) {
        (Some(body), _) => add(2.0, format!("the same body: {body}")),
        (None, Some(body)) => add(1.6, format!("units of one body: {body}")),
        (None, None) => {}
    }
    let same_body = shared.is_some() || unit.is_some();
    let (posts_a, posts_b) = both(|t| t.posts.iter().map(|p| p.0.clone()).collect());
    let post = posts_a.intersection(&posts_b).next();
    if let Some(post) = post {
        add(0.5, format!("the same post: {post}"));
    }
    let awards = |list: &[&Member<'_>]| list.iter().flat_map(|m| m.person.awards.clone()).collect::<BTreeSet<_>>();
    if let Some((award, year)) =
        awards(&a).intersection(&awards(&b)).find(|(award, year)| !year.is_empty() && award.chars().count() > 3)
    {
        add(1.5, format!("the same award: {award} {year}"));
    }
    let (company_a, company_b) = both(|t| t.company.clone());
    let shared: Vec<&String> = company_a
        .intersection(&company_b)
        .filter(|p| !work.linker.holders.iter().any(|h| h.person == **p))
        .take(3)
        .collect();
    if !shared.is_empty() {
        let names: Vec<&str> = shared.iter().map(|s| s.as_str()).collect();
        add(0.6 * shared.len() as f64, format!("named with the same people: {}", names.join("、")));
    }
    let scope = |list: &[&Member<'_>], pick: fn(&Scope) -> Option<usize>| {
        list.iter().filter_map(|m| pick(&work.scopes[m.doc])).collect::<BTreeSet<_>>()
    };
    let (near_a, near_b) = (scope(&a, |s| s.district), scope(&b, |s| s.district));
    let (far_a, far_b) = (scope(&a, |s| s.province), scope(&b, |s| s.province));
    let name = |unit: &usize| work.linker.places.place(*unit).name.clone();
    if let Some(place) = near_a.intersection(&near_b).next() {
        add(0.6, format!("the same region: {}", name(place)));
    } else if let Some(place) = far_a.intersection(&far_b).next() {
        add(0.3, format!("the same province: {}", name(place)));
    }
    if rare(&a[0].key) {
        add(1.2, "a rare name".to_owned());
    }
    let births = |list: &[&Member<'_>]| list.iter().flat_map(|m| m.person.birth.clone()).collect::<BTreeSet<i32>>();
    let (births_a, births_b) = (births(&a), births(&b));
    let apart = births_a.iter().flat_map(|x| births_b.iter().map(move |y| (x - y).abs())).min();
    match apart {
        Some(0 | 1) => add(1.0, "the same year of birth".to_owned()),
        Some(_) => {
            let years = |set: &BTreeSet<i32>| set.iter().map(i32::to_string).collect::<Vec<_>>().join("/");
            out.score -= 1.6;
            out.against.push(format!("different years of birth: {}, {}", years(&births_a), years(&births_b)));
        }
        None => {}
    }
    if !same_body && !bodies_a.is_empty() && !bodies_b.is_empty() {
        let (x, y) = (bodies_a.iter().next(), bodies_b.iter().next());
        let (x, y) = (x.map_or("", String::as_str), y.map_or("", String::as_str));
        let years = |list: &[&Member<'_>]| list.iter().filter_map(|m| m.person.year).collect::<BTreeSet<i32>>();
        let (when_a, when_b) = (years(&a), years(&b));
        let together = when_a.iter().any(|p| when_b.iter().any(|q| (p - q).abs() <= 1));
        out.score -= if together { 1.2 } else { 0.6 };
        out.against.push(format!("different bodies{}: {x}, {y}", if together { " at one time" } else { "" }));
    }
    let disjoint = !far_a.is_empty() && !far_b.is_empty() && far_a.is_disjoint(&far_b);
    if disjoint && !same_body {
        out.score -= 0.8;
        let (x, y) = (far_a.iter().next().map(name), far_b.iter().next().map(name));
        out.against.push(format!("different regions: {}, {}", x.unwrap_or_default(), y.unwrap_or_default()));
    }
    out
}

/// Says of each pair of persons of one name why they are two.
fn refusals(work: &mut Work<'_>, list: &[usize]) {
    let clusters = clusters(work, list);
    for (nth, one) in clusters.iter().enumerate() {
        // Of many namesakes each is told apart from the first only.
        let rest = &clusters[nth + 1..];
        let rest = if clusters.len() > 8 && nth > 0 { &rest[..0] } else { rest };
        for two in rest {
            let verdict = judge(work, one, two);
            let reason = match verdict.against.is_empty() {
                true if verdict.reasons.is_empty() => "nothing but the name in common".to_owned(),
                true => format!("too little in common: {}", verdict.reasons.join("; ")),
                false => verdict.against.join("; "),
            };
            work.findings.push(Finding { kind: DecisionKind::Refused, members: vec![one[0], two[0]], reason });
        }
    }
}
