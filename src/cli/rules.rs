//! `zhitu rules`: the rule workshop.

use std::fs;
use std::path::PathBuf;

use super::Outcome;
use super::output::Output;
use super::shared::Shared;
use super::style;
use crate::batch::{self, Reader};
use crate::error::{Error, Result};
use crate::eval::coverage::Coverage;
use crate::eval::example;
use crate::rule::{self, Rule, RuleSet, Stage};

/// Check, test, list and write rules
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  zhitu rules check                             load every rule file and say what is wrong
  zhitu rules check --rules my-rules            the built-in rules with yours over them
  zhitu rules test name.award                   run the examples of the rules of a family
  zhitu rules test --guards name.quote          and see whether each guard has an example that needs it
  zhitu rules list fact                         the rules of a stage with what they read
  zhitu rules new fact.award.revoked            print the skeleton of a new rule
  zhitu rules coverage corpus/                  how often each rule reads something in these texts

rules/README.md tells how to write a rule in ten minutes.")]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Load every rule file and say what is wrong, with file, line and column
    Check,
    /// Run the examples beside the rules
    Test {
        /// Only rules whose id starts so
        #[arg(value_name = "ID", default_value = "")]
        prefix: String,
        /// Take out each guard in turn, too, and name those that no example needs
        #[arg(long)]
        guards: bool,
    },
    /// List the rules with what they read
    List {
        /// Only rules whose id starts so
        #[arg(value_name = "ID", default_value = "")]
        prefix: String,
    },
    /// Print the skeleton of a new rule, or write it into a rules folder
    New {
        /// stage.file.name, such as fact.award.revoked
        #[arg(value_name = "ID")]
        id: String,
        /// Add it to its file in this folder
        #[arg(long, value_name = "DIR")]
        into: Option<PathBuf>,
    },
    /// How often each rule reads something in texts, and to which rules it loses; rules that never do come first
    Coverage {
        /// Files and folders
        #[arg(value_name = "INPUT", default_value = "corpus")]
        inputs: Vec<String>,
    },
}

pub fn run(args: &Args, shared: &Shared) -> Result<Outcome> {
    match &args.command {
        Command::Check => check(shared),
        Command::Test { prefix, guards } => test(prefix, *guards, shared),
        Command::List { prefix } => list(prefix, shared),
        Command::New { id, into } => new(id, into.as_deref()),
        Command::Coverage { inputs } => coverage(inputs, shared),
    }
}

fn check(shared: &Shared) -> Result<Outcome> {
    let sources = shared.sources()?;
    let problems = RuleSet::check(&sources);
    let mut out = Output::new();
    for problem in &problems {
        out.write(&problem.render(&sources, style::is_coloured()))?;
        out.write("\n\n")?;
    }
    if !problems.is_empty() {
        out.finish()?;
        shared.say(&format!("{} problems", problems.len()));
        return Ok(Outcome::Findings);
    }
    let rules = RuleSet::load(&sources)?;
    out.write(&format!("{} rules, no problems\n", rules.rules().len()))?;
    out.finish()?;
    Ok(Outcome::Done)
}

fn test(prefix: &str, guards: bool, shared: &Shared) -> Result<Outcome> {
    let sources = shared.sources()?;
    let rules = RuleSet::load(&sources)?;
    let mut out = Output::new();
    let ran: usize = chosen(&rules, prefix)?.iter().map(|rule| rule.examples.len()).sum();
    let failures = example::failures(&rules, prefix);
    for failure in &failures {
        out.write(&format!("{failure}\n"))?;
    }
    let mut failed = failures.len();
    if guards {
        for guard in example::idle_guards(&sources, prefix)? {
            failed += 1;
            out.write(&format!("{}: no example needs the guard\n  {}\n", guard.rule, guard.what))?;
        }
    }
    out.write(&format!("{ran} examples, {failed} failed\n"))?;
    out.finish()?;
    Ok(if failed == 0 { Outcome::Done } else { Outcome::Findings })
}

fn list(prefix: &str, shared: &Shared) -> Result<Outcome> {
    let rules = shared.rule_set()?;
    let mut out = Output::new();
    for rule in chosen(&rules, prefix)? {
        let draft = if rule.draft { " (draft)" } else { "" };
        out.write(&format!("{:<36} {}{draft}\n", rule.id.as_str(), rule.doc))?;
    }
    out.finish()?;
    Ok(Outcome::Done)
}

/// The rules whose id starts with `prefix`.
fn chosen<'a>(rules: &'a RuleSet, prefix: &str) -> Result<Vec<&'a Rule>> {
    let found: Vec<&Rule> = rules.rules().iter().filter(|rule| rule.id.as_str().starts_with(prefix)).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let near = rule::nearest(prefix, rules.rules().iter().map(|rule| rule.id.as_str()));
    let stages: Vec<&str> = Stage::ALL.iter().map(|stage| stage.name()).collect();
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("ids start with {}; `zhitu rules list` shows them all", stages.join(", ")),
    };
    Err(Error::new(format!("no rule starts with `{prefix}`")).with_help(help))
}

fn new(id: &str, into: Option<&std::path::Path>) -> Result<Outcome> {
    let (file, text) = rule::template(id)?;
    let Some(folder) = into else {
        let mut out = Output::new();
        out.write(&format!("# {file}\n{text}"))?;
        out.finish()?;
        return Ok(Outcome::Done);
    };
    let path = folder.join(&file);
    let failed = |error: std::io::Error| Error::new(format!("cannot write {}: {error}", path.display()));
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(failed)?;
    }
    let old = if path.exists() { fs::read_to_string(&path).map_err(failed)? } else { String::new() };
    let gap = if old.is_empty() { "" } else { "\n" };
    batch::write(&path, format!("{old}{gap}{text}").as_bytes())?;
    eprintln!("{}: fill in the pattern and the examples, then run `zhitu rules test {id}`", path.display());
    Ok(Outcome::Done)
}

fn coverage(inputs: &[String], shared: &Shared) -> Result<Outcome> {
    let rules = shared.rule_set()?;
    let inputs = batch::find(inputs, None)?;
    let mut outcome = if inputs.problems.is_empty() { Outcome::Done } else { Outcome::Findings };
    let mut coverage = Coverage::new(&rules);
    let work = |raw: std::result::Result<batch::Raw, batch::Problem>| {
        let read = batch::extract(raw?, &rules, batch::PATIENCE)?;
        Ok(Coverage::read(&read.document, &read.record, &rules))
    };
    batch::map(Reader::new(inputs.found, None), shared.threads(), work, |result| {
        match result {
            Ok(read) => coverage.add(read),
            Err(problem) => {
                outcome = Outcome::Findings;
                shared.report(&problem);
            }
        }
        true
    });
    let mut out = Output::new();
    out.write(&coverage.table())?;
    out.write("\n")?;
    out.write(&coverage.shadows())?;
    out.finish()?;
    Ok(outcome)
}
