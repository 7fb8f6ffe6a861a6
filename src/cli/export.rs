//! `zhitu export`: the graph of a build in other forms.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::Outcome;
use super::output::Output;
use super::shared::Shared;
use crate::batch::{self, Manifest, Reader};
use crate::error::{Error, Result};
use crate::export::{self, Cluster, DotOptions, Filter, Image, Page};
use crate::graph::Graph;
use crate::rdf;
use crate::record::Record;
use crate::schema::{Predicate, Type};
use crate::store::{Store, Syntax};

const FORMATS: [&str; 19] = [
    "dot",
    "svg",
    "png",
    "pdf",
    "graphml",
    "gexf",
    "csv",
    "html",
    "summary",
    "brat",
    "xmi",
    "typesystem",
    "turtle",
    "trig",
    "nquads",
    "ntriples",
    "rdfxml",
    "jsonld",
    "annotated",
];

/// Write the graph of a build, or a part of it, in another form
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  zhitu export svg -o graph.svg                          the drawing (needs GraphViz)
  zhitu export dot --ego 杨立勇 --depth 2                 what lies around one entity
  zhitu export csv --predicate receivedAward > awards.csv
  zhitu export turtle --type person --type award         part of the graph as RDF
  zhitu export html -o report.html                       texts with every fact highlighted
  zhitu export graphml --since 2020 --min-degree 2       for Gephi, yEd and the like
  zhitu export csv --predicate holdsPosition --as-of 2024-07-01    who held which post then

Forms: dot svg png pdf (drawings), graphml gexf csv (graph programs and spreadsheets), html summary (for
reading), brat xmi (marks of one text for brat and for INCEpTION, with --document), typesystem (which xmi uses),
turtle trig nquads ntriples rdfxml jsonld (RDF), annotated (Turtle of RDF 1.2 with the evidence of each fact).
Marks corrected in brat or INCEpTION come back with `zhitu gold`.")]
pub struct Args {
    /// The form
    #[arg(value_name = "FORMAT", value_parser = FORMATS)]
    format: String,
    /// The folder of the build
    #[arg(long, value_name = "DIR", default_value = "output")]
    store: PathBuf,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    part: Part,
    /// Most entities drawn, the best connected first; 0 draws all
    #[arg(long, value_name = "N", default_value_t = 60, help_heading = "Drawing")]
    nodes: usize,
    /// Boxes round entities that belong together
    #[arg(long, value_name = "BY", default_value = "none", value_parser = ["none", "type", "community"], help_heading = "Drawing")]
    cluster: String,
    /// A title over the drawing or the report
    #[arg(long, value_name = "TEXT", help_heading = "Drawing")]
    title: Option<String>,
    /// Which table: `facts` as sentences; `nodes` with their measures and `edges` for graph programs; `together`, names
    /// that two texts or more speak of; `communities` with their names
    #[arg(long, value_name = "TABLE", default_value = "facts", value_parser = ["facts", "nodes", "edges", "together", "communities"], help_heading = "CSV")]
    table: String,
    /// Begin the table with a byte order mark, which Excel wants
    #[arg(long, help_heading = "CSV")]
    bom: bool,
}

/// Which part of the graph.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Part of the graph")]
struct Part {
    /// Entities of this type only: person, organization, place, … (may be repeated)
    #[arg(long = "type", value_name = "TYPE", value_parser = type_of)]
    types: Vec<Type>,
    /// Facts with this predicate only: receivedAward, holdsPosition, … (may be repeated)
    #[arg(long = "predicate", value_name = "PREDICATE", value_parser = predicate_of)]
    predicates: Vec<Predicate>,
    /// What lies around this entity (its name, or type/name)
    #[arg(long, value_name = "ENTITY")]
    ego: Option<String>,
    /// How many steps around it
    #[arg(long, value_name = "STEPS", requires = "ego")]
    depth: Option<usize>,
    /// The shortest paths between two entities
    #[arg(long, value_names = ["ENTITY", "ENTITY"], num_args = 2)]
    between: Option<Vec<String>>,
    /// Entities with at least so many facts
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    min_degree: usize,
    /// Facts that at least so many independent texts state
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    min_support: usize,
    /// Facts of this time or later (2020, 2020-05, 2020-05-01)
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// Facts of this time or earlier
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
    /// What was so on this day, as far as the texts say (2020-05-01, 2020-05, 2020)
    #[arg(long, value_name = "DAY")]
    as_of: Option<String>,
    /// What this document says (may be repeated)
    #[arg(long = "document", value_name = "DOC")]
    documents: Vec<String>,
    /// Keep entities without facts
    #[arg(long)]
    lone: bool,
}

