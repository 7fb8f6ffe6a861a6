//! The `zhitu` program: everything is in the library, this only starts it.

use std::process::ExitCode;

/// Extraction makes and drops many small strings: this allocator does so faster than most systems' own.
// Not beside RocksDB: its error messages are freed by oxigraph as if this program's allocator had made them, and
// with any other than the system's that ends the process.
#[cfg(not(feature = "disk"))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    zhitu::cli::main()
}
