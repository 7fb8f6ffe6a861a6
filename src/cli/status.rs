//! `zhitu status`: what changed since the last build.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::Outcome;
use super::output::Output;
use super::shared::{self, Shared};
use crate::batch::{self, Manifest, Reader};
use crate::error::{Error, Result};

/// Tell what changed since the last build: texts that are new, changed or gone, rules, the program
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  zhitu status                        the build in output/
  zhitu status --store news-graph     another one

Exit status: 0 where the build is up to date, 1 where something is stale.")]
pub struct Args {
    /// The folder of the build
    #[arg(long, value_name = "DIR", default_value = "output")]
    store: PathBuf,
    /// The day that the build was given
    #[arg(long, value_name = "DAY")]
    date: Option<String>,
}

pub fn run(args: &Args, shared: &Shared) -> Result<Outcome> {
    let manifest = Manifest::read(&args.store).ok_or_else(|| {
        Error::new(format!("no build in {}", args.store.display()))
            .with_help("make one with `zhitu build`, or name its folder with --store")
    })?;
    let mut lines = Vec::new();
    if manifest.program != shared::program() {
        lines.push("the program changed: every text will be read again".to_owned());
    }
    if manifest.rules != shared::rules_hash(&shared.sources()?) {
        lines.push("the rules changed: every text will be read again".to_owned());
    }
    let inputs = batch::find(&manifest.inputs, None)?;
    inputs.problems.iter().for_each(|problem| shared.report(problem));
    let mut keys: BTreeMap<String, String> = BTreeMap::new();
    for raw in Reader::new(inputs.found, args.date.clone()) {
        match raw {
            Ok(raw) => _ = keys.insert(raw.id.clone(), raw.key()),
            Err(problem) => shared.report(&problem),
        }
    }
    for (id, key) in &keys {
        match manifest.documents.get(id) {
            None => lines.push(format!("new      {id}")),
            Some(entry) if entry.key != *key => lines.push(format!("changed  {id}")),
            Some(_) => {}
        }
    }
    for id in manifest.documents.keys().filter(|id| !keys.contains_key(*id)) {
        lines.push(format!("gone     {id}"));
    }
    let mut out = Output::new();
    let (stale, documents) = (!lines.is_empty(), manifest.documents.len());
    if !stale {
        lines.push(format!("up to date: {documents} documents"));
    }
    out.write(&(lines.join("\n") + "\n"))?;
    out.finish()?;
    Ok(if stale { Outcome::Findings } else { Outcome::Done })
}
