//! How fast the store loads and answers, against bare oxigraph on the same quads in the same process.
//!
//! The quads are made from real text: the texts are read once, and their records are repeated under other names of
//! persons, bodies, events, programmes and documents, while places, honours and posts are shared, until the
//! graph has as many quads as wanted. Results are asserted before anything is timed; what is compared runs in turns,
//! and medians are told.
//!
//! ```text
//! cargo bench --bench store                            a million quads made from corpus/
//! cargo bench --bench store -- 100000 news/ more.jsonl    fewer, from other texts
//! cargo bench --bench store --features disk            the store on disk as well
//! ```

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use oxigraph::io::{RdfFormat, RdfParser};
use zhitu::document::Document;
use zhitu::graph::{Builder, Graph, Object, Quotes};
use zhitu::lexicon::Sources;
use zhitu::pipeline;
use zhitu::query::{self, Limits, Questions};
use zhitu::rdf;
use zhitu::record::Record;
use zhitu::rule::RuleSet;
use zhitu::schema::{Predicate, Type};
use zhitu::store::{Delta, Store};

/// As in the program, for both sides.
#[cfg(any(not(feature = "disk"), target_os = "linux"))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What names of copies end with.
const DIGITS: [char; 10] = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];

fn main() {
    let wanted: usize = std::env::args().filter_map(|arg| arg.parse().ok()).next().unwrap_or(1_000_000);
    let mut paths: Vec<PathBuf> = std::env::args().skip(1).map(PathBuf::from).filter(|path| path.exists()).collect();
    if paths.is_empty() {
        paths.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"));
    }
    let (texts, bytes, extraction) = texts(&paths);
    let once = quads(&graph(&texts, 1)).1;
    assert!(once > 1000, "the texts give {once} quads");
    // What the copies share is there once.
    let each = quads(&graph(&texts, 11)).1.saturating_sub(once) / 10;
    let copies = wanted.div_ceil(each.max(1)) + 1;
    let begun = Instant::now();
    let graph = graph(&texts, copies);
    let (file, count) = quads(&graph);
    let writing = begun.elapsed();
    assert!(count >= wanted, "{count} quads of {copies} copies");
    let (documents, statements) = (graph.sources().len(), graph.statements().len());
    let lean = String::from_utf8_lossy(&file).lines().filter(|line| line.contains("/fact/")).count();
    println!("{documents} documents, {statements} statements, {count} quads, {:.1} MB", file.len() as f64 / 1e6);
    println!("quads a statement: {:.2}, with everything else {:.2}", ratio(lean, statements), ratio(count, statements));

    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..5 {
        times[0].push(timed_once(|| bare(&file, count)).0);
        let load = || assert!(Store::from_nquads(&file[..]).expect("loaded").len().expect("counted") > count);
        times[1].push(timed_once(load).0);
    }
    let [theirs, ours] = times.map(median);
    told("loading into memory", count, theirs, ours);
    // One thread reads, joins, writes and loads; the texts are those of all copies.
    let all = (bytes * copies) as f64 / 1e6;
    let (extraction, writing) = (extraction.as_secs_f64() * copies as f64, writing.as_secs_f64());
    println!(
        "text to store: {:.2} MB/s ({:.1} MB: reading {extraction:.1} s, joining and writing {writing:.1} s, loading {:.1} s)",
        all / (extraction + writing + ours.as_secs_f64()),
        all,
        ours.as_secs_f64()
    );

    let asked = Asked::of(&graph);
    let mut store = Store::from_nquads(&file[..]).expect("loaded");
    ask("memory", &store, &asked);
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
    disk(&file, &less, count, documents, &asked);
    drop(store);
    labels(LABELS);
}

/// Names among which the text search looks.
const LABELS: usize = 1_000_000;

