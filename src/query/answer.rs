//! Answers and the formats they are written in.

use std::io::Write;

use oxigraph::io::RdfSerializer;
use oxigraph::model::{Term, Triple, Variable};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};

use super::table;
use crate::error::{Error, Result};
use crate::rdf::Shortener;
use crate::store::{Syntax, failed};

/// How results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Aligned columns for people; graphs as Turtle.
    Table,
    /// Comma-separated values (SPARQL 1.1 CSV).
    Csv,
    /// Tab-separated values (SPARQL 1.1 TSV).
    Tsv,
    /// SPARQL 1.1 JSON; graphs as JSON-LD.
    Json,
    /// SPARQL XML; graphs as RDF/XML.
    Xml,
}

impl Format {
    /// Every format.
    pub const ALL: &'static [Format] = &[Format::Table, Format::Csv, Format::Tsv, Format::Json, Format::Xml];

    /// The name used on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Table => "table",
            Format::Csv => "csv",
            Format::Tsv => "tsv",
            Format::Json => "json",
            Format::Xml => "xml",
        }
    }

    /// The format of that name.
    pub fn from_name(name: &str) -> Option<Format> {
        Format::ALL.iter().copied().find(|format| format.name() == name)
    }
}

/// What the store answered.
#[derive(Debug, Clone)]
pub struct Answer {
    pub(super) body: Body,
    pub(super) cut: bool,
    pub(super) short: Shortener,
}

#[derive(Debug, Clone)]
pub(super) enum Body {
    Boolean(bool),
    Rows { variables: Vec<Variable>, rows: Vec<Vec<Option<Term>>> },
    Triples(Vec<Triple>),
}

impl Answer {
    /// Rows, triples, or one for yes and no.
    pub fn len(&self) -> usize {
        match &self.body {
            Body::Boolean(_) => 1,
            Body::Rows { rows, .. } => rows.len(),
            Body::Triples(triples) => triples.len(),
        }
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the row limit left something out.
    pub fn is_cut(&self) -> bool {
        self.cut
    }

    /// Yes or no, of an ASK query.
    pub fn boolean(&self) -> Option<bool> {
        match self.body {
            Body::Boolean(value) => Some(value),
            _ => None,
        }
    }

    /// Whether it is triples: the answer of a CONSTRUCT or DESCRIBE query.
    pub fn is_graph(&self) -> bool {
        matches!(self.body, Body::Triples(_))
    }

    /// The names of the columns.
    pub fn columns(&self) -> Vec<String> {
        match &self.body {
            Body::Boolean(_) => vec!["answer".to_owned()],
            Body::Rows { variables, .. } => variables.iter().map(|v| v.as_str().to_owned()).collect(),
            Body::Triples(_) => ["subject", "predicate", "object"].map(str::to_owned).to_vec(),
        }
    }

    /// The cells as people read them: names with their prefix, words without quotes; empty where unbound.
    pub fn cells(&self) -> Vec<Vec<String>> {
        let cell = |term: &Term| self.cell(term);
        match &self.body {
            Body::Boolean(value) => vec![vec![if *value { "yes" } else { "no" }.to_owned()]],
            Body::Rows { rows, .. } => {
                let row =
                    |row: &Vec<Option<Term>>| row.iter().map(|t| t.as_ref().map_or_else(String::new, cell)).collect();
                rows.iter().map(row).collect()
            }
            Body::Triples(triples) => triples
                .iter()
                .map(|t| vec![cell(&t.subject.clone().into()), cell(&t.predicate.clone().into()), cell(&t.object)])
                .collect(),
        }
    }

    fn cell(&self, term: &Term) -> String {
        match term {
            Term::NamedNode(node) => self.short.term(node.as_str()),
            Term::Literal(literal) => literal.value().to_owned(),
            other => other.to_string(),
        }
    }

    /// Writes the answer.
    pub fn write(&self, format: Format, out: &mut impl Write) -> Result<()> {
        let cannot = |error: std::io::Error| Error::new(format!("cannot write the answer: {error}"));
        if let Body::Triples(triples) = &self.body {
            return self.write_triples(triples, format, out);
        }
        let format = match format {
            Format::Table => {
                let text = table::draw(&self.columns(), &self.cells());
                return out.write_all(text.as_bytes()).map_err(cannot);
            }
            Format::Csv => QueryResultsFormat::Csv,
            Format::Tsv => QueryResultsFormat::Tsv,
            Format::Json => QueryResultsFormat::Json,
            Format::Xml => QueryResultsFormat::Xml,
        };
        let serializer = QueryResultsSerializer::from_format(format);
        match &self.body {
            Body::Boolean(value) => _ = serializer.serialize_boolean_to_writer(&mut *out, *value).map_err(cannot)?,
            Body::Rows { variables, rows } => {
                let mut writer =
                    serializer.serialize_solutions_to_writer(&mut *out, variables.clone()).map_err(cannot)?;
                for row in rows {
                    let bound =
                        variables.iter().zip(row).filter_map(|(v, t)| t.as_ref().map(|t| (v.as_ref(), t.as_ref())));
                    writer.serialize(bound).map_err(cannot)?;
                }
                writer.finish().map_err(cannot)?;
            }
            Body::Triples(_) => {}
        }
        if matches!(format, QueryResultsFormat::Json | QueryResultsFormat::Xml) {
            out.write_all(b"\n").map_err(cannot)?;
        }
        Ok(())
    }

    fn write_triples(&self, triples: &[Triple], format: Format, out: &mut impl Write) -> Result<()> {
        let syntax = match format {
            Format::Table => Syntax::Turtle,
            Format::Json => Syntax::JsonLd,
            Format::Xml => Syntax::RdfXml,
            Format::Csv | Format::Tsv => {
                return Err(Error::new(format!("a graph cannot be written as {}", format.name()))
                    .with_help("ask with SELECT for a table, or take --format table (Turtle), json or xml"));
            }
        };
        self.write_graph(syntax, triples, out)
    }

    /// Writes the triples of a CONSTRUCT or DESCRIBE query in a syntax of RDF.
    pub fn write_rdf(&self, syntax: Syntax, out: &mut impl Write) -> Result<()> {
        match &self.body {
            Body::Triples(triples) => self.write_graph(syntax, triples, out),
            _ => Err(Error::new(format!("a table cannot be written as {}", syntax.name()))
                .with_help("ask with CONSTRUCT or DESCRIBE for a graph")),
        }
    }

    fn write_graph(&self, syntax: Syntax, triples: &[Triple], out: &mut impl Write) -> Result<()> {
        let cannot = |error: std::io::Error| Error::new(format!("cannot write the answer: {error}"));
        let mut serializer = RdfSerializer::from_format(syntax.format());
        for (prefix, space) in self.short.used(triples.iter().flat_map(iris)) {
            serializer = serializer.with_prefix(prefix, space).map_err(failed)?;
        }
        let mut writer = serializer.for_writer(out);
        for triple in triples {
            writer.serialize_triple(triple).map_err(cannot)?;
        }
        writer.finish().map_err(cannot)?;
        Ok(())
    }
}

/// The IRIs of a triple.
fn iris(triple: &Triple) -> impl Iterator<Item = String> {
    let object = match &triple.object {
        Term::NamedNode(node) => Some(node.as_str().to_owned()),
        Term::Literal(literal) => Some(literal.datatype().as_str().to_owned()),
        _ => None,
    };
    let subject = triple.subject.to_string().trim_matches(['<', '>']).to_owned();
    [subject, triple.predicate.as_str().to_owned()].into_iter().chain(object)
}
