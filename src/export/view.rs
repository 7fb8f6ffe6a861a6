//! Which entities a first view shows.

use std::collections::BTreeSet;

use crate::graph::{Graph, Object};

/// The part of the graph with at most `most` entities: the important ones by PageRank, each joined to
/// another one shown. The same graph where it is small enough.
pub fn most_important(graph: &Graph, most: usize) -> Graph {
    let linked: BTreeSet<usize> = links(graph).flat_map(|(a, b)| [a, b]).collect();
    if linked.len() <= most && linked.len() == graph.entities().len() {
        return graph.clone();
    }
    let rank = graph.analytics().rank;
    let mut order: Vec<usize> = linked.iter().copied().collect();
    order.sort_by(|a, b| rank[*b].total_cmp(&rank[*a]).then_with(|| a.cmp(b)));
    let mut near: Vec<Vec<usize>> = vec![Vec::new(); graph.entities().len()];
    for (a, b) in links(graph) {
        near[a].push(b);
        near[b].push(a);
    }
    // An entity is shown with the best of its neighbours, so that nothing shown stands alone.
    let mut shown: BTreeSet<usize> = BTreeSet::new();
    for at in order {
        let joined = near[at].iter().any(|other| shown.contains(other));
        let partner = near[at].iter().copied().max_by(|a, b| rank[*a].total_cmp(&rank[*b]).then_with(|| b.cmp(a)));
        let wanted: Vec<usize> =
            std::iter::once(at).chain(partner.filter(|_| !joined)).filter(|e| !shown.contains(e)).collect();
        if shown.len() + wanted.len() <= most {
            shown.extend(wanted);
        }
    }
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
    graph.part(&shown, &kept)
}

fn links(graph: &Graph) -> impl Iterator<Item = (usize, usize)> {
    graph.facts().iter().filter_map(|fact| match fact.object {
        Object::Entity(object) if object != fact.subject => Some((fact.subject, object)),
        _ => None,
    })
}
