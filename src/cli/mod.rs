//! The command line: one file a command.

use std::process::ExitCode;

/// Parses the arguments, runs the command, and gives its exit status.
pub fn main() -> ExitCode {
    ExitCode::SUCCESS
}
