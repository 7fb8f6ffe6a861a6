//! The serve module.
