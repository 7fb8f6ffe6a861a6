//! Running one query.

use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use oxigraph::model::NamedNode;
use oxigraph::sparql::{CancellationToken, PreparedSparqlQuery, QueryEvaluationError, QueryResults, SparqlEvaluator};
use spargebra::Query;

use super::answer::{Answer, Body};
use super::complaint;
use super::list::{self, List};
use super::order;
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
    let query = complaint::parsed(store.base(), sparql)?;
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
    let result = answer(store, query, limits, &token);
    drop(done);
    if let Some(guard) = guard {
        // The thread only waits and cancels: it cannot panic.
        let _ = guard.join();
    }
    result
}

/// The plan of a query as JSON, with the time and rows of each step. Rows are put in order after that.
pub fn explain(store: &Store, sparql: &str) -> Result<String> {
    let query = complaint::parsed(store.base(), sparql)?;
    let query = order::apart(&query).map_or(query, |(rest, _)| rest);
    let prepared = prepare(store, query, &CancellationToken::new())?;
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

fn prepare(store: &Store, query: Query, token: &CancellationToken) -> Result<PreparedSparqlQuery> {
    let name = NamedNode::new(format!("{}search", rdf::iri::vocabulary(store.base()))).map_err(failed)?;
    let evaluator = SparqlEvaluator::new()
        .with_cancellation_token(token.clone())
        .with_custom_aggregate_function(list::name(store.base())?, || Box::new(List::default()))
        .with_service_handler(name, Search { texts: Arc::clone(&store.texts) });
    Ok(evaluator.for_query(query))
}

fn answer(store: &Store, query: Query, limits: &Limits, token: &CancellationToken) -> Result<Answer> {
    let most = limits.rows.unwrap_or(usize::MAX);
    let answer = |body, cut| Ok(Answer { body, cut, short: Shortener::new(store.base()) });
    if let Some((rest, order)) = order::apart(&query) {
        let (Body::Rows { rows, .. }, _) = collect(store, prepare(store, rest, token)?, usize::MAX)? else {
            return Err(failed("rows were asked for"));
        };
        if let Some(mut rows) = order.sorted(rows, token).map_err(stopped)? {
            let cut = rows.len() > most;
            rows.truncate(most);
            return answer(Body::Rows { variables: order.columns().to_vec(), rows }, cut);
        }
    }
    let (body, cut) = collect(store, prepare(store, query, token)?, most)?;
    answer(body, cut)
}

/// What a query gives, at most so many rows, and whether there is more.
fn collect(store: &Store, prepared: PreparedSparqlQuery, most: usize) -> Result<(Body, bool)> {
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
    Ok((body, cut))
}

fn stopped(error: QueryEvaluationError) -> Error {
    match error {
        QueryEvaluationError::Cancelled => Error::new("the query took longer than its time limit and was stopped")
            .with_help("raise the limit, begin the pattern with a name that is known, or add LIMIT"),
        other => Error::new(format!("the query failed: {other}")),
    }
}
