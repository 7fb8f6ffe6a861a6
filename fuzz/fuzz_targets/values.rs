#![no_main]
//! Dates and figures of any text: in order, inside the text, and their normal forms read back.

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use zhitu::lexicon::Sources;
use zhitu::value::{Clock, Values};

static VALUES: LazyLock<Values> = LazyLock::new(|| Values::load(&Sources::built_in()).expect("the built-in tables"));

fuzz_target!(|text: &str| {
    let mut end = 0;
    for reading in VALUES.read(text, &mut Clock::new(Some("2025-05-01"))) {
        assert!(reading.span.start >= end && reading.span.end <= text.len());
        assert!(text.get(reading.span.range()).is_some_and(|words| !words.is_empty()));
        end = reading.span.end;
    }
});
