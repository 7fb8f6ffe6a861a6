//! The lattice against its reference: jieba-rs over the same kind of dictionary, without guessing new words.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jieba_rs::Jieba;
use zhitu::document::Document;
use zhitu::extract::name::words;
use zhitu::lexicon::Sources;
use zhitu::rule::RuleSet;

/// Byte offsets at which a word ends.
type Ends = BTreeSet<usize>;

#[test]
fn word_borders_agree_with_jieba() {
    let rules = RuleSet::load(&Sources::built_in()).expect("the built-in rules load");
    let jieba = Jieba::new();
    let (mut both, mut ours, mut theirs) = (0, 0, 0);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut files: Vec<_> = fs::read_dir(folder).expect("corpus").flatten().map(|entry| entry.path()).collect();
    files.sort();
    for path in files.iter().filter(|path| path.extension().is_some_and(|e| e == "txt")) {
        let doc = Document::new("words", fs::read_to_string(path).expect("UTF-8"), None);
        let found = words(&doc, &[], &rules.names);
        let text = doc.view.folded();
        for sentence in &doc.sentences {
            let inside = |at: &usize| *at > sentence.span.start && *at < sentence.span.end;
            let mine: Ends = found.iter().map(|word| word.span.end).filter(inside).collect();
            let mut at = sentence.span.start;
            let other: Ends = jieba
                .cut(sentence.span.of(text), false)
                .into_iter()
                .map(|token| {
                    at += token.word.len();
                    at
                })
                .filter(inside)
                .collect();
            both += mine.intersection(&other).count();
            ours += mine.len();
            theirs += other.len();
        }
    }
    assert!(theirs > 1000, "the corpus is too small to tell");
    let f1 = 2.0 * both as f64 / (ours + theirs) as f64;
    // Names and listed terms are cut whole here and apart there: the rest is the same.
    assert!(f1 > 0.90, "borders agree at F1 {f1:.3}");
}
