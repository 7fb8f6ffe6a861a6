//! What changed from one graph file to the next, and changing a store likewise.

use std::collections::BTreeMap;
use std::io::{self, BufRead};

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::store as oxi;

use super::failed;
use crate::error::Result;
use crate::rdf;

/// Documents whose changes go into one transaction.
const TOGETHER: usize = 100;

/// The lines that one canonical graph file has and another has not, by named graph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Delta {
    graphs: BTreeMap<String, Change>,
    lines: usize,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Change {
    gone: Vec<String>,
    come: Vec<String>,
}

impl Delta {
    /// Compares two graph files. Both are sorted, so that one look at each line is enough, and no more is kept
    /// than differs.
    pub fn between(mut old: impl BufRead, mut new: impl BufRead) -> io::Result<Delta> {
        let mut delta = Delta::default();
        let (mut before, mut after) = (String::new(), String::new());
        skip_same(&mut old, &mut new)?;
        let mut more = (old.read_line(&mut before)? > 0, new.read_line(&mut after)? > 0);
        loop {
            let order = match more {
                (false, false) => return Ok(delta),
                (true, false) => std::cmp::Ordering::Less,
                (false, true) => std::cmp::Ordering::Greater,
                (true, true) => before.cmp(&after),
            };
            if order.is_lt() {
                delta.change(&before).gone.push(std::mem::take(&mut before));
            } else if order.is_gt() {
                delta.change(&after).come.push(std::mem::take(&mut after));
            }
            if order.is_eq() {
                skip_same(&mut old, &mut new)?;
            }
            if order.is_le() {
                before.clear();
                more.0 = old.read_line(&mut before)? > 0;
            }
            if order.is_ge() {
                after.clear();
                more.1 = new.read_line(&mut after)? > 0;
            }
        }
    }

    /// Of lines that go and lines that come.
    pub fn of(gone: &[String], come: &[String]) -> Delta {
        let mut delta = Delta::default();
        gone.iter().for_each(|line| delta.change(line).gone.push(line.clone()));
        come.iter().for_each(|line| delta.change(line).come.push(line.clone()));
        delta
    }

    /// How many lines went or came.
    pub fn len(&self) -> usize {
        self.lines
    }

    /// Whether the two files are the same.
    pub fn is_empty(&self) -> bool {
        self.lines == 0
    }

    /// The lines, with `true` for those that came.
    #[cfg(feature = "disk")]
    pub(crate) fn lines(&self) -> impl Iterator<Item = (bool, &str)> {
        self.graphs.values().flat_map(|change| {
            let gone = change.gone.iter().map(|line| (false, line.as_str()));
            gone.chain(change.come.iter().map(|line| (true, line.as_str())))
        })
    }

    fn change(&mut self, line: &str) -> &mut Change {
        self.lines += 1;
        self.graphs.entry(rdf::graph_of(line).to_owned()).or_default()
    }

    /// Changes a store of the first file into one of the second: one transaction for each hundred documents,
    /// beginning with the transaction of number `from`; `done` is told how many there are so far. A
    /// transaction may be repeated without harm.
    pub(crate) fn apply(
        &self,
        store: &oxi::Store,
        from: usize,
        done: &mut dyn FnMut(usize) -> Result<()>,
    ) -> Result<()> {
        let changes: Vec<&Change> = self.graphs.values().collect();
        for (at, part) in changes.chunks(TOGETHER).enumerate().skip(from) {
            let mut transaction = store.start_transaction().map_err(failed)?;
            let parse = |line: &'_ String| {
                RdfParser::from_format(RdfFormat::NQuads).lenient().for_slice(line.as_bytes()).next().transpose()
            };
            for change in part {
                for line in &change.gone {
                    if let Some(quad) = parse(line).map_err(failed)? {
                        transaction.remove(&quad);
                    }
                }
                for line in &change.come {
                    if let Some(quad) = parse(line).map_err(failed)? {
                        transaction.insert(&quad);
                    }
                }
            }
            transaction.commit().map_err(failed)?;
            done(at + 1)?;
        }
        Ok(())
    }
}

/// Passes over lines that both have, as many bytes at a time as are at hand: most of two builds is the same.
fn skip_same(old: &mut impl BufRead, new: &mut impl BufRead) -> io::Result<()> {
    const STEP: usize = 4096;
    loop {
        let (one, other) = (old.fill_buf()?, new.fill_buf()?);
        let steps = one.chunks_exact(STEP).zip(other.chunks_exact(STEP)).take_while(|(a, b)| a == b).count() * STEP;
        let rest = one[steps..].iter().zip(&other[steps..]).take_while(|(a, b)| a == b).count();
        let lines = one[..steps + rest].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        if lines == 0 {
            return Ok(());
        }
        old.consume(lines);
        new.consume(lines);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_passed_over_is_the_same() {
        let line = |n: usize| format!("<a:{n:05}> <a:p> \"{}\" .\n", "x".repeat(n % 90));
        let all: Vec<usize> = (0..9000).collect();
        let mut chance = 7u64;
        for _ in 0..8 {
            let mut some = |keep: u64| {
                all.iter()
                    .filter(|_| {
                        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                        (chance >> 33) % 1000 < keep
                    })
                    .copied()
                    .collect::<std::collections::BTreeSet<usize>>()
            };
            let (old, new) = (some(998), some(995));
            let text = |set: &std::collections::BTreeSet<usize>| set.iter().map(|n| line(*n)).collect::<String>();
            let (one, other) = (text(&old), text(&new));
            let buffered = |text| io::BufReader::with_capacity(5000, text);
            let delta = Delta::between(buffered(one.as_bytes()), buffered(other.as_bytes())).expect("read");
            assert_eq!(delta.len(), old.symmetric_difference(&new).count());
            let change = delta.graphs.values().next().expect("a change");
            assert_eq!(change.gone.concat(), old.difference(&new).map(|n| line(*n)).collect::<String>());
            assert_eq!(change.come.concat(), new.difference(&old).map(|n| line(*n)).collect::<String>());
        }
    }

    #[test]
    fn only_what_differs_is_kept() {
        let old = "<a:a> <a:p> \"x\" <a:g> .\n<a:b> <a:p> <a:c> .\n<a:z> <a:p> <a:c> <a:h> .\n";
        let new = "<a:b> <a:p> <a:c> .\n<a:b> <a:p> <a:d> .\n<a:z> <a:p> <a:c> <a:h> .\n";
        let delta = Delta::between(old.as_bytes(), new.as_bytes()).expect("read");
        assert_eq!(delta.len(), 2);
        assert_eq!(delta.graphs.keys().collect::<Vec<_>>(), ["", "<a:g>"]);
        assert!(Delta::between(old.as_bytes(), old.as_bytes()).expect("read").is_empty());
        assert_eq!(Delta::between(&b""[..], new.as_bytes()).expect("read").len(), 3);
        let store = oxi::Store::new().expect("a store");
        let load = |text: &str| {
            let parser = RdfParser::from_format(RdfFormat::NQuads);
            parser.for_slice(text.as_bytes()).collect::<std::result::Result<Vec<_>, _>>().expect("parsed")
        };
        store.extend(load(old)).expect("loaded");
        let mut told = Vec::new();
        let mut tell = |count| {
            told.push(count);
            Ok(())
        };
        delta.apply(&store, 0, &mut tell).expect("applied");
        assert_eq!(told, [1]);
        let now = load(new);
        assert!(store.len().expect("counted") == 3 && now.iter().all(|quad| store.contains(quad).expect("asked")));
    }
}
