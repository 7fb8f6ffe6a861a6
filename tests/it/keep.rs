//! Nothing is lost: whatever ends a build in the middle, its folder holds the last one or the new one; readers
//! and a second writer; damage is found; copies are whole.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use zhitu::store::{Store, Writer, folder};

use crate::support::program::Folder;

const NAMES: [&str; 5] = ["graph.nq", "records.jsonl", "manifest.json", "summary.md", ".cache/quotes.jsonl"];

/// Six texts that differ from one edition to the other.
fn edition(folder: &Folder, year: u32) {
    for (at, name) in ["李明", "孙小海", "周大山", "吴小河", "郑文", "王立"].iter().enumerate() {
        let text = format!(
            "本报青川5月{}日讯 {name}是青川县水利局的工程师，{year}年被授予全国劳动模范称号。青川县教育局成立于{}年。\n",
            at + 1,
            year - 70
        );
        folder.write(&format!("corpus/{year}-05-0{}-{at}.txt", at + 1), text);
    }
}

/// A folder whose corpus is of one of two editions, and what the builds of both hold.
fn editions(name: &str) -> (Folder, [BTreeMap<String, Vec<u8>>; 2]) {
    let folder = Folder::new(name);
    let contents = [2023, 2025].map(|year| {
        let output = format!("fresh-{year}");
        turn(&folder, year);
        let ran = folder.run(&["build", "-o", &output]);
        assert_eq!(ran.status, 0, "{}", ran.err);
        content(&folder.path(&output))
    });
    assert_ne!(contents[0], contents[1]);
    (folder, contents)
}

/// Puts one edition in the place of the other.
fn turn(folder: &Folder, year: u32) {
    _ = std::fs::remove_dir_all(folder.path("corpus"));
    edition(folder, year);
}

/// What a reader finds in the folder of a build.
fn content(path: &Path) -> BTreeMap<String, Vec<u8>> {
    let (state, files) = folder::open(path, &NAMES).expect("opened");
    let state = state.expect("a state");
    let mut content = BTreeMap::new();
    for (name, file) in NAMES.iter().zip(files) {
        let mut bytes = Vec::new();
        file.unwrap_or_else(|| panic!("{name} is not there")).read_to_end(&mut bytes).expect("read");
        assert_eq!(bytes.len() as u64, state.files[*name].bytes, "{name} is what the state says");
        content.insert((*name).to_owned(), bytes);
    }
    content
}

#[test]
fn a_build_killed_at_any_moment_leaves_the_last_or_the_new() {
    // The unoptimized program takes long to start.
    let kills: u64 = if cfg!(debug_assertions) { 8 } else { 100 };
    let (folder, contents) = editions("killed");
    turn(&folder, 2023);
    assert_eq!(folder.run(&["build"]).status, 0);
    let (mut chance, mut seen) = (0x2545_f491_4f6c_dd1d_u64, BTreeMap::new());
    // About as long as a build goes on once it has the lock: so that about half of the kills come too late.
    let mut span = Duration::from_millis(200);
    // On a busy machine all of few kills may come too early: then there are more of them.
    for round in 0..kills * 8 {
        if round >= kills && seen.len() == 2 {
            break;
        }
        turn(&folder, if round % 2 == 0 { 2025 } else { 2023 });
        let mut build = Command::new(env!("CARGO_BIN_EXE_zhitu"))
            .args(["build", "--quiet"])
            .current_dir(folder.path(""))
            .stderr(Stdio::null())
            .spawn()
            .expect("started");
        let process = build.id().to_string();
        while folder.read("output/.cache/lock") != process.as_bytes() && build.try_wait().expect("asked").is_none() {
            thread::sleep(Duration::from_micros(200));
        }
        chance ^= chance << 13;
        chance ^= chance >> 7;
        chance ^= chance << 17;
        thread::sleep(span.mul_f64((chance % 1000) as f64 / 1000.0));
        span = if build.try_wait().expect("asked").is_some() { span.mul_f64(0.8) } else { span.mul_f64(1.25) };
        _ = build.kill();
        build.wait().expect("ended");
        let found = content(&folder.path("output"));
        let which = contents.iter().position(|content| *content == found);
        *seen.entry(which.expect("one whole build")).or_insert(0) += 1;
    }
    assert!(seen.len() == 2, "kills hit both before and after the builds: {seen:?}");
    turn(&folder, 2025);
    assert_eq!(folder.run(&["build"]).status, 0);
    assert_eq!(content(&folder.path("output")), contents[1]);
    let check = folder.run(&["store", "check"]);
    assert_eq!((check.status, check.err.as_str()), (0, ""), "{}", check.out);
    let left: Vec<_> = std::fs::read_dir(folder.path("output/.cache")).unwrap().flatten().map(|e| e.path()).collect();
    assert!(left.iter().all(|path| !path.to_string_lossy().ends_with(".new")), "{left:?}");
}

