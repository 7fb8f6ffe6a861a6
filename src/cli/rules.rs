//! `zhitu rules`: the rule workshop.

use std::fs;
use std::path::PathBuf;

use super::Outcome;
use super::output::Output;
use super::shared::Shared;
use super::style;
use crate::batch::{self, Reader};
use crate::document::{DateSource, Document};
use crate::error::{Error, Result};
use crate::extract::fact::example;
use crate::pipeline;
use crate::rule::{self, Example, Rule, RuleSet, Stage};

/// Check, test, list and write rules
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  zhitu rules check                             load every rule file and say what is wrong
  zhitu rules check --rules my-rules            the built-in rules with yours over them
  zhitu rules test name.award                   run the examples of the rules of a family
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
    /// How often each rule reads something in texts; rules that never do come first
    Coverage {
        /// Files and folders
        #[arg(value_name = "INPUT", default_value = "corpus")]
        inputs: Vec<String>,
    },
}

pub fn run(args: &Args, shared: &Shared) -> Result<Outcome> {
    match &args.command {
        Command::Check => check(shared),
        Command::Test { prefix } => test(prefix, shared),
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

fn test(prefix: &str, shared: &Shared) -> Result<Outcome> {
    let rules = shared.rule_set()?;
    let mut out = Output::new();
    let (mut ran, mut failed) = (0, 0);
    for rule in chosen(&rules, prefix)? {
        ran += rule.examples.len();
        let by_pattern = rule.stage == Stage::Fact;
        for example in rule.examples.iter().filter(|_| !by_pattern) {
            if let Some(failure) = failure(&rules, rule, example) {
                failed += 1;
                out.write(&format!("{}: {failure}\n", rule.id))?;
            }
        }
    }
    for failure in example::failures(&rules, prefix) {
        failed += 1;
        out.write(&format!("{}: {:?}\n  {}\n", failure.rule, failure.kind, failure.detail.replace('\n', "\n  ")))?;
    }
    out.write(&format!("{ran} examples, {failed} failed\n"))?;
    out.finish()?;
    Ok(if failed == 0 { Outcome::Done } else { Outcome::Findings })
}

/// How an example of the value and name stages fails, if it does: the spans that its rule makes of the text
/// must be those that it lists.
fn failure(rules: &RuleSet, rule: &Rule, example: &Example) -> Option<String> {
    let date = example.published.as_deref().map(|day| (day, DateSource::Option));
    let record = pipeline::extract(&Document::new("example", &*example.text, date), rules);
    let by_rule = record.mentions.iter().filter(|m| m.rule == rule.id.as_str() && !m.inner);
    let found: Vec<&str> = by_rule.map(|mention| &*mention.text).collect();
    let wanted: Vec<&str> = example.expect.iter().filter_map(|value| value.get("span")?.as_str()).collect();
    let passes = if example.matches { found == wanted } else { found.is_empty() };
    let verdict = match (passes, example.todo.is_some()) {
        (true, false) | (false, true) => return None,
        (true, true) => "passes though it is marked todo",
        (false, false) if found.is_empty() => "Missing",
        (false, false) if example.matches => "Wrong",
        (false, false) => "Noisy",
    };
    Some(format!("{verdict}\n  {}\n  found {found:?}\n  wants {wanted:?}", example.text))
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
    let mut used: Vec<String> = Vec::new();
    let work = |raw: std::result::Result<batch::Raw, batch::Problem>| {
        let record = batch::extract(raw?, &rules)?.record;
        let mentions = record.mentions.into_iter().map(|mention| mention.rule);
        Ok(mentions.chain(record.facts.into_iter().map(|fact| fact.rule)).collect::<Vec<String>>())
    };
    batch::map(Reader::new(inputs.found, None), shared.threads(), work, |result| {
        match result {
            Ok(ids) => used.extend(ids),
            Err(problem) => {
                outcome = Outcome::Findings;
                shared.report(&problem);
            }
        }
        true
    });
    let mut counts = rules.coverage(used.iter().map(String::as_str));
    counts.sort_by_key(|&(id, count)| (count, id));
    let mut out = Output::new();
    for (id, count) in counts {
        out.write(&format!("{count:>8}  {id}\n"))?;
    }
    out.finish()?;
    Ok(outcome)
}
