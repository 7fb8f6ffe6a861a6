//! The store on disk: the same answers, following builds, copies, damage.

use crate::support::program::Folder;

/// A folder with texts, built with a store on disk.
fn built(name: &str) -> Folder {
    let folder = Folder::new(name);
    for year in 2001..2041 {
        let text = format!("{year}年，李明到青川县水利局调研。青川县教育局成立于{}年。\n", year - 50);
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
    let one = zhitu::store::Store::load(&folder.path("output")).expect("loaded");
    let other = zhitu::store::Store::load(&folder.path("output")).expect("loaded twice");
    assert_eq!(one.len().expect("counted"), other.len().expect("counted"));
}

#[test]
fn builds_are_followed() {
    let folder = built("disk-follows");
    let first = stores(&folder);
    let reader = zhitu::store::Store::load(&folder.path("output")).expect("loaded");
    let before = reader.len().expect("counted");
    folder.write("corpus/2001-05-01.txt", "2001年，李明到青川县第一中学调研。\n");
    std::fs::remove_file(folder.path("corpus/2002-05-01.txt")).expect("removed");
    let ran = folder.run(&["build"]);
    assert!(ran.status == 0 && ran.err.contains("store/"), "{}", ran.err);
    assert_eq!(stores(&folder).len(), 2, "the store before it stays for its readers");
    assert_eq!(reader.len().expect("counted"), before);
    let check = folder.run(&["store", "check"]);
    assert_eq!(check.status, 0, "{}", check.out);
    assert!(folder.run(&["query", VISITS]).out.contains("organization:青川县第一中学"));
    // What an interrupted build left is gone on with, or thrown away.
    std::fs::remove_file(folder.path("corpus/2003-05-01.txt")).expect("removed");
    folder.write("output/store/0123456789abcdef.new/journal", "a b\n1\n");
    assert_eq!(folder.run(&["build"]).status, 0);
    assert!(!stores(&folder).contains(&first[0]) && stores(&folder).iter().all(|name| !name.ends_with(".new")));
    assert_eq!(folder.run(&["store", "check"]).status, 0);
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
    let check = folder.run(&["store", "check"]);
    assert!(check.status == 1 && check.out.contains("zhitu store compact"), "{}", check.out);
    assert_eq!(folder.run(&["store", "compact"]).status, 0);
    assert_eq!(folder.run(&["store", "check"]).status, 0);
}
