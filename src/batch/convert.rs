//! Documents that are more than text: the main text of web pages, the paragraphs of Word files.
//!
//! What comes out is the source text of the document: offsets of its records count the code points of it.

use std::io::{Cursor, Read};

use dom_smoothie::{Config, Readability, TextMode};
use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use crate::document::is_edtf_day;
use crate::error::{Error, Result};
use crate::text::{Decoded, decode, decode_labelled};

/// The text of a document, and what its file says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Converted {
    /// The text, a paragraph a line.
    pub text: String,
    /// Name of the encoding that the file was in.
    pub encoding: &'static str,
    /// Damaged places in the file's bytes.
    pub damaged: usize,
    /// The day of publication.
    pub day: Option<String>,
}

/// The title and the main text of a web page, without menus, links to other pages and comments.
///
/// # Errors
/// Where the bytes are no text, or the page holds none.
pub fn html(bytes: Vec<u8>) -> Result<Converted> {
    let labelled = charset(&bytes).and_then(|label| decode_labelled(label, &bytes));
    let Decoded { text: page, encoding, damaged } = match labelled {
        Some(decoded) => decoded,
        None => decode(bytes)?,
    };
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let article = Readability::new(page.as_str(), None, Some(config)).and_then(|mut page| page.parse());
    let (title, body, day) = match article {
        Ok(article) => (article.title, article.text_content.to_string(), article.published_time),
        // A page too short to tell its main text from the rest: everything that it shows.
        Err(_) => (String::new(), dom_query::Document::from(page.as_str()).formatted_text().to_string(), None),
    };
    let lines = body.lines().map(str::trim).filter(|line| !line.is_empty());
    let title = Some(title.trim()).filter(|title| !title.is_empty());
    let lines: Vec<&str> = title.into_iter().chain(lines).collect();
    if lines.is_empty() {
        return Err(Error::new("this web page holds no text"));
    }
    let mut text = lines.join("\n");
    text.push('\n');
    let day = day.and_then(|time| time.get(..10).filter(|day| is_edtf_day(day)).map(str::to_owned));
    Ok(Converted { text, encoding, damaged, day })
}

/// The encoding that a page names in its first kilobytes, where its bytes carry no mark of their own.
fn charset(bytes: &[u8]) -> Option<&[u8]> {
    const HEAD: usize = 4096;
    if std::str::from_utf8(bytes).is_ok() || bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return None;
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    let at = head.windows(8).position(|word| word.eq_ignore_ascii_case(b"charset="))? + 8;
    let rest = head[at..].trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = rest.iter().position(|b| !b.is_ascii_alphanumeric() && !b"-_:.".contains(b)).unwrap_or(rest.len());
    (end > 0).then(|| &rest[..end])
}

/// The paragraphs of a Word file (`.docx`), text boxes and tables among them; what was deleted under change
/// tracking is left out. `limit` is how many bytes the unpacked document may have.
///
/// # Errors
/// Where the file is no Word file, is damaged, or is too large.
pub fn docx(bytes: Vec<u8>, limit: u64) -> Result<Converted> {
    let wrong = |error: &dyn std::fmt::Display| Error::new(format!("this is no Word file that can be read: {error}"));
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| wrong(&error))?;
    let part = archive.by_name("word/document.xml").map_err(|error| wrong(&error))?;
    let mut xml = String::new();
    let size = part.take(limit.saturating_add(1)).read_to_string(&mut xml).map_err(|error| wrong(&error))?;
    if size as u64 > limit {
        return Err(Error::new("larger than the limit when unpacked: raise --max-size"));
    }
    let text = paragraphs(&xml).map_err(|error| wrong(&error))?;
    Ok(Converted { text, encoding: "UTF-8", damaged: 0, day: None })
}

