//! `zhitu build`: the main job.

use std::path::PathBuf;

use super::Outcome;
use super::input::InputArgs;
use super::progress::Progress;
use super::shared::Shared;
use crate::batch::{self, Event, Format, Options, Report};
use crate::error::Result;
use crate::rdf;

/// Read texts and leave the knowledge graph in a folder: records, graph, drawing, summary
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  zhitu build                            the texts in corpus/, into output/
  zhitu build news/ -o news-graph        all texts below a folder
  zhitu build 'news/2025-*.txt'          a glob, in quotes
  zhitu build docs.jsonl                 lines of {\"id\", \"text\", \"date\"}

The folder then holds records.jsonl (what was read, one document a line), identities.jsonl (who
is who, and why), graph.nq (the graph as RDF),
ontology.ttl, graph.dot and graph.svg, summary.md and report.json. Of 2,000 texts and more, records and graph
are folders of parts: records/, graph/. Building again reads only what changed.
Ask the graph with `zhitu query`.")]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,
    /// The folder to write
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    output: PathBuf,
    /// What the IRIs of the graph begin with
    #[arg(long, value_name = "IRI", default_value = rdf::BASE)]
    base: String,
    /// What is one thing and what is not, where you know better [default: zhitu.decisions.toml, where there is one]
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
    /// Read every document again, even those that did not change
    #[arg(long)]
    fresh: bool,
    /// Join and write everything, drawing and summary too, even where few of many documents changed
    #[arg(long)]
    whole: bool,
    /// What the graph holds: `lean`, entities, facts and statements; `full`, every mention in its text as well (NIF)
    #[arg(long, value_name = "PROFILE", default_value = "lean", value_parser = ["lean", "full"])]
    profile: String,
    /// Keep a store on disk beside the graph file, for archives too large for memory (a zhitu built with the
    /// feature `disk`); later builds of the folder bring it up to date
    #[arg(long)]
    disk: bool,
}

/// Smaller corpora are joined and written as a whole in no time.
const FOLLOW: usize = 2000;

pub fn run(args: &Args, shared: &Shared) -> Result<Outcome> {
    let base = rdf::check_base(&args.base)?;
    let decisions = super::shared::decisions(args.decisions.as_deref())?;
    let inputs = args.input.find("corpus", shared)?;
    let sources = shared.sources()?;
    let rules = crate::rule::RuleSet::load(&sources)?;
    let extracted = inputs.found.iter().any(|input| input.format == Format::Extracted);
    let mut progress = Progress::new(&inputs.found, shared);
    let arguments = if args.input.inputs.is_empty() { vec!["corpus".to_owned()] } else { args.input.inputs.clone() };
    let options = Options {
        output: args.output.clone(),
        date: args.input.date.clone(),
        limit: args.input.limit(),
        patience: args.input.patience(),
        base,
        threads: shared.threads(),
        program: super::shared::program(),
        rules: super::shared::rules_hash(&sources),
        maker: if extracted { batch::maker(&sources) } else { String::new() },
        arguments,
        sources,
        decisions,
        fresh: args.fresh,
        full: args.profile == "full",
        disk: args.disk,
        whole: args.whole,
        follow: FOLLOW,
    };
    let report = batch::build(inputs, &rules, &options, &mut |event| match event {
        Event::Read(bytes) => progress.advance(bytes),
        Event::Problem(problem) => progress.report(problem, shared),
        Event::Stage(stage) => progress.stage(stage),
    });
    progress.finish();
    let report = report?;
    report.notes.iter().for_each(|note| shared.say(note));
    shared.say(&told(&report, &args.output.display().to_string()));
    Ok(if report.failed == 0 { Outcome::Done } else { Outcome::Findings })
}

/// What a person wants to know of a build.
fn told(report: &Report, output: &str) -> String {
    let Report { documents, extracted, kept, failed, entities, facts, statements, seconds, .. } = report;
    let texts = if *documents == 1 { "document" } else { "documents" };
    if report.unchanged {
        return format!("{documents} {texts}, nothing changed since the last build ({seconds:.2} s)");
    }
    let again = if *kept > 0 { format!(" ({extracted} read, {kept} unchanged)") } else { String::new() };
    let count = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {many}")),
    };
    let identities = [
        count(report.joined, "name joined over documents", "names joined over documents"),
        count(report.apart, "pair of namesakes kept apart", "pairs of namesakes kept apart"),
        count(report.decided, "decision of yours", "decisions of yours"),
        count(report.reprints, "reprint", "reprints"),
        count(report.conflicts, "contradiction (zhitu query conflicts)", "contradictions (zhitu query conflicts)"),
    ];
    let identities: Vec<String> = identities.into_iter().flatten().collect();
    let who = if identities.is_empty() { String::new() } else { format!("\n{}", identities.join(", ")) };
    let lost = if *failed > 0 { format!("\n{failed} not read: see {output}/report.json") } else { String::new() };
    format!(
        "{documents} {texts}{again}: {entities} entities, {facts} facts from {statements} statements, \
         {seconds:.2} s{who}{lost}\nin {output}/: {}\nnow ask: zhitu query --list",
        report.files.join(", ")
    )
}