fn type_of(name: &str) -> std::result::Result<Type, String> {
    let names = || Type::ALL.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(", ");
    Type::from_name(name).ok_or_else(|| format!("types are {}", names()))
}

fn predicate_of(name: &str) -> std::result::Result<Predicate, String> {
    let names = || Predicate::ALL.iter().map(|predicate| predicate.name()).collect::<Vec<_>>().join(", ");
    Predicate::from_name(name).ok_or_else(|| format!("predicates are {}", names()))
}

impl Part {
    fn filter(&self) -> Filter {
        let between = self.between.as_ref().map(|ends| (ends[0].clone(), ends[1].clone()));
        Filter {
            types: self.types.clone(),
            predicates: self.predicates.clone(),
            ego: self.ego.clone(),
            depth: self.depth,
            between,
            min_degree: self.min_degree,
            min_support: self.min_support,
            since: self.since.clone(),
            until: self.until.clone(),
            as_of: self.as_of.clone(),
            documents: self.documents.clone(),
            lone: self.lone,
        }
    }
}

pub fn run(args: &Args, shared: &Shared) -> Result<Outcome> {
    let bytes = made(args, shared)?;
    match &args.output {
        Some(path) => batch::write(path, &bytes)?,
        None => {
            let mut out = Output::new();
            out.bytes(&bytes)?;
            out.finish()?;
        }
    }
    Ok(Outcome::Done)
}

/// The export as bytes.
fn made(args: &Args, shared: &Shared) -> Result<Vec<u8>> {
    let filter = args.part.filter();
    let mut bytes = Vec::new();
    if let (Some(syntax), true) = (Syntax::from_name(&args.format), filter == Filter::default()) {
        Store::load(&args.store)?.export(syntax, &mut bytes)?;
        return Ok(bytes);
    }
    let graph = filter.apply(&batch::graph(&args.store)?)?;
    if graph.entities().is_empty() {
        shared.say("nothing in the graph passes these filters");
    }
    match args.format.as_str() {
        "dot" => bytes = drawing(&graph, args).into_bytes(),
        "svg" => bytes = export::render(&drawing(&graph, args), Image::Svg)?,
        "png" => bytes = export::render(&drawing(&graph, args), Image::Png)?,
        "pdf" => bytes = export::render(&drawing(&graph, args), Image::Pdf)?,
        "graphml" => bytes = export::graphml(&graph).into_bytes(),
        "gexf" => bytes = export::gexf(&graph).into_bytes(),
        "summary" => bytes = export::summary(&graph).into_bytes(),
        "csv" => bytes = table(&graph, args).into_bytes(),
        "html" => html(&graph, args, &mut bytes)?,
        "brat" => bytes = standoff(args, export::brat)?.into_bytes(),
        "xmi" => bytes = standoff(args, export::xmi)?.into_bytes(),
        "typesystem" => bytes = export::TYPE_SYSTEM.into(),
        "annotated" => rdf::write_annotated(&graph, &rdf_options(&args.store), &mut bytes)?,
        format => {
            let syntax = Syntax::from_name(format).ok_or_else(|| Error::new(format!("unknown form {format}")))?;
            store_of(&graph, &args.store)?.export(syntax, &mut bytes)?;
        }
    }
    Ok(bytes)
}

fn rdf_options(folder: &Path) -> rdf::Options {
    batch::rdf_options(&Manifest::read(folder).unwrap_or_default())
}

