//! `zhitu status`: what is stale, and why.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::Outcome;
use super::output::Output;
use super::shared::{self, Shared};
use crate::batch::{self, Manifest, Reader, Touch};
use crate::error::{Error, Result};
use crate::rule::{Footprint, RuleSet};
use crate::store;

/// Tell what changed since the last build, and why it is stale: texts, rules, the program, the files themselves
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  zhitu status                        the build in output/
  zhitu status --store news-graph     another one
  zhitu status --rules my-rules       what a build with these rules would read again

A line for each text: new, changed, gone, or touched by the edited rules that are named. Exit status: 0 where the
build is up to date, 1 where something is stale.")]
pub struct Args {
    /// The folder of the build
    #[arg(long, value_name = "DIR", default_value = "output")]
    store: PathBuf,
    /// The decisions on identities that the build was given [default: zhitu.decisions.toml, where there is one]
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
    /// The day that the build was given
    #[arg(long, value_name = "DAY")]
    date: Option<String>,
}

pub fn run(args: &Args, shared: &Shared) -> Result<Outcome> {
    let manifest = Manifest::read(&args.store).ok_or_else(|| {
        Error::new(format!("no build in {}", args.store.display()))
            .with_help("make one with `zhitu build`, or name its folder with --store")
    })?;
    let mut lines = files(args)?;
    let (program, sources) = (shared::program(), shared.sources()?);
    let rules = shared::rules_hash(&sources);
    let set = if manifest.rules == rules { None } else { Some(RuleSet::load(&sources)?) };
    let footprint = || set.as_ref().map_or_else(|| manifest.footprint.clone(), |set| Footprint::of(&sources, set));
    let touch = Touch::between(&manifest, &program, &rules, footprint);
    if manifest.program != program {
        lines.push("the program changed: every text will be read again".to_owned());
    } else if touch.is_none() {
        lines.push("rules changed that may touch any text: every text will be read again".to_owned());
    } else if manifest.rules != rules {
        lines.push("rules changed".to_owned());
    }
    if manifest.decisions != shared::decisions(args.decisions.as_deref())?.digest() {
        lines.push("the decisions changed: names will be joined anew".to_owned());
    }
    let inputs = batch::find(&manifest.inputs, None)?;
    inputs.problems.iter().for_each(|problem| shared.report(problem));
    let mut keys: BTreeMap<String, (String, Vec<String>)> = BTreeMap::new();
    for raw in Reader::new(inputs.found, args.date.clone()) {
        match raw {
            Ok(raw) => {
                let touched = touch.as_ref().map(|touch| touch.rules(&raw)).unwrap_or_default();
                let touched = touched.into_iter().map(str::to_owned).collect();
                keys.insert(raw.id.clone(), (raw.key(), touched));
            }
            Err(problem) => shared.report(&problem),
        }
    }
    for (id, (key, touched)) in &keys {
        match manifest.documents.get(id) {
            None => lines.push(format!("new      {id}")),
            Some(entry) if entry.key != *key => lines.push(format!("changed  {id}")),
            Some(_) if !touched.is_empty() => lines.push(format!("touched  {id} ({})", touched.join(", "))),
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

/// Files of the build that are not as they were written, and a run that was interrupted.
fn files(args: &Args) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    let Some(state) = store::folder::State::read(&args.store)? else {
        return Ok(vec!["an older zhitu wrote this build: every text will be read again".to_owned()]);
    };
    for (name, written) in &state.files {
        let length = store::folder::open_file(&args.store, name).map(|(_, file)| file.size());
        if !length.is_ok_and(|length| length == written.bytes) {
            lines.push(format!("damaged  {name}: will be written again"));
        }
    }
    if args.store.join(store::folder::WORK).join("records.part").exists() {
        lines.push("a build was interrupted: the next goes on where it stopped".to_owned());
    }
    Ok(lines)
}
