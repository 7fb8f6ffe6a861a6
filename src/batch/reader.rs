//! Reading inputs one document after the other: files as bytes, JSON lines as text.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _};

use flate2::read::MultiGzDecoder;
use serde::Deserialize;
use serde_json::Value;

use super::convert::{self, Converted};
use super::input::{Format, Input, stem};
use super::{Bundle, Problem};
use crate::document::{DateSource, Document, day_in_id, day_in_name, hash, is_edtf_day};
use crate::error::Error;
use crate::text::{Decoded, decode};

/// One document as it was read, before anything is made of it.
#[derive(Debug, Clone)]
pub struct Raw {
    /// The name of the document.
    pub id: String,
    /// Where it was read, for messages.
    pub origin: String,
    /// The number of its input among those of the reader.
    pub input: usize,
    /// The day that came with it and where from.
    pub date: Option<(String, DateSource)>,
    content: Content,
    /// How the document stands in its bytes.
    format: Format,
    /// How many bytes it may have unpacked.
    limit: u64,
    /// What was odd about what came with it.
    odd: Option<String>,
}

/// A document as it is extracted, and what its bytes were like.
#[derive(Debug)]
pub struct Read {
    /// The document.
    pub document: Document,
    /// Name of the encoding that it was in.
    pub encoding: &'static str,
    /// What was odd about it.
    pub odd: Option<Problem>,
}

#[derive(Debug, Clone)]
enum Content {
    /// Extracted already: its size, and what came of it.
    Ready(usize, Box<Bundle>),
    Bytes(Vec<u8>),
    Text(String),
}

/// A line of JSON lines; further keys are left alone.
#[derive(Deserialize)]
struct Line {
    id: Value,
    text: String,
    date: Option<String>,
}

impl Raw {
    /// Size in bytes.
    pub fn size(&self) -> usize {
        match &self.content {
            Content::Bytes(bytes) => bytes.len(),
            Content::Ready(size, _) => *size,
            Content::Text(text) => text.len(),
        }
    }

    /// SHA-256 of the source bytes.
    pub fn sha256(&self) -> String {
        match &self.content {
            Content::Bytes(bytes) => hash(bytes),
            Content::Ready(_, bundle) => bundle.record.sha256.clone(),
            Content::Text(text) => hash(text.as_bytes()),
        }
    }

    /// What its record depends on beside rules and program: bytes, name, and the day given.
    pub fn key(&self) -> String {
        if let Content::Ready(_, bundle) = &self.content {
            return bundle.key.clone();
        }
        let date = self.date.as_ref().map(|(day, source)| format!("{source:?} {day}"));
        let mut parts = vec![self.sha256(), self.id.clone(), date.unwrap_or_default()];
        if matches!(self.format, Format::Html | Format::Docx) {
            parts.push(format!("{:?}", self.format));
        }
        hash(parts.join("\n").as_bytes())[..32].to_owned()
    }

    /// What came of the document, where it was extracted already.
    ///
    /// # Errors
    /// The document itself, where it was not.
    pub fn ready(self) -> Result<Bundle, Box<Raw>> {
        match self.content {
            Content::Ready(_, bundle) => Ok(*bundle),
            _ => Err(Box::new(self)),
        }
    }

    /// The document, and what was odd about its bytes.
    ///
    /// # Errors
    /// Where the bytes are no text.
    pub fn document(self) -> Result<(Document, Option<Problem>), Problem> {
        self.read().map(|read| (read.document, read.odd))
    }

    /// The document with what its bytes were like.
    ///
    /// # Errors
    /// Where the bytes are no text.
    pub fn read(self) -> Result<Read, Problem> {
        let sha256 = self.sha256();
        let wrong = |error: Error| Problem::error(&*self.origin, error);
        let Converted { text, encoding, damaged, day } = match self.content {
            Content::Ready(..) => {
                return Err(Problem::error(&*self.origin, "was extracted already: give it to `zhitu build`"));
            }
            Content::Text(text) => Converted { text, encoding: "UTF-8", damaged: 0, day: None },
            Content::Bytes(bytes) => match self.format {
                Format::Html => convert::html(bytes).map_err(wrong)?,
                Format::Docx => convert::docx(bytes, self.limit).map_err(wrong)?,
                Format::Text | Format::JsonLines | Format::Extracted => {
                    let Decoded { text, encoding, damaged } = decode(bytes).map_err(wrong)?;
                    Converted { text, encoding, damaged, day: None }
                }
            },
        };
        let damage = || format!("read as {encoding}: {damaged} damaged places");
        let odd = self.odd.or_else(|| (damaged > 0).then(damage));
        let odd = odd.map(|odd| Problem::warning(&*self.origin, odd));
        let date = match (&self.date, &day) {
            // What a page says of itself comes before what its name says.
            (Some((_, DateSource::Name)) | None, Some(day)) => Some((day.as_str(), DateSource::Metadata)),
            (given, _) => given.as_ref().map(|(day, source)| (day.as_str(), *source)),
        };
        let mut document = Document::new(self.id, text, date);
        document.sha256 = sha256;
        Ok(Read { document, encoding, odd })
    }
}

/// Bytes of the largest document that is read unless told otherwise.
pub const LIMIT: u64 = 64 << 20;

/// Reads the documents of all inputs, in order; what cannot be read is told in its place.
pub struct Reader {
    inputs: VecDeque<Input>,
    /// The day that holds for all documents.
    date: Option<String>,
    /// Bytes of the largest document.
    limit: u64,
    lines: Option<(Input, Box<dyn BufRead + Send>, usize)>,
    /// The number of the input that is read.
    read: usize,
}

