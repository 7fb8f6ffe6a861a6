//! How fast extraction is, against jieba-rs tagging the same text in the same process on one thread.
//!
//! The text is that of `corpus/` and `tests/gold/`, over and over. Counts are asserted before anything is timed:
//! the records of the repeated texts hold exactly so many times what those of the texts hold, and two threads give
//! the bytes of one. Run with `cargo bench`; `cargo bench -- 30` takes 30 MB, and `cargo bench -- 30 news.jsonl` takes
//! them from a file of JSON lines with a `text` each. Both are timed in turns, and the median of the turns' ratios is
//! told, so that a busy machine disturbs little; pin the whole to one core with `taskset -c 0 cargo bench` where the
//! machine has others at work.

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use zhitu::document::{DateSource, Document};
use zhitu::eval::Gold;
use zhitu::lexicon::Sources;
use zhitu::pipeline;
use zhitu::record::Record;
use zhitu::rule::RuleSet;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let megabytes: usize = std::env::args().filter_map(|arg| arg.parse().ok()).next().unwrap_or(4);
    let given = std::env::args().find(|arg| arg.ends_with(".jsonl"));
    let texts = given.map_or_else(texts, |path| lines(Path::new(&path)));
    let bytes: usize = texts.iter().map(String::len).sum();
    let times = (megabytes * 1_000_000).div_ceil(bytes);

    let begun = Instant::now();
    let rules = RuleSet::load(&Sources::built_in()).expect("the built-in rules load");
    println!("rules loaded in {:.1} ms", begun.elapsed().as_secs_f64() * 1e3);
    let begun = Instant::now();
    let jieba = jieba_rs::Jieba::new();
    println!("jieba-rs loaded in {:.1} ms", begun.elapsed().as_secs_f64() * 1e3);

    let once: Vec<String> = texts.iter().map(|text| json(&read(text, &rules))).collect();
    let counts = texts.iter().map(|text| read(text, &rules)).map(|record| (record.mentions.len(), record.facts.len()));
    let once_counts = counts.fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
    assert!(once_counts.0 > 0 && once_counts.1 > 0, "nothing is read in the texts");
    let all: Vec<&str> = std::iter::repeat_n(texts.iter().map(String::as_str), times).flatten().collect();
    let written: usize = once.iter().map(String::len).sum::<usize>() * times;
    assert_eq!(extract(&all, &rules), (once_counts.0 * times, once_counts.1 * times, written), "repeating repeats");

    let size = (bytes * times) as f64 / 1e6;
    println!(
        "{size:.1} MB in {} documents, {} mentions, {} facts",
        all.len(),
        once_counts.0 * times,
        once_counts.1 * times
    );
    let mut turns: Vec<(f64, f64)> = (0..5)
        .map(|_| {
            let ours = timed(|| _ = black_box(extract(&all, &rules)));
            let theirs = timed(|| all.iter().for_each(|text| _ = black_box(jieba.tag(text, true))));
            (size / ours, size / theirs)
        })
        .collect();
    turns.sort_by(|a, b| (a.0 / a.1).total_cmp(&(b.0 / b.1)));
    let (ours, theirs) = turns[turns.len() / 2];
    println!("zhitu, all stages, JSON out: {ours:.2} MB/s");
    println!("jieba-rs tag, HMM on:        {theirs:.2} MB/s");
    println!("ratio:                       {:.3}", ours / theirs);
    let mut gains: Vec<f64> = (0..3).map(|_| threads(&all, &rules, written)).collect();
    gains.sort_by(f64::total_cmp);
    println!("two threads over one:        {:.2}", gains[1]);
}

/// The texts of the corpus and of the gold files, each once.
fn texts() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = |folder: &str, extension: &str| {
        let entries = std::fs::read_dir(root.join(folder)).expect("a folder of texts").flatten();
        let mut files: Vec<_> =
            entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|e| e == extension)).collect();
        files.sort();
        files
    };
    let mut texts: Vec<String> =
        files("corpus", "txt").iter().map(|path| std::fs::read_to_string(path).expect("UTF-8")).collect();
    texts.extend(files("tests/gold", "gold").iter().map(|path| Gold::read(path).expect("a gold text").text));
    texts
}

/// The texts of a file of JSON lines.
fn lines(path: &Path) -> Vec<String> {
    let lines = std::fs::read_to_string(path).expect("a file of JSON lines");
    let text = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
        line["text"].as_str().expect("a field `text`").to_owned()
    };
    lines.lines().map(text).collect()
}

fn read(text: &str, rules: &RuleSet) -> Record {
    pipeline::extract(&Document::new("bench", text, Some(("2025-05-01", DateSource::Option))), rules)
}

fn json(record: &Record) -> String {
    record.to_json()
}

/// Extracts all texts to JSON: mentions, facts, bytes written.
fn extract(texts: &[&str], rules: &RuleSet) -> (usize, usize, usize) {
    texts.iter().fold((0, 0, 0), |(mentions, facts, bytes), text| {
        let record = read(text, rules);
        (mentions + record.mentions.len(), facts + record.facts.len(), bytes + json(&record).len())
    })
}

/// How much faster two threads are, each with every second text.
fn threads(texts: &[&str], rules: &RuleSet, written: usize) -> f64 {
    let one = timed(|| _ = black_box(extract(texts, rules)));
    let (left, right): (Vec<_>, Vec<_>) = texts.iter().enumerate().partition(|(at, _)| at % 2 == 0);
    let halves = [left, right].map(|half| half.into_iter().map(|(_, text)| *text).collect::<Vec<&str>>());
    let two = timed(|| {
        let bytes: usize = std::thread::scope(|scope| {
            let runs = halves.each_ref().map(|half| scope.spawn(|| extract(half, rules).2));
            runs.into_iter().map(|run| run.join().expect("no panic")).sum()
        });
        assert_eq!(bytes, written, "two threads write what one does");
    });
    one / two
}

fn timed(run: impl FnOnce()) -> f64 {
    let begun = Instant::now();
    run();
    begun.elapsed().as_secs_f64()
}
