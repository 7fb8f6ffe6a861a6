//! The batch module.
