//! How fast the store loads and answers, against bare oxigraph on the same quads in the same process.
//!
//! The quads are made from real text: the corpus is read once, and its records are repeated under other names of
//! persons, bodies, events, programmes and documents, while places, honours and posts are shared, until the
//! graph has as many quads as wanted. Counts are asserted before anything is timed. Run with
//! `cargo bench --bench store`; `cargo bench --bench store -- 100000` takes fewer quads than a million; with
//! `--features disk` the store on disk is measured too.

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use oxigraph::io::{RdfFormat, RdfParser};
use zhitu::document::{DateSource, Document};
use zhitu::graph::{Builder, Graph, Quotes};
use zhitu::lexicon::Sources;
use zhitu::pipeline;
use zhitu::query::{self, Limits, Questions};
use zhitu::rdf;
use zhitu::record::Record;
use zhitu::rule::RuleSet;
use zhitu::schema::Type;
use zhitu::store::{Delta, Store};

/// Questions that look something up, with parameters that the corpus answers.
const LOOKUPS: &[(&str, &[&str])] = &[
    ("about", &["周砚秋甲"]),
    ("career", &["周砚秋甲"]),
    ("structure", &["三峡建设集团甲"]),
    ("programs", &["甘肃省总工会甲"]),
    ("visits", &["习近平甲"]),
    ("connection", &["郭立新甲", "鲁建国甲"]),
];

/// Questions about many things.
const SCANS: &[(&str, &[&str])] = &[
    ("winners", &["全国劳动模范", "2025"]),
    ("documents", &["2024-10"]),
    ("figures", &["长河重型装备集团有限公司甲"]),
    ("founded", &["甘肃省总工会甲"]),
    ("holders", &["工程师", "2025-01-01", "-"]),
    ("search", &["中国工业大奖"]),
    ("sentences", &["戴上了金色奖章"]),
    ("conflicts", &[]),
];

fn main() {
    let wanted: usize = std::env::args().filter_map(|arg| arg.parse().ok()).next().unwrap_or(1_000_000);
    let texts = texts();
    let once = quads(&graph(&texts, 1)).1;
    assert!(once > 1000, "the corpus gives {once} quads");
    let copies = wanted.div_ceil(once) + wanted.div_ceil(once) / 8;
    let graph = graph(&texts, copies);
    let (file, count) = quads(&graph);
    assert!(count >= wanted, "{count} quads of {copies} copies");
    let (documents, statements) = (graph.sources().len(), graph.statements().len());
    let lean = String::from_utf8_lossy(&file).lines().filter(|line| line.contains("/fact/")).count();
    println!("{documents} documents, {statements} statements, {count} quads, {:.1} MB", file.len() as f64 / 1e6);
    println!("quads a statement: {:.2}, with everything else {:.2}", ratio(lean, statements), ratio(count, statements));

    let bare = timed(|| {
        let store = oxigraph::store::Store::new().expect("a store");
        let mut loader = store.bulk_loader();
        let parser = RdfParser::from_format(RdfFormat::NQuads).lenient();
        loader.load_from_reader(parser, &file[..]).expect("loaded");
        loader.commit().expect("committed");
        assert_eq!(store.len().expect("counted"), count);
    });
    let ours = timed(|| assert!(Store::from_nquads(&file[..]).expect("loaded").len().expect("counted") > count));
    let speed = |time: Duration| count as f64 / time.as_secs_f64() / 1e3;
    println!("loading into memory: {:.0} k quads/s, bare oxigraph {:.0} k", speed(ours), speed(bare));
    println!("ratio: {:.2}", bare.as_secs_f64() / ours.as_secs_f64());

    let store = Store::from_nquads(&file[..]).expect("loaded");
    ask("memory", &store);
    let (less, _) = quads(&without(&texts, copies));
    let begun = Instant::now();
    let delta = Delta::between(&file[..], &less[..]).expect("compared");
    let compared = begun.elapsed();
    let begun = Instant::now();
    store.follow(&delta).expect("followed");
    println!(
        "withdrawing one of {documents} documents: {} quads, {:.1} ms, {:.0} ms to find them",
        delta.len(),
        begun.elapsed().as_secs_f64() * 1e3,
        compared.as_secs_f64() * 1e3
    );
    #[cfg(feature = "disk")]
    disk(&file, &less, count, documents);
}

/// The records of the corpus with their quotations.
fn texts() -> Vec<(Record, Quotes)> {
    let rules = RuleSet::load(&Sources::built_in()).expect("the built-in rules load");
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut paths: Vec<_> = std::fs::read_dir(corpus).expect("the corpus").flatten().map(|e| e.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let day = name[..10].to_owned();
        let text = std::fs::read_to_string(path).expect("UTF-8");
        let document = Document::new(name, text, Some((day.as_str(), DateSource::Name)));
        let record = pipeline::extract(&document, &rules);
        let quotes = Quotes::read(&record, &document);
        (record, quotes)
    };
    paths.iter().map(read).collect()
}

/// Copies of the records under other names: the first is called 甲, the second 乙, the eleventh 甲甲.
fn graph(texts: &[(Record, Quotes)], copies: usize) -> Graph {
    all(texts, copies, None)
}

/// The same without one document in the middle.
fn without(texts: &[(Record, Quotes)], copies: usize) -> Graph {
    all(texts, copies, Some((copies / 2, texts.len() / 2)))
}

