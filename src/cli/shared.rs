//! Options that every command takes.

use std::path::PathBuf;

use super::style;
use crate::batch::Problem;
use crate::error::Result;
use crate::lexicon::Sources;
use crate::rule::RuleSet;

/// Options that every command takes.
#[derive(Debug, clap::Args)]
pub struct Shared {
    /// A folder of rule files over the built-in ones: a file of the same name replaces the built-in one, any
    /// other is added. May be given more than once
    #[arg(long, global = true, value_name = "DIR")]
    pub rules: Vec<PathBuf>,
    /// How many threads to use; the result is the same on any number [default: one a core]
    #[arg(long, global = true, value_name = "N")]
    pub threads: Option<usize>,
    /// Say nothing but errors
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

impl Shared {
    /// The text of all rule files.
    pub fn sources(&self) -> Result<Sources> {
        let mut sources = Sources::built_in();
        for folder in &self.rules {
            sources.add_folder(folder)?;
        }
        Ok(sources)
    }

    /// The rules, loaded and checked.
    pub fn rule_set(&self) -> Result<RuleSet> {
        RuleSet::load(&self.sources()?)
    }

    /// How many threads to use.
    pub fn threads(&self) -> usize {
        let cores = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        self.threads.unwrap_or_else(cores).max(1)
    }

    /// Tells what could not be read, on standard error.
    pub fn report(&self, problem: &Problem) {
        if problem.warning {
            self.say(&format!("{} {}: {}", style::warning("warning:"), problem.input, problem.message));
        } else {
            eprintln!("{} {}: {}", style::error("not read:"), problem.input, problem.message);
        }
    }

    /// A message for people, on standard error, unless `--quiet`.
    pub fn say(&self, message: &str) {
        if !self.quiet {
            eprintln!("{message}");
        }
    }
}
