//! Builds that make again only what changed leave the bytes of a fresh one, whatever was done to the texts and
//! the rules, and the store follows.

use std::collections::BTreeMap;
use std::io::Read;

use zhitu::batch::{self, Options, Report};
use zhitu::lexicon::Sources;
use zhitu::rule::RuleSet;
use zhitu::store::{self, Delta, Store, Syntax, folder};

use crate::support::program::Folder;

const NAMES: [&str; 7] =
    ["records.jsonl", "identities.jsonl", "graph.nq", "ontology.ttl", ".cache/quotes.jsonl", "graph.dot", "summary.md"];

struct Rules {
    sources: Sources,
    set: RuleSet,
}

impl Rules {
    fn new(sources: Sources) -> Rules {
        let set = RuleSet::load(&sources).expect("rules");
        Rules { sources, set }
    }

    fn build(&self, folder: &Folder, output: &str, fresh: bool) -> Report {
        self.follow(folder, output, fresh, usize::MAX)
    }

    /// Builds; corpora of so many documents are followed by what differs.
    fn follow(&self, folder: &Folder, output: &str, fresh: bool, follow: usize) -> Report {
        let arguments = vec![folder.path("corpus").display().to_string()];
        let files: String = self.sources.below("").map(|(name, text)| format!("{name}\n{text}\n")).collect();
        let options = Options {
            output: folder.path(output),
            date: None,
            limit: batch::LIMIT,
            patience: batch::PATIENCE,
            base: zhitu::rdf::BASE.to_owned(),
            threads: 2,
            program: "zhitu test".to_owned(),
            rules: zhitu::document::hash(files.as_bytes()),
            arguments: arguments.clone(),
            sources: self.sources.clone(),
            decisions: Default::default(),
            maker: "zhitu test".to_owned(),
            fresh,
            full: false,
            disk: false,
            whole: false,
            follow,
        };
        let inputs = batch::find(&arguments, None).expect("inputs");
        batch::build(inputs, &self.set, &options, &mut |_| {}).expect("built")
    }
}

fn content(folder: &Folder, output: &str) -> BTreeMap<&'static str, Vec<u8>> {
    some(folder, output, &NAMES)
}

fn some(folder: &Folder, output: &str, names: &[&'static str]) -> BTreeMap<&'static str, Vec<u8>> {
    let (_, files) = folder::open(&folder.path(output), names).expect("opened");
    let read = |file: Option<store::Joined>| {
        let mut bytes = Vec::new();
        file.expect("there").read_to_end(&mut bytes).expect("read");
        bytes
    };
    names.iter().copied().zip(files.into_iter().map(read)).collect()
}

/// Chance that is the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len() as u64) as usize]
    }
}

/// A text of a few sentences in which the same names come again and again, so that texts share entities,
/// repeat and contradict one another.
fn text(chance: &mut Chance) -> String {
    let mut text = format!("本报青川5月{}日讯\n", chance.below(28) + 1);
    for _ in 0..chance.below(4) + 1 {
        let who = chance.one(&["李明", "孙小海", "周大山", "吴小河"]);
        let body = chance.one(&["青川县水利局", "青川县教育局", "云岭机械有限公司"]);
        let year = 1950 + chance.below(4);
        text += &match chance.below(5) {
            0 => format!("{who}是{body}的工程师。"),
            1 => format!("{who}{year}年被授予全国劳动模范称号。"),
            2 => format!("{body}成立于{year}年，现有职工{}人。", chance.below(3) * 100 + 7),
            3 => format!("2024年9月{}日，县长{who}到{body}调研。", chance.below(9) + 1),
            _ => format!("{who}生于{year}年。“{body}要把水管好。”{who}说。"),
        };
    }
    text + "\n"
}

