//! Running one query.

use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use oxigraph::model::NamedNode;
use oxigraph::sparql::{CancellationToken, PreparedSparqlQuery, QueryEvaluationError, QueryResults, SparqlEvaluator};

use super::answer::{Answer, Body};
use super::complaint;
use super::service::Search;
use crate::error::{Error, Result};
use crate::rdf::{self, Shortener};
use crate::store::{Store, failed};

/// How much a query may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Limits {
    /// Rows (or triples) after which the answer is cut.
    pub rows: Option<usize>,
    /// Time after which the query is stopped.
    pub time: Option<Duration>,
}

/// Asks the store. Prefixes of the build (`person:`, `zhitu:`, …) and the usual ones need no declaration.
pub fn run(store: &Store, sparql: &str, limits: &Limits) -> Result<Answer> {
    let token = CancellationToken::new();
    let prepared = prepare(store, sparql, &token)?;
    let (done, stop) = mpsc::channel::<()>();
    let guard = limits.time.map(|time| {
        let token = token.clone();
        thread::spawn(move || {
            // Ends without cancelling as soon as the query is done and the sender is dropped.
            if stop.recv_timeout(time) == Err(mpsc::RecvTimeoutError::Timeout) {
                token.cancel();
            }
        })
    });
    let result = collect(store, prepared, limits);
    drop(done);
    if let Some(guard) = guard {
        // The thread only waits and cancels: it cannot panic.
        let _ = guard.join();
    }
    result
}

/// The plan of a query as JSON, with the time and rows of each step.
pub fn explain(store: &Store, sparql: &str) -> Result<String> {
    let prepared = prepare(store, sparql, &CancellationToken::new())?;
    let (results, plan) = prepared.on_store(&store.inner).compute_statistics().explain();
    match results.map_err(stopped)? {
        QueryResults::Solutions(mut rows) => rows.try_for_each(|row| row.map(drop)).map_err(stopped)?,
        QueryResults::Graph(mut triples) => triples.try_for_each(|triple| triple.map(drop)).map_err(stopped)?,
        QueryResults::Boolean(_) => {}
    }
    let mut json = Vec::new();
    plan.write_in_json(&mut json).map_err(failed)?;
    String::from_utf8(json).map_err(failed)
}

fn prepare(store: &Store, sparql: &str, token: &CancellationToken) -> Result<PreparedSparqlQuery> {
    let mut evaluator = SparqlEvaluator::new().with_cancellation_token(token.clone());
    for (prefix, space) in rdf::prefixes(store.base()) {
        evaluator = evaluator.with_prefix(prefix, space).map_err(failed)?;
    }
    let name = NamedNode::new(format!("{}search", rdf::iri::vocabulary(store.base()))).map_err(failed)?;
    evaluator = evaluator.with_service_handler(name, Search { texts: Arc::clone(&store.texts) });
    evaluator.parse_query(sparql).map_err(|error| complaint::of(sparql, &error.to_string()))
}

fn collect(store: &Store, prepared: PreparedSparqlQuery, limits: &Limits) -> Result<Answer> {
    let most = limits.rows.unwrap_or(usize::MAX);
    let mut cut = false;
    let body = match prepared.on_store(&store.inner).execute().map_err(stopped)? {
        QueryResults::Boolean(value) => Body::Boolean(value),
        QueryResults::Solutions(rows) => {
            let variables = rows.variables().to_vec();
            let mut kept = Vec::new();
            for row in rows {
                if kept.len() >= most {
                    cut = true;
                    break;
                }
                kept.push(row.map_err(stopped)?.values().to_vec());
            }
            Body::Rows { variables, rows: kept }
        }
        QueryResults::Graph(triples) => {
            let mut kept = Vec::new();
            for triple in triples {
                if kept.len() >= most {
                    cut = true;
                    break;
                }
                kept.push(triple.map_err(stopped)?);
            }
            kept.sort_by_cached_key(ToString::to_string);
            kept.dedup();
            Body::Triples(kept)
        }
    };
    Ok(Answer { body, cut, short: Shortener::new(store.base()) })
}

fn stopped(error: QueryEvaluationError) -> Error {
    match error {
        QueryEvaluationError::Cancelled => Error::new("the query took longer than its time limit and was stopped")
            .with_help("raise the limit, begin the pattern with a name that is known, or add LIMIT"),
        other => Error::new(format!("the query failed: {other}")),
    }
}
