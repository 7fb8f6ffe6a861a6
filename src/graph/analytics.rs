//! What the shape of the graph says: degree, PageRank, components, communities, co-occurrence.

use std::collections::BTreeMap;

use petgraph::unionfind::UnionFind;
use petgraph::visit::EdgeRef;

use super::Graph;

/// Measures of every entity, by index.
#[derive(Debug, Clone, PartialEq)]
pub struct Analytics {
    /// Facts that lead to or from it.
    pub degree: Vec<usize>,
    /// PageRank with damping 0.85, edges read both ways and weighted by independent origins; sums to 1.
    /// (L. Page et al., *The PageRank Citation Ranking*, 1999.)
    pub rank: Vec<f64>,
    /// Connected component; 0 is the largest.
    pub component: Vec<usize>,
    /// Community; 0 is the largest.
    pub community: Vec<usize>,
}

/// The entities of each community, largest first.
pub type Communities = Vec<Vec<usize>>;

impl Graph {
    /// All measures. The same for the same graph: nothing depends on chance or on threads.
    pub fn analytics(&self) -> Analytics {
        let links = self.links();
        Analytics {
            degree: self.degrees(),
            rank: rank(&links),
            component: self.components(),
            community: by_size(&louvain(&links)),
        }
    }

    /// The facts that lead to or from each entity, values included.
    pub fn degrees(&self) -> Vec<usize> {
        let mut degree = vec![0; self.entities.len()];
        for fact in &self.facts {
            degree[fact.subject] += 1;
            if let super::Object::Entity(object) = fact.object
                && object != fact.subject
            {
                degree[object] += 1;
            }
        }
        degree
    }

    /// How many documents speak of both, for each pair of entities that share at least `least`.
    pub fn cooccurrence(&self, least: usize) -> BTreeMap<(usize, usize), usize> {
        let mut present: Vec<Vec<usize>> = vec![Vec::new(); self.sources.len()];
        for (at, entity) in self.entities.iter().enumerate().filter(|(_, e)| e.sources.len() >= least.max(1)) {
            for &source in &entity.sources {
                present[source].push(at);
            }
        }
        let mut pairs = BTreeMap::new();
        for entities in present {
            for (at, &one) in entities.iter().enumerate() {
                for &other in &entities[at + 1..] {
                    *pairs.entry((one, other)).or_default() += 1;
                }
            }
        }
        pairs.retain(|_, count| *count >= least);
        pairs
    }

    fn components(&self) -> Vec<usize> {
        let mut sets = UnionFind::<usize>::new(self.entities.len());
        for edge in self.shape.edge_references() {
            sets.union(edge.source().index(), edge.target().index());
        }
        by_size(&sets.into_labeling())
    }

    /// Neighbours of each entity with weights, both ways.
    fn links(&self) -> Vec<Vec<(usize, f64)>> {
        let mut links: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); self.entities.len()];
        for edge in self.shape.edge_references() {
            let (from, to) = (edge.source().index(), edge.target().index());
            if from != to {
                let weight = self.facts[*edge.weight()].origins.max(1) as f64;
                *links[from].entry(to).or_default() += weight;
                *links[to].entry(from).or_default() += weight;
            }
        }
        links.into_iter().map(|row| row.into_iter().collect()).collect()
    }
}

fn rank(links: &[Vec<(usize, f64)>]) -> Vec<f64> {
    const DAMPING: f64 = 0.85;
    let count = links.len().max(1) as f64;
    let total: Vec<f64> = links.iter().map(|row| row.iter().map(|(_, weight)| weight).sum()).collect();
    let mut rank = vec![1.0 / count; links.len()];
    for _ in 0..100 {
        let lost: f64 = rank.iter().zip(&total).filter(|(_, total)| **total == 0.0).map(|(rank, _)| rank).sum();
        let next: Vec<f64> = links
            .iter()
            .map(|row| {
                let come: f64 = row.iter().map(|&(from, weight)| rank[from] * weight / total[from]).sum();
                (1.0 - DAMPING + DAMPING * lost) / count + DAMPING * come
            })
            .collect();
        let moved: f64 = rank.iter().zip(&next).map(|(a, b)| (a - b).abs()).sum();
        rank = next;
        if moved < 1e-10 {
            break;
        }
    }
    rank
}