/// The same of more names, in which texts seldom contradict one another.
fn calm(chance: &mut Chance) -> String {
    const WHO: [&str; 9] =
        ["李明", "孙小海", "周大山", "吴小河", "郑文", "王立", "欧阳海生", "阿依古丽·买买提", "习近平"];
    const BODIES: [&str; 8] = [
        "青川县水利局",
        "青川县教育局",
        "云岭机械有限公司",
        "云岭机械",
        "甘肃省水利厅",
        "水利局",
        "兰州大学",
        "第三小学",
    ];
    let mut text = format!("本报{}5月{}日讯\n", chance.one(&["青川", "兰州", "广元"]), chance.below(28) + 1);
    for _ in 0..chance.below(4) + 1 {
        let (who, body) = (chance.below(9) as usize, chance.below(8) as usize);
        let year = if chance.below(12) == 0 { 1950 } else { 1951 + who };
        text += &match chance.below(6) {
            0 => format!("{}是{}的工程师。", WHO[who], BODIES[body]),
            1 => format!("{}2024年被授予全国劳动模范称号。", WHO[who]),
            2 => format!("{}现有职工{}人。", BODIES[body], chance.below(3) * 100 + 7),
            3 => {
                format!("云岭机械有限公司（以下简称“云岭机械”）位于甘肃省兰州市。{}到{}调研。", WHO[who], BODIES[body])
            }
            4 => format!("{}生于{year}年。", WHO[who]),
            _ => format!("“{}要把水管好。”{}说。", BODIES[body], WHO[who]),
        };
    }
    text + "\n"
}

/// Writes such texts under the numbers from `first` to 11; gives what chance goes on with.
fn calm_corpus(folder: &Folder, first: usize) -> Chance {
    let mut chance = Chance(0x2545_f491_4f6c_dd1d);
    for name in first..12 {
        folder.write(&format!("corpus/{name}.txt"), calm(&mut chance));
    }
    chance
}

#[test]
fn any_sequence_of_changes_gives_what_a_fresh_build_gives() {
    let folder = Folder::new("sequence");
    let rules = Rules::new(Sources::built_in());
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    folder.write("corpus/0.txt", text(&mut chance));
    rules.build(&folder, "output", false);
    let mut store = Store::load(&folder.path("output")).expect("loaded");
    let mut before = content(&folder, "output");
    let (mut kept, mut withdrawn) = (0, 0);
    for step in 0..24 {
        for _ in 0..chance.below(3) + 1 {
            let name = format!("corpus/{}.txt", chance.below(7));
            let there = folder.path(&name).exists();
            let alone = std::fs::read_dir(folder.path("corpus")).expect("read").count() < 2;
            if there && !alone && chance.below(3) == 0 {
                std::fs::remove_file(folder.path(&name)).expect("removed");
                withdrawn += 1;
            } else {
                folder.write(&name, text(&mut chance));
            }
        }
        kept += rules.build(&folder, "output", false).kept;
        rules.build(&folder, "fresh", true);
        let now = content(&folder, "output");
        let fresh = content(&folder, "fresh");
        for name in NAMES {
            assert!(now[name] == fresh[name], "step {step}: {name} differs");
        }
        // The store of the build before and what differs is the store of this one.
        let delta = Delta::between(&before["graph.nq"][..], &now["graph.nq"][..]).expect("compared");
        assert_eq!(delta.is_empty(), before["graph.nq"] == now["graph.nq"]);
        store.follow(&delta).expect("followed");
        let loaded = Store::load(&folder.path("output")).expect("loaded");
        let written = |store: &Store| {
            let mut out = Vec::new();
            store.export(Syntax::NQuads, &mut out).expect("written");
            out
        };
        assert!(written(&store) == written(&loaded), "step {step}: the store differs");
        before = now;
    }
    assert!(kept > 20 && withdrawn > 5, "{kept} kept, {withdrawn} withdrawn");
}

/// The figures of a report that follow from the texts.
fn figures(report: &Report) -> [usize; 11] {
    let Report { documents, characters, mentions, statements, entities, facts, .. } = *report;
    let Report { joined, apart, reprints, conflicts, quads, .. } = *report;
    [documents, characters, mentions, statements, entities, facts, joined, apart, reprints, conflicts, quads]
}

