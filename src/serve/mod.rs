//! A SPARQL endpoint and a page to ask it from, on this machine. It only reads.
//!
//! `GET /sparql?query=…` and `POST /sparql` follow the SPARQL 1.1 protocol for queries; `/questions` lists the
//! named questions as JSON and `/ask/NAME?PARAM=…` answers one; `/` is the page.

mod request;

use std::io::{self, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use serde_json::json;

use crate::error::{Error, Result};
use crate::query::{self, Answer, Format, Limits, Questions};
use crate::store::Store;
use request::Request;

static PAGE: &str = include_str!("page.html");

/// Requests answered at a time; more are told to come again.
const BUSY: usize = 16;
/// Time that a client may take to send or to read.
const PATIENCE: Duration = Duration::from_secs(30);

/// The endpoint over one store.
pub struct Server {
    listener: TcpListener,
    store: Store,
    questions: Questions,
    limits: Limits,
}

/// An answer over HTTP.
struct Response {
    status: &'static str,
    kind: &'static str,
    body: Vec<u8>,
}

impl Response {
    fn new(status: &'static str, kind: &'static str, body: impl Into<Vec<u8>>) -> Response {
        Response { status, kind, body: body.into() }
    }

    fn wrong(error: &Error) -> Response {
        Response::new("400 Bad Request", "text/plain; charset=utf-8", error.to_string())
    }
}

impl Server {
    /// Takes the address, such as `127.0.0.1:7878`; port 0 takes any that is free.
    pub fn bind(address: &str, store: Store, questions: Questions, limits: Limits) -> Result<Server> {
        let listener = TcpListener::bind(address).map_err(|error| {
            Error::new(format!("cannot listen on {address}: {error}")).with_help("choose another port with --port")
        })?;
        Ok(Server { listener, store, questions, limits })
    }

    /// The address that it listens on.
    pub fn address(&self) -> Option<SocketAddr> {
        self.listener.local_addr().ok()
    }

    /// Answers until the process ends.
    pub fn run(&self) {
        let busy = AtomicUsize::new(0);
        thread::scope(|scope| {
            for stream in self.listener.incoming().flatten() {
                if busy.fetch_add(1, Ordering::SeqCst) >= BUSY {
                    busy.fetch_sub(1, Ordering::SeqCst);
                    let full = Response::new("503 Service Unavailable", "text/plain", "too many questions at a time");
                    _ = send(&stream, &full);
                    continue;
                }
                let busy = &busy;
                scope.spawn(move || {
                    // A client that goes away in the middle is no concern of the others.
                    _ = self.talk(&stream);
                    busy.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
    }

    fn talk(&self, stream: &TcpStream) -> io::Result<()> {
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        let response = match Request::read(&mut BufReader::new(stream))? {
            Some(request) => self.answer(&request),
            None => Response::new("400 Bad Request", "text/plain", "this is no HTTP request that zhitu understands"),
        };
        send(stream, &response)
    }

    fn answer(&self, request: &Request) -> Response {
        if let Some(name) = request.path.strip_prefix("/ask/") {
            let asked = self.named(name, request).and_then(|sparql| self.sparql(&sparql, request));
            return asked.unwrap_or_else(|error| Response::wrong(&error));
        }
        match request.path.as_str() {
            "/" => Response::new("200 OK", "text/html; charset=utf-8", PAGE),
            "/questions" => Response::new("200 OK", "application/json", self.list()),
            "/sparql" => match request.query() {
                Some(sparql) => self.sparql(&sparql, request).unwrap_or_else(|error| Response::wrong(&error)),
                None => Response::wrong(&Error::new("no query was sent").with_help("send it as the parameter `query`")),
            },
            _ => Response::new("404 Not Found", "text/plain", "there is /, /sparql, /questions and /ask/NAME"),
        }
    }

    /// The SPARQL of a named question with the parameters of the request.
    fn named(&self, name: &str, request: &Request) -> Result<String> {
        let question = self.questions.get(name)?;
        let value = |name: &str| request.parameter(name).unwrap_or("-").to_owned();
        let mut args: Vec<String> = question.params.iter().map(|param| value(&param.name)).collect();
        // Parameters that are left out at the end are as if they were not there: required ones are told.
        while args.last().is_some_and(|arg| arg == "-") {
            args.pop();
        }
        question.sparql(&self.store, &args)
    }

    fn sparql(&self, sparql: &str, request: &Request) -> Result<Response> {
        let answer = query::run(&self.store, sparql, &self.limits)?;
        let (format, kind) = form(&answer, request.accepts());
        let mut body = Vec::new();
        answer.write(format, &mut body)?;
        Ok(Response::new("200 OK", kind, body))
    }

    fn list(&self) -> String {
        let questions = self.questions.all().iter().map(|question| {
            let params = question
                .params
                .iter()
                .map(|param| json!({"name": param.name, "about": param.about, "required": param.required}));
            json!({"name": question.name, "chinese": question.chinese, "about": question.about,
                "params": params.collect::<Vec<_>>()})
        });
        json!(questions.collect::<Vec<_>>()).to_string()
    }
}

/// How an answer is written for a client that accepts these types.
fn form(answer: &Answer, accepts: &str) -> (Format, &'static str) {
    if answer.is_graph() {
        return match accepts {
            a if a.contains("ld+json") || a.contains("application/json") => (Format::Json, "application/ld+json"),
            a if a.contains("rdf+xml") => (Format::Xml, "application/rdf+xml"),
            _ => (Format::Table, "text/turtle; charset=utf-8"),
        };
    }
    match accepts {
        a if a.contains("text/csv") => (Format::Csv, "text/csv; charset=utf-8"),
        a if a.contains("tab-separated") => (Format::Tsv, "text/tab-separated-values; charset=utf-8"),
        a if a.contains("results+xml") => (Format::Xml, "application/sparql-results+xml"),
        _ => (Format::Json, "application/sparql-results+json"),
    }
}

fn send(mut stream: &TcpStream, response: &Response) -> io::Result<()> {
    let head = format!(
        "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n",
        response.status,
        response.kind,
        response.body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(&response.body)?;
    stream.flush()
}
