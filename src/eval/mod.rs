//! The eval module.
