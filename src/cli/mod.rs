//! The command line: one file a command.

mod eval;
mod extract;
mod input;
mod output;
mod progress;
mod shared;
mod style;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::error::Result;
use shared::Shared;

/// How a command ended when nothing was wrong with the call itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// All well: exit status 0.
    Done,
    /// Some inputs could not be read, or a check found something: exit status 1.
    Findings,
}

/// Turns folders of Chinese official text into a knowledge graph, by rules, with every fact traceable to
/// its words.
#[derive(Debug, Parser)]
#[command(name = "zhitu", version, max_term_width = 100, arg_required_else_help = true)]
struct Cli {
    #[command(flatten)]
    shared: Shared,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Extract(extract::Args),
    Eval(eval::Args),
}

/// Parses the arguments, runs the command, and gives its exit status: 0 all well, 1 findings, 2 the call,
/// a rule file or a query is wrong.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(error) => {
            eprintln!("{} {error}", style::error("error:"));
            ExitCode::from(2)
        }
    }
}

fn run(cli: Cli) -> Result<Outcome> {
    match cli.command {
        Command::Extract(args) => extract::run(&args, &cli.shared),
        Command::Eval(args) => eval::run(&args, &cli.shared),
    }
}
