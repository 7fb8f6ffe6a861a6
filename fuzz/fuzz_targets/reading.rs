#![no_main]
//! Bytes of any kind: text in some encoding, or a line of records that another process made.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(decoded) = zhitu::text::decode(data.to_vec()) {
        assert!(decoded.damaged <= decoded.text.chars().count());
    }
    _ = zhitu::batch::Bundle::read(data, "fuzz");
});
