//! Reprints: documents that repeat the text of another, found by the sentences their facts stand on.

use std::collections::BTreeMap;

use petgraph::unionfind::UnionFind;

/// A document with fewer quoted sentences says too little to be judged.
const LEAST: usize = 3;

/// The first document of the group that each belongs to. Two documents are one text where their bytes
/// have one hash, or where four fifths of the quoted sentences of the shorter stand in the longer.
pub(super) fn origins<'a>(documents: impl Iterator<Item = (&'a str, Vec<&'a str>)>) -> Vec<usize> {
    let mut documents: Vec<(&str, Vec<&str>)> = documents.collect();
    for (_, sentences) in &mut documents {
        sentences.retain(|sentence| sentence.chars().count() >= 12);
        sentences.sort_unstable();
        sentences.dedup();
    }
    let mut groups = UnionFind::<usize>::new(documents.len());
    let mut hashes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut holders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, (hash, sentences)) in documents.iter().enumerate() {
        if !hash.is_empty() {
            let first = *hashes.entry(hash).or_insert(at);
            groups.union(first, at);
        }
        for sentence in sentences {
            holders.entry(sentence).or_default().push(at);
        }
    }
    for (at, (_, sentences)) in documents.iter().enumerate() {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for other in sentences.iter().flat_map(|s| &holders[s]).filter(|&&other| other > at) {
            *shared.entry(*other).or_default() += 1;
        }
        for (other, count) in shared {
            let least = sentences.len().min(documents[other].1.len());
            if least >= LEAST && count * 5 >= least * 4 {
                groups.union(at, other);
            }
        }
    }
    let labels = groups.into_labeling();
    let mut first: BTreeMap<usize, usize> = BTreeMap::new();
    labels.iter().enumerate().map(|(at, label)| *first.entry(*label).or_insert(at)).collect()
}

#[cfg(test)]
mod tests {
    use super::origins;

    #[test]
    fn the_same_text_counts_once() {
        let long = ["第一句说的是甲单位的事情。", "第二句说的是乙单位的事情。", "第三句说的是丙单位的事情。"];
        let mut more = long.to_vec();
        more.push("这一句只在长的一篇里面出现。");
        let other = vec!["另一篇说的是别的事情第一句。"; 3];
        let documents = vec![("a", long.to_vec()), ("b", other), ("c", more), ("b", vec![])];
        assert_eq!(origins(documents.into_iter()), [0, 1, 0, 1]);
    }
}