fn paragraphs(xml: &str) -> std::result::Result<String, quick_xml::Error> {
    let (mut reader, mut text) = (Reader::from_str(xml), String::new());
    // Inside of a run of text, and inside of what stands for readers that know no newer elements.
    let (mut in_text, mut fallback) = (false, 0_usize);
    loop {
        match reader.read_event()? {
            Event::Eof => return Ok(text),
            Event::Start(tag) => match tag.local_name().as_ref() {
                b"t" => in_text = true,
                b"Fallback" => fallback += 1,
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                b"t" => in_text = false,
                b"Fallback" => fallback = fallback.saturating_sub(1),
                b"p" if fallback == 0 && !text.is_empty() && !text.ends_with('\n') => text.push('\n'),
                _ => {}
            },
            Event::Empty(tag) if fallback == 0 => match tag.local_name().as_ref() {
                b"tab" => text.push('\t'),
                b"br" | b"cr" => text.push('\n'),
                _ => {}
            },
            Event::Text(part) if in_text && fallback == 0 => text.push_str(&part.unescape()?),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn page(charset: &str) -> String {
        let body =
            "<p>青川县县长李明12月3日在县城宣布，县里的第三座公路桥建成通车，两岸群众出行不再绕路。</p>".repeat(6);
        format!(
            "<html><head><meta charset=\"{charset}\"><title>青川县第三座公路桥通车</title>\
             <meta property=\"article:published_time\" content=\"2024-12-04T08:00:00+08:00\"></head>\
             <body><nav><a href=\"/\">首页</a><a href=\"/x\">要闻</a></nav><article><h1>青川县第三座公路桥通车</h1>{body}\
             </article><footer>版权所有</footer></body></html>"
        )
    }

    #[test]
    fn the_main_text_of_a_page_is_read() {
        let found = html(page("utf-8").into_bytes()).unwrap();
        assert!(found.text.contains("县里的第三座公路桥建成通车"), "{}", found.text);
        assert!(found.text.starts_with("青川县第三座公路桥通车\n") && !found.text.contains("要闻"), "{}", found.text);
        assert_eq!(found.day.as_deref(), Some("2024-12-04"));
    }

    #[test]
    fn the_encoding_that_a_page_names_is_used() {
        let page = page("gb2312");
        let bytes = encoding_rs::GBK.encode(&page).0.into_owned();
        let found = html(bytes).unwrap();
        assert!(found.text.contains("青川县县长李明"), "{}", found.text);
        assert_eq!((found.encoding, found.damaged), ("GBK", 0));
    }

    #[test]
    fn short_pages_give_what_they_show_and_empty_ones_fail() {
        assert!(html("<p>桥通了。</p>".into()).unwrap().text.contains("桥通了。"));
        assert!(html(b"<html><body></body></html>".to_vec()).is_err());
    }

    #[test]
    fn paragraphs_of_a_word_file_are_read() {
        let xml = "<w:document xmlns:w=\"w\" xmlns:mc=\"mc\"><w:body>\
            <w:p><w:r><w:t>青川县公路</w:t></w:r><w:r><w:t xml:space=\"preserve\">局 &amp; 桥梁处</w:t></w:r></w:p>\
            <w:p><w:del><w:r><w:delText>删去</w:delText></w:r></w:del><w:r><w:t>第二段</w:t><w:tab/><w:t>尾</w:t></w:r></w:p>\
            <mc:Fallback><w:p><w:r><w:t>重复</w:t></w:r></w:p></mc:Fallback></w:body></w:document>";
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(xml.as_bytes()).unwrap();
        let bytes = archive.finish().unwrap().into_inner();
        let found = docx(bytes.clone(), 1 << 20).unwrap();
        assert_eq!(found.text, "青川县公路局 & 桥梁处\n第二段\t尾\n");
        assert!(docx(bytes, 10).unwrap_err().to_string().contains("larger"));
        assert!(docx(b"PK\x03\x04 no".to_vec(), 1 << 20).is_err());
    }
}
