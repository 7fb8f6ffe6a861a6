//! Lists the files of `rules/` so that they are compiled into the program, and joins the word lists.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

// The build joins the lists by the code with which a run joins those that a user changed.
#[path = "src/error.rs"]
#[allow(dead_code)]
mod error;
#[path = "src/lexicon/pack/mod.rs"]
#[allow(dead_code, unused_imports)]
mod pack;

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let rules = root.join("rules");
    println!("cargo::rerun-if-changed={}", rules.display());
    for shared in ["build.rs", "src/error.rs", "src/lexicon/pack"] {
        println!("cargo::rerun-if-changed={}", root.join(shared).display());
    }
    let mut files = Vec::new();
    collect(&rules, &mut files)?;
    files.sort();
    let mut code = String::from("&[\n");
    let mut lists = Vec::new();
    for file in files {
        let name = file.strip_prefix(&rules).expect("below rules").to_string_lossy().replace('\\', "/");
        writeln!(code, "    ({name:?}, include_str!({:?})),", file.display().to_string()).expect("to a string");
        if name.starts_with("lexicon/") {
            lists.push((name, fs::read_to_string(&file)?));
        }
    }
    code.push_str("]\n");
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("rules.rs"), code)?;
    // In the order of the names, as `Sources` gives them: that of the paths may differ.
    lists.sort();
    let packed = pack::pack(lists.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    let packed = packed.map_err(|error| io::Error::other(error.to_string()))?;
    fs::write(out.join("lexicon.codes"), packed.trie.codes())?;
    fs::write(out.join("lexicon.nodes"), packed.trie.nodes())?;
    fs::write(out.join("lexicon.entries"), &packed.entries)?;
    fs::write(out.join("lexicon.profiles"), &packed.profiles)?;
    fs::write(out.join("lexicon.senses"), &packed.senses)?;
    fs::write(out.join("lexicon.cells"), &packed.cells)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "toml" || e == "tsv" || e == "rq") {
            files.push(path);
        }
    }
    Ok(())
}
