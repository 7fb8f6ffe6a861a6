//! Evaluation: hand-marked gold texts, and how far extraction agrees with them; the examples of the rules,
//! and what the rules do on texts.

mod corrected;
pub mod coverage;
pub mod example;
mod gold;
mod plain;
mod report;
mod score;

pub use corrected::{from_brat, from_xmi};
pub use gold::{Gold, GoldFact, GoldMention};
pub use report::{Cells, Report};
pub use score::{Found, FoundFact, FoundMention, Scores, Tally};
