//! Nothing but a build script: it depends on nothing, so that cargo runs it within a second, long before RocksDB
//! begins to compile; see `build.rs`.
