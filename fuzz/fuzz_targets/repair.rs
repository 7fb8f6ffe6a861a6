#![no_main]
//! The reading view of any text: every character of it stands for one of the source, in order.

use libfuzzer_sys::fuzz_target;
use zhitu::text::{Span, View};

fuzz_target!(|source: &str| {
    let view = View::new(source);
    assert_eq!(view.text().len(), view.folded().len());
    let mut last = 0;
    for (at, c) in view.text().char_indices() {
        let found = view.to_source(Span::new(at, at + c.len_utf8()));
        assert!(found.start >= last && found.end > found.start && found.end <= source.len());
        last = found.end;
    }
});
