//! Decoding: bytes of a file to text, with what was found on the way.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use super::chars::is_han;
use crate::error::{Error, Result};

/// The text of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// Name of the encoding, as the WHATWG encoding standard has it.
    pub encoding: &'static str,
    /// Places where the bytes made no sense and U+FFFD stands.
    pub damaged: usize,
}

/// Decodes the bytes of a text file: byte order marks first, then strict UTF-8, UTF-16 without a mark, and
/// what a detector of encodings takes it for (GB18030, Big5, others).
///
/// # Errors
/// Where the bytes are no text: the message says what they look like.
pub fn decode(bytes: Vec<u8>) -> Result<Decoded> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return Ok(decode_as(encoding, &bytes[mark..]));
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) if is_text(&text) => return Ok(Decoded { text, encoding: UTF_8.name(), damaged: 0 }),
        Ok(text) => text.into_bytes(),
        Err(error) => error.into_bytes(),
    };
    if let Some(kind) = magic(&bytes) {
        return Err(not_text(kind));
    }
    if let Some(encoding) = [UTF_16LE, UTF_16BE].into_iter().find(|encoding| is_utf16(&bytes, encoding)) {
        return Ok(decode_as(encoding, &bytes));
    }
    if bytes.contains(&0) {
        return Err(not_text("binary data"));
    }
    let decoded = decode_as(detect(&bytes), &bytes);
    if !is_text(&decoded.text) || decoded.damaged * 10 > decoded.text.chars().count() {
        return Err(not_text("binary data, or text in an unknown encoding"));
    }
    Ok(decoded)
}

fn not_text(what: &str) -> Error {
    Error::new(format!("this is no text but looks like {what}"))
}

/// Decodes bytes in the encoding that a label (`gb2312`) names; `None` where no encoding has that name.
pub fn decode_labelled(label: &[u8], bytes: &[u8]) -> Option<Decoded> {
    Encoding::for_label(label).map(|encoding| decode_as(encoding, bytes))
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    let damaged = if broken { text.matches(char::REPLACEMENT_CHARACTER).count() } else { 0 };
    Decoded { text: text.into_owned(), encoding: encoding.name(), damaged }
}

/// The encoding that the bytes are most likely in. The detector takes short texts in Big5 for GB18030, in
/// which nearly any bytes mean something: between the two the more usual text wins.
fn detect(bytes: &[u8]) -> &'static Encoding {
    // A few thousand characters decide; the cut may fall inside one, so that is not said to be the end.
    const ENOUGH: usize = 1 << 18;
    let sample = &bytes[..bytes.len().min(ENOUGH)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, bytes.len() <= ENOUGH);
    let found = detector.guess(Some(b"cn"), Utf8Detection::Allow);
    if found != GBK && found != BIG5 {
        return found;
    }
    let usual = |encoding: &'static Encoding| {
        let (text, _) = encoding.decode_without_bom_handling(sample);
        text.chars().filter(|&c| is_usual(c)).count()
    };
    if usual(BIG5) > usual(GB18030) { BIG5 } else { GB18030 }
}

/// Marks and words that any page of Chinese is full of, in both scripts.
fn is_usual(c: char) -> bool {
    "，。、；：“”《》「」的一是在了和有大中人上年不全以工作市国國会會发發为為".contains(c)
}

/// Whether text without a byte order mark makes sense as Chinese UTF-16.
fn is_utf16(bytes: &[u8], encoding: &'static Encoding) -> bool {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    if sample.len() < 8 || bytes.len() % 2 == 1 {
        return false;
    }
    let (text, _) = encoding.decode_without_bom_handling(sample);
    let (mut good, mut all, mut han) = (0_usize, 0_usize, 0_usize);
    for c in text.chars() {
        all += 1;
        han += usize::from(is_han(c));
        let mark = matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' | '\u{2010}'..='\u{2027}');
        good += usize::from(is_han(c) || mark || c == '\n' || c == '\r' || c == '\t' || (' '..='~').contains(&c));
    }
    good * 10 >= all * 9 && han * 4 >= all && text.chars().any(is_usual)
}

/// Whether control characters, which no text file holds, are rare.
fn is_text(text: &str) -> bool {
    let control = |&b: &&u8| b < &b' ' && !matches!(b, b'\n' | b'\r' | b'\t' | 0x0b | 0x0c | 0x1b);
    let found = text.as_bytes().iter().filter(control).count();
    found * 100 <= text.len() && !text.as_bytes().contains(&0)
}

/// What the first bytes say, for the kinds of files that people drop into a folder of texts.
fn magic(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 9] = [
        (b"%PDF", "a PDF: `pdftotext FILE.pdf` of the Poppler tools makes a text of it"),
        (b"PK\x03\x04", "a zip archive or an Office document"),
        (b"\xd0\xcf\x11\xe0", "an old Office document"),
        (b"\x89PNG", "an image"),
        (b"\xff\xd8\xff", "an image"),
        (b"GIF8", "an image"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"\x28\xb5\x2f\xfd", "a zstd archive"),
        (b"\x7fELF", "a program"),
    ];
    KINDS.iter().find(|(start, _)| bytes.starts_with(start)).map(|&(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIMPLE: &str = "四月的河谷里，全县干部群众正在抢修公路。今年以来，共完成投资三亿元。\n";
    const TRADITIONAL: &str = "四月的河谷裏，全縣幹部群眾正在搶修公路。今年以來，共完成投資三億元。\n";

    fn check(bytes: Vec<u8>, text: &str, encoding: &str) {
        let decoded = decode(bytes).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding, decoded.damaged), (text, encoding, 0));
    }

    #[test]
    fn encodings_are_found() {
        check(SIMPLE.into(), SIMPLE, "UTF-8");
        check(format!("\u{feff}{SIMPLE}").into(), SIMPLE, "UTF-8");
        check(GB18030.encode(SIMPLE).0.into_owned(), SIMPLE, "gb18030");
        check(BIG5.encode(TRADITIONAL).0.into_owned(), TRADITIONAL, "Big5");
        let little: Vec<u8> = SIMPLE.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = SIMPLE.encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(little.clone(), SIMPLE, "UTF-16LE");
        check(big.clone(), SIMPLE, "UTF-16BE");
        check([&[0xff, 0xfe][..], &little].concat(), SIMPLE, "UTF-16LE");
        check([&[0xfe, 0xff][..], &big].concat(), SIMPLE, "UTF-16BE");
        check(Vec::new(), "", "UTF-8");
    }

    #[test]
    fn damage_is_counted() {
        let mut bytes = GB18030.encode(&SIMPLE.repeat(20)).0.into_owned();
        bytes[300] = 0xff;
        let decoded = decode(bytes).unwrap();
        assert_eq!(decoded.encoding, "gb18030");
        assert!(decoded.damaged > 0);
    }

    #[test]
    fn binary_files_are_no_text() {
        let noise: Vec<u8> = (0..4000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        for (bytes, part) in [
            (b"%PDF-1.7\n\xff\xfe\xfd".to_vec(), "PDF"),
            (b"PK\x03\x04\0\0\0\0".to_vec(), "zip"),
            (b"abc\0def".to_vec(), "binary"),
            (noise, "binary"),
        ] {
            assert!(decode(bytes).unwrap_err().to_string().contains(part));
        }
    }
}
