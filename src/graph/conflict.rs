//! Facts that cannot be true together. Nothing is thrown away: they are listed.

use std::collections::{BTreeMap, BTreeSet};

use super::{Fact, Graph, Object, Statement, edtf};
use crate::link::plain;
use crate::schema::Predicate;

/// Facts about one thing that cannot all be true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The thing, by index: the person, the body whose post it is.
    pub entity: usize,
    /// What is said of it.
    pub predicate: Predicate,
    /// Of a post: which, and on which day two are said to hold it.
    pub detail: Option<String>,
    /// Each two facts, by index, that contradict each other.
    pub pairs: Vec<(usize, usize)>,
}

impl Conflict {
    /// The facts concerned, by index, each once.
    pub fn facts(&self) -> BTreeSet<usize> {
        self.pairs.iter().flat_map(|(a, b)| [*a, *b]).collect()
    }
}

/// Posts of which a body has one holder at a time.
const SOLE: [&str; 26] = [
    "书记",
    "主席",
    "局长",
    "厅长",
    "部长",
    "市长",
    "省长",
    "县长",
    "区长",
    "州长",
    "镇长",
    "乡长",
    "董事长",
    "总经理",
    "总裁",
    "院长",
    "校长",
    "所长",
    "处长",
    "科长",
    "司令员",
    "主任",
    "总理",
    "委员长",
    "会长",
    "社长",
];

/// Words in a post that several may hold.
const SHARED: [&str; 8] = ["副", "名誉", "联席", "助理", "委员", "成员", "车间", "班主任"];

/// Whether a body has one holder of the post at a time.
fn is_sole(post: &str) -> bool {
    SOLE.iter().any(|end| post.ends_with(end)) && !SHARED.iter().any(|word| post.contains(word))
}

/// What names of one such post have in common, by the id of one: rather too many are one than too few.
pub(super) fn sole_post(id: &str) -> Option<String> {
    let name = id.split_once('/').map_or(id, |(_, name)| name);
    let mut post: String = plain(name).chars().filter(|c| *c != '_').collect();
    post.truncate(post.trim_end_matches(|c: char| c.is_ascii_digit()).len());
    // Where marks were left out the words round them may look like others.
    (is_sole(&post) || name.contains('_')).then_some(post)
}

/// First and last day on which somebody surely held a post.
type Days = (String, String);

/// A fact, by index, with the days on which somebody surely held the post.
type Held = (usize, Vec<Days>);

impl Graph {
    /// What cannot be so: two dates of birth, death or founding without a day in common, two places of birth or
    /// death of which neither lies in the other, two holders of one post on one day.
    pub fn conflicts(&self) -> Vec<Conflict> {
        let mut found = self.twice();
        found.extend(self.holders());
        found.sort_by(|a, b| (a.entity, a.predicate, &a.detail).cmp(&(b.entity, b.predicate, &b.detail)));
        found
    }

    fn twice(&self) -> Vec<Conflict> {
        use Predicate as P;
        let mut found = Vec::new();
        let mut rest = 0..self.facts.len();
        while let Some(at) = rest.next() {
            let Fact { subject, predicate, .. } = self.facts[at];
            let same = |fact: &&Fact| fact.subject == subject && fact.predicate == predicate;
            let end = at + self.facts[at..].iter().take_while(same).count();
            if matches!(predicate, P::BornOn | P::DiedOn | P::Founded | P::BornIn | P::DiedIn) {
                let pairs = (at..end).flat_map(|a| (a + 1..end).map(move |b| (a, b)));
                let pairs: Vec<_> = pairs.filter(|(a, b)| self.differ(&self.facts[*a], &self.facts[*b])).collect();
                if !pairs.is_empty() {
                    found.push(Conflict { entity: subject, predicate, detail: None, pairs });
                }
            }
            rest = end..self.facts.len();
        }
        found
    }