fn all(texts: &[(Record, Quotes)], copies: usize, left_out: Option<(usize, usize)>) -> Graph {
    let mut builder = Builder::new();
    for copy in 0..copies {
        let name: String =
            copy.to_string().bytes().filter_map(|d| "甲乙丙丁戊己庚辛壬癸".chars().nth((d - b'0').into())).collect();
        for (at, (record, quotes)) in texts.iter().enumerate() {
            if left_out != Some((copy, at)) {
                builder.add(&renamed(record, &name), quotes);
            }
        }
    }
    builder.finish(&zhitu::link::Corpus::default())
}

fn renamed(record: &Record, suffix: &str) -> Record {
    let mut record = record.clone();
    record.doc += suffix;
    record.sha256 = zhitu::document::hash(record.doc.as_bytes());
    let own =
        |kind: Type| matches!(kind, Type::Person | Type::Organization | Type::Event | Type::Program | Type::Document);
    let kind = |id: &str| id.split('/').next().and_then(Type::from_name);
    let rename = |id: &mut Option<String>, name: &mut String| {
        if let Some(id) = id.as_mut().filter(|id| kind(id).is_some_and(own)) {
            id.push_str(suffix);
            name.push_str(suffix);
        }
    };
    for mention in &mut record.mentions {
        rename(&mut mention.entity, &mut mention.text);
    }
    for entity in record.entities.iter_mut().filter(|entity| own(entity.kind)) {
        entity.id += suffix;
        entity.name += suffix;
        entity.aliases.iter_mut().for_each(|alias| alias.push_str(suffix));
    }
    for fact in &mut record.facts {
        rename(&mut fact.subject_id, &mut fact.subject);
        rename(&mut fact.object_id, &mut fact.object);
    }
    record
}

fn quads(graph: &Graph) -> (Vec<u8>, usize) {
    let mut out = Vec::new();
    let counts = rdf::write_nquads(graph, &rdf::Options::default(), &mut out).expect("written");
    (out, counts.quads)
}

/// Every question has rows; then the best of five runs of each.
fn ask(what: &str, store: &Store) {
    let questions = Questions::load(&Sources::built_in()).expect("questions load");
    for (kind, list, most) in [("look-up", LOOKUPS, 5.0), ("scan", SCANS, 200.0)] {
        for (name, args) in list {
            let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
            let question = questions.get(name).expect("a question");
            let run = || {
                let sparql = question.sparql(store, &args).unwrap_or_else(|error| panic!("{name}: {error}"));
                query::run(store, &sparql, &Limits { rows: Some(1000), time: None }).expect("answered").len()
            };
            let first = timed_once(run);
            assert!(first.1 > 0 || *name == "conflicts", "{name} has no rows");
            let best = (0..5).map(|_| timed_once(run).0).min().unwrap_or_default().as_secs_f64() * 1e3;
            let mark = if best <= most { "" } else { "  too slow" };
            println!(
                "{what}, {kind} {name}: {best:.2} ms, {} rows (first {:.1} ms){mark}",
                first.1,
                first.0.as_secs_f64() * 1e3
            );
        }
    }
}

fn ratio(one: usize, other: usize) -> f64 {
    one as f64 / other.max(1) as f64
}

fn timed_once<T>(run: impl Fn() -> T) -> (Duration, T) {
    let begun = Instant::now();
    let result = black_box(run());
    (begun.elapsed(), result)
}

/// The best of three runs.
fn timed(run: impl Fn()) -> Duration {
    (0..3).map(|_| timed_once(&run).0).min().unwrap_or_default()
}

#[cfg(feature = "disk")]
fn disk(file: &[u8], less: &[u8], count: usize, documents: usize) {
    use std::io::Write;
    use zhitu::store::{GRAPH_FILE, Writer, folder, index};
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("store-bench");
    _ = std::fs::remove_dir_all(&place);
    let build = |bytes: &[u8]| {
        let mut writer = Writer::open(&place).expect("opened");
        let mut out = writer.begin(GRAPH_FILE).expect("begun");
        out.write_all(bytes).expect("written");
        writer.put(out).expect("put");
        let begun = Instant::now();
        index(&writer, false).expect("loaded");
        let time = begun.elapsed();
        writer.commit().expect("committed");
        time
    };
    let bare = place.with_extension("bare");
    _ = std::fs::remove_dir_all(&bare);
    let begun = Instant::now();
    let store = oxigraph::store::Store::open(&bare).expect("opened");
    let mut loader = store.bulk_loader().with_num_threads(2).with_max_memory_size_in_megabytes(512);
    loader.load_from_reader(RdfParser::from_format(RdfFormat::NQuads).lenient(), file).expect("loaded");
    loader.commit().expect("committed");
    store.flush().expect("flushed");
    assert_eq!(store.len().expect("counted"), count);
    let theirs = begun.elapsed();
    drop(store);
    let ours = build(file);
    let speed = |time: Duration| count as f64 / time.as_secs_f64() / 1e3;
    println!("loading onto disk: {:.0} k quads/s, bare oxigraph {:.0} k", speed(ours), speed(theirs));
    println!("ratio: {:.2}", theirs.as_secs_f64() / ours.as_secs_f64());
    assert!(folder::State::read(&place).expect("read").is_some());
    let (open, store) = timed_once(|| Store::load(&place).expect("loaded"));
    println!("opening: {:.1} ms", open.as_secs_f64() * 1e3);
    ask("disk", &store);
    drop(store);
    let time = build(less).as_secs_f64() * 1e3;
    println!("withdrawing one of {documents} documents on disk, comparison and copy in it: {time:.0} ms");
    _ = std::fs::remove_dir_all(&place);
    _ = std::fs::remove_dir_all(&bare);
}
