//! `zhitu store`: checking, copying and clearing up a build.

use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::Outcome;
use super::output::Output;
use super::shared::Shared;
use crate::batch;
use crate::error::{Error, Result};
use crate::store;

/// Check, back up, restore and clear up a build
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  zhitu store check                        is every file of the build in output/ what was written?
  zhitu store backup /safe/2025-05         a copy of the build, which can be asked like the build itself
  zhitu store restore /safe/2025-05        put that copy in the place of the build in output/
  zhitu store compact                      clear away what interrupted runs left

A build replaces its files all at once: whoever reads meanwhile, and an interruption at any moment, finds the
build before or the new one.")]
pub struct Args {
    /// The folder of the build
    #[arg(long, value_name = "DIR", default_value = "output", global = true)]
    store: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read every file and compare it with what was written; join the records anew and compare the graph
    #[command(after_help = "Exit status: 0 where all is well, 1 where something is damaged.")]
    Check {
        /// Compare hashes only; do not join the records anew
        #[arg(long)]
        quick: bool,
    },
    /// Copy the build to another folder, every byte compared with its hash; builds may run meanwhile
    Backup {
        /// The folder of the copy
        #[arg(value_name = "DIR")]
        to: PathBuf,
    },
    /// Put a backup in the place of the build, all at once
    #[command(after_help = "The next `zhitu build` goes on from there: it reads what has changed since.")]
    Restore {
        /// The folder of the backup
        #[arg(value_name = "DIR")]
        from: PathBuf,
    },
    /// Clear away what interrupted runs left; load the store on disk anew, where there is one
    Compact,
}

pub fn run(args: &Args, shared: &Shared) -> Result<Outcome> {
    match &args.command {
        Command::Check { quick } => check(&args.store, !quick),
        Command::Backup { to } => {
            let state = store::copy(&args.store, to)?;
            shared.say(&format!("{} files of {} are in {}", state.files.len(), args.store.display(), to.display()));
            Ok(Outcome::Done)
        }
        Command::Restore { from } => {
            if store::folder::State::read(from)?.is_none() {
                return Err(Error::new(format!("{} holds no backup", from.display()))
                    .with_help("name a folder written by `zhitu store backup`"));
            }
            let state = store::copy(from, &args.store)?;
            shared.say(&format!("{} files of {} are in {}", state.files.len(), from.display(), args.store.display()));
            Ok(Outcome::Done)
        }
        Command::Compact => {
            let won = store::compact(&args.store)?;
            let size = store::size(&args.store);
            shared.say(&format!("{won} bytes cleared away, {size} bytes in {}", args.store.display()));
            Ok(Outcome::Done)
        }
    }
}

fn check(folder: &Path, full: bool) -> Result<Outcome> {
    let checked = batch::check(folder, full)?;
    let mut out = Output::new();
    for finding in &checked.findings {
        out.write(&format!("{finding}\n"))?;
    }
    if checked.findings.is_empty() {
        out.write(&format!("all well: {} documents, {} quads\n", checked.documents, checked.quads))?;
    }
    out.finish()?;
    Ok(if checked.findings.is_empty() { Outcome::Done } else { Outcome::Findings })
}
