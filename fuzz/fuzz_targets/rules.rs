#![no_main]
//! Rule files of any text: problems are told, nothing else happens.

use libfuzzer_sys::fuzz_target;
use zhitu::lexicon::Sources;
use zhitu::rule::RuleSet;

fuzz_target!(|text: &str| {
    let mut sources = Sources::empty();
    sources.insert("fact/verb.tsv", "# columns: term\n获\n荣获\n");
    sources.insert("fragment.toml", "[fragment]\ngap = '( !@ any ){0,6}?'\n");
    sources.insert("fact/fuzz.toml", text);
    for problem in RuleSet::check(&sources) {
        _ = problem.render(&sources, false);
    }
});