/// A graph file of so many names of bodies.
fn named(count: usize) -> Vec<u8> {
    let places: Vec<char> = "东西南北上下大小高长新古青白黄红金银石河江湖海山川泉溪林桥塘".chars().collect();
    let words: Vec<char> = "安宁康泰和平兴旺发达永昌宏图伟业光明正大天地人和万里长城".chars().collect();
    let ends = ["机械有限公司", "水利局", "教育局", "第一中学", "人民医院", "商贸有限公司", "农业合作社", "文化馆"];
    let mut out = Vec::new();
    for at in 0..count {
        let (place, other) = (places[at % places.len()], places[at / places.len() % places.len()]);
        let (word, more) = (words[at / 900 % words.len()], words[at / 900 / words.len() % words.len()]);
        let name = format!("{place}{other}县{word}{more}{}{}", ends[at % ends.len()], at / 900_000);
        let line = format!(
            "<https://zhitu.example/organization/{name}> <http://www.w3.org/2004/02/skos/core#prefLabel> \"{name}\"@zh .\n"
        );
        out.extend_from_slice(line.as_bytes());
        let kind = format!(
            "<https://zhitu.example/organization/{name}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://zhitu.example/ontology#Organization> .\n"
        );
        out.extend_from_slice(kind.as_bytes());
    }
    out
}

/// The text search among many names: a whole name, a part of one, words that no name has.
fn labels(count: usize) {
    let file = named(count);
    let store = Store::from_nquads(&file[..]).expect("loaded");
    search("memory", count, &store);
    #[cfg(feature = "disk")]
    {
        drop(store);
        let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("labels-bench");
        on_disk(&place, &file, None);
        search("disk", count, &Store::load(&place).expect("opened"));
        _ = std::fs::remove_dir_all(&place);
    }
}

fn search(what: &str, count: usize, store: &Store) {
    let questions = Questions::load(&Sources::built_in()).expect("questions load");
    let question = questions.get("search").expect("a question");
    for (words, least) in [("东西县安宁机械有限公司0", 0), ("县安宁水利", 1), ("合作社1", 1), ("龘龘", 0)]
    {
        let run = || {
            let sparql = question.sparql(store, &[words.to_owned()]).expect("a query");
            query::run(store, &sparql, &Limits { rows: Some(1000), time: None }).expect("answered").len()
        };
        let (first, rows) = timed_once(run);
        assert!(rows >= least, "{words}: {rows} rows");
        let time = median((0..9).map(|_| timed_once(run).0).collect()).as_secs_f64() * 1e3;
        let first = first.as_secs_f64() * 1e3;
        println!(
            "{what}, text search among {count} names for {words}: {time:.2} ms, {rows} rows (first {first:.0} ms)"
        );
    }
}

/// Makes the store on disk of a graph file; gives the time.
#[cfg(feature = "disk")]
fn on_disk(place: &Path, bytes: &[u8], delta: Option<&Delta>) -> Duration {
    use std::io::Write;
    use zhitu::store::{GRAPH_FILE, Writer, index};
    let mut writer = Writer::open(place).expect("opened");
    let mut out = writer.begin(GRAPH_FILE).expect("begun");
    out.write_all(bytes).expect("written");
    writer.put(out).expect("put");
    let begun = Instant::now();
    index(&writer, delta, false).expect("loaded");
    let time = begun.elapsed();
    writer.commit().expect("committed");
    time
}

