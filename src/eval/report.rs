//! The score table: precision, recall and F1 by row, in the form of the reference scorer.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::score::{Scores, Tally};

/// The five types that are compared with other tools; they stand first in the table.
const CARD: [&str; 5] = ["date", "figure", "organization", "person", "program"];

/// The figures of one row.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Cells {
    /// Precision.
    pub p: f64,
    /// Recall.
    pub r: f64,
    /// Their harmonic mean.
    pub f1: f64,
    /// F1 where any overlap counts (mentions).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub soft_f1: Option<f64>,
    /// How many were wanted.
    pub gold: usize,
    /// Of the mentions found exactly, the share whose normal form is right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub norm: Option<f64>,
    /// F1 of finding the span exactly and its normal form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub norm_f1: Option<f64>,
    /// Of the qualifiers of the facts found, the share that is right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub qual: Option<f64>,
}

/// The table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// By row, and `the five` and `all`.
    pub mentions: BTreeMap<String, Cells>,
    /// By predicate, and `all`.
    pub facts: BTreeMap<String, Cells>,
}

#[allow(clippy::cast_precision_loss)] // counts are far below 2^53
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn mean(p: f64, r: f64) -> f64 {
    if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
}

impl Tally {
    fn cells(&self) -> Cells {
        let (p, r) = (share(self.hit, self.found), share(self.hit, self.wanted));
        let f1 = mean(p, r);
        Cells { p, r, f1, soft_f1: None, gold: self.wanted, norm: None, norm_f1: None, qual: None }
    }

    fn mention(&self) -> Cells {
        let soft = mean(share(self.soft_found, self.found), share(self.soft_wanted, self.wanted));
        let asked = self.norm_asked > 0;
        let norm_f1 = mean(share(self.norm_right, self.found), share(self.norm_right, self.wanted));
        Cells {
            soft_f1: Some(soft),
            norm: asked.then(|| share(self.norm_right, self.norm_asked)),
            norm_f1: asked.then_some(norm_f1),
            ..self.cells()
        }
    }

    fn fact(&self) -> Cells {
        Cells { qual: (self.norm_asked > 0).then(|| share(self.norm_right, self.norm_asked)), ..self.cells() }
    }
}

impl Scores {
    /// The figures of every row.
    pub fn report(&self) -> Report {
        let mut mentions: BTreeMap<String, Cells> =
            self.mentions.iter().map(|(name, tally)| (name.clone(), tally.mention())).collect();
        let (mut five, mut all) = (Tally::default(), Tally::default());
        for (name, tally) in &self.mentions {
            all += tally;
            if CARD.contains(&name.as_str()) {
                five += tally;
            }
        }
        mentions.insert("the five".to_owned(), five.mention());
        mentions.insert("all".to_owned(), all.mention());
        let mut facts: BTreeMap<String, Cells> =
            self.facts.iter().map(|(name, tally)| (name.clone(), tally.fact())).collect();
        let mut all = Tally::default();
        self.facts.values().for_each(|tally| all += tally);
        facts.insert("all".to_owned(), all.fact());
        Report { mentions, facts }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<16}{:>7}{:>7}{:>7}{:>7}{:>7}{:>7}{:>8}",
            "mention", "P", "R", "F1", "~F1", "gold", "norm", "normF1"
        )?;
        let last = ["the five", "all"];
        let mut rows: Vec<&str> = self.mentions.keys().map(String::as_str).filter(|n| !last.contains(n)).collect();
        rows.sort_by_key(|name| (!CARD.contains(name), *name));
        for name in rows.into_iter().chain(last) {
            let cells = &self.mentions[name];
            let soft = cells.soft_f1.unwrap_or(0.0);
            write!(f, "{name:<16}{:7.3}{:7.3}{:7.3}{soft:7.3}{:7}", cells.p, cells.r, cells.f1, cells.gold)?;
            match (cells.norm, cells.norm_f1) {
                (Some(norm), Some(norm_f1)) if name == "date" || name == "figure" => {
                    writeln!(f, "{norm:7.3}{norm_f1:8.3}")?;
                }
                _ => writeln!(f)?,
            }
        }
        writeln!(f, "\n{:<16}{:>7}{:>7}{:>7}{:>7}{:>7}", "fact", "P", "R", "F1", "gold", "qual")?;
        let rows = self.facts.keys().map(String::as_str).filter(|name| *name != "all");
        for name in rows.chain(["all"]) {
            let cells = &self.facts[name];
            write!(f, "{name:<16}{:7.3}{:7.3}{:7.3}{:7}", cells.p, cells.r, cells.f1, cells.gold)?;
            match cells.qual {
                Some(qual) => writeln!(f, "{qual:7.3}")?,
                None => writeln!(f)?,
            }
        }
        Ok(())
    }
}
