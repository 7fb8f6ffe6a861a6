//! Who is who, through the program: builds of several texts, decisions of the user, re-builds.

use crate::support::program::{Folder, Ran};

/// Three articles about one person.
const LAN: [(&str, &str); 3] = [
    ("2019-06-01-flood.txt", "本报讯 湖南省总工会主席李向明到平江县三阳乡走访职工。李向明说，汛期要守住每一段堤。\n"),
    ("2021-03-08-portrait.txt", "李向明，湖南省总工会主席，1965年5月出生。他在湖南省总工会工作了二十年。\n"),
    ("2023-05-01-honour.txt", "湖南省总工会主席李向明2023年获得全国五一劳动奖章。\n"),
];

/// Two bearers of one name, in two provinces at one time.
const WEI: [(&str, &str); 2] = [
    ("2023-05-01-jilin.txt", "吉林省公安厅处长王伟介绍了夏季行动的安排。\n"),
    ("2023-06-01-hainan.txt", "海南省农垦总局处长王伟到胶园调研。\n"),
];

fn build(folder: &Folder, args: &[&str]) -> Ran {
    let ran = folder.run(&[&["build"], args].concat());
    assert_eq!(ran.status, 0, "{}", ran.err);
    ran
}

/// The ids of the persons of a build, one a line.
fn persons(folder: &Folder, store: &str) -> Vec<String> {
    let ran = folder.run(&[
        "query",
        "SELECT ?who { ?who a zhitu:Person } ORDER BY ?who",
        "--store",
        store,
        "--format",
        "table",
    ]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    ran.out.lines().skip(2).map(|line| line.trim().to_owned()).collect()
}

fn answer(folder: &Folder, args: &[&str]) -> String {
    let ran = folder.run(&[&["query"], args].concat());
    assert_eq!(ran.status, 0, "{}", ran.err);
    ran.out
}

const FILES: [&str; 5] = ["records.jsonl", "identities.jsonl", "graph.nq", "graph.dot", "summary.md"];

#[test]
fn three_articles_about_one_person_in_any_order_give_one_node() {
    let folder = Folder::new("three");
    for (name, text) in LAN {
        folder.write(&format!("texts/{name}"), text);
    }
    let paths: Vec<String> = LAN.iter().map(|(name, _)| format!("texts/{name}")).collect();
    for (nth, order) in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]].into_iter().enumerate() {
        let output = format!("out{nth}");
        let mut args: Vec<&str> = order.iter().map(|at| paths[*at].as_str()).collect();
        args.extend(["-o", &output]);
        build(&folder, &args);
        assert_eq!(persons(&folder, &output), ["person:李向明"]);
        for file in FILES {
            assert!(folder.read(&format!("{output}/{file}")) == folder.read(&format!("out0/{file}")), "{file} differs");
        }
    }
    let why = answer(&folder, &["identity", "李向明", "--store", "out0"]);
    assert!(why.contains("合并") && why.contains("the same body: 湖南省总工会"), "{why}");
    let career = answer(&folder, &["履历", "李向明", "--store", "out0"]);
    assert!(career.contains("出生时间 1965-05") && career.contains("荣获 全国五一劳动奖章"), "{career}");
}

#[test]
fn texts_that_come_and_go_leave_what_a_fresh_build_leaves() {
    let folder = Folder::new("come-and-go");
    let all: Vec<(&str, &str)> = LAN.into_iter().chain(WEI).collect();
    let set = |present: &[usize]| {
        for (at, (name, text)) in all.iter().enumerate() {
            match present.contains(&at) {
                true => folder.write(&format!("corpus/{name}"), text),
                false => _ = std::fs::remove_file(folder.path(&format!("corpus/{name}"))),
            }
        }
    };
    for present in [&[0, 3][..], &[0, 1, 3, 4], &[2, 3, 4]] {
        set(present);
        build(&folder, &[]);
        build(&folder, &["--fresh", "-o", "fresh"]);
        for file in FILES {
            assert!(
                folder.read(&format!("output/{file}")) == folder.read(&format!("fresh/{file}")),
                "{present:?}: {file}"
            );
        }
    }
    assert_eq!(persons(&folder, "output"), ["person:李向明", "person:王伟", "person:王伟_2"]);
    let why = answer(&folder, &["身份", "王伟"]);
    assert!(why.contains("different bodies at one time"), "{why}");
}

