//! Text indexes in files: written once, then changed by what is written beside them.

use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use super::segment;
use super::text::{MOST, changes, part, plain};

/// Writes an index to files, a part at a time.
#[derive(Debug)]
pub(crate) struct TextWriter {
    path: PathBuf,
    parts: usize,
    texts: Vec<(String, String)>,
}

impl TextWriter {
    /// For the files that begin with this path.
    pub(crate) fn new(path: PathBuf) -> TextWriter {
        TextWriter { path, parts: 0, texts: Vec::new() }
    }

    /// Adds a text with an IRI.
    pub(crate) fn add(&mut self, text: &str, iri: &str) -> io::Result<()> {
        let text = plain(text);
        if !text.is_empty() {
            self.texts.push((text, iri.to_owned()));
        }
        if self.texts.len() >= MOST { self.part() } else { Ok(()) }
    }

    /// Writes what is left. An index without texts has one part as well.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        if self.parts == 0 || !self.texts.is_empty() { self.part() } else { Ok(()) }
    }

    fn part(&mut self) -> io::Result<()> {
        let file = File::create(part(&self.path, self.parts))?;
        let mut out = BufWriter::with_capacity(1 << 18, file);
        segment::write(std::mem::take(&mut self.texts), &mut out)?;
        out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        self.parts += 1;
        Ok(())
    }
}

/// Appends what came and went to the index below a path, and gives the number of changes that it now has.
pub(crate) fn change<'t>(path: &Path, lines: impl IntoIterator<Item = (bool, &'t str, &'t str)>) -> io::Result<usize> {
    let mut text = match fs::read_to_string(changes(path)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        read => read?,
    };
    for (come, words, iri) in lines {
        let words = plain(words);
        if !words.is_empty() {
            text += &format!("{}{words}\t{iri}\n", if come { '+' } else { '-' });
        }
    }
    fs::write(changes(path), &text)?;
    File::open(changes(path))?.sync_all()?;
    Ok(text.lines().count())
}

/// Removes the files of the index below a path.
pub(crate) fn clear(path: &Path) -> io::Result<()> {
    for file in (0..).map(|number| part(path, number)).take_while(|file| file.exists()).chain([changes(path)]) {
        match fs::remove_file(file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::text::TextIndex;

    fn found(index: &TextIndex, words: &str) -> Vec<String> {
        index.holding(words).expect("read").into_iter().map(|(text, _)| text).collect()
    }

    #[test]
    fn an_index_on_disk_finds_the_same_and_follows_changes() {
        let folder = std::env::temp_dir().join(format!("zhitu-text-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("made");
        let path = folder.join("labels");
        assert!(TextIndex::open(&path).expect("looked").is_none());
        let mut writer = TextWriter::new(path.clone());
        for text in ["云岭省总工会", "青禾县总工会", "青禾县机械厂"] {
            writer.add(text, &format!("iri:{text}")).expect("added");
            if text == "云岭省总工会" {
                writer.part().expect("written");
            }
        }
        writer.finish().expect("written");
        let open = || TextIndex::open(&path).expect("opened").expect("there");
        assert_eq!(found(&open(), "总工会"), ["云岭省总工会", "青禾县总工会"]);
        assert_eq!(open().exact("青禾县机械厂").expect("read"), ["iri:青禾县机械厂"]);
        let count = change(&path, [(false, "“云岭省”总工会", "iri:云岭省总工会"), (true, "长河市总工会", "iri:x")]);
        assert_eq!(count.expect("changed"), 2);
        assert_eq!(found(&open(), "总工会"), ["长河市总工会", "青禾县总工会"]);
        change(&path, [(true, "云岭省总工会", "iri:云岭省总工会"), (false, "长河市总工会", "iri:x")]).expect("changed");
        assert_eq!(found(&open(), "总工会"), ["云岭省总工会", "青禾县总工会"]);
        // Damage is told, and nothing is read beyond the end.
        let bytes = fs::read(part(&path, 0)).expect("read");
        for cut in [0, 10, bytes.len() / 2, bytes.len() - 1] {
            fs::write(part(&path, 0), &bytes[..cut]).expect("written");
            assert!(TextIndex::open(&path).is_err(), "{cut}");
        }
        for at in 0..bytes.len() {
            let mut bytes = bytes.clone();
            bytes[at] ^= 0x55;
            fs::write(part(&path, 0), &bytes).expect("written");
            if let Ok(index) = TextIndex::open(&path) {
                _ = index.expect("there").holding("总工会");
            }
        }
        fs::remove_dir_all(&folder).expect("removed");
    }
}
