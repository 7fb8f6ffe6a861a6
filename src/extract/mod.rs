//! The stages of extraction: values, names, facts.

pub mod fact;
pub mod name;
