//! The `zhitu` program: everything is in the library, this only starts it.

use std::process::ExitCode;

/// Extraction makes and drops many small strings: this allocator does so faster than most systems' own.
// Beside RocksDB only where it serves C++ as well (Cargo.toml): oxigraph frees error messages of RocksDB as if this
// program's allocator had made them, and any other ends the process.
#[cfg(any(not(feature = "disk"), target_os = "linux"))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    zhitu::cli::main()
}