#[test]
fn a_commit_interrupted_between_any_two_steps_is_finished() {
    let (folder, contents) = editions("commit");
    let state = folder.read("fresh-2025/.cache/state.json");
    let names: Vec<String> = serde_json::from_slice::<folder::State>(&state).unwrap().files.into_keys().collect();
    for renamed in 0..=names.len() {
        _ = std::fs::remove_dir_all(folder.path("output"));
        zhitu::store::copy(&folder.path("fresh-2023"), &folder.path("output")).expect("copied");
        // Before the commit the new files stand aside and are nobody's.
        for name in &names {
            folder.write(&format!("output/{name}.new"), folder.read(&format!("fresh-2025/{name}")));
        }
        assert_eq!(content(&folder.path("output")), contents[0]);
        folder.write("output/.cache/next.json", &state);
        for name in &names[..renamed] {
            let aside = folder.path(&format!("output/{name}.new"));
            std::fs::rename(aside, folder.path(&format!("output/{name}"))).unwrap();
        }
        assert_eq!(content(&folder.path("output")), contents[1], "{renamed} renamed");
        drop(Writer::open(&folder.path("output")).expect("opened"));
        assert_eq!(content(&folder.path("output")), contents[1]);
        assert!(!folder.path("output/.cache/next.json").exists());
        assert!(names.iter().all(|name| !folder.path(&format!("output/{name}.new")).exists()));
    }
    let check = folder.run(&["store", "check"]);
    assert_eq!(check.status, 0, "{}", check.out);
}

#[test]
fn readers_find_a_whole_build_while_others_are_made() {
    let (folder, contents) = editions("readers");
    let (a, b, output) = (folder.path("fresh-2023"), folder.path("fresh-2025"), folder.path("output"));
    zhitu::store::copy(&a, &output).expect("copied");
    thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for round in 0..60 {
                zhitu::store::copy(if round % 2 == 0 { &b } else { &a }, &output).expect("copied");
            }
        });
        let mut reads = 0;
        while !writer.is_finished() || reads < 20 {
            assert!(contents.contains(&content(&output)));
            assert!(Store::load(&output).expect("loaded").len().expect("counted") > 100);
            reads += 1;
        }
    });
}

#[test]
fn a_second_writer_is_told_who_writes_and_readers_go_on() {
    let (folder, _) = editions("second");
    let writer = Writer::open(&folder.path("fresh-2023")).expect("opened");
    let second = folder.run(&["build", "-o", "fresh-2023"]);
    assert_eq!(second.status, 2);
    let holder = format!("another zhitu (process {}) is writing to fresh-2023", std::process::id());
    assert!(second.err.contains(&holder) && second.err.contains("help: wait"), "{}", second.err);
    for args in [["store", "compact"].as_slice(), &["store", "restore", "fresh-2025"]] {
        let args: Vec<&str> = args.iter().copied().chain(["--store", "fresh-2023"]).collect();
        assert_eq!(folder.run(&args).status, 2, "{args:?}");
    }
    let query = folder.run(&["query", "--store", "fresh-2023", "ASK { ?s ?p ?o }"]);
    assert_eq!((query.status, query.out.trim()), (0, "true"), "{}", query.err);
    drop(writer);
    assert_eq!(folder.run(&["build", "-o", "fresh-2023"]).status, 0);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_and_a_place_that_may_not_be_written() {
    let (folder, contents) = editions("full");
    // The corpus is the later edition: building over the earlier one has much to write.
    std::fs::create_dir(folder.path("first")).unwrap();
    std::os::unix::fs::symlink("/dev/full", folder.path("first/graph.nq.new")).unwrap();
    let ran = folder.run(&["build", "-o", "first"]);
    assert!(ran.status == 2 && ran.err.contains("No space left") && ran.err.contains("help: the disk"), "{}", ran.err);
    assert_eq!(folder.run(&["build", "-o", "first"]).status, 0);
    assert_eq!(content(&folder.path("first")), contents[1]);
    // Files that may not grow beyond so many blocks, so that one file after the other cannot be written.
    for blocks in [2, 8, 16, 24, 32, 48] {
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" build -o fresh-2023");
        let ran = Command::new("sh")
            .args(["-c", &script, env!("CARGO_BIN_EXE_zhitu")])
            .current_dir(folder.path(""))
            .output()
            .expect("a shell");
        let (status, told) = (ran.status.code(), String::from_utf8_lossy(&ran.stderr).into_owned());
        assert!(status == Some(2) && told.contains("the last build is whole"), "{blocks}: {status:?} {told}");
        assert_eq!(content(&folder.path("fresh-2023")), contents[0], "{blocks} blocks");
    }
    let ran = folder.run(&["build", "-o", "/proc/zhitu"]);
    assert!(ran.status == 2 && ran.err.contains("cannot make the folder /proc/zhitu"), "{}", ran.err);
    folder.write("a-file", "x");
    let ran = folder.run(&["build", "-o", "a-file"]);
    assert!(ran.status == 2 && ran.err.contains("a-file"), "{}", ran.err);
}