#[test]
fn writing_only_what_differs_gives_what_a_fresh_build_gives() {
    let folder = Folder::new("follow");
    let rules = Rules::new(Sources::built_in());
    let mut chance = calm_corpus(&folder, 0);
    rules.follow(&folder, "output", false, 0);
    let mut followed = 0;
    for step in 0..80 {
        for _ in 0..chance.below(3) + 1 {
            let name = format!("corpus/{}.txt", chance.below(16));
            match (folder.path(&name).exists(), chance.below(5)) {
                (true, 0) => std::fs::remove_file(folder.path(&name)).expect("removed"),
                // The same text twice.
                (true, 1) => folder.write(&format!("corpus/{}.txt", chance.below(16)), folder.read(&name)),
                _ => folder.write(&name, calm(&mut chance)),
            }
        }
        let report = rules.follow(&folder, "output", false, 0);
        followed += usize::from(!report.notes.is_empty() && report.kept > 0);
        let fresh = rules.follow(&folder, "fresh", true, 0);
        let (now, fresh_files) = (some(&folder, "output", &NAMES[..5]), some(&folder, "fresh", &NAMES[..5]));
        for name in &NAMES[..5] {
            assert!(now[name] == fresh_files[name], "step {step}: {name} differs");
        }
        assert_eq!(figures(&report), figures(&fresh), "step {step}");
        let kept = |output: &str| batch::kept(&folder.path(output)).expect("a ledger");
        assert_eq!(kept("output"), kept("fresh"), "step {step}: the ledger differs");
    }
    assert!(followed > 40, "{followed} followed");
    assert_eq!(batch::check(&folder.path("output"), true).expect("checked").findings, Vec::<String>::new());
}

#[test]
fn a_text_that_goes_on_to_say_what_others_say_differently_is_followed() {
    let folder = Folder::new("differently");
    let rules = Rules::new(Sources::built_in());
    calm_corpus(&folder, 2);
    let founded = |year: u32, more: &str| format!("本报青川5月3日讯\n青川县水文局成立于{year}年。{more}\n");
    folder.write("corpus/0.txt", founded(1950, ""));
    folder.write("corpus/1.txt", founded(1951, ""));
    let first = rules.follow(&folder, "output", false, 0);
    for (text, conflicts, followed) in [
        (founded(1950, "韩秀兰是青川县水文局的工程师。"), first.conflicts, true),
        (founded(1951, "韩秀兰是青川县水文局的工程师。"), first.conflicts - 1, false),
    ] {
        folder.write("corpus/0.txt", text);
        let report = rules.follow(&folder, "output", false, 0);
        assert_eq!((report.conflicts, !report.notes.is_empty()), (conflicts, followed));
        let fresh = rules.follow(&folder, "fresh", true, 0);
        assert_eq!(figures(&report), figures(&fresh));
        assert!(some(&folder, "output", &NAMES[..5]) == some(&folder, "fresh", &NAMES[..5]));
    }
}

#[test]
fn what_the_last_build_does_not_tell_as_it_was_is_joined_anew() {
    let folder = Folder::new("otherwise");
    let rules = Rules::new(Sources::built_in());
    let mut chance = calm_corpus(&folder, 0);
    rules.follow(&folder, "output", false, 0);
    // A member of another text, a decision of another kind, a unit under another name.
    for (told, otherwise) in [("[\"0\",\"", "[\"9\",\""), ("\"merged\"", "\"forced\""), ("{\"unit\":[", "{\"knot\":[")]
    {
        let identities = String::from_utf8(folder.read("output/identities.jsonl")).expect("text");
        assert!(identities.contains(told));
        folder.write("output/identities.jsonl", identities.replace(told, otherwise));
        folder.write("corpus/0.txt", calm(&mut chance));
        let report = rules.follow(&folder, "output", false, 0);
        assert!(report.notes.is_empty(), "{otherwise} was followed");
        rules.follow(&folder, "fresh", true, 0);
        assert!(some(&folder, "output", &NAMES[..5]) == some(&folder, "fresh", &NAMES[..5]), "{otherwise}");
    }
}