impl Reader {
    /// A reader of `inputs`; `date` is the day of every document, whatever they say.
    pub fn new(inputs: impl IntoIterator<Item = Input>, date: Option<String>) -> Reader {
        Reader { inputs: inputs.into_iter().collect(), date, limit: LIMIT, lines: None, read: usize::MAX }
    }

    /// Leaves out documents of more bytes.
    #[must_use]
    pub fn limit(mut self, bytes: u64) -> Reader {
        self.limit = bytes;
        self
    }

    fn too_large(&self, origin: &str) -> Problem {
        let limit = self.limit >> 20;
        Problem::error(origin, format_args!("larger than {limit} MB: give it in parts, or raise --max-size"))
    }

    fn file(&self, input: Input) -> Result<Raw, Problem> {
        let mut bytes = Vec::new();
        open(&input)
            .and_then(|file| file.take(self.limit.saturating_add(1)).read_to_end(&mut bytes))
            .map_err(|error| Problem::error(input.name(), format_args!("cannot read it: {error}")))?;
        if bytes.len() as u64 > self.limit {
            return Err(self.too_large(&input.name()));
        }
        let named = || {
            let stem = stem(input.path.as_ref()?);
            day_in_name(&stem).map(|day| (day, DateSource::Name))
        };
        let date = self.date.clone().map(|day| (day, DateSource::Option)).or_else(named);
        let (format, limit) = (input.format, self.limit);
        let (origin, content) = (input.name(), Content::Bytes(bytes));
        Ok(Raw { origin, id: input.id, input: self.read, date, content, format, limit, odd: None })
    }

    fn line(&self, input: &Input, number: usize, bytes: &[u8]) -> Result<Raw, Problem> {
        let origin = format!("{}:{number}", input.name());
        if input.format == Format::Extracted {
            let bundle = Box::new(Bundle::read(bytes, &origin)?);
            let (id, limit, content) = (bundle.record.doc.clone(), self.limit, Content::Ready(bytes.len(), bundle));
            return Ok(Raw {
                id,
                origin,
                input: self.read,
                date: None,
                content,
                format: Format::Extracted,
                limit,
                odd: None,
            });
        }
        let line: Line = serde_json::from_slice(bytes).map_err(|error| {
            Problem::error(
                &*origin,
                format_args!("{error}; a line is an object with \"id\", \"text\" and perhaps \"date\""),
            )
        })?;
        let id = match line.id {
            Value::String(id) => id,
            other => other.to_string(),
        };
        let given = line.date.filter(|day| !day.is_empty());
        let wrong = given.as_ref().filter(|day| !is_edtf_day(day));
        let odd = wrong.map(|day| format!("`{day}` is no date such as 2025-05-01, 2025-05 or 2025: it was left out"));
        let given = given.filter(|_| odd.is_none());
        let date = match (&self.date, given) {
            (Some(day), _) => Some((day.clone(), DateSource::Option)),
            (None, Some(day)) => Some((day, DateSource::Metadata)),
            (None, None) => day_in_id(&id).map(|day| (day, DateSource::Name)),
        };
        let (format, limit) = (Format::JsonLines, self.limit);
        Ok(Raw { id, origin, input: self.read, date, content: Content::Text(line.text), format, limit, odd })
    }

    /// The next line that is not blank.
    fn next_line(&mut self) -> Option<Result<Raw, Problem>> {
        let (input, mut reader, mut number) = self.lines.take()?;
        let mut bytes = Vec::new();
        loop {
            bytes.clear();
            number += 1;
            match (&mut reader).take(self.limit.saturating_add(1)).read_until(b'\n', &mut bytes) {
                Ok(0) => return None,
                Ok(length) if length as u64 > self.limit => {
                    let problem = self.too_large(&format!("{}:{number}", input.name()));
                    // A reader that fails here is told by the next line.
                    _ = reader.skip_until(b'\n');
                    self.lines = Some((input, reader, number));
                    return Some(Err(problem));
                }
                Ok(_) if bytes.iter().all(u8::is_ascii_whitespace) => {}
                Ok(_) => {
                    let start = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
                    let raw = self.line(&input, number, &bytes[start..]);
                    self.lines = Some((input, reader, number));
                    return Some(raw);
                }
                Err(error) => {
                    let place = format!("{}:{number}", input.name());
                    return Some(Err(Problem::error(place, format_args!("cannot read on: {error}"))));
                }
            }
        }
    }
}

impl Iterator for Reader {
    type Item = Result<Raw, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(raw) = self.next_line() {
                return Some(raw);
            }
            let input = self.inputs.pop_front()?;
            self.read = self.read.wrapping_add(1);
            if !input.has_many() {
                return Some(self.file(input));
            }
            match open(&input) {
                Ok(file) => self.lines = Some((input, Box::new(BufReader::with_capacity(1 << 18, file)), 0)),
                Err(error) => return Some(Err(Problem::error(input.name(), format_args!("cannot read it: {error}")))),
            }
        }
    }
}

/// The bytes of an input; what ends in `.gz` or `.zst` is unpacked.
fn open(input: &Input) -> io::Result<Box<dyn io::Read + Send>> {
    let Some(path) = &input.path else { return Ok(Box::new(io::stdin())) };
    let file = File::open(path)?;
    match path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).as_deref() {
        Some("gz") => Ok(Box::new(MultiGzDecoder::new(file))),
        Some("zst") => Ok(Box::new(zstd::Decoder::new(file)?)),
        _ => Ok(Box::new(file)),
    }
}
