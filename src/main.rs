//! The `zhitu` program: everything is in the library, this only starts it.

use std::process::ExitCode;

/// Extraction makes and drops many small strings: this allocator does so faster than most systems' own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    zhitu::cli::main()
}
