//! `zhitu query`: SPARQL and named questions over the graph of a build.

use std::fs;
use std::io::{IsTerminal, Read};
use std::path::PathBuf;
use std::time::Duration;

use super::Outcome;
use super::output::Output;
use super::shared::Shared;
use crate::batch::Manifest;
use crate::error::{Error, Result};
use crate::query::{self, Format, Limits, Questions};
use crate::rdf;
use crate::store::Store;

/// Ask the graph of a build: SPARQL, or a question by its name
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  zhitu query --list                                   the questions that have names
  zhitu query winners 全国劳动模范 2025                  a named question with its parameters
  zhitu query 'SELECT ?who ?what { ?who zhitu:receivedAward ?what }'
  zhitu query --as-of 2023-07-01 structure 云岭省总工会   what was so on that day
  zhitu query -f question.rq --format csv > answer.csv
  zhitu query 'ASK { person:杨立勇 zhitu:receivedAward ?x }'

Prefixes need no declaration: zhitu: for predicates and types, person:, organization: and so on for
entities, rdfs:, skos:, org:, schema: and the usual ones.")]
pub struct Args {
    /// SPARQL, or the name of a question, or `-` to read SPARQL from standard input
    #[arg(value_name = "QUESTION")]
    question: Option<String>,
    /// Parameters of a named question; `-` leaves one out
    #[arg(value_name = "ARG")]
    args: Vec<String>,
    /// Read SPARQL from a file
    #[arg(short, long, value_name = "FILE", conflicts_with = "question")]
    file: Option<PathBuf>,
    /// List the named questions with their parameters
    #[arg(long)]
    list: bool,
    /// Print the SPARQL that would be asked, and stop
    #[arg(long)]
    sparql: bool,
    /// List the prefixes that need no declaration, as SPARQL
    #[arg(long)]
    prefixes: bool,
    /// Print the plan of the query with the time of each step, as JSON
    #[arg(long, alias = "plan")]
    explain: bool,
    /// The folder of the build
    #[arg(long, value_name = "DIR", default_value = "output")]
    store: PathBuf,
    /// Ask what was so on this day, as far as the texts say (2020-05-01, 2020-05, 2020)
    #[arg(long, value_name = "DAY")]
    as_of: Option<String>,
    /// How results are written [default: table on a terminal, tsv in a pipe]
    #[arg(long, value_name = "FORMAT", value_parser = ["table", "csv", "tsv", "json", "xml"])]
    format: Option<String>,
    /// Most rows to give
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Stop after so many seconds
    #[arg(long, value_name = "SECONDS")]
    timeout: Option<u64>,
}

pub fn run(args: &Args, shared: &Shared) -> Result<Outcome> {
    let mut out = Output::new();
    let questions = Questions::load(&shared.sources()?)?;
    if args.list {
        out.write(&list(&questions))?;
        out.finish()?;
        return Ok(Outcome::Done);
    }
    if args.prefixes {
        let base = Manifest::read(&args.store).map_or_else(|| rdf::BASE.to_owned(), |manifest| manifest.base);
        for (prefix, space) in rdf::prefixes(&base) {
            out.write(&format!("PREFIX {prefix}: <{space}>\n"))?;
        }
        out.finish()?;
        return Ok(Outcome::Done);
    }
    let text = text(args)?;
    let store = match &args.as_of {
        Some(day) => super::export::store_as_of(&args.store, day)?,
        None => Store::load(&args.store)?,
    };
    let sparql = match questions.find(text.trim()) {
        Some(question) => question.sparql(&store, &args.args)?,
        None if is_name(&text) => questions.get(text.trim())?.sparql(&store, &args.args)?,
        None if !args.args.is_empty() => {
            return Err(Error::new("SPARQL takes no parameters").with_help("put the query in quotes, as one argument"));
        }
        None => text,
    };
    if args.sparql {
        out.write(&sparql)?;
        out.write("\n")?;
    } else if args.explain {
        out.write(&query::explain(&store, &sparql)?)?;
        out.write("\n")?;
    } else {
        let limits = Limits { rows: args.limit, time: args.timeout.map(Duration::from_secs) };
        let answer = query::run(&store, &sparql, &limits)?;
        let default = if std::io::stdout().is_terminal() { Format::Table } else { Format::Tsv };
        let format = args.format.as_deref().and_then(Format::from_name);
        let format = format.unwrap_or(if answer.is_graph() { Format::Table } else { default });
        let mut bytes = Vec::new();
        answer.write(format, &mut bytes)?;
        out.write(&String::from_utf8_lossy(&bytes))?;
        if answer.is_cut() {
            shared.say("there is more: raise --limit to see it");
        }
    }
    out.finish()?;
    Ok(Outcome::Done)
}

/// The question as it was given.
fn text(args: &Args) -> Result<String> {
    let failed = |name: &str, error: std::io::Error| Error::new(format!("cannot read {name}: {error}"));
    match (&args.file, args.question.as_deref()) {
        (Some(file), _) => fs::read_to_string(file).map_err(|error| failed(&file.display().to_string(), error)),
        (None, Some("-")) => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).map_err(|error| failed("standard input", error))?;
            Ok(text)
        }
        (None, Some(question)) => Ok(question.to_owned()),
        (None, None) => Err(Error::new("no question was asked")
            .with_help("give SPARQL in quotes or the name of a question; `zhitu query --list` shows those")),
    }
}

/// One word, which no SPARQL query is.
fn is_name(text: &str) -> bool {
    !text.trim().is_empty() && !text.trim().contains(|c: char| c.is_whitespace() || c == '{')
}

fn list(questions: &Questions) -> String {
    let mut text = String::new();
    for question in questions.all() {
        text += &format!("{}\n    {} {}\n", question.usage(), question.chinese, question.about);
        for param in &question.params {
            text += &format!("    {}: {}\n", param.name.to_uppercase(), param.about);
        }
    }
    text
}
