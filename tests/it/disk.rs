//! The store on disk: the same answers, following builds, copies, damage.

use std::io::Read;
use std::process::{Command, Stdio};
use std::time::Duration;

use zhitu::store::{Store, folder};

use crate::support::program::Folder;

/// A folder with texts, built with a store on disk.
fn built(name: &str) -> Folder {
    let folder = Folder::new(name);
    for year in 2001..2041 {
        let text = format!("{year}年，县长李明到青川县水利局调研。青川县教育局成立于{}年。\n", year - 50);
        folder.write(&format!("corpus/{year}-05-01.txt"), text);
    }
    let ran = folder.run(&["build", "--disk"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    folder
}

fn stores(folder: &Folder) -> Vec<String> {
    let entries = std::fs::read_dir(folder.path("output/store")).expect("stores").flatten();
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

const VISITS: &str = "SELECT ?who ?whom { ?who zhitu:visited ?whom } ORDER BY ?who ?whom";

#[test]
fn answers_are_those_of_the_store_in_memory() {
    let folder = built("disk-answers");
    assert_eq!(stores(&folder).len(), 1);
    assert_eq!(folder.run(&["build", "-o", "memory"]).status, 0);
    for query in
        [VISITS, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", "SELECT ?l { zhitu:Person rdfs:label ?l }"]
    {
        let (disk, memory) = (folder.run(&["query", query]), folder.run(&["query", query, "--store", "memory"]));
        assert_eq!((disk.status, disk.out), (0, memory.out), "{query}: {}", disk.err);
    }
    for args in [["export", "nquads", "--store"], ["export", "turtle", "--store"]] {
        let of = |store: &'static str| folder.run(&[args.as_slice(), &[store]].concat()).out;
        assert_eq!(of("output"), of("memory"));
    }
    // The graph file is not looked at.
    let one = Store::load(&folder.path("output")).expect("loaded");
    let other = Store::load(&folder.path("output")).expect("loaded twice");
    assert_eq!(one.len().expect("counted"), other.len().expect("counted"));
}

#[test]
fn builds_are_followed() {
    let folder = built("disk-follows");
    let first = stores(&folder);
    let reader = Store::load(&folder.path("output")).expect("loaded");
    let before = reader.len().expect("counted");
    folder.write("corpus/2001-05-01.txt", "2001年，县长李明到青川县第一中学调研。\n");
    std::fs::remove_file(folder.path("corpus/2002-05-01.txt")).expect("removed");
    let ran = folder.run(&["build"]);
    assert!(ran.status == 0 && ran.err.contains("store/"), "{}", ran.err);
    assert_eq!(stores(&folder).len(), 2, "the store before it stays for its readers");
    assert_eq!(reader.len().expect("counted"), before);
    let check = folder.run(&["store", "check"]);
    assert_eq!(check.status, 0, "{}", check.out);
    assert!(folder.run(&["query", VISITS]).out.contains("organization/青川县第一中学"));
    // What an interrupted build left is gone on with, or thrown away.
    std::fs::remove_file(folder.path("corpus/2003-05-01.txt")).expect("removed");
    folder.write("output/store/0123456789abcdef.new/journal", "a b\n1\n");
    assert_eq!(folder.run(&["build"]).status, 0);
    assert!(!stores(&folder).contains(&first[0]) && stores(&folder).iter().all(|name| !name.ends_with(".new")));
    assert_eq!(folder.run(&["store", "check"]).status, 0);
}

#[test]
fn a_build_killed_at_any_moment_leaves_a_store_that_fits_its_graph() {
    let folder = built("disk-killed");
    let lines = || String::from_utf8(folder.read("output/graph.nq")).expect("UTF-8").lines().count();
    let vocabulary = Store::load(&folder.path("output")).expect("loaded").len().expect("counted") - lines();
    let text =
        |round: u64| format!("{round}年，县长李明到青川县水利局调研。青川县教育局成立于{}年。\n", 1900 + round % 90);
    let kills = if cfg!(debug_assertions) { 12 } else { 100 };
    let (mut chance, mut span, mut early) = (0x9e37_79b9_7f4a_7c15_u64, Duration::from_millis(200), 0);
    for round in 0..kills {
        // Every third build differs in so much that the store is loaded anew.
        for year in 2001..(if round % 3 == 0 { 2041 } else { 2002 }) {
            folder.write(&format!("corpus/{year}-05-01.txt"), text(2001 + round));
        }
        let before = folder.read("output/graph.nq");
        let mut build = Command::new(env!("CARGO_BIN_EXE_zhitu"))
            .args(["build", "--quiet"])
            .current_dir(folder.path(""))
            .stderr(Stdio::null())
            .spawn()
            .expect("started");
        chance ^= chance << 13;
        chance ^= chance >> 7;
        chance ^= chance << 17;
        std::thread::sleep(span.mul_f64((chance % 1000) as f64 / 1000.0));
        let ended = build.try_wait().expect("asked").is_some();
        span = if ended { span.mul_f64(0.8) } else { span.mul_f64(1.25) };
        _ = build.kill();
        build.wait().expect("ended");
        // What was committed and not yet tidied is found by readers as well.
        let (_, mut graph) = folder::open_file(&folder.path("output"), "graph.nq").expect("a graph");
        let mut now = String::new();
        graph.read_to_string(&mut now).expect("UTF-8");
        early += u64::from(now.as_bytes() == before);
        let store = Store::load(&folder.path("output")).expect("loaded");
        assert_eq!(store.len().expect("counted"), now.lines().count() + vocabulary, "round {round}");
    }
    assert!(early > 0, "some kills came before the end of the build");
    assert_eq!(folder.run(&["build"]).status, 0);
    let check = folder.run(&["store", "check"]);
    assert_eq!(check.status, 0, "{}{}", check.out, check.err);
    assert!(stores(&folder).len() <= 2 && stores(&folder).iter().all(|name| !name.ends_with(".new")));
}

#[test]
fn words_are_searched_in_files_beside_the_store() {
    let folder = built("disk-words");
    let place = format!("output/store/{}", stores(&folder)[0]);
    assert!(!folder.read(&format!("{place}/labels.0.index")).is_empty());
    let search = |words: &str| {
        let query = format!("SELECT ?it {{ SERVICE zhitu:search {{ ?it rdfs:label \"{words}\" }} }}");
        let ran = folder.run(&["query", &query, "--format", "csv"]);
        assert_eq!(ran.status, 0, "{}", ran.err);
        ran.out.lines().skip(1).map(|line| line.rsplit('/').next().unwrap_or(line).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(search("水利"), ["青川县水利局"]);
    let sentences = "SELECT (COUNT(*) AS ?n) { SERVICE zhitu:search { ?it zhitu:sentence \"教育局成立于1951年\" } }";
    assert_eq!(folder.run(&["query", sentences, "--format", "csv"]).out, "n\r\n1\r\n");
    // The next store has the index of the one before and what differs.
    folder.write("corpus/2001-05-01.txt", "2001年，县长李明到青川县水利学校调研。\n");
    assert_eq!(folder.run(&["build"]).status, 0);
    assert_eq!(search("水利"), ["青川县水利局", "青川县水利学校"]);
    assert_eq!(folder.run(&["query", sentences, "--format", "csv"]).out, "n\r\n0\r\n");
    let new = stores(&folder).into_iter().find(|name| !place.ends_with(name.as_str())).expect("a second store");
    assert!(!folder.read(&format!("output/store/{new}/sentences.changes")).is_empty());
    // A damaged one is told, and costs no answers.
    folder.write(&format!("output/store/{new}/labels.0.index"), "no index");
    assert_eq!(search("水利"), ["青川县水利局", "青川县水利学校"]);
    let check = folder.run(&["store", "check"]);
    assert!(check.status == 1 && check.out.contains("labels.0.index is not what was written"), "{}", check.out);
    assert_eq!(folder.run(&["store", "compact"]).status, 0);
    assert_eq!((folder.run(&["store", "check"]).status, search("水利").len()), (0, 2));
}

#[test]
fn damage_is_not_taken_over_as_what_was_written() {
    let folder = built("disk-inherits");
    let old = stores(&folder).remove(0);
    let place = folder.path(&format!("output/store/{old}/labels.0.index"));
    let mut bytes = std::fs::read(&place).expect("read");
    let last = bytes.len() - 1;
    bytes[last] ^= 0x5a;
    std::fs::write(&place, bytes).expect("written");
    // The next store has this file as it is: its sum stays that of what was written.
    folder.write("corpus/2001-05-01.txt", "2001年，县长李明到青川县水利学校调研。\n");
    assert_eq!(folder.run(&["build"]).status, 0);
    assert!(stores(&folder).iter().any(|name| *name != old));
    let check = folder.run(&["store", "check"]);
    assert!(check.status == 1 && check.out.contains("labels.0.index is not what was written"), "{}", check.out);
}

#[test]
fn a_damaged_store_costs_no_data() {
    let folder = built("disk-damage");
    let place = format!("output/store/{}/data", stores(&folder)[0]);
    for entry in std::fs::read_dir(folder.path(&place)).expect("files").flatten() {
        std::fs::write(entry.path(), b"no data").expect("written");
    }
    let ran = folder.run(&["query", VISITS]);
    assert!(ran.status == 0 && ran.out.contains("水利局"), "{}", ran.err);
    let found = || {
        let check = folder.run(&["store", "check"]);
        assert!(check.status == 1 && check.out.contains("zhitu store compact"), "{:?} {}", check.status, check.out);
        assert_eq!(folder.run(&["store", "compact"]).status, 0);
        assert_eq!(folder.run(&["store", "check"]).status, 0);
    };
    found();
    // One file gone; bytes of the largest table changed.
    for part in ["CURRENT", "MANIFEST"] {
        let place = folder.path(&format!("output/store/{}/data", stores(&folder)[0]));
        let mut entries = std::fs::read_dir(place).expect("files").flatten().map(|entry| entry.path());
        let path = entries.find(|path| path.to_string_lossy().contains(part)).expect(part);
        std::fs::remove_file(path).expect("removed");
        assert_eq!(folder.run(&["query", VISITS]).out, ran.out, "{part}");
        found();
    }
    let place = folder.path(&format!("output/store/{}/data", stores(&folder)[0]));
    let entries = std::fs::read_dir(place).expect("files").flatten().map(|entry| entry.path());
    let tables = entries.filter(|path| path.extension().is_some_and(|end| end == "sst"));
    let largest = tables.max_by_key(|path| path.metadata().map_or(0, |data| data.len())).expect("a table");
    let mut bytes = std::fs::read(&largest).expect("read");
    let third = bytes.len() / 3;
    bytes[third..third + 40].iter_mut().for_each(|byte| *byte ^= 0x5a);
    std::fs::write(&largest, bytes).expect("written");
    found();
}
