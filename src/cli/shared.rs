//! Options that every command takes.

use std::cell::Cell;
use std::path::{Path, PathBuf};

use super::style;
use crate::batch::Problem;
use crate::document::hash;
use crate::error::{Error, Result};
use crate::lexicon::Sources;
use crate::link::Decisions;
use crate::rule::RuleSet;

/// The decisions file that is read without being asked for.
const DECISIONS: &str = "zhitu.decisions.toml";

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
    /// Problems told so far.
    #[arg(skip)]
    told: Cell<usize>,
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
        const MOST: usize = 50;
        let told = self.told.replace(self.told.get() + 1);
        if told >= MOST {
            if told == MOST {
                self.say("there are more problems, which are not shown");
            }
            return;
        }
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

/// Name and version of the program, and which build of it: another build may read differently.
pub fn program() -> String {
    let version = concat!("zhitu ", env!("CARGO_PKG_VERSION"));
    let data = std::env::current_exe().and_then(std::fs::metadata);
    let changed = data.as_ref().ok().and_then(|data| data.modified().ok());
    let changed = changed.and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    let stamp = format!("{:?} {:?}", data.map(|data| data.len()).ok(), changed);
    format!("{version} {}", &hash(stamp.as_bytes())[..8])
}

/// Hash of all rule files.
pub fn rules_hash(sources: &Sources) -> String {
    let mut all = String::new();
    for (name, text) in sources.below("") {
        all += name;
        all.push('\n');
        all += text;
    }
    hash(all.as_bytes())
}

/// The decisions on identities: those of the file given, else of the one in the current folder, else none.
pub fn decisions(given: Option<&Path>) -> Result<Decisions> {
    let path = given.unwrap_or(Path::new(DECISIONS));
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if given.is_none() && error.kind() == std::io::ErrorKind::NotFound => {
            return Ok(Decisions::default());
        }
        Err(error) => return Err(Error::new(format!("cannot read {}: {error}", path.display()))),
    };
    // Reasons name the file; where it lies is nobody's concern.
    let name = path.file_name().map_or_else(|| DECISIONS.to_owned(), |name| name.to_string_lossy().into_owned());
    Decisions::parse(&name, &text)
}