/// The records of the texts with their quotations, how many bytes the texts have and how long reading them took.
fn texts(paths: &[PathBuf]) -> (Vec<(Record, Quotes)>, usize, Duration) {
    let rules = RuleSet::load(&Sources::built_in()).expect("the built-in rules load");
    let arguments: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    let inputs = zhitu::batch::find(&arguments, None).expect("texts");
    let raws: Vec<_> = zhitu::batch::Reader::new(inputs.found, None).flatten().collect();
    let documents: Vec<Document> = raws.into_iter().map(|raw| raw.document().expect("a text").0).collect();
    let read = |document: &Document| {
        let record = pipeline::extract(document, &rules);
        let quotes = Quotes::read(&record, document);
        (record, quotes)
    };
    // What is made when it is first needed is made: the time is multiplied by the copies.
    for document in &documents {
        black_box(read(document));
    }
    let begun = Instant::now();
    let texts = documents.iter().map(read).collect();
    (texts, documents.iter().map(|document| document.view.source().len()).sum(), begun.elapsed())
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
            copy.to_string().bytes().filter_map(|d| DIGITS.get(usize::from(d - b'0')).copied()).collect();
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

/// The questions that are asked: with the names of which the graph says most.
struct Asked {
    /// What is known of one thing.
    lookups: Vec<(&'static str, Vec<String>)>,
    /// What many things have.
    scans: Vec<(&'static str, Vec<String>)>,
}

impl Asked {
    fn of(graph: &Graph) -> Asked {
        let name = |at: usize| graph.entities()[at].name.clone();
        let end = |object: &Object| if let Object::Entity(at) = object { Some(*at) } else { None };
        // Names of one copy are told apart by their ends; what all copies share is in all of them.
        let own = |at: usize| {
            let entity = &graph.entities()[at];
            entity.name.ends_with(DIGITS)
                && matches!(entity.kind, Type::Person | Type::Organization | Type::Program | Type::Document)
        };
        let most = |ends: &mut dyn Iterator<Item = usize>| {
            let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
            ends.for_each(|at| *counts.entry(at).or_default() += 1);
            counts.into_iter().max_by_key(|&(at, count)| (count, std::cmp::Reverse(at))).map(|(at, _)| at)
        };
        let facts = |predicate: Predicate| graph.facts().iter().filter(move |fact| fact.predicate == predicate);
        let subject = |predicate| most(&mut facts(predicate).map(|fact| fact.subject).filter(|at| own(*at)));
        let object = |predicate| most(&mut facts(predicate).filter_map(|fact| end(&fact.object)));
        let day =
            |predicate| facts(predicate).find_map(|fact| graph.days_of(fact).0).unwrap_or("2024-01-01").to_owned();
        let one = |question, at: Option<usize>| at.map(|at| (question, vec![name(at)]));
        let person = most(
            &mut graph
                .facts()
                .iter()
                .map(|f| f.subject)
                .filter(|at| own(*at) && graph.entities()[*at].kind == Type::Person),
        );
        let body = subject(Predicate::HasFigure).or(subject(Predicate::PartOf));
        // Two steps from a person: by a body to another of its people, or the like.
        let far = person.and_then(|person| {
            let near = |from: usize| {
                let facts = graph.facts().iter();
                let ends = facts.filter_map(move |fact| match end(&fact.object) {
                    Some(to) if fact.subject == from => Some(to),
                    Some(to) if to == from => Some(fact.subject),
                    _ => None,
                });
                ends.filter(|at| own(*at)).collect::<Vec<_>>()
            };
            near(person).into_iter().find_map(|middle| near(middle).into_iter().find(|at| *at != person))
        });
        let lookups = [
            one("about", person),
            one("career", person),
            one("structure", subject(Predicate::PartOf)),
            one("programs", subject(Predicate::Runs)),
            one("visits", subject(Predicate::Visited)),
            one("founded", subject(Predicate::Founded)),
            one("figures", body),
            person.zip(far).map(|(from, to)| ("connection", vec![name(from), name(to)])),
        ];
        let shared = graph.entities().iter().find(|entity| entity.kind == Type::Program && entity.name.ends_with('甲'));
        let words = shared.map(|entity| ("search", vec![entity.name.trim_end_matches('甲').to_owned()]));
        let sentence = graph.statements().iter().filter_map(|statement| statement.sentence.as_ref()).next();
        let middle = sentence.map(|text| ("sentences", vec![text.chars().skip(2).take(8).collect()]));
        let winners = object(Predicate::ReceivedAward);
        let year = |award: usize| {
            let mut won = facts(Predicate::ReceivedAward).filter(|fact| end(&fact.object) == Some(award));
            won.find_map(|fact| graph.days_of(fact).0).map(|day| day[..4].to_owned())
        };
        let scans = [
            winners.and_then(|at| Some(("winners", vec![name(at), year(at)?]))),
            winners.map(|at| ("winners", vec![name(at)])),
            Some(("documents", vec![day(Predicate::Issued)[..7].to_owned()])),
            object(Predicate::HoldsPosition).map(|at| ("holders", vec![name(at), day(Predicate::HoldsPosition)])),
            words,
            middle,
            Some(("conflicts", Vec::new())),
        ];
        Asked { lookups: lookups.into_iter().flatten().collect(), scans: scans.into_iter().flatten().collect() }
    }
}

/// How often each question is asked.
const RUNS: u32 = 9;

/// Every question has rows; then the median of nine runs of each, and how long a core was busy with one on average.
fn ask(what: &str, store: &Store, asked: &Asked) {
    let questions = Questions::load(&Sources::built_in()).expect("questions load");
    for (kind, list, most) in [("look-up", &asked.lookups, 5.0), ("scan", &asked.scans, 200.0)] {
        for (name, args) in list {
            let question = questions.get(name).expect("a question");
            let run = || {
                let sparql = question.sparql(store, args).unwrap_or_else(|error| panic!("{name}: {error}"));
                query::run(store, &sparql, &Limits { rows: Some(1000), time: None }).expect("answered").len()
            };
            let (first, rows) = timed_once(run);
            assert!(rows > 0 || matches!(*name, "conflicts" | "documents"), "{name} has no rows");
            let before = on_a_core();
            let time = median((0..RUNS).map(|_| timed_once(run).0).collect());
            let busy = on_a_core().zip(before).map_or(time, |(after, before)| (after - before) / RUNS);
            let busy = busy.as_secs_f64() * 1e3;
            let time = time.as_secs_f64() * 1e3;
            let mark = if time.min(busy) <= most { "" } else { "  too slow" };
            let args = args.join(" ");
            println!(
                "{what}, {kind} {name} {args}: {time:.2} ms, {rows} rows (first {:.1} ms, on a core {busy:.2} ms){mark}",
                first.as_secs_f64() * 1e3
            );
        }
    }
}

/// How long this thread has been on a core, where the system tells: what else the machine does counts less.
fn on_a_core() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

fn bare(file: &[u8], count: usize) {
    let store = oxigraph::store::Store::new().expect("a store");
    let mut loader = store.bulk_loader();
    loader.load_from_reader(RdfParser::from_format(RdfFormat::NQuads).lenient(), file).expect("loaded");
    loader.commit().expect("committed");
    assert_eq!(store.len().expect("counted"), count);
}

fn told(what: &str, count: usize, theirs: Duration, ours: Duration) {
    let speed = |time: Duration| count as f64 / time.as_secs_f64() / 1e3;
    println!("{what}: {:.0} k quads/s, bare oxigraph {:.0} k", speed(ours), speed(theirs));
    println!("ratio: {:.2}", theirs.as_secs_f64() / ours.as_secs_f64());
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn ratio(one: usize, other: usize) -> f64 {
    one as f64 / other.max(1) as f64
}

fn timed_once<T>(run: impl Fn() -> T) -> (Duration, T) {
    let begun = Instant::now();
    let result = black_box(run());
    (begun.elapsed(), result)
}

#[cfg(feature = "disk")]
fn disk(file: &[u8], less: &[u8], count: usize, documents: usize, asked: &Asked) {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("store-bench");
    let bare = place.with_extension("bare");
    let build = |bytes: &[u8], delta: Option<&Delta>| on_disk(&place, bytes, delta);
    // Both from a file to a file.
    let source = place.with_extension("nq");
    std::fs::write(&source, file).expect("written");
    let theirs = || {
        _ = std::fs::remove_dir_all(&bare);
        let begun = Instant::now();
        let store = oxigraph::store::Store::open(&bare).expect("opened");
        let mut loader = store.bulk_loader().with_num_threads(2).with_max_memory_size_in_megabytes(512);
        let reader = std::io::BufReader::new(std::fs::File::open(&source).expect("opened"));
        loader.load_from_reader(RdfParser::from_format(RdfFormat::NQuads).lenient(), reader).expect("loaded");
        loader.commit().expect("committed");
        store.flush().expect("flushed");
        let time = begun.elapsed();
        assert_eq!(store.len().expect("counted"), count);
        time
    };
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..3 {
        times[0].push(theirs());
        _ = std::fs::remove_dir_all(&place);
        times[1].push(build(file, None));
    }
    let [theirs, ours] = times.map(median);
    told("loading onto disk, text index in it", count, theirs, ours);
    let (open, store) = timed_once(|| Store::load(&place).expect("loaded"));
    println!("opening: {:.1} ms, {:.0} MB on disk", open.as_secs_f64() * 1e3, zhitu::store::size(&place) as f64 / 1e6);
    ask("disk", &store, asked);
    drop(store);
    let delta = Delta::between(file, less).expect("compared");
    let compared = timed_once(|| Delta::between(file, less).expect("compared").len()).0;
    // A build that writes only what differs knows it; another compares the two files.
    let time = build(less, Some(&delta));
    println!(
        "withdrawing one of {documents} documents on disk: {} quads, {:.0} ms; comparing the files {:.0} ms",
        delta.len(),
        time.as_secs_f64() * 1e3,
        compared.as_secs_f64() * 1e3
    );
    ask("disk after that", &Store::load(&place).expect("loaded"), asked);
    for place in [&place, &bare] {
        _ = std::fs::remove_dir_all(place);
    }
    _ = std::fs::remove_file(&source);
}