    fn differ(&self, one: &Fact, other: &Fact) -> bool {
        match (&one.object, &other.object) {
            (Object::Entity(a), Object::Entity(b)) => a != b && !self.lies_in(*a, *b) && !self.lies_in(*b, *a),
            (Object::Date(_), Object::Date(_)) => match (self.days_of(one), self.days_of(other)) {
                ((Some(first), Some(last)), (Some(from), Some(to))) => last < from || to < first,
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether a place lies in another one: by its chain or its facts, or because its name says so (湖南长沙).
    fn lies_in(&self, place: usize, region: usize) -> bool {
        let (inner, outer) = (&self.entities[place], &self.entities[region]);
        if inner.name.contains(&outer.name) || outer.name.contains(&inner.name) || inner.chain.contains(&outer.id) {
            return true;
        }
        let (mut seen, mut todo) = (BTreeSet::from([place]), vec![place]);
        while let Some(at) = todo.pop() {
            for fact in &self.facts[self.facts_of(at)] {
                if let (Predicate::LocatedIn, Object::Entity(next)) = (fact.predicate, &fact.object)
                    && seen.insert(*next)
                {
                    todo.push(*next);
                }
            }
        }
        seen.contains(&region)
    }

    /// Two holders of one post of one body on one day.
    fn holders(&self) -> Vec<Conflict> {
        let mut posts: BTreeMap<(usize, String), Vec<Held>> = BTreeMap::new();
        for (at, fact) in self.facts.iter().enumerate() {
            let (Predicate::HoldsPosition, Object::Entity(post)) = (fact.predicate, &fact.object) else { continue };
            let post = plain(&self.entities[*post].name);
            if let (true, Some(body)) = (is_sole(&post), fact.org.as_ref().and_then(|org| org.entity)) {
                let days = fact.statements.iter().filter_map(|&s| self.held(&self.statements[s])).collect();
                posts.entry((body, post)).or_default().push((at, days));
            }
        }
        let mut found = Vec::new();
        for ((body, post), holders) in posts {
            let mut by_day: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
            for (nth, (one, days)) in holders.iter().enumerate() {
                for (other, others) in &holders[nth + 1..] {
                    if self.facts[*one].subject == self.facts[*other].subject {
                        continue;
                    }
                    let days = days.iter().flat_map(|a| others.iter().filter_map(move |b| together(a, b)));
                    if let Some(day) = days.min() {
                        by_day.entry(day.to_owned()).or_default().push((*one, *other));
                    }
                }
            }
            for (day, pairs) in by_day {
                let detail = Some(format!("{post} {day}"));
                found.push(Conflict { entity: body, predicate: Predicate::HoldsPosition, detail, pairs });
            }
        }
        found
    }

    /// The days on which a statement surely has somebody in his post. A year alone is too wide, and the end of a
    /// tenure alone says nothing of the days before.
    pub(super) fn held(&self, statement: &Statement) -> Option<Days> {
        let time = statement.period.as_ref()?.edtf.as_str();
        let day = |text: &str| text.len() == 10 && edtf::days(text).is_some();
        match time.split_once('/') {
            None => day(time).then(|| (time.to_owned(), time.to_owned())),
            Some(("..", _) | ("", _)) => None,
            // An appointment: of the days after it nothing is sure.
            Some((from, ".." | "")) => day(from).then(|| (from.to_owned(), from.to_owned())),
            Some((from, to)) => {
                let (begun, ends) = (edtf::days(from)?.1?, edtf::days(to)?.0?);
                (begun < ends).then_some((begun, ends))
            }
        }
    }
}

/// The first day that lies in both; on the day of a change of office two may be named.
fn together<'d>(a: &'d Days, b: &'d Days) -> Option<&'d str> {
    let (first, last) = (a.0.as_str().max(&b.0), a.1.as_str().min(&b.1));
    let points = a.0 == a.1 && b.0 == b.1;
    (first < last || points && first == last || first == last && inside(a, b)).then_some(first)
}

/// Whether the one is a day inside the other's time.
fn inside(a: &Days, b: &Days) -> bool {
    (a.0 == a.1 && b.0 < a.0 && a.0 < b.1) || (b.0 == b.1 && a.0 < b.0 && b.0 < a.1)
}
