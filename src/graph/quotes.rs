//! The sentences that facts stand on, taken from the text while it is at hand.

use serde::{Deserialize, Serialize};

use crate::document::Document;
use crate::record::Record;
use crate::text::Span;

/// For each fact of a record, in order, the sentences its evidence lies in, as the reading view has
/// them (line breaks repaired). Empty strings where the text was not at hand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Quotes(Vec<String>);

/// Longest quotation kept, in characters: a text without sentence marks must not be copied whole.
const LONGEST: usize = 400;

impl Quotes {
    /// The sentences of the document that the evidence of each fact lies in.
    pub fn read(record: &Record, document: &Document) -> Quotes {
        let view = &document.view;
        let marks: Vec<(usize, usize)> = code_points(document);
        Quotes(
            record
                .facts
                .iter()
                .map(|fact| {
                    let (start, end) =
                        (fact.evidence.start, fact.evidence.end.max(fact.evidence.start.saturating_add(1)));
                    let from = marks.partition_point(|&(_, sentence_end)| sentence_end <= start);
                    let to = marks.partition_point(|&(sentence_start, _)| sentence_start < end);
                    if from >= to {
                        return String::new();
                    }
                    let span = Span::new(document.sentences[from].span.start, document.sentences[to - 1].span.end);
                    let text = view.text().get(span.range()).unwrap_or_default();
                    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                    if text.chars().count() > LONGEST { window(view.source(), start, end) } else { text }
                })
                .collect(),
        )
    }

    /// No sentences: for uses that do not show them.
    pub fn none(record: &Record) -> Quotes {
        Quotes(vec![String::new(); record.facts.len()])
    }

    /// The sentence of the fact at `index`, where known.
    pub fn get(&self, index: usize) -> Option<&str> {
        self.0.get(index).map(String::as_str).filter(|text| !text.is_empty())
    }
}

/// Start and end of every sentence in code points of the source, in one pass over the source.
fn code_points(document: &Document) -> Vec<(usize, usize)> {
    let source = document.view.source();
    let spans: Vec<Span> = document.sentences.iter().map(|s| document.view.to_source(s.span)).collect();
    let mut wanted: Vec<usize> = spans.iter().flat_map(|s| [s.start, s.end]).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut counts = Vec::with_capacity(wanted.len());
    let (mut at, mut count) = (0, 0);
    for &byte in &wanted {
        count += source.get(at..byte).map_or(0, |part| part.chars().count());
        at = byte;
        counts.push(count);
    }
    let count_at = |byte: usize| wanted.binary_search(&byte).map_or(0, |index| counts[index]);
    spans.iter().map(|s| (count_at(s.start), count_at(s.end))).collect()
}

/// The evidence with what fits around it.
fn window(source: &str, start: usize, end: usize) -> String {
    let room = LONGEST.saturating_sub(end - start) / 2;
    let from = start.saturating_sub(room);
    source.chars().skip(from).take(LONGEST).filter(|c| *c != '\n' && *c != '\r').collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{EvidenceRecord, FactRecord};
    use crate::schema::{Predicate, Status};

    fn record(evidence: &[(usize, usize)]) -> Record {
        let facts = evidence.iter().map(|&(start, end)| FactRecord {
            id: String::new(),
            subject: String::new(),
            predicate: Predicate::Said,
            object: String::new(),
            subject_id: None,
            object_id: None,
            qualifiers: Default::default(),
            status: Status::Stated,
            rule: String::new(),
            evidence: EvidenceRecord { start, end },
        });
        Record {
            doc: "d".into(),
            sha256: String::new(),
            length: 0,
            date: None,
            date_source: None,
            articles: vec![],
            mentions: vec![],
            entities: vec![],
            facts: facts.collect(),
        }
    }

    #[test]
    fn the_sentence_round_the_evidence() {
        let document = Document::new("d", "第一行说事。\n第二行说人。\n", None);
        let quotes = Quotes::read(&record(&[(9, 11), (2, 3), (40, 50)]), &document);
        assert_eq!(quotes.get(0), Some("第二行说人。"));
        assert_eq!(quotes.get(1), Some("第一行说事。"));
        assert_eq!(quotes.get(2), None);
    }

    #[test]
    fn a_line_without_end_is_cut() {
        let document = Document::new("d", "字".repeat(5000), None);
        let quotes = Quotes::read(&record(&[(3000, 3010)]), &document);
        assert_eq!(quotes.get(0).map(|q| q.chars().count()), Some(400));
    }
}
