//! The stages of extraction: values, names, facts.

pub mod name;
