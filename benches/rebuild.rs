//! What building again costs: nothing changed, one text changed, against the first build.
//!
//! Texts are put together from the sentences of `corpus/`, each with persons of its own, so that they share names and
//! do not repeat one another. What a build leaves after a change is compared with what a fresh build leaves, byte for
//! byte, before anything is told.
//!
//! ```text
//! cargo bench --bench rebuild            20,000 texts
//! cargo bench --bench rebuild -- 5000    fewer
//! ```

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

const FAMILY: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕";
const GIVEN: &str = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建文志国海波春梅立新";

fn main() {
    let count: usize = std::env::args().filter_map(|arg| arg.parse().ok()).next().unwrap_or(20_000);
    let folder = std::env::temp_dir().join(format!("zhitu-rebuild-{}", std::process::id()));
    let (texts, output, fresh) = (folder.join("texts"), folder.join("output"), folder.join("fresh"));
    std::fs::create_dir_all(&texts).expect("a folder");
    let bytes = write(&texts, count);
    println!("{count} texts, {:.1} MB", bytes as f64 / 1e6);
    // A file is known by its times once it is older than two seconds.
    let wait = || std::thread::sleep(Duration::from_secs(3));
    wait();
    let first = build(&texts, &output);
    told("first build", first, first);
    let size = |name: &str| zhitu::store::size(&output.join(name)) as f64 / 1e6;
    println!("graph {:.0} MB, records {:.0} MB", size("graph"), size("records"));
    for _ in 0..3 {
        told("nothing changed", build(&texts, &output), first);
    }
    for round in 0..3 {
        let path = texts.join(format!("{:05}.txt", count / 4 * (round + 1)));
        let text = std::fs::read_to_string(&path).expect("a text");
        std::fs::write(&path, text + &format!("王小{}明是青川县水利局的工程师。\n", ["大", "中", "小"][round]))
            .expect("written");
        wait();
        told("one text changed", build(&texts, &output), first);
    }
    build(&texts, &fresh);
    let names = |folder: &Path| -> Vec<String> {
        let state = zhitu::store::folder::State::read(folder).expect("read").expect("a state");
        let apart = ["report.json", "graph.dot", "graph.svg", "summary.md", "manifest.json"];
        let names = state.files.into_keys().filter(|name| !apart.contains(&name.as_str()) && !name.ends_with(".bin"));
        names.collect()
    };
    assert_eq!(names(&output), names(&fresh));
    for name in names(&fresh) {
        let read = |folder: &Path| std::fs::read(folder.join(&name)).expect("a file");
        assert!(read(&output) == read(&fresh), "{name} is not that of a fresh build");
    }
    assert_eq!(zhitu::batch::kept(&output), zhitu::batch::kept(&fresh), "what the next build needs");
    println!("graph, records and identities are those of a fresh build");
    std::fs::remove_dir_all(&folder).expect("removed");
}

/// Writes the texts, and gives their bytes.
fn write(folder: &Path, count: usize) -> usize {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(corpus).expect("texts").flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let whole: String = paths.iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect();
    let sentences: Vec<&str> =
        whole.lines().flat_map(|line| line.split_inclusive('。')).filter(|s| s.len() > 45).collect();
    assert!(sentences.len() > 200, "{} sentences", sentences.len());
    let mut chance = 0x9e37_79b9_7f4a_7c15_u64;
    let mut below = |end: usize| {
        chance ^= chance << 13;
        chance ^= chance >> 7;
        chance ^= chance << 17;
        (chance % end as u64) as usize
    };
    let (family, given): (Vec<char>, Vec<char>) = (FAMILY.chars().collect(), GIVEN.chars().collect());
    let mut bytes = 0;
    for number in 0..count {
        let mut text: String = (0..3 + below(7)).map(|_| sentences[below(sentences.len())].trim()).collect();
        for post in ["小学校长", "小学教师"] {
            let name: String =
                [family[below(family.len())], given[below(given.len())], given[below(given.len())]].iter().collect();
            let (school, year) = (below(400) + 1, 1990 + below(35));
            text += &format!("\n{name}是青川县第{school}{post}，{year}年被授予全国模范教师称号。");
        }
        bytes += text.len();
        std::fs::write(folder.join(format!("{number:05}.txt")), text + "\n").expect("written");
    }
    bytes
}

/// Runs a build; the time it took, and that of the processor where the system tells it.
fn build(texts: &Path, output: &Path) -> (Duration, Duration) {
    let (begun, before) = (Instant::now(), processor());
    let status = Command::new(env!("CARGO_BIN_EXE_zhitu"))
        .args(["build", "--quiet", "--threads", "1", "-o"])
        .args([output, texts])
        .status()
        .expect("started");
    assert!(status.success());
    (begun.elapsed(), processor().saturating_sub(before))
}

/// Time of the processor that ended children took, in the program and in the system.
fn processor() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Without a terminal one of them is -1.
    let numbers: Vec<i64> =
        stat.rsplit(')').next().unwrap_or("").split_whitespace().filter_map(|n| n.parse().ok()).collect();
    // Behind the name and the state: cutime and cstime, in hundredths of a second.
    let ticks: i64 = [12, 13].iter().filter_map(|at| numbers.get(*at)).sum();
    Duration::from_millis(ticks.unsigned_abs() * 10)
}

fn told(what: &str, (time, processor): (Duration, Duration), first: (Duration, Duration)) {
    println!(
        "{what}: {:.2} s, processor {:.2} s, {:.1} % of the first",
        time.as_secs_f64(),
        processor.as_secs_f64(),
        100.0 * processor.as_secs_f64() / first.1.as_secs_f64().max(0.01)
    );
}