#[test]
fn builds_of_other_versions() {
    let (folder, contents) = editions("versions");
    let state = String::from_utf8(folder.read("fresh-2025/.cache/state.json")).unwrap();
    folder.write("fresh-2025/.cache/state.json", state.replace("\"format\": 2", "\"format\": 99"));
    for args in [["build", "-o"].as_slice(), &["query", "ASK { ?s ?p ?o }", "--store"], &["store", "check", "--store"]]
    {
        let args: Vec<&str> = args.iter().copied().chain(["fresh-2025"]).collect();
        let ran = folder.run(&args);
        assert!(ran.status == 2 && ran.err.contains("newer zhitu (format 99"), "{args:?}: {}", ran.err);
    }
    // Before there were states: readers read, a check says so, a build makes all of it again.
    std::fs::remove_file(folder.path("fresh-2025/.cache/state.json")).unwrap();
    assert_eq!(folder.run(&["query", "ASK { ?s ?p ?o }", "--store", "fresh-2025"]).out.trim(), "true");
    let check = folder.run(&["store", "check", "--store", "fresh-2025"]);
    assert!(check.status == 1 && check.out.contains("build again"), "{}", check.out);
    assert_eq!(folder.run(&["store", "backup", "copy", "--store", "fresh-2025"]).status, 2);
    assert_eq!(folder.run(&["build", "-o", "fresh-2025"]).status, 0);
    assert_eq!(content(&folder.path("fresh-2025")), contents[1]);
    folder.write("fresh-2025/.cache/state.json", "{");
    let ran = folder.run(&["query", "ASK { ?s ?p ?o }", "--store", "fresh-2025"]);
    assert!(ran.status == 2 && ran.err.contains("state.json is damaged"), "{}", ran.err);
}

#[test]
fn copies_are_whole_and_damage_is_found() {
    let (folder, contents) = editions("copies");
    let run = |args: &[&str], status: i32| {
        let ran = folder.run(args);
        assert_eq!(ran.status, status, "{args:?}: {} {}", ran.out, ran.err);
        ran.out + &ran.err
    };
    run(&["store", "backup", "safe", "--store", "fresh-2025"], 0);
    assert_eq!(content(&folder.path("safe")), contents[1]);
    assert!(run(&["store", "check", "--store", "safe"], 0).starts_with("all well: 6 documents, "));
    // A build goes on from a restored copy.
    run(&["store", "restore", "safe", "--store", "fresh-2023"], 0);
    assert_eq!(content(&folder.path("fresh-2023")), contents[1]);
    assert!(run(&["build", "-o", "fresh-2023"], 0).contains("nothing changed"));
    let graph = String::from_utf8(folder.read("safe/graph.nq")).unwrap();
    folder.write("safe/graph.nq", graph.replacen("劳动模范", "劳动楷模", 1));
    let found = run(&["store", "check", "--quick", "--store", "safe"], 1);
    assert!(found.contains("graph.nq: not the bytes that were written"), "{found}");
    assert!(run(&["store", "restore", "safe", "--store", "fresh-2023"], 2).contains("safe/graph.nq"));
    assert_eq!(content(&folder.path("fresh-2023")), contents[1], "a damaged copy replaces nothing");
    folder.write("safe/graph.nq", &graph.as_bytes()[..graph.len() / 2]);
    std::fs::remove_file(folder.path("safe/records.jsonl")).unwrap();
    let found = run(&["store", "check", "--store", "safe"], 1);
    assert!(found.contains("bytes were written") || found.contains("bytes, but"), "{found}");
    assert!(found.contains("records.jsonl: cannot be read"), "{found}");
    run(&["store", "backup", "fresh-2025", "--store", "fresh-2025"], 2);
    run(&["store", "restore", "nowhere"], 2);
    // What interrupted runs left goes away.
    folder.write("fresh-2025/.cache/records.part", vec![b'x'; 100_000]);
    folder.write("fresh-2025/.cache/quotes.jsonl.new", vec![b'x'; 100_000]);
    assert!(run(&["store", "compact", "--store", "fresh-2025"], 0).starts_with("200000 bytes cleared away"));
    run(&["store", "compact", "--store", "nowhere"], 2);
}

#[test]
fn a_graph_that_the_records_do_not_give_is_found() {
    let (folder, _) = editions("joined");
    // Files and hashes that agree, of two different builds.
    let state: folder::State = serde_json::from_slice(&folder.read("fresh-2023/.cache/state.json")).unwrap();
    let other: folder::State = serde_json::from_slice(&folder.read("fresh-2025/.cache/state.json")).unwrap();
    let mut mixed = state;
    mixed.files.insert("graph.nq".to_owned(), other.files["graph.nq"].clone());
    folder.write("fresh-2023/.cache/state.json", serde_json::to_vec(&mixed).unwrap());
    folder.write("fresh-2023/graph.nq", folder.read("fresh-2025/graph.nq"));
    assert_eq!(folder.run(&["store", "check", "--quick", "--store", "fresh-2023"]).status, 0);
    let found = folder.run(&["store", "check", "--store", "fresh-2023"]);
    assert!(found.status == 1 && found.out.contains("not what the records say"), "{}", found.out);
}
