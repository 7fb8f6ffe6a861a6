//! How fast extraction is, against jieba-rs tagging the same text in the same process on one thread.
//!
//! Counts are asserted before anything is timed: the records of the repeated corpus hold exactly so many times
//! what those of the corpus hold. Run with `cargo bench`; `cargo bench -- 30` takes 30 MB of text.

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use zhitu::document::{DateSource, Document};
use zhitu::lexicon::Sources;
use zhitu::pipeline;
use zhitu::record::Record;
use zhitu::rule::RuleSet;

fn main() {
    let megabytes: usize = std::env::args().filter_map(|arg| arg.parse().ok()).next().unwrap_or(4);
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut texts: Vec<String> = std::fs::read_dir(corpus)
        .expect("the corpus")
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|e| e == "txt"))
        .map(|entry| std::fs::read_to_string(entry.path()).expect("UTF-8"))
        .collect();
    texts.sort();
    let bytes: usize = texts.iter().map(String::len).sum();
    let times = (megabytes * 1_000_000).div_ceil(bytes);

    let begun = Instant::now();
    let rules = RuleSet::load(&Sources::built_in()).expect("the built-in rules load");
    println!("rules loaded in {:.1} ms", begun.elapsed().as_secs_f64() * 1e3);

    let once = count(&texts, &rules);
    assert!(once.0 > 0 && once.1 > 0, "nothing is read in the corpus");
    let all: Vec<&str> = std::iter::repeat_n(texts.iter().map(String::as_str), times).flatten().collect();
    let (mut mentions, mut facts) = (0, 0);
    let extraction = timed(|| {
        (mentions, facts) = (0, 0);
        for text in &all {
            let record = read(text, &rules);
            mentions += record.mentions.len();
            facts += record.facts.len();
            black_box(serde_json::to_string(&record).expect("a record"));
        }
    });
    assert_eq!((mentions, facts), (once.0 * times, once.1 * times), "repeating the corpus repeats what is read");

    let jieba = jieba_rs::Jieba::new();
    let tagging = timed(|| {
        for text in &all {
            black_box(jieba.tag(text, true));
        }
    });
    let size = (bytes * times) as f64 / 1e6;
    let (ours, theirs) = (size / extraction.as_secs_f64(), size / tagging.as_secs_f64());
    println!("{size:.1} MB, {mentions} mentions, {facts} facts");
    println!("zhitu extract, all stages, JSON out: {ours:.1} MB/s");
    println!("jieba-rs tag:                        {theirs:.1} MB/s");
    println!("ratio: {:.2}", ours / theirs);
}

fn read(text: &str, rules: &RuleSet) -> Record {
    pipeline::extract(&Document::new("bench", text, Some(("2025-05-01", DateSource::Option))), rules)
}

fn count(texts: &[String], rules: &RuleSet) -> (usize, usize) {
    let records = texts.iter().map(|text| read(text, rules));
    records.fold((0, 0), |(mentions, facts), record| (mentions + record.mentions.len(), facts + record.facts.len()))
}

/// The median of three runs.
fn timed(mut run: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..3)
        .map(|_| {
            let begun = Instant::now();
            run();
            begun.elapsed()
        })
        .collect();
    times.sort();
    times[1]
}