/// The store of a part of the graph of the build in `folder`.
fn store_of(graph: &Graph, folder: &Path) -> Result<Store> {
    let mut quads = Vec::new();
    rdf::write_nquads(graph, &rdf_options(folder), &mut quads)?;
    Store::from_nquads(quads.as_slice())
}

/// The store of what was so on a day.
pub fn store_as_of(folder: &Path, day: &str) -> Result<Store> {
    let filter = Filter { as_of: Some(day.to_owned()), lone: true, ..Filter::default() };
    store_of(&filter.apply(&batch::graph(folder)?)?, folder)
}

fn drawing(graph: &Graph, args: &Args) -> String {
    let cluster = match args.cluster.as_str() {
        "type" => Cluster::Type,
        "community" => Cluster::Community,
        _ => Cluster::None,
    };
    let nodes = (args.nodes > 0).then_some(args.nodes);
    export::dot(graph, &DotOptions { nodes, cluster, title: args.title.clone(), ..DotOptions::default() })
}

fn table(graph: &Graph, args: &Args) -> String {
    match args.table.as_str() {
        "nodes" => export::nodes_csv(graph, args.bom),
        "edges" => export::edges_csv(graph, args.bom),
        "together" => export::together_csv(graph, args.part.min_support.max(2), args.bom),
        "communities" => export::communities_csv(graph, args.bom),
        _ => export::facts_csv(graph, args.bom),
    }
}

/// The marks and facts of one text, which is read again to be sure that it is the same.
fn standoff(args: &Args, write: impl Fn(&Record, &str) -> String) -> Result<String> {
    let [doc] = args.part.documents.as_slice() else {
        return Err(Error::new("these files hold one text each").with_help("say which one with --document"));
    };
    let mut wanted = None;
    batch::each_record(&args.store, |record: Record, _| {
        if record.doc == *doc {
            wanted = Some(record);
        }
        Ok(())
    })?;
    let record = wanted.ok_or_else(|| Error::new(format!("no document of the build is called {doc}")))?;
    let inputs = Manifest::read(&args.store).map(|manifest| manifest.inputs).unwrap_or_default();
    let inputs = batch::find(&inputs, None).map(|inputs| inputs.found).unwrap_or_default();
    let same = Reader::new(inputs, None).flatten().find(|raw| raw.id == *doc && raw.sha256() == record.sha256);
    let (document, _) = same
        .ok_or_else(|| {
            Error::new(format!("the text of {doc} has changed or gone since the build")).with_help("build again")
        })?
        .document()?;
    Ok(write(&record, document.view.source()))
}

/// The report, with the texts where the inputs of the build are still there.
fn html(graph: &Graph, args: &Args, out: &mut impl Write) -> Result<()> {
    let mut pages: BTreeMap<String, Page> = BTreeMap::new();
    let shown = |doc: &str| graph.sources().iter().find(|source| source.doc == doc);
    let inputs = Manifest::read(&args.store).map(|manifest| manifest.inputs).unwrap_or_default();
    let inputs = batch::find(&inputs, None).map(|inputs| inputs.found).unwrap_or_default();
    for raw in Reader::new(inputs, None).flatten() {
        let same = shown(&raw.id).is_some_and(|source| source.sha256 == raw.sha256());
        if let (true, Ok((document, _))) = (same, raw.document()) {
            let text = document.view.source().to_owned();
            pages.insert(document.id, Page { text, mentions: Vec::new() });
        }
    }
    batch::each_record(&args.store, |record: Record, _| {
        if let Some(page) = pages.get_mut(&record.doc) {
            page.mentions = record.mentions;
        }
        Ok(())
    })?;
    let svg = export::render(&drawing(graph, args), Image::Svg).ok();
    let svg = svg.map(|svg| String::from_utf8_lossy(&svg).into_owned());
    let title = args.title.as_deref().unwrap_or("知图 zhitu");
    export::report(graph, title, svg.as_deref(), &|doc| pages.get(doc).cloned(), out)
}
