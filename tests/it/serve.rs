//! The endpoint: the page, queries, named questions, and what is no request.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::thread;

use zhitu::lexicon::Sources;
use zhitu::query::{Limits, Questions};
use zhitu::serve::Server;
use zhitu::store::Store;

/// An endpoint over an empty graph; it lives as long as the test program.
fn serve() -> SocketAddr {
    let store = Store::from_nquads(&b""[..]).expect("an empty store");
    let questions = Questions::load(&Sources::built_in()).expect("the built-in questions load");
    let server = Server::bind("127.0.0.1:0", store, questions, Limits::default()).expect("a free port");
    let address = server.address().expect("bound");
    thread::spawn(move || server.run());
    address
}

fn send(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("connected");
    stream.write_all(request.as_bytes()).expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("answered");
    answer
}

fn get(address: SocketAddr, target: &str) -> String {
    send(address, &format!("GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n"))
}

#[test]
fn the_endpoint_answers() {
    let address = serve();
    assert!(get(address, "/").contains("<title>知图 zhitu</title>"));
    assert!(get(address, "/questions").contains("\"winners\""));
    let ask = get(address, "/sparql?query=ASK%20%7B%20%3Fs%20a%20zhitu%3APerson%20%7D");
    assert!(ask.starts_with("HTTP/1.1 200") && ask.contains("\"boolean\":false"), "{ask}");
    let csv = get(address, "/sparql?query=SELECT+%3Fs+%7B+%3Fs+a+zhitu%3APerson+%7D&format=csv");
    assert!(csv.contains("text/csv") && csv.ends_with("s\r\n"), "{csv}");
    let body = "SELECT ?s { ?s a zhitu:Person }";
    let length = body.len();
    let post = format!(
        "POST /sparql HTTP/1.1\r\nContent-Type: application/sparql-query\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    assert!(send(address, &post).contains("\"bindings\":[]"));
}

#[test]
fn mistakes_are_told() {
    let address = serve();
    for (target, status, part) in [
        ("/sparql", "400", "no query was sent"),
        ("/sparql?query=SELECT", "400", ""),
        ("/ask/nothing", "400", "no question is called nothing"),
        ("/ask/winners", "400", "winners"),
        ("/nowhere", "404", "/sparql"),
    ] {
        let answer = get(address, target);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")) && answer.contains(part), "{target}: {answer}");
    }
    let update = "/sparql?query=INSERT%20DATA%20%7B%20%3Ca%3A%3E%20%3Ca%3A%3E%20%3Ca%3A%3E%20%7D";
    assert!(get(address, update).starts_with("HTTP/1.1 400"));
    assert!(send(address, "nonsense\r\n\r\n").starts_with("HTTP/1.1 400"));
}
