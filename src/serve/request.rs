//! The part of HTTP/1.1 that the endpoint needs.

use std::io::{self, BufRead, Read};

/// Bytes of the longest head and body that are read.
const HEAD: u64 = 64 << 10;
const BODY: usize = 1 << 20;

/// One request.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The path, decoded.
    pub path: String,
    parameters: Vec<(String, String)>,
    accept: String,
    content: String,
    body: String,
}

impl Request {
    /// Reads a request; `None` where it is none that is understood.
    pub fn read(from: &mut impl BufRead) -> io::Result<Option<Request>> {
        let mut head = from.by_ref().take(HEAD);
        let mut line = String::new();
        if read_line(&mut head, &mut line)? == 0 {
            return Ok(None);
        }
        let mut words = line.split_whitespace();
        let (Some(method), Some(target)) = (words.next(), words.next()) else { return Ok(None) };
        if !matches!(method, "GET" | "POST" | "HEAD") {
            return Ok(None);
        }
        let (path, given) = target.split_once('?').unwrap_or((target, ""));
        let mut request = Request { path: decoded(path, false), parameters: form(given), ..Request::default() };
        let mut length = 0;
        loop {
            let mut line = String::new();
            if read_line(&mut head, &mut line)? == 0 {
                return Ok(None);
            }
            let Some((name, value)) = line.split_once(':') else { break };
            match name.to_ascii_lowercase().as_str() {
                "accept" => request.accept = value.trim().to_ascii_lowercase(),
                "content-type" => request.content = value.trim().to_ascii_lowercase(),
                "content-length" => length = value.trim().parse().unwrap_or(0),
                _ => {}
            }
        }
        if length > BODY {
            return Ok(None);
        }
        let mut body = vec![0; length];
        from.read_exact(&mut body)?;
        request.body = String::from_utf8_lossy(&body).into_owned();
        if request.content.starts_with("application/x-www-form-urlencoded") {
            request.parameters.extend(form(&request.body));
        }
        Ok(Some(request))
    }

    /// The first parameter of that name that says something.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    /// The SPARQL query that was sent.
    pub fn query(&self) -> Option<String> {
        let direct = self.content.starts_with("application/sparql-query");
        if direct { Some(self.body.clone()) } else { self.parameter("query").map(str::to_owned) }
    }

    /// The types that the client takes; the parameter `format` comes first.
    pub fn accepts(&self) -> &str {
        match self.parameter("format") {
            Some("csv") => "text/csv",
            Some("tsv") => "text/tab-separated-values",
            Some("xml") => "application/sparql-results+xml",
            Some("json") => "application/json",
            _ => &self.accept,
        }
    }
}

fn read_line(from: &mut impl BufRead, line: &mut String) -> io::Result<usize> {
    let mut bytes = Vec::new();
    let length = from.read_until(b'\n', &mut bytes)?;
    line.push_str(String::from_utf8_lossy(&bytes).trim_end());
    Ok(length)
}

fn form(text: &str) -> Vec<(String, String)> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(key, true), decoded(value, true))
        })
        .collect()
}

/// Percent decoding; `+` is a blank in forms.
fn decoded(text: &str, plus: bool) -> String {
    let bytes = text.as_bytes();
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).and_then(|two| std::str::from_utf8(two).ok());
        match (bytes[at], hex.and_then(|hex| u8::from_str_radix(hex, 16).ok())) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 2;
            }
            (b'+', _) if plus => out.push(b' '),
            (byte, _) => out.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Request> {
        Request::read(&mut text.as_bytes()).expect("in memory")
    }

    #[test]
    fn queries_come_in_three_ways() {
        let get = read("GET /sparql?query=ASK+%7B%E5%BC%A0%7D&format=csv HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
        assert_eq!(
            (get.path.as_str(), get.query().as_deref(), get.accepts()),
            ("/sparql", Some("ASK {张}"), "text/csv")
        );
        let form = "POST /sparql HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\nquery=ASK";
        assert_eq!(read(form).unwrap().query().as_deref(), Some("ASK"));
        let direct = "POST /sparql HTTP/1.1\r\nContent-Type: application/sparql-query\r\nContent-Length: 3\r\n\r\nASK";
        assert_eq!(read(direct).unwrap().query().as_deref(), Some("ASK"));
    }

    #[test]
    fn other_bytes_are_no_request() {
        for text in [
            "",
            "\r\n\r\n",
            "DELETE / HTTP/1.1\r\n\r\n",
            "GET /",
            "POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n",
        ] {
            assert_eq!(read(text), None, "{text:?}");
        }
        assert_eq!(decoded("%zz%4", true), "%zz%4");
    }
}