#[test]
fn decisions_are_obeyed_checked_and_undone() {
    let folder = Folder::new("decisions");
    for (name, text) in WEI.into_iter().chain(LAN) {
        folder.write(&format!("corpus/{name}"), text);
    }
    let join = "[[same]]\nentities = [\"person/王伟 @ 2023-05-01-jilin\", \"person/王伟 @ 2023-06-01-hainan\"]\nreason = \"asked the office\"\n";
    folder.write("zhitu.decisions.toml", join);
    build(&folder, &[]);
    assert_eq!(folder.run(&["status"]).status, 0);
    assert_eq!(persons(&folder, "output"), ["person:李向明", "person:王伟"]);
    let why = answer(&folder, &["identity", "王伟"]);
    assert!(why.contains("zhitu.decisions.toml:1: asked the office") && why.contains("指定合并"), "{why}");
    assert!(build(&folder, &[]).err.contains("nothing changed"));
    let apart =
        "[[different]]\nentities = [\"person/李向明 @ 2019-06-01-flood\", \"person/李向明 @ 2023-05-01-honour\"]\n";
    folder.write("zhitu.decisions.toml", format!("{join}\n{apart}"));
    build(&folder, &[]);
    assert_eq!(persons(&folder, "output"), ["person:李向明", "person:李向明_2", "person:王伟"]);
    build(&folder, &["--fresh", "-o", "fresh"]);
    assert!(folder.read("output/graph.nq") == folder.read("fresh/graph.nq"));
    // Lines taken out are undone; a file elsewhere can be named.
    std::fs::remove_file(folder.path("zhitu.decisions.toml")).expect("removed");
    assert!(folder.run(&["status"]).out.contains("the decisions changed"));
    build(&folder, &[]);
    assert_eq!(persons(&folder, "output"), ["person:李向明", "person:王伟", "person:王伟_2"]);
    folder.write("mine/who.toml", join.replace("hainan", "henan"));
    let ran = build(&folder, &["--decisions", "mine/who.toml"]);
    assert!(ran.err.contains("who.toml:2: no document has `person/王伟 @ 2023-06-01-henan`"), "{}", ran.err);
    assert!(ran.err.contains("it stands in 2023-05-01-jilin, 2023-06-01-hainan"), "{}", ran.err);
}

#[test]
fn wrong_decisions_stop_the_build_and_leave_the_last_one() {
    let folder = Folder::new("wrong-decisions");
    folder.write("corpus/a.txt", WEI[0].1);
    build(&folder, &[]);
    let before = folder.read("output/graph.nq");
    let refused = |text: &str| {
        folder.write("zhitu.decisions.toml", text);
        folder.write("corpus/b.txt", WEI[1].1);
        let ran = folder.run(&["build"]);
        assert_eq!(ran.status, 2, "{}", ran.err);
        assert!(folder.read("output/graph.nq") == before, "nothing was written");
        ran.err
    };
    assert!(refused("[[same]]\nentity = []\n").contains("zhitu.decisions.toml:2"));
    assert!(refused("[[same]]\nentities = [\"person/王伟\", \"王伟\"]\n").contains("type/name"));
    let both = "[[same]]\nentities = [\"person/王伟 @ a\", \"person/王伟 @ b\"]\n\n[[different]]\nentities = [\"person/王伟 @ b\", \"person/王伟\"]\n";
    let error = refused(both);
    assert!(error.contains("zhitu.decisions.toml:1") && error.contains("line 4"), "{error}");
    let missing = folder.run(&["build", "--decisions", "nowhere.toml"]);
    assert!(missing.status == 2 && missing.err.contains("nowhere.toml"), "{}", missing.err);
    std::fs::remove_file(folder.path("zhitu.decisions.toml")).expect("removed");
    build(&folder, &[]);
    assert_eq!(persons(&folder, "output"), ["person:王伟", "person:王伟_2"]);
}
