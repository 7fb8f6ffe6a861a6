//! Documents: articles, paragraphs and sentences of a reading view.

mod article;
mod day;
mod front;
mod paragraph;
mod sentence;

use sha2::{Digest, Sha256};

pub use day::{day_in_id, day_in_name, is_edtf_day};

use crate::text::{Span, View, hex};

/// One text with its parts. All spans are bytes of the reading view.
#[derive(Debug, Clone)]
pub struct Document {
    /// The name under which records speak of it.
    pub id: String,
    /// Lower-case hexadecimal SHA-256 of the source bytes.
    pub sha256: String,
    /// The text.
    pub view: View,
    /// Day of publication as EDTF (`2025-05-01`, `1983`), where known.
    pub date: Option<String>,
    /// Where the day was taken from.
    pub date_source: Option<DateSource>,
    /// At least one, in order, without gaps.
    pub articles: Vec<Article>,
    /// In order; blank lines belong to none.
    pub paragraphs: Vec<Paragraph>,
    /// In order; each inside one paragraph.
    pub sentences: Vec<Sentence>,
}

/// Where a document's day was taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateSource {
    /// Given on the command line.
    Option,
    /// Given with the input (JSON lines, front matter).
    Metadata,
    /// Read in the file name.
    Name,
    /// Read in the dateline.
    Dateline,
    /// The latest year that the text itself speaks from.
    Text,
}

/// One article of a document.
#[derive(Debug, Clone)]
pub struct Article {
    /// The whole article.
    pub span: Span,
    /// Its headline.
    pub title: Option<Span>,
    /// Names of authors as printed.
    pub byline: Vec<Span>,
    /// 本报拉萨5月1日讯, 新华社北京4月28日电.
    pub dateline: Option<Span>,
}

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParagraphKind {
    /// A headline or a heading between paragraphs.
    Heading,
    /// Running text.
    Body,
}

/// One paragraph.
#[derive(Debug, Clone)]
pub struct Paragraph {
    /// Without its line end.
    pub span: Span,
    /// Heading or body.
    pub kind: ParagraphKind,
    /// Index of its article.
    pub article: usize,
}

/// One sentence.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// With its closing mark and quotes.
    pub span: Span,
    /// Index of its paragraph.
    pub paragraph: usize,
}

impl Document {
    /// A document read from decoded text. `date` is the day given with the input, if any; front matter
    /// comes before a day from the file name, and either before what the text says of itself.
    pub fn new(id: impl Into<String>, source: impl Into<String>, date: Option<(&str, DateSource)>) -> Document {
        let source = source.into();
        let sha256 = hash(source.as_bytes());
        let view = View::new(source);
        let front = front::read(view.text());
        let (articles, paragraphs) = article::read(&view, &front);
        let sentences = sentence::read(view.folded(), &paragraphs);
        let given = date.map(|(day, source)| (day.to_owned(), source));
        let (date, date_source) = day::choose(given, front.date, &view, &articles, &paragraphs).unzip();
        Document { id: id.into(), sha256, view, date, date_source, articles, paragraphs, sentences }
    }
}

/// Lower-case hexadecimal SHA-256.
pub fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}
