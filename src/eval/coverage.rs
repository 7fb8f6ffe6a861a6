//! What the rules do on texts: how often each reads something that stays, and to which rules it loses.

use std::collections::BTreeMap;

use crate::document::Document;
use crate::pipeline;
use crate::record::Record;
use crate::rule::RuleSet;
use crate::schema::RuleId;

/// What one rule did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deeds {
    /// Readings that stayed.
    pub kept: usize,
    /// Readings that another rule's took the place of, by that rule.
    pub lost: BTreeMap<RuleId, usize>,
}

impl Deeds {
    /// Readings that another rule's took the place of.
    pub fn losses(&self) -> usize {
        self.lost.values().sum()
    }
}

/// What every rule did on some documents.
#[derive(Debug, Clone, Default)]
pub struct Coverage {
    /// By rule; those that did nothing are there too.
    pub rules: BTreeMap<RuleId, Deeds>,
}

impl Coverage {
    /// The rules, none of which did anything yet.
    pub fn new(rules: &RuleSet) -> Coverage {
        Coverage { rules: rules.rules().iter().map(|rule| (rule.id, Deeds::default())).collect() }
    }

    /// Counts what the rules do on a document, of which `record` was made.
    pub fn read(doc: &Document, record: &Record, rules: &RuleSet) -> Coverage {
        let mut coverage = Coverage::default();
        let ids = record.mentions.iter().map(|m| &m.rule).chain(record.facts.iter().map(|fact| &fact.rule));
        for id in ids {
            coverage.rules.entry(RuleId::intern(id)).or_default().kept += 1;
        }
        for (loser, winner) in pipeline::contests(doc, rules) {
            *coverage.rules.entry(loser).or_default().lost.entry(winner).or_default() += 1;
        }
        coverage
    }

    /// Adds what was counted elsewhere.
    pub fn add(&mut self, other: Coverage) {
        for (id, deeds) in other.rules {
            let sum = self.rules.entry(id).or_default();
            sum.kept += deeds.kept;
            for (winner, count) in deeds.lost {
                *sum.lost.entry(winner).or_default() += count;
            }
        }
    }

    /// A table: rules that never read anything, then those that always lose, then the rest by what they keep; behind
    /// each the rules that take its readings, the most frequent first.
    pub fn table(&self) -> String {
        let mut rows: Vec<(&RuleId, &Deeds)> = self.rules.iter().collect();
        rows.sort_by_key(|(id, deeds)| (deeds.kept, deeds.losses() > 0, deeds.losses(), **id));
        let mut out = format!("{:>8} {:>8}  rule\n", "kept", "lost");
        for (id, deeds) in rows {
            let mut winners: Vec<(&RuleId, &usize)> = deeds.lost.iter().collect();
            winners.sort_by_key(|(id, count)| (std::cmp::Reverse(**count), **id));
            let shown: Vec<String> = winners.iter().take(3).map(|(id, count)| format!("{count} to {id}")).collect();
            let remark = match (deeds.kept, shown.is_empty()) {
                (0, true) => "  never fires".to_owned(),
                (0, false) => format!("  always loses: {}", shown.join(", ")),
                (_, true) => String::new(),
                (_, false) => format!("  loses {}", shown.join(", ")),
            };
            out.push_str(&format!("{:>8} {:>8}  {id}{remark}\n", deeds.kept, deeds.losses()));
        }
        out
    }

    /// The rules that take readings from others, with how many: what shadows what.
    pub fn shadows(&self) -> String {
        let mut pairs: Vec<(usize, RuleId, RuleId)> = Vec::new();
        for (loser, deeds) in &self.rules {
            pairs.extend(deeds.lost.iter().map(|(winner, count)| (*count, *winner, *loser)));
        }
        pairs.sort_by_key(|(count, winner, loser)| (std::cmp::Reverse(*count), *winner, *loser));
        pairs.iter().map(|(count, winner, loser)| format!("{count:>8}  {winner} shadows {loser}\n")).collect()
    }
}
