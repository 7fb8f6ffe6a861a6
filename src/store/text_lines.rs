//! From the lines of a graph file to the indexes of the text search beside a store on disk.

use std::io::{self, BufRead};
use std::path::Path;

use super::text_files::{self, TextWriter};
use super::texts::{FILES, LABEL, is_figure};
use crate::rdf;

const SENTENCE: &[u8] = b"ontology#sentence";
/// More changes than this are not kept beside an index: it is written anew.
const CHANGES: usize = 50_000;

/// Which of the two indexes a line of a graph file belongs to, with its words and its IRI.
fn text_of(line: &[u8]) -> Option<(usize, String, &str)> {
    // Few lines are texts: the predicate tells, before anything else is looked at.
    let end = line.iter().position(|byte| *byte == b' ')?;
    let predicate = line.get(end + 1..)?.strip_prefix(b"<")?;
    let label =
        LABEL.iter().any(|label| predicate.strip_prefix(label.as_bytes()).is_some_and(|rest| rest.starts_with(b">")));
    let which = if label {
        0
    } else {
        let predicate = predicate.get(..predicate.iter().position(|byte| *byte == b'>')?)?;
        if predicate.ends_with(SENTENCE) { 1 } else { return None }
    };
    let line = str::from_utf8(line).ok()?;
    let iri = line.get(..end)?.strip_prefix('<')?.strip_suffix('>')?;
    let (words, graph) = rdf::literal_of(line)?;
    (if which == 0 { graph.is_empty() && !is_figure(iri) } else { true }).then_some((which, words, iri))
}

/// Writes the indexes of a graph file into the folder `place`.
pub(super) fn write(mut graph: impl BufRead, place: &Path) -> io::Result<()> {
    FILES.iter().try_for_each(|name| text_files::clear(&place.join(name)))?;
    let mut writers = FILES.map(|name| TextWriter::new(place.join(name)));
    let mut line = Vec::new();
    while graph.read_until(b'\n', &mut line)? > 0 {
        if let Some((which, words, iri)) = text_of(&line) {
            writers[which].add(&words, iri)?;
        }
        line.clear();
    }
    writers.into_iter().try_for_each(TextWriter::finish)
}

/// Changes the indexes in the folder `place` by lines of a graph file that came (`true`) and went; `false` where
/// there are by now so many changes that they are better written anew.
pub(super) fn change<'l>(place: &Path, lines: impl Iterator<Item = (bool, &'l str)>) -> io::Result<bool> {
    let mut changes: [Vec<(bool, String, &str)>; 2] = [Vec::new(), Vec::new()];
    for (come, line) in lines {
        if let Some((which, words, iri)) = text_of(line.as_bytes()) {
            changes[which].push((come, words, iri));
        }
    }
    let mut most = 0;
    for (name, changes) in FILES.into_iter().zip(&changes) {
        let lines = changes.iter().map(|(come, words, iri)| (*come, words.as_str(), *iri));
        most = most.max(text_files::change(&place.join(name), lines)?);
    }
    Ok(most <= CHANGES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::text::TextIndex;

    #[test]
    fn lines_of_a_graph_file_are_texts() {
        let base = "https://zhitu.example/";
        let label = format!("<{base}person/李明> <{}> \"李\\\"明\\u0001\\\\\"@zh", LABEL[0]);
        assert_eq!(
            text_of(format!("{label} .").as_bytes()),
            Some((0, "李\"明\u{1}\\".to_owned(), "https://zhitu.example/person/李明"))
        );
        assert_eq!(text_of(format!("{label} <{base}doc/a> .").as_bytes()), None, "labels of a document's graph");
        let sentence = format!("<{base}fact/a1> <{base}ontology#sentence> \"李明来了。\"@zh <{base}doc/a> .");
        assert_eq!(text_of(sentence.as_bytes()), Some((1, "李明来了。".to_owned(), "https://zhitu.example/fact/a1")));
        assert_eq!(text_of(format!("<{base}figure/a1> <{}> \"5 人\"@zh .", LABEL[0]).as_bytes()), None);
        assert_eq!(text_of(format!("<{base}a> <{base}b> <{base}c> .").as_bytes()), None);
    }

    #[test]
    fn indexes_follow_the_graph_file() {
        let folder = std::env::temp_dir().join(format!("zhitu-lines-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("made");
        let line = |name: &str| format!("<a:place/{name}> <{}> \"{name}\"@zh .\n", LABEL[1]);
        let found = || {
            let index = TextIndex::open(&folder.join(FILES[0])).expect("opened").expect("there");
            index.holding("青").expect("read").into_iter().map(|(text, _)| text).collect::<Vec<_>>().join(" ")
        };
        let (old, new) = (line("青禾县"), line("青山县"));
        write(old.as_bytes(), &folder).expect("written");
        assert_eq!(found(), "青禾县");
        assert!(change(&folder, [(false, old.as_str()), (true, new.as_str())].into_iter()).expect("changed"));
        assert_eq!(found(), "青山县");
        write(old.as_bytes(), &folder).expect("written anew");
        assert_eq!(found(), "青禾县");
        std::fs::remove_dir_all(&folder).expect("removed");
    }
}
