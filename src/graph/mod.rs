//! The graph module.
