//! The command line: one file a command.

mod build;
mod diff;
mod eval;
mod explain;
mod export;
mod extract;
mod gold;
mod input;
mod output;
mod progress;
mod query;
mod rules;
mod serve;
mod shared;
mod shell;
mod status;
mod store;
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

/// What a newcomer does first.
const START: &str = "Start here:
  zhitu build                                 read the texts in corpus/, leave the graph in output/
  zhitu query --list                          questions to ask it
  zhitu extract news.txt                      what is read in one text, as JSON
  zhitu explain news.txt                      and by which rules

Exit status: 0 all well; 1 some inputs could not be read, or a check found something; 2 the call, a rule
file or a query is wrong. Results go to standard output, everything else to standard error.";

/// Turns folders of Chinese official text into a knowledge graph, by rules, with every fact traceable to
/// its words.
#[derive(Debug, Parser)]
#[command(name = "zhitu", version, max_term_width = 100, arg_required_else_help = true, after_help = START)]
struct Cli {
    #[command(flatten)]
    shared: Shared,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Args),
    Extract(extract::Args),
    Query(query::Args),
    Export(Box<export::Args>),
    Explain(explain::Args),
    Rules(rules::Args),
    Eval(eval::Args),
    Gold(gold::Args),
    Serve(serve::Args),
    Status(status::Args),
    Diff(diff::Args),
    Store(store::Args),
    Completions(shell::Completions),
    Man(shell::Man),
}

/// Parses the arguments, runs the command, and gives its exit status: 0 all well, 1 findings, 2 the call,
/// a rule file or a query is wrong.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(&cli) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(error) => {
            eprintln!("{} {error}", style::error("error:"));
            ExitCode::from(2)
        }
    }
}

fn run(cli: &Cli) -> Result<Outcome> {
    let shared = &cli.shared;
    match &cli.command {
        Command::Build(args) => build::run(args, shared),
        Command::Extract(args) => extract::run(args, shared),
        Command::Query(args) => query::run(args, shared),
        Command::Export(args) => export::run(args, shared),
        Command::Explain(args) => explain::run(args, shared),
        Command::Rules(args) => rules::run(args, shared),
        Command::Eval(args) => eval::run(args, shared),
        Command::Gold(args) => gold::run(args),
        Command::Serve(args) => serve::run(args, shared),
        Command::Status(args) => status::run(args, shared),
        Command::Diff(args) => diff::run(args),
        Command::Store(args) => store::run(args, shared),
        Command::Completions(args) => shell::completions(args),
        Command::Man(args) => shell::man(args),
    }
}
