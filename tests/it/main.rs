//! The integration tests, one module for each face of the program, in one binary: they link once.

mod support;

mod architecture;
mod asked;
mod cli;
mod coverage;
mod determinism;
#[cfg(feature = "disk")]
mod disk;
mod eval;
mod export;
mod fact_total;
mod facts;
mod guards;
mod identity;
mod incremental;
mod inputs;
mod keep;
mod lexicons;
mod link;
mod names;
mod plans;
mod press;
mod query;
mod robust;
mod rules;
mod serve;
mod store;
mod value_calendar;
mod value_properties;
mod value_rules;
mod value_scope;
mod value_second;
mod value_table;
mod who;
mod words;
