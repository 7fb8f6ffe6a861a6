//! Asking the store: SPARQL with preset prefixes, and named questions for those who know no SPARQL.

mod answer;
mod complaint;
mod list;
mod named;
mod order;
mod path;
mod run;
mod search;
mod service;
mod table;

pub use answer::{Answer, Format};
pub use named::{Param, Question, Questions};
pub use run::{Limits, explain, run};
