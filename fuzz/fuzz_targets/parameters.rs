#![no_main]
//! Parameters of the named questions: whatever is given, what comes out is a query that runs, or an error.

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use zhitu::lexicon::Sources;
use zhitu::query::{self, Limits, Questions};
use zhitu::store::Store;

static QUESTIONS: LazyLock<Questions> =
    LazyLock::new(|| Questions::load(&Sources::built_in()).expect("the built-in questions"));

fuzz_target!(|data: (u8, Vec<String>)| {
    let (which, args) = data;
    let store = Store::from_nquads(&b""[..]).expect("an empty store");
    let question = &QUESTIONS.all()[usize::from(which) % QUESTIONS.all().len()];
    if let Ok(sparql) = question.sparql(&store, &args) {
        query::run(&store, &sparql, &Limits::default()).expect("a parameter cannot break a query");
    }
});
