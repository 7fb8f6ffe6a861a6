//! `zhitu serve`: the graph in the browser, and a SPARQL endpoint.

use std::path::PathBuf;
use std::time::Duration;

use super::Outcome;
use super::shared::Shared;
use crate::error::Result;
use crate::query::{Limits, Questions};
use crate::serve::Server;
use crate::store::Store;

/// Serve the graph of a build: a page to ask it from, and a SPARQL endpoint
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  zhitu serve                          open http://127.0.0.1:7878/ then; end with Ctrl-C
  zhitu serve --store news-graph --port 8000
  curl -G http://127.0.0.1:7878/sparql --data-urlencode 'query=ASK { ?s a zhitu:Person }'

The endpoint only reads, and only this machine can reach it unless --host says otherwise.")]
pub struct Args {
    /// The folder of the build
    #[arg(long, value_name = "DIR", default_value = "output")]
    store: PathBuf,
    /// The address to listen on; 0.0.0.0 lets other machines ask
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    host: String,
    /// The port; 0 takes any that is free
    #[arg(long, value_name = "PORT", default_value_t = 7878)]
    port: u16,
    /// Most rows of an answer
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    limit: usize,
    /// Stop a query after so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    timeout: u64,
}

pub fn run(args: &Args, shared: &Shared) -> Result<Outcome> {
    let questions = Questions::load(&shared.sources()?)?;
    let limits = Limits { rows: Some(args.limit), time: Some(Duration::from_secs(args.timeout)) };
    let address = format!("{}:{}", args.host, args.port);
    let server = Server::bind(&address, Store::load(&args.store)?, questions, limits)?;
    if let Some(address) = server.address() {
        shared.say(&format!("http://{address}/ (SPARQL at http://{address}/sparql); end with Ctrl-C"));
    }
    server.run();
    Ok(Outcome::Done)
}