#[test]
fn edited_rules_read_again_what_they_can_touch() {
    let folder = Folder::new("edited");
    folder.write("corpus/award.txt", "李明2024年被授予全国劳动模范称号。\n");
    folder.write("corpus/odd.txt", "李明2024年龘得全国劳动模范称号。\n");
    folder.write("corpus/other.txt", "青川县教育局成立于1958年。\n");
    let built_in = Rules::new(Sources::built_in());
    assert_eq!(built_in.build(&folder, "output", false).extracted, 3);
    // One more verb in a list of the fact stage: the rules that use it are touched, and their texts.
    let mut sources = Sources::built_in();
    let list = sources.get("fact/award_verb.tsv").expect("a list").to_owned();
    sources.insert("fact/award_verb.tsv", list + "龘得\n");
    let edited = Rules::new(sources);
    let report = edited.build(&folder, "output", false);
    assert_eq!((report.kept, report.extracted), (1, 2), "the text without such a verb was kept");
    edited.build(&folder, "fresh", true);
    assert_eq!(content(&folder, "output"), content(&folder, "fresh"));
    // Words about a rule touch no text, but the build is another one.
    let mut sources = Sources::built_in();
    let (file, toml) = sources.below("fact/").find(|(file, _)| file.ends_with(".toml")).expect("a file");
    let (file, toml) = (file.to_owned(), format!("# seen again\n{toml}"));
    built_in.build(&folder, "output", false);
    sources.insert(file, toml);
    let report = Rules::new(sources).build(&folder, "output", false);
    assert_eq!((report.kept, report.extracted, report.unchanged), (3, 0, false));
    // A lexicon of names may touch every text.
    let mut sources = Sources::built_in();
    let (file, toml) = sources.below("name/").find(|(file, _)| file.ends_with(".toml")).expect("a file");
    let (file, toml) = (file.to_owned(), format!("# seen again\n{toml}"));
    sources.insert(file, toml);
    assert_eq!(Rules::new(sources).build(&folder, "output", false).extracted, 3);
}

#[test]
fn lists_that_code_reads_are_known() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/extract");
    let mut folders = vec![root];
    let mut found = std::collections::BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let code = std::fs::read_to_string(path).expect("read");
            for part in code.split(".list(\"").skip(1) {
                found.insert(part.split('"').next().expect("an end").to_owned());
            }
            assert!(!code.contains("\"fact/"), "a table of the fact stage is read past the rules");
        }
    }
    let known: Vec<String> = zhitu::rule::READ_BY_CODE.map(str::to_owned).into();
    assert_eq!(found.into_iter().collect::<Vec<_>>(), known);
}

#[test]
fn status_names_the_rules_that_touch_a_text() {
    let folder = Folder::new("touched");
    folder.write("corpus/award.txt", "李明2024年被授予全国劳动模范称号。\n");
    folder.write("corpus/other.txt", "青川县教育局成立于1958年。\n");
    let list = Sources::built_in().get("fact/award_verb.tsv").expect("a list").to_owned();
    folder.write("mine/fact/award_verb.tsv", &list);
    assert_eq!(folder.run(&["build", "--rules", "mine"]).status, 0);
    assert_eq!(folder.run(&["status", "--rules", "mine"]).out, "up to date: 2 documents\n");
    folder.write("mine/fact/award_verb.tsv", list + "龘得\n");
    let status = folder.run(&["status", "--rules", "mine"]);
    assert_eq!(status.status, 1);
    assert!(status.out.starts_with("rules changed\ntouched  award (fact."), "{}", status.out);
    assert!(!status.out.contains("other"), "{}", status.out);
    let report = folder.run(&["build", "--rules", "mine"]);
    assert!(report.err.contains("(1 read, 1 unchanged)"), "{}", report.err);
    folder.write("output/graph.nq", "");
    let status = folder.run(&["status", "--rules", "mine"]);
    assert_eq!(status.out, "damaged  graph.nq: will be written again\n");
    assert_eq!(folder.run(&["build", "--rules", "mine"]).status, 0);
    assert_eq!(folder.run(&["store", "check"]).status, 0);
}
