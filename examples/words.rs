//! Shows how the name stage cuts a text into words: `cargo run --example words -- TEXT`.

use zhitu::document::Document;
use zhitu::extract::name::words;
use zhitu::lexicon::Sources;
use zhitu::rule::RuleSet;

fn main() -> zhitu::error::Result<()> {
    let rules = RuleSet::load(&Sources::built_in())?;
    for text in std::env::args().skip(1) {
        let doc = Document::new("words", text, None);
        for word in words(&doc, &[], &rules.names) {
            print!("{}/{}", word.span.of(doc.view.text()), word.tag);
            if !word.lists.is_empty() {
                print!("[{}]", word.lists.join(","));
            }
            print!("  ");
        }
        println!();
    }
    Ok(())
}
