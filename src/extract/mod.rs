//! The extract module.