/// Numbers the groups anew: the largest is 0; of equal ones the one with the first member comes first.
fn by_size(labels: &[usize]) -> Vec<usize> {
    let mut groups: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (at, &label) in labels.iter().enumerate() {
        groups.entry(label).or_insert((0, at)).0 += 1;
    }
    let mut order: Vec<(usize, usize, usize)> =
        groups.iter().map(|(&label, &(size, first))| (usize::MAX - size, first, label)).collect();
    order.sort_unstable();
    let number: BTreeMap<usize, usize> =
        order.iter().enumerate().map(|(number, &(_, _, label))| (label, number)).collect();
    labels.iter().map(|label| number[label]).collect()
}

/// Communities by the method of V. Blondel et al., *Fast unfolding of communities in large networks*
/// (2008), with nodes always visited in order, so that the result depends on nothing else.
fn louvain(links: &[Vec<(usize, f64)>]) -> Vec<usize> {
    let mut member: Vec<usize> = (0..links.len()).collect();
    let mut level: Vec<Vec<(usize, f64)>> = links.to_vec();
    loop {
        let (groups, moved) = settle(&level);
        if !moved {
            return member;
        }
        let groups = by_size(&groups);
        let count = groups.iter().max().map_or(0, |max| max + 1);
        for at in &mut member {
            *at = groups[*at];
        }
        let mut joined: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); count];
        for (from, row) in level.iter().enumerate() {
            for &(to, weight) in row {
                *joined[groups[from]].entry(groups[to]).or_default() += weight;
            }
        }
        level = joined.into_iter().map(|row| row.into_iter().collect()).collect();
    }
}

/// Moves each node to the neighbouring group that raises modularity most, until none does.
fn settle(links: &[Vec<(usize, f64)>]) -> (Vec<usize>, bool) {
    let strength: Vec<f64> = links.iter().map(|row| row.iter().map(|(_, weight)| weight).sum()).collect();
    let total: f64 = strength.iter().sum();
    let mut group: Vec<usize> = (0..links.len()).collect();
    let mut sum = strength.clone();
    let mut any = false;
    for _ in 0..50 {
        let mut moved = false;
        for node in 0..links.len() {
            let mut near: BTreeMap<usize, f64> = BTreeMap::new();
            for &(to, weight) in links[node].iter().filter(|(to, _)| *to != node) {
                *near.entry(group[to]).or_default() += weight;
            }
            let home = group[node];
            sum[home] -= strength[node];
            let gain = |to: usize, weight: f64| weight - sum[to] * strength[node] / total;
            let mut best = (gain(home, near.get(&home).copied().unwrap_or(0.0)), home);
            for (&to, &weight) in &near {
                let value = gain(to, weight);
                if value > best.0 + 1e-9 {
                    best = (value, to);
                }
            }
            sum[best.1] += strength[node];
            if best.1 != home {
                group[node] = best.1;
                moved = true;
                any = true;
            }
        }
        if !moved {
            break;
        }
    }
    (group, any)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two triangles joined by one edge, and a lone node.
    fn links() -> Vec<Vec<(usize, f64)>> {
        let mut rows = vec![Vec::new(); 7];
        for (a, b) in [(0, 1), (0, 2), (1, 2), (2, 3), (3, 4), (3, 5), (4, 5)] {
            rows[a].push((b, 1.0));
            rows[b].push((a, 1.0));
        }
        rows
    }

    #[test]
    fn triangles_are_communities() {
        assert_eq!(by_size(&louvain(&links())), [0, 0, 0, 1, 1, 1, 2]);
    }

    #[test]
    fn rank_sums_to_one_and_prefers_bridges() {
        let rank = rank(&links());
        assert!((rank.iter().sum::<f64>() - 1.0).abs() < 1e-6);
        assert!(rank[2] > rank[0] && rank[6] < rank[0]);
        assert_eq!(super::rank(&[]), Vec::<f64>::new());
    }
}
