//! The query module.
