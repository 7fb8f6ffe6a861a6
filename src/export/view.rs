//! Which entities a first view shows.

use std::collections::BTreeSet;

use crate::graph::{Graph, Object};

/// A component with fewer entities says little: it is shown where there is room left.
const TELLING: usize = 4;
/// Neighbours shown with a hub.
const COMPANY: usize = 6;

/// The part of the graph with at most `most` entities: the important ones by PageRank, each joined to
/// another one shown, pieces of few entities last. The same graph where it is small enough.
pub fn most_important(graph: &Graph, most: usize) -> Graph {
    let linked: BTreeSet<usize> = links(graph).flat_map(|(a, b)| [a, b]).collect();
    if linked.len() <= most && linked.len() == graph.entities().len() {
        return graph.clone();
    }
    let analytics = graph.analytics();
    let rank = &analytics.rank;
    let mut sizes = vec![0; graph.entities().len()];
    analytics.component.iter().for_each(|component| sizes[*component] += 1);
    let small = |at: usize| sizes[analytics.component[at]] < TELLING;
    let mut order: Vec<usize> = linked.iter().copied().collect();
    order.sort_by(|a, b| small(*a).cmp(&small(*b)).then(rank[*b].total_cmp(&rank[*a])).then_with(|| a.cmp(b)));
    let mut near: Vec<Vec<usize>> = vec![Vec::new(); graph.entities().len()];
    for (a, b) in links(graph) {
        near[a].push(b);
        near[b].push(a);
    }
    for row in &mut near {
        row.sort_by(|a, b| rank[*b].total_cmp(&rank[*a]).then_with(|| a.cmp(b)));
        row.dedup();
    }
    // First the hubs, each with the best of what it is linked to, then others by rank, each with one
    // neighbour at least, so that nothing shown stands alone.
    let mut shown: BTreeSet<usize> = BTreeSet::new();
    let mut show = |at: usize, company: usize, room: usize| {
        let joined = near[at].iter().any(|other| shown.contains(other));
        let company = if joined { company } else { company.max(1) };
        let mut wanted: Vec<usize> = near[at].iter().copied().take(company).chain([at]).collect();
        wanted.retain(|entity| !shown.contains(entity));
        if shown.len() + wanted.len() <= room {
            shown.extend(wanted);
        }
    };
    let mut hubs: Vec<usize> = order.iter().copied().filter(|&at| !small(at) && near[at].len() >= 3).collect();
    hubs.sort_by(|a, b| near[*b].len().cmp(&near[*a].len()).then_with(|| a.cmp(b)));
    hubs.into_iter().for_each(|at| show(at, COMPANY, most * 3 / 4));
    order.into_iter().for_each(|at| show(at, 0, most));
    let facts = graph.facts().iter().enumerate();
    let kept: BTreeSet<usize> = facts
        .filter(|(_, fact)| {
            let object = match fact.object {
                Object::Entity(object) => shown.contains(&object),
                _ => true,
            };
            shown.contains(&fact.subject) && object
        })
        .map(|(at, _)| at)
        .collect();
    graph.part(&shown, &kept, &BTreeSet::new())
}

fn links(graph: &Graph) -> impl Iterator<Item = (usize, usize)> {
    graph.facts().iter().filter_map(|fact| match fact.object {
        Object::Entity(object) if object != fact.subject => Some((fact.subject, object)),
        _ => None,
    })
}
